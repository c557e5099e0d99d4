internal import SpatialStore

/// The schemas under `components/schemas`.
enum OpenAPISchemas {
    static func feature(of collection: ServedCollection) -> String { "Feature.\(collection.id)" }
    static func featureCollection(of collection: ServedCollection) -> String {
        "FeatureCollection.\(collection.id)"
    }

    static func components(_ collections: [ServedCollection]) -> [JSONValue.Member] {
        shared + OpenAPITileSchemas.all + collections.flatMap(features)
    }

    // MARK: - Building blocks

    /// A value of a property, as a schema.
    static func value(_ type: FeatureCollection.PropertyType) -> JSONValue {
        switch type {
        case .string: text
        case .integer: ["type": "integer", "format": "int64"]
        case .number: number
        case .boolean: flag
        case .date: ["type": "string", "format": "date"]
        case .timestamp: ["type": "string", "format": "date-time"]
        }
    }

    static var text: JSONValue { ["type": "string"] }
    static var number: JSONValue { ["type": "number"] }
    static var flag: JSONValue { ["type": "boolean"] }
    static var address: JSONValue { ["type": "string", "format": "uri"] }
    static func count(from least: Int = 0) -> JSONValue {
        ["type": "integer", "minimum": .integer(least)]
    }

    static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func named(_ name: String) -> JSONValue { OpenAPIOperation.schema(name) }

    static func record(_ properties: JSONValue, required: [String] = []) -> JSONValue {
        let record: JSONValue = [
            "type": "object",
            "required": required.isEmpty ? nil : .array(required.map(JSONValue.string)),
            "properties": properties,
        ]
        return record.withoutNulls
    }

    private static func only(_ value: String) -> JSONValue {
        ["type": "string", "enum": [.string(value)]]
    }

    // MARK: - Documents

    private static var shared: [JSONValue.Member] {
        [
            .init(
                name: "Problem",
                value: record(
                    [
                        "title": text, "status": ["type": "integer", "minimum": 400],
                        "detail": text,
                    ], required: ["title", "status", "detail"])),
            .init(
                name: "Link",
                value: record(
                    [
                        "href": text, "rel": text, "type": text, "hreflang": text, "title": text,
                        "length": ["type": "integer"], "templated": flag,
                    ], required: ["href", "rel"])),
            .init(name: "Links", value: list(named("Link"))),
            .init(
                name: "LandingPage",
                value: record(
                    [
                        "title": text, "description": text, "attribution": text,
                        "data_simulasi": flag, "links": named("Links"),
                    ], required: ["links"])),
            .init(
                name: "Conformance",
                value: record(["conformsTo": list(address)], required: ["conformsTo"])),
            .init(name: "Extent", value: extent),
            .init(
                name: "Collection",
                value: record(
                    [
                        "id": text, "title": text, "description": text, "attribution": text,
                        "data_simulasi": flag, "itemType": text, "extent": named("Extent"),
                        "crs": list(text), "storageCrs": text,
                        "storageCrsCoordinateEpoch": number, "links": named("Links"),
                    ], required: ["id", "links"])),
            .init(
                name: "Collections",
                value: record(
                    [
                        "collections": list(named("Collection")), "links": named("Links"),
                        "crs": list(text),
                    ], required: ["collections", "links"])),
            .init(
                name: "Queryables",
                value: record(
                    [
                        "$schema": address, "$id": address, "type": only("object"),
                        "title": text, "description": text,
                        "properties": [
                            "type": "object", "additionalProperties": ["type": "object"],
                        ],
                        "additionalProperties": flag,
                    ], required: ["$schema", "$id", "type", "properties"])),
            .init(
                name: "LinkedData",
                value: record(
                    ["@context": ["type": "object"], "@id": address, "@type": text],
                    required: ["@context", "@id", "@type"])),
        ] + geometries + service
    }

    private static var extent: JSONValue {
        let box: JSONValue = [
            "type": "array", "items": number, "minItems": 4, "maxItems": 6,
        ]
        let moment: JSONValue = ["type": "string", "nullable": true]
        let interval: JSONValue = [
            "type": "array", "items": moment, "minItems": 2, "maxItems": 2,
        ]
        return record([
            "spatial": record(["bbox": list(box), "crs": text]),
            "temporal": record(["interval": list(interval), "trs": text]),
        ])
    }

