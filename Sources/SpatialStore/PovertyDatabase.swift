internal import Foundation
internal import GRDB

/// The database that the command line writes: boundaries, registers, placements, releases.
///
/// One connection; the tables' methods are in the extensions named for them. The map server uses
/// `PublishedMap` instead, which knows no keluarga.
public final class PovertyDatabase: Sendable {
    public let path: String
    private let queue: DatabaseQueue

    /// Creates the database, with spatial metadata and all tables, or opens and migrates it.
    public static func createOrOpen(at path: String) throws -> PovertyDatabase {
        try PovertyDatabase(path: path)
    }

    /// Opens an existing database and brings its tables up to date.
    public static func open(at path: String) throws -> PovertyDatabase {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError.databaseMissing(path: path)
        }
        return try PovertyDatabase(path: path)
    }

    private init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try SpatiaLite.initialise(db)
            // WAL: the map server goes on reading the old state while a step writes.
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try db.execute(sql: "PRAGMA cache_size = -65536")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        queue = try StoreFailure.translated(path: path) {
            try StoreFailure.checkIsPeta(path: path)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let known = Set(Schema.migrator.migrations)
            let applied = try queue.read(Schema.migrator.appliedIdentifiers)
            if let newer = applied.subtracting(known).min() {
                throw StoreError.databaseNewer(path: path, migration: newer)
            }
            try Schema.migrator.migrate(queue)
            return queue
        }
    }

    /// Runs `body` in a transaction: all of it or nothing.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreFailure.translated(path: path) { try queue.write(body) }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreFailure.translated(path: path) { try queue.read(body) }
    }

    /// Moves what was committed from the log into the database file.
    public func checkpoint() throws {
        try StoreFailure.translated(path: path) {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                try db.execute(sql: "PRAGMA optimize")
            }
        }
    }

    /// Closes the connection; its files can then be moved.
    public func close() throws {
        try StoreFailure.translated(path: path) { try queue.close() }
    }

    /// Notes which key this database is written with, or checks that `key` is that one.
    public func bind(_ key: IdentityKey) throws {
        let mark = key.mark
        try write { db in
            let known = try String.fetchOne(
                db, sql: "SELECT value FROM setting WHERE name = 'key_mark'")
            if let known, known != mark { throw StoreError.keyDoesNotFit(path: key.origin) }
            try db.execute(
                sql: "INSERT OR IGNORE INTO setting VALUES ('key_mark', ?)", arguments: [mark])
        }
    }

    /// How many SpatiaLite geometries are not valid; 0 in a sound database.
    public func invalidGeometryCount() throws -> Int {
        try read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM boundary WHERE ST_IsValid(geom) <> 1")
                ?? 0
        }
    }
}

/// From SQLite's codes to sentences; SQL and arguments never leave this target.
enum StoreFailure {
    static func translated<T>(path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw storeError(error, path: path)
        }
    }

    static func storeError(_ error: DatabaseError, path: String) -> StoreError {
        switch error.resultCode {
        case .SQLITE_FULL: .diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .databaseBusy(path: path)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: .notAPetaDatabase(path: path)
        case .SQLITE_CANTOPEN: .cannotWrite(path: path, reason: "it cannot be opened")
        case .SQLITE_READONLY: .cannotWrite(path: path, reason: "it may only be read")
        // A disk that fills up while the log grows is reported as a failed write.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
            .diskFull(path: path)
        default:
            .cannotWrite(path: path, reason: "SQLite error \(error.extendedResultCode.rawValue)")
        }
    }

    /// A file that is there must be empty or a database of ours.
    static func checkIsPeta(path: String) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = (attributes?[.size] as? NSNumber)?.intValue, size > 0 else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let id = try DatabaseQueue(path: path, configuration: configuration).read { db in
            try Int.fetchOne(db, sql: "PRAGMA application_id")
        }
        guard id == Schema.applicationID else { throw StoreError.notAPetaDatabase(path: path) }
    }
}
