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
        self.init(CoveragePyramid(topology, settings: settings), zooms: settings.zooms)
    }

    fileprivate init(_ pyramid: CoveragePyramid, zooms: ClosedRange<Int>) {
        topology = pyramid.topology
        settings = pyramid.settings
        // The deepest first: it takes longest, and a core that is done takes the next.
        let grids = Array(zooms.reversed()).parallelMap { pyramid.grid(at: $0) }
        self.grids = grids.reversed()
        statistics = self.grids.map(\.statistics)
    }
}

/// A coverage of which every zoom can be drawn by itself, one after the other.
///
/// A country's pyramid does not have to lie in memory as a whole.
public struct CoveragePyramid: Sendable {
    public let topology: CoverageTopology
    public let settings: PyramidSettings

    private let simplification: ArcSimplification

    /// Decides which vertices stay at which zoom.
    public init(_ topology: CoverageTopology, settings: PyramidSettings = PyramidSettings()) {
        self.topology = topology
        self.settings = settings
        simplification = ArcSimplification(topology, settings: settings)
    }

    /// The coverage at some of the zooms of `settings`, the same as if all were made.
    public func coverage(zooms: ClosedRange<Int>) -> SimplifiedCoverage {
        precondition(
            settings.zooms.contains(zooms.lowerBound) && settings.zooms.contains(zooms.upperBound),
            "zooms \(zooms) outside \(settings.zooms)"
        )
        return SimplifiedCoverage(self, zooms: zooms)
    }

    fileprivate func grid(at zoom: Int) -> GriddedArcs {
        GriddedArcs(
            topology,
            arcs: simplification.arcs(of: topology, zoom: zoom),
            zoom: zoom,
            settings: settings
        )
    }
}

/// The arcs of a coverage on the grid of one zoom.
struct GriddedArcs: Sendable {
    let zoom: Int
    let points: [GridPoint]
    let arcs: Chains
    let statistics: SimplifiedCoverage.ZoomStatistics

    /// Rounds `arcs`, the arcs of `topology` with the vertices that are to stay.
    init(_ topology: CoverageTopology, arcs: Chains, zoom: Int, settings: PyramidSettings) {
        let coarser = settings.coarserBits
        let shift = TileGrid.shift(to: zoom) + coarser
        var rescue = RingRescue(topology, arcs: arcs, shift: shift)
        rescue.enlargeCollapsedRings()
        let rounding = SnapRounding(
            sources: rescue.points,
            chains: rescue.arcs,
            shift: shift,
            extraPixels: TileBorders(
                extentBits: TileGrid.extentBits - coarser,
                buffer: settings.buffer >> coarser,
                shift: shift
            ).crossings(points: rescue.points, chains: rescue.arcs)
        )
        self.zoom = zoom
        points =
            coarser == 0
            ? rounding.points
            : rounding.points.map { GridPoint(x: $0.x << coarser, y: $0.y << coarser) }
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
