internal import GRDB
public import PovertyModel

/// What became of the keluarga of one register in another.
public struct RegisterComparison: Hashable, Sendable {
    /// What became of the keluarga that are, or were, in one desa.
    public struct DesaChange: Hashable, Sendable {
        public var new = 0
        public var gone = 0
        public var stayed = 0
        public var movedIn = 0
        public var movedOut = 0
        /// Stayed, and the desil fell: poorer.
        public var desilLower = 0
        public var desilHigher = 0

        public init() {}
    }

    public struct DesilStep: Hashable, Sendable {
        /// Nil is unknown.
        public let from: Desil?
        public let to: Desil?
    }

    /// In the second register only, of those that can be recognised.
    public var new = 0
    public var gone = 0
    /// In both, by desil before and after.
    public var steps: [DesilStep: Int] = [:]
    /// In both, in one and the same desa.
    public var sameDesa = 0
    public var moved = 0
    /// In both, but at least once without a desa.
    public var desaUnknown = 0
    /// Keluarga without a number, which can be recognised nowhere.
    public var withoutKeyBefore = 0
    public var withoutKeyAfter = 0
    public var desa: [DesaCode: DesaChange] = [:]

    public var both: Int { steps.values.reduce(0, +) }

    public var desilLower: Int { countSteps { $0 < $1 } }
    public var desilHigher: Int { countSteps { $0 > $1 } }

    private func countSteps(_ isCounted: (Int, Int) -> Bool) -> Int {
        steps.reduce(0) { sum, step in
            guard let from = step.key.from, let to = step.key.to else { return sum }
            return sum + (isCounted(to.number, from.number) ? step.value : 0)
        }
    }

    fileprivate mutating func addNew(_ keluarga: ComparedKeluarga) {
        new += 1
        if let code = keluarga.desa { desa[code, default: DesaChange()].new += 1 }
    }

    fileprivate mutating func addGone(_ keluarga: ComparedKeluarga) {
        gone += 1
        if let code = keluarga.desa { desa[code, default: DesaChange()].gone += 1 }
    }

    fileprivate mutating func add(_ before: ComparedKeluarga, _ after: ComparedKeluarga) {
        steps[DesilStep(from: before.desil, to: after.desil), default: 0] += 1
        guard let old = before.desa, let now = after.desa else {
            desaUnknown += 1
            return
        }
        guard old == now else {
            moved += 1
            desa[old, default: DesaChange()].movedOut += 1
            desa[now, default: DesaChange()].movedIn += 1
            return
        }
        sameDesa += 1
        desa[now, default: DesaChange()].stayed += 1
        if let from = before.desil, let to = after.desil, from != to {
            if to.number < from.number {
                desa[now, default: DesaChange()].desilLower += 1
            } else {
                desa[now, default: DesaChange()].desilHigher += 1
            }
        }
    }
}

private struct ComparedKeluarga {
    let desil: Desil?
    let desa: DesaCode?

    /// Takes `desil, desa_code` from `column` on.
    init(_ row: Row, _ column: Int) {
        desil = (row[column] as Int?).flatMap(Desil.init)
        desa = (row[column + 1] as Int?).flatMap { DesaCode(number: $0) }
    }
}

extension PovertyDatabase {
    /// Compares two registers, family by family.
    ///
    /// A family is known by its number in the register and, when the two were linked, by the links
    /// of class `same`. Both should be geocoded: else nothing is known of moves.
    public func compare(
        _ first: RegistryRelease,
        _ second: RegistryRelease
    ) throws -> RegisterComparison {
        try write { db in
            // Pairs of ids, by link before number; a family is paired once.
            try db.execute(
                sql: """
                    CREATE TEMP TABLE IF NOT EXISTS pair (
                        first_id INTEGER PRIMARY KEY, second_id INTEGER NOT NULL UNIQUE);
                    DELETE FROM pair;
                    """)
            try db.execute(
                literal: """
                    INSERT OR IGNORE INTO pair
                    SELECT first_id, second_id FROM family_link
                    JOIN linkage ON linkage.id = linkage_id
                    WHERE first_import_id = \(first.id) AND second_import_id = \(second.id)
                        AND class = 'same'
                    ORDER BY probability DESC
                    """)
            try db.execute(
                literal: """
                    INSERT OR IGNORE INTO pair
                    SELECT a.id, b.id FROM keluarga AS a
                    JOIN keluarga AS b ON b.family_key = a.family_key
                    WHERE \(first.rows("a.id")) AND \(second.rows("b.id"))
                    """)
            var result = RegisterComparison()
            result.withoutKeyBefore = try Self.withoutKey(first, db)
            result.withoutKeyAfter = try Self.withoutKey(second, db)
            let pairs = try Row.fetchCursor(
                db,
                sql: """
                    SELECT a.desil, before.desa_code, b.desil, after.desa_code FROM pair
                    JOIN keluarga AS a ON a.id = first_id
                    JOIN keluarga AS b ON b.id = second_id
                    LEFT JOIN placement AS before ON before.keluarga_id = first_id
                    LEFT JOIN placement AS after ON after.keluarga_id = second_id
                    """)
            while let row = try pairs.next() {
                result.add(ComparedKeluarga(row, 0), ComparedKeluarga(row, 2))
            }
            try Self.unpaired(first, column: "first_id", db) { result.addGone($0) }
            try Self.unpaired(second, column: "second_id", db) { result.addNew($0) }
            try db.execute(sql: "DELETE FROM pair")
            return result
        }
    }

    private static func withoutKey(_ register: RegistryRelease, _ db: Database) throws -> Int {
        let query: SQLRequest<Int> = """
            SELECT count(*) FROM keluarga WHERE family_key IS NULL AND \(register.rows("id"))
            """
        return try query.fetchOne(db) ?? 0
    }

    private static func unpaired(
        _ register: RegistryRelease,
        column: String,
        _ db: Database,
        body: (ComparedKeluarga) -> Void
    ) throws {
        let query: SQLRequest<Row> = """
            SELECT desil, desa_code FROM keluarga
            LEFT JOIN placement ON keluarga_id = keluarga.id
            WHERE family_key IS NOT NULL AND \(register.rows("keluarga.id"))
                AND keluarga.id NOT IN (SELECT \(sql: column) FROM pair)
            """
        let rows = try query.fetchCursor(db)
        while let row = try rows.next() { body(ComparedKeluarga(row, 0)) }
    }
}
