internal import Geospatial
internal import SpatialStatistics

/// The outline of areas that share their borders, in metres.
enum MadeUpWindow {
    private struct Edge: Hashable {
        let start: Coordinate
        let end: Coordinate
    }

    /// Borders between two areas run in both directions and cancel; what is left is the outline.
    static func around(_ areas: [MultiPolygon]) -> ObservationWindow {
        var edges = Set<Edge>()
        for polygon in areas.flatMap({ $0.wound().polygons }) {
            for ring in polygon.rings {
                guard var previous = ring.last else { continue }
                for vertex in ring {
                    if edges.remove(Edge(start: vertex, end: previous)) == nil {
                        edges.insert(Edge(start: previous, end: vertex))
                    }
                    previous = vertex
                }
            }
        }
        var ends: [Coordinate: [Coordinate]] = [:]
        for edge in edges { ends[edge.start, default: []].append(edge.end) }
        var rings: [[PlanarPoint]] = []
        while let start = ends.keys.first {
            var ring: [PlanarPoint] = []
            var vertex = start
            while let next = ends[vertex]?.popLast() {
                if ends[vertex]?.isEmpty == true { ends[vertex] = nil }
                ring.append(BenchmarkMaps.plane(next))
                vertex = next
            }
            rings.append(ring)
        }
        return ObservationWindow(rings: rings)
    }
}
