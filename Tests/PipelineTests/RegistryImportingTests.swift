import Foundation
import PovertyModel
import SocialRegistry
import SpatialStore
import Testing
import Workbooks

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

    @Test func windows1252AndUTF16AreReadLikeUTF8() throws {
        let shop = try Workshop()
        let whole = text([row(1, name: "RÉKA"), row(2)])
        let latin = whole.unicodeScalars.map { UInt8($0.value) }
        var utf16: [UInt8] = [0xFF, 0xFE]
        for unit in whole.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        for (index, bytes) in [latin, utf16].enumerated() {
            let path = try shop.file("a\(index).csv", bytes)
            let detection = try RegistryDetection(path: path)
            #expect(detection.sheets[0].encoding == ["Windows-1252", "UTF-16LE"][index])
            let day = CalendarDate("2026-0\(index + 1)-28")!
            let summary = try shop.importing.run(path: path, releaseDate: day)
            #expect(summary.imported.rowsStored == 2)
            try shop.database.openRows(of: summary.imported, seal: shop.seal) { row in
                let text = String(decoding: row.bytes, as: UTF8.self)
                #expect(row.id & 0xFFFF != 2 || text.contains("RÉKA"))
            }
        }
    }

    @Test func aCorrectedFileTakesThePlaceOfTheFormerOne() throws {
        let shop = try Workshop()
        let path = try shop.file("a.csv", text([row(1), row(2)]))
        let first = try shop.importing.run(path: path, releaseDate: date)
        _ = try shop.file("a.csv", text([row(1), row(2), row(3)]))
        let second = try shop.importing.run(path: path, releaseDate: date)
        #expect(second.replaced == first.imported.id)
        #expect(second.imported.rowsStored == 3)
        let registers = try shop.database.registers()
        #expect(registers.map { $0.imports.map(\.id) } == [[second.imported.id]])
        #expect(try shop.database.keluargaCount(of: registers[0]) == 3)
        // By number, whatever its name.
        let other = try shop.file("b.csv", text([row(1), row(5)]))
        var options = RegistryImporting.Options()
        options.replaces = second.imported.id
        let third = try shop.importing.run(path: other, releaseDate: date, options: options)
        #expect(third.replaced == second.imported.id)
        #expect(try shop.database.registers().count == 1)
    }

    @Test func filesOfOneDayAreOneRegister() throws {
        let shop = try Workshop()
        let south = try shop.file("selatan.csv", text([row(1), row(2)]))
        let north = try shop.file("utara.csv", text([row(2), row(3)]))
        _ = try shop.importing.run(path: south, releaseDate: date)
        let second = try shop.importing.run(path: north, releaseDate: date)
        #expect(second.rejected == [.duplicateKeluarga: 1])
        #expect(second.addsUp)
        let registers = try shop.database.registers()
        #expect(registers.count == 1)
        #expect(try shop.database.keluargaCount(of: registers[0]) == 3)
        let geocoding = try KeluargaGeocoding(
            database: shop.database, seal: shop.seal, progress: SilentProgress()
        ).run(register: registers[0])
        #expect(geocoding.total == 3)
    }

    @Test func aTableOfAnotherLayoutIsReadByItsMapping() throws {
        let shop = try Workshop()
        let path = try shop.file(
            "lain.csv", "DAFTAR\nNomor;Di mana;Tingkat\n9935130000010001;NGADISARI;2\n")
        let mapping = try shop.file(
            "kolom.yml",
            """
            jenis: sebagian
            sumber: Pendataan uji
            kolom:
              familyCardNumber: Nomor
              desaName: [Desa, Di mana]
              desil: Tingkat
            """)
        #expect(throws: PipelineError.self) {
            try shop.importing.run(path: path, releaseDate: date)
        }
        var options = RegistryImporting.Options()
        options.mapping = mapping
        let summary = try shop.importing.run(path: path, releaseDate: date, options: options)
        #expect(summary.imported.rowsStored == 1)
        #expect(summary.imported.source == "Pendataan uji")
        #expect(try shop.database.writtenPlaces().map(\.desaName) == ["NGADISARI"])
        let wrong = try shop.file("salah.yml", "jenis: apa\nsumber: x\nkolom: {}\n")
        options.mapping = wrong
        #expect(throws: PipelineError.self) {
            try shop.importing.run(path: path, releaseDate: date, options: options)
        }
    }

    @Test func eachUnusableFileGetsItsOwnErrorAndChangesNothing() throws {
        let shop = try Workshop()
        let whole = text([row(1), row(2), row(3)])
        let cases: [(String, [UInt8], (String) -> PipelineError)] = [
            ("kosong.csv", [], { .fileEmpty(path: $0) }),
            (
                "buku.csv", [0x50, 0x4B, 0x03, 0x04, 1, 2],
                {
                    .badWorkbook(
                        path: $0, problem: WorkbookError.damagedArchive(.noDirectory).description)
                }
            ),
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
                "rusak.csv",
                Array(text([row(1, name: "RÉKA"), row(3, name: "RÉKA")]).utf8)
                    + Array(row(2, name: "").utf8.dropLast(2))
                    + [0xE9, UInt8(ascii: ","), UInt8(ascii: "\n")],
                {
                    .fileNotUTF8(path: $0, row: 4, column: "jumlah_ternak_kuda")
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
