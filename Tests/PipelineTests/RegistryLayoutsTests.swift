import Foundation
import PovertyModel
import RegistrySimulation
import SocialRegistry
import SpatialStore
import Testing
import Workbooks

@testable import Pipeline

/// Every layout out of the simulation, through a file, into the database and back.
@Suite struct RegistryLayoutsTests {
    private static func simulate(
        _ shop: Workshop,
        _ change: (inout RegistrySimulating.Options) -> Void
    ) throws -> RegistrySimulating.Summary {
        var options = RegistrySimulating.Options()
        options.keluarga = 500
        options.seed = 5
        options.layouts = SimulatedLayout.allCases
        change(&options)
        return try RegistrySimulating(database: shop.database, progress: SilentProgress())
            .run(options, folder: shop.folder.appendingPathComponent("sim").path)
    }

    private static func day(of layout: SimulatedLayout) -> CalendarDate {
        switch layout {
        case .bdt: CalendarDate("2019-07-01")!
        case .p3keKeluarga1, .p3keIndividu1: CalendarDate("2022-06-30")!
        case .regsosek: CalendarDate("2022-11-14")!
        case .p3keKeluarga2, .p3keIndividu2: CalendarDate("2023-06-30")!
        case .dtks: CalendarDate("2024-06-30")!
        default: CalendarDate("2026-02-01")!
        }
    }

