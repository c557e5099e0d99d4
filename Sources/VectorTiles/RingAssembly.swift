/// From the arcs around an area, rounded to a grid, to its polygons.
///
/// Rounding may press a narrow neck of an area flat: its two sides then run along the same edges
/// in opposite directions. Such pairs cancel, and what remains is linked to rings anew, so the
/// area falls into parts that are each valid. The neighbours on both sides of the neck then meet,
/// without a gap.
///
/// - Complexity: O(*e*) for *e* edges.
struct RingAssembly {
    private let points: [GridPoint]
    /// The first of the edges that leave a vertex; -1 for none.
    private var firstEdge: [Int32]
    private var starts: [Int32] = []
    private var ends: [Int32] = []
    private var nextEdge: [Int32] = []
    /// How often an edge is there beyond its opposite.
    private var surplus: [Int32] = []
    private var isOpen: [Bool] = []
    /// Edges that an area had twice in the same direction; only overlapping input has those.
    private(set) var doubledEdges = 0

    init(points: [GridPoint]) {
        self.points = points
        firstEdge = Array(repeating: -1, count: points.count)
    }

    /// The polygons to the left of the arcs `references` (as in `CoverageTopology.areas`).
    mutating func polygons(arcs: Chains, references: ArraySlice<Int32>) -> [GridPolygon] {
        defer { reset() }
        for reference in references {
            let range = arcs.range(Int(reference >> 1))
            if reference & 1 == 0 {
                for position in range.dropFirst() {
                    add(arcs.items[position - 1], arcs.items[position])
                }
            } else {
                for position in range.dropFirst().reversed() {
                    add(arcs.items[position], arcs.items[position - 1])
                }
            }
        }
        for count in surplus {
            isOpen.append(count > 0)
            doubledEdges += Int(max(0, count - 1))
        }
        var rings: [[GridPoint]] = []
        for edge in starts.indices where isOpen[edge] {
            let (ring, meetsItself) = takeRing(from: edge)
            if meetsItself {
                rings += RingNesting.simpleRings(of: ring)
            } else {
                rings.append(ring)
            }
        }
        return RingNesting.polygons(of: rings)
    }

    /// Counts an edge; one in the opposite direction undoes it.
    ///
    /// Several layers of lines can be pressed onto one edge, in any order: what counts is how many
    /// are left over.
    private mutating func add(_ start: Int32, _ end: Int32) {
        if let opposite = edge(from: end, to: start), surplus[opposite] > 0 {
            surplus[opposite] -= 1
            return
        }
        if let known = edge(from: start, to: end) {
            surplus[known] += 1
            return
        }
        starts.append(start)
        ends.append(end)
        surplus.append(1)
        nextEdge.append(firstEdge[Int(start)])
        firstEdge[Int(start)] = Int32(starts.count - 1)
    }

    private func edge(from start: Int32, to end: Int32) -> Int? {
        var edge = Int(firstEdge[Int(start)])
        while edge >= 0 {
            if ends[edge] == end { return edge }
            edge = Int(nextEdge[edge])
        }
        return nil
    }

    /// Follows the border of one face, the face to the left, and closes the edges it takes.
    private mutating func takeRing(from first: Int) -> (ring: [GridPoint], meetsItself: Bool) {
        var ring: [GridPoint] = []
        var meetsItself = false
        var edge = first
        while true {
            isOpen[edge] = false
            ring.append(points[Int(starts[edge])])
            let vertex = ends[edge]
            let back = points[Int(starts[edge])] - points[Int(vertex)]
            var next = vertex == starts[first] ? first : -1
            var candidate = Int(firstEdge[Int(vertex)])
            while candidate >= 0 {
                if isOpen[candidate] {
                    if next < 0 {
                        next = candidate
                    } else {
                        meetsItself = true
                        if isClockwiseFirst(candidate, next, back) { next = candidate }
                    }
                }
                candidate = Int(nextEdge[candidate])
            }
            if next < 0 || next == first { return (ring, meetsItself) }
            edge = next
        }
    }

    /// Whether `edge` is met before `other` when turning clockwise from `back`, the way one came.
    private func isClockwiseFirst(_ edge: Int, _ other: Int, _ back: GridPoint) -> Bool {
        func direction(_ edge: Int) -> GridPoint {
            points[Int(ends[edge])] - points[Int(starts[edge])]
        }
        let (u, v) = (direction(edge), direction(other))
        let (uTurn, vTurn) = (back.cross(u), back.cross(v))
        // Clockwise from `back`: first the right half-plane, then straight on, then the left.
        func half(_ turn: Int) -> Int { turn < 0 ? 0 : turn == 0 ? 1 : 2 }
        if half(uTurn) != half(vTurn) { return half(uTurn) < half(vTurn) }
        return u.cross(v) < 0
    }

    private mutating func reset() {
        for start in starts { firstEdge[Int(start)] = -1 }
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        nextEdge.removeAll(keepingCapacity: true)
        surplus.removeAll(keepingCapacity: true)
        isOpen.removeAll(keepingCapacity: true)
    }
}
