internal import Geospatial

/// Which areas touch: queen contiguity by shared vertices.
///
/// Right for a coverage whose neighbours share every vertex, as `geodata/desa.geojson` does.
enum QueenAdjacency {
    /// For each area the ascending indices of the others that have a vertex in common with it.
    static func neighbours(of areas: [MultiPolygon]) -> [[Int]] {
        var owners: [Coordinate: [Int]] = [:]
        for (index, area) in areas.enumerated() {
            for vertex in area.polygons.lazy.flatMap(\.rings).joined()
            where owners[vertex]?.last != index {
                owners[vertex, default: []].append(index)
            }
        }
        var neighbours = Array(repeating: Set<Int>(), count: areas.count)
        // The order of a dictionary changes from run to run; that of the result does not.
        for group in owners.values where group.count > 1 {
            for index in group { neighbours[index].formUnion(group) }
        }
        return neighbours.enumerated().map { index, set in set.subtracting([index]).sorted() }
    }

    /// Steps from the nearest of `sources` to every area; nil where no path leads.
    static func steps(from sources: [Int], along neighbours: [[Int]]) -> [Int?] {
        var steps = [Int?](repeating: nil, count: neighbours.count)
        for source in sources { steps[source] = 0 }
        var ring = sources
        var step = 0
        while !ring.isEmpty {
            step += 1
            var next: [Int] = []
            for neighbour in ring.lazy.flatMap({ neighbours[$0] }) where steps[neighbour] == nil {
                steps[neighbour] = step
                next.append(neighbour)
            }
            ring = next
        }
        return steps
    }
}
