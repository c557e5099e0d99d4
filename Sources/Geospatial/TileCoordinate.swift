internal import Foundation

/// The address of a tile in the tile matrix set WebMercatorQuad (OGC 17-083r4, annex D.1).
///
/// `column` counts from west, `row` from **north** (the XYZ scheme, not TMS).
public struct TileCoordinate: Hashable, Sendable, Comparable {
    public let zoom: Int
    public let column: Int
    public let row: Int

    /// Nil when the address lies outside the matrix of its zoom level.
    public init?(zoom: Int, column: Int, row: Int) {
        guard (0...30).contains(zoom), (0..<(1 << zoom)).contains(column),
            (0..<(1 << zoom)).contains(row)
        else { return nil }
        self.zoom = zoom
        self.column = column
        self.row = row
    }

    public static func < (lhs: TileCoordinate, rhs: TileCoordinate) -> Bool {
        (lhs.zoom, lhs.column, lhs.row) < (rhs.zoom, rhs.column, rhs.row)
    }

    /// The tile's own extent, without buffer.
    public var boundingBox: BoundingBox {
        let scale = Double(1 << zoom)
        let northWest = WebMercator.coordinate(
            of: PlanarPoint(x: Double(column) / scale, y: Double(row) / scale))
        let southEast = WebMercator.coordinate(
            of: PlanarPoint(x: Double(column + 1) / scale, y: Double(row + 1) / scale))
        return BoundingBox(
            west: northWest.longitude,
            south: southEast.latitude,
            east: southEast.longitude,
            north: northWest.latitude
        )
    }
}

/// The spherical Mercator projection of web maps (EPSG:3857), scaled to the unit square.
///
/// x runs east from 0 to 1, y runs **south** from 0 to 1, so that a tile at zoom z covers
/// 1/2^z of each.
public enum WebMercator {
    /// Beyond this latitude the square ends.
    public static let latitudeLimit = 85.0511287798066

    public static func unitPoint(of coordinate: Coordinate) -> PlanarPoint {
        let latitude = min(max(coordinate.latitude, -latitudeLimit), latitudeLimit)
        let sine = sin(latitude * .pi / 180)
        return PlanarPoint(
            x: coordinate.longitude / 360 + 0.5,
            y: 0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi)
        )
    }

    public static func coordinate(of point: PlanarPoint) -> Coordinate {
        Coordinate(
            longitude: (point.x - 0.5) * 360,
            latitude: atan(sinh(.pi * (1 - 2 * point.y))) * 180 / .pi
        )
    }
}
