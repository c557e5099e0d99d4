import Foundation
import Geospatial
import SpatialStatistics
import Testing

@Suite struct EllipticScanTests {
    private static let models = [ScanStatistic.Model.poisson, .bernoulli]

    private func scan(
        _ map: ScannedMap,
        _ model: ScanStatistic.Model,
        shapes: [EllipticScan.Shape] = EllipticScan.Shape.standard,
        penalty: EllipticScan.EccentricityPenalty = .medium,
        replicas: Int = 19,
        seed: UInt64 = 1,
        _ change: (inout ScanStatistic.Options) -> Void = { _ in }
    ) throws -> EllipticScan.Result {
        var options = ScanStatistic.Options(seed: seed)
        options.replicas = replicas
        change(&options)
        return try EllipticScan.clusters(
            cases: map.cases,
            population: map.population,
            at: map.points,
            model: model,
            shapes: shapes,
            penalty: penalty,
            options: options
        )
    }

    /// A lattice with twice the rate, or another, along a line of some slope.
    private func band(
        direction: PlanarPoint,
        half: (length: Double, width: Double),
        rate: Double = 0.2,
        using generator: inout SeededGenerator
    ) -> (map: ScannedMap, members: Set<Int>) {
        var map = ScannedMap(
            columns: 9, rows: 9, people: 60...90, chance: 0.1, using: &generator)
        let members = map.points.indices.filter { area in
            let (x, y) = (map.points[area].x - 4, map.points[area].y - 4)
            let along = x * direction.x + y * direction.y
            let across = y * direction.x - x * direction.y
            let (u, v) = (along / half.length, across / half.width)
            return u * u + v * v <= 1
        }
        for area in members { map.cases[area] = generator.binomial(map.population[area], rate) }
        return (map, Set(members))
    }

    @Test("with discs alone everything is as in the circular scan", arguments: models)
    func discs(model: ScanStatistic.Model) throws {
        for folder in ["scan-auckland", "scan-stl-homicide"] {
            let map = try ScannedMap(folder)
            for penalty in EllipticScan.EccentricityPenalty.allCases {
                let elliptic = try scan(
                    map, model, shapes: [.disc], penalty: penalty, replicas: 99
                ) { $0.maximumReportedShare = 0.2 }
                let circular = try map.scan(model, replicas: 99) { $0.maximumReportedShare = 0.2 }
                #expect(elliptic.scan == circular)
                for (ellipse, cluster) in zip(elliptic.ellipses, circular.clusters) {
                    #expect(ellipse.score == cluster.logLikelihoodRatio)
                    #expect(ellipse.semiMajorAxis == cluster.radius)
                    #expect(ellipse.semiMinorAxis == cluster.radius)
                }
            }
        }
    }

