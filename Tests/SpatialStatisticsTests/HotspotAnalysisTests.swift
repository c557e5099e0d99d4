import SpatialStatistics
import Testing

/// Counts drawn on a lattice.
private struct SimulatedMap {
    static let columns = 12
    static let weights = SpatialWeights.lattice(columns: columns, rows: columns)

    let cases: [Double]
    let population: [Double]

    /// Populations of 40 to 1,500, and the same risk everywhere but in `cluster`.
    init(seed: UInt64, risk: Double, cluster: Set<Int> = [], clusterRisk: Double = 0) {
        var generator = SeededGenerator(seed: seed)
        let population = (0..<Self.weights.count).map { _ in
            40 + Int(1_460 * generator.unit() * generator.unit())
        }
        cases = population.enumerated().map { unit, population in
            Double(generator.binomial(population, cluster.contains(unit) ? clusterRisk : risk))
        }
        self.population = population.map(Double.init)
    }

    /// The 3 x 3 units around `center`.
    static func block(around center: Int) -> Set<Int> {
        Set(weights.neighbours(of: center)).union([center])
    }

    func analysis(permutations: Int) throws -> HotspotAnalysis {
        try HotspotAnalysis(
            cases: cases,
            population: population,
            hasData: cases.map { _ in true },
            weights: Self.weights,
            permutations: permutations,
            seed: 1,
            strategy: .shared
        )
    }
}

extension HotspotAnalysis.Outcome {
    fileprivate var test: HotspotAnalysis.TestedUnit? {
        if case .tested(let unit) = self { unit } else { nil }
    }
}

@Suite struct HotspotAnalysisTests {
    /// A row of eight units, and one alone at the end.
    private let row = SpatialWeights(
        neighbours: (0..<8).map { unit in [unit - 1, unit + 1].filter { (0..<8).contains($0) } }
            + [[]]
    )
    private let cases: [Double] = [2, 9, 4, 30, 28, 1, 3, 2, 5]
    private let population: [Double] = [100, 90, 80, 120, 100, 50, 100, 60, 40]

    private func analyse(
        cases: [Double]? = nil,
        population: [Double]? = nil,
        missing: Set<Int> = [],
        threads: Int? = nil
    ) throws(HotspotInputError) -> HotspotAnalysis {
        try HotspotAnalysis(
            cases: cases ?? self.cases,
            population: population ?? self.population,
            hasData: (0..<9).map { !missing.contains($0) },
            weights: row,
            permutations: 999,
            seed: 20_261_124,
            threads: threads
        )
    }

