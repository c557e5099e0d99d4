internal import Compression
internal import Foundation
internal import Geospatial
internal import Pipeline
internal import SpatialStore
internal import VectorTiles

/// Pyramids as they are published, on all cores: where the time goes, and the size of a country.
enum PyramidBenchmarks {
    private static let runs = 5

    static func run(_ report: (String) -> Void) throws {
        for (name, path, zooms, goal) in files {
            guard FileManager.default.fileExists(atPath: path) else {
                report("\(name): no file, skipped")
                continue
            }
            try stages(name, path: path, zooms: zooms, goal: goal, report)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        report("  peak memory of this process: \(usage.ru_maxrss / 1024) MB (goal: under 2,000)")
    }

    private static var files: [(String, String, ClosedRange<Int>, String)] {
        let shared = BenchmarkPlace.root.appendingPathComponent("../shared/data").standardized.path
        return [
            (
                "330 desa, full detail", shared + "/probolinggo/probolinggo_desa.geojson", 6...14,
                "0.8"
            ),
            ("East Java", shared + "/jatim/jatim_desa.fgb", 5...12, "30"),
            (
                "Indonesia", shared + "/indonesia/indonesia_desa_simplified.fgb", 4...11, "240"
            ),
        ]
    }

    private static func stages(
        _ name: String,
        path: String,
        zooms: ClosedRange<Int>,
        goal: String,
        _ report: (String) -> Void
    ) throws {
        let clock = ContinuousClock()
        var summary: AreaTiling.Summary?
        let repeats = zooms.upperBound == 14 ? runs : 1
        let times = try BenchmarkPlace.withFolder { folder in
            try (0..<repeats).map { _ in
                try clock.measure {
                    var options = AreaTiling.Options()
                    options.zooms = zooms
                    summary = try AreaTiling(progress: SilentProgress())
                        .run(path: path, options: options, output: folder + "/areas.pmtiles")
                }.inSeconds
            }
        }.sorted()
        guard let summary else { return }
        let bytes = summary.zooms.reduce(0) { $0 + $1.bytes }
        let largest = summary.zooms.map(\.largest).max() ?? 0
        report(
            "\(name), z\(zooms.lowerBound) to z\(zooms.upperBound), file to PMTiles: "
                + "\(summary.areas) areas, \(summary.vertices) vertices: "
                + "\(times[repeats / 2].short) s (goal: under \(goal)), \(bytes) bytes, "
                + "largest tile \(largest) (goal: at most 500000), "
                + "\(summary.zooms.reduce(0) { $0 + $1.conflicts }) conflicts")
    }
}
