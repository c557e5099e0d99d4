/// A polygon with holes.
///
/// Rings do **not** repeat their first vertex at the end (GeoJSON and WKB do; their readers and
/// writers convert). By RFC 7946 the exterior runs counter-clockwise, holes clockwise;
/// `wound()` brings any input into that order.
public struct Polygon: Hashable, Sendable {
    public typealias Ring = [Coordinate]

    public var exterior: Ring
    public var holes: [Ring]

    public init(exterior: Ring, holes: [Ring] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    /// The exterior first, then the holes.
    public var rings: [Ring] { [exterior] + holes }

    /// The same polygon with its exterior counter-clockwise and its holes clockwise.
    public func wound() -> Polygon {
        func turned(_ ring: Ring, counterClockwise: Bool) -> Ring {
            (Polygon.signedArea(of: ring) > 0) == counterClockwise ? ring : ring.reversed()
        }
        return Polygon(
            exterior: turned(exterior, counterClockwise: true),
            holes: holes.map { turned($0, counterClockwise: false) }
        )
    }

    /// The shoelace area in square degrees; positive when `ring` runs counter-clockwise.
    public static func signedArea(of ring: Ring) -> Double {
        guard let origin = ring.first, ring.count > 2 else { return 0 }
        var sum = 0.0
        var previous = ring[ring.count - 1]
        for vertex in ring {
            // Relative to the first vertex: the absolute values would cost digits.
            sum +=
                (previous.longitude - origin.longitude) * (vertex.latitude - origin.latitude)
                - (vertex.longitude - origin.longitude) * (previous.latitude - origin.latitude)
            previous = vertex
        }
        return sum / 2
    }
}

/// One or more polygons that form one area, such as a desa with its islets.
public struct MultiPolygon: Hashable, Sendable {
    public var polygons: [Polygon]

    public init(_ polygons: [Polygon]) {
        self.polygons = polygons
    }

    public var boundingBox: BoundingBox? {
        BoundingBox(around: polygons.lazy.flatMap(\.exterior))
    }

    public var vertexCount: Int {
        polygons.reduce(0) { sum, polygon in
            polygon.holes.reduce(sum + polygon.exterior.count) { $0 + $1.count }
        }
    }

    public func wound() -> MultiPolygon {
        MultiPolygon(polygons.map { $0.wound() })
    }
}
