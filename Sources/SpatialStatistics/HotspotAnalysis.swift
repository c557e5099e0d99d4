/// The whole chain from counts to hot and cold spots, as one pure function.
///
/// Missing units are dropped, the rates made comparable (`AssuncaoReis`), Gi* computed on them
/// and tested by conditional permutation, and the two-sided p-values adjusted over all tested
/// units of the run. In a simulation of null maps this chain held its level where Gi* of raw
/// counts or rates marked spots on 42 to 100 % of the maps.
public struct HotspotAnalysis: Hashable, Sendable {
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

    public enum Direction: Hashable, Sendable {
        case high
        case low
    }

    public struct TestedUnit: Hashable, Sendable {
        /// Of Assunção and Reis: the unit's own rate against the overall rate.
        public let zScore: Double
        /// The analytic z-score of Gi*; for show, the class comes from the q-values.
        ///
        /// NaN when all units are neighbours of this one.
        public let giStar: Double
        /// Pseudo p-values of the conditional permutation.
        public let pTwoSided: Double
        public let pHigh: Double
        public let pLow: Double
        public let qBenjaminiHochberg: Double
        public let qBenjaminiYekutieli: Double

        /// The side of the smaller p-value, that is, of the neighbours.
        ///
        /// For an outlier among its neighbours it can differ from the sign of Gi*, which counts
        /// the unit's own value in.
        public var direction: Direction {
            if pHigh != pLow { return pHigh < pLow ? .high : .low }
            return giStar < 0 ? .low : .high
        }
    }

    /// What must be stored beside the result for anyone to repeat it.
    public struct Facts: Hashable, Sendable {
        public let units: Int
        /// Units with data and population: the n of the overall rate and of Gi*, isolates among
        /// them.
        public let unitsWithRate: Int
        /// m, the family of the false discovery rate.
        public let tested: Int
        public let permutations: Int
        public let seed: UInt64
        /// The bound put on z before the test; nil for none.
        public let zScoreBound: Double?
        /// b; nil without population.
        public let overallRate: Double?
        /// a of Assunção and Reis; nil when it is not defined.
        public let betweenVariance: Double?
        /// Stored weights among the units with a rate; a link in both directions counts twice.
        public let links: Int

        /// Whether one unit alone could reach `falseDiscoveryRate` in this run.
        public func permutationsSuffice(for falseDiscoveryRate: Double) -> Bool {
            permutations
                >= FalseDiscoveryRate.minimumPermutations(
                    tested: tested,
                    falseDiscoveryRate: falseDiscoveryRate
                )
        }
    }

    /// One per unit, in the order given.
    public let outcomes: [Outcome]
    public let facts: Facts

