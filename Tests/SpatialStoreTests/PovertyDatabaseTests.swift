import Foundation
import GRDB
import Testing

@testable import SpatialStore

@Suite struct PovertyDatabaseTests {
    @Test func aNewDatabaseHasSpatialMetadataIndexLogAndForeignKeys() throws {
        let made = try TemporaryDatabase()
        // CheckSpatialIndex writes into a temporary table.
        try made.database.write { db in
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            let foreignKeys = try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            #expect(journal == "wal")
            #expect(foreignKeys == 1)
            let column = try Row.fetchOne(db, sql: "SELECT * FROM geometry_columns")
            #expect(column?["srid"] == 4326)
            #expect(column?["geometry_type"] == 6)
            #expect(column?["spatial_index_enabled"] == 1)
            let index = try Int.fetchOne(db, sql: "SELECT CheckSpatialIndex('boundary', 'geom')")
            #expect(index == 1)
        }
    }

    @Test func openingAgainChangesNothing() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        try made.database.close()
        let again = try PovertyDatabase.open(at: made.path)
        #expect(try again.gazetteer() == Made.desa)
    }

    @Test func aMissingDatabaseIsNotCreatedByOpening() {
        let path = NSTemporaryDirectory() + "tidak-ada-\(UUID().uuidString).sqlite"
        #expect(throws: StoreError.databaseMissing(path: path)) {
            try PovertyDatabase.open(at: path)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func anotherProgramsFileIsRefused() throws {
        let path = NSTemporaryDirectory() + "asing-\(UUID().uuidString).sqlite"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("this is no database at all, just some text of some length".utf8)
            .write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.notAPetaDatabase(path: path)) {
            try PovertyDatabase.open(at: path)
        }
        try FileManager.default.removeItem(atPath: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (a)") }
        #expect(throws: StoreError.notAPetaDatabase(path: path)) {
            try PovertyDatabase.open(at: path)
        }
    }

    @Test func aFullDiskLeavesTheLastGoodState() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        try made.database.saveBoundarySet(Made.boundarySet("lama"), boundaries: Made.boundaries)
        // SQLite answers a full page limit with the code of a full disk.
        try made.database.read { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let seal = IdentitySeal(try made.key())
        let line = Array(repeating: UInt8(ascii: "x"), count: 100_000)
        #expect(throws: StoreError.diskFull(path: made.path)) {
            try made.database.importRegistry(Made.file, seal: seal) { writer in
                for row in 1...100 {
                    try line.withUnsafeBufferPointer { raw in
                        _ = try writer.addKeluarga(
                            StoredRow(row: row, key: nil, raw: raw), place: Made.place,
                            desil: nil)
                    }
                }
                return RegistryFileOutcome(
                    sha256: "x", rowsRead: 100, isSimulated: true, remarks: [:])
            }
        }
        #expect(try made.database.registryImports().isEmpty)
        #expect(try made.database.activeBoundarySet()?.name == "lama")
    }

    @Test func aNewerDatabaseIsLeftAlone() throws {
        let made = try TemporaryDatabase()
        try made.database.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2030-01 future')")
        }
        try made.database.close()
        #expect(throws: StoreError.databaseNewer(path: made.path, migration: "2030-01 future")) {
            try PovertyDatabase.open(at: made.path)
        }
    }

    @Test(arguments: [("4.3.0a", true), ("5.0.1", false), ("5.1.0", false), ("unknown", true)])
    func spatiaLiteBeforeFiveIsTooOld(version: String, isTooOld: Bool) {
        #expect((SpatiaLite.check(version: version) != nil) == isTooOld)
    }

    @Test func noSentenceOfAnErrorHoldsSQL() throws {
        let made = try TemporaryDatabase()
        let error = #expect(throws: StoreError.self) {
            try made.database.write { db in
                try db.execute(
                    sql: "INSERT INTO setting VALUES (?, ?)", arguments: ["9935130000000001", nil])
            }
        }
        #expect(error?.description.contains("9935130000000001") == false)
        #expect(error?.description.contains("INSERT") == false)
    }
}
