internal import Foundation
public import Geospatial

/// What is said of a set of vector tiles, in the words of TileJSON 3, PMTiles and MBTiles.
public struct TilesetDescription: Hashable, Sendable {
    public struct Layer: Hashable, Sendable {
        public let id: String
        public let text: String
        public let zooms: ClosedRange<Int>
        /// What each property means.
        public let fields: [String: String]

        public init(id: String, text: String, zooms: ClosedRange<Int>, fields: [String: String]) {
            self.id = id
            self.text = text
            self.zooms = zooms
            self.fields = fields
        }
    }

    public let name: String
    public let text: String
    /// Who has to be named on the map.
    public let attribution: String
    public let bounds: BoundingBox
    public let layers: [Layer]
    /// The release of the database that the tiles show.
    public let release: Int64?
    public let isSimulated: Bool

    public init(
        name: String,
        text: String,
        attribution: String,
        bounds: BoundingBox,
        layers: [Layer],
        release: Int64? = nil,
        isSimulated: Bool = false
    ) {
        precondition(!layers.isEmpty, "a tileset without layers")
        self.name = name
        self.text = text
        self.attribution = attribution
        self.bounds = bounds
        self.layers = layers
        self.release = release
        self.isSimulated = isSimulated
    }

    /// The same of one layer only.
    public func only(_ layer: Layer) -> TilesetDescription {
        TilesetDescription(
            name: name, text: layer.text, attribution: attribution, bounds: bounds,
            layers: [layer], release: release, isSimulated: isSimulated)
    }

    /// Published layers as one tileset.
    public init(_ layers: [LayerDescription], name: String, text: String, release: Int64) {
        self.init(
            name: name,
            text: text,
            attribution: layers.map(\.attribution).uniqued().joined(separator: "; "),
            bounds: BoundingBox(enclosing: layers.compactMap(\.box))
                ?? BoundingBox(west: -180, south: -85, east: 180, north: 85),
            layers: layers.map { layer in
                let zooms = layer.limits.map(\.zoom)
                let first = zooms.min() ?? 0
                return Layer(
                    id: layer.name,
                    text: layer.text,
                    zooms: first...(zooms.max() ?? first),
                    fields: Dictionary(
                        uniqueKeysWithValues: layer.fields.map {
                            ($0.name, "\($0.type): \($0.text)")
                        }))
            },
            release: release,
            isSimulated: layers.contains(where: \.isSimulated))
    }

    /// From the first zoom of any layer to the last.
    public var zooms: ClosedRange<Int> {
        let first = layers.map(\.zooms.lowerBound).min() ?? 0
        return first...(layers.map(\.zooms.upperBound).max() ?? first)
    }

    /// Three below the first: with tiles of half a screen that shows the layer's extent well.
    public var centerZoom: Int { min(zooms.lowerBound + 3, zooms.upperBound) }

    /// The metadata of a PMTiles archive (PMTiles 3, section 5).
    public func json() -> [UInt8] { Self.encoded(Document(self)) }

    /// TileJSON 3.0.0 with these tile addresses.
    public func tileJSON(tiles: [String], geoJSONTiles: [String] = []) -> [UInt8] {
        var document = Document(self)
        document.tilejson = "3.0.0"
        document.scheme = "xyz"
        document.tiles = tiles
        document.geojson_tiles = geoJSONTiles.isEmpty ? nil : geoJSONTiles
        document.bounds = [bounds.west, bounds.south, bounds.east, bounds.north]
        document.center = [
            bounds.center.longitude, bounds.center.latitude, Double(centerZoom),
        ]
        return Self.encoded(document)
    }

    /// The rows of MBTiles 1.3's metadata table, in the order of its chapter.
    public func mbtilesRows(format: String) -> [(name: String, value: String)] {
        let box = [bounds.west, bounds.south, bounds.east, bounds.north]
        let middle = [bounds.center.longitude, bounds.center.latitude]
        let layers = Self.encoded(["vector_layers": Document(self).vector_layers])
        var rows = [
            ("name", name),
            ("format", format),
            ("bounds", box.map { String($0) }.joined(separator: ",")),
            ("center", (middle.map { String($0) } + ["\(centerZoom)"]).joined(separator: ",")),
            ("minzoom", "\(zooms.lowerBound)"),
            ("maxzoom", "\(zooms.upperBound)"),
            ("attribution", attribution),
            ("description", text),
            ("type", "overlay"),
            ("json", String(decoding: layers, as: UTF8.self)),
        ]
        if let release { rows += [("version", "\(release)"), ("rilis", "\(release)")] }
        if isSimulated { rows.append(("data_simulasi", "true")) }
        return rows
    }

    private struct Document: Encodable {
        struct VectorLayer: Encodable {
            let id: String
            let description: String
            let minzoom: Int
            let maxzoom: Int
            let fields: [String: String]
        }

        var tilejson: String?
        var scheme: String?
        let name: String
        let description: String
        let version: String
        let type = "overlay"
        let attribution: String
        var tiles: [String]?
        var geojson_tiles: [String]?
        var bounds: [Double]?
        var center: [Double]?
        let minzoom: Int
        let maxzoom: Int
        let vector_layers: [VectorLayer]
        let data_simulasi: Bool
        let rilis: Int64?

        init(_ tileset: TilesetDescription) {
            name = tileset.name
            description = tileset.text
            // Semver by the standard; the release takes the place of the major number.
            version = "\(tileset.release ?? 1).0.0"
            attribution = tileset.attribution
            minzoom = tileset.zooms.lowerBound
            maxzoom = tileset.zooms.upperBound
            vector_layers = tileset.layers.map {
                VectorLayer(
                    id: $0.id, description: $0.text, minzoom: $0.zooms.lowerBound,
                    maxzoom: $0.zooms.upperBound, fields: $0.fields)
            }
            data_simulasi = tileset.isSimulated
            rilis = tileset.release
        }
    }

    private static func encoded(_ document: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Text and finite numbers only: there is nothing that JSON could not say.
        return (try? encoder.encode(document)).map { [UInt8]($0) } ?? []
    }
}

extension LayerDescription {
    fileprivate var box: BoundingBox? {
        guard bounds.count == 4 else { return nil }
        return BoundingBox(
            west: bounds[0], south: bounds[1], east: bounds[2], north: bounds[3])
    }
}

extension [String] {
    /// Each text once, in the order of its first.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
