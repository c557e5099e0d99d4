import SpatialStatistics
import Testing

/// All orders of 0..<`count`.
func allOrders(of count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return allOrders(of: count - 1).flatMap { order in
        (0..<count).map { place in
            var longer = order
            longer.insert(count - 1, at: place)
            return longer
        }
    }
}

/// The mean and the variance of `statistic` over all orders of `values`.
func momentsOverAllOrders(
    of values: [Double],
    _ statistic: ([Double]) -> Double?
) throws -> (mean: Double, variance: Double) {
    let found = try allOrders(of: values.count).map { order in
        try #require(statistic(order.map { values[$0] }))
    }
    let mean = found.reduce(0, +) / Double(found.count)
    let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(found.count)
    return (mean, variance)
}

/// Six units with one-way links and an isolate.
let unevenWeights = SpatialWeights(neighbours: [[1, 2, 3], [0], [], [4], [1, 3], []])

@Suite struct GearysCTests {
    @Test("C and its moments agree with esda", arguments: ReferenceCase.hotspotFolders)
    func esda(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let table = try ReferenceTable("global-geary/reference.csv")
        let styles: [(String, WeightStyle)] = [
            ("row-standardised", .rowStandardised), ("binary", .binary),
        ]
        for (name, style) in styles {
            let rows = zip(try table.text("dataset"), try table.text("style"))
            let row = try #require(Array(rows).firstIndex { $0 == (folder, name) })
            let geary = try #require(
                GearysC.outcome(
                    of: reference.table.numbers("value"), weights: reference.weights, style: style
                ).value
            )
            let found = [
                geary.statistic, geary.varianceUnderNormality, geary.zScoreUnderNormality,
                geary.varianceUnderRandomisation, geary.zScoreUnderRandomisation,
            ]
            let expected = try [
                "geary_C", "geary_var_norm", "geary_z_norm", "geary_var_rand", "geary_z_rand",
            ].map { try table.numbers($0)[row] }
            #expect(firstDisagreement(found, expected) == nil)
        }
    }

    @Test(
        "the moments are those of all orders, with one-way links and an isolate too",
        arguments: [WeightStyle.binary, .rowStandardised]
    )
    func allOrdersAgree(style: WeightStyle) throws {
        let values = [1, 7, 2.5, 0, 11, 3]
        func geary(_ values: [Double]) -> GearysC? {
            GearysC.outcome(of: values, weights: unevenWeights, style: style).value
        }
        let exact = try momentsOverAllOrders(of: values) { geary($0)?.statistic }
        let found = try #require(geary(values))
        #expect(agree(exact.mean, found.expectation, within: 1e-12))
        #expect(agree(exact.variance, found.varianceUnderRandomisation, within: 1e-12))
    }

    @Test("the pseudo p-value is near the normal one, and both say neighbours are alike")
    func permutation() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let p = try #require(
            GearysC.pValues(
                of: values, weights: reference.weights, permutations: 1_999, seed: 3
            ).value
        )
        #expect(p.low == 1.0 / 2_000)
        #expect(p.twoSided == 2.0 / 2_000)
        let shuffled = relabelled(values, Array((0..<values.count).reversed()).shifted(by: 17))
        let chance = try #require(
            GearysC.pValues(
                of: shuffled, weights: reference.weights, permutations: 1_999, seed: 3
            ).value
        )
        #expect(chance.twoSided > 0.05)
    }

    @Test("threads do not change a p-value, and ties count on both sides")
    func threads() throws {
        let lattice = SpatialWeights.lattice(columns: 4, rows: 4)
        let values = (0..<16).map { Double($0 * $0 % 7) }
        let results = [1, 2, 5].map {
            GearysC.pValues(
                of: values, weights: lattice, permutations: 301, seed: 9, threads: $0
            ).value
        }
        #expect(Set(results).count == 1)
        // Every two of three units are neighbours: all orders give the same C.
        let triangle = SpatialWeights.lattice(columns: 3, rows: 1).linking([(0, 2)])
        let tied = GearysC.pValues(
            of: [0.1, 0.2, 0.7], weights: triangle, permutations: 99, seed: 1)
        #expect(tied.value?.high == 1 && tied.value?.low == 1)
    }

    @Test("no units, equal values and no links are told apart")
    func undefined() {
        let lattice = SpatialWeights.lattice(columns: 3, rows: 3)
        let none = SpatialWeights(neighbours: [])
        let loose = SpatialWeights(neighbours: [[], []])
        #expect(GearysC.outcome(of: [], weights: none) == .noUnits)
        #expect(
            GearysC.outcome(of: [Double](repeating: 0.1, count: 9), weights: lattice)
                == .constantField)
        #expect(GearysC.outcome(of: [1, 2], weights: loose) == .noLinks)
        #expect(
            GearysC.pValues(of: [1, 2], weights: loose, permutations: 9, seed: 1) == .noLinks)
    }

    @Test("shift and scale leave C alone")
    func invariance() throws {
        let reference = try ReferenceCase("eire-owncons")
        let values = try reference.table.numbers("value")
        let one = GearysC.outcome(of: values, weights: reference.weights).value?.statistic
        let other = GearysC.outcome(of: values.map { 900 - 3 * $0 }, weights: reference.weights)
            .value?.statistic
        #expect(agree(try #require(one), try #require(other)))
    }
}

extension Array {
    fileprivate func shifted(by count: Int) -> [Element] { Array(self[count...] + self[..<count]) }
}