    /// Tests `cases` among `population` for every unit.
    ///
    /// Where `hasData` is false, the two numbers are not looked at. Isolates take part in the
    /// overall rate and in the field the neighbours are drawn from, but are not tested.
    ///
    /// With `zScoreBound` each z is brought into -bound...bound before Gi* and its test. One very
    /// extreme group of units otherwise fills the draws with its values and hides every other
    /// group. The permutation test holds its level for any such function of z, since it only
    /// asks whether equal values lie together (Huber's ψ; the reported `zScore` stays as it is).
    ///
    /// Same input and seed, same result, whatever `threads` is (nil: one per core). The calling
    /// thread waits.
    /// - Complexity: that of `ConditionalPermutation`, which is all of it.
    public init(
        cases: [Double],
        population: [Double],
        hasData: [Bool],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        zScoreBound: Double? = nil,
        strategy: ConditionalPermutation.Strategy = .automatic,
        threads: Int? = nil
    ) throws(HotspotInputError) {
        precondition(zScoreBound.map { $0 > 0 } ?? true, "a bound on z has to be positive")
        precondition(
            cases.count == weights.count && population.count == weights.count
                && hasData.count == weights.count,
            "\(cases.count) cases, \(population.count) populations and \(hasData.count) marks "
                + "for \(weights.count) units"
        )
        try HotspotInputError.check(cases, population, hasData)

        let hasRate = zip(hasData, population).map { $0 && $1 > 0 }
        let kept = weights.restricted(to: hasRate)
        let keptCases = kept.extract(cases)
        let keptPopulation = kept.extract(population)
        let rates = AssuncaoReis(cases: keptCases, population: keptPopulation)
        let results: [Outcome]
        if let rates, rates.hasVariation {
            results = Self.test(
                rates.zScores,
                bound: zScoreBound,
                weights: kept.weights,
                permutations: permutations,
                seed: seed,
                strategy: strategy,
                threads: threads
            )
        } else {
            results = kept.originalIndices.indices.map {
                kept.weights.neighbourCount(of: $0) == 0 ? .untested : .noVariation
            }
        }
        outcomes = zip(kept.expand(results), hasData).map { result, hasData in
            result ?? (hasData ? .noPopulation : .noData)
        }
        facts = Facts(
            units: weights.count,
            unitsWithRate: kept.originalIndices.count,
            tested: results.count { if case .tested = $0 { true } else { false } },
            permutations: permutations,
            seed: seed,
            zScoreBound: zScoreBound,
            overallRate: RateMoments(cases: keptCases, population: keptPopulation)?.overallRate,
            betweenVariance: rates?.betweenVariance,
            links: kept.weights.linkCount
        )
    }

    private static func test(
        _ zScores: [Double],
        bound: Double?,
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        strategy: ConditionalPermutation.Strategy,
        threads: Int?
    ) -> [Outcome] {
        let values = bound.map { bound in zScores.map { min(max($0, -bound), bound) } } ?? zScores
        let giStar = GetisOrd.zScores(of: values, weights: weights, threads: threads)
        let pValues = ConditionalPermutation.pValues(
            of: values,
            weights: weights,
            permutations: permutations,
            seed: seed,
            strategy: strategy,
            threads: threads
        )
        let twoSided = pValues.map { $0?.twoSided ?? .nan }
        let hochberg = FalseDiscoveryRate.qValues(of: twoSided, method: .benjaminiHochberg)
        let yekutieli = FalseDiscoveryRate.qValues(of: twoSided, method: .benjaminiYekutieli)
        return pValues.enumerated().map { unit, p in
            guard let p else { return .untested }
            return .tested(
                TestedUnit(
                    zScore: zScores[unit],
                    giStar: giStar[unit],
                    pTwoSided: p.twoSided,
                    pHigh: p.high,
                    pLow: p.low,
                    qBenjaminiHochberg: hochberg[unit],
                    qBenjaminiYekutieli: yekutieli[unit]
                )
            )
        }
    }
}

/// Counts that cannot be; each case lists the positions of all units concerned.
public enum HotspotInputError: Error, Hashable, Sendable {
    case casesExceedPopulation(units: [Int])
    /// Negative, infinite or not a number.
    case impossibleCount(units: [Int])

    fileprivate static func check(
        _ cases: [Double],
        _ population: [Double],
        _ hasData: [Bool]
    ) throws(HotspotInputError) {
        let units = cases.indices.filter { hasData[$0] }
        let impossible = units.filter { unit in
            !(cases[unit] >= 0 && cases[unit].isFinite && population[unit] >= 0
                && population[unit].isFinite)
        }
        guard impossible.isEmpty else { throw .impossibleCount(units: impossible) }
        let exceeding = units.filter { cases[$0] > population[$0] }
        guard exceeding.isEmpty else { throw .casesExceedPopulation(units: exceeding) }
    }
}

extension HotspotInputError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .casesExceedPopulation(let units):
            "More cases than population in \(units.count) units, the first at position "
                + "\(units.first ?? 0); check that both count the same thing at the same date."
        case .impossibleCount(let units):
            "A count is negative or not a number in \(units.count) units, the first at position "
                + "\(units.first ?? 0)."
        }
    }
}
