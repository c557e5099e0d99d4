import SpatialStatistics
import Testing

/// Two columns of a sibling folder.
private struct TwoVariables {
    let x: [Double]
    let y: [Double]
    let weights: SpatialWeights

    init(_ folder: String) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("bivariate-moran/global.csv")
        let row = try #require(try table.text("case").firstIndex(of: folder))
        x = try reference.table.numbers(table.text("x")[row])
        y = try reference.table.numbers(table.text("y")[row])
        weights = reference.weights
    }

    static let folders = ["columbus-crime", "ncsids74-ft", "eb-auckland", "eb-stl-hc8893"]
}

@Suite struct BivariateMoranTests {
    @Test("I agrees with esda, its variance with dealing", arguments: TwoVariables.folders)
    func reference(folder: String) throws {
        let variables = try TwoVariables(folder)
        let table = try ReferenceTable("bivariate-moran/global.csv")
        let found = try #require(
            BivariateMoran.outcome(
                of: variables.x, and: variables.y, weights: variables.weights
            ).value
        )
        let expected = try table.number("moran_bv", where: "case", is: folder)
        #expect(agree(found.statistic, expected))
        let variance = try table.number("variance_4000_dealings", where: "case", is: folder)
        #expect(abs(found.variance / variance - 1) < 0.1)
    }

    @Test(
        "the variance is that of all orders of y",
        arguments: [WeightStyle.binary, .rowStandardised])
    func enumeration(style: WeightStyle) throws {
        let weights = SpatialWeights(neighbours: [[1, 2], [0], [3, 4], [], [0, 1, 5], [4]])
        let x = [1.0, 4, 2, 8, 5, 7]
        let y = [3.0, 1, 4, 1, 5, 9]
        func statistic(_ y: [Double]) throws -> BivariateMoran {
            try #require(
                BivariateMoran.outcome(of: x, and: y, weights: weights, style: style).value)
        }
        let all = try allOrders(of: 6).map { order in
            try statistic(order.map { y[$0] }).statistic
        }
        let mean = all.reduce(0, +) / Double(all.count)
        let variance =
            all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
        #expect(abs(mean) < 1e-12)
        #expect(agree(try statistic(y).variance, variance))
    }

    @Test("of a variable and itself it is Moran's I")
    func univariate() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let two = BivariateMoran.outcome(of: values, and: values, weights: reference.weights)
        let one = try #require(MoransI(of: values, weights: reference.weights))
        #expect(agree(try #require(two.value).statistic, one.statistic))
    }

    @Test("p-values follow the z-score, whatever the number of threads")
    func pValues() throws {
        let variables = try TwoVariables("ncsids74-ft")
        func run(_ threads: Int) -> ConditionalPermutation.PValues? {
            BivariateMoran.pValues(
                of: variables.x, and: variables.y, weights: variables.weights,
                permutations: 1_999, seed: 4, threads: threads
            ).value
        }
        let p = try #require(run(1))
        #expect(p.high < 0.01 && p.low > 0.99)
        #expect(run(3) == p)
        let turned = BivariateMoran.pValues(
            of: variables.x.map { -$0 }, and: variables.y, weights: variables.weights,
            permutations: 1_999, seed: 4)
        #expect(turned.value?.low == p.high)
    }

    @Test("no units, a constant and no links are told apart")
    func undefined() {
        func outcome(_ x: [Double], _ y: [Double], _ lists: [[Int]]) -> GlobalOutcome<
            BivariateMoran
        > {
            BivariateMoran.outcome(of: x, and: y, weights: SpatialWeights(neighbours: lists))
        }
        #expect(outcome([], [], []) == .noUnits)
        #expect(outcome([1, 2], [3, 3], [[1], [0]]) == .constantField)
        #expect(outcome([0.1, 0.1], [3, 4], [[1], [0]]) == .constantField)
        #expect(outcome([1, 2], [3, 4], [[], []]) == .noLinks)
    }
}

@Suite struct BivariateLocalMoranTests {
    private func run(
        _ x: [Double],
        _ y: [Double],
        _ weights: SpatialWeights,
        permutations: Int = 999,
        seed: UInt64 = 1,
        strategy: ConditionalPermutation.Strategy = .automatic,
        threads: Int? = nil
    ) -> [ConditionalPermutation.PValues?] {
        BivariateLocalMoran.pValues(
            of: x, and: y, weights: weights, permutations: permutations, seed: seed,
            strategy: strategy, threads: threads)
    }

