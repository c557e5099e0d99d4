import SpatialStatistics
import Testing

@Suite struct LevelSetScanTests {
    private static let weights = SpatialWeights.lattice(columns: 10, rows: 10)
    /// 3 x 4 units, and 2 x 4 units far from them.
    private static let block = [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34]
    private static let other = [76, 77, 78, 86, 87, 88, 96, 97]

    private let population = (0..<100).map { Double(500 + 13 * $0 % 700) }

    /// About 5 % everywhere, with the ratios given in some units.
    private func cases(seed: UInt64 = 1, _ ratios: [(units: [Int], ratio: Double)]) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var chance = (0..<100).map { _ in 0.04 + 0.02 * generator.unit() }
        for (units, ratio) in ratios {
            for unit in units { chance[unit] *= ratio }
        }
        return zip(population, chance).map { Double(generator.binomial(Int($0), $1)) }
    }

    private func scan(
        _ cases: [Double],
        population: [Double]? = nil,
        missing: Set<Int> = [],
        weights: SpatialWeights? = nil,
        replicas: Int = 499,
        threads: Int? = nil
    ) throws(HotspotInputError) -> LevelSetScan {
        var options = LevelSetScan.Options(seed: 20_261_124)
        options.replicas = replicas
        options.threads = threads
        return try LevelSetScan(
            cases: cases,
            population: population ?? self.population,
            hasData: cases.indices.map { !missing.contains($0) },
            weights: weights ?? Self.weights,
            options: options
        )
    }

    @Test("two clusters are found one after the other, and nothing else")
    func stepDown() throws {
        let result = try scan(cases([(Self.block, 3), (Self.other, 2.5)]))
        #expect(result.clusters.map(\.members) == [Self.block, Self.other])
        #expect(result.clusters.map(\.direction) == [.high, .high])
        let p = result.clusters.map(\.pValue)
        // No replica of 499 reached the first, and there are two sides.
        #expect(p[0] == 2.0 / 500)
        #expect(p == p.sorted())
        #expect(p[1] <= 0.05)
        #expect(result.clusters[0].score > result.clusters[1].score)
        for (number, cluster) in result.clusters.enumerated() {
            let people = cluster.members.reduce(0) { $0 + population[$1] }
            #expect(cluster.population == people)
            let b = try #require(result.facts.typicalRate)
            #expect(abs(cluster.rateRatio - cluster.cases / people / b) < 1e-12)
            for unit in cluster.members {
                let test = try #require(result.outcomes[unit].test)
                #expect(test.cluster == number)
                #expect(test.rateRatio >= 1.5)
            }
        }
        #expect(result.outcomes.count { $0.test?.cluster != nil } == 20)
    }

    @Test("no unit belongs to two clusters")
    func disjoint() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let result = try scan(
                cases(seed: seed, [(Self.block, 2), (Self.other, 2), ([40, 41, 50, 51], 0.3)]),
                replicas: 99)
            let members = result.clusters.flatMap(\.members)
            #expect(Set(members).count == members.count, "seed \(seed)")
        }
    }

    @Test("a cluster of low rates is found on the low side")
    func low() throws {
        let result = try scan(cases([(Self.block, 0.25)]))
        let cluster = try #require(result.clusters.first)
        #expect(result.clusters.count == 1)
        #expect(cluster.direction == .low)
        #expect(cluster.rateRatio < 0.4)
        #expect(Set(cluster.members).isSubset(of: Self.block))
        #expect(cluster.members.count >= 10)
    }

    @Test("high units far apart are no cluster, and do not hide one")
    func scattered() throws {
        let apart = [9, 47, 60, 62, 69, 93]
        #expect(try scan(cases([(apart, 10)])).clusters.isEmpty)
        let result = try scan(cases([(apart, 10), (Self.block, 3)]))
        #expect(result.clusters.map(\.members) == [Self.block])
    }

    @Test("a ratio that is not worth calling high is not called so, however sure")
    func relevance() throws {
        let exact = (0..<100).map {
            (population[$0] * (Self.block.contains($0) ? 65 : 50)).rounded()
        }
        #expect(
            try scan(exact, population: population.map { $0 * 1_000 }).clusters.isEmpty)
        let high = (0..<100).map {
            (population[$0] * (Self.block.contains($0) ? 80 : 50)).rounded()
        }
        #expect(
            try scan(high, population: population.map { $0 * 1_000 + Double(Int($0) % 3) })
                .clusters.map(\.members) == [Self.block])
    }

    @Test(
        "a small unit joins a cluster that two of its neighbours belong to, by its own rate"
    )
    func small() throws {
        var population = population
        var cases = cases([(Self.block, 3)])
        // In the cluster, far from it, and touching a corner of it.
        for unit in [22, 68, 0] {
            population[unit] = 40
            cases[unit] = 6
        }
        let result = try scan(cases, population: population)
        #expect(result.clusters.map(\.members) == [Self.block])
        #expect(try #require(result.outcomes[22].test).smoothedRatio < 1.5)
        cases[22] = 2
        let ordinary = try scan(cases, population: population)
        #expect(ordinary.clusters.map(\.members) == [Self.block.filter { $0 != 22 }])
    }

    @Test("every special case has an outcome of its own")
    func outcomes() throws {
        var population = population
        var cases = cases([(Self.block, 3)])
        population[5] = 0
        cases[5] = 0
        // 0 keeps the neighbours 1, 10, 11: all without data.
        let missing: Set = [1, 10, 11, 50]
        let result = try scan(cases, population: population, missing: missing)
        for unit in missing { #expect(result.outcomes[unit] == .noData) }
        #expect(result.outcomes[5] == .noPopulation)
        #expect(result.outcomes[0] == .untested)
        #expect(result.facts.units == 100)
        #expect(result.facts.unitsWithRate == 95)
        #expect(result.facts.tested == 94)
        #expect(result.clusters.map(\.members) == [Self.block.filter { $0 != 11 }])
    }

    @Test("a missing unit leaves no trace")
    func missing() throws {
        var cases = cases([(Self.block, 3)])
        let before = try scan(cases, missing: [12])
        cases[12] = .nan
        #expect(try scan(cases, missing: [12]) == before)
        #expect(before.clusters.map(\.members) == [Self.block.filter { $0 != 12 }])
    }

    @Test("equal rates, no cases, or no data at all are not tested")
    func noVariation() throws {
        for cases in [population.map { $0 / 10 }, population.map { _ in 0 }, population] {
            let result = try scan(cases)
            #expect(result.outcomes.allSatisfy { $0 == .noVariation })
            #expect(result.clusters.isEmpty)
            #expect(result.facts.tested == 0)
            #expect(result.facts.typicalRate == nil)
        }
        let nothing = try scan(population, missing: Set(0..<100))
        #expect(nothing.outcomes.allSatisfy { $0 == .noData })
    }

    @Test("more cases than population, and counts that cannot be, are refused")
    func refusal() {
        var cases = population.map { $0 / 20 }
        cases[7] = population[7] + 1
        #expect(throws: HotspotInputError.casesExceedPopulation(units: [7])) { try scan(cases) }
        cases[7] = -1
        #expect(throws: HotspotInputError.impossibleCount(units: [7])) { try scan(cases) }
        cases[7] = .nan
        #expect(throws: HotspotInputError.impossibleCount(units: [7])) { try scan(cases) }
    }

    @Test("the number of threads leaves no trace")
    func threads() throws {
        let cases = cases([(Self.block, 2.5), (Self.other, 0.3)])
        let one = try scan(cases, replicas: 1_200, threads: 1)
        let many = try scan(cases, replicas: 1_200, threads: 5)
        #expect(one.clusters == many.clusters)
        #expect(one.outcomes == many.outcomes)
        #expect(!one.clusters.isEmpty)
    }

    @Test("the order of the units does not matter to what is found")
    func relabelled() throws {
        var generator = SeededGenerator(seed: 5)
        let order = Array(0..<100).shuffled(using: &generator)
        let cases = cases([(Self.block, 3), (Self.other, 2.5)])
        let moved = try scan(
            SpatialStatisticsTests.relabelled(cases, order),
            population: SpatialStatisticsTests.relabelled(population, order),
            weights: Self.weights.relabelled(order)
        )
        #expect(
            moved.clusters.map(\.members)
                == [Self.block, Self.other].map { $0.map { order[$0] }.sorted() })
    }
}

extension LevelSetScan.Outcome {
    fileprivate var test: LevelSetScan.TestedUnit? {
        if case .tested(let unit) = self { unit } else { nil }
    }
}