    @Test("every special case has an outcome of its own")
    func outcomes() throws {
        var population = population
        var cases = cases
        population[2] = 0
        cases[2] = 0
        let analysis = try analyse(cases: cases, population: population, missing: [0, 6])
        #expect(analysis.outcomes[0] == .noData)
        #expect(analysis.outcomes[6] == .noData)
        #expect(analysis.outcomes[2] == .noPopulation)
        // Its neighbours have no data, no population: 1 between 0 and 2, 7 beside 6.
        #expect(analysis.outcomes[1] == .untested)
        #expect(analysis.outcomes[7] == .untested)
        #expect(analysis.outcomes[8] == .untested)
        for unit in [3, 4, 5] { #expect(analysis.outcomes[unit].test != nil) }
        #expect(analysis.facts.units == 9)
        #expect(analysis.facts.unitsWithRate == 6)
        #expect(analysis.facts.tested == 3)
        #expect(analysis.facts.links == 4)
        #expect(analysis.facts.permutations == 999)
        #expect(analysis.facts.seed == 20_261_124)
    }

    @Test("the numbers are those of the single statistics")
    func chain() throws {
        let analysis = try analyse()
        let rates = try #require(AssuncaoReis(cases: cases, population: population))
        let giStar = GetisOrd.zScores(of: rates.zScores, weights: row)
        let pValues = ConditionalPermutation.pValues(
            of: rates.zScores,
            weights: row,
            permutations: 999,
            seed: 20_261_124
        )
        let twoSided = pValues.map { $0?.twoSided ?? .nan }
        let hochberg = FalseDiscoveryRate.qValues(of: twoSided)
        let yekutieli = FalseDiscoveryRate.qValues(of: twoSided, method: .benjaminiYekutieli)
        for unit in 0..<8 {
            let test = try #require(analysis.outcomes[unit].test)
            #expect(test.zScore == rates.zScores[unit])
            #expect(test.giStar == giStar[unit])
            #expect(test.pTwoSided == twoSided[unit])
            #expect(test.pHigh == pValues[unit]?.high)
            #expect(test.pLow == pValues[unit]?.low)
            #expect(test.qBenjaminiHochberg == hochberg[unit])
            #expect(test.qBenjaminiYekutieli == yekutieli[unit])
            #expect(test.direction == (test.pHigh < test.pLow ? .high : .low))
        }
        #expect(analysis.facts.overallRate == rates.overallRate)
        #expect(analysis.facts.betweenVariance == rates.betweenVariance)
    }

    @Test("a missing unit leaves no trace: the rest is as if it had never been on the map")
    func missing() throws {
        let whole = try analyse(missing: [2])
        let kept = [0, 1, 3, 4, 5, 6, 7, 8]
        let rest = try HotspotAnalysis(
            cases: kept.map { cases[$0] },
            population: kept.map { population[$0] },
            hasData: kept.map { _ in true },
            weights: row.restricted(to: (0..<9).map { $0 != 2 }).weights,
            permutations: 999,
            seed: 20_261_124
        )
        #expect(kept.map { whole.outcomes[$0] } == rest.outcomes)
        var nonsense = cases
        nonsense[2] = .nan
        #expect(try analyse(cases: nonsense, missing: [2]) == whole)
    }

    @Test("equal rates, or no cases at all, have no variation and are not tested")
    func noVariation() throws {
        for cases in [population.map { $0 / 10 }, population.map { _ in 0 }, population] {
            let analysis = try analyse(cases: cases)
            #expect(analysis.outcomes.prefix(8).allSatisfy { $0 == .noVariation })
            #expect(analysis.outcomes[8] == .untested)
            #expect(analysis.facts.tested == 0)
            #expect(analysis.facts.overallRate == cases[0] / population[0])
        }
    }

    @Test("weighted counts whose rates differ by rounding only have no variation")
    func rounding() throws {
        let analysis = try analyse(cases: population.map { $0 * 0.0701 / 3 })
        #expect(analysis.facts.tested == 0)
    }

    @Test("a map without any data has no outcome but that")
    func nothing() throws {
        let analysis = try analyse(missing: Set(0..<9))
        #expect(analysis.outcomes.allSatisfy { $0 == .noData })
        #expect(analysis.facts.overallRate == nil)
        #expect(analysis.facts.betweenVariance == nil)
    }

    @Test("more cases than population is refused, with the units")
    func refusal() {
        var cases = cases
        cases[5] = 51
        cases[7] = 60.5
        #expect(throws: HotspotInputError.casesExceedPopulation(units: [5, 7])) {
            try analyse(cases: cases)
        }
        #expect(throws: HotspotInputError.casesExceedPopulation(units: [7])) {
            try analyse(cases: cases, missing: [5])
        }
        var population = population
        population[3] = 0
        #expect(throws: HotspotInputError.casesExceedPopulation(units: [3])) {
            try analyse(population: population)
        }
    }

    @Test("a count that cannot be is refused", arguments: [-1, .nan, .infinity])
    func impossible(count: Double) {
        var cases = cases
        cases[4] = count
        #expect(throws: HotspotInputError.impossibleCount(units: [4])) {
            try analyse(cases: cases)
        }
        var population = population
        population[1] = count
        #expect(throws: HotspotInputError.impossibleCount(units: [1])) {
            try analyse(population: population)
        }
    }

    @Test("the number of threads leaves no trace")
    func threads() throws {
        #expect(try analyse(threads: 1) == analyse(threads: 5))
    }

    @Test("the facts tell whether the permutations suffice for the rate")
    func permutations() throws {
        let facts = try SimulatedMap(seed: 1, risk: 0.1).analysis(permutations: 5_759).facts
        #expect(facts.tested == 144)
        #expect(facts.permutationsSuffice(for: 0.05))
        #expect(!facts.permutationsSuffice(for: 0.01))
    }

    @Test("an outlier among its neighbours takes the direction of its neighbours")
    func outlier() throws {
        let center = 66
        let block = SimulatedMap.block(around: center)
        let plain = SimulatedMap(seed: 3, risk: 0.1, cluster: block, clusterRisk: 0.01)
        let map = SimulatedMap(plain, replacing: center, cases: 600, population: 1_000)
        let test = try #require(map.analysis(permutations: 999).outcomes[center].test)
        #expect(test.zScore > 2)
        #expect(test.direction == .low)
        #expect(test.pLow < 0.01)
    }
}