    @Test("statistic and quadrant agree with esda", arguments: TwoVariables.folders)
    func reference(folder: String) throws {
        let variables = try TwoVariables(folder)
        let table = try ReferenceTable("bivariate-moran/local.csv")
        let rows = try table.text("case").indices.filter { try table.text("case")[$0] == folder }
        let found = BivariateLocalMoran.results(
            of: variables.x, and: variables.y, weights: variables.weights)
        let n = Double(found.count)
        let expected = try table.numbers("local_moran_bv")
        #expect(
            firstDisagreement(
                found.map { ($0?.statistic ?? .nan) * (n - 1) / n },
                rows.map { expected[$0] }
            ) == nil)
        let quadrants: [LocalMoran.Quadrant] = [.highHigh, .lowHigh, .lowLow, .highLow]
        let numbers = try table.numbers("quadrant")
        #expect(found.map(\.?.quadrant) == rows.map { quadrants[Int(numbers[$0]) - 1] })
    }

    @Test(
        "p-values lie in the bands of the draws of esda",
        arguments: ["afcon-anselin1995", "columbus-crime"],
        [ConditionalPermutation.Strategy.perUnit, .shared]
    )
    func bands(folder: String, strategy: ConditionalPermutation.Strategy) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("bivariate-moran/\(folder)-permutation.csv")
        let results = run(
            try reference.table.numbers("value"),
            try reference.table.numbers("x"),
            reference.weights,
            permutations: 9_999,
            strategy: strategy
        )
        let (high, low) = (try table.numbers("p_high"), try table.numbers("p_low"))
        for (row, p) in results.enumerated() {
            let p = try #require(p)
            for (found, expected) in [(p.high, high[row]), (p.low, low[row])] {
                let variance =
                    expected * (1 - expected) * (1 / Double(p.replicas) + 1 / 99_999.0)
                #expect(abs(found - expected) < 4.5 * variance.squareRoot() + 2e-4, "row \(row)")
            }
        }
    }

    @Test("of a variable and itself it is the local Moran, moments and all")
    func univariate() throws {
        let reference = try ReferenceCase("eire-owncons")
        let values = try reference.table.numbers("value")
        for style in [WeightStyle.binary, .rowStandardised] {
            let two = BivariateLocalMoran.results(
                of: values, and: values, weights: reference.weights, style: style)
            let one = LocalMoran.results(of: values, weights: reference.weights, style: style)
            for (two, one) in zip(two, one) {
                let (two, one) = (try #require(two), try #require(one))
                #expect(agree(two.statistic, one.statistic))
                #expect(agree(two.expectation, one.expectation))
                #expect(agree(two.variance, one.variance))
                #expect(two.quadrant == one.quadrant)
            }
        }
    }

    @Test("neither the number of threads nor the order of the rows leaves a trace")
    func reproducible() {
        var generator = SeededGenerator(seed: 9)
        let x = (0..<100).map { _ in generator.unit() }
        let y = (0..<100).map { _ in generator.unit() }
        let weights = SpatialWeights.lattice(columns: 10, rows: 10)
        let order = Array(0..<100).shuffled(using: &generator)
        for strategy in [ConditionalPermutation.Strategy.perUnit, .shared] {
            let one = run(x, y, weights, strategy: strategy, threads: 1)
            #expect(run(x, y, weights, strategy: strategy, threads: 3) == one)
            let moved = run(
                relabelled(x, order), relabelled(y, order), weights.relabelled(order),
                strategy: strategy)
            #expect(moved == relabelled(one, order))
        }
    }

    @Test("isolates, a constant variable and x at its mean have outcomes of their own")
    func degenerate() {
        let weights = SpatialWeights(neighbours: [[1], [0, 2], [1], []])
        let x = [1.0, 2, 3, 2]
        let y = [5.0, 1, 2, 7]
        #expect(run(x, y, weights).map { $0 == nil } == [false, false, false, true])
        #expect(run(x, y, weights)[1]?.twoSided == 1)
        #expect(run([2, 2, 2, 2], y, weights).map(\.?.twoSided) == [1, 1, 1, nil])
        #expect(run(x, [2, 2, 2, 2], weights).map(\.?.twoSided) == [1, 1, 1, nil])
        let results = BivariateLocalMoran.results(of: x, and: y, weights: weights)
        #expect(results.map { $0 == nil } == [false, false, false, true])
        #expect(results[1]?.zScore.isNaN == true)
        let constant = BivariateLocalMoran.results(of: x, and: [2, 2, 2, 2], weights: weights)
        #expect(constant.allSatisfy { $0 == nil })
    }

    @Test("unrelated variables: 5 % of the units are significant at 5 %")
    func calibration() {
        let seed: UInt64 = 31
        var generator = SeededGenerator(seed: seed)
        let weights = SpatialWeights.lattice(columns: 18, rows: 18)
        var rejected = 0
        let maps = 100
        for map in 0..<maps {
            let x = (0..<324).map { _ in generator.unit() * generator.unit() }
            let y = (0..<324).map { _ in generator.unit() }
            // Many shared draws, since the 2.5 % a unit itself is in are left out.
            let p = run(
                x, y, weights, permutations: 1_999, seed: UInt64(map), strategy: .shared)
            rejected += p.count { ($0?.twoSided ?? 1) <= 0.05 }
        }
        let rate = Double(rejected) / Double(maps * 324)
        print("bivariate local Moran, seed \(seed): \(rate)")
        #expect(abs(rate - 0.05) < 0.005, "seed \(seed)")
    }
}
