public import Geospatial

/// The shared borders of a set of areas: each stretch of border exists once, as an *arc*.
///
/// An arc runs from node to node; a *node* is a vertex where the neighbours change. A ring that
/// meets no other area (an island, or an enclave with its hole) is a single closed arc. Because
/// an area only names its arcs, whatever happens to an arc happens to both neighbours alike.
///
/// Vertices are shared when they are equal on the base grid of 3.7 cm (see `TileGrid`), which
/// bit-equal ones are. A neighbour that lacks a vertex gets it when the vertex lies on its edge
/// within that grid; farther off, the two borders simply stay apart.
public struct CoverageTopology: Sendable {
    /// What was wrong with the areas; all zero for a valid coverage.
    public struct Flaws: Hashable, Sendable {
        /// Pairs of edges that crossed; they were given a common vertex.
        public var crossings = 0
        /// Arcs that have two areas on the same side.
        public var overlappingArcs = 0
        /// Rings with fewer than three different vertices on the base grid; they were dropped.
        public var collapsedRings = 0
    }

    public let areaCount: Int
    public let flaws: Flaws

    public var arcCount: Int { arcs.count }

    public var nodeCount: Int { nodeTotal }

    public var vertexCount: Int { points.count }

    /// The vertices on the base grid.
    let points: [GridPoint]
    /// The arcs as positions in `points`, ends included.
    let arcs: Chains
    /// Whether an arc is a ring without a node.
    ///
    /// It starts at its least vertex, which is an outermost one.
    let isRing: [Bool]
    /// The arcs around each area, the area to their left: 2 × arc, plus 1 when run backwards.
    let areas: Chains

    private let nodeTotal: Int

    /// Builds the arcs of `areas`, which become features 0, 1, 2, ...
    ///
    /// - Complexity: O(*n* log *n*) for *n* vertices.
    public init(_ areas: [MultiPolygon]) {
        let rings = OrientedRings(areas)
        let noded = rings.noded()
        var flaws = Flaws()
        flaws.crossings = noded.crossings
        var cutter = ArcCutter(points: noded.points)
        let cleaned = noded.chains.indices.map { ArcCutter.cleaned(noded.chains[$0]) }
        for ring in cleaned { cutter.noteNeighbours(of: ring) }
        var arcsOfArea = Chains()
        var next = 0
        for area in areas.indices {
            var references: [Int32] = []
            while next < cleaned.count, rings.areaOfRing[next] == area {
                if cleaned[next].count >= 3 {
                    references += cutter.cut(cleaned[next])
                } else {
                    flaws.collapsedRings += 1
                }
                next += 1
            }
            arcsOfArea.append(Self.withoutInnerArcs(references))
        }
        flaws.overlappingArcs =
            arcsOfArea.items.count - Set(arcsOfArea.items).count
        self.flaws = flaws
        self.areaCount = areas.count
        self.points = noded.points
        self.arcs = cutter.arcs
        self.isRing = cutter.isRing
        self.areas = arcsOfArea
        self.nodeTotal = cutter.nodeCount
    }

    /// The arcs around the union of areas with the same group: kecamatan from desa.
    ///
    /// `groups` has the group of each area, from 0.
    func areas(dissolvedBy groups: [Int]) -> Chains {
        precondition(
            groups.count == areaCount,
            "\(groups.count) groups for \(areaCount) areas"
        )
        let groupCount = (groups.max() ?? -1) + 1
        var references = [[Int32]](repeating: [], count: groupCount)
        for (area, group) in groups.enumerated() { references[group] += areas[area] }
        var dissolved = Chains()
        for group in references { dissolved.append(Self.withoutInnerArcs(group)) }
        return dissolved
    }

    /// Leaves out the arcs that are there in both directions: they lie inside.
    private static func withoutInnerArcs(_ references: [Int32]) -> [Int32] {
        let all = Set(references)
        return references.filter { !all.contains($0 ^ 1) }
    }
}

/// All rings as closed chains of fine points, the area always to the left.
private struct OrientedRings {
    var points: [GridPoint] = []
    var chains = Chains()
    var areaOfRing: [Int] = []

    init(_ areas: [MultiPolygon]) {
        points.reserveCapacity(areas.reduce(0) { $0 + $1.vertexCount })
        for (area, shape) in areas.enumerated() {
            for polygon in shape.polygons {
                append(polygon.exterior, positive: true, area: area)
                for hole in polygon.holes { append(hole, positive: false, area: area) }
            }
        }
    }

    private mutating func append(_ ring: Polygon.Ring, positive: Bool, area: Int) {
        let first = Int32(points.count)
        for vertex in ring {
            points.append(TileGrid.point(of: vertex, bits: TileGrid.fineBits))
        }
        let numbers = first..<Int32(points.count)
        // The grid's y runs south, so what is counter-clockwise on the ground is negative here.
        let isPositive = Polygon.signedArea(of: ring) < 0
        if isPositive == positive {
            chains.extend(contentsOf: numbers)
        } else {
            chains.extend(contentsOf: numbers.reversed())
        }
        if let start = isPositive == positive ? numbers.first : numbers.last {
            chains.extend(start)
        }
        chains.close()
        areaOfRing.append(area)
    }

