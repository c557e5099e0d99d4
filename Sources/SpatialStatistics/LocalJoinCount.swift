/// The local join count: how many neighbours of a black unit are black as well.
///
/// BB_i = x_i sum_j w_ij x_j with binary weights; Anselin and Li (2019), "Operational local join
/// count statistics for cluster detection", Journal of Geographical Systems 21, 189-210. Counts
/// agree with esda `Join_Counts_Local`.
///
/// Conditional permutation draws the k neighbours from the n - 1 other units, of which B - 1 are
/// black, so BB_i is hypergeometric and its tails can be summed instead of drawn: `tested` holds
/// the value that pseudo p-values approach as R grows. The statistic is a whole number, and a
/// test at 5 % therefore rejects a true null in *at most* 5 % of the cases, often far less
/// (`Test.size`).
public enum LocalJoinCount {
    public enum Outcome: Hashable, Sendable {
        /// No neighbour; black or white, there is nothing to count.
        case isolate
        /// The statistic looks at black units only.
        case white
        case tested(Test)
    }

    public struct Test: Hashable, Sendable {
        /// BB_i.
        public let joins: Int
        public let neighbours: Int
        public let expectation: Double
        public let variance: Double
        /// P(at least `joins`): small inside a cluster of black.
        ///
        /// 1 without any join: there is no telling from a count of 0.
        public let pHigh: Double
        /// P(at most `joins`): small for a black unit on its own.
        public let pLow: Double
        /// Black units among the others, and all others.
        let draw: Hypergeometric

        /// min(1, 2 min(high, low)).
        public var pTwoSided: Double { min(1, 2 * min(pHigh, pLow)) }

        /// The chance that `pHigh` is at most `level` where black units lie at random.
        ///
        /// This is what a false-positive rate can reach; 0 when even a unit with black
        /// neighbours only would not be rejected.
        public func size(at level: Double) -> Double { draw.size(at: level) }
    }

    /// One outcome per unit, in the order given.
    ///
    /// When all units are black, every neighbour is black in each draw and all p are 1.
    /// - Complexity: O(*n* + *w*), and O(*k*) once for each different number of neighbours.
    public static func outcomes(of isBlack: [Bool], weights: SpatialWeights) -> [Outcome] {
        precondition(
            isBlack.count == weights.count,
            "\(isBlack.count) colours for \(weights.count) units"
        )
        let black = isBlack.count { $0 }
        var draws: [Int: Hypergeometric] = [:]
        return isBlack.indices.map { unit in
            let neighbours = weights.neighbourCount(of: unit)
            guard neighbours > 0 else { return .isolate }
            guard isBlack[unit] else { return .white }
            let draw =
                draws[neighbours]
                ?? Hypergeometric(marked: black - 1, among: isBlack.count - 1, drawn: neighbours)
            draws[neighbours] = draw
            let joins = weights.neighbours(of: unit).count { isBlack[$0] }
            return .tested(
                Test(
                    joins: joins,
                    neighbours: neighbours,
                    expectation: draw.mean,
                    variance: draw.variance,
                    pHigh: draw.atLeast(joins),
                    pLow: draw.atMost(joins),
                    draw: draw
                )
            )
        }
    }

    /// Pseudo p-values by conditional permutation, for comparison with other software; nil for
    /// white units and isolates.
    ///
    /// Units of one colour cannot be told apart, so unlike the exact values these depend on the
    /// order of the units, by no more than another seed would change them. The number of threads
    /// leaves no trace (nil: one per core). The calling thread waits.
    public static func pValues(
        of isBlack: [Bool],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        strategy: ConditionalPermutation.Strategy = .automatic,
        threads: Int? = nil
    ) -> [ConditionalPermutation.PValues?] {
        let sums = ConditionalPermutation.pValues(
            of: isBlack.map { $0 ? 1 : 0 },
            weights: weights,
            permutations: permutations,
            seed: seed,
            strategy: strategy,
            threads: threads
        )
        return zip(isBlack, sums).map { $0 ? $1 : nil }
    }
}

/// The number of marked units among some drawn without replacement.
struct Hypergeometric: Hashable, Sendable {
    let mean: Double
    let variance: Double
    /// The least possible number.
    private let first: Int
    /// P(at least), P(at most) each possible number.
    private let upper: [Double]
    private let lower: [Double]

    /// - Complexity: O(`drawn`).
    init(marked: Int, among: Int, drawn: Int) {
        precondition(
            marked >= 0 && marked <= among && drawn >= 0 && drawn <= among,
            "\(drawn) draws among \(among), \(marked) of them marked"
        )
        let (all, share) = (Double(among), among > 0 ? Double(marked) / Double(among) : 0)
        mean = Double(drawn) * share
        variance =
            among > 1
            ? Double(drawn) * share * (1 - share) * (all - Double(drawn)) / (all - 1) : 0
        first = max(0, drawn - (among - marked))
        let last = min(drawn, marked)
        // From the mode outwards, so that nothing overflows and only tails below 1e-300 vanish.
        let mode = min(max((drawn + 1) * (marked + 1) / (among + 2), first), last)
        var chances = [Double](repeating: 1, count: last - first + 1)
        func ratio(from number: Int) -> Double {
            Double(marked - number) / Double(number + 1)
                * (Double(drawn - number) / Double(among - marked - drawn + number + 1))
        }
        for number in stride(from: mode, to: last, by: 1) {
            chances[number + 1 - first] = chances[number - first] * ratio(from: number)
        }
        for number in stride(from: mode - 1, through: first, by: -1) {
            chances[number - first] = chances[number + 1 - first] / ratio(from: number)
        }
        // Each tail is summed from its thin end.
        var lower = chances
        for place in lower.indices.dropFirst() { lower[place] += lower[place - 1] }
        var upper = chances
        for place in upper.indices.dropLast().reversed() { upper[place] += upper[place + 1] }
        let total = lower.last ?? 1
        self.lower = lower.map { min(1, $0 / total) }
        self.upper = upper.map { min(1, $0 / total) }
    }

    func atLeast(_ number: Int) -> Double {
        if number <= first { return 1 }
        return number - first < upper.count ? upper[number - first] : 0
    }

    func atMost(_ number: Int) -> Double {
        if number < first { return 0 }
        return number - first < lower.count - 1 ? lower[number - first] : 1
    }

    /// The chance that the upper tail at the number drawn is at most `level`.
    func size(at level: Double) -> Double {
        upper.first { $0 <= level } ?? 0
    }
}
