/// The schemas of tiles, tile sets and grids of tiles.
enum OpenAPITileSchemas {
    private typealias Schemas = OpenAPISchemas

    static var all: [JSONValue.Member] {
        let (text, number) = (Schemas.text, Schemas.number)
        let corner: JSONValue = [
            "type": "array", "items": number, "minItems": 2, "maxItems": 2,
        ]
        let limits = Schemas.record(
            [
                "tileMatrix": text, "minTileRow": Schemas.count(), "maxTileRow": Schemas.count(),
                "minTileCol": Schemas.count(), "maxTileCol": Schemas.count(),
            ], required: ["tileMatrix", "minTileRow", "maxTileRow", "minTileCol", "maxTileCol"])
        let matrix = Schemas.record(
            [
                "id": text, "title": text, "scaleDenominator": number, "cellSize": number,
                "cornerOfOrigin": text, "pointOfOrigin": corner,
                "tileWidth": Schemas.count(from: 1),
                "tileHeight": Schemas.count(from: 1), "matrixWidth": Schemas.count(from: 1),
                "matrixHeight": Schemas.count(from: 1),
            ],
            required: [
                "id", "scaleDenominator", "cellSize", "pointOfOrigin", "tileWidth", "tileHeight",
                "matrixWidth", "matrixHeight",
            ])
        let summary: JSONValue = [
            "title": text, "description": text, "dataType": text, "crs": text,
            "tileMatrixSetURI": Schemas.address, "links": Schemas.named("Links"),
        ]
        let set: JSONValue = [
            "tileMatrixSetLimits": Schemas.list(limits),
            "layers": Schemas.list(Schemas.record(["id": text, "dataType": text])),
        ]
        let grid: JSONValue = [
            "id": text, "title": text, "uri": Schemas.address, "links": Schemas.named("Links"),
        ]
        return [
            .init(
                name: "Tile",
                value: Schemas.record(
                    [
                        "type": ["type": "string", "enum": ["FeatureCollection"]],
                        "features": Schemas.list(["type": "object"]),
                    ], required: ["type", "features"])),
            .init(
                name: "TileSets",
                value: Schemas.record(
                    [
                        "tilesets": Schemas.list(
                            Schemas.record(summary, required: ["dataType", "crs", "links"])),
                        "links": Schemas.named("Links"),
                    ], required: ["tilesets"])),
            .init(
                name: "TileSet",
                value: Schemas.record(
                    summary.adding(set), required: ["dataType", "crs", "links"])),
            .init(
                name: "TileMatrixSets",
                value: Schemas.record(
                    [
                        "tileMatrixSets": Schemas.list(Schemas.record(grid, required: ["links"])),
                        "links": Schemas.named("Links"),
                    ], required: ["tileMatrixSets"])),
            .init(
                name: "TileMatrixSet",
                value: Schemas.record(
                    grid.adding(["crs": text, "tileMatrices": Schemas.list(matrix)]),
                    required: ["crs", "tileMatrices"])),
            .init(
                name: "TileJSON",
                value: Schemas.record(
                    [
                        "tilejson": text, "name": text, "tiles": Schemas.list(text),
                        "geojson_tiles": Schemas.list(text),
                        "bounds": [
                            "type": "array", "items": number, "minItems": 4, "maxItems": 4,
                        ],
                        "minzoom": Schemas.count(), "maxzoom": Schemas.count(),
                        "vector_layers": Schemas.list(
                            Schemas.record(
                                ["id": text, "fields": ["type": "object"]],
                                required: ["id", "fields"])),
                    ], required: ["tilejson", "tiles", "vector_layers"])),
        ]
    }
}
