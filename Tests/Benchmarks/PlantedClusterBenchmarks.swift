internal import Compression
internal import Foundation
internal import Pipeline
internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// The whole way from file to map on 20 simulated registers.
///
/// Are the planted clusters found, and is anything hot that is not one?
enum PlantedClusterBenchmarks {
    private static let seeds: ClosedRange<UInt64> = 1...20

    private struct Outcome {
        var clusters = 0
        var clustersFound = 0
        var planted = 0
        var plantedFound = 0
        var hot = 0
        /// Hot desa that are neither planted nor next to a planted one.
        var beyondFirstRing = 0
    }

    static func run(_ report: (String) -> Void) throws {
        var outcomes: [Outcome] = []
        for seed in seeds {
            let outcome = try BenchmarkPlace.withFolder { folder in
                try judge(folder: folder + "/demo", seed: seed)
            }
            outcomes.append(outcome)
            report(
                "  seed \(seed): clusters found \(outcome.clustersFound)/\(outcome.clusters), "
                    + "planted desa found \(outcome.plantedFound)/\(outcome.planted), "
                    + "hot \(outcome.hot), beyond the first ring \(outcome.beyondFirstRing)")
        }
        let planted = outcomes.reduce(0) { $0 + $1.planted }
        let found = outcomes.reduce(0) { $0 + $1.plantedFound }
        let complete = outcomes.count { $0.clustersFound == $0.clusters }
        let clean = outcomes.count { $0.beyondFirstRing == 0 }
        report("  every cluster found: \(complete) of \(outcomes.count) seeds (goal: all)")
        report("  nothing hot beyond the first ring: \(clean) of \(outcomes.count) (goal: 19)")
        report("  planted desa found: \((100 * Double(found) / Double(planted)).short) %")
    }

    private static func judge(folder: String, seed: UInt64) throws -> Outcome {
        _ = try Demo(geodata: BenchmarkPlace.geodata, progress: SilentProgress())
            .run(folder: folder, keluarga: nil, seed: seed)
        let path = folder + "/" + Demo.databaseName
        let hot = try hotDesa(path: path)
        let truth = try clusters(path: SimulatedFiles(folder: folder).clusterTruth)
        let planted = Set(truth.values.joined())
        let database = try PovertyDatabase.open(at: path)
        guard let set = try database.activeBoundarySet() else { return Outcome() }
        let boundaries = try database.boundaries(of: set)
        let weights = ContiguityWeights.queen(boundaries.map(\.area))
        var near = planted
        for (index, boundary) in boundaries.enumerated()
        where planted.contains(boundary.desa.dotted) {
            near.formUnion(weights.neighbours(of: index).map { boundaries[$0].desa.dotted })
        }
        return Outcome(
            clusters: truth.count,
            clustersFound: truth.values.count { !hot.isDisjoint(with: $0) },
            planted: planted.count,
            plantedFound: planted.intersection(hot).count,
            hot: hot.count,
            beyondFirstRing: hot.subtracting(near).count)
    }

    /// What the published map shows as hot at a false discovery rate of 5 %.
    private static func hotDesa(path: String) throws -> Set<String> {
        let map = try PublishedMap(path: path)
        guard let id = try map.publishedReleaseID(),
            let blob = try map.release(id)?.documents["desa"],
            let document = try JSONSerialization.jsonObject(
                with: Data(Gzip.decompress(blob.gzip))) as? [String: Any],
            let rows = document["desa"] as? [[String: Any]]
        else { return [] }
        return Set(
            rows.filter { ["panas_99", "panas_95"].contains($0["kelas"] as? String) }
                .compactMap { $0["kode_desa"] as? String })
    }

    private static func clusters(path: String) throws -> [String: Set<String>] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        var clusters: [String: Set<String>] = [:]
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",")
            clusters[String(cells[0]), default: []].insert(String(cells[1]))
        }
        return clusters
    }
}
