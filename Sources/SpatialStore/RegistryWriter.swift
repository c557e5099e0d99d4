internal import Foundation
internal import GRDB
public import PovertyModel

/// A row of a register as it is stored: its keys become hashes, its bytes are sealed.
public struct StoredRow {
    /// The number of the row in its file; of sheet *n* (from 0) *n* << 24 more.
    public var row: Int
    /// What identifies the family in its register; secret.
    public var key: String?
    /// Other numbers under which the same family is known; secret.
    public var otherKeys: [String]
    /// The row as received.
    public var raw: UnsafeBufferPointer<UInt8>

    public init(
        row: Int,
        key: String?,
        otherKeys: [String] = [],
        raw: UnsafeBufferPointer<UInt8>
    ) {
        self.row = row
        self.key = key
        self.otherKeys = otherKeys
        self.raw = raw
    }
}

/// Writes the rows of one file; never leaves the transaction it was made in.
public final class RegistryWriter {
    public private(set) var rowsStored = 0

    private let importID: Int64
    private let seal: IdentitySeal
    private let database: Database
    private let insertPlace: Statement
    private let insertKeluarga: Statement
    private let insertPosition: Statement
    private let insertPerson: Statement
    private let insertKey: Statement
    private let insertSealed: Statement
    private let insertRejected: Statement
    private var places: [StoredPlaceText: Int64] = [:]
    /// Keluarga that other files of the same register list.
    private let known: Set<FamilyHash>

    init(_ db: Database, importID: Int64, seal: IdentitySeal, siblings: [Int64]) throws {
        self.importID = importID
        self.seal = seal
        database = db
        insertPlace = try db.makeStatement(
            sql: """
                INSERT INTO written_place (code, desa_name, kecamatan_name) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET code = excluded.code RETURNING id
                """)
        insertKeluarga = try db.makeStatement(sql: "INSERT INTO keluarga VALUES (?, ?, ?, ?, ?)")
        insertPosition = try db.makeStatement(
            sql: "INSERT INTO family_position VALUES (?, ?, ?, ?)")
        insertPerson = try db.makeStatement(sql: "INSERT INTO person VALUES (?, ?, ?)")
        insertKey = try db.makeStatement(sql: "INSERT OR IGNORE INTO row_key VALUES (?, ?)")
        insertSealed = try db.makeStatement(sql: "INSERT INTO sealed_row VALUES (?, ?)")
        insertRejected = try db.makeStatement(
            sql: "INSERT INTO rejected_row VALUES (?, ?, ?, ?, ?)")
        var known: Set<FamilyHash> = []
        for sibling in siblings {
            let keys = try Data.fetchCursor(
                db,
                sql: """
                    SELECT family_key FROM keluarga
                    WHERE id >= ? AND id < ? AND family_key IS NOT NULL
                    """,
                arguments: KeluargaID.rowIDs(ofImport: sibling))
            while let key = try keys.next() {
                if let key = FamilyHash(key) { known.insert(key) }
            }
        }
        self.known = known
    }

    /// Stores a keluarga and, encrypted, its row as received.
    ///
    /// - Parameters:
    ///   - stored: the row and its keys.
    ///   - place: where it says that the family lives.
    ///   - addressPlace: the desa that its address names, when it names one.
    ///   - desil: nil when it is not known.
    ///   - fix: the position, in a register that has one.
    /// - Returns: false, and nothing is stored, when another file of this register has the keluarga.
    /// - Throws: what SQLite does not take; the import is then undone.
    public func addKeluarga(
        _ stored: StoredRow,
        place: StoredPlaceText,
        addressPlace: StoredPlaceText? = nil,
        desil: Desil?,
        fix: WrittenFix? = nil
    ) throws -> Bool {
        let key = stored.key.map { Data(seal.linkingKey(of: $0)) }
        if !known.isEmpty, let key = FamilyHash(key), known.contains(key) { return false }
        let id = rowID(stored.row)
        try insertKeluarga.execute(arguments: [
            id, key, try placeID(place), desil?.number, try addressPlace.map(placeID),
        ])
        if let fix, let key {
            try insertPosition.execute(arguments: [
                id, key, Data(seal.seal(fix.bytes, id: id)), nil,
            ])
        }
        try finish(stored, id: id)
        return true
    }

