import SpatialStatistics
import Testing

@Suite struct GetisOrdTests {
    @Test("Gi and Gi* agree with spdep", arguments: ReferenceCase.hotspotFolders)
    func spdep(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let values = try reference.table.numbers("value")
        for (statistic, style, column) in [
            (GetisOrd.Statistic.gi, WeightStyle.binary, "Gi_z_B"),
            (.giStar, .binary, "GiStar_z_B"),
            (.gi, .rowStandardised, "Gi_z_W"),
            (.giStar, .rowStandardised, "GiStar_z_W"),
        ] {
            let found = GetisOrd.zScores(
                of: values,
                weights: reference.weights,
                statistic: statistic,
                style: style
            )
            let expected = try reference.table.numbers(column)
            #expect(firstDisagreement(found, expected) == nil, "\(column)")
        }
    }

    @Test("the cell Getis and Ord publish is met with divisor n, not n - 1")
    func publishedCell() throws {
        let published = try ReferenceTable("getisord1996-d30/cell136.csv")
        #expect(try published.numbers("d")[0] == 30)
        let reference = try ReferenceCase("getisord1996-d30")
        let values = try reference.table.numbers("value")
        let cell = Int(try published.numbers("row_1based")[0]) - 1
        let giStar = GetisOrd.zScores(of: values, weights: reference.weights)[cell]
        #expect(agree(giStar, try published.numbers("GiStar_n")[0]))
        #expect(
            !agree(giStar, try published.numbers("GiStar_n_minus_1_as_published")[0], within: 1e-3)
        )
    }

    @Test("an isolate is its own only neighbour in Gi*, and has no Gi")
    func isolate() {
        let weights = SpatialWeights(neighbours: [[1], [0], []])
        let values = [1.0, 2, 6]
        let giStar = GetisOrd.zScores(of: values, weights: weights)
        let standardDeviation = (14.0 / 3).squareRoot()
        #expect(agree(giStar[2], (6 - 3) / standardDeviation))
        #expect(GetisOrd.zScores(of: values, weights: weights, statistic: .gi)[2].isNaN)
    }

    @Test("a constant field has no scores, not even from rounding")
    func constant() {
        let weights = SpatialWeights.lattice(columns: 3, rows: 3)
        for value in [0.0, 7, 0.1] {
            for statistic in [GetisOrd.Statistic.gi, .giStar] {
                let scores = GetisOrd.zScores(
                    of: [Double](repeating: value, count: 9),
                    weights: weights,
                    statistic: statistic
                )
                #expect(scores.allSatisfy { $0.isNaN })
            }
        }
    }

    @Test("a unit that neighbours all others has no Gi*")
    func everything() {
        let weights = SpatialWeights(neighbours: [[1, 2], [0], [0]])
        let giStar = GetisOrd.zScores(of: [1, 2, 4], weights: weights)
        #expect(giStar[0].isNaN)
        #expect(giStar[1].isFinite)
    }

    @Test("another unit of measurement or zero point changes nothing; a sign turns all")
    func shiftAndScale() throws {
        let reference = try ReferenceCase("columbus-crime")
        let values = try reference.table.numbers("value")
        for statistic in [GetisOrd.Statistic.gi, .giStar] {
            func scores(_ values: [Double]) -> [Double] {
                GetisOrd.zScores(of: values, weights: reference.weights, statistic: statistic)
            }
            let plain = scores(values)
            #expect(firstDisagreement(scores(values.map { $0 + 1_000 }), plain) == nil)
            #expect(firstDisagreement(scores(values.map { $0 * 3e-7 }), plain) == nil)
            #expect(firstDisagreement(scores(values.map { -$0 }), plain.map { -$0 }) == nil)
        }
    }

    @Test("the order of the units only renames them", arguments: [1, 2, 3] as [UInt64])
    func relabelling(seed: UInt64) throws {
        let reference = try ReferenceCase("afcon-anselin1995")
        let values = try reference.table.numbers("value")
        var generator = SeededGenerator(seed: seed)
        let order = Array(values.indices).shuffled(using: &generator)
        let found = GetisOrd.zScores(
            of: relabelled(values, order),
            weights: reference.weights.relabelled(order)
        )
        let plain = GetisOrd.zScores(of: values, weights: reference.weights)
        #expect(firstDisagreement(found, relabelled(plain, order)) == nil)
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
        let table = try ReferenceTable(
            text: SharedCases.text("probolinggo_idm2024_\(kind)_ref.csv")
        )
        let weights = try GALFormat.read(SharedCases.text("probolinggo_idm2024_\(kind).gal"))
            .weights
        let values = try table.numbers("value")
        for (statistic, column) in [(GetisOrd.Statistic.gi, "Gi_z_B"), (.giStar, "GiStar_z_B")] {
            let found = GetisOrd.zScores(of: values, weights: weights, statistic: statistic)
            #expect(firstDisagreement(found, try table.numbers(column)) == nil, "\(column)")
        }
    }

    @Test("the number of threads changes no digit of Gi, Gi* and local Moran")
    func threads() {
        var generator = SeededGenerator(seed: 4)
        let weights = SpatialWeights.lattice(columns: 80, rows: 70)
        let values = (0..<weights.count).map { _ in generator.unit() }
        func all(_ threads: Int) -> ([GetisOrd.Result?], [Double], [LocalMoran.Result?]) {
            (
                GetisOrd.results(of: values, weights: weights, statistic: .gi, threads: threads),
                GetisOrd.zScores(of: values, weights: weights, threads: threads),
                LocalMoran.results(of: values, weights: weights, threads: threads)
            )
        }
        let one = all(1)
        for threads in [2, 3, 16] { #expect(all(threads) == one) }
    }
}
