/// Groups of neighbouring units whose rates are all high, or all low, with the chance that a map
/// without clusters shows such a group.
///
/// After the upper level set scan of Patil and Taillie (2004), "Upper level set scan statistic for
/// detecting arbitrarily shaped hotspots", Environmental and Ecological Statistics 11, 183-197.
/// 1. Each rate is measured against the typical rate of the map and smoothed (`RobustRates`).
/// 2. A group is a connected set of at least two units, each with a smoothed rate of at least
///    `relevantRatio` times the typical one. Any higher level makes groups as well. The best has
///    the highest score: the log likelihood ratio of its rate against the typical one, in numbers
///    that allow for variation between units, no unit counting for more than z = `zScoreBound`,
///    times its inner links per unit (`LevelSetSearch`).
/// 3. The z-scores are dealt out anew over the map R times; units keep their place and size. p is
///    the share of maps whose best group is as good. So a group is told from chance by lying
///    together, not by being high: variation between units without a pattern, however strong or
///    skewed, is part of the null.
/// 4. A significant group takes in the small units that its neighbourhood speaks for
///    (`LevelSetRounds`), is put aside, and the rest is searched again; Zhang, Assunção and
///    Kulldorff (2010), "Spatial scan statistics adjusted for multiple clusters", Journal of
///    Probability and Statistics 2010, 642379.
///
/// Listed at p ≤ α, both sides counted, at most a share α of the maps without clusters show any.
/// It is far less where variation is so small that hardly a unit reaches the relevant ratio. The
/// more of all units are high, the larger the groups that chance makes of them, and the less is
/// found.
public struct LevelSetScan: Hashable, Sendable {
    public enum Direction: Hashable, Sendable {
        case high
        case low
    }

    public struct Options: Hashable, Sendable {
        public var seed: UInt64
        /// Above 1: from how many times the typical rate a unit is high, and its inverse, low.
        public var relevantRatio = 1.5
        /// The most that a unit's z-score adds to the score of a group, above 0.
        ///
        /// Without a bound three desa at ten times the typical rate, far apart, hid two of five
        /// planted clusters; with any bound from 2 to 4 none.
        public var zScoreBound = 3.0
        /// R, the replicas of each search.
        public var replicas = 9_999
        /// Groups with an adjusted p-value above this are not listed, and end the search.
        public var largestPValue = 0.1
        /// Nil for one per core; the result is the same for any number.
        public var threads: Int?

        public init(seed: UInt64) {
            self.seed = seed
        }
    }

    public struct Cluster: Hashable, Sendable {
        public let direction: Direction
        /// The units, ascending.
        public let members: [Int]
        public let cases: Double
        public let population: Double
        /// The rate of the members together over the typical rate.
        public let rateRatio: Double
        public let score: Double
        /// Two-sided, adjusted for all groups of the map; never below that of a cluster of this
        /// direction listed before.
        public let pValue: Double
    }

    /// What became of a unit; none of these is a value of 0 or "not significant".
    public enum Outcome: Hashable, Sendable {
        case noData
        /// There is data, and it says that nobody is there.
        case noPopulation
        /// An isolate: no neighbour, or none with data.
        case untested
        /// All rates of the run are equal, so there is nothing to test.
        case noVariation
        case tested(TestedUnit)
    }

    public struct TestedUnit: Hashable, Sendable {
        /// The unit's own rate over the typical one.
        public let rateRatio: Double
        /// The same drawn towards 1 by as much as chance could explain; what the core of a cluster
        /// goes by.
        public let smoothedRatio: Double
        /// The unit's own rate against the typical one, with robust estimates.
        public let zScore: Double
        /// The position in `clusters`; nil for a unit of no listed cluster.
        public let cluster: Int?
    }

    /// What must be stored beside the result for anyone to repeat it.
    public struct Facts: Hashable, Sendable {
        public let units: Int
        public let unitsWithRate: Int
        public let tested: Int
        public let options: Options
        /// b, the median rate by population; nil without variation.
        public let typicalRate: Double?
        /// a; nil without variation.
        public let betweenVariance: Double?
        /// Stored weights among the units with a rate; a link in both directions counts twice.
        public let links: Int
    }

