import SpatialStatistics
import Testing

/// The units above the median of a folder in `References/`.
private struct TwoColours {
    let isBlack: [Bool]
    let weights: SpatialWeights
    /// Black neighbours of black units.
    let joins: [Int]

    init(_ folder: String) throws {
        let table = try ReferenceTable("join-counts/local.csv")
        let rows = zip(
            try table.text("case"), zip(try table.text("black"), try table.text("joins"))
        )
        .filter { $0.0 == folder }
        isBlack = rows.map { $0.1.0 == "1" }
        joins = try rows.map { try #require(Int($0.1.1)) }
        weights = try ReferenceCase(folder).weights
    }
}

@Suite struct JoinCountsTests {
    @Test(
        "counts agree with esda, moments with Cliff and Ord",
        arguments: ReferenceCase.hotspotFolders)
    func reference(folder: String) throws {
        let colours = try TwoColours(folder)
        let table = try ReferenceTable("join-counts/global.csv")
        let found = try #require(
            JoinCounts.outcome(of: colours.isBlack, weights: colours.weights).value)
        for (name, count) in [
            ("bb", found.blackBlack), ("ww", found.whiteWhite), ("bw", found.blackWhite),
        ] {
            for (column, number) in [
                (name, count.observed), ("\(name)_expectation", count.expectation),
                ("\(name)_variance", count.variance),
            ] {
                let expected = try table.number(column, where: "case", is: folder)
                #expect(agree(number, expected), "\(column): \(number), expected \(expected)")
            }
        }
    }

    private let oneWay = SpatialWeights(
        neighbours: [[1, 2], [0], [3, 4, 6], [], [0, 1, 5], [4], [2]])

    /// BB, BW, WW by their definition.
    private func counts(_ black: [Bool], _ weights: SpatialWeights, _ style: WeightStyle)
        -> [Double]
    {
        var counts = [0.0, 0, 0]
        for unit in black.indices {
            let neighbours = weights.neighbours(of: unit)
            let weight = style == .binary ? 1 : 1 / Double(max(1, neighbours.count))
            for other in neighbours {
                counts[black[unit] && black[other] ? 0 : black[unit] || black[other] ? 1 : 2] +=
                    weight / 2
            }
        }
        return counts
    }

    @Test(
        "moments and p-values are those of every way to deal the colours",
        arguments: [1, 2, 3, 5, 6], [WeightStyle.binary, .rowStandardised]
    )
    func enumeration(blackCount: Int, style: WeightStyle) throws {
        let black = (0..<7).map { $0 < blackCount }
        let observed = counts(black, oneWay, style)
        let all = (0..<128).filter { $0.nonzeroBitCount == blackCount }.map { set in
            counts((0..<7).map { set >> $0 & 1 == 1 }, oneWay, style)
        }
        let found = try #require(
            JoinCounts.outcome(of: black, weights: oneWay, style: style).value)
        let p = try #require(
            JoinCounts.pValues(
                of: black, weights: oneWay, style: style, permutations: 19_999, seed: 3
            ).value)
        let kinds = [
            (found.blackBlack, p.blackBlack), (found.blackWhite, p.blackWhite),
            (found.whiteWhite, p.whiteWhite),
        ]
        for (kind, (count, p)) in kinds.enumerated() {
            let values = all.map { $0[kind] }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance =
                values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            #expect(abs(count.observed - observed[kind]) < 1e-12)
            #expect(abs(count.expectation - mean) < 1e-12)
            #expect(abs(count.variance - variance) < 1e-12)
            let high = values.count { $0 >= observed[kind] - 1e-9 }
            let chance = Double(high) / Double(values.count)
            let band = 4.5 * (chance * (1 - chance) / 19_999).squareRoot() + 1e-4
            #expect(abs(p.high - chance) < band)
        }
    }

    @Test("exchanging the colours exchanges the counts and their p-values")
    func colours() throws {
        let colours = try TwoColours("columbus-crime")
        let weights = colours.weights
        let turned = colours.isBlack.map { !$0 }
        let one = try #require(JoinCounts.outcome(of: colours.isBlack, weights: weights).value)
        let other = try #require(JoinCounts.outcome(of: turned, weights: weights).value)
        #expect(one.blackBlack.observed == other.whiteWhite.observed)
        #expect(agree(one.blackBlack.zScore, other.whiteWhite.zScore))
        #expect(agree(one.blackWhite.zScore, other.blackWhite.zScore))
        func p(_ black: [Bool], _ threads: Int) -> JoinCounts.PValues? {
            JoinCounts.pValues(
                of: black, weights: weights, permutations: 999, seed: 2, threads: threads
            ).value
        }
        #expect(p(colours.isBlack, 1)?.blackBlack == p(turned, 1)?.whiteWhite)
        #expect(p(colours.isBlack, 1) == p(colours.isBlack, 5))
        #expect(try #require(p(colours.isBlack, 1)).blackBlack.high < 0.01)
        #expect(try #require(p(colours.isBlack, 1)).blackWhite.low < 0.01)
    }

    @Test("no units, one colour, no links and a single unit of a colour have their outcomes")
    func undefined() throws {
        let lattice = SpatialWeights.lattice(columns: 3, rows: 1)
        #expect(JoinCounts.outcome(of: [], weights: SpatialWeights(neighbours: [])) == .noUnits)
        #expect(JoinCounts.outcome(of: [true, true, true], weights: lattice) == .constantField)
        #expect(
            JoinCounts.outcome(of: [true, false], weights: SpatialWeights(neighbours: [[], []]))
                == .noLinks)
        let lone = try #require(
            JoinCounts.outcome(of: [true, false, false], weights: lattice).value)
        #expect(lone.blackBlack.observed == 0 && lone.blackBlack.zScore.isNaN)
        #expect(lone.blackWhite.observed == 1 && lone.whiteWhite.observed == 1)
        #expect(
            JoinCounts.pValues(of: [true, true, true], weights: lattice, permutations: 9, seed: 1)
                == .constantField)
    }
}

