internal import Foundation
internal import Geospatial
internal import SpatialStatistics

/// Which areas are neighbours: `queen`, `rook`, `knn:8`, `distance:5000` or `gal:FILE`.
enum AreaWeights {
    static func make(_ text: String, file: AreaFile, ids: [String]) throws -> SpatialWeights {
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
                text: text, problem: "choose queen, rook, knn:8, distance:5000 or gal:FILE")
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
