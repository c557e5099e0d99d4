internal import SpatialStore

/// The description of this interface for programs, OpenAPI 3.0.3; every reference in it is local.
///
/// Each collection has paths of its own, not one template for all: clients (GDAL among them) learn
/// from the `items` operation which properties they may ask for.
enum OpenAPIDocument {
    /// The document for the collections that are no alias.
    ///
    /// `base` is the address of the landing page without the slash at its end.
    static func make(_ collections: [ServedCollection], base: String) -> JSONValue {
        let listed = collections.filter { !$0.isAlias }
        let paths =
            dataset + listed.flatMap(OpenAPICollectionPaths.make)
            + OpenAPITilePaths.dataset(listed) + OpenAPIServicePaths.all
        return [
            "openapi": "3.0.3",
            "info": [
                "title": "Peta Kemiskinan Ekstrem Kabupaten Probolinggo",
                "description": """
                Data wilayah dan angka kemiskinan ekstrem per desa menurut OGC API Features dan \
                OGC API Tiles. Batas wilayah indikatif; angka bukan angka BPS.
                """,
                "version": "1.0.0",
                "contact": ["name": .string(CatalogueDocument.publisher)],
            ],
            "servers": [["url": .string(base.isEmpty ? "/" : base)]],
            "tags": .array(tags(listed)),
            "paths": .object(paths),
            "components": [
                "parameters": .object(OpenAPIParameters.components(listed)),
                "responses": .object(OpenAPIOperation.problems),
                "schemas": .object(OpenAPISchemas.components(listed)),
            ],
        ]
    }

    private static func tags(_ collections: [ServedCollection]) -> [JSONValue] {
        let own: [JSONValue] = [
            ["name": "Layanan", "description": "Halaman muka, kesesuaian, katalog"],
            ["name": "Petak", "description": "Petak peta seluruh data (OGC API Tiles)"],
            ["name": "Rilis", "description": "Rilis data dan TileJSON"],
            ["name": "Penempatan", "description": "Dari tempat tertulis ke desa"],
            ["name": "Kesehatan", "description": "Keadaan server"],
        ]
        return own
            + collections.map {
                [
                    "name": .string($0.id), "description": .string($0.collection.title),
                ]
            }
    }

    private static var dataset: [JSONValue.Member] {
        func page(_ path: String, _ id: String, _ summary: String, _ schema: String)
            -> JSONValue.Member
        {
            OpenAPIOperation(
                id: id, tag: "Layanan", summary: summary, parameters: ["f"], schema: schema
            ).get(path)
        }
        return [
            page("/", "getLandingPage", "Halaman muka", "LandingPage"),
            page("/conformance", "getConformance", "Kelas kesesuaian", "Conformance"),
            OpenAPIOperation(
                id: "getAPI", tag: "Layanan", summary: "Dokumen OpenAPI ini", parameters: ["f"],
                content: [
                    .init(
                        name: Representation.openAPI.mediaType,
                        value: ["schema": ["type": "object"]]),
                    OpenAPIOperation.html,
                ]
            ).get("/api"),
            page("/collections", "getCollections", "Daftar koleksi", "Collections"),
            OpenAPIOperation(
                id: "getCatalogue", tag: "Layanan", summary: "Katalog DCAT seluruh koleksi",
                parameters: ["f"], media: Representation.linkedData.plainType, schema: "LinkedData"
            ).get("/catalog"),
        ]
    }
}
