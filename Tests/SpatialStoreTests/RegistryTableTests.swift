import Foundation
import GRDB
import Testing

@testable import SpatialStore

@Suite struct RegistryTableTests {
    private struct Interruption: Error {}

    private func add(_ rows: Int, to writer: RegistryWriter) throws {
        let raw = Array("9935130000000001;REKA UJI;DUSUN KRAJAN".utf8)
        for row in 1...rows {
            try raw.withUnsafeBufferPointer { raw in
                let isStored = try writer.addKeluarga(
                    StoredRow(row: row, key: "993513\(row)", raw: raw), place: Made.place,
                    desil: nil)
                #expect(isStored)
            }
        }
    }

    @Test func anImportThatFailsLeavesNothingBehind() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        #expect(throws: Interruption.self) {
            try made.database.importRegistry(Made.file, seal: seal) { writer in
                try add(10, to: writer)
                throw Interruption()
            }
        }
        try made.database.read { db in
            for table in ["registry_import", "keluarga", "sealed_row", "written_place"] {
                let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
                #expect(count == 0, "\(table)")
            }
        }
    }

    @Test func rowsAreCountedAndPlacesStoredOnce() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        let imported = try made.database.importRegistry(Made.file, seal: seal) { writer in
            try add(10, to: writer)
            try writer.addRejected(row: 11, column: "a", reason: "sebab", detail: "apa")
            return RegistryFileOutcome(
                sha256: "x", rowsRead: 11, isSimulated: true, remarks: ["catatan": 3])
        }
        #expect(imported.rowsStored == 10)
        #expect(try made.database.registryImport(sha256: "x") == imported)
        #expect(try made.database.rejectionCounts(of: imported) == ["sebab": 1])
        #expect(try made.database.remarkCounts(of: imported) == ["catatan": 3])
        #expect(try made.database.writtenPlaces().count == 1)
    }

    @Test func nothingOfAnIdentityCanBeReadFromTheFile() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        _ = try made.database.importRegistry(Made.file, seal: seal) { writer in
            try add(10, to: writer)
            return RegistryFileOutcome(sha256: "x", rowsRead: 10, isSimulated: true, remarks: [:])
        }
        try made.database.checkpoint()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: made.path))
        for secret in ["9935130000000001", "REKA UJI", "DUSUN KRAJAN"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
    }
}
