/// The part of a polygon in a rectangle, as valid polygons.
///
/// The polygon's edges must not pass through the rectangle's border except in a vertex; arcs on
/// a `GriddedArcs` have such vertices. So nothing is computed here: edges are kept or left out.
/// Runs of kept edges ("paths") go from border to border and are linked along it:
///
/// ```
///      +--------<-------+        A path ends at e. The polygon is to the left, so its border
///      |   outside      |        goes on along the rectangle, counter-clockwise in the
///      s ->-.           ^        numbers, until the next path starts at s. That gives one
///      |     `-->-------e        ring per part, where Sutherland-Hodgman leaves several
///      |   inside       |        parts tied together along the border.
///      +----------------+
/// ```
///
/// Linked rings that meet themselves in a vertex are cut there, and holes find their exterior.
/// - Complexity: O(*n*) plus O(*k* log *k*) for *k* crossings of the border.
enum TileClipping {
    static func clip(_ polygon: GridPolygon, to rectangle: GridRectangle) -> [GridPolygon] {
        guard let box = GridRectangle(around: polygon.exterior), box.overlaps(rectangle) else {
            return []
        }
        if rectangle.contains(box) { return [polygon] }
        var rings: [[GridPoint]] = []
        var paths: [BorderPath] = []
        for ring in polygon.rings { collect(ring, in: rectangle, &rings, &paths) }
        if paths.isEmpty {
            // All along the border it is the same: inside or outside.
            if covers(polygon, cornerOf: rectangle) { rings.append(corners(of: rectangle)) }
        } else {
            for ring in link(paths, along: rectangle) { rings += RingNesting.simpleRings(of: ring) }
        }
        return RingNesting.polygons(of: rings)
    }

    /// Sorts the edges of a ring that lie inside into whole rings and paths.
    private static func collect(
        _ ring: [GridPoint],
        in rectangle: GridRectangle,
        _ rings: inout [[GridPoint]],
        _ paths: inout [BorderPath]
    ) {
        func isInside(_ position: Int) -> Bool {
            let (a, b) = (ring[position], ring[position + 1 == ring.count ? 0 : position + 1])
            // By the middle of the edge, doubled: an edge along the border is not inside.
            return a.x + b.x > 2 * rectangle.minX && a.x + b.x < 2 * rectangle.maxX
                && a.y + b.y > 2 * rectangle.minY && a.y + b.y < 2 * rectangle.maxY
        }
        func isOnBorder(_ point: GridPoint) -> Bool {
            point.x == rectangle.minX || point.x == rectangle.maxX || point.y == rectangle.minY
                || point.y == rectangle.maxY
        }
        // Start where no path can be under way.
        guard let origin = ring.indices.first(where: { isOnBorder(ring[$0]) || !isInside($0) })
        else {
            rings.append(ring)
            return
        }
        var path: [GridPoint] = []
        for step in ring.indices {
            let position = (origin + step) % ring.count
            guard isInside(position) else { continue }
            let end = ring[(position + 1) % ring.count]
            assert(
                rectangle.contains(ring[position]) && rectangle.contains(end),
                "an edge leaves the rectangle without a vertex: \(ring[position]) to \(end)"
            )
            if path.isEmpty { path.append(ring[position]) }
            path.append(end)
            if isOnBorder(end) {
                paths.append(BorderPath(points: path))
                path.removeAll()
            }
        }
    }

    private static func corners(of rectangle: GridRectangle) -> [GridPoint] {
        [
            GridPoint(x: rectangle.minX, y: rectangle.minY),
            GridPoint(x: rectangle.maxX, y: rectangle.minY),
            GridPoint(x: rectangle.maxX, y: rectangle.maxY),
            GridPoint(x: rectangle.minX, y: rectangle.maxY),
        ]
    }

    /// Whether the polygon covers the half unit in the rectangle's first corner, where no edge
    /// can be when no path meets the border.
    private static func covers(_ polygon: GridPolygon, cornerOf rectangle: GridRectangle) -> Bool {
        let point = GridPoint(x: 2 * rectangle.minX + 1, y: 2 * rectangle.minY + 1)
        func isInside(_ ring: [GridPoint]) -> Bool {
            RingNesting.side(of: point, ring.map { GridPoint(x: 2 * $0.x, y: 2 * $0.y) }) > 0
        }
        return isInside(polygon.exterior) && !polygon.holes.contains(where: isInside)
    }

