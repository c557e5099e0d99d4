internal import SpatialStore

/// A release in memory, ready to be sent.
struct ServedRelease: Sendable {
    struct Layer: Sendable {
        let description: LayerDescription
        fileprivate let tiles: [TileAddress: ServedBlob]
    }

    enum TileAnswer {
        case tile(ServedBlob)
        case outside
    }

    let id: Int64
    let layers: [String: Layer]
    private let documents: [String: ServedBlob]
    /// A GeoJSON tile without features.
    private let emptyGeoJSON: ServedBlob
    private let emptyMVT: ServedBlob

    /// What stands under `/releases/{release}/`, besides `rilis`, which is the release itself.
    static let documentNames = ["desa", "kecamatan", "batas"]

    init(_ release: PublishedRelease) throws {
        id = release.id
        documents = release.documents.mapValues { ServedBlob($0, mediaType: "application/json") }
        layers = release.layers.mapValues { layer in
            Layer(
                description: layer.description,
                tiles: Dictionary(
                    uniqueKeysWithValues: layer.tiles.map { address, blob in
                        (
                            address,
                            ServedBlob(blob, mediaType: address.format.mediaType)
                        )
                    }))
        }
        emptyGeoJSON = try ServedBlob(
            Array(#"{"type":"FeatureCollection","features":[]}"#.utf8),
            mediaType: TileFormat.geoJSON.mediaType)
        emptyMVT = try ServedBlob([], mediaType: TileFormat.mvt.mediaType)
    }

    func document(_ name: String) -> ServedBlob? { documents[name] }

    /// The tile, an empty one where the layer could have data but has none, or outside.
    func tile(layer: Layer, _ address: TileAddress) -> TileAnswer {
        if let blob = layer.tiles[address] { return .tile(blob) }
        guard let limits = layer.description.limits(zoom: address.zoom),
            limits.contains(column: address.column, row: address.row)
        else { return .outside }
        return .tile(address.format == .geoJSON ? emptyGeoJSON : emptyMVT)
    }
}

extension TileFormat {
    var mediaType: String {
        switch self {
        case .geoJSON: Representation.geoJSONTile.mediaType
        case .mvt: Representation.vectorTile.mediaType
        }
    }
}
