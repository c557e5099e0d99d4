import SpatialStatistics
import Testing

@Suite struct ConditionalPermutationTests {
    private typealias PValues = ConditionalPermutation.PValues

    private func run(
        _ values: [Double],
        _ weights: SpatialWeights,
        permutations: Int = 999,
        seed: UInt64 = 1,
        strategy: ConditionalPermutation.Strategy = .automatic,
        threads: Int? = nil
    ) -> [PValues?] {
        ConditionalPermutation.pValues(
            of: values,
            weights: weights,
            permutations: permutations,
            seed: seed,
            strategy: strategy,
            threads: threads
        )
    }

    @Test(
        "p-values lie in the bands of the reference",
        arguments: ["afcon-anselin1995", "columbus-crime"],
        [ConditionalPermutation.Strategy.perUnit, .shared]
    )
    func reference(folder: String, strategy: ConditionalPermutation.Strategy) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("\(folder)/conditional-permutation.csv")
        let high = try table.numbers("p_high")
        let low = try table.numbers("p_low")
        let twoSided = try table.numbers("p_two_sided")
        let halfwidth = try table.numbers("mc_halfwidth_999")
        let permutations = strategy == .shared ? 19_999 : 5_999
        let results = run(
            try reference.table.numbers("value"),
            reference.weights,
            permutations: permutations,
            strategy: strategy
        )
        let seen = results.compactMap { $0 }
        try #require(seen.count == table.rowCount)
        for (row, p) in seen.enumerated() {
            // 99.9 % of a normal is 3.29; some 50 rows of two runs ask for a bit more.
            let own = 4.5 * (high[row] * (1 - high[row]) / Double(p.replicas)).squareRoot()
            let band = halfwidth[row] + own + 2 / Double(p.replicas)
            #expect(abs(p.high - high[row]) < band, "row \(row)")
            #expect(abs(p.low - low[row]) < band, "row \(row)")
            #expect(abs(p.twoSided - twoSided[row]) < 2 * band, "row \(row)")
        }
    }

    /// Every way to draw k of the others, counted.
    private func exact(_ values: [Double], _ weights: SpatialWeights, unit: Int) -> (Double, Double)
    {
        let others = values.indices.filter { $0 != unit }.map { values[$0] }
        let k = weights.neighbourCount(of: unit)
        let observed = weights.neighbours(of: unit).reduce(0) { $0 + values[$1] }
        var counts = (all: 0.0, high: 0.0, low: 0.0)
        for subset in 0..<(1 << others.count) where subset.nonzeroBitCount == k {
            let sum = others.indices.reduce(0.0) { $0 + (subset >> $1 & 1 == 1 ? others[$1] : 0) }
            counts.all += 1
            if sum >= observed - 1e-9 { counts.high += 1 }
            if sum <= observed + 1e-9 { counts.low += 1 }
        }
        return (counts.high / counts.all, counts.low / counts.all)
    }

    @Test(
        "on a small map p-values approach those of counting every draw",
        arguments: [ConditionalPermutation.Strategy.perUnit, .shared]
    )
    func enumeration(strategy: ConditionalPermutation.Strategy) throws {
        // Neighbour counts from 1 to 9, an outlier, and ties.
        let values = [0.0, 1, 1, 2, 3, 3, 5, 8, 40, 3, 1]
        var lists = (0..<11).map { unit in (0..<11).filter { $0 != unit && $0 <= unit } }
        lists[0] = [8]
        lists[10] = [0, 8, 9]
        let weights = SpatialWeights(neighbours: lists)
        let results = run(values, weights, permutations: 20_000, strategy: strategy)
        for (unit, p) in results.enumerated() {
            let p = try #require(p)
            let (high, low) = exact(values, weights, unit: unit)
            let replicas = Double(p.replicas)
            for (found, chance) in [(p.high, high), (p.low, low)] {
                let deviation = (chance * (1 - chance) / replicas).squareRoot()
                #expect(abs(found - chance) < 4.5 * deviation + 2 / replicas, "unit \(unit)")
            }
        }
    }

    @Test(
        "the number of threads leaves no trace",
        arguments: [ConditionalPermutation.Strategy.perUnit, .shared]
    )
    func threads(strategy: ConditionalPermutation.Strategy) {
        var generator = SeededGenerator(seed: 9)
        let values = (0..<100).map { _ in generator.unit() }
        let weights = SpatialWeights.lattice(columns: 10, rows: 10)
        let one = run(values, weights, seed: 7, strategy: strategy, threads: 1)
        for threads in [2, 3, 16] {
            #expect(run(values, weights, seed: 7, strategy: strategy, threads: threads) == one)
        }
        #expect(run(values, weights, seed: 8, strategy: strategy) != one)
    }

    @Test("another unit of measurement changes nothing, and a sign exchanges the tails")
    func scale() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let plain = run(values, reference.weights)
        #expect(run(values.map { $0 * 1_024 }, reference.weights) == plain)
        #expect(run(values.map { $0 * 0.001 }, reference.weights) == plain)
        #expect(run(values.map { $0 + 50 }, reference.weights) == plain)
        let turned = run(values.map { -$0 }, reference.weights)
        for (one, other) in zip(plain, turned) {
            #expect(one?.atLeast == other?.atMost)
            #expect(one?.atMost == other?.atLeast)
        }
    }

    @Test("renaming the units changes p-values by no more than another seed would")
    func relabelling() throws {
        let weights = SpatialWeights.lattice(columns: 8, rows: 8)
        var generator = SeededGenerator(seed: 4)
        let values = (0..<64).map { _ in generator.unit() }
        let order = Array(0..<64).shuffled(using: &generator)
        let plain = relabelled(run(values, weights, permutations: 3_999), order)
        let renamed = run(
            relabelled(values, order),
            weights.relabelled(order),
            permutations: 3_999
        )
        for (one, other) in zip(plain, renamed) {
            let (one, other) = (try #require(one).high, try #require(other).high)
            #expect(abs(one - other) < 4.5 * (2 * max(one, other, 0.001) / 4_000).squareRoot())
        }
    }

    @Test("an isolate has no p-value, in a constant field every p is 1")
    func degenerate() {
        let weights = SpatialWeights(neighbours: [[1], [0, 2], [1], []])
        for strategy in [ConditionalPermutation.Strategy.perUnit, .shared] {
            let some = run([1, 2, 3, 4], weights, strategy: strategy)
            #expect(some.map { $0 == nil } == [false, false, false, true])
            let constant = run([0.1, 0.1, 0.1, 0.1], weights, strategy: strategy)
            #expect(constant.compactMap { $0?.twoSided } == [1, 1, 1])
        }
        #expect(run([], SpatialWeights(neighbours: [])).isEmpty)
    }

    @Test("a sum that ties with the observed one counts on both sides")
    func ties() {
        // Unit 0 has all others as neighbours: every draw is the observed one, in another order.
        let values = [5.0, 0.1, 0.2, 0.3, 0.7]
        let weights = SpatialWeights(neighbours: [[1, 2, 3, 4], [0], [0], [0], [0]])
        let p = run(values, weights, strategy: .perUnit)[0]
        #expect(p?.high == 1 && p?.low == 1 && p?.twoSided == 1)
    }

    @Test("the two-sided value is twice the smaller tail, at most 1")
    func twoSided() throws {
        let weights = SpatialWeights.lattice(columns: 6, rows: 6)
        for p in run((0..<36).map { Double($0 * $0 % 17) }, weights).compactMap({ $0 }) {
            #expect(p.twoSided == min(1, 2 * min(p.high, p.low)))
            #expect(p.atLeast + p.atMost >= p.replicas)
        }
    }

    @Test("local Moran exchanges the tails below the mean, and knows nothing at the mean")
    func localMoran() throws {
        let weights = SpatialWeights.lattice(columns: 5, rows: 5)
        let values = (0..<25).map { Double($0 - 12) }
        let sums = run(values, weights)
        let local = ConditionalPermutation.localMoranPValues(
            of: values,
            weights: weights,
            permutations: 999,
            seed: 1
        )
        #expect(local[24] == sums[24])
        #expect(local[0]?.high == sums[0]?.low)
        #expect(local[0]?.low == sums[0]?.high)
        #expect(local[12]?.twoSided == 1)
    }
}
