internal import Compression
internal import Geospatial
public import SpatialStore
internal import TileArchives

/// Writes a kept release to an archive that needs no server of ours.
public struct ReleaseExport {
    public struct Options: Sendable {
        /// By the ending of the output when nil.
        public var format: ArchiveFormat?
        /// Layers by name; all when empty.
        public var layers: [String] = []
        /// The published release when nil.
        public var releaseID: Int64?
        /// MVT in a file and both in a folder when nil.
        public var tiles: TileFormat?
        /// Where a folder will be reached, for its TileJSON.
        public var publicURL = ""

        public init() {}
    }

    public struct Summary: Sendable {
        public let releaseID: Int64
        public let format: ArchiveFormat
        public let layers: [String]
        public let tiles: Int
        public let tileBytes: Int
        /// The largest tile, compressed; nil without tiles.
        public let largest: LargeTile?
        /// Tiles over `AreaTiling.mostTileBytes`, the largest first.
        ///
        /// Layers that each keep to it may not when they are joined. Which of them to leave out is
        /// not ours to say.
        public let tooLarge: [LargeTile]
        public let isSimulated: Bool
    }

    public struct LargeTile: Hashable, Sendable {
        /// The layers in the file or, in a folder, the one of the tile.
        public let layer: String
        public let zoom: Int
        public let column: Int
        public let row: Int
        public let format: TileFormat
        /// Compressed.
        public let bytes: Int
    }

    public let databasePath: String
    public let progress: any StepProgress

    public init(databasePath: String, progress: any StepProgress) {
        self.databasePath = databasePath
        self.progress = progress
    }

    public func run(_ options: Options, output: String) throws -> Summary {
        let map = try PublishedMap(path: databasePath)
        let release = try release(options.releaseID, of: map)
        let layers = try layers(options.layers, of: release)
        let format = options.format ?? ArchiveFormat(path: output)
        let destination: any TileDestination
        let tiles: TileFormat = options.tiles ?? .mvt
        if format != .directory, tiles == .geoJSON, layers.count > 1 {
            throw PipelineError.layersNotJoinable(known: layers.map(\.description.name))
        }
        switch format {
        case .pmtiles: destination = try PMTilesFile(path: output, format: tiles)
        case .mbtiles: destination = try MBTilesFile(path: output, format: tiles)
        case .directory:
            destination = try TileFolder(path: output, publicURL: options.publicURL)
        }
        progress.report("Writing \(output)", fraction: 0)
        var tally = Tally()
        if let folder = destination as? TileFolder {
            for (name, blob) in release.documents.sorted(by: { $0.key < $1.key }) {
                try folder.add(document: name, blob, plain: Gzip.decompress(blob.gzip))
            }
            let formats = options.tiles.map { [$0] } ?? TileFormat.allCases
            for layer in layers {
                for format in formats {
                    try write([layer], format, to: folder, &tally)
                }
            }
        } else {
            try write(layers, tiles, to: destination, &tally)
        }
        try destination.finish(
            TilesetDescription(
                layers.map(\.description), name: Self.name,
                text: Self.text(layers.map(\.description)), release: release.id))
        progress.report("Writing \(output)", fraction: 1)
        return Summary(
            releaseID: release.id,
            format: format,
            layers: layers.map(\.description.name),
            tiles: tally.tiles,
            tileBytes: tally.bytes,
            largest: tally.largest,
            tooLarge: tally.tooLarge.sorted { $0.bytes > $1.bytes },
            isSimulated: layers.contains { $0.description.isSimulated })
    }

    private struct Tally {
        var tiles = 0
        var bytes = 0
        var largest: LargeTile?
        var tooLarge: [LargeTile] = []

        mutating func count(_ tile: ArchivedTile, layer: String) {
            let size = tile.blob.gzip.count
            tiles += 1
            bytes += size
            guard size > largest?.bytes ?? -1 || size > AreaTiling.mostTileBytes else { return }
            let large = LargeTile(
                layer: layer, zoom: tile.tile.zoom, column: tile.tile.column, row: tile.tile.row,
                format: tile.format, bytes: size)
            if size > largest?.bytes ?? -1 { largest = large }
            if size > AreaTiling.mostTileBytes { tooLarge.append(large) }
        }
    }

    private static let name = "Peta kemiskinan ekstrem Kabupaten Probolinggo"

    private static func text(_ layers: [LayerDescription]) -> String {
        if layers.count == 1 { return layers[0].text }
        return (layers.contains(where: \.isSimulated) ? "DATA SIMULASI. " : "")
            + layers.map(\.title).joined(separator: ", ")
            + ". Batas indikatif, bukan acuan penegasan batas. Bukan angka BPS."
    }

    private func release(_ id: Int64?, of map: PublishedMap) throws -> PublishedRelease {
        guard let wanted = try id ?? map.publishedReleaseID() else {
            throw StoreError.nothingPublished(path: databasePath)
        }
        guard let release = try map.release(wanted) else {
            throw PipelineError.unknownRelease(id: wanted, known: try map.keptReleaseIDs())
        }
        return release
    }

    private func layers(
        _ names: [String],
        of release: PublishedRelease
    ) throws -> [PublishedLayer] {
        let known = release.layers.keys.sorted()
        return try (names.isEmpty ? known : names).map { name in
            guard let layer = release.layers[name] else {
                throw PipelineError.unknownLayer(name: name, known: known)
            }
            return layer
        }
    }

    /// Writes the tiles of `layers`, those of one address joined.
    private func write(
        _ layers: [PublishedLayer],
        _ format: TileFormat,
        to destination: any TileDestination,
        _ tally: inout Tally
    ) throws {
        var addresses: Set<TileCoordinate> = []
        for layer in layers {
            for address in layer.tiles.keys where address.format == format {
                guard
                    let tile = TileCoordinate(
                        zoom: address.zoom, column: address.column, row: address.row)
                else { continue }
                addresses.insert(tile)
            }
        }
        let tiles = HilbertOrder.sorted(addresses)
        let name = layers.map(\.description.name).joined(separator: ",")
        for first in stride(from: 0, to: tiles.count, by: Self.batch) {
            let finished = try ParallelTiles.map(count: min(Self.batch, tiles.count - first)) {
                try Self.joined(tiles[first + $0], of: layers, format)
            }.compactMap(\.self)
            try destination.add(finished)
            for tile in finished { tally.count(tile, layer: name) }
        }
    }

    private static let batch = 1024

    /// The tile with all layers: `layers` is a repeated field of an MVT, so their bytes follow one
    /// another.
    private static func joined(
        _ tile: TileCoordinate,
        of layers: [PublishedLayer],
        _ format: TileFormat
    ) throws -> ArchivedTile? {
        let address = TileAddress(
            zoom: tile.zoom, column: tile.column, row: tile.row, format: format)
        let parts = layers.compactMap { $0.tiles[address] }
        let plain = try parts.reduce(into: [UInt8]()) { $0 += try Gzip.decompress($1.gzip) }
        guard !plain.isEmpty else { return nil }
        return ArchivedTile(
            layer: layers[0].description.name,
            tile: tile,
            format: format,
            blob: parts.count == 1
                ? parts[0] : try PublishedBlob(compressing: plain, level: format.thoroughLevel),
            plain: plain)
    }
}
