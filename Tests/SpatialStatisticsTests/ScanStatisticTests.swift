import Foundation
import Geospatial
import SpatialStatistics
import Testing

/// Counts at places, and a scan of them.
struct ScannedMap {
    var cases: [Int]
    var population: [Int]
    var points: [PlanarPoint]

    init(cases: [Int], population: [Int], points: [PlanarPoint]) {
        self.cases = cases
        self.population = population
        self.points = points
    }

    init(_ folder: String) throws {
        let table = try ReferenceTable("\(folder)/areas.csv")
        cases = try table.numbers("cases").map { Int($0) }
        population = try table.numbers("pop").map { Int($0) }
        points = zip(try table.numbers("x"), try table.numbers("y")).map(PlanarPoint.init)
    }

    /// A lattice of people, each a case with the same chance.
    init(
        columns: Int,
        rows: Int,
        people: ClosedRange<Int>,
        chance: Double,
        using generator: inout SeededGenerator
    ) {
        points = (0..<columns * rows).map {
            PlanarPoint(x: Double($0 % columns), y: Double($0 / columns))
        }
        population = points.map { _ in Int.random(in: people, using: &generator) }
        cases = []
        for people in population { cases.append(generator.binomial(people, chance)) }
    }

    /// The same number of cases, each in an area with a chance by its population.
    func spreadByChance(using generator: inout SeededGenerator) -> ScannedMap {
        var spread = self
        spread.cases = cases.map { _ in 0 }
        let total = population.reduce(0, +)
        for _ in 0..<cases.reduce(0, +) {
            var person = Int.random(in: 0..<total, using: &generator)
            var area = 0
            while person >= population[area] {
                person -= population[area]
                area += 1
            }
            spread.cases[area] += 1
        }
        return spread
    }

    func scan(
        _ model: ScanStatistic.Model,
        replicas: Int = 19,
        seed: UInt64 = 1,
        _ change: (inout ScanStatistic.Options) -> Void = { _ in }
    ) throws -> ScanResult {
        var options = ScanStatistic.Options(seed: seed)
        options.replicas = replicas
        change(&options)
        return try ScanStatistic.clusters(
            cases: cases,
            population: population,
            at: points,
            model: model,
            options: options
        )
    }
}

@Suite struct ScanStatisticTests {
    private static let models = [ScanStatistic.Model.poisson, .bernoulli]

