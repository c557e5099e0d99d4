/// Which vertex of an arc survives at which zoom.
///
/// Pikaz & Dinstein, "An algorithm for polygonal approximation based on iterative point
/// elimination", Pattern Recognition Letters 16 (1995): again and again the vertex goes whose new
/// edge stays nearest to all vertices that it replaces, those that went before included. So no
/// vertex of the source is ever farther from the drawn line than the tolerance, as with Douglas &
/// Peucker (1973). The area of Visvalingam & Whyatt (1993) bounds nothing: at the same mean error
/// it took 6 % more bytes, and single borders were 7 pixels off at a tolerance of 0.5.
///
/// One run from the deepest zoom to the shallowest serves all, because a coarser zoom only raises
/// the limit; the vertices of a zoom are thus a subset of those of the next.
///
/// Three rules are added so that a coverage stays one:
/// - nodes stay, and a closed arc keeps three vertices;
/// - a vertex stays while another vertex lies in its triangle, since the new edge would pass on
///   the wrong side of it. Triangles are exact integers, so nothing can ever cross;
/// - of several arcs between the same two nodes only one may become a straight line, or the area
///   between them would vanish.
///
/// - Complexity: O(*n* log *n* + *n* *r*) for *n* vertices, *r* of which an edge replaces.
struct ArcSimplification {
    /// The shallowest zoom that still has the vertex; 0 for nodes.
    private(set) var shallowestZoom: [UInt8]

    init(_ topology: CoverageTopology, settings: PyramidSettings) {
        shallowestZoom = Array(repeating: 0, count: topology.points.count)
        var run = EliminationRun(topology)
        for zoom in settings.zooms.reversed() {
            let pixel = Double(1 << (TileGrid.baseBits - 8 - zoom))
            let side = settings.tolerance(at: zoom) * pixel
            for vertex in run.eliminate(upTo: side * side) {
                shallowestZoom[Int(vertex)] = UInt8(zoom + 1)
            }
        }
    }

    /// The arcs with the vertices of `zoom` only.
    func arcs(of topology: CoverageTopology, zoom: Int) -> Chains {
        var arcs = Chains()
        for arc in topology.arcs.indices {
            arcs.append(topology.arcs[arc].lazy.filter { shallowestZoom[Int($0)] <= zoom })
        }
        return arcs
    }
}

/// The state of the elimination: a doubly linked list through each arc and a heap of vertices.
private struct EliminationRun {
    private let points: [GridPoint]
    private let arcs: Chains
    /// Where an inner vertex stands in its arc.
    private var positions: [Int32]
    private var before: [Int32]
    private var after: [Int32]
    /// The arc of an inner vertex; -1 for a node and the start of a ring.
    private var arcOfVertex: [Int32]
    private var isAlive: [Bool]
    private var innerCount: [Int]
    private let minimumInnerCount: [Int]
    private let endsOfArc: [UInt64]
    /// Pairs of nodes that a straight arc joins.
    private var joined: Set<UInt64> = []
    private var queue = VertexQueue()
    /// The square of how far the edge that would replace each vertex strays from the source;
    /// outdated queue entries differ from it.
    private var deviation: [Double]
    private var blocked: [Int32] = []

    init(_ topology: CoverageTopology) {
        points = topology.points
        arcs = topology.arcs
        before = Array(repeating: -1, count: points.count)
        after = before
        arcOfVertex = before
        positions = before
        isAlive = Array(repeating: true, count: points.count)
        deviation = Array(repeating: -1, count: points.count)
        var innerCount: [Int] = []
        var minimumInnerCount: [Int] = []
        var endsOfArc: [UInt64] = []
        for arc in topology.arcs.indices {
            let range = topology.arcs.range(arc)
            let vertices = topology.arcs.items
            for position in range.dropFirst().dropLast() {
                let vertex = Int(vertices[position])
                before[vertex] = vertices[position - 1]
                after[vertex] = vertices[position + 1]
                arcOfVertex[vertex] = Int32(arc)
                positions[vertex] = Int32(position)
            }
            let first = vertices[range.lowerBound]
            let last = vertices[range.upperBound - 1]
            innerCount.append(range.count - 2)
            minimumInnerCount.append(first == last ? 2 : 0)
            endsOfArc.append(UInt64(min(first, last)) << 32 | UInt64(max(first, last)))
            if range.count == 2 { joined.insert(endsOfArc[arc]) }
        }
        self.innerCount = innerCount
        self.minimumInnerCount = minimumInnerCount
        self.endsOfArc = endsOfArc
        for vertex in points.indices where arcOfVertex[vertex] >= 0 { measure(Int32(vertex)) }
    }

