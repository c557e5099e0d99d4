internal import Foundation
internal import GRDB
public import PovertyModel

/// A household file that was imported.
public struct RegistryImport: Hashable, Sendable {
    public let id: Int64
    public let layout: String
    /// The register it belongs to, such as `DTSEN`.
    public let source: String
    public let role: String
    public let fileName: String
    public let releaseDate: CalendarDate
    public let rowsRead: Int
    public let rowsStored: Int
    public let isSimulated: Bool
}

/// What is known of a file before its rows are read.
public struct RegistryFileDescription: Hashable, Sendable {
    public let layout: String
    public let source: String
    public let role: String
    public let fileName: String
    public let releaseDate: CalendarDate
    public let header: String

    public init(
        layout: String,
        source: String,
        role: String,
        fileName: String,
        releaseDate: CalendarDate,
        header: String
    ) {
        self.layout = layout
        self.source = source
        self.role = role
        self.fileName = fileName
        self.releaseDate = releaseDate
        self.header = header
    }
}

/// What is known of a file after its rows are read.
public struct RegistryFileOutcome: Hashable, Sendable {
    public let sha256: String
    public let rowsRead: Int
    public let isSimulated: Bool
    public let remarks: [String: Int]

    public init(sha256: String, rowsRead: Int, isSimulated: Bool, remarks: [String: Int]) {
        self.sha256 = sha256
        self.rowsRead = rowsRead
        self.isSimulated = isSimulated
        self.remarks = remarks
    }
}

extension PovertyDatabase {
    /// The import of a file with this content; nil when there was none.
    public func registryImport(sha256: String) throws -> RegistryImport? {
        try read { db in
            try RegistryImportRow.fetchOne(
                db, sql: "SELECT * FROM registry_import WHERE sha256 = ?", arguments: [sha256])?
                .registryImport
        }
    }

    /// All imports, the newest release first.
    public func registryImports() throws -> [RegistryImport] {
        try read { db in
            try RegistryImportRow.fetchAll(
                db, sql: "SELECT * FROM registry_import ORDER BY release_date DESC, id DESC"
            ).compactMap(\.registryImport)
        }
    }

    /// Rejected rows of an import by reason.
    public func rejectionCounts(of imported: RegistryImport) throws -> [String: Int] {
        try counts(
            "SELECT reason, count(*) FROM rejected_row WHERE import_id = ? GROUP BY reason",
            imported)
    }

    /// Odd but stored rows of an import by remark.
    public func remarkCounts(of imported: RegistryImport) throws -> [String: Int] {
        try counts("SELECT remark, count FROM row_remark WHERE import_id = ?", imported)
    }

    private func counts(_ sql: String, _ imported: RegistryImport) throws -> [String: Int] {
        try read { db in
            let rows = try Row.fetchAll(db, sql: sql, arguments: [imported.id])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
        }
    }

    /// Imports a file in one transaction: when `body` throws, nothing of it stays.
    public func importRegistry(
        _ file: RegistryFileDescription,
        seal: IdentitySeal,
        body: (RegistryWriter) throws -> RegistryFileOutcome
    ) throws -> RegistryImport {
        try write { db in
            let id = try 1 + (Int64.fetchOne(db, sql: "SELECT max(id) FROM registry_import") ?? 0)
            // The rows refer to their import, so it stands first and is completed afterwards.
            try db.execute(
                sql: "INSERT INTO registry_import VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
                arguments: [
                    id, file.layout, file.source, file.role, file.fileName, "pending",
                    file.releaseDate.iso, file.header,
                ])
            let writer = try RegistryWriter(db, importID: id, seal: seal)
            let outcome = try body(writer)
            try db.execute(
                sql: """
                    UPDATE registry_import
                    SET sha256 = ?, rows_read = ?, rows_stored = ?, is_simulated = ? WHERE id = ?
                    """,
                arguments: [
                    outcome.sha256, outcome.rowsRead, writer.rowsStored, outcome.isSimulated, id,
                ])
            for (remark, count) in outcome.remarks {
                try db.execute(
                    sql: "INSERT INTO row_remark VALUES (?, ?, ?)", arguments: [id, remark, count])
            }
            return RegistryImport(
                id: id,
                layout: file.layout,
                source: file.source,
                role: file.role,
                fileName: file.fileName,
                releaseDate: file.releaseDate,
                rowsRead: outcome.rowsRead,
                rowsStored: writer.rowsStored,
                isSimulated: outcome.isSimulated)
        }
    }
}

private struct RegistryImportRow: Decodable, FetchableRecord {
    var id: Int64
    var layout: String
    var source: String
    var role: String
    var file_name: String
    var release_date: String
    var rows_read: Int
    var rows_stored: Int
    var is_simulated: Bool

    var registryImport: RegistryImport? {
        CalendarDate(release_date).map {
            RegistryImport(
                id: id,
                layout: layout,
                source: source,
                role: role,
                fileName: file_name,
                releaseDate: $0,
                rowsRead: rows_read,
                rowsStored: rows_stored,
                isSimulated: is_simulated)
        }
    }
}
