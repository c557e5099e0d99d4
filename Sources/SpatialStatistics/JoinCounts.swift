/// Join counts of a map in two colours: how many links join two black units, two white ones, or
/// one of each.
///
/// BB = (1/2) sum_ij w_ij x_i x_j with x = 1 for black, WW the same for white, BW the rest of
/// S0 / 2, so that a link in both directions counts once. Moments of Cliff and Ord (1981),
/// "Spatial processes", p. 19, for dealing the colours at hand to the units anew (non-free
/// sampling); any weights, symmetric or not. Counts agree with esda `Join_Counts`.
public struct JoinCounts: Hashable, Sendable {
    public struct Count: Hashable, Sendable {
        public let observed: Double
        public let expectation: Double
        public let variance: Double

        /// NaN where every dealing gives the same count.
        public var zScore: Double {
            variance > 0 ? (observed - expectation) / variance.squareRoot() : .nan
        }
    }

    /// Of the three counts; `high` is small where there are more joins than by chance.
    public struct PValues: Hashable, Sendable {
        public let blackBlack: ConditionalPermutation.PValues
        public let blackWhite: ConditionalPermutation.PValues
        public let whiteWhite: ConditionalPermutation.PValues
    }

    public let blackBlack: Count
    public let blackWhite: Count
    public let whiteWhite: Count

    /// The counts of `isBlack`, or why there are none; with one colour only: `constantField`.
    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public static func outcome(
        of isBlack: [Bool],
        weights: SpatialWeights,
        style: WeightStyle = .binary
    ) -> GlobalOutcome<JoinCounts> {
        GlobalOutcome(of: isBlack.map { $0 ? 1 : 0 }, weights: weights) { _ in
            JoinCounts(isBlack, weights, style)
        }
    }

    /// Pseudo p-values when the colours are dealt to the units anew, `permutations` times.
    ///
    /// Like joins are all that are not mixed, so few mixed ones (`blackWhite.low`) are many like
    /// ones. Counts that differ by rounding only are ties; with binary weights ties are common, and
    /// count on both sides. The result depends on the seed and, as with every statistic of a
    /// whole map, on the order of the units, but not on the number of threads (nil: one per
    /// core).
    /// - Complexity: O(*R* *b* *k*), *b* the units of the rarer colour.
    public static func pValues(
        of isBlack: [Bool],
        weights: SpatialWeights,
        style: WeightStyle = .binary,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> GlobalOutcome<PValues> {
        precondition(permutations > 0, "\(permutations) permutations")
        let threads = threadCount(threads)
        return GlobalOutcome(of: isBlack.map { $0 ? 1 : 0 }, weights: weights) { _ in
            JoinCountDraws(isBlack, weights, style)
                .pValues(permutations: permutations, seed: seed, threads: threads)
        }
    }

    private init(_ isBlack: [Bool], _ weights: SpatialWeights, _ style: WeightStyle) {
        let joins = Joins(weights, style)
        let observed = joins.counts(black: isBlack)
        let sums = CliffOrdSums(weights, style)
        let n = Double(isBlack.count)
        let black = Double(isBlack.count { $0 })
        let white = n - black
        // Ordered pairs of links that are one link, share one unit, share none.
        let same = sums.s1
        let touching = sums.s2 - 2 * sums.s1
        let apart = sums.s0 * sums.s0 - sums.s2 + sums.s1

        /// The chance that the first `count` units of a random order are all of a colour.
        func chance(_ count: Int, of units: Double) -> Double {
            (0..<count).reduce(1) { product, taken in
                // With fewer than `count` units there is no such set of links.
                n > Double(taken)
                    ? product * max(0, units - Double(taken)) / (n - Double(taken)) : 0
            }
        }
        func count(_ observed: Double, of units: Double) -> Count {
            let expectation = sums.s0 / 2 * chance(2, of: units)
            let square =
                (same * chance(2, of: units) + touching * chance(3, of: units)
                    + apart * chance(4, of: units)) / 4
            return Count(
                observed: observed,
                expectation: expectation,
                variance: max(0, square - expectation * expectation)
            )
        }
        blackBlack = count(observed.blackBlack, of: black)
        whiteWhite = count(observed.whiteWhite, of: white)

        // Both links mixed: the one link; two links at one unit; two links apart.
        let mixed = black * white / (n * (n - 1))
        let twoMixed =
            n > 3 ? mixed * (black - 1) * (white - 1) / ((n - 2) * (n - 3)) : 0
        let expectation = sums.s0 * mixed
        let square = (2 * same * mixed + touching * mixed + 4 * apart * twoMixed) / 4
        blackWhite = Count(
            observed: observed.blackWhite,
            expectation: expectation,
            variance: max(0, square - expectation * expectation)
        )
    }
}

/// The links of a map, ready to be counted by colour.
private struct Joins: Sendable {
    struct Counts {
        let blackBlack: Double
        let blackWhite: Double
        let whiteWhite: Double
    }

