public import Geospatial

/// A tile in both formats; the same features, the same geometry.
public struct EncodedTile: Hashable, Sendable {
    public let tile: TileCoordinate
    /// An RFC 7946 feature collection.
    public let geoJSON: [UInt8]
    /// A Mapbox vector tile with one layer; no bytes when the tile has no feature, as the
    /// specification knows no empty layer.
    public let mvt: [UInt8]
}

/// Joins geometry and attributes to the bytes of a tile.
///
/// A pure function of its arguments: tiles can be encoded in parallel and in any order, and the
/// same arguments give the same bytes.
public enum TileEncoder {
    /// - Complexity: O(vertices and properties of the tile).
    public static func encode(
        _ tile: TileCoordinate,
        geometry: LayerGeometry,
        attributes: LayerAttributes
    ) -> EncodedTile {
        precondition(
            geometry.featureCount == attributes.ids.count,
            "\(geometry.featureCount) shapes but \(attributes.ids.count) rows of attributes"
        )
        let content = geometry.geometry(of: tile)
        return EncodedTile(
            tile: tile,
            geoJSON: GeoJSONTile.tile(
                content,
                kind: geometry.kind,
                at: tile,
                attributes: attributes
            ),
            mvt: content.map {
                MVTEncoder.tile($0, kind: geometry.kind, attributes: attributes)
            } ?? []
        )
    }
}
