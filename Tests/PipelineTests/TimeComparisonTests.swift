import Compression
import Foundation
import PovertyModel
import RegistrySimulation
import SpatialStore
import Testing

@testable import Pipeline

/// Three registers of the same families; in the last one a kecamatan has become poorer.
@Suite struct TimeComparisonTests {
    private static let poorer = "SUMBERASIH"
    private static let days = ["2026-02-28", "2026-05-31", "2026-08-31"]

    /// Made once for all tests of this suite.
    private static let made = Result { try Made() }

    private final class Made: Sendable {
        let shop: Workshop
        let releases: [Int64]
        let drawnLayers: [Int]

        init() throws {
            shop = try Workshop()
            var options = RegistrySimulating.Options()
            options.keluarga = 60_000
            options.seed = 4
            options.layouts = [.dtsenKeluarga]
            let files = try RegistrySimulating(database: shop.database, progress: SilentProgress())
                .run(options, folder: shop.folder.path).files
            let text = try String(contentsOfFile: files.register, encoding: .utf8)
            var releases: [Int64] = []
            var drawnLayers: [Int] = []
            for (number, day) in TimeComparisonTests.days.enumerated() {
                let body = number == 2 ? Self.madePoorer(text) : text
                let path = try shop.file(
                    "dtsen_\(number).csv", body + String(repeating: "\n", count: number + 1))
                let date = try #require(CalendarDate(day))
                let imported = try shop.importing.run(path: path, releaseDate: date).imported
                let register = try shop.database.register(id: imported.id)
                _ = try KeluargaGeocoding(
                    database: shop.database, seal: shop.seal, progress: SilentProgress()
                ).run(register: register)
                // The first register is never published: it is counted from its families.
                guard number > 0 else { continue }
                let release = try Self.publish(imported.id, of: shop)
                releases.append(release.releaseID)
                drawnLayers.append(release.drawnLayers)
            }
            self.releases = releases
            self.drawnLayers = drawnLayers
        }

        func drawAnew(_ register: Int64) throws -> ReleasePublication.Summary {
            try Self.publish(register, of: shop, drawsAnew: true)
        }

        private static func publish(
            _ register: Int64,
            of shop: Workshop,
            drawsAnew: Bool = false
        ) throws -> ReleasePublication.Summary {
            var options = ReleasePublication.Options()
            options.registerID = register
            options.permutations = 999
            options.drawsAnew = drawsAnew
            return try ReleasePublication(
                database: shop.database, criteriaPath: shop.criteria, progress: SilentProgress()
            ).run(options)
        }

        /// Of one kecamatan a third of the families of desil 2 to 6 falls to desil 1.
        private static func madePoorer(_ text: String) -> String {
            var seen = 0
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                var cells = line.split(separator: ",", omittingEmptySubsequences: false)
                guard cells.count > 13, cells[5] == TimeComparisonTests.poorer,
                    ("2"..."6").contains(String(cells[13]))
                else { return String(line) }
                seen += 1
                if seen % 3 == 0 { cells[13] = "1" }
                return cells.joined(separator: ",")
            }.joined(separator: "\n")
        }

