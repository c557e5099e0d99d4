internal import Foundation
internal import Geospatial

/// The integer grids on which everything happens.
///
/// Zoom z has a grid of 4096 units per tile over the whole world. Beneath all of them lies the
/// *base grid*, 2^30 units around the world (3.7 cm at the equator), on which arcs are simplified
/// in exact integer arithmetic; input is rounded onto it from a *fine grid* of 2^36 units.
///
/// All grids run as `WebMercator.unitPoint` does: x east, y **south**. Orientation is meant in
/// the numbers, as if y went up: a ring with a positive shoelace sum is "positive". That is the
/// exterior of MVT 2.1 (4.3.4.4); seen on a map it runs clockwise.
public enum TileGrid {
    /// Units along a tile's side.
    public static let extent = 4096

    static let extentBits = 12
    static let baseBits = 30
    static let fineBits = 36

    /// How far a base coordinate is shifted to reach the grid of `zoom`.
    static func shift(to zoom: Int) -> Int { baseBits - extentBits - zoom }

    /// The point of the grid with 2^`bits` units around the world that lies nearest.
    static func point(of coordinate: Coordinate, bits: Int) -> GridPoint {
        let unit = WebMercator.unitPoint(of: coordinate)
        let scale = Double(1 << bits)
        return GridPoint(
            x: Int((unit.x * scale).rounded(.toNearestOrAwayFromZero)),
            y: Int((unit.y * scale).rounded(.toNearestOrAwayFromZero))
        )
    }

    /// The position of a point of the grid of `zoom`.
    static func coordinate(of point: GridPoint, zoom: Int) -> Coordinate {
        let scale = Double(1 << (extentBits + zoom))
        return WebMercator.coordinate(
            of: PlanarPoint(x: Double(point.x) / scale, y: Double(point.y) / scale)
        )
    }

    /// How many decimals of a degree keep the geometry of `zoom` valid: 4 at z6, 5 at z8 to z11,
    /// 6 at z12 to z14.
    ///
    /// The last decimal is at most a quarter of a grid unit, so rounding moves a vertex by less
    /// than 0.18 units, while snap rounding keeps vertices and foreign edges at least 0.5 apart.
    public static func decimals(at zoom: Int) -> Int {
        let unitDegrees = 360 / Double(1 << (extentBits + zoom))
        var decimals = 0
        var step = 1.0
        while step > unitDegrees / 4 {
            decimals += 1
            step /= 10
        }
        return decimals
    }
}

/// A point of one of the grids; which one is said where it is used.
struct GridPoint: Hashable, Sendable, Comparable {
    var x: Int
    var y: Int

    /// By x, then by y.
    static func < (lhs: GridPoint, rhs: GridPoint) -> Bool {
        lhs.x == rhs.x ? lhs.y < rhs.y : lhs.x < rhs.x
    }

    static func - (lhs: GridPoint, rhs: GridPoint) -> GridPoint {
        GridPoint(x: lhs.x - rhs.x, y: lhs.y - rhs.y)
    }

    /// The z component of the cross product; exact while both are shorter than 2^31.
    func cross(_ other: GridPoint) -> Int { x * other.y - y * other.x }

    func dot(_ other: GridPoint) -> Int { x * other.x + y * other.y }

    /// Positive when `point` lies to the left of the line from `start` to `end`; 0 on it.
    static func orientation(_ start: GridPoint, _ end: GridPoint, _ point: GridPoint) -> Int {
        (end - start).cross(point - start)
    }
}

/// A rectangle of grid points, its border included.
struct GridRectangle: Hashable, Sendable {
    var minX: Int
    var minY: Int
    var maxX: Int
    var maxY: Int

    init(minX: Int, minY: Int, maxX: Int, maxY: Int) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// A tile with its margin, on the grid of its zoom.
    init(column: Int, row: Int, buffer: Int) {
        self.init(
            minX: column * TileGrid.extent - buffer,
            minY: row * TileGrid.extent - buffer,
            maxX: (column + 1) * TileGrid.extent + buffer,
            maxY: (row + 1) * TileGrid.extent + buffer
        )
    }

    /// The smallest rectangle around `points`; nil when there are none.
    init?(around points: some Sequence<GridPoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        self.init(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
        while let next = iterator.next() { formUnion(next) }
    }

    mutating func formUnion(_ point: GridPoint) {
        minX = min(minX, point.x)
        minY = min(minY, point.y)
        maxX = max(maxX, point.x)
        maxY = max(maxY, point.y)
    }

    func union(_ other: GridRectangle) -> GridRectangle {
        GridRectangle(
            minX: min(minX, other.minX),
            minY: min(minY, other.minY),
            maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY)
        )
    }

    func contains(_ other: GridRectangle) -> Bool {
        minX <= other.minX && minY <= other.minY && maxX >= other.maxX && maxY >= other.maxY
    }

    func contains(_ point: GridPoint) -> Bool {
        minX <= point.x && minY <= point.y && maxX >= point.x && maxY >= point.y
    }

    /// Whether the interiors meet.
    func overlaps(_ other: GridRectangle) -> Bool {
        minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
    }

    /// Whether at least a point is shared.
    func touches(_ other: GridRectangle) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    /// The tiles of a zoom with 2^zoom columns whose margin reaches into this rectangle.
    func tiles(zoom: Int, buffer: Int) -> (columns: Range<Int>, rows: Range<Int>) {
        func range(_ low: Int, _ high: Int) -> Range<Int> {
            let first = max(0, (low - buffer) >> TileGrid.extentBits)
            // Upwards rounded, exclusive: a tile that merely touches is not in it.
            let end = min(
                1 << zoom,
                (high + buffer + TileGrid.extent - 1) >> TileGrid.extentBits
            )
            return first..<max(first, end)
        }
        return (range(minX, maxX), range(minY, maxY))
    }
}
