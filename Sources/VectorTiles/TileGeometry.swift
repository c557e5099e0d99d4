public import Geospatial

/// The tiles of one zoom that a layer can reach.
///
/// A server answers "empty" for a tile inside the limits and "not found" outside.
public struct TileLimits: Hashable, Sendable {
    public let zoom: Int
    public let columns: ClosedRange<Int>
    public let rows: ClosedRange<Int>

    public func contains(_ tile: TileCoordinate) -> Bool {
        tile.zoom == zoom && columns.contains(tile.column) && rows.contains(tile.row)
    }
}

/// What lies in one tile and its margin, in the tile's own grid units from its north-western
/// corner.
///
/// Flat arrays of numbers only; 4096 units and the margin fit in 16 bits.
struct TileGeometry: Sendable {
    /// The features in the tile, ascending.
    private(set) var features: [Int32] = []
    /// Where in `ringEnds` the polygons of each feature end; empty for points.
    private(set) var polygonEnds: [Int32] = []
    /// Where in `vertexEnds` the rings of each polygon end; the first ring is the exterior.
    private(set) var ringEnds: [Int32] = []
    /// Where in `coordinates` the vertices of each ring end, counted in vertices.
    private(set) var vertexEnds: [Int32] = []
    /// x and y in turn; for points one pair per feature.
    private(set) var coordinates: [Int16] = []

    mutating func append(feature: Int, polygons: [GridPolygon], origin: GridPoint) {
        for polygon in polygons {
            append(polygon.exterior, origin)
            for hole in polygon.holes { append(hole, origin) }
            ringEnds.append(Int32(vertexEnds.count))
        }
        if features.last == Int32(feature) {
            polygonEnds[polygonEnds.count - 1] = Int32(ringEnds.count)
        } else {
            features.append(Int32(feature))
            polygonEnds.append(Int32(ringEnds.count))
        }
    }

    mutating func append(feature: Int, point: GridPoint, origin: GridPoint) {
        features.append(Int32(feature))
        append(point, origin)
    }

    private mutating func append(_ ring: [GridPoint], _ origin: GridPoint) {
        for vertex in ring { append(vertex, origin) }
        vertexEnds.append(Int32(coordinates.count / 2))
    }

    private mutating func append(_ point: GridPoint, _ origin: GridPoint) {
        coordinates.append(Int16(point.x - origin.x))
        coordinates.append(Int16(point.y - origin.y))
    }

    /// With the features of `other` after these.
    func joined(with other: TileGeometry) -> TileGeometry {
        var whole = self
        let (polygons, rings, vertices) = (
            Int32(ringEnds.count), Int32(vertexEnds.count), Int32(coordinates.count / 2)
        )
        whole.features += other.features
        whole.polygonEnds += other.polygonEnds.map { $0 + polygons }
        whole.ringEnds += other.ringEnds.map { $0 + rings }
        whole.vertexEnds += other.vertexEnds.map { $0 + vertices }
        whole.coordinates += other.coordinates
        return whole
    }

    /// The polygons of the feature at `position` in `features`, as positions in `ringEnds`.
    func polygons(at position: Int) -> Range<Int> { Self.range(polygonEnds, position) }

    /// The rings of a polygon, as positions in `vertexEnds`.
    func rings(of polygon: Int) -> Range<Int> { Self.range(ringEnds, polygon) }

    /// The vertices of a ring; vertex v stands at 2v in `coordinates`.
    func vertices(of ring: Int) -> Range<Int> { Self.range(vertexEnds, ring) }

    private static func range(_ ends: [Int32], _ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }
}
