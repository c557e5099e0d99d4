internal import Foundation
internal import GRDB

/// A stored row, opened again.
public struct OpenedRow {
    public let id: Int64
    /// From 0.
    public let sheet: Int
    /// The row as received; secret.
    public let bytes: [UInt8]
}

/// Two keluarga of two registers, and whether they are one family.
public struct StoredLink: Hashable, Sendable {
    public let firstID: Int64
    public let secondID: Int64
    /// `same`, `likely` or `different`.
    public let linkClass: String
    /// What it was decided by, such as `card number`.
    public let means: String
    public let probability: Double

    public init(
        firstID: Int64,
        secondID: Int64,
        linkClass: String,
        means: String,
        probability: Double
    ) {
        self.firstID = firstID
        self.secondID = secondID
        self.linkClass = linkClass
        self.means = means
        self.probability = probability
    }
}

extension PovertyDatabase {
    /// Rows of sheet *n* of a file are numbered from *n* << this.
    public static let sheetShift = 24

    /// Hands over each stored row of `imported`, decrypted.
    public func openRows(
        of imported: RegistryImport,
        seal: IdentitySeal,
        body: (OpenedRow) throws -> Void
    ) throws {
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT id, record FROM sealed_row WHERE id >= ? AND id < ? ORDER BY id",
                arguments: KeluargaID.rowIDs(ofImport: imported.id))
            while let row = try rows.next() {
                let (id, sealed): (Int64, Data) = (row[0], row[1])
                guard let plain = seal.open(sealed, id: id) else {
                    throw StoreError.keyDoesNotFit(path: path)
                }
                let number = Int(id & 0xFFFF_FFFF)
                try body(
                    OpenedRow(id: id, sheet: number >> Self.sheetShift, bytes: plain))
            }
        }
    }

    /// Stores which keluarga of two registers are one family, in the place of earlier links of
    /// these two.
    public func saveLinks(
        first: RegistryRelease,
        second: RegistryRelease,
        at time: String,
        _ links: [StoredLink]
    ) throws {
        try write { db in
            try db.execute(
                sql: "DELETE FROM linkage WHERE first_import_id = ? AND second_import_id = ?",
                arguments: [first.id, second.id])
            try db.execute(
                sql: """
                    INSERT INTO linkage (first_import_id, second_import_id, linked_at)
                    VALUES (?, ?, ?)
                    """,
                arguments: [first.id, second.id, time])
            let id = db.lastInsertedRowID
            let insert = try db.makeStatement(
                sql: "INSERT INTO family_link VALUES (?, ?, ?, ?, ?, ?)")
            for link in links {
                try insert.execute(arguments: [
                    id, link.firstID, link.secondID, link.linkClass, link.means,
                    link.probability,
                ])
            }
        }
    }

    /// When two registers were linked; nil when they never were.
    public func linkedAt(first: RegistryRelease, second: RegistryRelease) throws -> String? {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT linked_at FROM linkage
                    WHERE first_import_id = ? AND second_import_id = ?
                    """,
                arguments: [first.id, second.id])
        }
    }
}
