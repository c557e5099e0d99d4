/// Which units are neighbours of which: binary weights in compressed rows.
///
/// Every link has weight 1; a statistic that wants rows of sum 1 divides as it goes
/// (`WeightStyle`). No unit is its own neighbour here; Gi* adds the unit itself. Links may be
/// one-way (k nearest are).
/// - Complexity: one integer per link and one per unit.
public struct SpatialWeights: Hashable, Sendable {
    /// Where the row of each unit starts in `targets`; one entry more than there are units.
    let rowStarts: [Int]
    /// The neighbours of all units, row after row, ascending within a row.
    let targets: [Int]

    /// Weights from one list of neighbours per unit, in any order.
    ///
    /// A neighbour out of range, listed twice, or equal to its unit is a wrong call.
    public init(neighbours: [[Int]]) {
        var rowStarts = [0]
        rowStarts.reserveCapacity(neighbours.count + 1)
        var targets: [Int] = []
        targets.reserveCapacity(neighbours.reduce(0) { $0 + $1.count })
        for (unit, row) in neighbours.enumerated() {
            var previous = -1
            for neighbour in row.sorted() {
                precondition(
                    neighbours.indices.contains(neighbour) && neighbour != unit,
                    "unit \(unit) cannot have the neighbour \(neighbour)"
                )
                precondition(neighbour != previous, "unit \(unit) lists \(neighbour) twice")
                targets.append(neighbour)
                previous = neighbour
            }
            rowStarts.append(targets.count)
        }
        self.rowStarts = rowStarts
        self.targets = targets
    }

    /// Weights from rows as they are stored.
    init(rowStarts: [Int], targets: [Int]) {
        self.rowStarts = rowStarts
        self.targets = targets
    }

    /// Number of units.
    public var count: Int { rowStarts.count - 1 }

    /// Number of stored weights: a link in both directions counts twice (as in spdep).
    public var linkCount: Int { targets.count }

    /// The neighbours of `unit`, ascending; a view that copies nothing.
    public func neighbours(of unit: Int) -> ArraySlice<Int> {
        targets[rowStarts[unit]..<rowStarts[unit + 1]]
    }

    public func neighbourCount(of unit: Int) -> Int {
        rowStarts[unit + 1] - rowStarts[unit]
    }

    /// Whether `other` is a neighbour of `unit`.
    /// - Complexity: O(log *k*).
    public func areLinked(_ unit: Int, to other: Int) -> Bool {
        var low = rowStarts[unit]
        var high = rowStarts[unit + 1]
        while low < high {
            let middle = (low + high) / 2
            if targets[middle] < other { low = middle + 1 } else { high = middle }
        }
        return low < rowStarts[unit + 1] && targets[low] == other
    }

    /// The units without any neighbour.
    public var isolates: [Int] {
        (0..<count).filter { neighbourCount(of: $0) == 0 }
    }

    /// The sum of `values` over the neighbours of each unit; 0 for an isolate.
    func neighbourSums(of values: [Double]) -> [Double] {
        (0..<count).map { neighbourSum(of: values, around: $0) }
    }

    /// The sum of `values` over the neighbours of `unit`.
    @inline(__always)
    func neighbourSum(of values: [Double], around unit: Int) -> Double {
        var sum = 0.0
        for place in rowStarts[unit]..<rowStarts[unit + 1] { sum += values[targets[place]] }
        return sum
    }
}

/// How a statistic reads binary weights.
public enum WeightStyle: Hashable, Sendable {
    /// Every neighbour weighs 1.
    case binary
    /// The neighbours of a unit weigh 1 together.
    case rowStandardised

    /// The weight of each of `count` neighbours; 0 when there are none.
    func weight(ofEachOf count: Int) -> Double {
        switch self {
        case .binary: 1
        case .rowStandardised: count == 0 ? 0 : 1 / Double(count)
        }
    }
}

