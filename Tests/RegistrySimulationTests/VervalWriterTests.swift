import Geospatial
import PovertyModel
import SocialRegistry
import Testing

@testable import RegistrySimulation

@Suite struct VervalWriterTests {
    @Test("every row has the fields of the layout, numbered from 1")
    func wellFormed() {
        let made = WrittenRegistry.squares
        let rows = parsedCSV(made.verval)
        #expect(rows[0] == VervalLayout.columns)
        #expect(rows.allSatisfy { $0.count == VervalLayout.columns.count })
        #expect(rows.dropFirst().map { $0[0] } == (1..<rows.count).map(String.init))
        #expect(made.registry.writeVerval { _ in } == rows.count - 1)
    }

    @Test("without dirt the position is the true one, X the longitude, and the code Kemendagri's")
    func clean() {
        let made = WrittenRegistry.cleanKabupaten
        let truth = table(made.truth).filter { $0["longitude"] != "" }
        let rows = table(made.verval)
        #expect(rows.count == truth.count)
        for (row, truth) in zip(rows, truth) {
            #expect(row["nomor_KK"] == truth["nomor_kartu_keluarga"])
            #expect(row["Koordinat_X"] == truth["longitude"])
            #expect(row["Koordinat_Y"] == truth["latitude"])
            #expect(row["Kode Kemdagri"] == truth["kode_desa"]!.filter { $0 != "." })
        }
    }

    @Test("each dirt on a position does what its word says")
    func positions() throws {
        let made = WrittenRegistry.squares
        let truth = table(made.truth).filter { $0["longitude"] != "" }
        var points: [String: Set<[String]>] = [:]
        for (row, truth) in zip(table(made.verval), truth) {
            let (x, y) = (row["Koordinat_X"]!, row["Koordinat_Y"]!)
            let home = [truth["longitude"]!, truth["latitude"]!]
            let dirt = truth["kotor_verval"]!.split(separator: "|").map(String.init)
            if dirt.contains("sumbu_tertukar") {
                #expect([y, x] == home)
            } else if dirt.contains("koma_desimal") {
                #expect([x, y].map { $0.map { $0 == "," ? "." : String($0) }.joined() } == home)
            } else if dirt.contains("koordinat_nol") {
                #expect([x, y] == ["0", "0"])
            } else if dirt.contains("kabupaten_lain") {
                let longitude = try #require(Double(x))
                #expect(longitude < 113.16 || longitude > 113.39)
            } else if dirt.contains("di_laut") {
                #expect(try #require(Double(y)) > -7.89)
            } else if dirt.contains("titik_balai_desa") {
                points[truth["kode_desa"]!, default: []].insert([x, y])
            } else if dirt.contains("lintang_tanpa_minus") {
                #expect([x, "-" + y] == home)
            } else {
                #expect([x, y] == home)
            }
        }
        // One point for all of a desa, and it lies in that desa.
        #expect(points.count > 20)
        for (code, points) in points {
            #expect(points.count == 1)
            let area = try #require(made.areas.first { $0.desa.code.dotted == code })
            let point = try #require(points.first)
            #expect(
                isInside(
                    Coordinate(longitude: Double(point[0])!, latitude: Double(point[1])!),
                    area.geometry
                )
            )
        }
    }
}
