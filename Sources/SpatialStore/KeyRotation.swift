internal import Foundation
internal import GRDB

/// The numbers of a stored row from which its keys are made; secret.
public struct RowNumbers {
    public let key: String?
    public let otherKeys: [String]
    public let personKey: String?

    public init(key: String?, otherKeys: [String] = [], personKey: String? = nil) {
        self.key = key
        self.otherKeys = otherKeys
        self.personKey = personKey
    }
}

extension PovertyDatabase {
    /// Encrypts everything anew with `newKey`, in one transaction: afterwards the old key opens
    /// nothing.
    ///
    /// `numbers` reads the numbers of a row, since the keys made of them change as well.
    ///
    /// - Returns: how many rows there were.
    public func rotate(
        from old: IdentitySeal,
        to newKey: IdentityKey,
        progress: (Double) -> Void,
        numbers: (RegistryImport, OpenedRow) throws -> RowNumbers
    ) throws -> Int {
        let imports = try registryImports()
        let total = max(1, imports.reduce(0) { $0 + $1.rowsStored })
        return try write { db in
            // What the old key opens must not stay behind in freed pages.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            let rotation = try Rotation(db, path: path, old: old, new: IdentitySeal(newKey))
            for imported in imports {
                try rotation.run(imported) { row in
                    if rotation.count % 10_000 == 0 {
                        progress(Double(rotation.count) / Double(total))
                    }
                    return try numbers(imported, row)
                }
            }
            try db.execute(
                sql: "UPDATE setting SET value = ? WHERE name = 'key_mark'",
                arguments: [newKey.mark])
            return rotation.count
        }
    }
}

/// One pass over all sealed rows.
private final class Rotation {
    private(set) var count = 0

    private let db: Database
    private let path: String
    private let old: IdentitySeal
    private let new: IdentitySeal
    private let fetch: Statement
    private let updateSealed: Statement
    private let updateKeluarga: Statement
    private let updatePerson: Statement
    private let fetchPosition: Statement
    private let updatePosition: Statement
    private let deleteKeys: Statement
    private let insertKey: Statement

    /// A cursor must not run over a table that is being changed, so rows come in pieces.
    private static let pieceSize = 5000

    init(_ db: Database, path: String, old: IdentitySeal, new: IdentitySeal) throws {
        self.db = db
        self.path = path
        self.old = old
        self.new = new
        fetch = try db.makeStatement(
            sql: """
                SELECT id, record FROM sealed_row WHERE id > ? AND id < ?
                ORDER BY id LIMIT \(Self.pieceSize)
                """)
        updateSealed = try db.makeStatement(sql: "UPDATE sealed_row SET record = ? WHERE id = ?")
        updateKeluarga = try db.makeStatement(
            sql: "UPDATE keluarga SET family_key = ? WHERE id = ?")
        updatePerson = try db.makeStatement(
            sql: "UPDATE person SET person_key = ?, family_key = ? WHERE id = ?")
        fetchPosition = try db.makeStatement(
            sql: "SELECT sealed_position FROM family_position WHERE id = ?")
        updatePosition = try db.makeStatement(
            sql: "UPDATE family_position SET family_key = ?, sealed_position = ? WHERE id = ?")
        deleteKeys = try db.makeStatement(sql: "DELETE FROM row_key WHERE row_id = ?")
        insertKey = try db.makeStatement(sql: "INSERT OR IGNORE INTO row_key VALUES (?, ?)")
    }

    func run(_ imported: RegistryImport, numbers: (OpenedRow) throws -> RowNumbers) throws {
        var last = KeluargaID.rowID(importID: imported.id, row: 0) - 1
        let end = KeluargaID.rowID(importID: imported.id + 1, row: 0)
        while true {
            let piece = try Row.fetchAll(fetch, arguments: [last, end])
            for row in piece {
                let id: Int64 = row[0]
                let plain = try open(row[1], id: id)
                let number = Int(id & 0xFFFF_FFFF)
                let opened = OpenedRow(
                    id: id, sheet: number >> PovertyDatabase.sheetShift, bytes: plain)
                try rewrite(opened, numbers: try numbers(opened))
                last = id
                count += 1
            }
            if piece.count < Self.pieceSize { return }
        }
    }

    private func open(_ sealed: Data, id: Int64) throws -> [UInt8] {
        guard let plain = old.open(sealed, id: id) else {
            throw StoreError.keyDoesNotFit(path: path)
        }
        return plain
    }

    private func hash(_ number: String?) -> Data? { number.map { Data(new.linkingKey(of: $0)) } }

    private func rewrite(_ row: OpenedRow, numbers: RowNumbers) throws {
        try updateSealed.execute(arguments: [Data(new.seal(row.bytes, id: row.id)), row.id])
        let key = hash(numbers.key)
        try updateKeluarga.execute(arguments: [key, row.id])
        try updatePerson.execute(arguments: [hash(numbers.personKey), key, row.id])
        if let position = try Data.fetchOne(fetchPosition, arguments: [row.id]) {
            let plain = try open(position, id: row.id)
            try updatePosition.execute(arguments: [
                key, Data(new.seal(plain, id: row.id)), row.id,
            ])
        }
        try deleteKeys.execute(arguments: [row.id])
        for number in numbers.otherKeys {
            try insertKey.execute(arguments: [row.id, hash(number)])
        }
    }
}
