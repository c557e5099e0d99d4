/// Weights that differ from link to link, in compressed rows: kernels, inverse distances, or what
/// a GWT file holds.
///
/// Unlike `SpatialWeights` a unit may be linked to itself, as kernels do. Rows are read, never
/// rescaled on the way; `rowStandardised` makes a copy with rows of sum 1.
/// - Complexity: one integer and one number per link.
public struct ValuedWeights: Hashable, Sendable {
    public struct Link: Hashable, Sendable {
        public let unit: Int
        public let weight: Double

        public init(to unit: Int, weight: Double) {
            self.unit = unit
            self.weight = weight
        }
    }

    /// Where the row of each unit starts; one entry more than there are units.
    private let rowStarts: [Int]
    /// Row after row, ascending by unit within a row.
    private let all: [Link]

    /// Weights from one list of links per unit, in any order.
    ///
    /// A unit out of range or listed twice in a row, or a weight that is not finite, is a wrong
    /// call.
    public init(links: [[Link]]) {
        var rowStarts = [0]
        rowStarts.reserveCapacity(links.count + 1)
        var all: [Link] = []
        all.reserveCapacity(links.reduce(0) { $0 + $1.count })
        for (unit, row) in links.enumerated() {
            var previous = -1
            for link in row.sorted(by: { $0.unit < $1.unit }) {
                precondition(
                    links.indices.contains(link.unit),
                    "unit \(unit) cannot have a link to \(link.unit)"
                )
                precondition(link.unit != previous, "unit \(unit) lists \(link.unit) twice")
                precondition(link.weight.isFinite, "unit \(unit) has the weight \(link.weight)")
                all.append(link)
                previous = link.unit
            }
            rowStarts.append(all.count)
        }
        self.rowStarts = rowStarts
        self.all = all
    }

    /// The same links, each with the weight that `style` gives it.
    public init(_ weights: SpatialWeights, style: WeightStyle = .binary) {
        self.init(
            links: (0..<weights.count).map { unit in
                let weight = style.weight(ofEachOf: weights.neighbourCount(of: unit))
                return weights.neighbours(of: unit).map { Link(to: $0, weight: weight) }
            }
        )
    }

    /// Number of units.
    public var count: Int { rowStarts.count - 1 }

    /// Number of stored weights, those of a unit with itself among them.
    public var linkCount: Int { all.count }

    /// The links of `unit`, ascending by unit; a view that copies nothing.
    public func links(of unit: Int) -> ArraySlice<Link> {
        all[rowStarts[unit]..<rowStarts[unit + 1]]
    }

    /// The weight of the link from `unit` to `other`; nil when there is none.
    /// - Complexity: O(log *k*).
    public func weight(from unit: Int, to other: Int) -> Double? {
        var low = rowStarts[unit]
        var high = rowStarts[unit + 1]
        while low < high {
            let middle = (low + high) / 2
            if all[middle].unit < other { low = middle + 1 } else { high = middle }
        }
        return low < rowStarts[unit + 1] && all[low].unit == other ? all[low].weight : nil
    }

    /// sum_j w_ij x_j for each unit, the unit itself included where it is linked; 0 for a unit
    /// without links.
    public func lags(of values: [Double]) -> [Double] {
        precondition(values.count == count, "\(values.count) values for \(count) units")
        return (0..<count).map { unit in
            links(of: unit).reduce(0) { $0 + $1.weight * values[$1.unit] }
        }
    }

    /// Every row divided by its sum; a row whose sum is 0 stays as it is.
    public var rowStandardised: ValuedWeights {
        ValuedWeights(
            links: (0..<count).map { unit in
                let sum = links(of: unit).reduce(0) { $0 + $1.weight }
                guard sum != 0 else { return Array(links(of: unit)) }
                return links(of: unit).map { Link(to: $0.unit, weight: $0.weight / sum) }
            }
        )
    }

    /// Who is linked to whom, without the weights and without a unit's link to itself; for the
    /// statistics by conditional permutation, which treat all neighbours alike.
    public var neighbours: SpatialWeights {
        SpatialWeights(
            neighbours: (0..<count).map { unit in
                links(of: unit).map(\.unit).filter { $0 != unit }
            }
        )
    }
}

extension ValuedWeights {
    public struct Summary: Hashable, Sendable {
        /// Of the links between different units, whatever they weigh.
        ///
        /// Its `isSymmetric` asks for the links only.
        public let neighbours: SpatialWeights.Summary
        /// Units per component, largest first.
        public let componentSizes: [Int]
        /// Units linked to themselves.
        public let ownLinks: Int
        /// Of all weights; 0 without any.
        public let leastWeight: Double
        public let greatestWeight: Double
        /// Whether the weight of every link is that of its reverse.
        public let isSymmetric: Bool
    }

    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public var summary: Summary {
        let links = neighbours
        return Summary(
            neighbours: links.summary,
            componentSizes: links.componentSizes,
            ownLinks: (0..<count).count { weight(from: $0, to: $0) != nil },
            leastWeight: all.lazy.map(\.weight).min() ?? 0,
            greatestWeight: all.lazy.map(\.weight).max() ?? 0,
            isSymmetric: (0..<count).allSatisfy { unit in
                self.links(of: unit).allSatisfy {
                    weight(from: $0.unit, to: unit) == $0.weight
                }
            }
        )
    }
}

extension SpatialWeights {
    /// How many units each set of connected units has, largest first; an isolate is a set of 1.
    public var componentSizes: [Int] {
        Dictionary(grouping: componentLabels) { $0 }.values.map(\.count).sorted(by: >)
    }
}
