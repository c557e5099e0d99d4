internal import Compression
internal import Geospatial
public import SpatialStore
internal import TileArchives
internal import VectorTiles

/// The pyramid of any file of polygons, without a database, zoom by zoom.
public struct AreaTiling {
    public struct Options: Sendable {
        /// By the ending of the output when nil.
        public var format: ArchiveFormat?
        public var layerName = "areas"
        /// The layer of a file with several.
        public var sourceLayer: String?
        public var zooms = 6...14
        public var idField: String?
        /// All when nil.
        public var properties: [String]?
        /// MVT in a file and both in a folder when nil.
        public var tiles: TileFormat?
        public var attribution = ""
        public var publicURL = ""

        public init() {}
    }

    /// What became of the areas at one zoom.
    public struct Zoom: Hashable, Sendable {
        public let zoom: Int
        public let tiles: Int
        public let bytes: Int
        /// The largest MVT or GeoJSON tile, compressed.
        public let largest: Int
        /// In pixels of a 256-pixel tile.
        public let tolerancePixels: Double
        /// Vertices lie on this part of a pixel: 16 as a rule, 8 or 4 to save bytes.
        public let unitsPerPixel: Int
        /// False where they would have made tiles too large.
        public let hasProperties: Bool
        /// Areas smaller than the zoom's grid, whose place the neighbours fill.
        public let vanished: Int
        /// Pairs of edges that do not meet in a vertex: 0.
        public let conflicts: Int
    }

    public struct Summary: Sendable {
        public let areas: Int
        public let vertices: Int
        /// Edges that crossed in the file, and stretches of border that two areas claimed.
        public let crossings: Int
        public let overlaps: Int
        public let zooms: [Zoom]
    }

    public let progress: any StepProgress

    /// What a tile may have, compressed: more is slow to draw and to fetch.
    public static let mostTileBytes = 500_000

    public init(progress: any StepProgress) {
        self.progress = progress
    }

    public func run(path: String, options: Options, output: String) throws -> Summary {
        progress.report("Reading \(path)", fraction: 0)
        let table = try AreaTable(path: path, layer: options.sourceLayer)
        let names = options.properties ?? table.columns
        let ids = try table.ids(options.idField)
        let attributes = LayerAttributes(
            name: options.layerName, ids: ids, keys: names, rows: try table.properties(names))
        let bare = LayerAttributes(
            name: options.layerName, ids: ids, keys: [],
            rows: Array(repeating: [], count: ids.count))
        progress.report("Finding the shared borders", fraction: 0.1)
        let topology = CoverageTopology(table.areas)
        let pyramid = CoveragePyramid(topology, settings: PyramidSettings(zooms: options.zooms))
        let destination = try destination(options, output)
        let formats = formats(options, output)
        var zooms: [Zoom] = []
        for zoom in options.zooms {
            progress.report(
                "Zoom \(zoom)", fraction: 0.2 + 0.8 * Self.share(before: zoom, of: options.zooms))
            let level = try level(
                zoom, pyramid, attributes: attributes, bare: bare, formats: formats)
            for format in formats {
                try destination.add(level.tiles.filter { $0.format == format })
            }
            zooms.append(level.zoom)
        }
        try destination.finish(
            description(options, names, table, topology, zooms, path: path))
        progress.report("Zoom \(options.zooms.upperBound)", fraction: 1)
        return Summary(
            areas: table.areas.count,
            vertices: table.areas.reduce(0) { $0 + $1.vertexCount },
            crossings: topology.flaws.crossings,
            overlaps: topology.flaws.overlappingArcs,
            zooms: zooms)
    }

    /// The work before `zoom`, if each zoom takes half as long again as the one before.
    private static func share(before zoom: Int, of zooms: ClosedRange<Int>) -> Double {
        let work = zooms.map { ($0, (0..<$0).reduce(1.0) { work, _ in work * 1.5 }) }
        let whole = work.reduce(0) { $0 + $1.1 }
        return work.reduce(0) { $0 + ($1.0 < zoom ? $1.1 : 0) } / whole
    }

    private func formats(_ options: Options, _ output: String) -> [TileFormat] {
        if let format = options.tiles { return [format] }
        return (options.format ?? ArchiveFormat(path: output)) == .directory
            ? TileFormat.allCases : [.mvt]
    }

    private func destination(
        _ options: Options,
        _ output: String
    ) throws -> any TileDestination {
        let tiles = options.tiles ?? .mvt
        switch options.format ?? ArchiveFormat(path: output) {
        case .pmtiles: return try PMTilesFile(path: output, format: tiles)
        case .mbtiles: return try MBTilesFile(path: output, format: tiles)
        case .directory: return try TileFolder(path: output, publicURL: options.publicURL)
        }
    }

