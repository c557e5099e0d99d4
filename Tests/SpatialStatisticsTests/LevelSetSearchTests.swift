import Foundation
import Testing

@testable import SpatialStatistics

@Suite struct LevelSetSearchTests {
    private static let weights = SpatialWeights.lattice(columns: 6, rows: 5)

    private func counts(seed: UInt64) -> (cases: [Double], population: [Double]) {
        var generator = SeededGenerator(seed: seed)
        let population = (0..<Self.weights.count).map { _ in 50 + Int(400 * generator.unit()) }
        let cases = population.map { generator.binomial($0, 0.02 + 0.3 * generator.unit()) }
        return (cases.map(Double.init), population.map(Double.init))
    }

    /// Every connected group of at least two units above every level, by flooding.
    private func groups(_ ratios: [Double], isHigh: Bool, ratio: Double) -> Set<Set<Int>> {
        var groups: Set<Set<Int>> = []
        for level in ratios where isHigh ? level >= ratio : level <= 1 / ratio {
            var left = Set(
                ratios.indices.filter { isHigh ? ratios[$0] >= level : ratios[$0] <= level })
            while let first = left.first {
                var (group, open) = (Set<Int>(), [first])
                while let unit = open.popLast() {
                    guard left.remove(unit) != nil else { continue }
                    group.insert(unit)
                    open += Self.weights.neighbours(of: unit)
                }
                if group.count > 1 { groups.insert(group) }
            }
        }
        return groups
    }

    /// The score by its definition, from rates and populations.
    private func score(_ group: Set<Int>, _ rates: RobustRates, bound: Double) -> Double {
        var (cases, population) = (0.0, 0.0)
        for unit in group {
            let z = min(max(rates.zScores[unit], -bound), bound)
            let rate = min(max(rates.typicalRate + z * rates.spreads[unit], 0), 1)
            cases += rate * rates.effectivePopulation[unit]
            population += rates.effectivePopulation[unit]
        }
        let links = group.reduce(0) {
            $0 + Self.weights.neighbours(of: $1).count { group.contains($0) }
        }
        let own = cases / population
        let b = rates.typicalRate
        let ratio =
            (cases > 0 ? cases * log(own / b) : 0)
            + (own < 1 ? (population - cases) * log((1 - own) / (1 - b)) : 0)
        return ratio * Double(links) / 2 / Double(group.count)
    }

    @Test("the best group is the best of all groups above all levels", arguments: [true, false])
    func exhaustive(isHigh: Bool) throws {
        var found = 0
        for seed in 1...60 as ClosedRange<UInt64> {
            let (cases, population) = counts(seed: seed)
            let rates = try #require(RobustRates(cases: cases, population: population))
            for (ratio, bound) in [(1.2, 2.0), (1.5, .infinity)] {
                var search = LevelSetSearch(
                    rates: rates,
                    weights: Self.weights,
                    isHigh: isHigh,
                    relevantRatio: ratio,
                    zScoreBound: bound
                )
                let all = groups(rates.smoothedRatios, isHigh: isHigh, ratio: ratio)
                let best = all.map { score($0, rates, bound: bound) }.max() ?? 0
                let group = search.bestGroup(rates.zScores)
                #expect(abs((group?.score ?? 0) - best) < 1e-9 * max(1, best), "seed \(seed)")
                #expect(search.bestScore(rates.zScores) == group?.score ?? 0, "seed \(seed)")
                if let group {
                    found += 1
                    #expect(all.contains(Set(group.members)), "seed \(seed)")
                    #expect(group.members == group.members.sorted())
                }
            }
        }
        #expect(found > 100, "\(found) of 120 maps had a group at all")
    }

    @Test("a lone unit is no group, however high")
    func lone() throws {
        var cases = Array(repeating: 10.0, count: 30)
        cases[3] = 11
        cases[14] = 90
        let population = Array(repeating: 100.0, count: 30)
        let rates = try #require(RobustRates(cases: cases, population: population))
        var search = LevelSetSearch(
            rates: rates,
            weights: Self.weights,
            isHigh: true,
            relevantRatio: 1.5,
            zScoreBound: 3
        )
        #expect(search.bestGroup(rates.zScores) == nil)
        #expect(search.bestScore(rates.zScores) == 0)
    }
}
