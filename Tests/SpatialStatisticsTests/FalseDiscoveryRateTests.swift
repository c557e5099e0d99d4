import SpatialStatistics
import Testing

@Suite struct FalseDiscoveryRateTests {
    @Test("q-values agree with R p.adjust", arguments: ReferenceCase.hotspotFolders)
    func reference(folder: String) throws {
        let table = try ReferenceTable("\(folder)/reference.csv")
        let found = FalseDiscoveryRate.qValues(of: try table.numbers("GiStar_p"))
        #expect(firstDisagreement(found, try table.numbers("GiStar_p_fdr")) == nil)
    }

    /// The procedure as its authors state it: reject the k least p-values, k the largest with
    /// p_(k) <= k rate / (m c).
    private func rejections(_ pValues: [Double], rate: Double, divisor: Double) -> Set<Int> {
        let tested = pValues.indices.filter { !pValues[$0].isNaN }
        let m = Double(tested.count)
        let ascending = tested.map { pValues[$0] }.sorted()
        let k = (1...max(1, tested.count)).last { rank in
            rank <= ascending.count
                && ascending[rank - 1] <= Double(rank) * rate / (m * divisor)
        }
        guard let k else { return [] }
        return Set(tested.filter { pValues[$0] <= ascending[k - 1] })
    }

    @Test("a q-value at most the rate is what the definition rejects", arguments: 1...40)
    func definition(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pValues = (0..<60).map { _ -> Double in
            switch generator.unit() {
            case ..<0.1: .nan
            case ..<0.4: (generator.unit() * 20).rounded() / 1_000
            default: generator.unit()
            }
        }
        let m = pValues.count { !$0.isNaN }
        let harmonic = (1...m).reduce(0) { $0 + 1 / Double($1) }
        for (method, divisor) in [
            (FalseDiscoveryRate.Method.benjaminiHochberg, 1.0), (.benjaminiYekutieli, harmonic),
        ] {
            let qValues = FalseDiscoveryRate.qValues(of: pValues, method: method)
            for rate in [0.0103, 0.0501, 0.1007, 0.3] {
                let found = Set(qValues.indices.filter { qValues[$0] <= rate })
                #expect(found == rejections(pValues, rate: rate, divisor: divisor), "seed \(seed)")
            }
            // A smaller p never has a larger q.
            let tested = pValues.indices.filter { !pValues[$0].isNaN }
                .sorted { pValues[$0] < pValues[$1] }
            for (one, next) in zip(tested, tested.dropFirst()) {
                #expect(qValues[one] <= qValues[next])
                #expect(qValues[one] >= pValues[one])
            }
        }
    }

    @Test("a unit that was not tested stays out of the family")
    func untested() {
        let qValues = FalseDiscoveryRate.qValues(of: [0.01, .nan, 0.02, .nan])
        #expect(agree(qValues[0], 0.02) && agree(qValues[2], 0.02))
        #expect(qValues[1].isNaN && qValues[3].isNaN)
        #expect(FalseDiscoveryRate.qValues(of: []).isEmpty)
        #expect(FalseDiscoveryRate.qValues(of: [.nan])[0].isNaN)
    }

    @Test("no q-value exceeds 1")
    func atMostOne() {
        let qValues = FalseDiscoveryRate.qValues(of: [1, 0.9, 0.8], method: .benjaminiYekutieli)
        #expect(qValues == [1, 1, 1])
    }

    @Test(
        "the fewest permutations are the least R with R + 1 >= 2m/q",
        arguments: [
            (330, 0.05, 13_199), (8_500, 0.05, 339_999), (83_000, 0.05, 3_319_999), (1, 1, 1),
            (7, 0.3, 46), (0, 0.05, 0),
        ]
    )
    func permutations(tested: Int, rate: Double, expected: Int) {
        #expect(
            FalseDiscoveryRate.minimumPermutations(tested: tested, falseDiscoveryRate: rate)
                == expected
        )
    }
}
