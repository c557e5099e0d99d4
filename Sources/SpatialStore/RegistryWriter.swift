internal import Foundation
internal import GRDB
public import PovertyModel

/// Writes the rows of one file; never leaves the transaction it was made in.
public final class RegistryWriter {
    public private(set) var rowsStored = 0

    private let importID: Int64
    private let seal: IdentitySeal
    private let database: Database
    private let insertPlace: Statement
    private let insertKeluarga: Statement
    private let insertPosition: Statement
    private let insertSealed: Statement
    private let insertRejected: Statement
    private var places: [String: Int64] = [:]

    init(_ db: Database, importID: Int64, seal: IdentitySeal) throws {
        self.importID = importID
        self.seal = seal
        database = db
        insertPlace = try db.makeStatement(
            sql: """
                INSERT INTO written_place (code, desa_name, kecamatan_name) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET code = excluded.code RETURNING id
                """)
        insertKeluarga = try db.makeStatement(sql: "INSERT INTO keluarga VALUES (?, ?, ?, ?)")
        insertPosition = try db.makeStatement(sql: "INSERT INTO family_position VALUES (?, ?, ?)")
        insertSealed = try db.makeStatement(sql: "INSERT INTO sealed_row VALUES (?, ?)")
        insertRejected = try db.makeStatement(
            sql: "INSERT INTO rejected_row VALUES (?, ?, ?, ?, ?)")
    }

    /// Stores a keluarga and, encrypted, its row as received.
    public func addKeluarga(
        row: Int,
        key: String?,
        code: String,
        desaName: String,
        kecamatanName: String,
        desil: Desil?,
        raw: UnsafeBufferPointer<UInt8>
    ) throws {
        let id = rowID(row)
        try insertKeluarga.execute(arguments: [
            id, key.map { Data(seal.linkingKey(of: $0)) },
            try placeID(code: code, desaName: desaName, kecamatanName: kecamatanName),
            desil?.number,
        ])
        try insertSealed.execute(arguments: [id, Data(seal.seal(raw, id: id))])
        rowsStored += 1
    }

    /// Stores a position, encrypted, under the key of its keluarga.
    public func addPosition(
        row: Int,
        key: String,
        x: String,
        y: String,
        raw: UnsafeBufferPointer<UInt8>
    ) throws {
        let id = rowID(row)
        try insertPosition.execute(arguments: [
            id, Data(seal.linkingKey(of: key)),
            Data(seal.seal("\(x)\u{1F}\(y)".utf8, id: id)),
        ])
        try insertSealed.execute(arguments: [id, Data(seal.seal(raw, id: id))])
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
    private func placeID(code: String, desaName: String, kecamatanName: String) throws -> Int64 {
        let written = "\(code)\u{1F}\(desaName)\u{1F}\(kecamatanName)"
        if let id = places[written] { return id }
        let id = try Int64.fetchOne(insertPlace, arguments: [code, desaName, kecamatanName])
        guard let id else { throw StoreError.cannotWrite(path: "written_place", reason: "no id") }
        places[written] = id
        return id
    }
}