extension SimulatedMap {
    fileprivate init(_ map: SimulatedMap, replacing unit: Int, cases: Double, population: Double) {
        var (allCases, allPopulation) = (map.cases, map.population)
        allCases[unit] = cases
        allPopulation[unit] = population
        self.cases = allCases
        self.population = allPopulation
    }
}

@Suite struct HotspotCalibrationTests {
    @Test("on maps without pattern 5 % of p-values are below 5 %, and few maps show a spot")
    func nullMaps() throws {
        let mapCount = 100
        var below = 0
        var tested = 0
        var belowAmongSmall = 0
        var small = 0
        var falseMaps = 0
        for seed in 1...mapCount {
            let map = SimulatedMap(seed: UInt64(seed), risk: 0.08)
            let tests = try map.analysis(permutations: 5_999).outcomes.map(\.test)
            for (test, population) in zip(tests, map.population) {
                let test = try #require(test)
                let isBelow = test.pTwoSided < 0.05
                tested += 1
                below += isBelow ? 1 : 0
                if population < 120 {
                    small += 1
                    belowAmongSmall += isBelow ? 1 : 0
                }
            }
            if tests.contains(where: { ($0?.qBenjaminiHochberg ?? 1) <= 0.05 }) { falseMaps += 1 }
        }
        let share = Double(below) / Double(tested)
        let shareAmongSmall = Double(belowAmongSmall) / Double(small)
        #expect(abs(share - 0.05) < 0.015, "share \(share), seeds 1 to \(mapCount)")
        // Raw rates mark small units about three times as often.
        #expect(abs(shareAmongSmall - 0.05) < 0.02, "share among small units \(shareAmongSmall)")
        #expect(falseMaps <= 12, "\(falseMaps) of \(mapCount) maps")
    }

    @Test(
        "a cluster that was planted is found, and only there",
        arguments: [1, 2, 3, 4] as [UInt64]
    )
    func planted(seed: UInt64) throws {
        let (hot, cold) = (39, 103)
        let blocks = (SimulatedMap.block(around: hot), SimulatedMap.block(around: cold))
        for (block, clusterRisk, direction) in [
            (blocks.0, 0.25, HotspotAnalysis.Direction.high), (blocks.1, 0.01, .low),
        ] {
            let map = SimulatedMap(seed: seed, risk: 0.1, cluster: block, clusterRisk: clusterRisk)
            let outcomes = try map.analysis(permutations: 9_999).outcomes
            let center = direction == .high ? hot : cold
            let test = try #require(outcomes[center].test)
            #expect(test.direction == direction, "seed \(seed)")
            #expect(test.qBenjaminiHochberg <= 0.05, "seed \(seed)")
            // Units that touch the block share its sum; beyond them hardly any may be marked.
            let touching = block.reduce(into: block) {
                $0.formUnion(SimulatedMap.weights.neighbours(of: $1))
            }
            let strays = outcomes.indices.filter { unit in
                !touching.contains(unit)
                    && (outcomes[unit].test?.qBenjaminiHochberg ?? 1) <= 0.05
            }
            #expect(strays.count <= 2, "seed \(seed): \(strays)")
        }
    }
}
