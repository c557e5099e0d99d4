import SpatialStatistics
import Testing

@Suite struct LocalRatesTests {
    private struct RateCase {
        let table: ReferenceTable
        let cases: [Double]
        let population: [Double]
        let weights: SpatialWeights

        init(_ folder: String) throws {
            let reference = try ReferenceCase(folder)
            table = reference.table
            weights = reference.weights
            cases = try table.numbers("cases")
            population = try table.numbers("pop")
        }
    }

    @Test("the three rates agree with spdep and esda", arguments: ["eb-auckland", "eb-stl-hc8893"])
    func reference(folder: String) throws {
        let rates = try RateCase(folder)
        let local = LocalRates.empiricalBayes(
            cases: rates.cases, population: rates.population, weights: rates.weights)
        let smoothed = LocalRates.smoothed(
            cases: rates.cases, population: rates.population, weights: rates.weights)
        let risks = LocalRates.relativeRisks(cases: rates.cases, population: rates.population)
        for (column, found) in [
            ("eb_local_marshall", local.map { $0.rate ?? .nan }),
            ("esda_eb_local", local.map { $0.rate ?? .nan }),
            ("spatial_rate_self", smoothed.map { $0.rate ?? .nan }),
            ("excess_risk", risks),
        ] {
            let expected = try rates.table.numbers(column)
            #expect(firstDisagreement(found, expected, within: 1e-10) == nil, "\(column)")
        }
    }

    @Test("with all units as neighbours both are those of the whole map")
    func whole() throws {
        let rates = try RateCase("eb-stl-hc8893")
        let all = rates.cases.indices
        let weights = SpatialWeights(neighbours: all.map { unit in all.filter { $0 != unit } })
        let local = LocalRates.empiricalBayes(
            cases: rates.cases, population: rates.population, weights: weights)
        let global = EmpiricalBayes.marshall(cases: rates.cases, population: rates.population)
        #expect(firstDisagreement(local.compactMap(\.rate), global) == nil)
        let smoothed = LocalRates.smoothed(
            cases: rates.cases, population: rates.population, weights: weights)
        let overall = rates.cases.reduce(0, +) / rates.population.reduce(0, +)
        #expect(smoothed.allSatisfy { agree($0.rate ?? .nan, overall) })
    }

    @Test("an isolate, an empty unit and a map without cases have outcomes of their own")
    func degenerate() {
        let weights = SpatialWeights(neighbours: [[1, 2], [0], [0, 3], [2], [], []])
        let cases = [2.0, 0, 0, 0, 3, 0]
        let population = [10.0, 30, 0, 0, 12, 0]
        let smoothed = LocalRates.smoothed(cases: cases, population: population, weights: weights)
        #expect(smoothed[0] == .estimated(rate: 0.05))
        #expect(smoothed[2] == .estimated(rate: 0.2))
        #expect(smoothed[3] == .noPopulation)
        #expect(smoothed[4] == .ownRate(0.25))
        #expect(smoothed[5] == .noPopulation)
        let local = LocalRates.empiricalBayes(
            cases: cases, population: population, weights: weights)
        #expect(local[2] == .estimated(rate: 0.2))
        #expect(local[3] == .noPopulation)
        #expect(local[4] == .ownRate(0.25))
        #expect(local[5] == .noPopulation)
        // Units 0 and 1 alone make the neighbourhood of 0; the empty unit 2 is not counted.
        let pair = LocalRates.empiricalBayes(
            cases: [2, 0], population: [10, 30], weights: SpatialWeights(neighbours: [[1], [0]]))
        #expect(local[0] == pair[0])

        let none = LocalRates.empiricalBayes(
            cases: [0, 0], population: [10, 30], weights: SpatialWeights(neighbours: [[1], [0]]))
        #expect(none == [.estimated(rate: 0), .estimated(rate: 0)])
        let risks = LocalRates.relativeRisks(cases: cases, population: population)
        #expect(risks[2].isNaN && risks[1] == 0 && agree(risks[4], 0.25 / (5.0 / 52)))
        #expect(
            LocalRates.relativeRisks(cases: [0, 0], population: [1, 2]).allSatisfy { $0.isNaN })
        #expect(LocalRates.relativeRisks(cases: [], population: []).isEmpty)
    }

    @Test("the local estimate lies between the own rate and that of the neighbourhood")
    func between() throws {
        let rates = try RateCase("eb-auckland")
        let local = LocalRates.empiricalBayes(
            cases: rates.cases, population: rates.population, weights: rates.weights)
        let smoothed = LocalRates.smoothed(
            cases: rates.cases, population: rates.population, weights: rates.weights)
        for unit in local.indices {
            let own = rates.cases[unit] / rates.population[unit]
            let around = try #require(smoothed[unit].rate)
            let found = try #require(local[unit].rate)
            #expect(found >= min(own, around) - 1e-15 && found <= max(own, around) + 1e-15)
        }
    }
}