    let weights: SpatialWeights
    private let rows: [Double]
    /// Row sum + column sum of each unit.
    private let degrees: [Double]
    let s0: Double

    init(_ weights: SpatialWeights, _ style: WeightStyle) {
        let rows = rowWeights(weights, style)
        var degrees = [Double](repeating: 0, count: weights.count)
        var s0 = 0.0
        for unit in degrees.indices {
            for neighbour in weights.neighbours(of: unit) {
                degrees[unit] += rows[unit]
                degrees[neighbour] += rows[unit]
                s0 += rows[unit]
            }
        }
        self.weights = weights
        self.rows = rows
        self.degrees = degrees
        self.s0 = s0
    }

    func counts(black: [Bool]) -> Counts {
        counts(of: black.indices.filter { black[$0] }, marked: black)
    }

    /// `units` are those marked; the others are white.
    func counts(of units: some Sequence<Int>, marked: [Bool]) -> Counts {
        var twiceBlack = 0.0
        var ends = 0.0
        for unit in units {
            var links = 0
            for neighbour in weights.neighbours(of: unit) where marked[neighbour] { links += 1 }
            twiceBlack += rows[unit] * Double(links)
            ends += degrees[unit]
        }
        // Every end at a black unit belongs to a black join, which has two, or to a mixed one.
        let mixed = ends / 2 - twiceBlack
        return Counts(
            blackBlack: twiceBlack / 2,
            blackWhite: mixed,
            whiteWhite: s0 / 2 - twiceBlack / 2 - mixed
        )
    }
}

/// Replicas of a two-coloured map, by drawing the units of the rarer colour.
private struct JoinCountDraws: Sendable {
    private let joins: Joins
    private let marked: [Bool]
    private let markedCount: Int
    /// Whether the colour drawn is white.
    private let isInverted: Bool

    init(_ isBlack: [Bool], _ weights: SpatialWeights, _ style: WeightStyle) {
        joins = Joins(weights, style)
        let black = isBlack.count { $0 }
        isInverted = 2 * black > isBlack.count
        marked = isInverted ? isBlack.map { !$0 } : isBlack
        markedCount = isInverted ? isBlack.count - black : black
    }

    func pValues(permutations: Int, seed: UInt64, threads: Int) -> JoinCounts.PValues {
        let observed = joins.counts(black: marked)
        let tolerance = 1e-9 * joins.s0
        let stream = CounterRandom.Stream(seed: seed, number: 0)
        let blocks = min(permutations, 64)
        let tallies = parallelMap(blocks, threads: threads) { block in
            var tally = [Tail](repeating: Tail(), count: 3)
            var isDrawn = [Bool](repeating: false, count: marked.count)
            var drawn: [Int] = []
            drawn.reserveCapacity(markedCount)
            for replica in stride(from: block, to: permutations, by: blocks) {
                var random = CounterRandom(stream, replica: replica)
                while drawn.count < markedCount {
                    // At most every second unit is drawn, so a miss is rarer than a hit.
                    let pick = random.next(below: marked.count)
                    if isDrawn[pick] { continue }
                    isDrawn[pick] = true
                    drawn.append(pick)
                }
                let counts = joins.counts(of: drawn, marked: isDrawn)
                tally[0].add(counts.blackBlack, observed.blackBlack, tolerance)
                tally[1].add(counts.blackWhite, observed.blackWhite, tolerance)
                tally[2].add(counts.whiteWhite, observed.whiteWhite, tolerance)
                for unit in drawn { isDrawn[unit] = false }
                drawn.removeAll(keepingCapacity: true)
            }
            return tally
        }
        func total(_ kind: Int) -> ConditionalPermutation.PValues {
            ConditionalPermutation.PValues(
                atLeast: tallies.reduce(0) { $0 + $1[kind].atLeast },
                atMost: tallies.reduce(0) { $0 + $1[kind].atMost },
                replicas: permutations
            )
        }
        return JoinCounts.PValues(
            blackBlack: total(isInverted ? 2 : 0),
            blackWhite: total(1),
            whiteWhite: total(isInverted ? 0 : 2)
        )
    }

    private struct Tail: Sendable {
        var atLeast = 0
        var atMost = 0

        mutating func add(_ count: Double, _ observed: Double, _ tolerance: Double) {
            if count >= observed - tolerance { atLeast += 1 }
            if count <= observed + tolerance { atMost += 1 }
        }
    }
}
