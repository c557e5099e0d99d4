internal import Foundation

/// Where cases are more, or fewer, among people than on the whole map, from counts by cell.
///
/// The log of the ratio of two densities of Kelsall and Diggle (1995), see `RelativeRisk`, where
/// no positions are known but cells, and of some people only that they are in one of several
/// cells. Both densities have the same kernel and edge correction (`CellSmoother`).
public enum CellRelativeRisk {
    /// People of whom it is known in which cells they are, with the share of each cell.
    ///
    /// Their cases are spread in the same shares. Under random labelling any of all people are
    /// the cases, and those that fall on this group are spread as the observed ones were: the
    /// spreading makes nothing significant.
    public struct Group: Hashable, Sendable {
        public let people: Int
        public let cases: Int
        public let cells: [(cell: Int, share: Double)]

        public init(people: Int, cases: Int, cells: [(cell: Int, share: Double)]) {
            precondition((0...people).contains(cases), "\(cases) cases of \(people) people")
            self.people = people
            self.cases = cases
            self.cells = cells
        }

        public static func == (lhs: Group, rhs: Group) -> Bool {
            lhs.people == rhs.people && lhs.cases == rhs.cases
                && lhs.cells.elementsEqual(rhs.cells, by: ==)
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(people)
            hasher.combine(cases)
        }
    }

    public struct Options: Hashable, Sendable {
        public var seed: UInt64
        /// R, the number of relabellings.
        public var replicas = 999
        /// The fewest people that the kernel has to hold for a ratio to be given.
        public var leastPeople = 20.0
        /// Nil for one per core; the result is the same for any number.
        public var threads: Int?

        public init(seed: UInt64) { self.seed = seed }
    }

    public struct Cell: Hashable, Sendable {
        /// The share of cases around over that of the whole map.
        public let ratio: Double
        /// People and cases per unit of land.
        public let density: Double
        public let caseDensity: Double
        /// (1 + #{rho* >= rho}) / (R + 1), and the same with <=.
        public let pHigh: Double
        public let pLow: Double

        public var pValue: Double { min(1, 2 * min(pHigh, pLow)) }
    }

    public struct Surface: Hashable, Sendable {
        /// Nil where the kernel holds too few people.
        public let cells: [Cell?]
        /// The rank of the mean of rho² over the cells given; nil when there is none.
        public let globalPValue: Double?
        public let people: Int
        public let cases: Int
    }

    /// Nil when nobody is a case or everybody is.
    ///
    /// `cellAreaOfKernel` is the kernel's effective area in the unit of the smoother's land.
    /// - Complexity: O(*R* (*w* + *g*)), *w* pairs of cells within reach, *g* groups.
    public static func surface(
        of groups: [Group],
        cellCount: Int,
        smoother: CellSmoother,
        effectiveArea: Double,
        options: Options
    ) -> Surface? {
        precondition(options.replicas > 0, "\(options.replicas) replicas")
        let threads = threadCount(options.threads)
        let totalPeople = groups.reduce(0) { $0 + $1.people }
        let totalCases = groups.reduce(0) { $0 + $1.cases }
        guard totalCases > 0, totalCases < totalPeople else { return nil }

        @Sendable func spread(_ counts: (Group) -> Int) -> [Double] {
            var cells = [Double](repeating: 0, count: cellCount)
            for group in groups {
                for (cell, share) in group.cells { cells[cell] += share * Double(counts(group)) }
            }
            return cells
        }
        let all = smoother.densities(of: spread(\.people))
        let observed = smoother.densities(of: spread(\.cases))
        let shown = all.indices.filter { all[$0] * effectiveArea >= options.leastPeople }
        let scale = Double(totalPeople) / Double(totalCases)
        @Sendable func unevenness(_ cases: [Double]) -> Double {
            shown.reduce(0) { sum, cell in
                let rho = log(min(max(scale * cases[cell] / all[cell], 0.01), 100))
                return sum + rho * rho
            }
        }
        let draw = ScanNullDraw(
            population: groups.map(\.people), totalCases: totalCases, model: .bernoulli,
            seed: options.seed)
        let observedUnevenness = unevenness(observed)
        // Each thread sums up its own replicas: whole numbers, so their order does not matter.
        let parts = parallelMap(threads, threads: threads) { part -> Ranks in
            var ranks = Ranks(count: shown.count)
            for replica in stride(from: part, to: options.replicas, by: threads) {
                var cells = [Double](repeating: 0, count: cellCount)
                draw.draw(replica) { group, cases in
                    for (cell, share) in groups[group].cells {
                        cells[cell] += share * Double(cases)
                    }
                }
                ranks.add(
                    smoother.densities(of: cells), shown, observed,
                    isAsUneven: { unevenness($0) >= observedUnevenness })
            }
            return ranks
        }
        let whole = Double(options.replicas + 1)
        var cells = [Cell?](repeating: nil, count: cellCount)
        for (place, cell) in shown.enumerated() {
            cells[cell] = Cell(
                ratio: scale * observed[cell] / all[cell],
                density: all[cell],
                caseDensity: observed[cell],
                pHigh: Double(1 + parts.reduce(0) { $0 + $1.atLeast[place] }) / whole,
                pLow: Double(1 + parts.reduce(0) { $0 + $1.atMost[place] }) / whole)
        }
        return Surface(
            cells: cells,
            globalPValue: shown.isEmpty
                ? nil : Double(1 + parts.reduce(0) { $0 + $1.asUneven }) / whole,
            people: totalPeople,
            cases: totalCases)
    }

    /// How many relabellings gave as much, and as little, as was observed.
    private struct Ranks: Sendable {
        var atLeast: [Int]
        var atMost: [Int]
        var asUneven = 0

        init(count: Int) {
            atLeast = Array(repeating: 0, count: count)
            atMost = atLeast
        }

        mutating func add(
            _ drawn: [Double],
            _ shown: [Int],
            _ observed: [Double],
            isAsUneven: ([Double]) -> Bool
        ) {
            for (place, cell) in shown.enumerated() {
                if drawn[cell] >= observed[cell] { atLeast[place] += 1 }
                if drawn[cell] <= observed[cell] { atMost[place] += 1 }
            }
            if isAsUneven(drawn) { asUneven += 1 }
        }
    }
}
