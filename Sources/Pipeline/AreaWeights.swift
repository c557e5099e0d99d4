internal import Foundation
internal import Geospatial
internal import SpatialStatistics

/// Which areas are neighbours, and how near: `queen`, `rook`, `knn:8`, `distance:5000`,
/// `kernel:quadratic:8`, `inverse:2:5000`, `gal:FILE` or `gwt:FILE`.
struct AreaWeights {
    let neighbours: SpatialWeights
    /// Nil when all links weigh alike.
    let values: ValuedWeights?

    static func make(_ text: String, file: AreaFile, ids: [String]) throws -> AreaWeights {
        switch text.prefix(while: { $0 != ":" }) {
        case "kernel", "inverse", "gwt":
            let values = try valued(text, file: file, ids: ids)
            return AreaWeights(neighbours: values.neighbours, values: values)
        default:
            return AreaWeights(
                neighbours: try binary(text, file: file, ids: ids), values: nil)
        }
    }

    private static let kernels: [String: KernelWeights.Kernel] = [
        "uniform": .uniform, "triangular": .triangular, "quadratic": .quadratic,
        "quartic": .quartic, "gaussian": .gaussian,
    ]

    private static func valued(
        _ text: String,
        file: AreaFile,
        ids: [String]
    ) throws -> ValuedWeights {
        let parts = text.split(separator: ":").map(String.init)
        func bad(_ problem: String) -> AreaFileError { .badWeights(text: text, problem: problem) }
        switch parts[0] {
        case "kernel":
            guard parts.count == 3, let kernel = kernels[parts[1]], let count = Int(parts[2]),
                (1..<ids.count).contains(count)
            else {
                throw bad(
                    "kernel takes \(kernels.keys.sorted().joined(separator: ", ")) and the number "
                        + "of neighbours within the bandwidth, such as kernel:quadratic:8")
            }
            return KernelWeights.weights(
                kernel, bandwidth: .adaptiveByNearest(count), own: .kernel,
                of: try file.points())
        case "inverse":
            guard parts.count == 3, let power = Double(parts[1]), power > 0, power.isFinite,
                let cutoff = Double(parts[2]), cutoff > 0, cutoff.isFinite
            else { throw bad("inverse takes a power and metres, such as inverse:2:5000") }
            return InverseDistanceWeights.weights(
                power: power, cutoff: cutoff, leastDistance: min(100, cutoff / 10),
                of: try file.points())
        default:
            let path = String(text.dropFirst("gwt:".count))
            let content = try InputFile(path: path)
            do {
                return try GWTFormat.read(
                    String(decoding: try content.head(content.byteCount), as: UTF8.self),
                    ids: ids
                ).weights
            } catch let error as GWTError {
                throw bad("\(error.description)")
            }
        }
    }

    private static func binary(
        _ text: String,
        file: AreaFile,
        ids: [String]
    ) throws -> SpatialWeights {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let argument = parts.count > 1 ? parts[1] : nil
        switch parts.first {
        case "queen", "rook":
            guard let polygons = file.polygons else {
                throw AreaFileError.badWeights(
                    text: text, problem: "a table has no borders; give polygons, or gal:FILE")
            }
            return text == "queen"
                ? ContiguityWeights.queen(polygons) : ContiguityWeights.rook(polygons)
        case "knn":
            guard let count = argument.flatMap({ Int($0) }), count > 0, count < ids.count else {
                throw AreaFileError.badWeights(
                    text: text, problem: "knn takes a number from 1 to \(ids.count - 1)")
            }
            return DistanceWeights.nearest(count, of: try file.points())
        case "distance":
            guard let metres = argument.flatMap({ Double($0) }), metres > 0, metres.isFinite else {
                throw AreaFileError.badWeights(
                    text: text, problem: "distance takes a number of metres")
            }
            return DistanceWeights.band(metres, of: try file.points())
        case "gal":
            return try gal(argument ?? "", text: text, ids: ids)
        default:
            throw AreaFileError.badWeights(
                text: text,
                problem: "choose queen, rook, knn:8, distance:5000, kernel:quadratic:8, "
                    + "inverse:2:5000, gal:FILE or gwt:FILE")
        }
    }

    private static func gal(_ path: String, text: String, ids: [String]) throws -> SpatialWeights {
        let file = try InputFile(path: path)
        let content: GALFormat.Content
        do {
            content = try GALFormat.read(
                String(decoding: try file.head(file.byteCount), as: UTF8.self))
        } catch let error as GALError {
            throw AreaFileError.badWeights(text: text, problem: "\(error)")
        }
        var position: [String: Int] = [:]
        for (index, id) in content.ids.enumerated() { position[id] = index }
        guard position.count == ids.count, ids.allSatisfy({ position[$0] != nil }) else {
            throw AreaFileError.badWeights(
                text: text, problem: "its ids are not those of the areas; choose another --id")
        }
        // From the file's order to that of the areas.
        var place = Array(repeating: 0, count: ids.count)
        for (index, id) in ids.enumerated() { place[position[id] ?? 0] = index }
        return SpatialWeights(
            neighbours: ids.map { id in
                content.weights.neighbours(of: position[id] ?? 0).map { place[$0] }
            })
    }
}
