import SpatialStatistics
import Testing

@Suite struct BetaDistributionTests {
    /// Only the relative error counts, however small the tail.
    private func relativeError(_ found: Double, _ expected: Double) -> Double {
        abs(found - expected) / abs(expected)
    }

    @Test("both tails agree with mpmath to 1e-10 of themselves")
    func tails() throws {
        let table = try ReferenceTable("beta-distribution/reference.csv")
        let columns = try ["alpha", "beta", "x", "lower", "upper"].map { try table.numbers($0) }
        for row in 0..<table.rowCount {
            let distribution = BetaDistribution(alpha: columns[0][row], beta: columns[1][row])
            let x = columns[2][row]
            // A tail that is the rest to 1 cannot be better than the argument's own rounding.
            let lower = relativeError(distribution.lowerTail(x), columns[3][row])
            let upper = relativeError(distribution.upperTail(x), columns[4][row])
            #expect(lower < 1e-10, "row \(row), lower: \(lower)")
            #expect(upper < 1e-10, "row \(row), upper: \(upper)")
        }
    }

    @Test("quantiles agree with mpmath to 1e-10 of themselves")
    func quantiles() throws {
        let table = try ReferenceTable("beta-distribution/quantiles.csv")
        let columns = try ["alpha", "beta", "probability", "quantile"].map {
            try table.numbers($0)
        }
        for row in 0..<table.rowCount {
            let distribution = BetaDistribution(alpha: columns[0][row], beta: columns[1][row])
            let found = distribution.quantile(columns[2][row])
            let error = relativeError(found, columns[3][row])
            #expect(error < 1e-10, "row \(row): \(found), \(error)")
        }
    }

    @Test("simple cases have their closed forms")
    func closedForms() {
        for x in [0.001, 0.2, 0.5, 0.93] {
            #expect(agree(BetaDistribution(alpha: 1, beta: 1).lowerTail(x), x, within: 1e-14))
            let cube = BetaDistribution(alpha: 3, beta: 1).lowerTail(x)
            #expect(agree(cube, x * x * x, within: 1e-13))
            let smoothStep = BetaDistribution(alpha: 2, beta: 2).lowerTail(x)
            #expect(agree(smoothStep, x * x * (3 - 2 * x), within: 1e-13))
        }
        #expect(agree(BetaDistribution(alpha: 4_000, beta: 4_000).quantile(0.5), 0.5))
    }

    @Test("the ends are the ends, and what cannot be told from 0 is 0")
    func ends() {
        let distribution = BetaDistribution(alpha: 2, beta: 5)
        #expect(distribution.lowerTail(0) == 0)
        #expect(distribution.upperTail(0) == 1)
        #expect(distribution.lowerTail(1) == 1)
        #expect(distribution.upperTail(1) == 0)
        #expect(distribution.quantile(0) == 0)
        #expect(distribution.quantile(1) == 1)
        // The exact answer is near 1e-600.
        #expect(BetaDistribution(alpha: 0.01, beta: 2.5).quantile(1e-6) == 0)
    }

    @Test("a quantile leads back to its probability", arguments: 1...20)
    func inverse(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let distribution = BetaDistribution(
            alpha: 0.5 + 300 * generator.unit(),
            beta: 0.5 + 3_000 * generator.unit()
        )
        for probability in [0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999] {
            let x = distribution.quantile(probability)
            #expect(agree(distribution.lowerTail(x), probability, within: 1e-11))
        }
    }
}