    /// One per unit, in the order given.
    public let outcomes: [Outcome]
    /// The high ones, then the low ones, each in the order found: the highest score first.
    public let clusters: [Cluster]
    public let facts: Facts

    /// Searches the map of `cases` among `population`.
    ///
    /// Where `hasData` is false, the two numbers are not looked at. Isolates take part in the
    /// typical rate and in what is dealt out, but belong to no group. On a map of a few units no
    /// group can be significant. Same input and seed, same result, whatever the number of
    /// threads. The calling thread waits.
    /// - Complexity: O(*k R n*), *k* the clusters found plus two.
    public init(
        cases: [Double],
        population: [Double],
        hasData: [Bool],
        weights: SpatialWeights,
        options: Options
    ) throws(HotspotInputError) {
        options.check()
        precondition(
            cases.count == weights.count && population.count == weights.count
                && hasData.count == weights.count,
            "\(cases.count) cases, \(population.count) populations and \(hasData.count) marks "
                + "for \(weights.count) units"
        )
        try Self.check(cases, population, hasData)

        let kept = weights.restricted(to: zip(hasData, population).map { $0 && $1 > 0 })
        let keptCases = kept.extract(cases)
        let keptPopulation = kept.extract(population)
        let rates = RobustRates(cases: keptCases, population: keptPopulation)
        var found: [Cluster] = []
        if let rates {
            let rounds = LevelSetRounds(rates: rates, weights: kept.weights, options: options)
            for direction in [Direction.high, .low] {
                for group in rounds.groups(direction) {
                    let cases = group.members.reduce(0) { $0 + keptCases[$1] }
                    let population = group.members.reduce(0) { $0 + keptPopulation[$1] }
                    found.append(
                        Cluster(
                            direction: direction,
                            members: group.members.map { kept.originalIndices[$0] },
                            cases: cases,
                            population: population,
                            rateRatio: cases / population / rates.typicalRate,
                            score: group.score,
                            pValue: group.pValue
                        )
                    )
                }
            }
        }
        clusters = found
        var clusterOf = [Int?](repeating: nil, count: weights.count)
        for (number, cluster) in found.enumerated() {
            for unit in cluster.members { clusterOf[unit] = number }
        }
        let smoothed = rates?.smoothedRatios
        let results = kept.originalIndices.enumerated().map { position, unit -> Outcome in
            guard kept.weights.neighbourCount(of: position) > 0 else { return .untested }
            guard let rates, let smoothed else { return .noVariation }
            return .tested(
                TestedUnit(
                    rateRatio: cases[unit] / population[unit] / rates.typicalRate,
                    smoothedRatio: smoothed[position],
                    zScore: rates.zScores[position],
                    cluster: clusterOf[unit]
                )
            )
        }
        outcomes = zip(kept.expand(results), hasData).map { result, hasData in
            result ?? (hasData ? .noPopulation : .noData)
        }
        facts = Facts(
            units: weights.count,
            unitsWithRate: kept.originalIndices.count,
            tested: results.count { if case .tested = $0 { true } else { false } },
            options: options,
            typicalRate: rates?.typicalRate,
            betweenVariance: rates?.betweenVariance,
            links: kept.weights.linkCount
        )
    }

    /// The same refusals as of `HotspotAnalysis`.
    private static func check(
        _ cases: [Double],
        _ population: [Double],
        _ hasData: [Bool]
    ) throws(HotspotInputError) {
        let units = cases.indices.filter { hasData[$0] }
        let impossible = units.filter { unit in
            ![cases[unit], population[unit]].allSatisfy { $0 >= 0 && $0.isFinite }
        }
        guard impossible.isEmpty else { throw .impossibleCount(units: impossible) }
        let exceeding = units.filter { cases[$0] > population[$0] }
        guard exceeding.isEmpty else { throw .casesExceedPopulation(units: exceeding) }
    }
}

extension LevelSetScan.Options {
    fileprivate func check() {
        precondition(relevantRatio > 1, "a relevant ratio of \(relevantRatio)")
        precondition(zScoreBound > 0, "a bound on z of \(zScoreBound)")
        precondition(replicas > 0, "\(replicas) replicas")
        precondition((0...1).contains(largestPValue), "a largest p-value of \(largestPValue)")
        precondition(threads ?? 1 > 0, "\(threads ?? 1) threads")
    }
}