    @Test(arguments: [0, 1, 2])
    func everyLayoutComesBackWhole(form: Int) throws {
        let shop = try Workshop()
        let made = try Self.simulate(shop) { options in
            if form == 1 {
                options.writing = SimulationWriting(
                    usesLabels: true, delimiter: UInt8(ascii: ";"), headerRow: 7)
            }
            options.asWorkbook = form == 2
        }
        for layout in SimulatedLayout.allCases {
            let path = made.files.path(of: layout)
            let detection = try RegistryDetection(path: path)
            #expect(detection.sheets[0].headerRow == (form == 1 ? 7 : 1), "\(layout)")
            #expect(detection.sheets[0].rows == made.rows[layout], "\(layout)")
            let summary = try shop.importing.run(path: path, releaseDate: Self.day(of: layout))
            #expect(summary.imported.layout == layout.rawValue)
            #expect(summary.imported.rowsRead == made.rows[layout], "\(layout)")
            #expect(summary.addsUp, "\(layout)")
            #expect(summary.imported.isSimulated, "\(layout)")
            let rejected = Set(summary.rejected.keys)
            #expect(
                rejected.isSubset(of: [.duplicateKeluarga, .duplicatePerson]), "\(rejected)")
        }
        let geocoding = KeluargaGeocoding(
            database: shop.database, seal: shop.seal, progress: SilentProgress())
        for register in try geocoding.registers() {
            let summary = try geocoding.run(register: register)
            #expect(summary.addsUp)
            let placed = summary.placed.values.reduce(0, +)
            #expect(Double(placed) > 0.95 * Double(summary.keluarga), "\(register.layout)")
        }
    }

    @Test func specificDataIsStoredOnlyWhenAskedFor() throws {
        let made = try Workshop()
        let files = try Self.simulate(made) { $0.layouts = [.dtsenAnggota] }.files
        let column = DTSENLayout.anggotaColumns.firstIndex(of: "penyakit_kronis")!
        var kept: [Bool] = []
        for keep: Set<SpecificData> in [[], Set(SpecificData.allCases)] {
            let shop = try Workshop()
            var options = RegistryImporting.Options()
            options.keptSpecific = keep
            let summary = try shop.importing.run(
                path: files.path(of: .dtsenAnggota), releaseDate: Self.day(of: .dtsenAnggota),
                options: options)
            #expect(summary.leftOut.contains("penyakit_kronis") == keep.isEmpty)
            var filled = 0
            try shop.database.openRows(of: summary.imported, seal: shop.seal) { row in
                let cells = String(decoding: row.bytes, as: UTF8.self)
                    .split(separator: ",", omittingEmptySubsequences: false)
                // Cells with commas stand behind this column.
                if !cells[column].isEmpty { filled += 1 }
            }
            kept.append(filled > 0)
        }
        #expect(kept == [false, true])
    }

    @Test func rejectedRowsGoBackInTheSendersLayoutAsAWorkbook() throws {
        let shop = try Workshop()
        let files = try Self.simulate(shop) {
            $0.keluarga = 3000
            $0.layouts = [.dtsenKeluarga]
        }.files
        // A repeated family in every file: the planned duplicates.
        var options = RegistryImporting.Options()
        let list = shop.folder.appendingPathComponent("ditolak.xlsx").path
        options.rejections = list
        let summary = try shop.importing.run(
            path: files.register, releaseDate: Self.day(of: .dtsenKeluarga), options: options)
        let rejected = summary.rejected.values.reduce(0, +)
        #expect(rejected > 0)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: list)))
        let workbook = try Workbook(byteCount: bytes.count) { offset, count in
            Array(bytes[offset..<min(bytes.count, offset + count)])
        }
        var text: [UInt8] = []
        try workbook.stream(sheet: 0) { piece in
            text += piece
            return true
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == rejected + 1)
        #expect(lines[0].hasPrefix(DTSENLayout.keluargaColumns.joined(separator: ",")))
        #expect(lines[0].hasSuffix(RejectionList.ownColumns.joined(separator: ",")))
        let permissions =
            try FileManager.default.attributesOfItem(atPath: list)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
    }

    @Test func twoSheetsOfOneLayoutAreOneFileAndOthersAreTold() throws {
        let shop = try Workshop()
        let files = try Self.simulate(shop) { $0.layouts = [.verval] }.files
        var lines: [[String]] = []
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        try parser.feed(try Data(contentsOf: URL(fileURLWithPath: files.verval))) { row in
            lines.append((0..<row.count).map(row.text))
            return true
        }
        let path = shop.folder.appendingPathComponent("buku.xlsx").path
        let file = try OutputFile(path: path)
        var writer = try XLSXWriter(
            sheets: [.init(name: "Catatan"), .init(name: "Utara"), .init(name: "Selatan")]
        ) { try file.write($0) }
        try writer.append(row: ["catatan", "dari surveyor"])
        let half = lines.count / 2
        for (number, part) in [lines[1..<half], lines[(half - 1)...]].enumerated() {
            try writer.nextSheet()
            // The columns of the second sheet run the other way round.
            let rows = [lines[0]] + part
            for row in rows {
                try writer.append(row: number == 0 ? row : row.reversed())
            }
        }
        try writer.finish()
        try file.finish()
        let summary = try shop.importing.run(
            path: path, releaseDate: Self.day(of: .verval))
        #expect(summary.otherSheets == ["Catatan"])
        #expect(summary.imported.rowsRead == lines.count)
        // The last row of the first sheet stands in the second again.
        #expect(summary.rejected == [.duplicateKeluarga: 1])
        #expect(summary.addsUp)
    }

    @Test func registersOfTwoSourcesAreLinkedAndCompared() throws {
        let shop = try Workshop()
        let files = try Self.simulate(shop) {
            $0.keluarga = 1500
            $0.layouts = [.p3keKeluarga1, .p3keKeluarga2, .dtsenKeluarga, .dtsenAnggota]
        }.files
        var imports: [SimulatedLayout: Int64] = [:]
        for layout in [
            SimulatedLayout.p3keKeluarga1, .p3keKeluarga2, .dtsenKeluarga, .dtsenAnggota,
        ] {
            imports[layout] = try shop.importing.run(
                path: files.path(of: layout), releaseDate: Self.day(of: layout)
            ).imported.id
        }
        let comparing = RegisterComparing(database: shop.database)
        let unlinked = try comparing.run(
            first: imports[.p3keKeluarga1]!, second: imports[.p3keKeluarga2]!)
        // Each year's list numbers anew.
        #expect(unlinked.comparison.both == 0)
        #expect(unlinked.addsUp)
        let linking = FamilyLinking(
            database: shop.database, seal: shop.seal, progress: SilentProgress())
        for (first, second) in [
            (SimulatedLayout.p3keKeluarga1, SimulatedLayout.p3keKeluarga2),
            (.p3keKeluarga2, .dtsenKeluarga),
        ] {
            let summary = try linking.run(first: imports[first]!, second: imports[second]!)
            let same = summary.same.values.reduce(0, +)
            let smaller = min(summary.firstCount, summary.secondCount)
            #expect(Double(same) > 0.93 * Double(smaller), "\(first): \(same) of \(smaller)")
            let output = shop.folder.appendingPathComponent("banding.csv").path
            let linked = try comparing.run(
                first: imports[first]!, second: imports[second]!, output: output)
            #expect(linked.comparison.both >= same)
            #expect(linked.addsUp)
            #expect(linked.linkedAt != nil)
            #expect(try String(contentsOfFile: output, encoding: .utf8).contains("kode_desa"))
        }
    }

    @Test func aRotatedKeyOpensEverythingAndTheOldOneNothing() throws {
        let shop = try Workshop()
        let files = try Self.simulate(shop) {
            $0.layouts = [.dtsenKeluarga, .verval, .p3keKeluarga2, .dtsenAnggota]
        }.files
        var imports: [RegistryImport] = []
        for layout in [
            SimulatedLayout.dtsenKeluarga, .verval, .p3keKeluarga2, .dtsenAnggota,
        ] {
            imports.append(
                try shop.importing.run(
                    path: files.path(of: layout), releaseDate: Self.day(of: layout)
                ).imported)
        }
        func placed(_ seal: IdentitySeal) throws -> [KeluargaGeocoding.Summary] {
            let geocoding = KeluargaGeocoding(
                database: shop.database, seal: seal, progress: SilentProgress())
            return try geocoding.registers().map { try geocoding.run(register: $0) }
        }
        let before = try placed(shop.seal)
        #expect(before.contains { $0.withPosition > 0 })
        let file = URL(fileURLWithPath: shop.database.path + ".key")
        let old = try IdentityKey.load(file: file)
        try shop.database.bind(old)
        let count = try KeyRotating(database: shop.database, progress: SilentProgress())
            .run(old: old, file: file)
        #expect(count == imports.reduce(0) { $0 + $1.rowsStored })
        let new = try IdentityKey.load(file: file)
        try shop.database.bind(new)
        #expect(throws: StoreError.self) { try shop.database.bind(old) }
        #expect(try placed(IdentitySeal(new)) == before)
        #expect(throws: StoreError.self) {
            try shop.database.openRows(of: imports[0], seal: IdentitySeal(old)) { _ in }
        }
        let waiting = IdentityKey.fileInWaiting(file)
        #expect(!FileManager.default.fileExists(atPath: waiting.path))
    }
}
