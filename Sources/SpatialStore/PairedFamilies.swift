internal import Foundation
internal import GRDB
public import PovertyModel

/// Of the families of a desa that two registers both list there: how many counted before, after,
/// and both times.
public struct PairedCounts: Hashable, Sendable {
    public var families = 0
    public var before = 0
    public var after = 0
    public var bothTimes = 0

    public init() {}

    mutating func add(before: Bool, after: Bool) {
        families += 1
        if before { self.before += 1 }
        if after { self.after += 1 }
        if before && after { bothTimes += 1 }
    }
}

/// What is known of the families that two registers have in common.
public struct PairedFamilies: Hashable, Sendable {
    /// When the two were linked (`peta link`); nil when families are known by their number alone.
    public let linkedAt: String?
    public let desa: [DesaCode: PairedCounts]
}

extension PovertyDatabase {
    /// The families that both registers list in one and the same desa, by the links of class
    /// `same` when the two were linked, else by their number.
    ///
    /// - Complexity: a pass over each register; a second for two of 388,000 keluarga.
    public func pairedFamilies(
        _ first: RegistryRelease,
        _ second: RegistryRelease,
        counts isCounted: (Desil?) -> Bool
    ) throws -> PairedFamilies {
        if let linkedAt = try linkedAt(first: first, second: second) {
            return PairedFamilies(
                linkedAt: linkedAt, desa: try linked(first, second, counts: isCounted))
        }
        var earlier: [UInt64: Place] = [:]
        try places(of: first, counts: isCounted) { _, key, place in
            if let key { earlier[key] = place }
        }
        var desa: [DesaCode: PairedCounts] = [:]
        if earlier.isEmpty { return PairedFamilies(linkedAt: nil, desa: desa) }
        try places(of: second, counts: isCounted) { _, key, place in
            guard let key, let before = earlier.removeValue(forKey: key),
                before.desa == place.desa
            else { return }
            desa[place.desa, default: PairedCounts()].add(
                before: before.isCounted, after: place.isCounted)
        }
        return PairedFamilies(linkedAt: nil, desa: desa)
    }

    private struct Place {
        let desa: DesaCode
        let isCounted: Bool
    }

    private func linked(
        _ first: RegistryRelease,
        _ second: RegistryRelease,
        counts isCounted: (Desil?) -> Bool
    ) throws -> [DesaCode: PairedCounts] {
        var places: [Int64: Place] = [:]
        for register in [first, second] {
            try self.places(of: register, counts: isCounted) { id, _, place in places[id] = place }
        }
        return try read { db in
            var desa: [DesaCode: PairedCounts] = [:]
            var isTaken: Set<Int64> = []
            let links = try Row.fetchCursor(
                db,
                sql: """
                    SELECT first_id, second_id FROM family_link
                    JOIN linkage ON linkage.id = linkage_id
                    WHERE first_import_id = ? AND second_import_id = ? AND class = 'same'
                    ORDER BY probability DESC, first_id, second_id
                    """,
                arguments: [first.id, second.id])
            while let link = try links.next() {
                let (one, other): (Int64, Int64) = (link[0], link[1])
                guard !isTaken.contains(one), !isTaken.contains(other) else { continue }
                isTaken.insert(one)
                isTaken.insert(other)
                guard let before = places[one], let after = places[other],
                    before.desa == after.desa
                else { continue }
                desa[after.desa, default: PairedCounts()].add(
                    before: before.isCounted, after: after.isCounted)
            }
            return desa
        }
    }

    /// Hands over each placed keluarga, known by the first eight bytes of its keyed hash: among a
    /// million families two share them once in 37 million registers.
    private func places(
        of register: RegistryRelease,
        counts isCounted: (Desil?) -> Bool,
        body: (Int64, UInt64?, Place) -> Void
    ) throws {
        try read { db in
            let query: SQLRequest<Row> = """
                SELECT keluarga.id, family_key, desil, desa_code FROM keluarga
                CROSS JOIN placement ON keluarga_id = keluarga.id
                WHERE \(register.rows("keluarga.id")) AND desa_code IS NOT NULL
                """
            let rows = try query.fetchCursor(db)
            while let row = try rows.next() {
                guard let desa = DesaCode(number: row[3]) else { continue }
                let key = try row.withUnsafeData(atIndex: 1) { data in
                    data.map { $0.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
                }
                body(
                    row[0], key,
                    Place(desa: desa, isCounted: isCounted((row[2] as Int?).flatMap(Desil.init))))
            }
        }
    }
}
