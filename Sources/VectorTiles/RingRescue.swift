/// Keeps islands that would round to nothing.
///
/// - Complexity: O(*n* log *r*) for *n* vertices and *r* rings that collapse.
struct RingRescue {
    var points: [GridPoint]
    var arcs: Chains
    private(set) var enlargedRings = 0
    private(set) var vanishedRings = 0

    private let topology: CoverageTopology
    private let shift: Int

    init(_ topology: CoverageTopology, arcs: Chains, shift: Int) {
        self.topology = topology
        self.arcs = arcs
        self.shift = shift
        points = topology.points
    }

    /// Gives closed arcs without area on the grid the smallest triangle, if there is room: the two
    /// pixels all around are free of other lines, judged by bounding boxes.
    mutating func enlargeCollapsedRings() {
        let collapsed = topology.arcs.indices.filter { isClosed($0) && isCollapsed($0) }
        guard !collapsed.isEmpty else { return }
        let starts = collapsed.map { pixel(of: points[Int(arcs.items[arcs.range($0).lowerBound])]) }
        let neighbours = arcsNear(starts, of: collapsed)
        var triangles: [Int: [Int32]] = [:]
        var takenPixels: Set<GridPoint> = []
        for (number, arc) in collapsed.enumerated() {
            let start = starts[number]
            // Those that became a triangle are where their triangle is, no longer where they were.
            let isCrowded =
                neighbours[number].contains { triangles[$0] == nil }
                || Self.isTriangle(near: start, among: takenPixels)
            guard topology.isRing[arc], !isCrowded else {
                vanishedRings += 1
                continue
            }
            let corners = [(0, 0), (1, 0), (0, 1)].map { offset in
                GridPoint(x: (start.x + offset.0) << shift, y: (start.y + offset.1) << shift)
            }
            let first = Int32(points.count)
            points += corners
            // The arc keeps its direction, on which the side of its area depends.
            let ring = arcs[arc].dropLast().map { points[Int($0)] }
            triangles[arc] =
                RingNesting.doubledArea(ring) > 0
                ? [first, first + 1, first + 2, first] : [first, first + 2, first + 1, first]
            takenPixels.insert(start)
            enlargedRings += 1
        }
        guard !triangles.isEmpty else { return }
        var replaced = Chains()
        replaced.reserve(chains: arcs.count, items: arcs.items.count)
        for arc in arcs.indices {
            if let triangle = triangles[arc] {
                replaced.append(triangle)
            } else {
                replaced.append(arcs[arc])
            }
        }
        arcs = replaced
    }

    private func pixel(of point: GridPoint) -> GridPoint {
        let half = 1 << (shift - 1)
        return GridPoint(x: (point.x + half) >> shift, y: (point.y + half) >> shift)
    }

    private func isClosed(_ arc: Int) -> Bool {
        let range = arcs.range(arc)
        return arcs.items[range.lowerBound] == arcs.items[range.upperBound - 1]
    }

    private func isCollapsed(_ arc: Int) -> Bool {
        RingNesting.doubledArea(arcs[arc].dropLast().map { pixel(of: points[Int($0)]) }) == 0
    }

    private static let room = 2

    /// For each of the rings `own`, the other arcs with a line in the room around its pixel.
    private func arcsNear(_ pixels: [GridPoint], of own: [Int]) -> [Set<Int>] {
        let order = pixels.indices.sorted { pixels[$0].x < pixels[$1].x }
        let west = order.map { (pixels[$0].x - Self.room) << shift }
        let side = (2 * Self.room + 1) << shift
        var near = [Set<Int>](repeating: [], count: pixels.count)
        for arc in arcs.indices {
            for position in arcs.range(arc).dropFirst() {
                let (a, b) = (
                    points[Int(arcs.items[position - 1])], points[Int(arcs.items[position])]
                )
                let (low, high) = (min(a.x, b.x), max(a.x, b.x))
                var next = Self.firstIndex(in: west, from: low - side)
                while next < west.count, west[next] <= high {
                    let number = order[next]
                    let top = (pixels[number].y - Self.room) << shift
                    if own[number] != arc, top <= max(a.y, b.y), min(a.y, b.y) <= top + side {
                        near[number].insert(arc)
                    }
                    next += 1
                }
            }
        }
        return near
    }

    /// The first position in the ascending `values` with at least `value`.
    private static func firstIndex(in values: [Int], from value: Int) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A triangle reaches one pixel beyond its own.
    private static func isTriangle(near pixel: GridPoint, among taken: Set<GridPoint>) -> Bool {
        guard !taken.isEmpty else { return false }
        let reach = room + 1
        for x in pixel.x - reach...pixel.x + reach {
            for y in pixel.y - reach...pixel.y + reach
            where taken.contains(GridPoint(x: x, y: y)) {
                return true
            }
        }
        return false
    }
}
