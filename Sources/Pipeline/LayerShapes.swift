internal import Compression
internal import Geospatial
internal import SpatialStore
internal import VectorTiles

/// The shapes of a layer, drawn now or taken from tiles that were published before.
struct LayerShapes: Sendable {
    /// Equal shapes on an equal grid have equal digests.
    let digest: String
    let limits: [LayerDescription.Limits]
    let source: Source

    enum Source: Sendable {
        case drawn(LayerGeometry)
        case published([PublishedShapes])
    }

    var isDrawn: Bool {
        if case .drawn = source { true } else { false }
    }

    /// In how many steps its tiles are encoded: both forms of a drawn tile are one, each that was
    /// published is one.
    var stepCount: Int {
        switch source {
        case .drawn(let geometry): geometry.tiles.count
        case .published(let tiles): tiles.count
        }
    }

    /// A tile that was published before, and the shapes in it.
    struct PublishedShapes: Sendable {
        let address: TileAddress
        let blob: PublishedBlob
        let shapes: EncodedShapes
    }

    init(_ geometry: LayerGeometry, digest: String) {
        self.digest = digest
        limits = geometry.limits.map {
            LayerDescription.Limits(
                zoom: $0.zoom,
                firstColumn: $0.columns.lowerBound,
                lastColumn: $0.columns.upperBound,
                firstRow: $0.rows.lowerBound,
                lastRow: $0.rows.upperBound)
        }
        source = .drawn(geometry)
    }

    /// The shapes of a layer of an earlier release; nil when they are others, or one of its tiles
    /// cannot be read.
    init?(_ layer: PublishedLayer, digest: String, ids: [UInt64]) {
        guard layer.description.shapesDigest == digest else { return nil }
        let numbers = Dictionary(
            uniqueKeysWithValues: zip(ids, ids.indices.map { Int32($0) }))
        let tiles = layer.tiles.sorted { $0.key.comes(before: $1.key) }
        let read = ParallelTiles.map(count: tiles.count) { index -> PublishedShapes? in
            let (address, blob) = tiles[index]
            guard let bytes = try? Gzip.decompress(blob.gzip) else { return nil }
            let shapes =
                switch address.format {
                case .geoJSON: EncodedShapes(geoJSON: bytes, numbers: numbers)
                case .mvt: EncodedShapes(mvt: bytes, numbers: numbers)
                }
            return shapes.map { PublishedShapes(address: address, blob: blob, shapes: $0) }
        }
        let whole = read.compactMap(\.self)
        guard whole.count == tiles.count else { return nil }
        self.digest = digest
        limits = layer.description.limits
        source = .published(whole)
    }

    /// The digest of what a layer of areas is drawn from.
    ///
    /// With the version of the program, which may draw otherwise.
    static func digest(
        of areas: some Sequence<MultiPolygon>,
        ids: [UInt64],
        settings: PyramidSettings
    ) -> String {
        let digest = ContentDigest()
        digest.update("\(PetaVersion.text) \(settings) \(ids)")
        for area in areas {
            digest.update("area")
            for polygon in area.polygons {
                digest.update("polygon")
                for ring in polygon.rings { digest.update(ring) }
            }
        }
        return digest.finish()
    }

    /// The digest of a layer of groups of the areas with digest `areas`.
    static func digest(of areas: String, groups: [Int], ids: [UInt64]) -> String {
        let digest = ContentDigest()
        digest.update("\(areas) \(groups) \(ids)")
        return digest.finish()
    }

    /// The digest of a layer of hexagons, whose ids say where they lie.
    static func digest(
        ofHexagons widthMetres: Double,
        ids: [UInt64],
        settings: PyramidSettings
    ) -> String {
        let digest = ContentDigest()
        digest.update("\(PetaVersion.text) \(settings) \(widthMetres) \(ids)")
        return digest.finish()
    }

    static func digest(
        of points: [Coordinate],
        ids: [UInt64],
        settings: PyramidSettings
    ) -> String {
        let digest = ContentDigest()
        digest.update("\(PetaVersion.text) \(settings) \(ids)")
        digest.update(points)
        return digest.finish()
    }
}

extension ContentDigest {
    fileprivate func update(_ coordinates: [Coordinate]) {
        update("\(coordinates.count) ")
        coordinates.withUnsafeBytes { update($0) }
    }
}

extension TileAddress {
    /// The order in which tiles are drawn: by zoom, column and row, GeoJSON before MVT.
    fileprivate func comes(before other: TileAddress) -> Bool {
        (zoom, column, row, format == .geoJSON ? 0 : 1)
            < (other.zoom, other.column, other.row, other.format == .geoJSON ? 0 : 1)
    }
}