    @Test("the first cluster is the best of all ellipses", arguments: models)
    func exhaustive(model: ScanStatistic.Model) throws {
        let shapes = [
            EllipticScan.Shape.disc, .init(axisRatio: 1.5, angles: 4),
            .init(axisRatio: 3, angles: 5),
        ]
        for seed in 1...5 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let map = ScannedMap(
                columns: 5, rows: 4, people: 5...60, chance: 0.2, using: &generator)
            for penalty in EllipticScan.EccentricityPenalty.allCases {
                let result = try scan(map, model, shapes: shapes, penalty: penalty)
                let best = try highest(model, map, shapes, penalty)
                #expect(
                    abs((result.ellipses.first?.score ?? 0) - best) < 1e-9,
                    "seed \(seed), \(penalty)")
                let members = result.scan.clusters.flatMap(\.members)
                #expect(Set(members).count == members.count, "seed \(seed)")
                let scores = result.ellipses.map(\.score)
                #expect(scores == scores.sorted(by: >), "seed \(seed)")
            }
        }
    }

    /// By the quadratic form of each ellipse; the ratio itself from a scan of two areas.
    private func highest(
        _ model: ScanStatistic.Model,
        _ map: ScannedMap,
        _ shapes: [EllipticScan.Shape],
        _ penalty: EllipticScan.EccentricityPenalty
    ) throws -> Double {
        let all = map.population.reduce(0, +)
        let allCases = map.cases.reduce(0, +)
        var best = 0.0
        var seen: [Set<Int>: Double] = [:]
        for shape in shapes {
            let weight = pow(
                4 * shape.axisRatio / pow(shape.axisRatio + 1, 2), penalty.rawValue)
            for number in 0..<shape.angles {
                let angle = Double(number) * .pi / Double(shape.angles)
                for home in map.points {
                    let distances = map.points.map { point in
                        let (x, y) = (point.x - home.x, point.y - home.y)
                        let along = x * cos(angle) + y * sin(angle)
                        let whole = x * x + y * y
                        // across^2 = whole - along^2
                        return (whole - along * along + pow(along / shape.axisRatio, 2))
                            .squareRoot()
                    }
                    for radius in distances {
                        let inside = Set(
                            distances.indices.filter { distances[$0] <= radius + 1e-6 })
                        let people = inside.reduce(0) { $0 + map.population[$1] }
                        guard 2 * people <= all else { continue }
                        let cases = inside.reduce(0) { $0 + map.cases[$1] }
                        let ratio = try seen[inside] ?? ratio(model, cases, people, allCases, all)
                        seen[inside] = ratio
                        best = max(best, weight * ratio)
                    }
                }
            }
        }
        return best
    }

    /// The ratio of a zone: that of a map of the zone and of the rest.
    private func ratio(
        _ model: ScanStatistic.Model,
        _ cases: Int,
        _ people: Int,
        _ allCases: Int,
        _ all: Int
    ) throws -> Double {
        let map = ScannedMap(
            cases: [cases, allCases - cases],
            population: [people, all - people],
            points: [PlanarPoint(x: 0, y: 0), PlanarPoint(x: 1, y: 0)]
        )
        let first = try map.scan(model, replicas: 1).clusters.first { $0.members == [0] }
        return first?.logLikelihoodRatio ?? 0
    }

    @Test(
        "a planted ellipse is found better by ellipses than by discs",
        arguments: [(1, 0), (0.6, 0.8), (-0.8, 0.6), (0, 1)]
    )
    func plantedEllipse(x: Double, y: Double) throws {
        let shapes = [
            EllipticScan.Shape.disc, .init(axisRatio: 2, angles: 6),
            .init(axisRatio: 4, angles: 12),
        ]
        var gain = 0.0
        for seed in 1...3 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let (map, planted) = band(
                direction: PlanarPoint(x: x, y: y), half: (4.6, 1.2), rate: 0.25, using: &generator)
            let ellipses = try scan(map, .bernoulli, shapes: shapes, replicas: 39) {
                $0.maximumShare = 0.25
            }
            let discs = try map.scan(.bernoulli, replicas: 39) { $0.maximumShare = 0.25 }
            let found = try #require(ellipses.scan.clusters.first)
            let disc = try #require(discs.clusters.first)
            #expect(found.pValue <= 0.05, "seed \(seed)")
            let ellipse = try #require(ellipses.ellipses.first)
            #expect(ellipse.axisRatio >= 2, "seed \(seed)")
            // Along the band: the cosine of the angle between, either way.
            let along = cos(ellipse.angleRadians) * x + sin(ellipse.angleRadians) * y
            #expect(abs(along) > 0.86, "seed \(seed): \(ellipse)")
            gain +=
                jaccard(Set(found.members), planted) - jaccard(Set(disc.members), planted)
            #expect(ellipse.score > disc.logLikelihoodRatio, "seed \(seed)")
        }
        #expect(gain / 3 > 0.1, "\(gain / 3)")
    }

    private func jaccard(_ one: Set<Int>, _ other: Set<Int>) -> Double {
        Double(one.intersection(other).count) / Double(one.union(other).count)
    }

    @Test("a round cluster is not made thin, and the less so the stronger the penalty")
    func penalty() throws {
        var generator = SeededGenerator(seed: 12)
        let (map, planted) = band(
            direction: PlanarPoint(x: 1, y: 0), half: (2.3, 2.3), rate: 0.3, using: &generator)
        let results = try EllipticScan.EccentricityPenalty.allCases.map {
            try scan(map, .bernoulli, penalty: $0, replicas: 1) { $0.maximumShare = 0.25 }
        }
        let shapes = results.compactMap { $0.ellipses.first?.axisRatio }
        #expect(shapes == shapes.sorted(by: >))
        #expect((shapes.last ?? 9) <= 1.5)
        let members = try #require(results.last?.scan.clusters.first?.members)
        #expect(jaccard(Set(members), planted) > 0.8)
        #expect(EllipticScan.EccentricityPenalty.strong.factor(axisRatio: 3) == 0.75)
        #expect(EllipticScan.EccentricityPenalty.medium.factor(axisRatio: 1) == 1)
    }

    @Test("where the null holds, p is below 0.05 as often as it should")
    func calibration() throws {
        let maps = 300
        let shapes = [EllipticScan.Shape.disc, .init(axisRatio: 2, angles: 4)]
        var below = 0
        var gumbelBelow = 0
        for number in 0..<maps {
            var generator = SeededGenerator(seed: 4_000 + UInt64(number))
            let map = ScannedMap(
                columns: 6, rows: 5, people: 40...90, chance: 0.3, using: &generator)
            let cluster = try scan(
                map, .bernoulli, shapes: shapes, replicas: 39, seed: UInt64(number)
            ) { $0.maximumClusters = 1 }.scan.clusters.first
            if let cluster, cluster.pValue <= 0.05 { below += 1 }
            if let p = cluster?.gumbelPValue, p <= 0.05 { gumbelBelow += 1 }
        }
        // 15 expected; 3.3 standard deviations of a binomial are 12.5. Seeds 4000 to 4299.
        #expect(abs(below - 15) <= 12, "\(below) of \(maps)")
        #expect(abs(gumbelBelow - 15) <= 13, "\(gumbelBelow) of \(maps)")
    }

    @Test("turning the map by one of the angles turns the ellipses")
    func turned() throws {
        var generator = SeededGenerator(seed: 9)
        let (map, _) = band(
            direction: PlanarPoint(x: 1, y: 0), half: (4.6, 1.2), using: &generator)
        var turned = map
        turned.points = map.points.map { PlanarPoint(x: 700_000 - $0.y, y: 9_100_000 + $0.x) }
        let shapes = [EllipticScan.Shape.disc, .init(axisRatio: 4, angles: 12)]
        let before = try scan(map, .poisson, shapes: shapes)
        let after = try scan(turned, .poisson, shapes: shapes)
        #expect(after.scan.clusters.map(\.members) == before.scan.clusters.map(\.members))
        #expect(after.scan.zoneCount == before.scan.zoneCount)
        #expect(after.scan.nullMaxima == before.scan.nullMaxima)
        let (first, second) = try (
            #require(before.ellipses.first), #require(after.ellipses.first)
        )
        let difference = abs(second.angleRadians - first.angleRadians)
        #expect(abs(difference - .pi / 2) < 1e-9)
    }

    @Test("the radius bounds the long axis, and the number of threads leaves no trace")
    func bounds() throws {
        var generator = SeededGenerator(seed: 5)
        let map = ScannedMap(columns: 7, rows: 6, people: 10...40, chance: 0.3, using: &generator)
        let result = try scan(map, .bernoulli) { $0.maximumRadius = 2.5 }
        for ellipse in result.ellipses { #expect(ellipse.semiMajorAxis <= 2.5 + 1e-9) }
        for cluster in result.scan.clusters { #expect(cluster.radius <= 2.5 + 1e-9) }
        let one = try scan(map, .bernoulli) { $0.threads = 1 }
        let three = try scan(map, .bernoulli) { $0.threads = 3 }
        #expect(one == three)
    }

    @Test("what cannot be scanned is said as in the circular scan")
    func degenerate() throws {
        let origin = PlanarPoint(x: 0, y: 0)
        func error(_ map: ScannedMap) -> ScanInputError? {
            do {
                _ = try scan(map, .bernoulli)
                return nil
            } catch { return error as? ScanInputError }
        }
        #expect(error(ScannedMap(cases: [], population: [], points: [])) == .noCases)
        #expect(
            error(ScannedMap(cases: [0], population: [9], points: [origin])) == .noCases)
        // One place is all of the map, all areas at one place are one zone: nothing within half.
        let lone = try scan(ScannedMap(cases: [2], population: [9], points: [origin]), .bernoulli)
        #expect(lone.scan.clusters.isEmpty && lone.ellipses.isEmpty && lone.scan.zoneCount == 0)
        let heap = ScannedMap(
            cases: [5, 1, 1], population: [9, 9, 9], points: [origin, origin, origin])
        #expect(try scan(heap, .poisson).scan.zoneCount == 0)
        // All on a line: ellipses across it are discs.
        let line = ScannedMap(
            cases: [9, 9, 1, 1, 1, 1], population: [10, 10, 10, 10, 10, 10],
            points: (0..<6).map { PlanarPoint(x: Double($0), y: 0) })
        let found = try #require(try scan(line, .bernoulli).scan.clusters.first)
        #expect(found.members == [0, 1])
    }
}
