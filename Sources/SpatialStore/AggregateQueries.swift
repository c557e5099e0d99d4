internal import GRDB
public import PovertyModel

/// Keluarga counted by SQL; the inference on them is Swift's.
extension PovertyDatabase {
    public func keluargaCount(of register: RegistryRelease) throws -> Int {
        try read { db in
            let query: SQLRequest<Int> = """
                SELECT count(*) FROM keluarga WHERE \(register.rows("id"))
                """
            return try query.fetchOne(db) ?? 0
        }
    }

    /// The ids of all keluarga of a register.
    public func keluargaIDs(of register: RegistryRelease) throws -> Set<Int64> {
        try read { db in
            let query: SQLRequest<Int64> = """
                SELECT id FROM keluarga WHERE \(register.rows("id"))
                """
            return try query.fetchSet(db)
        }
    }

    /// True counts of each desa that has a keluarga of this import.
    public func figuresByDesa(of register: RegistryRelease) throws -> [DesaCode: AreaFigures] {
        try read { db in
            var figures: [DesaCode: AreaFigures] = [:]
            let query: SQLRequest<Row> = """
                SELECT desa_code, desil, means, match_class, count(*) FROM placement
                JOIN keluarga ON keluarga.id = keluarga_id
                WHERE \(register.rows("keluarga_id")) AND desa_code IS NOT NULL
                GROUP BY desa_code, desil, means, match_class
                """
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                guard let code = DesaCode(number: row[0]) else { continue }
                let count: Int = row[4]
                var entry = figures[code] ?? AreaFigures()
                entry.desil.add(count, desil: (row[1] as Int?).flatMap(Desil.init))
                if let means = PlacementMeans(rawValue: row[2]) {
                    entry.placedBy[means, default: 0] += count
                }
                if let match = MatchClass(rawValue: row[3]) {
                    entry.matched[match, default: 0] += count
                }
                figures[code] = entry
            }
            return figures
        }
    }

    /// Keluarga of this import without a desa, by reason.
    public func unplacedCounts(of register: RegistryRelease) throws -> [UnplacedReason: Int] {
        try read { db in
            let query: SQLRequest<Row> = """
                SELECT unplaced_reason, count(*) FROM placement
                WHERE \(register.rows("keluarga_id")) AND desa_code IS NULL
                GROUP BY unplaced_reason
                """
            return Dictionary(
                uniqueKeysWithValues: try query.fetchAll(db).compactMap { row in
                    UnplacedReason(rawValue: row[0]).map { ($0, row[1] as Int) }
                })
        }
    }

    /// Keluarga with a trusted position, by density cell and desa.
    public func countsByCell(of register: RegistryRelease) throws -> [CellCount] {
        try read { db in
            var counts: [CellCount] = []
            let query: SQLRequest<Row> = """
                SELECT cell_id, desa_code, desil, count(*) FROM placement
                JOIN keluarga ON keluarga.id = keluarga_id
                WHERE \(register.rows("keluarga_id")) AND cell_id IS NOT NULL
                GROUP BY cell_id, desa_code, desil ORDER BY cell_id, desa_code, desil
                """
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                guard let desa = DesaCode(number: row[1]) else { continue }
                counts.append(
                    CellCount(
                        cellID: row[0],
                        desa: desa,
                        desil: (row[2] as Int?).flatMap(Desil.init),
                        keluarga: row[3]))
            }
            return counts
        }
    }
}

extension PovertyDatabase {
    /// Hands over each keluarga whose desa is uncertain: where it is counted, its desil and the
    /// probability of each desa it may be in.
    public func uncertainPlacements(
        of register: RegistryRelease,
        body: (DesaCode?, Desil?, [DesaCode: Double]) throws -> Void
    ) throws {
        try read { db in
            let query: SQLRequest<Row> = """
                SELECT placement.keluarga_id, placement.desa_code, placement.probability,
                    desil, other.desa_code, other.probability
                FROM placement_alternative AS other
                JOIN placement ON placement.keluarga_id = other.keluarga_id
                JOIN keluarga ON keluarga.id = other.keluarga_id
                WHERE \(register.rows("other.keluarga_id"))
                ORDER BY other.keluarga_id
                """
            var current: (id: Int64, desa: DesaCode?, desil: Desil?)?
            var shares: [DesaCode: Double] = [:]
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                let id: Int64 = row[0]
                if let last = current, last.id != id {
                    try body(last.desa, last.desil, shares)
                    current = nil
                }
                if current == nil {
                    let desa = (row[1] as Int?).flatMap(DesaCode.init)
                    current = (id, desa, (row[3] as Int?).flatMap(Desil.init))
                    shares = [:]
                    if let desa { shares[desa] = row[2] }
                }
                if let other = DesaCode(number: row[4]) { shares[other] = row[5] }
            }
            if let last = current { try body(last.desa, last.desil, shares) }
        }
    }
}

/// Keluarga of one desil and desa whose positions lie in one density cell.
public struct CellCount: Hashable, Sendable {
    public let cellID: Int
    public let desa: DesaCode
    public let desil: Desil?
    public let keluarga: Int
}