    /// Stores a position, encrypted, under the keys of its keluarga, of which there is at least one.
    ///
    /// `fix` is what the sheet writes of it, `place` the desa that the surveyor wrote down.
    public func addPosition(
        _ stored: StoredRow,
        fix: WrittenFix,
        place: StoredPlaceText? = nil
    ) throws {
        guard let key = stored.key else { preconditionFailure("a position of no keluarga") }
        let id = rowID(stored.row)
        try insertPosition.execute(arguments: [
            id, Data(seal.linkingKey(of: key)), Data(seal.seal(fix.bytes, id: id)),
            try place.map(placeID),
        ])
        try finish(stored, id: id)
    }

    /// Stores a person under the key of the family.
    ///
    /// With `family` the row also stands for the keluarga, which lives there.
    public func addPerson(
        _ stored: StoredRow,
        personKey: String?,
        family: StoredPlaceText? = nil
    ) throws {
        let id = rowID(stored.row)
        if let family {
            try insertKeluarga.execute(arguments: [
                id, stored.key.map { Data(seal.linkingKey(of: $0)) }, try placeID(family), nil,
                nil,
            ])
        }
        try insertPerson.execute(arguments: [
            id, personKey.map { Data(seal.linkingKey(of: $0)) },
            stored.key.map { Data(seal.linkingKey(of: $0)) },
        ])
        try finish(stored, id: id)
    }

    private func finish(_ stored: StoredRow, id: Int64) throws {
        for key in stored.otherKeys {
            try insertKey.execute(arguments: [id, Data(seal.linkingKey(of: key))])
        }
        try insertSealed.execute(arguments: [id, Data(seal.seal(stored.raw, id: id))])
        rowsStored += 1
    }

    public func addRejected(
        row: Int,
        column: String?,
        reason: String,
        detail: String
    ) throws {
        try insertRejected.execute(arguments: [importID, row, column, reason, detail])
    }

    private func rowID(_ row: Int) -> Int64 {
        KeluargaID.rowID(importID: importID, row: Int64(row))
    }

    /// A place is written thousands of times, so it is stored once.
    private func placeID(_ place: StoredPlaceText) throws -> Int64 {
        if let id = places[place] { return id }
        let id = try Int64.fetchOne(
            insertPlace, arguments: [place.code, place.desaName, place.kecamatanName])
        guard let id else { throw StoreError.cannotWrite(path: "written_place", reason: "no id") }
        places[place] = id
        return id
    }
}

/// Code and names of a place, as written.
public struct StoredPlaceText: Hashable, Sendable {
    public let code: String
    public let desaName: String
    public let kecamatanName: String

    public init(code: String, desaName: String, kecamatanName: String) {
        self.code = code
        self.desaName = desaName
        self.kecamatanName = kecamatanName
    }
}

/// What a sheet writes of a position: X, Y and, when it has one, the accuracy in metres.
public struct WrittenFix: Hashable, Sendable {
    public let x: String
    public let y: String
    public let accuracy: String

    public init(x: String, y: String, accuracy: String = "") {
        self.x = x
        self.y = y
        self.accuracy = accuracy
    }

    private static let separator: UInt8 = 0x1F

    var bytes: [UInt8] {
        Array([x, y, accuracy].joined(separator: "\u{1F}").utf8)
    }

    init(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: Self.separator, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        x = parts.first ?? ""
        y = parts.count > 1 ? parts[1] : ""
        accuracy = parts.count > 2 ? parts[2] : ""
    }
}