    private static var geometries: [JSONValue.Member] {
        let position: JSONValue = [
            "type": "array", "items": number, "minItems": 2, "maxItems": 3,
        ]
        let line = list(position)
        let area = list(list(position))
        let kinds: [(String, JSONValue)] = [
            ("Point", position), ("MultiPoint", line), ("LineString", line),
            ("MultiLineString", area), ("Polygon", area), ("MultiPolygon", list(area)),
        ]
        let single = kinds.map { kind, coordinates in
            JSONValue.Member(
                name: "Geometry.\(kind)",
                value: record(
                    ["type": only(kind), "coordinates": coordinates],
                    required: ["type", "coordinates"]))
        }
        return single + [
            .init(
                name: "Geometry.GeometryCollection",
                value: record(
                    [
                        "type": only("GeometryCollection"),
                        "geometries": list(["oneOf": .array(kinds.map(\.0).map(geometry))]),
                    ], required: ["type", "geometries"])),
            .init(
                name: "Geometry",
                value: [
                    "oneOf": .array(
                        (kinds.map(\.0) + ["GeometryCollection"]).map(geometry))
                ]),
        ]
    }

    private static func geometry(_ kind: String) -> JSONValue { named("Geometry.\(kind)") }

    private static var service: [JSONValue.Member] {
        [
            .init(
                name: "Releases",
                value: record(
                    [
                        "releases": list(named("Release")),
                        "terbit": ["type": "integer", "nullable": true],
                    ], required: ["releases", "terbit"])),
            .init(name: "Release", value: ["type": "object"]),
            .init(name: "ReleaseDocument", value: ["type": "object"]),
            .init(
                name: "Health",
                value: record(
                    ["status": text, "rilis": ["type": "integer"]], required: ["status"])),
            .init(
                name: "Desa",
                value: record(
                    [
                        "kode_desa": text, "kode_bps": text, "nama_desa": text,
                        "nama_kecamatan": text,
                        "probability": ["type": "number", "minimum": 0, "maximum": 1],
                    ], required: ["kode_desa", "probability"])),
            .init(
                name: "Place",
                value: record(
                    [
                        "desa": named("Desa"), "match": text, "kecocokan": text,
                        "alternatif": list(named("Desa")), "perbaikan": list(text),
                        "rilis": ["type": "integer"],
                    ], required: ["match", "kecocokan", "alternatif", "perbaikan", "rilis"])),
        ]
    }

    // MARK: - Features

    private static func features(_ collection: ServedCollection) -> [JSONValue.Member] {
        let properties = collection.properties.map { property in
            JSONValue.Member(
                name: property.name,
                value: value(property.type).adding([
                    "nullable": true, "description": .string(property.text),
                ]))
        }
        let schema = "Properties.\(collection.id)"
        return [
            .init(name: schema, value: record(.object(properties))),
            .init(
                name: feature(of: collection),
                value: record(
                    [
                        "type": only("Feature"), "id": ["type": "integer", "format": "int64"],
                        "geometry": [
                            "nullable": true,
                            "allOf": [geometrySchema(of: collection.collection.geometryType)],
                        ],
                        "properties": named(schema), "links": named("Links"),
                    ], required: ["type", "geometry", "properties"])),
            .init(
                name: featureCollection(of: collection),
                value: record(
                    [
                        "type": only("FeatureCollection"),
                        "features": list(named(feature(of: collection))),
                        "links": named("Links"),
                        "timeStamp": ["type": "string", "format": "date-time"],
                        "numberMatched": count(), "numberReturned": count(),
                        "data_simulasi": flag,
                    ], required: ["type", "features"])),
        ]
    }

    private static func geometrySchema(of type: FeatureCollection.GeometryType) -> JSONValue {
        switch type {
        case .point: geometry("Point")
        case .lineString: geometry("LineString")
        case .polygon: geometry("Polygon")
        case .multiPoint: geometry("MultiPoint")
        case .multiLineString: geometry("MultiLineString")
        case .multiPolygon: geometry("MultiPolygon")
        case .any: named("Geometry")
        }
    }
}
