import Compression
import Foundation
import PovertyModel
import RegistrySimulation
import SpatialStore
import Testing

@testable import Pipeline

/// Registers of several days, one release each.
@Suite struct TrendComputationTests {
    @Test func aTrendNeedsThreeRegistersAndFollowsTheirReleases() throws {
        let shop = try Workshop()
        var options = RegistrySimulating.Options()
        options.keluarga = 30_000
        options.seed = 4
        options.layouts = [.dtsenKeluarga]
        let files = try RegistrySimulating(database: shop.database, progress: SilentProgress())
            .run(options, folder: shop.folder.path).files
        let text = try String(contentsOfFile: files.register, encoding: .utf8)
        var trends: [[String: String]] = []
        for (number, day) in ["2026-02-28", "2026-05-31", "2026-08-31"].enumerated() {
            // The same families each time; one more blank line makes another file of it.
            let path = try shop.file(
                "dtsen_\(number).csv", text + String(repeating: "\n", count: number + 1))
            let imported = try shop.importing.run(
                path: path, releaseDate: CalendarDate(day)!
            ).imported
            let register = try shop.database.register(id: imported.id)
            _ = try KeluargaGeocoding(
                database: shop.database, seal: shop.seal, progress: SilentProgress()
            ).run(register: register)
            var publishing = ReleasePublication.Options()
            publishing.registerID = imported.id
            publishing.permutations = 999
            let release = try ReleasePublication(
                database: shop.database, criteriaPath: shop.criteria, progress: SilentProgress()
            ).run(publishing)
            trends.append(try Self.trends(shop, release: release.releaseID))
        }
        #expect(trends[0].isEmpty && trends[1].isEmpty)
        // Hot on all three maps, with the same z each time.
        #expect(trends[2].count > 10)
        #expect(Set(trends[2].values) == ["bertahan"])
        let earlier = try shop.database.earlierFindings(
            source: "DTSEN", before: CalendarDate("2026-08-31")!,
            ruleID: try #require(CriteriaFile.read(path: shop.criteria).last).id)
        #expect(earlier.count == 2)
        #expect(earlier.allSatisfy { $0.count == 330 })
    }

    /// The trend of each desa that has one, by code.
    private static func trends(_ shop: Workshop, release: Int64) throws -> [String: String] {
        let published = try #require(
            try PublishedMap(path: shop.database.path).release(release))
        let blob = try #require(published.documents["desa"])
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(try Gzip.decompress(blob.gzip)))
                as? [String: Any])
        let desa = try #require(json["desa"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: desa.compactMap { row in
                (row["tren"] as? String).map { (row["kode_desa"] as? String ?? "", $0) }
            })
    }
}
