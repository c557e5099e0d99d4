import Foundation
import Geospatial
import SpatialStatistics
import Testing

/// Counts at places in several periods.
private struct ScannedYears {
    var cases: [[Int]]
    var population: [[Int]]
    var points: [PlanarPoint]

    /// A lattice of people, in each period a case with the same chance.
    init(
        side: Int,
        chances: [Double],
        people: ClosedRange<Int> = 40...80,
        using generator: inout SeededGenerator
    ) {
        points = (0..<side * side).map { PlanarPoint(x: Double($0 % side), y: Double($0 / side)) }
        population = []
        cases = []
        for chance in chances {
            let row = points.map { _ in Int.random(in: people, using: &generator) }
            population.append(row)
            var ill: [Int] = []
            for number in row { ill.append(generator.binomial(number, chance)) }
            cases.append(ill)
        }
    }

    /// Areas within `radius` of `centre` in `periods` get another chance.
    mutating func plant(
        around centre: PlanarPoint,
        radius: Double,
        periods: ClosedRange<Int>,
        chance: Double,
        using generator: inout SeededGenerator
    ) -> [Int] {
        let members = points.indices.filter {
            hypot(points[$0].x - centre.x, points[$0].y - centre.y) <= radius
        }
        for period in periods {
            for area in members {
                cases[period][area] = generator.binomial(population[period][area], chance)
            }
        }
        return members
    }

    func scan(
        _ model: ScanStatistic.Model,
        replicas: Int = 19,
        seed: UInt64 = 1,
        _ change: (inout SpaceTimeScan.Options) -> Void = { _ in }
    ) throws -> SpaceTimeScan.Result {
        var options = SpaceTimeScan.Options(seed: seed)
        options.scan.replicas = replicas
        change(&options)
        return try SpaceTimeScan.clusters(
            cases: cases, population: population, at: points, model: model, options: options)
    }
}

@Suite struct SpaceTimeScanTests {
    private static let models = [ScanStatistic.Model.poisson, .bernoulli]

    @Test("a planted cylinder is found, with its periods", arguments: models)
    func planted(model: ScanStatistic.Model) throws {
        for seed in 1...2 as ClosedRange<UInt64> {
            for periods in [1...1, 1...2, 5...6] {
                var generator = SeededGenerator(seed: seed)
                var map = ScannedYears(
                    side: 7, chances: [Double](repeating: 0.1, count: 7), using: &generator)
                let members = map.plant(
                    around: PlanarPoint(x: 4, y: 3), radius: 1.5, periods: periods, chance: 0.3,
                    using: &generator)
                let result = try map.scan(model, replicas: 39)
                let first = try #require(result.scan.clusters.first)
                #expect(result.periods.first == periods, "seed \(seed)")
                #expect(first.pValue == 0.025, "seed \(seed)")
                let common = Set(members).intersection(first.members).count
                #expect(common >= members.count - 1, "seed \(seed)")
                #expect(first.members.count <= members.count + 2, "seed \(seed)")
                // What is still going on is found by looking back from the last period only.
                let alive = try map.scan(model, replicas: 39) { $0.search = .prospective }
                #expect(alive.periods.allSatisfy { $0.upperBound == 6 }, "seed \(seed)")
                let p = alive.scan.clusters.first?.pValue ?? 1
                if periods.upperBound == 6 {
                    #expect(p == 0.025 && alive.periods.first == periods, "seed \(seed)")
                } else {
                    #expect(p > 0.025, "seed \(seed), \(periods)")
                }
            }
        }
    }

