/// The arcs of a coverage on the grid of every zoom, ready to be cut into tiles.
///
/// Layers made from one `SimplifiedCoverage` agree: the border of a kecamatan is, vertex for
/// vertex, the border of its desa at every zoom.
public struct SimplifiedCoverage: Sendable {
    /// What became of the coverage at one zoom.
    public struct ZoomStatistics: Hashable, Sendable {
        public let zoom: Int
        /// Vertices left by the simplification, before rounding.
        public let keptVertices: Int
        /// Vertices that edges gained so that nothing crosses and tile borders cut cleanly.
        public let insertedVertices: Int
        /// Passes of snap rounding until nothing moved.
        public let passes: Int
        /// Islands and enclaves below the grid, drawn as its smallest triangle.
        public let enlargedRings: Int
        /// Those with something else too near for that, or hanging on a border in one point; they
        /// disappear at this zoom.
        public let vanishedRings: Int
        /// Pairs of edges that meet elsewhere than in a common vertex.
        ///
        /// 0, or the arithmetic is at fault: without them borders cannot gape or overlap.
        public let conflicts: Int
    }

    public let topology: CoverageTopology
    public let settings: PyramidSettings
    /// By zoom, ascending.
    public let statistics: [ZoomStatistics]

    let grids: [GriddedArcs]

    /// Simplifies and rounds the arcs for each zoom of `settings`.
    public init(_ topology: CoverageTopology, settings: PyramidSettings = PyramidSettings()) {
        let simplification = ArcSimplification(topology, settings: settings)
        let grids = settings.zooms.map { zoom in
            GriddedArcs(
                topology,
                arcs: simplification.arcs(of: topology, zoom: zoom),
                zoom: zoom,
                buffer: settings.buffer
            )
        }
        self.topology = topology
        self.settings = settings
        self.grids = grids
        self.statistics = grids.map(\.statistics)
    }
}

/// The arcs of a coverage on the grid of one zoom.
struct GriddedArcs: Sendable {
    let zoom: Int
    let points: [GridPoint]
    let arcs: Chains
    let statistics: SimplifiedCoverage.ZoomStatistics

    /// Rounds `arcs`, the arcs of `topology` with the vertices that are to stay.
    init(_ topology: CoverageTopology, arcs: Chains, zoom: Int, buffer: Int) {
        let shift = TileGrid.shift(to: zoom)
        var rescue = RingRescue(topology, arcs: arcs, shift: shift)
        rescue.enlargeCollapsedRings()
        let rounding = SnapRounding(
            sources: rescue.points,
            chains: rescue.arcs,
            shift: shift,
            extraPixels: TileBorders(zoom: zoom, buffer: buffer, shift: shift)
                .crossings(points: rescue.points, chains: rescue.arcs)
        )
        self.zoom = zoom
        points = rounding.points
        self.arcs = rounding.chains
        statistics = SimplifiedCoverage.ZoomStatistics(
            zoom: zoom,
            keptVertices: Set(arcs.items).count,
            insertedVertices: rounding.insertedVertices,
            passes: rounding.passes,
            enlargedRings: rescue.enlargedRings,
            vanishedRings: rescue.vanishedRings,
            conflicts: PlanarityCheck.conflicts(points: rounding.points, chains: rounding.chains)
                .count
        )
    }
}

/// Keeps islands that would round to nothing.
private struct RingRescue {
    var points: [GridPoint]
    var arcs: Chains
    var enlargedRings = 0
    var vanishedRings = 0

    private let topology: CoverageTopology
    private let shift: Int

    init(_ topology: CoverageTopology, arcs: Chains, shift: Int) {
        self.topology = topology
        self.arcs = arcs
        self.shift = shift
        points = topology.points
    }

    /// Gives closed arcs without area on the grid the smallest triangle, if there is room.
    mutating func enlargeCollapsedRings() {
        let collapsed = topology.arcs.indices.filter { isClosed($0) && isCollapsed($0) }
        guard !collapsed.isEmpty else { return }
        var triangles: [Int: [Int32]] = [:]
        for arc in collapsed {
            let start = pixel(of: points[Int(arcs.items[arcs.range(arc).lowerBound])])
            guard topology.isRing[arc], hasRoom(at: start, except: arc, triangles) else {
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
            enlargedRings += 1
        }
        var replaced = Chains()
        for arc in arcs.indices { replaced.append(triangles[arc] ?? Array(arcs[arc])) }
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

    /// Whether the two pixels all around are free of other lines, judged by bounding boxes.
    private func hasRoom(
        at pixel: GridPoint,
        except arc: Int,
        _ triangles: [Int: [Int32]]
    ) -> Bool {
        let room = GridRectangle(
            minX: (pixel.x - 2) << shift,
            minY: (pixel.y - 2) << shift,
            maxX: (pixel.x + 3) << shift,
            maxY: (pixel.y + 3) << shift
        )
        for other in arcs.indices where other != arc {
            let chain = triangles[other].map { $0[...] } ?? arcs[other]
            for (start, end) in zip(chain, chain.dropFirst()) {
                let segment = GridRectangle(around: [points[Int(start)], points[Int(end)]])
                if let segment, segment.touches(room) { return false }
            }
        }
        return true
    }
}
