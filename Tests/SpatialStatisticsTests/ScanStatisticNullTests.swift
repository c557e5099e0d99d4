import Foundation
import Geospatial
import SpatialStatistics
import Testing

/// The scan against every disc and every map of small cases, and its p-values.
@Suite struct ScanStatisticNullTests {
    private static let models = [ScanStatistic.Model.poisson, .bernoulli]

    /// The ratio of a zone in the form of the paper.
    private func ratio(
        _ model: ScanStatistic.Model,
        _ c: Double,
        _ n: Double,
        _ allCases: Double,
        _ all: Double
    ) -> Double {
        func term(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * log(x / y) }
        let e = allCases * n / all
        guard c > e * (1 + 1e-12) else { return 0 }
        let cases = term(c, e) + term(allCases - c, allCases - e)
        guard model == .bernoulli else { return cases }
        return term(c, n) + term(n - c, n) + term(allCases - c, all - n)
            + term(all - n - allCases + c, all - n) - term(allCases, all)
            - term(all - allCases, all)
    }

    /// The highest ratio over every disc, by looking at all of them.
    private func highest(_ model: ScanStatistic.Model, _ map: ScannedMap, _ cases: [Int]) -> Double
    {
        let all = map.population.reduce(0, +)
        var best = 0.0
        for home in map.points {
            let distances = map.points.map { hypot($0.x - home.x, $0.y - home.y) }
            for radius in distances {
                let inside = distances.indices.filter { distances[$0] <= radius + 1e-9 }
                let people = inside.reduce(0) { $0 + map.population[$1] }
                guard 2 * people <= all else { continue }
                best = max(
                    best,
                    ratio(
                        model,
                        Double(inside.reduce(0) { $0 + cases[$1] }),
                        Double(people),
                        Double(cases.reduce(0, +)),
                        Double(all)
                    )
                )
            }
        }
        return best
    }