extension SpatialWeights {
    /// What a reader of a map wants to know about its weights.
    public struct Summary: Hashable, Sendable {
        public let units: Int
        /// Stored weights; a link in both directions counts twice.
        public let links: Int
        public let isolates: Int
        /// Sets of units connected among themselves; an isolate is one of its own.
        public let components: Int
        public let fewestNeighbours: Int
        public let mostNeighbours: Int
        public let meanNeighbours: Double
        /// Whether every link exists in both directions.
        public let isSymmetric: Bool
    }

    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public var summary: Summary {
        let counts = (0..<count).map { neighbourCount(of: $0) }
        return Summary(
            units: count,
            links: linkCount,
            isolates: counts.count { $0 == 0 },
            components: Set(componentLabels).count,
            fewestNeighbours: counts.min() ?? 0,
            mostNeighbours: counts.max() ?? 0,
            meanNeighbours: count == 0 ? 0 : Double(linkCount) / Double(count),
            isSymmetric: isSymmetric
        )
    }

    private var isSymmetric: Bool {
        (0..<count).allSatisfy { unit in
            neighbours(of: unit).allSatisfy { areLinked($0, to: unit) }
        }
    }

    /// For each unit the lowest unit of its component, links read in both directions.
    var componentLabels: [Int] {
        var parent = Array(0..<count)
        func root(of unit: Int) -> Int {
            var unit = unit
            while parent[unit] != unit {
                parent[unit] = parent[parent[unit]]
                unit = parent[unit]
            }
            return unit
        }
        for unit in 0..<count {
            for neighbour in neighbours(of: unit) {
                let one = root(of: unit)
                let other = root(of: neighbour)
                parent[max(one, other)] = min(one, other)
            }
        }
        return (0..<count).map { root(of: $0) }
    }
}

extension SpatialWeights {
    /// Weights among some of the units, and which units those were.
    public struct Restriction: Hashable, Sendable {
        public let weights: SpatialWeights
        /// The original number of each remaining unit, ascending.
        public let originalIndices: [Int]
        let originalCount: Int

        /// The entries of `values`, given for all units, that belong to the remaining ones.
        public func extract<Value>(_ values: [Value]) -> [Value] {
            precondition(
                values.count == originalCount,
                "\(values.count) values for \(originalCount) units"
            )
            return originalIndices.map { values[$0] }
        }

        /// `values` of the remaining units put back in the original order, nil elsewhere.
        public func expand<Value>(_ values: [Value]) -> [Value?] {
            precondition(
                values.count == originalIndices.count,
                "\(values.count) values for \(originalIndices.count) remaining units"
            )
            var all = [Value?](repeating: nil, count: originalCount)
            for (value, index) in zip(values, originalIndices) { all[index] = value }
            return all
        }
    }

    /// The weights without the units that are not kept: those vanish from every neighbour list
    /// too, so that a missing neighbour is never a neighbour of value 0.
    ///
    /// A unit that loses all its neighbours becomes an isolate.
    public func restricted(to isKept: [Bool]) -> Restriction {
        precondition(isKept.count == count, "\(isKept.count) marks for \(count) units")
        var newIndex = [Int](repeating: -1, count: count)
        var originalIndices: [Int] = []
        for unit in 0..<count where isKept[unit] {
            newIndex[unit] = originalIndices.count
            originalIndices.append(unit)
        }
        let lists = originalIndices.map { unit in
            neighbours(of: unit).compactMap { isKept[$0] ? newIndex[$0] : nil }
        }
        return Restriction(
            weights: SpatialWeights(neighbours: lists),
            originalIndices: originalIndices,
            originalCount: count
        )
    }

    /// The same weights with `links` added in both directions; links already there stay as
    /// they are.
    public func linking(_ links: [(Int, Int)]) -> SpatialWeights {
        var lists = (0..<count).map { Set(neighbours(of: $0)) }
        for (one, other) in links {
            lists[one].insert(other)
            lists[other].insert(one)
        }
        return SpatialWeights(neighbours: lists.map(Array.init))
    }
}
