internal import Foundation
internal import GRDB
public import PovertyModel

extension PovertyDatabase {
    /// The true counts by desil that the last release of a register was made of; nil when it has
    /// none on this boundary set.
    ///
    /// A release of other files than those the register has now is none of it.
    public func releasedFigures(
        of register: RegistryRelease,
        boundarySet: BoundarySet
    ) throws -> [DesaCode: AreaFigures]? {
        try read { db in
            let wanted = register.imports.map(\.id)
            let releases = try Int64.fetchCursor(
                db,
                sql: """
                    SELECT id FROM release WHERE import_id = ? AND boundary_set_id = ?
                    ORDER BY id DESC
                    """,
                arguments: [register.id, boundarySet.id])
            while let release = try releases.next() {
                let imports = try Int64.fetchAll(
                    db,
                    sql: "SELECT import_id FROM release_import WHERE release_id = ? ORDER BY 1",
                    arguments: [release])
                if imports == wanted { return try Self.figures(of: release, db) }
            }
            return nil
        }
    }

    private static func figures(
        of release: Int64,
        _ db: Database
    ) throws -> [DesaCode: AreaFigures] {
        var figures: [DesaCode: AreaFigures] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT code, json_extract(figures, '$.desil') FROM area_figures
                WHERE release_id = ? AND level = 'desa'
                """,
            arguments: [release])
        while let row = try rows.next() {
            guard let code = DesaCode(number: row[0]), let text = row[1] as String?,
                let cells = try? JSONDecoder().decode([Int].self, from: Data(text.utf8))
            else { continue }
            var counts = AreaFigures()
            for (cell, count) in cells.enumerated() {
                counts.desil.add(count, desil: Desil(cell + 1))
            }
            figures[code] = counts
        }
        return figures
    }
}
