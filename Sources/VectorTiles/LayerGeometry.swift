public import Geospatial

/// The shapes of a layer, cut into tiles; built once, whatever the figures are later.
///
/// A *feature* is an area, a group of areas or a point, numbered from 0 in the order given.
/// `LayerAttributes` brings names and figures in the same order, `TileEncoder` joins the two.
public struct LayerGeometry: Sendable {
    public enum Kind: Hashable, Sendable {
        case polygons
        case points
    }

    public let kind: Kind
    public let featureCount: Int
    public let zooms: ClosedRange<Int>
    /// All tiles with at least one feature in the tile or its margin, ascending.
    public let tiles: [TileCoordinate]
    /// For each zoom, the tiles that the layer's bounding box and the margin can reach.
    ///
    /// Empty for a layer without features.
    public let limits: [TileLimits]
    /// Features that have no polygon at a zoom, because they are smaller than its grid.
    public let vanished: [VanishedFeature]

    private let geometries: [TileCoordinate: TileGeometry]

    public struct VanishedFeature: Hashable, Sendable {
        public let zoom: Int
        public let feature: Int
    }

    /// A layer with a feature for each area of the coverage.
    public init(_ coverage: SimplifiedCoverage) {
        self.init(coverage, areas: coverage.topology.areas)
    }

    /// A layer with a feature for each group of areas; its borders are those of the areas.
    ///
    /// `groups` has the number of each area's group, from 0 without gaps.
    public init(_ coverage: SimplifiedCoverage, dissolvedBy groups: [Int]) {
        self.init(coverage, areas: coverage.topology.areas(dissolvedBy: groups))
    }

    private init(_ coverage: SimplifiedCoverage, areas: Chains) {
        var cutter = TileCutter(buffer: coverage.settings.buffer)
        for grid in coverage.grids { cutter.cut(grid, areas: areas) }
        self.init(cutter, kind: .polygons, count: areas.count, zooms: coverage.settings.zooms)
    }

    /// A layer of points such as labels.
    public init(points: [Coordinate], settings: PyramidSettings = PyramidSettings()) {
        var cutter = TileCutter(buffer: settings.buffer)
        for zoom in settings.zooms { cutter.cut(points, zoom: zoom) }
        self.init(cutter, kind: .points, count: points.count, zooms: settings.zooms)
    }

    private init(_ cutter: TileCutter, kind: Kind, count: Int, zooms: ClosedRange<Int>) {
        self.kind = kind
        self.featureCount = count
        self.zooms = zooms
        geometries = cutter.geometries
        tiles = cutter.geometries.keys.sorted()
        limits = cutter.limits
        vanished = cutter.vanished
    }

    public func limits(at zoom: Int) -> TileLimits? { limits.first { $0.zoom == zoom } }

    /// The features in `tile` and its margin, ascending.
    public func features(in tile: TileCoordinate) -> [Int] {
        geometries[tile]?.features.map(Int.init) ?? []
    }

    func geometry(of tile: TileCoordinate) -> TileGeometry? { geometries[tile] }
}

/// Cuts zoom after zoom into tiles.
private struct TileCutter {
    let buffer: Int
    private(set) var geometries: [TileCoordinate: TileGeometry] = [:]
    private(set) var limits: [TileLimits] = []
    private(set) var vanished: [LayerGeometry.VanishedFeature] = []

    init(buffer: Int) {
        self.buffer = buffer
    }

    mutating func cut(_ grid: GriddedArcs, areas: Chains) {
        var assembly = RingAssembly(points: grid.points)
        var extent: GridRectangle?
        for area in areas.indices {
            let polygons = assembly.polygons(arcs: grid.arcs, references: areas[area])
            if polygons.isEmpty {
                vanished.append(LayerGeometry.VanishedFeature(zoom: grid.zoom, feature: area))
            }
            for polygon in polygons {
                guard let box = GridRectangle(around: polygon.exterior) else { continue }
                extent = extent?.union(box) ?? box
                cut(polygon, box, feature: area, zoom: grid.zoom)
            }
        }
        if let extent { addLimits(around: extent, zoom: grid.zoom) }
    }

    private mutating func cut(
        _ polygon: GridPolygon,
        _ box: GridRectangle,
        feature: Int,
        zoom: Int
    ) {
        let reached = box.tiles(zoom: zoom, buffer: buffer)
        for row in reached.rows {
            for column in reached.columns {
                let rectangle = GridRectangle(column: column, row: row, buffer: buffer)
                let parts = TileClipping.clip(polygon, to: rectangle)
                guard !parts.isEmpty,
                    let tile = TileCoordinate(zoom: zoom, column: column, row: row)
                else { continue }
                geometries[tile, default: TileGeometry()].append(
                    feature: feature,
                    polygons: parts,
                    origin: Self.origin(of: tile)
                )
            }
        }
    }

    mutating func cut(_ points: [Coordinate], zoom: Int) {
        var extent: GridRectangle?
        for (feature, position) in points.enumerated() {
            let point = TileGrid.point(of: position, bits: TileGrid.extentBits + zoom)
            let box = GridRectangle(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
            extent = extent?.union(box) ?? box
            // A point on the line between tiles belongs to both, margin or not.
            let reached = box.tiles(zoom: zoom, buffer: buffer + 1)
            for row in reached.rows {
                for column in reached.columns {
                    let rectangle = GridRectangle(column: column, row: row, buffer: buffer)
                    guard rectangle.contains(point),
                        let tile = TileCoordinate(zoom: zoom, column: column, row: row)
                    else { continue }
                    geometries[tile, default: TileGeometry()].append(
                        feature: feature,
                        point: point,
                        origin: Self.origin(of: tile)
                    )
                }
            }
        }
        if let extent { addLimits(around: extent, zoom: zoom) }
    }

    private mutating func addLimits(around extent: GridRectangle, zoom: Int) {
        let reached = extent.tiles(zoom: zoom, buffer: buffer + 1)
        guard !reached.columns.isEmpty, !reached.rows.isEmpty else { return }
        limits.append(
            TileLimits(
                zoom: zoom,
                columns: reached.columns.lowerBound...reached.columns.upperBound - 1,
                rows: reached.rows.lowerBound...reached.rows.upperBound - 1
            )
        )
    }

    private static func origin(of tile: TileCoordinate) -> GridPoint {
        GridPoint(x: tile.column * TileGrid.extent, y: tile.row * TileGrid.extent)
    }
}
