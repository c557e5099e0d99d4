import SpatialStatistics
import Testing

@Suite struct LocalGearyTests {
    private typealias PValues = ConditionalPermutation.PValues

    private func run(
        _ values: [Double],
        _ weights: SpatialWeights,
        permutations: Int = 999,
        seed: UInt64 = 1,
        threads: Int? = nil
    ) -> [PValues?] {
        LocalGeary.pValues(
            of: values,
            weights: weights,
            permutations: permutations,
            seed: seed,
            threads: threads
        )
    }

    @Test("the statistic agrees with esda", arguments: ReferenceCase.hotspotFolders)
    func statistic(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("local-geary/reference.csv")
        let cases = try table.text("case")
        let expected = try zip(cases, table.numbers("local_geary"))
            .filter { $0.0 == folder }.map(\.1)
        let found = LocalGeary.results(
            of: try reference.table.numbers("value"),
            weights: reference.weights
        )
        #expect(firstDisagreement(found.map { $0?.statistic ?? .nan }, expected) == nil)
    }

    @Test("the statistics add up to Geary's C", arguments: ReferenceCase.hotspotFolders)
    func sum(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let values = try reference.table.numbers("value")
        let n = Double(values.count)
        for (style, s0) in [
            (WeightStyle.binary, Double(reference.weights.linkCount)),
            (.rowStandardised, n - Double(reference.weights.isolates.count)),
        ] {
            let local = LocalGeary.results(of: values, weights: reference.weights, style: style)
            let whole = GearysC.outcome(of: values, weights: reference.weights, style: style)
            let sum = local.reduce(0) { $0 + ($1?.statistic ?? 0) }
            let expected = try #require(whole.value).statistic
            #expect(agree(sum * (n - 1) / (2 * s0 * n), expected))
        }
    }

    @Test(
        "p-values lie in the bands of the draws of esda",
        arguments: ["afcon-anselin1995", "columbus-crime"]
    )
    func reference(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("local-geary/\(folder)-permutation.csv")
        let results = run(
            try reference.table.numbers("value"),
            reference.weights,
            permutations: 49_999
        )
        for (column, found) in [("p_high", results.map(\.?.high)), ("p_low", results.map(\.?.low))]
        {
            for (row, (expected, p)) in zip(try table.numbers(column), found).enumerated() {
                let p = try #require(p)
                let variance = expected * (1 - expected) * (1 / 49_999.0 + 1 / 99_999.0)
                #expect(abs(p - expected) < 4.5 * variance.squareRoot() + 4e-5, "row \(row)")
            }
        }
    }

    /// Every way to draw k of the others: p-values, mean and variance.
    private func exact(
        _ values: [Double],
        _ weights: SpatialWeights,
        _ unit: Int
    ) -> (high: Double, low: Double, mean: Double, variance: Double) {
        let others = values.indices.filter { $0 != unit }
        let k = weights.neighbourCount(of: unit)
        func square(_ other: Int) -> Double {
            (values[unit] - values[other]) * (values[unit] - values[other])
        }
        let observed = weights.neighbours(of: unit).reduce(0) { $0 + square($1) }
        var sums: [Double] = []
        for subset in 0..<(1 << others.count) where subset.nonzeroBitCount == k {
            sums.append(
                others.indices.reduce(0) { $0 + (subset >> $1 & 1 == 1 ? square(others[$1]) : 0) }
            )
        }
        let n = Double(sums.count)
        let mean = sums.reduce(0, +) / n
        return (
            Double(sums.count { $0 >= observed - 1e-9 }) / n,
            Double(sums.count { $0 <= observed + 1e-9 }) / n,
            mean,
            sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
        )
    }

    /// Neighbour counts from 1 to all others, an outlier, and ties.
    private let values = [0.0, 1, 1, 2, 3, 3, 5, 8, 40, 3, 1]
    private var weights: SpatialWeights {
        var lists = (0..<11).map { unit in (0..<11).filter { $0 != unit && $0 <= unit } }
        lists[0] = [8]
        return SpatialWeights(neighbours: lists)
    }

