import Testing

@testable import SpatialStatistics

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

    @Test("nor does it for a map large enough for many threads", arguments: [0.0, 1, 6])
    func manyThreads(levels: Double) {
        var generator = SeededGenerator(seed: 10)
        let weights = SpatialWeights.lattice(columns: 90, rows: 80)
        let values = (0..<weights.count).map { _ in
            levels > 0 ? (generator.unit() * levels).rounded() : generator.unit()
        }
        func moran(_ threads: Int) -> [PValues?] {
            ConditionalPermutation.localMoranPValues(
                of: values, weights: weights, permutations: 499, seed: 7, threads: threads)
        }
        let one = run(values, weights, permutations: 499, seed: 7, threads: 1)
        let oneMoran = moran(1)
        for threads in [2, 3, 16] {
            #expect(run(values, weights, permutations: 499, seed: 7, threads: threads) == one)
            #expect(moran(threads) == oneMoran)
        }
        // What the units are called leaves no trace either.
        let order = values.indices.shuffled(using: &generator)
        var moved = values
        for (unit, place) in order.enumerated() { moved[place] = values[unit] }
        let other = run(moved, weights.relabelled(order), permutations: 499, seed: 7, threads: 2)
        for (unit, place) in order.enumerated() { #expect(other[place] == one[unit]) }
    }

    @Test("another unit of measurement changes nothing, and a sign exchanges the tails")
    func scale() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let plain = run(values, reference.weights, permutations: 3_999)
        for other in [
            values.map { $0 * 1_024 }, values.map { $0 * 0.001 }, values.map { $0 + 50 },
        ] {
            #expect(run(other, reference.weights, permutations: 3_999) == plain)
        }
        let turned = run(values.map { -$0 }, reference.weights, permutations: 3_999)
        for (one, other) in zip(plain, turned) {
            let (one, other) = (try #require(one).high, try #require(other).low)
            #expect(abs(one - other) < 4.5 * (2 * max(one, other, 0.001) / 4_000).squareRoot())
        }
    }

    @Test(
        "the order of the units leaves no trace, with equal values and equal sums too",
        arguments: [ConditionalPermutation.Strategy.perUnit, .shared], [2, 5, 1_000_000]
    )
    func relabelling(strategy: ConditionalPermutation.Strategy, levels: Int) {
        let weights = SpatialWeights.lattice(columns: 12, rows: 9)
        var generator = SeededGenerator(seed: UInt64(levels))
        let values = (0..<weights.count).map { _ in
            Double(Int(generator.unit() * Double(levels))) / 7
        }
        let plain = run(values, weights, strategy: strategy)
        for _ in 0..<5 {
            let order = Array(values.indices).shuffled(using: &generator)
            let renamed = run(
                relabelled(values, order), weights.relabelled(order), strategy: strategy)
            #expect(renamed == relabelled(plain, order))
        }
    }

    /// Shared draws by their definition: one random order of all values for each replica, from
    /// which each unit takes the first k that are not itself.
    private func naive(
        _ values: [Double],
        _ weights: SpatialWeights,
        orders: [[Int]]
    ) -> [PValues] {
        values.indices.map { unit in
            let k = weights.neighbourCount(of: unit)
            let observed = weights.neighbours(of: unit).reduce(0) { $0 + values[$1] }
            let sums = orders.map { order in
                order.lazy.filter { $0 != unit }.prefix(k).reduce(0) { $0 + values[$1] }
            }
            return PValues(
                atLeast: sums.count { $0 >= observed - 1e-9 },
                atMost: sums.count { $0 <= observed + 1e-9 },
                replicas: orders.count)
        }
    }

    /// The order in which a replica draws `count` values.
    private func order(of count: Int, seed: UInt64, replica: Int) -> [Int] {
        var random = CounterRandom(CounterRandom.Stream(seed: seed, number: 0), replica: replica)
        var order: [Int] = []
        while order.count < count {
            let pick = random.next(below: count)
            if !order.contains(pick) { order.append(pick) }
        }
        return order
    }

    @Test("shared draws are those of the definition, replica for replica")
    func definition() {
        // Ascending values, all different, so that a unit's place is its number; neighbour counts
        // from 1 to all others.
        var generator = SeededGenerator(seed: 12)
        let values = (0..<13).map { Double($0) + generator.unit() }
        var lists = (0..<13).map { unit in
            (0..<13).filter { $0 != unit && ($0 * 7 + unit) % 13 < unit }
        }
        lists[0] = [4, 9]
        lists[1] = (0..<13).filter { $0 != 1 }
        let weights = SpatialWeights(neighbours: lists)
        let orders = (0..<499).map { order(of: 13, seed: 5, replica: $0) }
        #expect(orders.allSatisfy { Set($0).count == 13 })
        let results = run(values, weights, permutations: 499, seed: 5, strategy: .shared)
        for (unit, expected) in naive(values, weights, orders: orders).enumerated() {
            #expect(results[unit] == expected, "unit \(unit)")
        }
    }

    @Test("shared draws of a large map are within Monte Carlo error of draws for each unit")
    func largeMap() throws {
        let weights = SpatialWeights.lattice(columns: 60, rows: 50)
        var generator = SeededGenerator(seed: 31)
        let values = (0..<weights.count).map { _ in generator.unit() * generator.unit() }
        let replicas = 4_999
        let own = run(values, weights, permutations: replicas, seed: 3, strategy: .perUnit)
        let shared = run(values, weights, permutations: replicas, seed: 4, strategy: .shared)
        var worst = 0.0
        for (one, other) in zip(own, shared) {
            let (one, other) = (try #require(one).high, try #require(other).high)
            let chance = (one + other) / 2
            let deviation = (2 * chance * (1 - chance) / Double(replicas)).squareRoot()
            worst = max(worst, abs(one - other) / (deviation + 1 / Double(replicas)))
        }
        // The largest of 3,000 normals is seldom above 4.5.
        #expect(worst < 5)
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
