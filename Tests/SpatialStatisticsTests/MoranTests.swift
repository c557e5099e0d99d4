import SpatialStatistics
import Testing

@Suite struct MoransITests {
    @Test(
        "I and its moments agree with spdep",
        arguments: [
            ("afcon-anselin1995", "afcon_anselin1995"), ("columbus-crime", "columbus_crime"),
            ("eire-owncons", "eire_owncons"), ("ncsids74-ft", "ncsids74_ft"),
            ("getisord1996-d30", "getisord1996_d30"), ("getisord1996-d150", "getisord1996_d150"),
        ]
    )
    func spdep(folder: String, dataset: String) throws {
        let reference = try ReferenceCase(folder)
        let summary = try ReferenceTable("global-moran/reference.csv")
        let moran = try #require(
            MoransI(of: reference.table.numbers("value"), weights: reference.weights)
        )
        func expected(_ column: String) throws -> Double {
            try summary.number(column, where: "dataset", is: dataset)
        }
        #expect(agree(moran.statistic, try expected("moran_I")))
        #expect(agree(moran.expectation, try expected("moran_E")))
        #expect(agree(moran.varianceUnderRandomisation, try expected("moran_var_rand")))
        #expect(agree(moran.varianceUnderNormality, try expected("moran_var_norm")))
        #expect(agree(moran.zScoreUnderRandomisation, try expected("moran_z_rand")))
        #expect(agree(moran.zScoreUnderNormality, try expected("moran_z_norm")))
        #expect(Double(reference.weights.linkCount) == (try expected("links")))
    }

    @Test(
        "a map with an isolate, or with one-way links, agrees with spdep",
        .enabled(
            if: SharedCases.hotspotFolder != nil,
            "needs shared/cases/hotspot beside the checkout, which may not be committed"
        ),
        arguments: ["queen", "knn8", "dist5km", "dist8km"]
    )
    func sharedMap(kind: String) throws {
        let dataset = "probolinggo_idm2024_\(kind)"
        let table = try ReferenceTable(text: SharedCases.text("\(dataset)_ref.csv"))
        let summary = try ReferenceTable(text: SharedCases.text("summary_spdep.csv"))
        let weights = try GALFormat.read(SharedCases.text("\(dataset).gal")).weights
        let moran = try #require(MoransI(of: table.numbers("value"), weights: weights))
        let expected = try ["moran_I", "moran_E", "moran_var_rand", "moran_var_norm"].map {
            try summary.number($0, where: "dataset", is: dataset)
        }
        let found = [
            moran.statistic, moran.expectation, moran.varianceUnderRandomisation,
            moran.varianceUnderNormality,
        ]
        #expect(firstDisagreement(found, expected) == nil)
    }

    /// All orders of 0..<`count`.
    private func orders(_ count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return orders(count - 1).flatMap { order in
            (0..<count).map { place in
                var longer = order
                longer.insert(count - 1, at: place)
                return longer
            }
        }
    }

    @Test(
        "the permutation p of the map is that of counting all orders",
        arguments: [WeightStyle.binary, .rowStandardised]
    )
    func globalEnumeration(style: WeightStyle) throws {
        // Seven units with an isolate, one-way links and two equal values.
        let weights = SpatialWeights(
            neighbours: [[1], [0, 2], [1, 3, 4], [2, 4], [3], [0, 1], []])
        let values = [9.0, 7, 7, 1, 0, 3, 4]
        let observed = try #require(MoransI(of: values, weights: weights, style: style))
        let all = try orders(7).map { order in
            try #require(
                MoransI(of: order.map { values[$0] }, weights: weights, style: style)
            ).statistic
        }
        let high = Double(all.count { $0 >= observed.statistic - 1e-9 }) / Double(all.count)
        let low = Double(all.count { $0 <= observed.statistic + 1e-9 }) / Double(all.count)
        let replicas = 39_999
        let found = try #require(
            MoransI.pValues(
                of: values, weights: weights, style: style, permutations: replicas, seed: 11
            ).value)
        for (found, chance) in [(found.high, high), (found.low, low)] {
            let deviation = (chance * (1 - chance) / Double(replicas)).squareRoot()
            #expect(abs(found - chance) < 4.5 * deviation + 1 / Double(replicas))
        }
    }

    @Test("neither threads nor the order of the units change a permutation p of the map")
    func globalOrder() {
        var generator = SeededGenerator(seed: 77)
        let weights = SpatialWeights.lattice(columns: 6, rows: 5)
        let values = (0..<30).map { _ in generator.unit() }
        let order = Array(0..<30).shuffled(using: &generator)
        let moved = relabelled(values, order)
        let renamed = weights.relabelled(order)
        func all(
            _ values: [Double],
            _ weights: SpatialWeights,
            threads: Int
        ) -> [ConditionalPermutation.PValues?] {
            [
                MoransI.pValues(
                    of: values, weights: weights, permutations: 999, seed: 3, threads: threads
                ).value,
                GearysC.pValues(
                    of: values, weights: weights, permutations: 999, seed: 3, threads: threads
                ).value,
                GeneralG.pValues(
                    of: values, weights: weights, permutations: 999, seed: 3, threads: threads
                ).value,
            ]
        }
        let plain = all(values, weights, threads: 1)
        #expect(plain.allSatisfy { $0 != nil })
        #expect(all(moved, renamed, threads: 2) == plain)
    }

    @Test("equal values, or no links, have no I")
    func undefined() {
        let lattice = SpatialWeights.lattice(columns: 3, rows: 3)
        #expect(
            MoransI.pValues(
                of: [Double](repeating: 0.1, count: 9), weights: lattice, permutations: 9, seed: 1)
                == .constantField)
        #expect(MoransI(of: [Double](repeating: 0.1, count: 9), weights: lattice) == nil)
        #expect(MoransI(of: [1, 2], weights: SpatialWeights(neighbours: [[], []])) == nil)
    }

    @Test("a chessboard is as negative as rook neighbours allow")
    func chessboard() throws {
        let ring = SpatialWeights(neighbours: (0..<8).map { [($0 + 1) % 8, ($0 + 7) % 8] })
        let moran = try #require(MoransI(of: (0..<8).map { Double($0 % 2) }, weights: ring))
        #expect(agree(moran.statistic, -1))
    }
}

