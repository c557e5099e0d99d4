internal import Foundation
internal import Geospatial
internal import SpatialStatistics

/// The statistics on maps of real size, each on one core and on two; peers run beside them when
/// Python has them (`statistics-peers.py`).
enum StatisticsGoals {
    static func run(_ report: (String) -> Void) throws {
        try BenchmarkPlace.withFolder { folder in
            var measured = PeerTable(folder: folder)
            try localTests(&measured)
            try nation(&measured)
            try scans(&measured)
            density(&measured)
            measured.runPeers()
            for line in measured.lines { report(line) }
        }
    }

    // MARK: - Conditional permutation

    private static func localTests(_ table: inout PeerTable) throws {
        let points = MadeUpPoints(count: 75_000, side: 274)
        try table.write(
            points.points.indices.map {
                "\(points.points[$0].x) \(points.points[$0].y) \(points.values[$0])"
            }, to: "points.txt")
        table.measure("8 nearest of 75,000 points", repeats: 9) { threads in
            DistanceWeights.nearest(8, of: points.points, threads: threads).linkCount
        }
        let nearest = DistanceWeights.nearest(8, of: points.points)
        table.measure("Gi*, 75,000 points, 8 nearest, R = 999", repeats: 15) { threads in
            _ = GetisOrd.zScores(of: points.values, weights: nearest, threads: threads)
            return ConditionalPermutation.pValues(
                of: points.values, weights: nearest, permutations: 999, seed: 1,
                threads: threads
            ).count
        }
        table.measure("local Moran, the same", repeats: 15) { threads in
            _ = LocalMoran.results(of: points.values, weights: nearest, threads: threads)
            return ConditionalPermutation.localMoranPValues(
                of: points.values, weights: nearest, permutations: 999, seed: 1,
                threads: threads
            ).count
        }
        let regency = try BenchmarkMaps.areas("geodata/desa.geojson") ?? []
        let queen = ContiguityWeights.queen(regency)
        let values = MadeUpPoints(count: regency.count, side: 18).values
        try table.write(values.map { "\($0)" }, to: "regency.txt")
        try table.write(
            [GALFormat.write(queen, ids: values.indices.map { "\($0)" })], to: "regency.gal")
        table.measure("Gi*, \(regency.count) desa, queen, R = 99,999 each", repeats: 5) { threads in
            ConditionalPermutation.pValues(
                of: values, weights: queen, permutations: 99_999, seed: 1, threads: threads
            ).count
        }
    }

    // MARK: - All Indonesia

    private static func nation(_ table: inout PeerTable) throws {
        let file = "../shared/data/indonesia/indonesia_desa_simplified.fgb"
        guard let areas = try BenchmarkMaps.areas(file) else {
            table.skip("all Indonesia: \(file) is not there")
            return
        }
        table.polygons = BenchmarkPlace.root.appendingPathComponent(file).path
        table.measure("queen neighbours, \(areas.count) desa", repeats: 9) { threads in
            ContiguityWeights.queen(areas, threads: threads).linkCount
        }
        let queen = ContiguityWeights.queen(areas)
        let values = MadeUpPoints(count: areas.count, side: 286).values
        table.measure("Gi*, \(areas.count) desa, queen, R = 3,999,999") { threads in
            ConditionalPermutation.pValues(
                of: values, weights: queen, permutations: 3_999_999, seed: 1, threads: threads
            ).count
        }
    }

    // MARK: - Scans

    private static func scans(_ table: inout PeerTable) throws {
        let maps = [
            ("geodata/desa.geojson", 0.5, nil, 9_999),
            ("../shared/data/jatim/jatim_desa.fgb", 0.1, 50_000.0, 999),
        ]
        for (file, share, radius, replicas) in maps {
            guard let areas = try BenchmarkMaps.areas(file) else {
                table.skip("scan: \(file) is not there")
                continue
            }
            let map = MadeUpCounts(areas)
            let reach = radius.map { ", \(Int($0 / 1_000)) km" } ?? ""
            table.measure(
                "Bernoulli scan, \(areas.count) desa, \(Int(share * 100)) %\(reach), R = \(replicas)"
            ) { threads in
                var options = ScanStatistic.Options(seed: 1)
                options.maximumShare = share
                options.maximumRadius = radius
                options.replicas = replicas
                options.threads = threads
                let result = try? ScanStatistic.clusters(
                    cases: map.cases, population: map.population, at: map.points,
                    model: .bernoulli, options: options)
                return result?.zoneCount ?? 0
            }
        }
    }

    // MARK: - Density

    private static func density(_ table: inout PeerTable) {
        guard let areas = try? BenchmarkMaps.areas("geodata/desa.geojson") else { return }
        let places = MadeUpFamilies(areas, count: 400_000)
        let window = MadeUpWindow.around(areas)
        let inside = Array(
            MadeUpFamilies(areas, count: 800_000).points.lazy.filter(window.contains)
                .prefix(400_000))
        let corrections: [(String, [PlanarPoint], KernelDensity.EdgeCorrection)] = [
            ("", places.points, .none),
            (", edges corrected after Diggle", inside, .diggle(window)),
            (", edges corrected evenly", inside, .uniform(window)),
        ]
        for (name, points, correction) in corrections {
            let grid = places.grid(cellSize: 250)
            table.measure(
                "density of \(points.count) points, \(grid.count) cells of 250 m, sd 1 km\(name)",
                repeats: 9
            ) { threads in
                let outcome = KernelDensity.densities(
                    of: points, on: grid, kernel: .gaussian(standardDeviation: 1_000),
                    correction: correction, threads: threads)
                guard case .estimated(let densities) = outcome else { return 0 }
                return densities.count
            }
        }
    }
}
