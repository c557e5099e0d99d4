/// A release as the map server holds it.
public struct PublishedRelease: Sendable {
    public let id: Int64
    /// JSON documents by name.
    public let documents: [String: PublishedBlob]
    public let layers: [String: PublishedLayer]
}

/// A layer with all its tiles.
public struct PublishedLayer: Sendable {
    public let description: LayerDescription
    public internal(set) var tiles: [TileAddress: PublishedBlob]

    public init(description: LayerDescription, tiles: [TileAddress: PublishedBlob]) {
        self.description = description
        self.tiles = tiles
    }
}

/// Bytes that are served as they are stored.
public struct PublishedBlob: Hashable, Sendable {
    /// The `ContentDigest` of the uncompressed bytes.
    public let digest: String
    public let gzip: [UInt8]

    public init(digest: String, gzip: [UInt8]) {
        self.digest = digest
        self.gzip = gzip
    }
}

public enum TileFormat: String, CaseIterable, Sendable {
    case geoJSON = "geojson"
    case mvt
}

/// A tile in WebMercatorQuad and the form it is wanted in; rows count from north.
public struct TileAddress: Hashable, Sendable {
    public let zoom: Int
    public let column: Int
    public let row: Int
    public let format: TileFormat

    public init(zoom: Int, column: Int, row: Int, format: TileFormat) {
        self.zoom = zoom
        self.column = column
        self.row = row
        self.format = format
    }
}

/// What a layer's metadata documents say.
public struct LayerDescription: Codable, Hashable, Sendable {
    public struct Field: Codable, Hashable, Sendable {
        public let name: String
        /// `String`, `Number` or `Boolean`, as TileJSON has them.
        public let type: String
        /// Indonesian, with the unit.
        public let text: String

        public init(name: String, type: String, text: String) {
            self.name = name
            self.type = type
            self.text = text
        }
    }

    /// The first and last column and row in which a zoom level can have data.
    public struct Limits: Codable, Hashable, Sendable {
        public let zoom: Int
        public let firstColumn: Int
        public let lastColumn: Int
        public let firstRow: Int
        public let lastRow: Int

        public init(zoom: Int, firstColumn: Int, lastColumn: Int, firstRow: Int, lastRow: Int) {
            self.zoom = zoom
            self.firstColumn = firstColumn
            self.lastColumn = lastColumn
            self.firstRow = firstRow
            self.lastRow = lastRow
        }

        public func contains(column: Int, row: Int) -> Bool {
            (firstColumn...lastColumn).contains(column) && (firstRow...lastRow).contains(row)
        }
    }

    public let name: String
    public let title: String
    public let text: String
    public let attribution: String
    public let isSimulated: Bool
    /// West, south, east, north in degrees.
    public let bounds: [Double]
    public let limits: [Limits]
    public let fields: [Field]
    /// Of what the tiles were drawn from: a release with other figures can use their shapes again.
    ///
    /// Nil in releases of earlier versions.
    public let shapesDigest: String?

    public init(
        name: String,
        title: String,
        text: String,
        attribution: String,
        isSimulated: Bool,
        bounds: [Double],
        limits: [Limits],
        fields: [Field],
        shapesDigest: String? = nil
    ) {
        self.name = name
        self.title = title
        self.text = text
        self.attribution = attribution
        self.isSimulated = isSimulated
        self.bounds = bounds
        self.limits = limits
        self.fields = fields
        self.shapesDigest = shapesDigest
    }

    public func limits(zoom: Int) -> Limits? { limits.first { $0.zoom == zoom } }
}