    @Test("on a small map p-values and moments are those of counting every draw")
    func enumeration() throws {
        let results = run(values, weights, permutations: 40_000)
        let moments = LocalGeary.results(of: values, weights: weights, style: .binary)
        let mean = values.reduce(0, +) / 11
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
        for (unit, p) in results.enumerated() {
            let p = try #require(p)
            let all = exact(values, weights, unit)
            #expect(p.replicas == 40_000)
            for (found, chance) in [(p.high, all.high), (p.low, all.low)] {
                let deviation = (chance * (1 - chance) / 40_000).squareRoot()
                #expect(abs(found - chance) < 4.5 * deviation + 5e-5, "unit \(unit)")
            }
            let result = try #require(moments[unit])
            #expect(agree(result.expectation, all.mean / variance), "unit \(unit)")
            #expect(
                abs(result.variance - all.variance / variance / variance)
                    < 1e-9 * (1 + result.variance), "unit \(unit)")
        }
        // All others are neighbours of the last unit: nothing is left to chance.
        #expect(results[10]?.high == 1 && results[10]?.low == 1)
        #expect(moments[10]?.zScore.isNaN == true)
    }

    @Test("neither the number of threads nor the order of the rows leaves a trace")
    func reproducible() {
        var generator = SeededGenerator(seed: 9)
        let values = (0..<100).map { _ in generator.unit() }
        let weights = SpatialWeights.lattice(columns: 10, rows: 10)
        let one = run(values, weights, seed: 7, threads: 1)
        for threads in [2, 3, 16] {
            #expect(run(values, weights, seed: 7, threads: threads) == one)
        }
        let order = Array(0..<100).shuffled(using: &generator)
        let moved = run(relabelled(values, order), weights.relabelled(order), seed: 7)
        #expect(moved == relabelled(one, order))
        #expect(run(values, weights, seed: 8) != one)
    }

    @Test("another unit of measurement, and a sign, change nothing")
    func scale() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let plain = run(values, reference.weights)
        #expect(run(values.map { $0 * 0.001 }, reference.weights) == plain)
        #expect(run(values.map { $0 + 50 }, reference.weights) == plain)
        let one = LocalGeary.results(of: values, weights: reference.weights)
        let other = LocalGeary.results(of: values.map { -7 * $0 }, weights: reference.weights)
        let (c, d) = (one.compactMap { $0?.statistic }, other.compactMap { $0?.statistic })
        #expect(firstDisagreement(c, d) == nil)
    }

    @Test("a heap of alike units is found, and named by its level")
    func planted() throws {
        let weights = SpatialWeights.lattice(columns: 12, rows: 12)
        var generator = SeededGenerator(seed: 5)
        var values = (0..<144).map { _ in generator.unit() }
        for row in 0..<4 {
            for column in 0..<4 {
                values[row * 12 + column] = 0.97 + 0.01 * generator.unit()
                values[(11 - row) * 12 + 11 - column] = 0.01 * generator.unit()
            }
        }
        values[6 * 12 + 6] = 100
        let results = LocalGeary.results(of: values, weights: weights)
        let p = run(values, weights, permutations: 1_999)
        #expect(try #require(p[13]).low < 0.005)
        #expect(try #require(p[130]).low < 0.005)
        #expect(results[78]?.association == .negative)
        // The value of 100 lifts the mean over everything else.
        #expect(results[13]?.association == .lowLow)
        values[6 * 12 + 6] = 0.5
        let plain = LocalGeary.results(of: values, weights: weights)
        #expect(plain[13]?.association == .highHigh)
        #expect(plain[130]?.association == .lowLow)
        #expect(try #require(plain[13]).zScore < 0)
    }

    @Test("isolates, equal values, two units and no units have outcomes of their own")
    func degenerate() {
        let weights = SpatialWeights(neighbours: [[1], [0, 2], [1], []])
        let some = run([1, 2, 3, 4], weights)
        #expect(some.map { $0 == nil } == [false, false, false, true])
        let results = LocalGeary.results(of: [1, 2, 3, 4], weights: weights)
        #expect(results.map { $0 == nil } == [false, false, false, true])
        let constant = run([0.1, 0.1, 0.1, 0.1], weights)
        #expect(constant.map(\.?.twoSided) == [1, 1, 1, nil])
        #expect(
            LocalGeary.results(of: [0.1, 0.1, 0.1, 0.1], weights: weights)
                .allSatisfy { $0 == nil })
        let pair = SpatialWeights(neighbours: [[1], [0]])
        #expect(run([1, 2], pair).map(\.?.twoSided) == [1, 1])
        #expect(LocalGeary.results(of: [1, 2], weights: pair)[0]?.zScore.isNaN == true)
        #expect(run([], SpatialWeights(neighbours: [])).isEmpty)
        #expect(LocalGeary.results(of: [], weights: SpatialWeights(neighbours: [])).isEmpty)
    }

    @Test("constant risk: 5 % of the units are significant at 5 %")
    func calibration() {
        let seed: UInt64 = 20
        var generator = SeededGenerator(seed: seed)
        let weights = SpatialWeights.lattice(columns: 18, rows: 18)
        let population = (0..<324).map { _ in 200 + Double(generator.next() % 1_800) }
        var rejected = (all: 0, alike: 0)
        let maps = 200
        for map in 0..<maps {
            // Cases by the normal limit of the binomial: many maps in little time.
            let cases = population.map { people in
                let noise = (0..<12).reduce(-6.0) { sum, _ in sum + generator.unit() }
                return max(
                    0, (people * 0.09 + (people * 0.09 * 0.91).squareRoot() * noise).rounded())
            }
            guard let rates = AssuncaoReis(cases: cases, population: population) else { continue }
            for case let p? in run(rates.zScores, weights, permutations: 199, seed: UInt64(map)) {
                if p.twoSided <= 0.05 { rejected.all += 1 }
                if p.low <= 0.05 { rejected.alike += 1 }
            }
        }
        let tests = Double(maps * 324)
        print(
            "local Geary, seed \(seed): \(Double(rejected.all) / tests) two-sided,",
            "\(Double(rejected.alike) / tests) alike")
        #expect(abs(Double(rejected.all) / tests - 0.05) < 0.005, "seed \(seed)")
        #expect(abs(Double(rejected.alike) / tests - 0.05) < 0.005, "seed \(seed)")
    }
}
