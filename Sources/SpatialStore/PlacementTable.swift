internal import Foundation
internal import GRDB
public import PovertyModel

/// A stored keluarga as the geocoder needs it.
public struct StoredKeluarga: Hashable, Sendable {
    public let id: Int64
    public let familyKey: FamilyHash?
    /// Further keys under which it is known.
    public let otherKeys: [FamilyHash]
    /// The index of its written place among `writtenPlaces`.
    public let placeID: Int64
    /// The place that its address names, when it names one.
    public let addressPlaceID: Int64?
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

    /// `1.214`.
    public var text: String { "\(importID).\(row)" }

    var rowID: Int64 { Self.rowID(importID: importID, row: row) }

    /// The id under which a row of a file is stored.
    static func rowID(importID: Int64, row: Int64) -> Int64 { importID << 32 | row }

    /// The ids that rows of an import can have: from the first up to, not including, the second.
    static func rowIDs(ofImport id: Int64) -> StatementArguments {
        [rowID(importID: id, row: 0), rowID(importID: id + 1, row: 0)]
    }
}

/// The 16 bytes under which a family is known across files.
public struct FamilyHash: Hashable, Sendable {
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

/// A position as a verification sheet writes it, for the family of those keys.
public struct StoredPosition: Sendable {
    /// At least one.
    public let keys: [FamilyHash]
    public let fix: WrittenFix
    /// The desa that the surveyor wrote down, as an index into `writtenPlaces`.
    public let placeID: Int64?
}

/// What the geocoder decided about a keluarga.
public struct StoredPlacement: Hashable, Sendable {
    public enum Where: Hashable, Sendable {
        case desa(DesaCode, means: PlacementMeans)
        case nowhere(UnplacedReason)
    }

    public let place: Where
    public let match: MatchClass
    /// Of the desa, or of being in none.
    public let probability: Double
    /// Where else it may be, with the probability of each.
    public let alternatives: [DesaCode: Double]
    /// The density cell of its position, when that is known and trusted.
    public let cellID: Int?

