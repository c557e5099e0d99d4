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
        EncodedTile(
            tile: tile,
            geoJSON: geoJSON(tile, geometry: geometry, attributes: attributes),
            mvt: mvt(tile, geometry: geometry, attributes: attributes)
        )
    }

    /// The tile as GeoJSON only.
    public static func geoJSON(
        _ tile: TileCoordinate,
        geometry: LayerGeometry,
        attributes: LayerAttributes
    ) -> [UInt8] {
        check(geometry, attributes)
        return GeoJSONTile.tile(
            geometry.geometry(of: tile),
            kind: geometry.kind,
            at: tile,
            attributes: attributes
        )
    }

    /// The tile as MVT only.
    public static func mvt(
        _ tile: TileCoordinate,
        geometry: LayerGeometry,
        attributes: LayerAttributes
    ) -> [UInt8] {
        check(geometry, attributes)
        return geometry.geometry(of: tile).map {
            MVTEncoder.tile($0, kind: geometry.kind, attributes: attributes)
        } ?? []
    }

    /// The tile whose shapes were encoded earlier, in the same format, with these attributes.
    ///
    /// The same bytes as from the `LayerGeometry` that the earlier tile was made of.
    public static func encode(_ shapes: EncodedShapes, attributes: LayerAttributes) -> [UInt8] {
        switch shapes.format {
        case .geoJSON: GeoJSONTile.tile(shapes, attributes: attributes)
        case .mvt: MVTEncoder.tile(shapes, attributes: attributes)
        }
    }

    private static func check(_ geometry: LayerGeometry, _ attributes: LayerAttributes) {
        precondition(
            geometry.featureCount == attributes.ids.count,
            "\(geometry.featureCount) shapes but \(attributes.ids.count) rows of attributes"
        )
    }
}
