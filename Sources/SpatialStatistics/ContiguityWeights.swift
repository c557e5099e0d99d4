public import Geospatial

/// Neighbours by touching borders.
///
/// Two areas touch where their rings hold the same vertex, equal to the last bit. A coverage
/// whose neighbours share every vertex (see `geodata/`) is therefore read exactly; borders
/// digitised twice, or a vertex on one side of a border only, do not link.
public enum ContiguityWeights {
    /// Areas that share at least one vertex.
    /// - Complexity: O(vertices), by hashing.
    public static func queen(_ areas: [MultiPolygon]) -> SpatialWeights {
        var sharing = Sharing<Coordinate>(capacity: areas.reduce(0) { $0 + $1.vertexCount })
        for (unit, area) in areas.enumerated() {
            for polygon in area.polygons {
                for ring in polygon.rings {
                    for vertex in ring { sharing.note(vertex, of: unit) }
                }
            }
        }
        return sharing.weights(unitCount: areas.count)
    }

    /// Areas that share at least one edge, whichever way each of them runs along it.
    /// - Complexity: O(vertices), by hashing.
    public static func rook(_ areas: [MultiPolygon]) -> SpatialWeights {
        var sharing = Sharing<Edge>(capacity: areas.reduce(0) { $0 + $1.vertexCount })
        for (unit, area) in areas.enumerated() {
            for polygon in area.polygons {
                for ring in polygon.rings {
                    guard var previous = ring.last else { continue }
                    for vertex in ring {
                        if vertex != previous {
                            sharing.note(Edge(between: previous, and: vertex), of: unit)
                        }
                        previous = vertex
                    }
                }
            }
        }
        return sharing.weights(unitCount: areas.count)
    }
}

/// An edge without direction.
private struct Edge: Hashable {
    let first: Coordinate
    let second: Coordinate

    init(between one: Coordinate, and other: Coordinate) {
        let isOrdered =
            (one.longitude, one.latitude) <= (other.longitude, other.latitude)
        first = isOrdered ? one : other
        second = isOrdered ? other : one
    }
}

/// Collects which units hold the same vertex or edge.
private struct Sharing<Feature: Hashable> {
    private struct Link: Hashable {
        let lower: Int
        let higher: Int
    }

    /// A feature's holders form a chain through `entries`; nearly all have one or two.
    private struct Entry {
        let unit: Int
        let next: Int?
    }

    private var newestEntry: [Feature: Int] = [:]
    private var entries: [Entry] = []
    private var links: Set<Link> = []

    init(capacity: Int) {
        newestEntry.reserveCapacity(capacity)
        entries.reserveCapacity(capacity)
    }

    /// Units must come in ascending order, each with all its features together.
    mutating func note(_ feature: Feature, of unit: Int) {
        let newest = newestEntry[feature]
        if let newest, entries[newest].unit == unit { return }
        var entry = newest
        while let index = entry {
            links.insert(Link(lower: entries[index].unit, higher: unit))
            entry = entries[index].next
        }
        newestEntry[feature] = entries.count
        entries.append(Entry(unit: unit, next: newest))
    }

    func weights(unitCount: Int) -> SpatialWeights {
        SpatialWeights(
            unitCount: unitCount,
            undirectedLinks: links.lazy.map { ($0.lower, $0.higher) }
        )
    }
}
