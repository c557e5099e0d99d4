internal import Foundation

/// Prints every benchmark; names on the command line choose some of them.
///
/// Figures of one machine on one day: compare them with a peer run beside, not with a memory.
@main
enum Benchmarks {
    private static let all: [(name: String, run: @Sendable () throws -> Void)] = [
        (
            "statistics",
            {
                SpatialStatisticsBenchmarks.run { print($0) }
                try StatisticsGoals.run { print($0) }
            }
        ),
        ("tiles", { VectorTilesBenchmarks.run { print($0) } }),
        ("pyramids", { try PyramidBenchmarks.run { print($0) } }),
        ("releases", { try ReleaseBenchmarks.run { print($0) } }),
        ("locator", { try PolygonLocatorBenchmarks.run { print($0) } }),
        ("geometries", { try GeometryBenchmarks.run { print($0) } }),
        ("names", { try NameMatchingBenchmarks.run { print($0) } }),
        ("linkage", { RecordLinkageBenchmarks.run { print($0) } }),
        ("workbooks", { try WorkbookBenchmarks.run { print($0) } }),
        ("pipeline", { try PipelineBenchmarks.run { print($0) } }),
        ("clusters", { try PlantedClusterBenchmarks.run { print($0) } }),
        ("power", { try ClusterPowerBenchmarks.run { print($0) } }),
        ("server", { try ServerBenchmarks.run { print($0) } }),
    ]

    static func main() throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        let unknown = wanted.subtracting(all.map(\.name))
        guard unknown.isEmpty else {
            print("Unknown: \(unknown.sorted()). Known: \(all.map(\.name).joined(separator: ", "))")
            exit(64)
        }
        for benchmark in all where wanted.isEmpty || wanted.contains(benchmark.name) {
            print("== \(benchmark.name)")
            try benchmark.run()
        }
    }
}

enum BenchmarkPlace {
    /// The package's root, found from this file.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static var geodata: String { root.appendingPathComponent("geodata").path }

    /// Runs `body` in a new folder and removes it afterwards.
    static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Double {
    /// Three decimals.
    var short: String { String((self * 1000).rounded() / 1000) }
}
