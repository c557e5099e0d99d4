internal import GRDB
public import PovertyModel

/// Keluarga counted by SQL; the inference on them is Swift's.
extension PovertyDatabase {
    /// True counts of each desa that has a keluarga of this import.
    public func figuresByDesa(of imported: RegistryImport) throws -> [DesaCode: AreaFigures] {
        try read { db in
            var figures: [DesaCode: AreaFigures] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT desa_code, desil, means, certainty, count(*) FROM placement
                    JOIN keluarga ON keluarga.id = keluarga_id
                    WHERE keluarga_id >= ? AND keluarga_id < ? AND desa_code IS NOT NULL
                    GROUP BY desa_code, desil, means, certainty
                    """,
                arguments: imported.rowIDs)
            while let row = try rows.next() {
                guard let code = DesaCode(number: row[0]) else { continue }
                let count: Int = row[4]
                var entry = figures[code] ?? AreaFigures()
                entry.desil.add(count, desil: (row[1] as Int?).flatMap(Desil.init))
                if let means = PlacementMeans(rawValue: row[2]) {
                    entry.placedBy[means, default: 0] += count
                }
                if let certainty = PlacementCertainty(rawValue: row[3]) {
                    entry.withCertainty[certainty, default: 0] += count
                }
                figures[code] = entry
            }
            return figures
        }
    }

    /// Keluarga of this import without a desa, by reason.
    public func unplacedCounts(of imported: RegistryImport) throws -> [UnplacedReason: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT unplaced_reason, count(*) FROM placement
                    WHERE keluarga_id >= ? AND keluarga_id < ? AND desa_code IS NULL
                    GROUP BY unplaced_reason
                    """,
                arguments: imported.rowIDs)
            return Dictionary(
                uniqueKeysWithValues: rows.compactMap { row in
                    UnplacedReason(rawValue: row[0]).map { ($0, row[1] as Int) }
                })
        }
    }

    /// Keluarga with a trusted position, by density cell and desa.
    public func countsByCell(of imported: RegistryImport) throws -> [CellCount] {
        try read { db in
            var counts: [CellCount] = []
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT cell_id, desa_code, desil, count(*) FROM placement
                    JOIN keluarga ON keluarga.id = keluarga_id
                    WHERE keluarga_id >= ? AND keluarga_id < ? AND cell_id IS NOT NULL
                    GROUP BY cell_id, desa_code, desil ORDER BY cell_id, desa_code, desil
                    """,
                arguments: imported.rowIDs)
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

/// Keluarga of one desil and desa whose positions lie in one density cell.
public struct CellCount: Hashable, Sendable {
    public let cellID: Int
    public let desa: DesaCode
    public let desil: Desil?
    public let keluarga: Int
}
