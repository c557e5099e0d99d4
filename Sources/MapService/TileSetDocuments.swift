internal import SpatialStore

/// The descriptions of tile sets (OGC API Tiles Part 1; TMS 2.0 section 8).
struct TileSetDocuments {
    let base: String
    /// `/tiles`, or `/collections/{id}/tiles`.
    let path: String
    let title: String
    let layers: [LayerDescription]
    /// The forms in which its tiles can be had.
    static let forms: [Representation] = [.geoJSONTile, .vectorTile]

    /// The list of tile sets; there is one, in WebMercatorQuad.
    var list: JSONValue {
        [
            "title": .string(title),
            "tilesets": [
                .object(
                    common.members + [
                        JSONValue.Member(
                            name: "links",
                            value: .array(
                                [
                                    CollectionDocuments.link(
                                        "self", "\(base)\(path)/\(TileMatrixSet.id)", .json, title),
                                    scheme,
                                ] + tiles))
                    ])
            ],
            "links": .array(own(path)),
        ]
    }

    var tileSet: JSONValue {
        common.adding([
            "tileMatrixSetLimits": .array(limits),
            "boundingBox": bounds,
            "layers": .array(layers.map(layer)),
            "links": .array(own("\(path)/\(TileMatrixSet.id)") + [scheme] + tiles),
        ])
    }

    private var common: JSONValue {
        [
            "title": .string(title),
            "dataType": "vector",
            "crs": .string(TileMatrixSet.referenceSystem),
            "tileMatrixSetId": .string(TileMatrixSet.id),
            "tileMatrixSetURI": .string(TileMatrixSet.uri),
            "attribution": .string(layers.first?.attribution ?? ""),
            "data_simulasi": .bool(layers.contains(where: \.isSimulated)),
        ]
    }

    private func own(_ path: String) -> [JSONValue] {
        [
            CollectionDocuments.link("self", "\(base)\(path)?f=json", .json, title),
            CollectionDocuments.link("alternate", "\(base)\(path)?f=html", .html, title),
        ]
    }

    private var scheme: JSONValue {
        CollectionDocuments.link(
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
            "\(base)/tileMatrixSets/\(TileMatrixSet.id)", .json, TileMatrixSet.id)
    }

    private var tiles: [JSONValue] {
        Self.forms.map { form in
            CollectionDocuments.link(
                "item",
                "\(base)\(path)/\(TileMatrixSet.id)/{tileMatrix}/{tileRow}/{tileCol}?f=\(form.name)",
                form, "Ubin sebagai \(form.name)"
            ).adding(["templated": true])
        }
    }

    /// What any of the layers reaches.
    private var limits: [JSONValue] {
        let zooms = Set(layers.flatMap { $0.limits.map(\.zoom) }).sorted()
        return zooms.map { zoom in
            let limits = layers.compactMap { $0.limits(zoom: zoom) }
            return [
                "tileMatrix": .string(String(zoom)),
                "minTileRow": .integer(limits.map(\.firstRow).min() ?? 0),
                "maxTileRow": .integer(limits.map(\.lastRow).max() ?? 0),
                "minTileCol": .integer(limits.map(\.firstColumn).min() ?? 0),
                "maxTileCol": .integer(limits.map(\.lastColumn).max() ?? 0),
            ]
        }
    }

    private var bounds: JSONValue {
        let boxes = layers.map(\.bounds).filter { $0.count == 4 }
        func side(_ number: Int, _ choose: ([Double]) -> Double?) -> JSONValue {
            .number(choose(boxes.map { $0[number] }) ?? 0)
        }
        return [
            "lowerLeft": [side(0) { $0.min() }, side(1) { $0.min() }],
            "upperRight": [side(2) { $0.max() }, side(3) { $0.max() }],
            "crs": .string(FeatureReferenceSystem.crs84.uri),
        ]
    }

    private func layer(_ layer: LayerDescription) -> JSONValue {
        [
            "id": .string(layer.name),
            "title": .string(layer.title),
            "description": .string(layer.text),
            "dataType": "vector",
            "geometryDimension": 2,
            "minTileMatrix": .string(String(layer.limits.map(\.zoom).min() ?? 0)),
            "maxTileMatrix": .string(String(layer.limits.map(\.zoom).max() ?? 0)),
            "propertiesSchema": [
                "type": "object",
                "properties": .object(
                    layer.fields.map { field in
                        JSONValue.Member(
                            name: field.name,
                            value: [
                                "title": .string(field.text),
                                "type": .string(field.type.lowercased()),
                            ])
                    }),
            ],
        ]
    }
}
