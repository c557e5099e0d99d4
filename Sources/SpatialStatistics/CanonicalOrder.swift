/// The units of a map sorted by what they are instead of by where the caller put them.
///
/// Random draws pick units by number. With numbers that follow from values and neighbours alone,
/// a map gives the same p-values whatever order its rows arrive in. Units are sorted by their
/// values, then by their number of neighbours, then by the sorted values of their neighbours; two
/// units equal in all of that stay in the order given, and may exchange results of equal chance.
/// - Complexity: O(*n* log *n*), and O(*k* log *k*) for every comparison of units that tie.
struct CanonicalOrder {
    /// The unit at each rank.
    private let units: [Int]
    private let ranks: [Int]

    /// The order by `columns`, values of each unit, the most telling one first.
    init(_ columns: [[Double]], _ weights: SpatialWeights) {
        precondition(
            columns.allSatisfy { $0.count == weights.count },
            "values of another number of units than \(weights.count)"
        )
        func neighbourhood(_ unit: Int) -> [[Double]] {
            columns.map { column in weights.neighbours(of: unit).map { column[$0] }.sorted() }
        }
        func precedes(_ one: Int, _ other: Int) -> Bool {
            for column in columns where column[one] != column[other] {
                return column[one] < column[other]
            }
            let counts = (weights.neighbourCount(of: one), weights.neighbourCount(of: other))
            if counts.0 != counts.1 { return counts.0 < counts.1 }
            for (mine, theirs) in zip(neighbourhood(one), neighbourhood(other))
            where mine != theirs {
                return mine.lexicographicallyPrecedes(theirs)
            }
            return one < other
        }
        let units = (0..<weights.count).sorted(by: precedes)
        var ranks = [Int](repeating: 0, count: units.count)
        for (rank, unit) in units.enumerated() { ranks[unit] = rank }
        self.units = units
        self.ranks = ranks
    }

    /// `values`, given per unit, by rank.
    func ranked<Value>(_ values: [Value]) -> [Value] { units.map { values[$0] } }

    /// `values`, given by rank, per unit.
    func restored<Value>(_ values: [Value]) -> [Value] { ranks.map { values[$0] } }

    /// The same links between ranks.
    func ranked(_ weights: SpatialWeights) -> SpatialWeights {
        SpatialWeights(
            neighbours: units.map { unit in weights.neighbours(of: unit).map { ranks[$0] } }
        )
    }
}

/// Refuses values that no statistic can use, before they are sorted.
func checkFinite(_ values: [Double], _ weights: SpatialWeights) {
    precondition(
        values.count == weights.count,
        "\(values.count) values for \(weights.count) units"
    )
    for (unit, value) in values.enumerated() {
        precondition(value.isFinite, "the value of unit \(unit) is \(value)")
    }
}
