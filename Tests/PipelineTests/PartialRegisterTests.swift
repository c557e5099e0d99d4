import Compression
import Foundation
import PovertyModel
import SpatialStore
import Testing

@testable import Pipeline

/// P3KE lists about the lowest 40 %: it gives counts, but no denominator and so no test.
@Suite struct PartialRegisterTests {
    /// The columns of P3KE keluarga, version 1 (2022).
    private static let header = [
        "No", "ID Keluarga P3KE", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan",
        "Kode Kemdagri", "Desil Kesejahteraan", "Alamat", "Kepala Keluarga", "NIK",
        "Padan Dukcapil",
    ].joined(separator: ",")

    @Test func aPartialRegisterIsMappedWithoutAHotspotTest() throws {
        let shop = try Workshop()
        var text = "DAFTAR KELUARGA P3KE\n" + Self.header + "\n"
        for number in 1...300 {
            text +=
                "\(number),\(990_000_000 + number),JAWA TIMUR,PROBOLINGGO,SUKAPURA,NGADISARI,"
                + "3513012001,\(1 + number % 4),DUSUN,REKA,99351300\(10_000_000 + number),Ya\n"
        }
        let date = try #require(CalendarDate("2023-06-30"))
        let summary = try shop.importing.run(
            path: shop.file("p3ke.csv", text), releaseDate: date)
        #expect(summary.layoutTitle == "P3KE keluarga versi 1")
        #expect(summary.imported.rowsStored == 300)
        let geocoding = KeluargaGeocoding(
            database: shop.database, seal: shop.seal, progress: SilentProgress())
        for register in try geocoding.registers() { _ = try geocoding.run(register: register) }
        let release = try ReleasePublication(
            database: shop.database, criteriaPath: shop.criteria, progress: SilentProgress()
        ).run()
        #expect(release.ruleName == "Desil 1 P3KE")
        #expect(release.classes == [.noData: 330])

        let published = try #require(
            try PublishedMap(path: shop.database.path).release(release.releaseID))
        let blob = try #require(published.documents["rilis"])
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(Gzip.decompress(blob.gzip)))
                as? [String: Any])
        #expect((document["register"] as? [String: Any])?["lengkap"] as? Bool == false)
        #expect((document["metode"] as? [String: Any])?["titik_panas"] == nil)
    }
}