@Suite struct LocalMoranTests {
    private func check(_ table: ReferenceTable, _ weights: SpatialWeights) throws {
        let results = try LocalMoran.results(of: table.numbers("value"), weights: weights)
        // spdep writes 0 for an isolate where this project has no result.
        let tested = results.indices.filter { results[$0] != nil }
        let found = results.compactMap { $0 }
        func expected(_ column: String) throws -> [Double] {
            let all = try table.numbers(column)
            return tested.map { all[$0] }
        }
        #expect(firstDisagreement(found.map(\.statistic), try expected("Ii")) == nil)
        #expect(firstDisagreement(found.map(\.expectation), try expected("EIi_cond")) == nil)
        #expect(firstDisagreement(found.map(\.variance), try expected("VarIi_cond")) == nil)
        #expect(firstDisagreement(found.map(\.zScore), try expected("zIi_cond")) == nil)
        let names: [LocalMoran.Quadrant: String] = [
            .highHigh: "HH", .lowLow: "LL", .highLow: "HL", .lowHigh: "LH",
        ]
        let quadrants = try table.text("quadrant")
        #expect(found.map { names[$0.quadrant, default: ""] } == tested.map { quadrants[$0] })
    }

    @Test("I, its moments and quadrants agree with spdep", arguments: ReferenceCase.hotspotFolders)
    func spdep(folder: String) throws {
        let reference = try ReferenceCase(folder)
        try check(reference.table, reference.weights)
    }

    @Test(
        "a map with an isolate agrees with spdep",
        .enabled(
            if: SharedCases.hotspotFolder != nil,
            "needs shared/cases/hotspot beside the checkout, which may not be committed"
        ),
        arguments: ["queen", "knn8", "dist5km", "dist8km"]
    )
    func sharedMap(kind: String) throws {
        let name = "probolinggo_idm2024_\(kind)"
        let weights = try GALFormat.read(SharedCases.text("\(name).gal")).weights
        try check(ReferenceTable(text: SharedCases.text("\(name)_ref.csv")), weights)
    }

    @Test("local values add up to the global one")
    func sum() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        let local = LocalMoran.results(of: values, weights: reference.weights)
            .reduce(0) { $0 + ($1?.statistic ?? 0) }
        let global = try #require(MoransI(of: values, weights: reference.weights))
        #expect(agree(local / Double(values.count), global.statistic))
    }

    @Test("an isolate and a constant field have no result")
    func undefined() {
        let weights = SpatialWeights(neighbours: [[1], [0, 2], [1], []])
        let results = LocalMoran.results(of: [1, 2, 3, 4], weights: weights)
        #expect(results.map { $0 == nil } == [false, false, false, true])
        #expect(LocalMoran.results(of: [3, 3, 3, 3], weights: weights).allSatisfy { $0 == nil })
    }
}
