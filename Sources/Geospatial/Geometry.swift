/// A shape of any kind of the simple features (OGC 06-103r4).
///
/// Positions are longitude and latitude in EPSG:4326 unless said otherwise; with another reference
/// system `longitude` is its first axis drawn to the right, `latitude` the one drawn upwards.
/// A point without a position is a `multiPoint` without points. Rings of polygons are open here
/// (see `Polygon`).
public enum Geometry: Hashable, Sendable {
    case point(Coordinate)
    case multiPoint([Coordinate])
    case lineString([Coordinate])
    case multiLineString([[Coordinate]])
    case polygon(Polygon)
    case multiPolygon(MultiPolygon)
    case collection([Geometry])

    /// So many collections may stand in each other when a geometry is read.
    static let deepest = 16

    /// The smallest box around all positions; nil when there are none.
    public var boundingBox: BoundingBox? {
        switch self {
        case .point(let point): BoundingBox(around: CollectionOfOne(point))
        case .multiPoint(let points), .lineString(let points): BoundingBox(around: points)
        case .multiLineString(let lines): BoundingBox(around: lines.joined())
        case .polygon(let polygon): BoundingBox(around: polygon.exterior)
        case .multiPolygon(let area): area.boundingBox
        case .collection(let members):
            BoundingBox(enclosing: members.compactMap(\.boundingBox))
        }
    }

    /// The same geometry with its axes exchanged, as between EPSG:4326 (latitude first) and CRS84.
    public func swappingAxes() -> Geometry {
        mapCoordinates { Coordinate(longitude: $0.latitude, latitude: $0.longitude) }
    }

    /// The geometry of the same kind with each position replaced.
    public func mapCoordinates<E: Error>(
        _ transform: (Coordinate) throws(E) -> Coordinate
    ) throws(E) -> Geometry {
        func all(_ points: [Coordinate]) throws(E) -> [Coordinate] {
            try points.map(transform)
        }
        func rings(_ polygon: Polygon) throws(E) -> Polygon {
            Polygon(
                exterior: try all(polygon.exterior),
                holes: try polygon.holes.map { (hole) throws(E) in try all(hole) })
        }
        switch self {
        case .point(let point):
            return .point(try transform(point))
        case .multiPoint(let points):
            return .multiPoint(try all(points))
        case .lineString(let points):
            return .lineString(try all(points))
        case .multiLineString(let lines):
            return .multiLineString(try lines.map { (line) throws(E) in try all(line) })
        case .polygon(let polygon):
            return .polygon(try rings(polygon))
        case .multiPolygon(let area):
            return .multiPolygon(
                MultiPolygon(try area.polygons.map { (part) throws(E) in try rings(part) }))
        case .collection(let members):
            return .collection(
                try members.map { (member) throws(E) in try member.mapCoordinates(transform) })
        }
    }
}
