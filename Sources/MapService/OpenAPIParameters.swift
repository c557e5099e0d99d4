internal import SpatialStore

/// The parameters under `components/parameters`, and those that a collection brings.
enum OpenAPIParameters {
    /// Those of `ItemsRequest.standing` whose values depend on the collection.
    static let bySchema: Set = ["filter", "sortby", "properties"]

    /// What the properties of the collection allow: filters, orders, choices, and a parameter for
    /// each property whose name the standards have not taken.
    static func own(of collection: ServedCollection) -> [JSONValue] {
        let names = collection.properties.map(\.name)
        let general: [JSONValue.Member] =
            names.isEmpty
            ? []
            : [
                query(
                    "filter", "Saringan CQL2", ["type": "string", "minLength": 1],
                    example: "\"\(names[0])\" IS NOT NULL"),
                list(
                    "sortby", "Urutan menurut sifat; - di depan berarti menurun",
                    choice(names + names.map { "-" + $0 }), from: 1),
                list(
                    "properties", "Sifat yang disertakan; semua bila tidak disebut",
                    choice(names), from: 1),
            ]
        let free = collection.properties.filter { !ItemsRequest.standing.contains($0.name) }
        return general.map(\.value)
            + free.map { property in
                // `explode: false` is what GDAL looks for before it sends a comparison.
                [
                    "name": .string(property.name), "in": "query", "required": false,
                    "description": .string(property.text), "style": "form", "explode": false,
                    "schema": OpenAPISchemas.value(property.type),
                ]
            }
    }

    static func components(_ collections: [ServedCollection]) -> [JSONValue.Member] {
        let layers = collections.filter { $0.collection.tileLayer != nil }.map(\.id)
        return [
            query("f", "Format", choice(["json", "html"])),
            query(
                "f-items", as: "f", "Format fitur",
                choice(ItemsRequest.forms.map(\.name))),
            query("f-tile", as: "f", "Format petak", choice(TileSetDocuments.forms.map(\.name))),
            list(
                "bbox", "Kotak: x dan y terkecil, lalu terbesar (boleh dengan ketinggian)",
                ["type": "number"], from: 4, to: 6),
            query("bbox-crs", "Sistem koordinat bbox", systems),
            query(
                "datetime", "Hari atau saat (RFC 3339), atau selang dengan /; .. berarti terbuka",
                ["type": "string"], example: "2020-01-01/.."),
            query(
                "limit", "Banyaknya fitur pada satu halaman",
                [
                    "type": "integer", "minimum": 1,
                    "maximum": .integer(ItemsRequest.largestLimit),
                    "default": .integer(ItemsRequest.defaultLimit),
                ]),
            query("crs", "Sistem koordinat jawaban", systems),
            query(
                "filter-lang", "Bahasa saringan",
                choice(["cql2-text", "cql2-json"], usual: "cql2-text")),
            query("filter-crs", "Sistem koordinat geometri dalam saringan", systems),
            query(
                "cursor", "Letak halaman, dari tautan next atau prev", ["type": "string"]),
            path("featureId", "Nomor fitur", ["type": "integer", "format": "int64"]),
            path(
                "tileMatrix", "Tingkat zum",
                ["type": "string", "pattern": "^(1?[0-9]|2[0-4])$"], example: "8"),
            path("tileRow", "Baris petak", tileNumber, example: 133),
            path("tileCol", "Kolom petak", tileNumber, example: 208),
            list(
                "collections", "Koleksi dalam petak; semua bila tidak disebut",
                layers.isEmpty ? ["type": "string"] : choice(layers), from: 1),
        ]
    }

    /// Of the deepest level; how many there are at the others no schema can say.
    private static var tileNumber: JSONValue {
        ["type": "integer", "minimum": 0, "maximum": .integer((1 << TileMatrixSet.deepest) - 1)]
    }

    private static var systems: JSONValue {
        let names = FeatureReferenceSystem.allCases.map { JSONValue.string($0.uri) }
        return [
            "type": "string", "format": "uri", "enum": .array(names), "default": names[0],
        ]
    }

    static func choice(_ values: [String], usual: String? = nil) -> JSONValue {
        let choice: JSONValue = [
            "type": "string", "enum": .array(values.map(JSONValue.string)),
            "default": usual.map(JSONValue.string) ?? nil,
        ]
        return choice.withoutNulls
    }

    private static func query(
        _ key: String,
        as name: String? = nil,
        _ text: String,
        _ schema: JSONValue,
        example: JSONValue? = nil
    ) -> JSONValue.Member {
        let value: JSONValue = [
            "name": .string(name ?? key), "in": "query", "required": false,
            // As Part 1 of Features writes it down, and its tests want to see it.
            "description": .string(text), "style": "form", "explode": false, "schema": schema,
            "example": example ?? nil,
        ]
        return .init(name: key, value: value.withoutNulls)
    }

    private static func list(
        _ name: String,
        _ text: String,
        _ items: JSONValue,
        from least: Int,
        to most: Int? = nil
    ) -> JSONValue.Member {
        let schema: JSONValue = [
            "type": "array", "items": items, "minItems": .integer(least),
            "maxItems": most.map(JSONValue.integer) ?? nil,
        ]
        return .init(
            name: name,
            value: [
                "name": .string(name), "in": "query", "required": false,
                "description": .string(text), "style": "form", "explode": false,
                "schema": schema.withoutNulls,
            ])
    }

    static func path(
        _ name: String,
        _ text: String,
        _ schema: JSONValue,
        example: JSONValue? = nil
    ) -> JSONValue.Member {
        let value: JSONValue = [
            "name": .string(name), "in": "path", "required": true,
            "description": .string(text), "schema": schema, "example": example ?? nil,
        ]
        return .init(name: name, value: value.withoutNulls)
    }
}
