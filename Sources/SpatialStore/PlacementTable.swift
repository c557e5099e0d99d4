internal import Foundation
internal import GRDB
public import PovertyModel

/// A stored keluarga as the geocoder needs it.
public struct StoredKeluarga: Hashable, Sendable {
    public let id: Int64
    public let familyKey: FamilyKey?
    /// The index of its written place among `writtenPlaces`.
    public let placeID: Int64
}

/// A keluarga by its import and the row of its file: `1.214`.
public struct KeluargaID: Hashable, Sendable {
    public let importID: Int64
    public let row: Int64

    /// Reads `1.214`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let importID = Int64(parts[0]), let row = Int64(parts[1]),
            (1..<(1 << 30)).contains(importID), (1..<(1 << 32)).contains(row)
        else { return nil }
        self.importID = importID
        self.row = row
    }

    var rowID: Int64 { Self.rowID(importID: importID, row: row) }

    /// The id under which a row of a file is stored.
    static func rowID(importID: Int64, row: Int64) -> Int64 { importID << 32 | row }
}

extension RegistryImport {
    /// The ids that rows of this file can have: from the first up to, not including, the second.
    var rowIDs: StatementArguments {
        [KeluargaID.rowID(importID: id, row: 0), KeluargaID.rowID(importID: id + 1, row: 0)]
    }
}

/// The 16 bytes under which a family is known across files.
public struct FamilyKey: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init?(_ bytes: Data?) {
        guard let bytes, bytes.count == 16 else { return nil }
        let words = bytes.withUnsafeBytes { buffer in
            (
                buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        (high, low) = words
    }
}

/// Code and names as some row of a register writes them.
public struct StoredPlace: Hashable, Sendable {
    public let id: Int64
    public let code: String
    public let desaName: String
    public let kecamatanName: String
}

/// A position as a verification sheet writes it, for the family of that key.
public struct StoredPosition: Sendable {
    public let familyKey: FamilyKey
    public let x: String
    public let y: String
}

/// What the geocoder decided about a keluarga.
public enum StoredPlacement: Hashable, Sendable {
    /// `cellID` is the density cell of its position, when that is known and trusted.
    case placed(
        desa: DesaCode, means: PlacementMeans, certainty: PlacementCertainty, cellID: Int?)
    case unplaced(UnplacedReason)
}

extension PovertyDatabase {
    public func writtenPlaces() throws -> [StoredPlace] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM written_place").map {
                StoredPlace(id: $0[0], code: $0[1], desaName: $0[2], kecamatanName: $0[3])
            }
        }
    }

    /// The positions of all verification sheets, decrypted; later sheets come later.
    public func positions(
        seal: IdentitySeal,
        body: (StoredPosition) throws -> Void
    ) throws {
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT id, family_key, sealed_position FROM family_position ORDER BY id")
            while let row = try rows.next() {
                let sealed: Data = row[2]
                guard let key = FamilyKey(row[1] as Data),
                    let plain = seal.open(sealed, id: row[0])
                else { throw StoreError.keyDoesNotFit(path: path) }
                let parts = plain.split(separator: 0x1F, omittingEmptySubsequences: false)
                try body(
                    StoredPosition(
                        familyKey: key,
                        x: String(decoding: parts.first ?? [], as: UTF8.self),
                        y: String(decoding: parts.last ?? [], as: UTF8.self)))
            }
        }
    }

    /// Decides where each keluarga of an import lives, in one transaction; earlier decisions on it
    /// are replaced.
    public func replacePlacements(
        of imported: RegistryImport,
        boundarySet: BoundarySet,
        cellWidthMetres: Double,
        decide: (StoredKeluarga) throws -> StoredPlacement
    ) throws {
        try write { db in
            try db.execute(
                sql: "DELETE FROM placement WHERE keluarga_id >= ? AND keluarga_id < ?",
                arguments: imported.rowIDs)
            let insert = try db.makeStatement(
                sql: "INSERT INTO placement VALUES (?, ?, ?, ?, ?, ?)")
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, family_key, place_id FROM keluarga
                    WHERE id >= ? AND id < ? ORDER BY id
                    """,
                arguments: imported.rowIDs)
            while let row = try rows.next() {
                let keluarga = StoredKeluarga(
                    id: row[0], familyKey: FamilyKey(row[1] as Data?), placeID: row[2])
                switch try decide(keluarga) {
                case .placed(let desa, let means, let certainty, let cellID):
                    try insert.execute(arguments: [
                        keluarga.id, desa.number, means.rawValue, certainty.rawValue, nil, cellID,
                    ])
                case .unplaced(let reason):
                    try insert.execute(arguments: [
                        keluarga.id, nil, nil, nil, reason.rawValue, nil,
                    ])
                }
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO geocoding VALUES (?, ?, ?)",
                arguments: [imported.id, boundarySet.id, cellWidthMetres])
        }
    }

    /// One keluarga with its written place; the look at it is recorded.
    ///
    /// Nil when there is no such row.
    public func look(
        at id: KeluargaID,
        by who: String,
        for what: String,
        on time: String
    ) throws -> (keluarga: StoredKeluarga, place: StoredPlace)? {
        try write { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT keluarga.id, family_key, place_id, written_place.* FROM keluarga
                    JOIN written_place ON written_place.id = place_id WHERE keluarga.id = ?
                    """,
                arguments: [id.rowID])
            guard let row else { return nil }
            try db.execute(
                sql: "INSERT INTO look (at, who, what, keluarga_id) VALUES (?, ?, ?, ?)",
                arguments: [time, who, what, id.rowID])
            return (
                StoredKeluarga(
                    id: row[0], familyKey: FamilyKey(row[1] as Data?), placeID: row[2]),
                StoredPlace(id: row[3], code: row[4], desaName: row[5], kecamatanName: row[6])
            )
        }
    }

    /// How many looks at this keluarga are recorded.
    public func lookCount(at id: KeluargaID) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM look WHERE keluarga_id = ?", arguments: [id.rowID])
                ?? 0
        }
    }

    /// The desa, dotted, of each placed keluarga that has a key; what a truth is compared with.
    public func placedDesaByFamilyKey(of imported: RegistryImport) throws -> [[UInt8]: String] {
        try read { db in
            var placed: [[UInt8]: String] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT family_key, desa_code FROM placement
                    JOIN keluarga ON keluarga.id = keluarga_id
                    WHERE keluarga_id >= ? AND keluarga_id < ?
                        AND desa_code IS NOT NULL AND family_key IS NOT NULL
                    """,
                arguments: imported.rowIDs)
            while let row = try rows.next() {
                placed[[UInt8](row[0] as Data)] = DesaCode(number: row[1])?.dotted
            }
            return placed
        }
    }

    /// The boundary set and cell width an import was last geocoded with; nil when it never was.
    public func geocoding(
        of imported: RegistryImport
    ) throws -> (boundarySetID: Int64, cellWidthMetres: Double)? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM geocoding WHERE import_id = ?", arguments: [imported.id]
            ).map { ($0["boundary_set_id"], $0["cell_width_metres"]) }
        }
    }
}