    private static func link(
        _ paths: [BorderPath],
        along rectangle: GridRectangle
    ) -> [[GridPoint]] {
        let perimeter = BorderPosition(rectangle)
        var events: [BorderEvent] = []
        for (number, path) in paths.enumerated() {
            events.append(perimeter.event(at: path.first, towards: path.second, start: number))
            events.append(perimeter.event(at: path.last, towards: path.beforeLast, end: number))
        }
        // Several events in one point: the one farthest from the border ahead comes first. Then
        // every end is followed by the start it is to be linked with.
        events.sort { $0.position == $1.position ? $0.isLeft(of: $1) : $0.position < $1.position }
        var eventOfEnd = [Int](repeating: 0, count: paths.count)
        for (index, event) in events.enumerated() where !event.isStart {
            eventOfEnd[event.path] = index
        }
        var isUsed = [Bool](repeating: false, count: paths.count)
        var rings: [[GridPoint]] = []
        for first in paths.indices where !isUsed[first] {
            var ring: [GridPoint] = []
            var current = first
            while !isUsed[current] {
                isUsed[current] = true
                ring += paths[current].points.dropLast()
                let index = eventOfEnd[current]
                let following = (index + 1) % events.count
                let (end, start) = (events[index], events[following])
                if following > index, start.position == end.position {
                    current = start.path
                    continue
                }
                ring.append(paths[current].last)
                ring += perimeter.corners(
                    after: end.position,
                    before: start.position + (following > index ? 0 : perimeter.length)
                )
                current = start.path
            }
            rings.append(ring)
        }
        return rings
    }
}

/// A run of edges inside the rectangle from border to border.
private struct BorderPath {
    let points: [GridPoint]

    var first: GridPoint { points[0] }
    var second: GridPoint { points[1] }
    var beforeLast: GridPoint { points[points.count - 2] }
    var last: GridPoint { points[points.count - 1] }
}

/// Where a path starts or ends on the border.
private struct BorderEvent {
    let position: Int
    let path: Int
    let isStart: Bool
    /// From the border point into the rectangle.
    let direction: GridPoint

    /// Whether this leaves the common border point to the left of `other`.
    func isLeft(of other: BorderEvent) -> Bool { other.direction.cross(direction) > 0 }
}

/// Positions along the border of a rectangle, counter-clockwise in the numbers from its least
/// corner.
private struct BorderPosition {
    let rectangle: GridRectangle
    let width: Int
    let height: Int

    init(_ rectangle: GridRectangle) {
        self.rectangle = rectangle
        width = rectangle.maxX - rectangle.minX
        height = rectangle.maxY - rectangle.minY
    }

    var length: Int { 2 * (width + height) }

    func event(at point: GridPoint, towards inner: GridPoint, start path: Int) -> BorderEvent {
        BorderEvent(
            position: position(of: point),
            path: path,
            isStart: true,
            direction: inner - point
        )
    }

    func event(at point: GridPoint, towards inner: GridPoint, end path: Int) -> BorderEvent {
        BorderEvent(
            position: position(of: point),
            path: path,
            isStart: false,
            direction: inner - point
        )
    }

    private func position(of point: GridPoint) -> Int {
        if point.y == rectangle.minY { return point.x - rectangle.minX }
        if point.x == rectangle.maxX { return width + point.y - rectangle.minY }
        if point.y == rectangle.maxY { return width + height + rectangle.maxX - point.x }
        return 2 * width + height + rectangle.maxY - point.y
    }

    /// The corners strictly between two positions; the second may lie a round farther.
    func corners(after start: Int, before end: Int) -> [GridPoint] {
        let corners = [
            (0, GridPoint(x: rectangle.minX, y: rectangle.minY)),
            (width, GridPoint(x: rectangle.maxX, y: rectangle.minY)),
            (width + height, GridPoint(x: rectangle.maxX, y: rectangle.maxY)),
            (2 * width + height, GridPoint(x: rectangle.minX, y: rectangle.maxY)),
        ]
        let round = corners + corners.map { ($0.0 + length, $0.1) }
        return round.filter { $0.0 > start && $0.0 < end }.map(\.1)
    }
}
