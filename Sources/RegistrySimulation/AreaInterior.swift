internal import Geospatial

/// A position in whole millionths of a degree (about 0.11 m), so that its six decimals are exact.
struct MicroPosition: Hashable, Sendable {
    var longitude: Int32
    var latitude: Int32

    init(longitude: Int32, latitude: Int32) {
        self.longitude = longitude
        self.latitude = latitude
    }

    init(nearest coordinate: Coordinate) {
        longitude = Int32((coordinate.longitude * 1e6).rounded())
        latitude = Int32((coordinate.latitude * 1e6).rounded())
    }

    /// What a reader of the six decimals gets.
    var coordinate: Coordinate {
        Coordinate(longitude: Double(longitude) / 1e6, latitude: Double(latitude) / 1e6)
    }
}

/// The inside of an area: which points are well in it, and points drawn from it.
struct AreaInterior: Sendable {
    private struct Edge: Sendable {
        let start: Coordinate
        let end: Coordinate
    }

    let box: BoundingBox
    private let edges: [Edge]

    // About 0.1 m: a point this near to a border could, once written, be on either side.
    private static let marginDegrees = 1e-6
    private static let uniformTries = 400

    init(_ area: MultiPolygon) {
        guard let box = area.boundingBox else { preconditionFailure("an area without a ring") }
        self.box = box
        edges = area.polygons.flatMap(\.rings).flatMap { ring in
            zip(ring, ring.dropFirst() + ring.prefix(1)).map { Edge(start: $0, end: $1) }
        }
    }

    /// Inside by the even-odd rule, and not within the margin of an edge to the east or west.
    func contains(_ point: Coordinate) -> Bool {
        guard box.contains(point) else { return false }
        var isInside = false
        for edge in edges {
            let (a, b) = (edge.start, edge.end)
            if (a.latitude > point.latitude) != (b.latitude > point.latitude) {
                let share = (point.latitude - a.latitude) / (b.latitude - a.latitude)
                let crossing = a.longitude + share * (b.longitude - a.longitude)
                if abs(crossing - point.longitude) < Self.marginDegrees { return false }
                if crossing > point.longitude { isInside.toggle() }
            } else if abs(a.latitude - point.latitude) < Self.marginDegrees,
                abs(b.latitude - point.latitude) < Self.marginDegrees,
                min(a.longitude, b.longitude) <= point.longitude,
                max(a.longitude, b.longitude) >= point.longitude
            {
                return false
            }
        }
        return isInside
    }

    /// A point drawn evenly from the area; nil when bad luck outlasts the tries (an area that
    /// fills 1 % of its box: once in 55).
    func uniformPosition(from generator: inout SeededGenerator) -> MicroPosition? {
        for _ in 0..<Self.uniformTries {
            let position = MicroPosition(
                nearest: Coordinate(
                    longitude: box.west + generator.uniform() * (box.east - box.west),
                    latitude: box.south + generator.uniform() * (box.north - box.south)
                )
            )
            if contains(position.coordinate) { return position }
        }
        return nil
    }
}