@Suite struct LocalJoinCountTests {
    @Test("the counts agree with esda", arguments: ReferenceCase.hotspotFolders)
    func reference(folder: String) throws {
        let colours = try TwoColours(folder)
        let outcomes = LocalJoinCount.outcomes(of: colours.isBlack, weights: colours.weights)
        for (unit, outcome) in outcomes.enumerated() {
            switch outcome {
            case .isolate: #expect(colours.weights.neighbourCount(of: unit) == 0)
            case .white: #expect(!colours.isBlack[unit])
            case .tested(let test): #expect(test.joins == colours.joins[unit])
            }
        }
    }

    @Test(
        "exact tails are what conditional permutation approaches",
        arguments: [ConditionalPermutation.Strategy.perUnit, .shared]
    )
    func permutation(strategy: ConditionalPermutation.Strategy) throws {
        let colours = try TwoColours("getisord1996-d150")
        let outcomes = LocalJoinCount.outcomes(of: colours.isBlack, weights: colours.weights)
        let p = LocalJoinCount.pValues(
            of: colours.isBlack, weights: colours.weights, permutations: 3_999, seed: 5,
            strategy: strategy)
        for (unit, outcome) in outcomes.enumerated() {
            guard case .tested(let test) = outcome else {
                #expect(p[unit] == nil)
                continue
            }
            let drawn = try #require(p[unit])
            for (found, exact) in [(drawn.high, test.pHigh), (drawn.low, test.pLow)] {
                let variance = exact * (1 - exact) / Double(drawn.replicas)
                #expect(
                    abs(found - exact) < 4.5 * variance.squareRoot() + 5e-4, "unit \(unit)")
            }
        }
    }

    /// Every way to draw the neighbours of `unit`, counted.
    private func exact(_ black: [Bool], _ weights: SpatialWeights, _ unit: Int) -> [Double] {
        let others = black.indices.filter { $0 != unit }
        let k = weights.neighbourCount(of: unit)
        let observed = weights.neighbours(of: unit).count { black[$0] }
        let sums = (0..<(1 << others.count)).filter { $0.nonzeroBitCount == k }.map { set in
            others.indices.count { set >> $0 & 1 == 1 && black[others[$0]] }
        }
        let n = Double(sums.count)
        let mean = Double(sums.reduce(0, +)) / n
        let square = Double(sums.reduce(0) { $0 + $1 * $1 }) / n
        return [
            Double(sums.count { $0 >= observed }) / n, Double(sums.count { $0 <= observed }) / n,
            mean, square - mean * mean,
        ]
    }

    @Test("tails and moments are those of every draw", arguments: 1...9)
    func enumeration(blackCount: Int) {
        // Neighbour counts from 1 to all others.
        var lists = (0..<9).map { unit in (0..<9).filter { $0 != unit && $0 <= unit } }
        lists[0] = [8]
        let weights = SpatialWeights(neighbours: lists)
        let black = (0..<9).map { $0 * 4 % 9 < blackCount }
        for (unit, outcome) in LocalJoinCount.outcomes(of: black, weights: weights).enumerated() {
            guard case .tested(let test) = outcome else { continue }
            let found = [test.pHigh, test.pLow, test.expectation, test.variance]
            for (found, expected) in zip(found, exact(black, weights, unit)) {
                #expect(abs(found - expected) < 1e-12, "unit \(unit)")
            }
        }
    }

    @Test("many neighbours of a large map keep their digits")
    func large() throws {
        // P(at least 3) of 3 neighbours among 9,999 others with 99 black ones.
        var lists = [[Int]](repeating: [0], count: 10_000)
        lists[0] = [1, 2, 3]
        lists[4] = Array(0..<4) + Array(5..<5_001)
        let black = (0..<10_000).map { $0 < 100 }
        let outcomes = LocalJoinCount.outcomes(
            of: black, weights: SpatialWeights(neighbours: lists))
        guard case .tested(let few) = outcomes[0], case .tested(let many) = outcomes[4] else {
            Issue.record("not tested")
            return
        }
        let expected = 99.0 * 98 * 97 / (9_999.0 * 9_998 * 9_997)
        #expect(agree(few.pHigh, expected))
        // All 99 in 5,000 of 9,999: the product of (5,000 - i)/(9,999 - i).
        let all = (0..<99).reduce(1.0) { $0 * Double(5_000 - $1) / Double(9_999 - $1) }
        #expect(many.joins == 99)
        #expect(agree(many.pHigh, all))
        #expect(many.pLow == 1)
    }

    @Test("isolates, white units, a single black one and a black map have outcomes of their own")
    func degenerate() throws {
        let weights = SpatialWeights(neighbours: [[1], [0, 2], [1], []])
        func p(_ black: [Bool]) -> [Double?] {
            LocalJoinCount.outcomes(of: black, weights: weights).map { outcome in
                if case .tested(let test) = outcome { test.pHigh } else { nil }
            }
        }
        let outcomes = LocalJoinCount.outcomes(of: [false, true, false, true], weights: weights)
        #expect(outcomes[0] == .white)
        #expect(outcomes[3] == .isolate)
        #expect(p([false, true, false, false]) == [nil, 1, nil, nil])
        #expect(p([true, true, true, true]) == [1, 1, 1, nil])
        #expect(p([true, true, false, false]) == [1.0 / 3, 2.0 / 3, nil, nil])
        #expect(LocalJoinCount.outcomes(of: [], weights: SpatialWeights(neighbours: [])).isEmpty)
    }

    @Test("black at random: the false-positive rate is the size of the discrete test, below 5 %")
    func calibration() {
        let seed: UInt64 = 12
        var generator = SeededGenerator(seed: seed)
        let weights = SpatialWeights.lattice(columns: 18, rows: 18)
        var black = (tests: 0, rejected: 0, expected: 0.0)
        for _ in 0..<600 {
            let colours = (0..<324).map { _ in generator.unit() < 0.2 }
            for case .tested(let test) in LocalJoinCount.outcomes(of: colours, weights: weights) {
                black.tests += 1
                black.expected += test.size(at: 0.05)
                if test.pHigh <= 0.05 { black.rejected += 1 }
            }
        }
        let rate = Double(black.rejected) / Double(black.tests)
        let size = black.expected / Double(black.tests)
        print("local join count, seed \(seed): \(rate), size of the test \(size)")
        #expect(abs(rate - size) < 0.005, "seed \(seed)")
        #expect(size > 0.005 && size <= 0.05)
    }
}