        func document(_ name: String, of release: Int64) throws -> [String: Any] {
            let published = try #require(
                try PublishedMap(path: shop.database.path).release(release))
            let blob = try #require(published.documents[name])
            return try #require(
                try JSONSerialization.jsonObject(with: Data(try Gzip.decompress(blob.gzip)))
                    as? [String: Any])
        }

        func desa(of release: Int64) throws -> [[String: Any]] {
            try #require(try document("desa", of: release)["desa"] as? [[String: Any]])
        }

        func further(of release: Int64) throws -> [String: Any] {
            try #require(try document("rilis", of: release)["hasil_lain"] as? [String: Any])
        }
    }

    private static func isPoorer(_ row: [String: Any]) -> Bool {
        (row["nama_kecamatan"] as? String)?.uppercased() == poorer
    }

    @Test func theSameFamiliesAgainHaveNotChanged() throws {
        let made = try Self.made.get()
        let change = try #require(
            made.further(of: made.releases[0])["perubahan"] as? [String: Any])
        #expect(change["tanggal"] as? String == Self.days[0])
        #expect(change["korelasi"] as? Double == 1)
        #expect((change["keluarga_sama"] as? Int ?? 0) > 50_000)
        #expect((change["kelas"] as? [String: Int])?.keys.sorted() == ["tidak_berbeda"])
        // Two registers are too few for a scan over time.
        #expect(try made.further(of: made.releases[0])["kantong_waktu"] == nil)
        #expect(try made.desa(of: made.releases[0]).allSatisfy { $0["kantong_waktu"] == nil })
    }

    @Test func whereItBecamePoorerIsSaidAndNowhereElse() throws {
        let made = try Self.made.get()
        let rows = try made.desa(of: made.releases[1])
        let shown = rows.filter { $0["beda_kelas"] is String }
        #expect(shown.count > 100)
        for row in shown {
            let found = row["beda_kelas"] as? String
            #expect(found == (Self.isPoorer(row) ? "naik" : "tidak_berbeda"))
            let percent = try #require(row["beda_persen"] as? Double)
            #expect(Self.isPoorer(row) ? percent > 5 : percent == 0)
        }
        #expect(shown.contains(where: Self.isPoorer))
    }

    @Test func aChangeIsPublishedOnlyBetweenPublishedShares() throws {
        let made = try Self.made.get()
        let before = Dictionary(
            uniqueKeysWithValues: try made.desa(of: made.releases[0]).map {
                ($0["kode_desa"] as? String ?? "", $0["persen_ekstrem"] as? Double)
            })
        var withheld = 0
        for row in try made.desa(of: made.releases[1]) {
            let old = before[row["kode_desa"] as? String ?? ""] ?? nil
            let new = row["persen_ekstrem"] as? Double
            let percent = row["beda_persen"] as? Double
            #expect((percent != nil) == (old != nil && new != nil))
            #expect((row["beda_kelas"] as? String != nil) == (percent != nil))
            if let old, let new, let percent { #expect(abs(new - old - percent) < 0.006) }
            if percent == nil { withheld += 1 }
        }
        #expect(withheld > 0)
    }

    @Test func theScanFindsWhereAndSinceWhen() throws {
        let made = try Self.made.get()
        let scan = try #require(
            made.further(of: made.releases[1])["kantong_waktu"] as? [String: Any])
        #expect(scan["register"] as? [String] == Self.days)
        let ongoing = try #require(scan["berlangsung"] as? [[String: Any]])
        let first = try #require(ongoing.first)
        #expect(first["dari"] as? String == Self.days[2])
        #expect(first["sampai"] as? String == Self.days[2])
        #expect(first["p"] as? Double == 0.001)
        // A circle takes in most of the kecamatan, and few of its neighbours.
        let rows = try made.desa(of: made.releases[1])
        let inside = rows.filter { $0["kantong_waktu"] as? Int == 1 }
        #expect(inside.count == first["jumlah_desa"] as? Int)
        #expect(inside.count { Self.isPoorer($0) } * 10 >= inside.count * 7)
        // A risk from which a withheld count follows is not told.
        let isWhole = inside.allSatisfy { $0["keluarga_ekstrem"] is Int }
        if !isWhole { #expect(first["risiko_relatif"] == nil) }
        let kept = try made.shop.database.indicatorResults(release: made.releases[1])
        #expect(
            Set(kept.map(\.method))
                == ["change", "gi-star", "kernel-ratio", "level-set-scan", "space-time-scan"])
        #expect(kept.first { $0.method == "space-time-scan" }?.seed == 1)
    }

    @Test func linkedFamiliesArePairedByTheirLinks() throws {
        let made = try Self.made.get()
        let registers = try made.shop.database.registers().sorted { $0.id < $1.id }
        let byNumber = try made.shop.database.pairedFamilies(registers[0], registers[1]) {
            $0?.number == 1
        }
        #expect(byNumber.linkedAt == nil)
        _ = try FamilyLinking(
            database: made.shop.database, seal: made.shop.seal, progress: SilentProgress()
        ).run(first: registers[0].id, second: registers[1].id)
        let linked = try made.shop.database.pairedFamilies(registers[0], registers[1]) {
            $0?.number == 1
        }
        #expect(linked.linkedAt != nil)
        func families(_ paired: PairedFamilies) -> Int {
            paired.desa.values.reduce(0) { $0 + $1.families }
        }
        // Linking knows those without a number too.
        #expect(families(linked) >= families(byNumber))
        #expect(linked.desa.values.allSatisfy { $0.before == $0.bothTimes })
    }

    @Test func aReleaseOfOtherFiguresTakesTheShapesThatAreThereAndSaysTheSame() throws {
        let made = try Self.made.get()
        #expect(made.drawnLayers == [4, 0])
        let map = try PublishedMap(path: made.shop.database.path)
        let first = try #require(try map.release(made.releases[0]))
        let second = try #require(try map.release(made.releases[1]))
        for (name, layer) in second.layers {
            let earlier = try #require(first.layers[name])
            #expect(layer.description.limits == earlier.description.limits)
            #expect(Set(layer.tiles.keys) == Set(earlier.tiles.keys))
            let changed = layer.tiles.count { earlier.tiles[$0.key]?.digest != $0.value.digest }
            // Names stay, and so does every byte of them.
            #expect((changed == 0) == (name == "label"), "\(name): \(changed)")
        }
        // Drawn from the boundaries it is the same release, to the byte of every tile.
        let register = try #require(try made.shop.database.registers().first)
        let drawn = try made.drawAnew(register.id)
        #expect(drawn.drawnLayers == 4)
        #expect(drawn.isUnchanged)
        #expect(drawn.releaseID == made.releases[1])
    }

    @Test func shapesOfOtherBoundariesOrOfDamagedTilesAreNotTaken() throws {
        let made = try Self.made.get()
        let map = try PublishedMap(path: made.shop.database.path)
        let layer = try #require(try map.release(made.releases[1])?.layers["kecamatan"])
        let digest = try #require(layer.description.shapesDigest)
        let ids = try made.shop.database.gazetteer().map { UInt64($0.code.kecamatan.number) }
        let known = Array(Set(ids)).sorted()
        let shapes = try #require(LayerShapes(layer, digest: digest, ids: known))
        #expect(!shapes.isDrawn)
        #expect(shapes.stepCount == layer.tiles.count)
        #expect(LayerShapes(layer, digest: "another", ids: known) == nil)
        // A kecamatan that the layer shows and the map does not.
        #expect(LayerShapes(layer, digest: digest, ids: Array(known.dropFirst())) == nil)
        let address = try #require(layer.tiles.keys.first { $0.format == .mvt && $0.zoom == 9 })
        let blob = try #require(layer.tiles[address])
        for bytes in [Array(blob.gzip.dropLast(9)), try Gzip.compress([1, 2, 3])] {
            var tiles = layer.tiles
            tiles[address] = PublishedBlob(digest: blob.digest, gzip: bytes)
            let damaged = PublishedLayer(description: layer.description, tiles: tiles)
            #expect(LayerShapes(damaged, digest: digest, ids: known) == nil)
        }
    }
}