    /// The rings on the base grid, with a vertex wherever two of them meet.
    func noded() -> (points: [GridPoint], chains: Chains, crossings: Int) {
        var rounding = SnapRounding(
            sources: points,
            chains: chains,
            shift: TileGrid.fineBits - TileGrid.baseBits
        )
        var conflicts = PlanarityCheck.conflicts(points: rounding.points, chains: rounding.chains)
        let crossings = conflicts.count
        // Overlapping input: give each crossing a vertex. Few rounds suffice, as a new vertex
        // moves its edges by less than a grid unit.
        for _ in 0..<8 where !conflicts.isEmpty {
            rounding = SnapRounding(
                sources: rounding.points.map { GridPoint(x: $0.x * 2, y: $0.y * 2) },
                chains: rounding.chains,
                shift: 1,
                extraPixels: conflicts.map(\.crossing)
            )
            conflicts = PlanarityCheck.conflicts(points: rounding.points, chains: rounding.chains)
        }
        return (rounding.points, rounding.chains, crossings)
    }
}

/// Cuts rings at the nodes and finds arcs again that a neighbour brought before.
private struct ArcCutter {
    let points: [GridPoint]
    private(set) var arcs = Chains()
    private(set) var isRing: [Bool] = []

    private var neighbours: [(Int32, Int32)]
    private var isNode: [Bool]
    /// From the first two vertices of an arc, seen from either end, to its reference.
    ///
    /// Between nodes nothing branches, so two vertices tell the arc.
    private var known: [UInt64: Int32] = [:]

    init(points: [GridPoint]) {
        self.points = points
        neighbours = Array(repeating: (-1, -1), count: points.count)
        isNode = Array(repeating: false, count: points.count)
    }

    var nodeCount: Int { isNode.count { $0 } }

    /// The ring without its closing vertex and without spikes (there and back again).
    static func cleaned(_ closed: ArraySlice<Int32>) -> [Int32] {
        var ring: [Int32] = []
        for vertex in closed.dropLast() {
            if ring.count >= 2, ring[ring.count - 2] == vertex {
                ring.removeLast()
            } else if ring.last != vertex {
                ring.append(vertex)
            }
        }
        while ring.count >= 3 {
            if ring[ring.count - 2] == ring[0] {
                ring.removeLast(2)
            } else if ring[ring.count - 1] == ring[1] {
                ring.removeFirst()
                ring.removeLast()
            } else if ring[ring.count - 1] == ring[0] {
                ring.removeLast()
            } else {
                break
            }
        }
        return ring
    }

    /// A vertex whose visitors come from or go to different neighbours is a node.
    mutating func noteNeighbours(of ring: [Int32]) {
        guard ring.count >= 3 else { return }
        for position in ring.indices {
            let before = ring[position == 0 ? ring.count - 1 : position - 1]
            let after = ring[position == ring.count - 1 ? 0 : position + 1]
            let pair = (min(before, after), max(before, after))
            let vertex = Int(ring[position])
            if neighbours[vertex].0 < 0 {
                neighbours[vertex] = pair
            } else if neighbours[vertex] != pair {
                isNode[vertex] = true
            }
        }
    }

    /// The references of the arcs along `ring`.
    mutating func cut(_ ring: [Int32]) -> [Int32] {
        let cuts = ring.indices.filter { isNode[Int(ring[$0])] }
        guard let firstCut = cuts.first else {
            let start = ring.indices.min { points[Int(ring[$0])] < points[Int(ring[$1])] } ?? 0
            return [reference(to: Self.stretch(of: ring, from: start, to: start), isRing: true)]
        }
        return cuts.indices.map { index in
            let end = index + 1 < cuts.count ? cuts[index + 1] : firstCut
            return reference(
                to: Self.stretch(of: ring, from: cuts[index], to: end),
                isRing: false
            )
        }
    }

    /// The vertices from position `start` to `end`, both included, around the ring if need be.
    private static func stretch(of ring: [Int32], from start: Int, to end: Int) -> [Int32] {
        start < end
            ? Array(ring[start...end]) : Array(ring[start...]) + Array(ring[...end])
    }

    private mutating func reference(to arc: [Int32], isRing ring: Bool) -> Int32 {
        func key(_ first: Int32, _ second: Int32) -> UInt64 {
            UInt64(first) << 32 | UInt64(second)
        }
        let forward = key(arc[0], arc[1])
        if let reference = known[forward] { return reference }
        let reference = Int32(arcs.count) * 2
        known[forward] = reference
        known[key(arc[arc.count - 1], arc[arc.count - 2])] = reference + 1
        arcs.append(arc)
        isRing.append(ring)
        return reference
    }
}
