internal import SpatialStore

/// TileJSON 3.0.0 of a layer.
///
/// The tile addresses name the release, so that a map never mixes tiles of two.
enum TileJSON {
    static func document(
        of layer: LayerDescription,
        release: Int64,
        baseURL: String
    ) -> [UInt8] {
        let path = "\(baseURL)/releases/\(release)/tiles/\(layer.name)/{z}/{x}/{y}"
        return TilesetDescription(
            [layer], name: layer.title, text: layer.text, release: release
        ).tileJSON(tiles: [path + ".mvt"], geoJSONTiles: [path + ".geojson"])
    }
}