    public init(
        _ place: Where,
        match: MatchClass,
        probability: Double,
        alternatives: [DesaCode: Double] = [:],
        cellID: Int? = nil
    ) {
        self.place = place
        self.match = match
        self.probability = probability
        self.alternatives = alternatives
        self.cellID = cellID
    }
}

extension PovertyDatabase {
    public func writtenPlaces() throws -> [StoredPlace] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM written_place").map {
                StoredPlace(id: $0[0], code: $0[1], desaName: $0[2], kecamatanName: $0[3])
            }
        }
    }

    /// The positions of all verification sheets that were not replaced, decrypted; later sheets
    /// come later.
    public func positions(
        seal: IdentitySeal,
        body: (StoredPosition) throws -> Void
    ) throws {
        try read { db in
            let otherKeys = try Self.otherKeys(of: "family_position", where: "1", db)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, family_key, sealed_position, place_id FROM family_position
                    WHERE id >> 32 NOT IN (
                        SELECT id FROM registry_import WHERE replaced_by IS NOT NULL)
                    ORDER BY id
                    """)
            while let row = try rows.next() {
                let (id, sealed): (Int64, Data) = (row[0], row[2])
                guard let key = FamilyHash(row[1] as Data), let plain = seal.open(sealed, id: id)
                else { throw StoreError.keyDoesNotFit(path: path) }
                try body(
                    StoredPosition(
                        keys: [key] + (otherKeys[id] ?? []), fix: WrittenFix(plain),
                        placeID: row[3]))
            }
        }
    }

    /// Decides where each keluarga of a register lives, in one transaction; earlier decisions on
    /// it are replaced.
    public func replacePlacements(
        of register: RegistryRelease,
        boundarySet: BoundarySet,
        cellWidthMetres: Double,
        decide: (StoredKeluarga) throws -> StoredPlacement
    ) throws {
        try write { db in
            try db.execute(
                literal: "DELETE FROM placement WHERE \(register.rows("keluarga_id"))")
            let insert = try db.makeStatement(
                sql: "INSERT INTO placement VALUES (?, ?, ?, ?, ?, ?, ?)")
            let insertAlternative = try db.makeStatement(
                sql: "INSERT INTO placement_alternative VALUES (?, ?, ?)")
            let otherKeys = try Self.otherKeys(of: "keluarga", where: register.rows("row_id"), db)
            let query: SQLRequest<Row> = """
                SELECT id, family_key, place_id, address_place_id FROM keluarga
                WHERE \(register.rows("id")) ORDER BY id
                """
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                let keluarga = StoredKeluarga(row, otherKeys: otherKeys[row[0]] ?? [])
                let decided = try decide(keluarga)
                switch decided.place {
                case .desa(let desa, let means):
                    try insert.execute(arguments: [
                        keluarga.id, desa.number, means.rawValue, decided.match.rawValue,
                        decided.probability, nil, decided.cellID,
                    ])
                case .nowhere(let reason):
                    try insert.execute(arguments: [
                        keluarga.id, nil, nil, decided.match.rawValue, decided.probability,
                        reason.rawValue, nil,
                    ])
                }
                for (desa, probability) in decided.alternatives {
                    try insertAlternative.execute(arguments: [
                        keluarga.id, desa.number, probability,
                    ])
                }
            }
            for imported in register.imports {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO geocoding VALUES (?, ?, ?)",
                    arguments: [imported.id, boundarySet.id, cellWidthMetres])
            }
        }
    }

    /// Further keys by the id of the row of `table` that bears them.
    private static func otherKeys(
        of table: String,
        where condition: SQL,
        _ db: Database
    ) throws -> [Int64: [FamilyHash]] {
        let query: SQLRequest<Row> = """
            SELECT row_id, key FROM row_key
            WHERE \(condition) AND row_id IN (SELECT id FROM \(sql: table))
            """
        var keys: [Int64: [FamilyHash]] = [:]
        let rows = try query.fetchCursor(db)
        while let row = try rows.next() {
            if let key = FamilyHash(row[1] as Data) { keys[row[0], default: []].append(key) }
        }
        return keys
    }

    /// One keluarga, nil when there is no such row; the look at it is recorded.
    public func look(
        at id: KeluargaID,
        by who: String,
        for what: String,
        on time: String
    ) throws -> StoredKeluarga? {
        try write { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT id, family_key, place_id, address_place_id FROM keluarga WHERE id = ?
                    """,
                arguments: [id.rowID])
            guard let row else { return nil }
            try db.execute(
                sql: "INSERT INTO look (at, who, what, keluarga_id) VALUES (?, ?, ?, ?)",
                arguments: [time, who, what, id.rowID])
            let keys = try Self.otherKeys(of: "keluarga", where: "row_id = \(id.rowID)", db)
            return StoredKeluarga(row, otherKeys: keys[id.rowID] ?? [])
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
    public func placedDesaByFamilyKey(
        of register: RegistryRelease
    ) throws -> [[UInt8]: (desa: String, probability: Double)] {
        try read { db in
            var placed: [[UInt8]: (desa: String, probability: Double)] = [:]
            let query: SQLRequest<Row> = """
                SELECT family_key, desa_code, probability FROM placement
                JOIN keluarga ON keluarga.id = keluarga_id
                WHERE \(register.rows("keluarga_id"))
                    AND desa_code IS NOT NULL AND family_key IS NOT NULL
                """
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                if let desa = DesaCode(number: row[1]) {
                    placed[[UInt8](row[0] as Data)] = (desa.dotted, row[2])
                }
            }
            return placed
        }
    }

    /// The boundary set and cell width a register was last geocoded with; nil when a file of it
    /// never was, or when its files were placed apart.
    public func geocoding(
        of register: RegistryRelease
    ) throws -> (boundarySetID: Int64, cellWidthMetres: Double)? {
        try read { db in
            let ids = register.imports.map(\.id)
            let query: SQLRequest<Row> = """
                SELECT boundary_set_id, cell_width_metres FROM geocoding WHERE import_id IN \(ids)
                """
            let rows = try query.fetchAll(db)
            guard rows.count == ids.count, Set(rows.map { $0[0] as Int64 }).count == 1 else {
                return nil
            }
            return (rows[0][0], rows[0][1])
        }
    }
}

extension StoredKeluarga {
    /// Takes `id, family_key, place_id, address_place_id`.
    fileprivate init(_ row: Row, otherKeys: [FamilyHash]) {
        self.init(
            id: row[0], familyKey: FamilyHash(row[1] as Data?), otherKeys: otherKeys,
            placeID: row[2], addressPlaceID: row[3])
    }
}
