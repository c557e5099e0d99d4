internal import SpatialStore

/// WebMercatorQuad of OGC's register (Two Dimensional Tile Matrix Set 2.0, annex D).
enum TileMatrixSet {
    static let id = "WebMercatorQuad"
    static let uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    static var referenceSystem: String { FeatureReferenceSystem.webMercator.uri }
    static let deepest = 24

    /// Half the width of the world, metres: π times 6,378,137.
    private static let halfWidth = 20_037_508.342_789_244
    /// Of level 0 on a screen of 0.28 mm pixels.
    private static let scaleDenominator = 559_082_264.028_717_8

    static func document(base: String) -> JSONValue {
        [
            "id": .string(id),
            "title": "Google Maps Compatible for the World",
            "uri": .string(uri),
            "crs": .string(referenceSystem),
            "orderedAxes": ["X", "Y"],
            "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
            "tileMatrices": .array((0...deepest).map(matrix)),
            "links": [
                CollectionDocuments.link(
                    "self", "\(base)/tileMatrixSets/\(id)?f=json", .json, id),
                CollectionDocuments.link(
                    "alternate", "\(base)/tileMatrixSets/\(id)?f=html", .html, id),
            ],
        ]
    }

    private static func matrix(_ zoom: Int) -> JSONValue {
        let count = 1 << zoom
        return [
            "id": .string(String(zoom)),
            "scaleDenominator": .number(scaleDenominator / Double(count)),
            "cellSize": .number(2 * halfWidth / 256 / Double(count)),
            "cornerOfOrigin": "topLeft",
            "pointOfOrigin": [.number(-halfWidth), .number(halfWidth)],
            "matrixWidth": .integer(count),
            "matrixHeight": .integer(count),
            "tileWidth": 256,
            "tileHeight": 256,
        ]
    }

    static func list(base: String) -> JSONValue {
        [
            "tileMatrixSets": [
                [
                    "id": .string(id),
                    "title": "Google Maps Compatible for the World",
                    "uri": .string(uri),
                    "crs": .string(referenceSystem),
                    "links": [
                        CollectionDocuments.link(
                            "self", "\(base)/tileMatrixSets/\(id)", .json, id)
                    ],
                ]
            ],
            "links": [
                CollectionDocuments.link(
                    "self", "\(base)/tileMatrixSets?f=json", .json, "Skema ubin"),
                CollectionDocuments.link(
                    "alternate", "\(base)/tileMatrixSets?f=html", .html, "Skema ubin"),
            ],
        ]
    }
}