    @Test("the first cluster is the best of all discs", arguments: models)
    func exhaustive(model: ScanStatistic.Model) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var map = ScannedMap(
                columns: 5, rows: 4, people: 5...60, chance: 0.2, using: &generator)
            map.population[7] = 0
            map.cases[7] = 0
            let found = try map.scan(model).clusters
            let best = highest(model, map, map.cases)
            #expect(abs((found.first?.logLikelihoodRatio ?? 0) - best) < 1e-9, "seed \(seed)")
            let members = found.flatMap(\.members)
            #expect(Set(members).count == members.count, "seed \(seed)")
            let ratios = found.map(\.logLikelihoodRatio)
            #expect(ratios == ratios.sorted(by: >), "seed \(seed)")
        }
    }

    @Test("null maxima have the chances of counting every map", arguments: models)
    func enumeration(model: ScanStatistic.Model) throws {
        let map = ScannedMap(
            cases: [1, 2, 1, 0, 3],
            population: [3, 4, 6, 2, 7],
            points: [0, 1, 3, 4, 7].map { PlanarPoint(x: $0, y: 0) }
        )
        func choose(_ n: Int, _ k: Int) -> Double {
            (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
        }
        var chances: [(ratio: Double, chance: Double)] = []
        func visit(_ head: [Int], _ left: Int, _ chance: Double) {
            let area = head.count
            if area == map.population.count {
                if left == 0 { chances.append((highest(model, map, head), chance)) }
                return
            }
            let people = map.population[area]
            for count in 0...min(left, model == .bernoulli ? people : left) {
                let factor =
                    model == .bernoulli
                    ? choose(people, count)
                    : choose(left, count) * pow(Double(people) / 22, Double(count))
                visit(head + [count], left - count, chance * factor)
            }
        }
        visit([], 7, model == .bernoulli ? 1 / choose(22, 7) : 1)
        #expect(abs(chances.reduce(0) { $0 + $1.chance } - 1) < 1e-9)

        let maxima = try map.scan(model, replicas: 6_000).nullMaxima
        for limit in [0.3, 0.8, 1.2, 1.7, 2.3, 3, 4] {
            let chance = chances.reduce(0) { $0 + ($1.ratio >= limit ? $1.chance : 0) }
            let share = Double(maxima.count { $0 >= limit }) / 6_000
            let deviation = (chance * (1 - chance) / 6_000).squareRoot()
            #expect(abs(share - chance) < 4 * deviation + 1e-9, "from \(limit)")
        }
    }

    @Test("where the null holds, p is uniform", arguments: models)
    func uniform(model: ScanStatistic.Model) throws {
        var generator = SeededGenerator(seed: 77)
        var bins = [Int](repeating: 0, count: 5)
        let maps = 250
        for number in 0..<maps {
            let map = ScannedMap(
                columns: 4, rows: 4, people: 40...90, chance: 0.3, using: &generator)
            // To a Poisson scan cases this frequent would look too even.
            let scanned = model == .bernoulli ? map : map.spreadByChance(using: &generator)
            let p = try scanned.scan(model, replicas: 99, seed: UInt64(number)).clusters.first?
                .pValue
            bins[min(4, Int(5 * ((p ?? 1) - 0.005)))] += 1
        }
        let expected = Double(maps) / 5
        let chiSquared = bins.reduce(0.0) { $0 + pow(Double($1) - expected, 2) / expected }
        // 99.9 % of chi-squared with four degrees of freedom.
        #expect(chiSquared < 18.5, "\(bins)")
    }

    @Test("the sequential stop draws the same replicas, only fewer")
    func sequentialStop() throws {
        var generator = SeededGenerator(seed: 21)
        let map = ScannedMap(columns: 6, rows: 6, people: 40...80, chance: 0.2, using: &generator)
        let full = try map.scan(.bernoulli, replicas: 999)
        let stopped = try map.scan(.bernoulli, replicas: 999) { $0.stopAfterReached = 10 }
        let first = try #require(full.clusters.first)
        try #require(first.pValue > 0.02)
        let drawn = stopped.nullMaxima.count
        #expect(drawn < 999)
        #expect(Array(full.nullMaxima.prefix(drawn)) == stopped.nullMaxima)
        #expect(stopped.nullMaxima.count { $0 >= first.logLikelihoodRatio } == 10)
        #expect((stopped.nullMaxima.last ?? 0) >= first.logLikelihoodRatio)
        #expect(stopped.clusters.first?.pValue == 10 / Double(drawn))
        let pValues = stopped.clusters.map(\.pValue)
        #expect(pValues == pValues.sorted() && pValues.last == 1)
        // A stop that is never reached changes nothing.
        #expect(
            try map.scan(.bernoulli, replicas: 99) { $0.stopAfterReached = 100 }
                == map.scan(.bernoulli, replicas: 99))
    }

    @Test("p counts the replicas that reach the cluster, and the critical value agrees")
    func pValues() throws {
        let map = try ScannedMap("scan-stl-homicide")
        let result = try map.scan(.poisson, replicas: 99)
        for cluster in result.clusters {
            let reached = result.nullMaxima.count { $0 >= cluster.logLikelihoodRatio }
            #expect(cluster.pValue == Double(1 + reached) / 100)
        }
        let critical = try #require(result.criticalValue(at: 0.05))
        #expect(result.nullMaxima.count { $0 > critical } == 4)
        #expect(result.criticalValue(at: 0.005) == nil)
        // All cases in one zone: the risk outside is 0.
        let lone = ScannedMap(
            cases: [9, 0, 0],
            population: [10, 10, 10],
            points: [0, 1, 2].map { PlanarPoint(x: $0, y: 0) }
        )
        let cluster = try #require(try lone.scan(.bernoulli).clusters.first)
        #expect(cluster.relativeRisk == .infinity && cluster.expectedCases == 3)
    }
}
