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

    private static let areasPerPart = 4096

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
        let buffer = coverage.settings.buffer
        // By zoom and by run of areas: each part has its own tiles, joined in the order of areas.
        let parts = coverage.grids.flatMap { grid in
            stride(from: 0, to: max(areas.count, 1), by: Self.areasPerPart).map { first in
                (grid, first..<min(first + Self.areasPerPart, areas.count))
            }
        }
        let cutters = parts.parallelMap { grid, range in
            var cutter = TileCutter(buffer: buffer)
            cutter.cut(grid, areas: areas, range: range)
            return cutter
        }
        var cutter = TileCutter(buffer: buffer)
        for (index, part) in cutters.enumerated() {
            cutter.join(part, zoom: parts[index].0.zoom)
        }
        let zooms = coverage.grids.map(\.zoom)
        self.init(
            cutter, kind: .polygons, count: areas.count,
            zooms: zooms.isEmpty ? coverage.settings.zooms : zooms[0]...zooms[zooms.count - 1])
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
private struct TileCutter: Sendable {
    let buffer: Int
    private(set) var geometries: [TileCoordinate: TileGeometry] = [:]
    private var extents: [Int: GridRectangle] = [:]
    private(set) var limits: [TileLimits] = []
    private(set) var vanished: [LayerGeometry.VanishedFeature] = []

    init(buffer: Int) {
        self.buffer = buffer
    }

    /// Cuts the areas of `range`.
    mutating func cut(_ grid: GriddedArcs, areas: Chains, range: Range<Int>) {
        var assembly = RingAssembly(points: grid.points)
        for area in range {
            let polygons = assembly.polygons(arcs: grid.arcs, references: areas[area])
            if polygons.isEmpty {
                vanished.append(LayerGeometry.VanishedFeature(zoom: grid.zoom, feature: area))
            }
            for polygon in polygons {
                guard let box = GridRectangle(around: polygon.exterior) else { continue }
                extents[grid.zoom] = extents[grid.zoom]?.union(box) ?? box
                cut(polygon, box, feature: area, zoom: grid.zoom)
            }
        }
    }

    /// Takes over what `part` has cut at one zoom; its features come after those that are here.
    mutating func join(_ part: TileCutter, zoom: Int) {
        geometries.merge(part.geometries) { $0.joined(with: $1) }
        vanished += part.vanished
        guard let extent = part.extents[zoom] else { return }
        let whole = extents[zoom]?.union(extent) ?? extent
        extents[zoom] = whole
        if limits.last?.zoom == zoom { limits.removeLast() }
        addLimits(around: whole, zoom: zoom)
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