    /// The ways to keep tiles small, in the order in which they are tried.
    ///
    /// Areas are never left out. A tolerance of 1 pixel and a grid of a quarter of a pixel are
    /// hardly seen. In a country at a zoom where a desa has a pixel, properties are most of the
    /// bytes; without them the areas can still be told by their ids.
    private static let economies: [Economy] = [
        Economy(),
        Economy(tolerancePixels: 1),
        Economy(tolerancePixels: 1, coarserBits: 1),
        Economy(tolerancePixels: 1, coarserBits: 2),
        Economy(hasProperties: false),
        Economy(tolerancePixels: 1, hasProperties: false),
        Economy(tolerancePixels: 1, coarserBits: 1, hasProperties: false),
        Economy(tolerancePixels: 1, coarserBits: 2, hasProperties: false),
    ]

    private struct Economy {
        /// That of the pyramid when nil.
        var tolerancePixels: Double?
        var coarserBits = 0
        var hasProperties = true
    }

    private func level(
        _ zoom: Int,
        _ pyramid: CoveragePyramid,
        attributes: LayerAttributes,
        bare: LayerAttributes,
        formats: [TileFormat]
    ) throws -> (tiles: [ArchivedTile], zoom: Zoom) {
        var smallest = Int.max
        for economy in Self.economies {
            var settings = pyramid.settings
            if economy.tolerancePixels != nil || economy.coarserBits > 0 {
                let tolerance = economy.tolerancePixels ?? settings.tolerance(at: zoom)
                settings = PyramidSettings(
                    zooms: zoom...zoom, tolerancePixels: tolerance,
                    deepestTolerancePixels: tolerance, coarserBits: economy.coarserBits)
            }
            let coverage =
                settings == pyramid.settings
                ? pyramid.coverage(zooms: zoom...zoom)
                : SimplifiedCoverage(pyramid.topology, settings: settings)
            let geometry = LayerGeometry(coverage)
            let tiles = try encode(
                geometry, economy.hasProperties ? attributes : bare, formats)
            let largest = tiles.map(\.blob.gzip.count).max() ?? 0
            smallest = min(smallest, largest)
            guard largest <= Self.mostTileBytes else { continue }
            return (
                tiles,
                Zoom(
                    zoom: zoom,
                    tiles: tiles.count,
                    bytes: tiles.reduce(0) { $0 + $1.blob.gzip.count },
                    largest: largest,
                    tolerancePixels: settings.tolerance(at: zoom),
                    unitsPerPixel: 16 >> economy.coarserBits,
                    hasProperties: economy.hasProperties,
                    vanished: geometry.vanished.count,
                    conflicts: coverage.statistics.reduce(0) { $0 + $1.conflicts })
            )
        }
        throw AreaFileError.tilesTooLarge(zoom: zoom, bytes: smallest)
    }

    private func encode(
        _ geometry: LayerGeometry,
        _ attributes: LayerAttributes,
        _ formats: [TileFormat]
    ) throws -> [ArchivedTile] {
        let tiles = HilbertOrder.sorted(geometry.tiles)
        return try ParallelTiles.map(count: tiles.count * formats.count) {
            index throws(Gzip.Failure) in
            let (tile, format) = (tiles[index / formats.count], formats[index % formats.count])
            let plain =
                switch format {
                case .mvt:
                    TileEncoder.mvt(tile, geometry: geometry, attributes: attributes)
                case .geoJSON:
                    TileEncoder.geoJSON(tile, geometry: geometry, attributes: attributes)
                }
            return ArchivedTile(
                layer: attributes.name, tile: tile, format: format,
                blob: try PublishedBlob(compressing: plain, level: format.thoroughLevel),
                plain: plain)
        }
    }

    /// What was done to keep tiles small, for whoever gets the archive only.
    private static func text(_ zooms: [Zoom]) -> String {
        zooms.compactMap { zoom in
            var parts: [String] = []
            if !zoom.hasProperties { parts.append("ids only, no properties") }
            if zoom.unitsPerPixel < 16 {
                parts.append("vertices on 1/\(zoom.unitsPerPixel) pixel")
            }
            if zoom.vanished > 0 { parts.append("\(zoom.vanished) areas below the grid") }
            return parts.isEmpty ? nil : "Zoom \(zoom.zoom): \(parts.joined(separator: ", "))."
        }.joined(separator: " ")
    }

    private func description(
        _ options: Options,
        _ names: [String],
        _ table: AreaTable,
        _ topology: CoverageTopology,
        _ zooms: [Zoom],
        path: String
    ) throws -> TilesetDescription {
        let kinds = zip(names, try table.properties(names).first ?? []).map { name, value in
            switch value {
            case .bool: (name, "Boolean")
            case .int, .double: (name, "Number")
            case .string, .null: (name, "String")
            }
        }
        return TilesetDescription(
            name: options.layerName,
            text: Self.text(zooms),
            attribution: options.attribution,
            bounds: BoundingBox(enclosing: table.areas.compactMap(\.boundingBox))
                ?? BoundingBox(west: -180, south: -85, east: 180, north: 85),
            layers: [
                TilesetDescription.Layer(
                    id: options.layerName, text: "", zooms: options.zooms,
                    fields: Dictionary(kinds, uniquingKeysWith: { $1 }))
            ])
    }
}