    /// Removes the vertices whose squared deviation is at most `limit`, as far as the rules allow.
    mutating func eliminate(upTo limit: Double) -> [Int32] {
        var removed: [Int32] = []
        guard limit > 0 else { return removed }
        let alive = points.indices.lazy.filter { [isAlive] in isAlive[$0] }.map(Int32.init)
        let index = BucketIndex(points: points, numbers: Array(alive))
        var countBefore: Int
        repeat {
            countBefore = removed.count
            for vertex in blocked where isAlive[Int(vertex)] { measure(vertex) }
            blocked.removeAll()
            while let next = queue.popFirst(upTo: limit) {
                let vertex = Int(next.vertex)
                guard isAlive[vertex], deviation[vertex] == next.deviation else { continue }
                if isRemovable(next.vertex, index) {
                    remove(next.vertex)
                    removed.append(next.vertex)
                } else {
                    blocked.append(next.vertex)
                }
            }
        } while removed.count > countBefore && !blocked.isEmpty
        return removed
    }

    private mutating func measure(_ vertex: Int32) {
        let (first, last) = (before[Int(vertex)], after[Int(vertex)])
        let range = arcs.range(Int(arcOfVertex[Int(vertex)]))
        // A node has no position of its own: it can only be an end of the arc.
        let start = arcOfVertex[Int(first)] < 0 ? range.lowerBound : Int(positions[Int(first)])
        let end = arcOfVertex[Int(last)] < 0 ? range.upperBound - 1 : Int(positions[Int(last)])
        let edge = EdgeDistance(points[Int(first)], points[Int(last)])
        var most = 0.0
        for position in start + 1..<end {
            most = max(most, edge.square(to: points[Int(arcs.items[position])]))
        }
        deviation[Int(vertex)] = most
        queue.insert(VertexQueue.Entry(deviation: most, vertex: vertex))
    }

    private func isRemovable(_ vertex: Int32, _ index: BucketIndex) -> Bool {
        let arc = Int(arcOfVertex[Int(vertex)])
        if innerCount[arc] <= minimumInnerCount[arc] { return false }
        if innerCount[arc] == 1, joined.contains(endsOfArc[arc]) { return false }
        return isTriangleEmpty(vertex, index)
    }

    /// Whether no other vertex lies in the triangle or on its border.
    private func isTriangleEmpty(_ vertex: Int32, _ index: BucketIndex) -> Bool {
        let (first, last) = (before[Int(vertex)], after[Int(vertex)])
        let (a, b, c) = (points[Int(first)], points[Int(vertex)], points[Int(last)])
        let box = GridRectangle(
            minX: min(a.x, b.x, c.x),
            minY: min(a.y, b.y, c.y),
            maxX: max(a.x, b.x, c.x),
            maxY: max(a.y, b.y, c.y)
        )
        var isEmpty = true
        index.visit(box) { other in
            guard isAlive[Int(other)], other != vertex, other != first, other != last else {
                return true
            }
            let point = points[Int(other)]
            guard box.contains(point) else { return true }
            let s = GridPoint.orientation(a, b, point)
            let t = GridPoint.orientation(b, c, point)
            let u = GridPoint.orientation(c, a, point)
            isEmpty = !((s >= 0 && t >= 0 && u >= 0) || (s <= 0 && t <= 0 && u <= 0))
            return isEmpty
        }
        return isEmpty
    }

    private mutating func remove(_ vertex: Int32) {
        let arc = Int(arcOfVertex[Int(vertex)])
        let (first, last) = (before[Int(vertex)], after[Int(vertex)])
        isAlive[Int(vertex)] = false
        innerCount[arc] -= 1
        if innerCount[arc] == 0 { joined.insert(endsOfArc[arc]) }
        // Only inner vertices carry links: nodes belong to several arcs.
        if arcOfVertex[Int(first)] >= 0 {
            after[Int(first)] = last
            measure(first)
        }
        if arcOfVertex[Int(last)] >= 0 {
            before[Int(last)] = first
            measure(last)
        }
    }
}

/// Distances of points to an edge, squared.
private struct EdgeDistance {
    private let start: GridPoint
    private let edge: GridPoint
    private let length: Double

    init(_ start: GridPoint, _ end: GridPoint) {
        self.start = start
        edge = end - start
        length = Double(edge.dot(edge))
    }

    func square(to point: GridPoint) -> Double {
        let way = point - start
        let along = Double(way.dot(edge))
        if along <= 0 { return Double(way.dot(way)) }
        if along >= length {
            let rest = way - edge
            return Double(rest.dot(rest))
        }
        let area = Double(edge.cross(way))
        return area * area / length
    }
}

/// A binary heap of vertices, least deviation first, ties by number so that runs agree.
private struct VertexQueue {
    struct Entry {
        var deviation: Double
        var vertex: Int32

        static func < (lhs: Entry, rhs: Entry) -> Bool {
            lhs.deviation == rhs.deviation
                ? lhs.vertex < rhs.vertex : lhs.deviation < rhs.deviation
        }
    }

    private var entries: [Entry] = []

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the vertex of least deviation if that is at most `limit`.
    mutating func popFirst(upTo limit: Double) -> Entry? {
        guard let first = entries.first, first.deviation <= limit else { return nil }
        let last = entries.removeLast()
        if entries.isEmpty { return first }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child] < entries[least] { least = child }
            }
            if least == parent { return first }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
