import Foundation
import PovertyModel
import SocialRegistry
import SpatialStore
import Testing

@testable import Pipeline

@Suite struct RegistryImportingTests {
    private static let header = DTSENLayout.keluargaColumns.joined(separator: ",")
    private let date = CalendarDate("2026-02-28")!

    /// A row of a simulated family in Ngadisari.
    private func row(_ number: Int, desil: String = "1", name: String = "REKA UJI") -> String {
        var cells = Array(repeating: "", count: DTSENLayout.keluargaColumns.count)
        func set(_ column: String, _ value: String) {
            cells[DTSENLayout.keluargaColumns.firstIndex(of: column)!] = value
        }
        set("kode_kelurahan_desa", "3513010001")
        set("kelurahan_desa", "NGADISARI")
        set("kecamatan", "SUKAPURA")
        set("nomor_kartu_keluarga", "99351300000\(10_000 + number)")
        set("nama_anggota_keluarga", name)
        set("desil_nasional", desil)
        return cells.joined(separator: ",")
    }

    private func text(_ rows: [String]) -> String {
        ([Self.header] + rows).joined(separator: "\n") + "\n"
    }

    @Test func rowsReadAreRowsStoredAndRowsRejected() throws {
        let shop = try Workshop()
        let path = try shop.file(
            "a.csv", text([row(1), row(2, desil: "0"), row(1), row(3) + ",zu viel", row(4)]))
        let summary = try shop.importing.run(path: path, releaseDate: date)
        #expect(summary.addsUp)
        #expect(summary.imported.rowsRead == 5)
        #expect(summary.imported.rowsStored == 3)
        #expect(summary.rejected == [.duplicateKeluarga: 1, .wrongFieldCount: 1])
        #expect(summary.remarks == [.desilOutOfRange: 1])
        #expect(summary.imported.isSimulated)
    }

    @Test func theSameFileTwiceChangesNothing() throws {
        let shop = try Workshop()
        let path = try shop.file("a.csv", text([row(1), row(2)]))
        let first = try shop.importing.run(path: path, releaseDate: date)
        let second = try shop.importing.run(path: path, releaseDate: date)
        #expect(!first.isRepeat)
        #expect(second.isRepeat)
        #expect(second.imported == first.imported)
        #expect(try shop.database.registryImports().count == 1)
    }

    @Test func aHeaderBelowTitleRowsAndSemicolonsAndABOMAreFound() throws {
        let shop = try Workshop()
        let title = "DAFTAR KELUARGA;;\n;;\n"
        let body = text([row(1)]).replacingOccurrences(of: ",", with: ";")
        let path = try shop.file("a.csv", [0xEF, 0xBB, 0xBF] + Array((title + body).utf8))
        let summary = try shop.importing.run(path: path, releaseDate: date)
        #expect(summary.imported.rowsRead == 1)
        #expect(summary.imported.rowsStored == 1)
    }

    @Test func eachUnusableFileGetsItsOwnErrorAndChangesNothing() throws {
        let shop = try Workshop()
        let whole = text([row(1), row(2), row(3)])
        let cases: [(String, [UInt8], (String) -> PipelineError)] = [
            ("kosong.csv", [], { .fileEmpty(path: $0) }),
            ("buku.csv", [0x50, 0x4B, 0x03, 0x04, 1, 2], { .fileIsWorkbook(path: $0) }),
            (
                "utf16.csv", [0xFF, 0xFE] + Array(whole.utf8),
                { .fileNotUTF8(path: $0, row: nil, column: nil) }
            ),
            (
                "asing.csv", Array("tanggal,suhu\n1,2\n".utf8),
                { .fileUnknownLayout(path: $0, firstCells: ["tanggal", "suhu"]) }
            ),
            (
                "potong.csv", Array(whole.utf8.dropLast(45)),
                { .fileCut(path: $0, row: 4) }
            ),
            (
                "kutip.csv", Array(text([row(1), row(2, name: "\"REKA")]).utf8),
                { .fileQuoteOpen(path: $0, row: 3) }
            ),
            ("judul.csv", Array((Self.header + "\n").utf8), { .fileHasNoRows(path: $0) }),
            (
                "latin.csv",
                Array(text([row(1)]).utf8) + Array(row(2, name: "").utf8.dropLast(2))
                    + [0xE9, UInt8(ascii: ","), UInt8(ascii: "\n")],
                {
                    .fileNotUTF8(path: $0, row: 3, column: "jumlah_ternak_kuda")
                }
            ),
        ]
        for (name, bytes, error) in cases {
            let path = try shop.file(name, bytes)
            #expect(throws: error(path), "\(name)") {
                try shop.importing.run(path: path, releaseDate: date)
            }
        }
        #expect(throws: PipelineError.fileMissing(path: "/tidak/ada.csv")) {
            try shop.importing.run(path: "/tidak/ada.csv", releaseDate: date)
        }
        #expect(throws: PipelineError.fileUnreadable(path: shop.folder.path)) {
            try shop.importing.run(path: shop.folder.path, releaseDate: date)
        }
        #expect(try shop.database.registryImports().isEmpty)
    }

    @Test func noErrorHoldsAValueOfTheFile() throws {
        let shop = try Workshop()
        let path = try shop.file("a.csv", "nama,nomor\nREKA RAHASIA,9935130000010001\n")
        let error = #expect(throws: PipelineError.self) {
            try shop.importing.run(path: path, releaseDate: date)
        }
        #expect(error?.description.contains("RAHASIA") == false)
        #expect(error?.description.contains("9935130000010001") == false)
    }
}
