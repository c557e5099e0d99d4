internal import SpatialStore

/// The paths of OGC API Tiles in the OpenAPI document.
///
/// The end of each operation's name is prescribed (`.collection.vector.getTile` and the like).
enum OpenAPITilePaths {
    /// The three paths under `prefix`/tiles, with operations named `id`.vector and so on.
    ///
    /// Where it `selects`, tiles can be asked for with some of the collections only.
    static func make(
        prefix: String,
        id: String,
        tag: String,
        selects: Bool
    ) -> [JSONValue.Member] {
        let path = prefix + "/tiles"
        let selection = selects ? ["collections"] : []
        var tile = OpenAPIOperation(
            id: "\(id).vector.getTile", tag: tag, summary: "Petak",
            parameters: ["tileMatrix", "tileRow", "tileCol"] + selection + ["f-tile"],
            content: [
                .init(
                    name: Representation.geoJSONTile.plainType,
                    value: ["schema": OpenAPIOperation.schema("Tile")]),
                .init(
                    name: Representation.vectorTile.plainType,
                    value: ["schema": ["type": "string", "format": "binary"]]),
            ])
        tile.answers = [.init(name: "204", value: ["description": "Petak tanpa isi"])]
        return [
            OpenAPIOperation(
                id: "\(id).vector.getTileSetsList", tag: tag, summary: "Daftar susunan petak",
                parameters: ["f"], schema: "TileSets"
            ).get(path),
            OpenAPIOperation(
                id: "\(id).vector.getTileSet", tag: tag, summary: "Susunan petak WebMercatorQuad",
                parameters: selection + ["f"], schema: "TileSet"
            ).get(path + "/WebMercatorQuad"),
            tile.get(path + "/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"),
        ]
    }

    static func dataset(_ collections: [ServedCollection]) -> [JSONValue.Member] {
        make(prefix: "", id: "peta.dataset", tag: "Petak", selects: true) + [
            OpenAPIOperation(
                id: "getTileMatrixSetsList", tag: "Petak", summary: "Daftar kisi petak",
                parameters: ["f"], schema: "TileMatrixSets"
            ).get("/tileMatrixSets"),
            OpenAPIOperation(
                id: "getTileMatrixSet", tag: "Petak", summary: "Kisi petak WebMercatorQuad",
                parameters: ["f"], schema: "TileMatrixSet"
            ).get("/tileMatrixSets/WebMercatorQuad"),
        ]
    }
}
