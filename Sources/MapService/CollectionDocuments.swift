internal import Geospatial
internal import SpatialStore

/// The metadata documents of OGC API Features, as JSON.
struct CollectionDocuments {
    /// The address of the server, without a slash at the end.
    let base: String

    static func link(
        _ rel: String,
        _ href: String,
        _ type: Representation,
        _ title: String
    ) -> JSONValue {
        [
            "href": .string(href), "rel": .string(rel), "type": .string(type.mediaType),
            "title": .string(title),
        ]
    }

    /// The same links as the value of a header (RFC 8288), without titles: files have no other
    /// place for them, and some clients read nothing else.
    static func header(_ links: [JSONValue]) -> String {
        links.compactMap { link in
            guard let href = link["href"]?.text, let rel = link["rel"]?.text else { return nil }
            let type = link["type"]?.text?.prefix { $0 != ";" } ?? ""
            return "<\(href)>; rel=\"\(rel)\"" + (type.isEmpty ? "" : "; type=\"\(type)\"")
        }.joined(separator: ", ")
    }

    private func link(
        _ rel: String,
        _ path: String,
        _ type: Representation,
        _ title: String
    ) -> JSONValue {
        Self.link(rel, base + path, type, title)
    }

    /// The two forms of a document; `form` is the one that holds the links.
    private func own(_ path: String, _ form: Representation, _ json: Representation = .json)
        -> [JSONValue]
    {
        [json, .html].map { other in
            link(
                other.name == form.name ? "self" : "alternate", path + "?f=\(other.name)", other,
                other.name == "json" ? "Dokumen ini sebagai JSON" : "Dokumen ini sebagai HTML")
        }
    }

    func landing(_ collections: [ServedCollection], form: Representation) -> JSONValue {
        [
            "title": "Peta kemiskinan ekstrem",
            "description": .string(
                "Desa, kecamatan, kepadatan dan titik panas: OGC API Features dan Tiles. Batas "
                    + "indikatif; bukan angka BPS."),
            "data_simulasi": .bool(collections.contains(where: \.collection.isSimulated)),
            "links": .array(
                own("/", form) + [
                    link("service-desc", "/api?f=json", .openAPI, "OpenAPI 3.0"),
                    link("service-doc", "/api?f=html", .html, "Dokumentasi API"),
                    link("conformance", "/conformance", .json, "Kelas kesesuaian"),
                    link(
                        "http://www.opengis.net/def/rel/ogc/1.0/conformance", "/conformance",
                        .json, "Kelas kesesuaian"),
                    link("data", "/collections", .json, "Koleksi"),
                    link(
                        "http://www.opengis.net/def/rel/ogc/1.0/data", "/collections", .json,
                        "Koleksi"),
                    link(
                        "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", "/tiles", .json,
                        "Ubin vektor semua lapisan"),
                    link(
                        "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
                        "/tileMatrixSets", .json, "Skema ubin"),
                    link(
                        "http://www.w3.org/ns/dcat#Catalog", "/catalog", .linkedData,
                        "Katalog DCAT"),
                ]),
        ]
    }

    func conformance(form: Representation) -> JSONValue {
        [
            "conformsTo": .array(ConformanceClasses.conformance.map(JSONValue.string)),
            "links": .array(own("/conformance", form)),
        ]
    }

    func collections(_ collections: [ServedCollection], form: Representation) -> JSONValue {
        [
            "links": .array(own("/collections", form)),
            "collections": .array(collections.map { collection($0, form: .json) }),
        ]
    }

    func collection(_ served: ServedCollection, form: Representation) -> JSONValue {
        let collection = served.collection
        let path = "/collections/\(served.id)"
        var extent: JSONValue = [:]
        if let box = served.stored.bounds {
            extent = extent.adding([
                "spatial": [
                    "bbox": [
                        [
                            .number(box.west), .number(box.south), .number(box.east),
                            .number(box.north),
                        ]
                    ],
                    "crs": .string(FeatureReferenceSystem.crs84.uri),
                ]
            ])
        }
        if let period = collection.metadata.period, period.count == 2 {
            extent = extent.adding([
                "temporal": [
                    "interval": [
                        [
                            .string(period[0] + "T00:00:00Z"), .string(period[1] + "T23:59:59Z"),
                        ]
                    ],
                    "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
                ]
            ])
        }
        var links =
            own(path, form) + [
                link("items", path + "/items", .geoJSON, "Fitur sebagai GeoJSON"),
                link("items", path + "/items?f=html", .html, "Fitur sebagai HTML"),
                link("items", path + "/items?f=csv", .csv, "Fitur sebagai CSV"),
                link("items", path + "/items?f=fgb", .flatGeobuf, "Fitur sebagai FlatGeobuf"),
                link("items", path + "/items?f=gpkg", .geoPackage, "Fitur sebagai GeoPackage"),
            ]
        links += [
            link(
                "http://www.opengis.net/def/rel/ogc/1.0/queryables", path + "/queryables", .schema,
                "Yang dapat ditanyakan"),
            link("describedby", path + "/metadata", .linkedData, "Metadata DCAT"),
        ]
        if collection.tileLayer != nil {
            links.append(
                link(
                    "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", path + "/tiles",
                    .json, "Ubin vektor"))
        }
        if collection.metadata.licence.hasPrefix("http") {
            links.append([
                "href": .string(collection.metadata.licence), "rel": "license",
                "title": "Lisensi",
            ])
        }
        return [
            "id": .string(served.id),
            "title": .string(collection.title),
            "description": .string(collection.text),
            "keywords": .array(collection.metadata.keywords.map(JSONValue.string)),
            "attribution": .string(collection.metadata.attribution.joined(separator: "; ")),
            "license": .string(collection.metadata.licence),
            "updated": .string(collection.metadata.updated),
            "data_simulasi": .bool(collection.isSimulated),
            "itemType": "feature",
            "itemCount": .integer(served.stored.featureCount),
            "extent": extent,
            "crs": .array(FeatureReferenceSystem.allCases.map { .string($0.uri) }),
            "storageCrs": .string(FeatureReferenceSystem.crs84.uri),
            "links": .array(links),
        ]
    }

    /// A JSON schema (2020-12) of what `filter` and the query parameters can ask for.
    func queryables(_ served: ServedCollection) -> JSONValue {
        let path = "/collections/\(served.id)/queryables"
        let geometry = JSONValue.Member(
            name: FeatureCollection.geometryName,
            value: [
                "title": "Geometri", "x-ogc-role": "primary-geometry",
                "format": .string("geometry-\(served.collection.geometryType.rawValue)"),
            ])
        let properties = served.properties.map { property in
            JSONValue.Member(name: property.name, value: Self.schema(property))
        }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string(base + path),
            "type": "object",
            "title": .string(served.collection.title),
            "properties": .object([geometry] + properties),
            "additionalProperties": false,
        ]
    }

    static func schema(_ property: FeatureCollection.Property) -> JSONValue {
        let type: JSONValue =
            switch property.type {
            case .string: ["type": "string"]
            case .integer: ["type": "integer"]
            case .number: ["type": "number"]
            case .boolean: ["type": "boolean"]
            case .date: ["type": "string", "format": "date"]
            case .timestamp: ["type": "string", "format": "date-time"]
            }
        return (["title": .string(property.text)] as JSONValue).adding(type)
    }
}