    @Test("the first cluster is the best of all cylinders", arguments: models)
    func exhaustive(model: ScanStatistic.Model) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var map = ScannedYears(
                side: 4, chances: [0.2, 0.1, 0.2, 0.3, 0.2], people: 3...30, using: &generator)
            // An area that comes into being, and a year without a count.
            map.population[0][5] = 0
            map.cases[0][5] = 0
            map.population[3] = map.points.map { _ in 0 }
            map.cases[3] = map.points.map { _ in 0 }
            for search in [SpaceTimeScan.Search.retrospective, .prospective] {
                let result = try map.scan(model) { $0.search = search }
                let best = try highest(model, map, onlyLast: search == .prospective)
                #expect(
                    abs((result.scan.clusters.first?.logLikelihoodRatio ?? 0) - best) < 1e-9,
                    "seed \(seed)")
            }
        }
    }

    private func highest(
        _ model: ScanStatistic.Model,
        _ map: ScannedYears,
        onlyLast: Bool
    ) throws -> Double {
        let all = map.population.joined().reduce(0, +)
        let allCases = map.cases.joined().reduce(0, +)
        var best = 0.0
        for home in map.points {
            let distances = map.points.map { hypot($0.x - home.x, $0.y - home.y) }
            for radius in distances {
                let inside = distances.indices.filter { distances[$0] <= radius + 1e-9 }
                let people = inside.reduce(0) { sum, area in
                    sum + map.population.reduce(0) { $0 + $1[area] }
                }
                guard 2 * people <= all else { continue }
                for first in map.cases.indices {
                    for last in first..<map.cases.count
                    where last - first < 2 && (!onlyLast || last == map.cases.count - 1) {
                        func sum(_ table: [[Int]]) -> Int {
                            table[first...last].reduce(0) { sum, row in
                                sum + inside.reduce(0) { $0 + row[$1] }
                            }
                        }
                        let (c, n) = (sum(map.cases), sum(map.population))
                        let two = ScannedMap(
                            cases: [c, allCases - c], population: [n, all - n],
                            points: [PlanarPoint(x: 0, y: 0), PlanarPoint(x: 1, y: 0)])
                        guard n > 0 else { continue }
                        let zone = try two.scan(model, replicas: 1).clusters.first {
                            $0.members == [0]
                        }
                        best = max(best, zone?.logLikelihoodRatio ?? 0)
                    }
                }
            }
        }
        return best
    }

    @Test("where the null holds, p is below 0.05 as often as it should")
    func calibration() throws {
        let maps = 250
        for trend in [SpaceTimeScan.TimeTrend.part, .removed] {
            var below = 0
            for number in 0..<maps {
                var generator = SeededGenerator(seed: 7_000 + UInt64(number))
                // A falling rate is no cluster once the trend is removed.
                let chances = trend == .part ? [0.2, 0.2, 0.2, 0.2] : [0.4, 0.3, 0.15, 0.1]
                let map = ScannedYears(side: 4, chances: chances, using: &generator)
                let first = try map.scan(.bernoulli, replicas: 39, seed: UInt64(number)) {
                    $0.timeTrend = trend
                    $0.scan.maximumClusters = 1
                }.scan.clusters.first
                if let first, first.pValue <= 0.05 { below += 1 }
            }
            // 12.5 expected; 3.3 standard deviations of a binomial are 11.4. Seeds 7000 to 7249.
            #expect(abs(Double(below) - 12.5) <= 11.5, "\(below) of \(maps), \(trend)")
        }
    }

    @Test("a rate that falls everywhere is a cluster, unless the trend is removed")
    func trend() throws {
        var generator = SeededGenerator(seed: 31)
        var map = ScannedYears(
            side: 8, chances: [0.3, 0.2, 0.15, 0.1, 0.08, 0.06], using: &generator)
        // Three times the rate of these periods.
        let centre = PlanarPoint(x: 2, y: 5)
        var members: [Int] = []
        for (period, chance) in [(4, 0.28), (5, 0.21)] {
            members = map.plant(
                around: centre, radius: 1.2, periods: period...period, chance: chance,
                using: &generator)
        }
        let plain = try map.scan(.bernoulli, replicas: 39)
        #expect(plain.scan.clusters.first?.pValue == 0.025)
        #expect(plain.periods.first?.lowerBound == 0)
        let adjusted = try map.scan(.bernoulli, replicas: 39) { $0.timeTrend = .removed }
        let first = try #require(adjusted.scan.clusters.first)
        #expect(adjusted.periods.first == 4...5)
        #expect(first.pValue == 0.025)
        #expect(first.members == members)
        // Expected is the rate of the map in these periods.
        var expected = 0.0
        for period in 4...5 {
            let rate =
                Double(map.cases[period].reduce(0, +))
                / Double(map.population[period].reduce(0, +))
            for area in first.members { expected += rate * Double(map.population[period][area]) }
        }
        #expect(abs(first.expectedCases - expected) < 1e-5)
        #expect(
            first.population
                == (4...5).reduce(0) { sum, period in
                    sum + first.members.reduce(0) { $0 + map.population[period][$1] }
                })
    }

    @Test("clusters share no area, or none at one time")
    func overlap() throws {
        var generator = SeededGenerator(seed: 8)
        var map = ScannedYears(
            side: 7, chances: [Double](repeating: 0.1, count: 8), using: &generator)
        let centre = PlanarPoint(x: 3, y: 3)
        for periods in [0...1, 5...6] {
            _ = map.plant(
                around: centre, radius: 1, periods: periods, chance: 0.4, using: &generator)
        }
        let strict = try map.scan(.poisson)
        let areas = strict.scan.clusters.flatMap(\.members)
        #expect(Set(areas).count == areas.count)
        let loose = try map.scan(.poisson) { $0.overlap = .noCommonAreaAtOneTime }
        let cells = zip(loose.scan.clusters, loose.periods).flatMap { cluster, periods in
            periods.flatMap { period in cluster.members.map { period * 49 + $0 } }
        }
        #expect(Set(cells).count == cells.count)
        #expect(Set(loose.periods.prefix(2)) == [0...1, 5...6])
        #expect(Set(strict.periods.prefix(2)) != [0...1, 5...6])
        #expect(loose.scan.nullMaxima == strict.scan.nullMaxima)
    }

    @Test("threads, limits and the sequential stop work as in the circular scan")
    func limits() throws {
        var generator = SeededGenerator(seed: 14)
        let map = ScannedYears(
            side: 6, chances: [Double](repeating: 0.2, count: 6), using: &generator)
        let one = try map.scan(.bernoulli, replicas: 99) { $0.scan.threads = 1 }
        #expect(try map.scan(.bernoulli, replicas: 99) { $0.scan.threads = 3 } == one)
        let small = try map.scan(.bernoulli) {
            $0.scan.maximumRadius = 1
            $0.scan.maximumReportedShare = 0.05
            $0.maximumTimeShare = 0.2
        }
        for (cluster, periods) in zip(small.scan.clusters, small.periods) {
            #expect(cluster.radius <= 1 && periods.count == 1 && cluster.members.count <= 2)
        }
        let stopped = try map.scan(.bernoulli, replicas: 99) { $0.scan.stopAfterReached = 5 }
        let drawn = stopped.scan.nullMaxima
        #expect(Array(one.scan.nullMaxima.prefix(drawn.count)) == drawn)
        let first = try #require(stopped.scan.clusters.first)
        if drawn.count < 99 {
            #expect(first.pValueMethod == .sequentialStop)
            #expect(first.pValue == 5 / Double(drawn.count))
        }
        #expect(one.scan.clusters.allSatisfy { $0.pValueMethod == .rank })
    }

    @Test("what cannot be scanned is said, and in which period")
    func degenerate() throws {
        var generator = SeededGenerator(seed: 2)
        let map = ScannedYears(side: 3, chances: [0.2, 0.3, 0.2], using: &generator)
        func error(_ map: ScannedYears, share: Double = 0.5) -> ScanInputError? {
            do {
                _ = try map.scan(.bernoulli) { $0.maximumTimeShare = share }
                return nil
            } catch { return error as? ScanInputError }
        }
        #expect(error(map) == nil)
        #expect(error(map, share: 0.6) == .timeShareOutOfRange(0.6))
        #expect(error(map, share: 0) == .timeShareOutOfRange(0))
        #expect(error(map, share: 0.3) == .tooFewPeriods(3))
        var broken = map
        broken.cases[1][4] = -1
        #expect(error(broken) == .inPeriod(1, .negativeCount(area: 4)))
        broken = map
        broken.population[2][7] = 0
        broken.cases[2][7] = 3
        #expect(
            error(broken)
                == .inPeriod(2, .casesExceedPopulation(area: 7, cases: 3, population: 0)))
        var empty = map
        empty.cases = map.cases.map { $0.map { _ in 0 } }
        #expect(error(empty) == .noCases)
        var single = map
        single.cases = [map.cases[0]]
        single.population = [map.population[0]]
        #expect(error(single) == .tooFewPeriods(1))
    }
}
