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
    /// The import of the corrected file that took its place.
    public let replacedBy: Int64?
}

/// What is known of a file before its rows are read.
public struct RegistryFileDescription: Hashable, Sendable {
    public let layout: String
    public let source: String
    public let role: String
    public let fileName: String
    public let releaseDate: CalendarDate
    public let sheets: [RegistrySheet]
    /// Between the fields of a row as it is stored.
    public let delimiter: String
    /// Fields of specific personal data were asked for and are kept.
    public let keepsSpecific: Bool

    public init(
        layout: String,
        source: String,
        role: String,
        fileName: String,
        releaseDate: CalendarDate,
        sheets: [RegistrySheet],
        delimiter: String,
        keepsSpecific: Bool
    ) {
        self.layout = layout
        self.source = source
        self.role = role
        self.fileName = fileName
        self.releaseDate = releaseDate
        self.sheets = sheets
        self.delimiter = delimiter
        self.keepsSpecific = keepsSpecific
    }
}

/// A sheet of a household file; a text file is one sheet without a name.
public struct RegistrySheet: Hashable, Sendable {
    public let name: String
    /// Column names as written.
    public let columns: [String]
    /// Which column, from 0, each field of the importer was read from.
    public let fields: [String: Int]

    public init(name: String, columns: [String], fields: [String: Int]) {
        self.name = name
        self.columns = columns
        self.fields = fields
    }

    private static let unitSeparator: Character = "\u{1F}"
    private static let recordSeparator: Character = "\u{1E}"

    /// Columns, then fields, parted by characters that no header holds.
    var header: String {
        let fields = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return columns.joined(separator: String(Self.unitSeparator))
            + String(Self.recordSeparator)
            + fields.joined(separator: String(Self.unitSeparator))
    }

    init(name: String, header: String) {
        self.name = name
        let parts = header.split(separator: Self.recordSeparator, omittingEmptySubsequences: false)
        columns = (parts.first ?? "").split(
            separator: Self.unitSeparator, omittingEmptySubsequences: false
        ).map(String.init)
        var fields: [String: Int] = [:]
        if parts.count > 1 {
            for pair in parts[1].split(separator: Self.unitSeparator) {
                let sides = pair.split(separator: "=")
                if sides.count == 2 { fields[String(sides[0])] = Int(sides[1]) }
            }
        }
        self.fields = fields
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

    /// The sheets of an import with their headers, and the delimiter of its stored rows.
    public func sheets(
        of imported: RegistryImport
    ) throws -> (sheets: [RegistrySheet], delimiter: String) {
        try read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT header, delimiter FROM registry_import WHERE id = ?",
                arguments: [imported.id])
            let further = try Row.fetchAll(
                db,
                sql: "SELECT name, header FROM registry_sheet WHERE import_id = ? ORDER BY sheet",
                arguments: [imported.id])
            let first = RegistrySheet(name: "", header: row?["header"] ?? "")
            return (
                [first] + further.map { RegistrySheet(name: $0["name"], header: $0["header"]) },
                row?["delimiter"] ?? ","
            )
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
    ///
    /// The file takes the place of the import `replaced`; a keluarga that another file of the same
    /// source, layout and day lists already is a duplicate.
    public func importRegistry(
        _ file: RegistryFileDescription,
        replacing replaced: RegistryImport? = nil,
        seal: IdentitySeal,
        body: (RegistryWriter) throws -> RegistryFileOutcome
    ) throws -> RegistryImport {
        try write { db in
            let id = try 1 + (Int64.fetchOne(db, sql: "SELECT max(id) FROM registry_import") ?? 0)
            // The rows refer to their import, so it stands first and is completed afterwards.
            try db.execute(
                sql: """
                    INSERT INTO registry_import (id, layout, source, role, file_name, sha256,
                        release_date, header, rows_read, rows_stored, is_simulated, delimiter,
                        keeps_specific)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)
                    """,
                arguments: [
                    id, file.layout, file.source, file.role, file.fileName, "pending",
                    file.releaseDate.iso, file.sheets.first?.header ?? "", file.delimiter,
                    file.keepsSpecific,
                ])
            for (index, sheet) in file.sheets.enumerated().dropFirst() {
                try db.execute(
                    sql: "INSERT INTO registry_sheet VALUES (?, ?, ?, ?)",
                    arguments: [id, index, sheet.name, sheet.header])
            }
            if let replaced {
                try db.execute(
                    sql: "UPDATE registry_import SET replaced_by = ? WHERE id = ?",
                    arguments: [id, replaced.id])
            }
            let writer = try RegistryWriter(
                db, importID: id, seal: seal, siblings: try Self.siblings(of: file, id: id, db))
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
                isSimulated: outcome.isSimulated,
                replacedBy: nil)
        }
    }

    /// The other files of the same source, layout and day.
    private static func siblings(
        of file: RegistryFileDescription,
        id: Int64,
        _ db: Database
    ) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM registry_import
                WHERE source = ? AND layout = ? AND release_date = ? AND id <> ?
                    AND replaced_by IS NULL
                """,
            arguments: [file.source, file.layout, file.releaseDate.iso, id])
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
    var replaced_by: Int64?

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
                isSimulated: is_simulated,
                replacedBy: replaced_by)
        }
    }
}
