internal import Foundation
internal import SpatialStore

/// TileJSON 3.0.0 of a layer.
///
/// The tile addresses name the release, so that a map never mixes tiles of two.
struct TileJSON: Encodable {
    struct VectorLayer: Encodable {
        let id: String
        let description: String
        let minzoom: Int
        let maxzoom: Int
        let fields: [String: String]
    }

    let tilejson = "3.0.0"
    let scheme = "xyz"
    let name: String
    let description: String
    let version: String
    let attribution: String
    let tiles: [String]
    let bounds: [Double]
    let center: [Double]
    let minzoom: Int
    let maxzoom: Int
    let vector_layers: [VectorLayer]
    let data_simulasi: Bool
    let rilis: Int64
    /// The same tiles as GeoJSON.
    let geojson_tiles: [String]

    init(_ layer: LayerDescription, release: Int64, baseURL: String) {
        name = layer.title
        description = layer.text
        // Semver by the standard; the release takes the place of the major number.
        version = "\(release).0.0"
        attribution = layer.attribution
        let path = "\(baseURL)/releases/\(release)/tiles/\(layer.name)/{z}/{x}/{y}"
        tiles = [path + ".mvt"]
        geojson_tiles = [path + ".geojson"]
        bounds = layer.bounds
        minzoom = layer.limits.map(\.zoom).min() ?? 0
        maxzoom = layer.limits.map(\.zoom).max() ?? 0
        center =
            layer.bounds.count == 4
            ? [
                (layer.bounds[0] + layer.bounds[2]) / 2, (layer.bounds[1] + layer.bounds[3]) / 2,
                Double(min(maxzoom, minzoom + 3)),
            ] : []
        vector_layers = [
            VectorLayer(
                id: layer.name,
                description: layer.text,
                minzoom: minzoom,
                maxzoom: maxzoom,
                fields: Dictionary(
                    uniqueKeysWithValues: layer.fields.map { field in
                        (field.name, "\(field.type): \(field.text)")
                    }))
        ]
        data_simulasi = layer.isSimulated
        rilis = release
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
