import Testing

@testable import SpatialStatistics

@Suite struct RobustRatesTests {
    @Test("the typical rate is the median by population")
    func typicalRate() throws {
        let rates = try #require(
            RobustRates(cases: [10, 30, 90, 5], population: [100, 200, 300, 100]))
        // Rates 0.10, 0.15, 0.30, 0.05: below 0.15 live 200 of 700, up to it 400.
        #expect(rates.typicalRate == 0.15)
        #expect(rates.zScores[1] == 0)
        #expect(rates.smoothedRatios[1] == 1)
    }

    @Test("where most people live without a case, the typical rate is the overall one")
    func mostlyZero() throws {
        let rates = try #require(RobustRates(cases: [0, 0, 0, 6], population: [50, 50, 50, 50]))
        #expect(rates.typicalRate == 0.03)
    }

    @Test("a tenth of the units at ten times the rate hardly moves the estimates")
    func contamination() throws {
        var generator = SeededGenerator(seed: 7)
        let population = (0..<200).map { _ in 400 + Int(800 * generator.unit()) }
        let clean = population.map { Double(generator.binomial($0, 0.05)) }
        var spoiled = clean
        for unit in stride(from: 0, to: 200, by: 10) {
            spoiled[unit] = Double(generator.binomial(population[unit], 0.5))
        }
        let persons = population.map(Double.init)
        let before = try #require(RobustRates(cases: clean, population: persons))
        let after = try #require(RobustRates(cases: spoiled, population: persons))
        #expect(abs(after.typicalRate / before.typicalRate - 1) < 0.05)
        // In typical rates, a standard deviation between units of less than a fifth.
        #expect(after.betweenVariance.squareRoot() < 0.2 * after.typicalRate)
        let plain = try #require(AssuncaoReis(cases: spoiled, population: persons))
        #expect(plain.betweenVariance.squareRoot() > plain.overallRate)
    }

    @Test("the variation between units is found again, and none where there is none")
    func betweenVariance() throws {
        // A normal distribution of risks by its quantiles, in a shuffled order: only the spread
        // between units counts, and populations are so large that chance adds nothing.
        let thirds = [
            -0.967_421_566_101_71, -0.430_727_299_295_46, 0, 0.430_727_299_295_46,
            0.967_421_566_101_71,
        ]
        let population = Array(repeating: 1e9, count: 500)
        let cases = (0..<500).map { 1e9 * (0.10 + 0.01 * thirds[$0 % 5]) }
        let rates = try #require(RobustRates(cases: cases, population: population))
        // The median deviation is that of 0.4307 standard deviations: 0.004307.
        #expect(abs(rates.betweenVariance.squareRoot() - 0.004_307 / 0.674_49) < 1e-5)
        #expect(abs(rates.zScores[4] - 0.967_42 * 0.674_49 / 0.430_73) < 1e-3)
        var generator = SeededGenerator(seed: 3)
        let even = (0..<300).map { _ in Double(generator.binomial(400, 0.05)) }
        let chanceOnly = try #require(
            RobustRates(cases: even, population: even.map { _ in 400 }))
        #expect(chanceOnly.betweenVariance.squareRoot() < 0.15 * chanceOnly.typicalRate)
    }

    @Test("a small unit is drawn to the typical rate more than a large one of the same rate")
    func smoothing() throws {
        let rates = try #require(
            RobustRates(
                cases: [20, 200, 50, 50, 50, 51, 49],
                population: [100, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]))
        let ratios = rates.smoothedRatios
        #expect(ratios[0] > 1)
        #expect(ratios[1] > ratios[0])
        #expect(ratios[1] < 4)
        #expect(abs(rates.zScores[1]) > abs(rates.zScores[0]))
    }

    @Test("without variation there are no rates to compare")
    func noVariation() {
        #expect(RobustRates(cases: [], population: []) == nil)
        #expect(RobustRates(cases: [0, 0], population: [10, 20]) == nil)
        #expect(RobustRates(cases: [10, 20], population: [10, 20]) == nil)
        #expect(RobustRates(cases: [1, 2], population: [10, 20]) == nil)
    }

    @Test("some of the units keep their numbers")
    func restricted() throws {
        let rates = try #require(
            RobustRates(cases: [10, 30, 90, 5], population: [100, 200, 300, 100]))
        let some = rates.restricted(to: [3, 1])
        #expect(some.typicalRate == rates.typicalRate)
        #expect(some.zScores == [rates.zScores[3], rates.zScores[1]])
        #expect(some.smoothedRatios == [rates.smoothedRatios[3], rates.smoothedRatios[1]])
        #expect(
            some.effectivePopulation
                == [rates.effectivePopulation[3], rates.effectivePopulation[1]])
    }
}