    @Test(
        "clusters, ratios and p-values are those of the reference",
        arguments: ["scan-auckland", "scan-stl-homicide"],
        models
    )
    func reference(folder: String, model: ScanStatistic.Model) throws {
        let map = try ScannedMap(folder)
        let expected = try ReferenceTable("\(folder)/clusters.csv")
        let summary = try ReferenceTable("\(folder)/summary.csv")
        let column = { (name: String) in try expected.numbers(name) }
        for share in [0.5, 0.1] {
            let replicas = share == 0.5 ? 999 : 1_999
            let result = try map.scan(model, replicas: replicas) { $0.maximumShare = share }
            let rows = try (0..<expected.rowCount).filter {
                try expected.text("model")[$0] == "\(model)" && column("max_frac")[$0] == share
            }
            // The reference lists five clusters of Auckland, and all around St Louis.
            try #require(result.clusters.count >= rows.count)
            if folder == "scan-stl-homicide" { #expect(result.clusters.count == rows.count) }
            for (row, cluster) in zip(rows, result.clusters) {
                let members = try expected.text("members")[row].split(separator: ";")
                #expect(cluster.members == members.compactMap { Int($0) }.map { $0 - 1 })
                #expect(abs(cluster.logLikelihoodRatio - (try column("llr")[row])) < 1e-8)
                #expect(cluster.cases == Int(try column("observed")[row]))
                #expect(cluster.population == Int(try column("population")[row]))
                #expect(abs(cluster.expectedCases - (try column("expected")[row])) < 1e-8)
                #expect(abs(cluster.observedToExpected - (try column("obs_exp")[row])) < 1e-8)
                #expect(abs(cluster.relativeRisk - (try column("rel_risk")[row])) < 1e-8)
                let p = try column("mc_p")[row]
                let own = 3.3 * (p * (1 - p) / Double(replicas)).squareRoot() + 1 / Double(replicas)
                #expect(cluster.pValue > (try column("mc_p_lo")[row]) - own)
                #expect(cluster.pValue < (try column("mc_p_hi")[row]) + own)
                let gumbel = try #require(cluster.gumbelPValue)
                #expect(abs(gumbel - p) < 0.05)
            }
            let line = try (0..<summary.rowCount).first {
                try summary.text("model")[$0] == "\(model)"
                    && summary.numbers("max_frac")[$0] == share
            }
            let row = try #require(line)
            #expect(result.zoneCount == Int(try summary.numbers("zones")[row]))
            #expect(result.totalCases == Int(try summary.numbers("cases_total")[row]))
            #expect(result.totalPopulation == Int(try summary.numbers("pop_total")[row]))
            for (level, name) in [(0.1, "q90"), (0.05, "q95")] {
                // Bands for 9,999 replicas; these runs are shorter.
                let value = try summary.numbers(name)[row]
                let wider = (1 + 10_000 / Double(replicas)).squareRoot()
                let critical = try #require(result.criticalValue(at: level))
                #expect(
                    critical > value - wider * (value - (try summary.numbers("\(name)_lo")[row])))
                #expect(
                    critical < value + wider * ((try summary.numbers("\(name)_hi")[row]) - value))
            }
        }
    }

    // MARK: Zones

    @Test("areas at the same distance enter a zone together")
    func ties() throws {
        // Both neighbours of area 0 are equally far; only one of them has cases.
        let map = ScannedMap(
            cases: [8, 8, 0, 1, 1, 1],
            population: [10, 10, 10, 10, 10, 10],
            points: [0, 1, -1, 20, 30, 40].map { PlanarPoint(x: $0, y: 0) }
        )
        let result = try map.scan(.bernoulli) { $0.maximumRadius = 1 }
        #expect(result.zoneCount == 6 + 1 + 2)
        // Around area 1 area 0 is the next.
        #expect(result.clusters.first?.members == [0, 1])
        var without = map
        without.points[1] = PlanarPoint(x: 0.999, y: 1)
        without.points[2] = PlanarPoint(x: -0.999, y: -1)
        let alone = try without.scan(.bernoulli) { $0.maximumRadius = 1 }
        #expect(alone.zoneCount == 6)
        #expect(alone.clusters.map(\.members) == [[0], [1]])
    }

    @Test("ties of a grid survive a step that is no binary fraction and a far origin")
    func tiesOfShiftedGrid() throws {
        var generator = SeededGenerator(seed: 3)
        var map = ScannedMap(columns: 8, rows: 7, people: 20...40, chance: 0.2, using: &generator)
        let plain = try map.scan(.bernoulli)
        map.points = map.points.map {
            PlanarPoint(x: 712_345.6 + 0.1 * $0.x, y: 9_123_456.7 + 0.1 * $0.y)
        }
        let shifted = try map.scan(.bernoulli)
        #expect(shifted.zoneCount == plain.zoneCount)
        #expect(shifted.clusters.map(\.members) == plain.clusters.map(\.members))
        #expect(shifted.nullMaxima == plain.nullMaxima)
    }

    @Test("the share and the radius bound the zones, the radius included")
    func bounds() throws {
        var generator = SeededGenerator(seed: 5)
        let map = ScannedMap(columns: 6, rows: 6, people: 10...10, chance: 0.3, using: &generator)
        #expect(try map.scan(.poisson) { $0.maximumShare = 1.0 / 36 }.zoneCount == 36)
        #expect(try map.scan(.poisson) { $0.maximumRadius = 0 }.zoneCount == 36)
        #expect(try map.scan(.poisson) { $0.maximumRadius = 1 }.zoneCount == 72)
        #expect(try map.scan(.poisson) { $0.maximumShare = 0.01 }.clusters.isEmpty)
        let short = try map.scan(.poisson) { $0.maximumReportedShare = 0.1 }
        let long = try map.scan(.poisson)
        #expect(short.clusters.allSatisfy { $0.population <= 36 })
        #expect(short.nullMaxima == long.nullMaxima)
        #expect(try map.scan(.poisson) { $0.maximumClusters = 2 }.clusters.count == 2)
    }

    @Test("equal ratios: fewer areas first, then the lower centre")
    func equalRatios() throws {
        // Twins in areas 1-2 and 3-4; an area without people beside the first twin.
        let map = ScannedMap(
            cases: [0, 5, 5, 5, 5, 1, 1, 1],
            population: [0, 10, 10, 10, 10, 40, 40, 40],
            points: [-1, 0, 1, 100, 101, 200, 300, 400].map { PlanarPoint(x: $0, y: 0) }
        )
        let clusters = try map.scan(.poisson) { $0.maximumShare = 0.125 }.clusters
        #expect(clusters.prefix(2).map(\.members) == [[1, 2], [3, 4]])
        #expect(clusters.prefix(2).map(\.centre) == [2, 3])
        #expect(clusters.first?.radius == 1)
    }

    @Test("a planted cluster is found, and a hole when low rates are sought", arguments: models)
    func planted(model: ScanStatistic.Model) throws {
        for (rates, chance) in [(ScanStatistic.Rates.high, 0.25), (.low, 0.02)] {
            var generator = SeededGenerator(seed: 11)
            var map = ScannedMap(
                columns: 12, rows: 12, people: 100...200, chance: 0.1, using: &generator)
            let disc = map.points.indices.filter {
                hypot(map.points[$0].x - 4, map.points[$0].y - 7) < 2.3
            }
            for area in disc { map.cases[area] = generator.binomial(map.population[area], chance) }
            let result = try map.scan(model, replicas: 199) { $0.rates = rates }
            let cluster = try #require(result.clusters.first)
            #expect(cluster.members == disc)
            #expect(cluster.pValue == 0.005)
            #expect(try #require(cluster.gumbelPValue) < 1e-6)
            #expect((cluster.relativeRisk > 1) == (rates == .high))
            let other = try map.scan(model) { $0.rates = rates == .high ? .low : .high }
            // Seen from the other side the rest of the map stands out, without the disc.
            #expect(
                other.clusters.first.map { $0.members.allSatisfy { !disc.contains($0) } } == true)
        }
    }

    // MARK: What must not matter

    @Test("the number of threads leaves no trace, the seed does", arguments: models)
    func threads(model: ScanStatistic.Model) throws {
        let map = try ScannedMap("scan-stl-homicide")
        let one = try map.scan(model, replicas: 101) { $0.threads = 1 }
        for threads in [2, 3, 16] {
            #expect(try map.scan(model, replicas: 101) { $0.threads = threads } == one)
        }
        #expect(try map.scan(model, replicas: 101, seed: 2).nullMaxima != one.nullMaxima)
        #expect(one.nullMaxima.count == 101 && one.seed == 1)
        #expect(try map.scan(model, replicas: 40).nullMaxima == Array(one.nullMaxima.prefix(40)))
    }

    @Test("renaming the areas renames the members and changes no ratio", arguments: models)
    func relabelling(model: ScanStatistic.Model) throws {
        let map = try ScannedMap("scan-auckland")
        var generator = SeededGenerator(seed: 8)
        let order = Array(map.points.indices).shuffled(using: &generator)
        let renamed = ScannedMap(
            cases: relabelled(map.cases, order),
            population: relabelled(map.population, order),
            points: relabelled(map.points, order)
        )
        let plain = try map.scan(model, replicas: 1) { $0.maximumClusters = 8 }
        let other = try renamed.scan(model, replicas: 1) { $0.maximumClusters = 8 }
        #expect(plain.zoneCount == other.zoneCount)
        #expect(
            plain.clusters.map(\.logLikelihoodRatio) == other.clusters.map(\.logLikelihoodRatio)
        )
        #expect(
            plain.clusters.map { $0.members.map { order[$0] }.sorted() }
                == other.clusters.map(\.members)
        )
    }

    @Test("many who are a case are few who are none")
    func exchange() throws {
        let map = try ScannedMap("scan-auckland")
        var turned = map
        turned.cases = zip(map.population, map.cases).map { $0 - $1 }
        let plain = try map.scan(.bernoulli) { $0.maximumShare = 0.1 }
        let other = try turned.scan(.bernoulli) {
            $0.maximumShare = 0.1
            $0.rates = .low
        }
        #expect(plain.clusters.map(\.members) == other.clusters.map(\.members))
        #expect(
            firstDisagreement(
                plain.clusters.map(\.logLikelihoodRatio),
                other.clusters.map(\.logLikelihoodRatio)
            ) == nil
        )
    }

    @Test("Poisson asks for the shares of the population, not for its size")
    func scale() throws {
        let map = try ScannedMap("scan-stl-homicide")
        var larger = map
        larger.population = map.population.map { $0 * 64 }
        let plain = try map.scan(.poisson)
        let scaled = try larger.scan(.poisson)
        #expect(plain.clusters.map(\.members) == scaled.clusters.map(\.members))
        #expect(
            firstDisagreement(
                plain.clusters.map(\.logLikelihoodRatio),
                scaled.clusters.map(\.logLikelihoodRatio)
            ) == nil
        )
        #expect(plain.clusters.map(\.pValue) == scaled.clusters.map(\.pValue))
    }

    @Test("equal rates everywhere give no cluster")
    func noVariation() throws {
        let points = (0..<9).map { PlanarPoint(x: Double($0 % 3), y: Double($0 / 3)) }
        let people = [3, 6, 9, 12, 15, 18, 21, 24, 27]
        let even = ScannedMap(cases: people.map { $0 / 3 }, population: people, points: points)
        let everyone = ScannedMap(cases: people, population: people, points: points)
        #expect(try even.scan(.poisson).clusters.isEmpty)
        #expect(try even.scan(.bernoulli).clusters.isEmpty)
        #expect(try everyone.scan(.bernoulli).clusters.isEmpty)
        #expect(try everyone.scan(.bernoulli).nullMaxima.allSatisfy { $0 == 0 })
        let stopped = try everyone.scan(.bernoulli) { $0.stopAfterReached = 5 }
        #expect(stopped.nullMaxima.count == 5)
    }

    // MARK: Errors

    @Test("what cannot be scanned is said")
    func errors() throws {
        let map = ScannedMap(
            cases: [1, 2, 3],
            population: [10, 20, 30],
            points: [0, 1, 2].map { PlanarPoint(x: $0, y: 0) }
        )
        func expect(
            _ error: ScanInputError,
            _ model: ScanStatistic.Model = .poisson,
            _ change: (inout ScannedMap) -> Void
        ) {
            var changed = map
            change(&changed)
            #expect(throws: error) { try changed.scan(model) }
        }
        func expect(
            _ error: ScanInputError,
            options: (inout ScanStatistic.Options) -> Void
        ) {
            #expect(throws: error) { try map.scan(.poisson, options) }
        }
        for share in [0, -0.1, 0.51] {
            expect(.shareOutOfRange(share), options: { $0.maximumShare = share })
        }
        expect(.reportedShareOutOfRange(0.6), options: { $0.maximumReportedShare = 0.6 })
        expect(.reportedShareOutOfRange(0), options: { $0.maximumReportedShare = 0 })
        expect(.radiusOutOfRange(-1), options: { $0.maximumRadius = -1 })
        expect(.radiusOutOfRange(.infinity), options: { $0.maximumRadius = .infinity })
        expect(.pointNotFinite(area: 2)) { $0.points[2].y = .nan }
        expect(.negativeCount(area: 0)) { $0.cases[0] = -1 }
        expect(.negativeCount(area: 1)) { $0.population[1] = -20 }
        let tooMany = ScanInputError.casesExceedPopulation(area: 1, cases: 21, population: 20)
        expect(tooMany, .bernoulli) { $0.cases[1] = 21 }
        expect(.casesExceedPopulation(area: 1, cases: 2, population: 0)) { $0.population[1] = 0 }
        expect(.noCases) { $0.cases = [0, 0, 0] }
        expect(.totalsTooLarge) { $0.population[1] = Int(UInt32.max) }
        expect(.totalsTooLarge) { $0.population = [.max, .max, .max] }
        let empty = ScannedMap(cases: [], population: [], points: [])
        #expect(throws: ScanInputError.noCases) { try empty.scan(.bernoulli) }
        // As many cases as one likes among some people are a Poisson count.
        var many = map
        many.cases[1] = 500
        #expect(try many.scan(.poisson).clusters.first?.members == [1])
    }
}
