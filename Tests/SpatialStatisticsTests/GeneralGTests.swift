import SpatialStatistics
import Testing

@Suite struct GeneralGTests {
    @Test(
        "G and its moments agree with spdep",
        arguments: [
            ("afcon-anselin1995", "afcon_anselin1995"), ("columbus-crime", "columbus_crime"),
            ("eire-owncons", "eire_owncons"), ("ncsids74-ft", "ncsids74_ft"),
            ("getisord1996-d30", "getisord1996_d30"), ("getisord1996-d150", "getisord1996_d150"),
        ]
    )
    func spdep(folder: String, dataset: String) throws {
        let reference = try ReferenceCase(folder)
        let summary = try ReferenceTable("global-moran/reference.csv")
        let g = try #require(
            GeneralG.outcome(
                of: reference.table.numbers("value"), weights: reference.weights
            ).value
        )
        let expected = try ["globalG", "globalG_E", "globalG_var", "globalG_z"].map {
            try summary.number($0, where: "dataset", is: dataset)
        }
        let found = [g.statistic, g.expectation, g.varianceUnderRandomisation, g.zScore]
        #expect(firstDisagreement(found, expected) == nil)
    }

    @Test(
        "the moments are those of all orders, with one-way links and an isolate too",
        arguments: [WeightStyle.binary, .rowStandardised]
    )
    func allOrdersAgree(style: WeightStyle) throws {
        let values = [1, 7, 2.5, 0, 11, 3]
        func general(_ values: [Double]) -> GeneralG? {
            GeneralG.outcome(of: values, weights: unevenWeights, style: style).value
        }
        let exact = try momentsOverAllOrders(of: values) { general($0)?.statistic }
        let found = try #require(general(values))
        #expect(agree(exact.mean, found.expectation, within: 1e-12))
        #expect(agree(exact.variance, found.varianceUnderRandomisation, within: 1e-12))
    }

    @Test("values large against their spread lose no digits of the variance")
    func largeMean() throws {
        let lattice = SpatialWeights.lattice(columns: 5, rows: 4)
        let small = (0..<20).map { Double($0 * 13 % 17) }
        // With a mean this large the linear part is all, and it does not change with the mean.
        let scores = try [1e8, 1e9].map { base in
            try #require(
                GeneralG.outcome(of: small.map { $0 + base }, weights: lattice).value
            ).zScore
        }
        #expect(agree(scores[0], scores[1], within: 1e-6))
        #expect(scores[0].isFinite)
    }

    @Test("the pseudo p-value sees large values together, and threads do not change it")
    func permutation() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let results = try [1, 2, 5].map { threads in
            try #require(
                GeneralG.pValues(
                    of: values, weights: reference.weights, permutations: 999, seed: 3,
                    threads: threads
                ).value
            )
        }
        #expect(results[0].high == 1.0 / 1_000)
        #expect(Set(results).count == 1)
    }

    @Test("a pseudo p-value is the share of all orders")
    func exactShare() throws {
        let values = [1, 7, 2.5, 0, 11, 3]
        func statistic(_ values: [Double]) throws -> Double {
            try #require(GeneralG.outcome(of: values, weights: unevenWeights).value).statistic
        }
        let observed = try statistic(values)
        let orders = allOrders(of: 6)
        let reached = try orders.count { order in
            try statistic(order.map { values[$0] }) >= observed - 1e-12
        }
        let p = try #require(
            GeneralG.pValues(
                of: values, weights: unevenWeights, permutations: 20_000, seed: 1
            ).value
        )
        // Four standard errors.
        #expect(abs(p.high - Double(reached) / Double(orders.count)) < 0.015)
    }

    @Test("no units, equal values, no links and a single positive value are told apart")
    func undefined() {
        let lattice = SpatialWeights.lattice(columns: 3, rows: 1)
        let none = SpatialWeights(neighbours: [])
        #expect(GeneralG.outcome(of: [], weights: none) == .noUnits)
        #expect(GeneralG.outcome(of: [2, 2, 2], weights: lattice) == .constantField)
        #expect(GeneralG.outcome(of: [0, 5, 0], weights: lattice) == .notDefined)
        #expect(
            GeneralG.pValues(of: [0, 5, 0], weights: lattice, permutations: 9, seed: 1)
                == .notDefined)
        let loose = SpatialWeights(neighbours: [[], []])
        #expect(GeneralG.outcome(of: [1, 2], weights: loose) == .noLinks)
    }
}
