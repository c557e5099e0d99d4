internal import Geospatial
internal import SpatialStore

/// Metadata for data catalogues such as Satu Data Indonesia: DCAT 3 as JSON-LD.
///
/// The context stands in the document itself, so nothing has to be fetched to read it.
enum CatalogueDocument {
    static let publisher = "Bapelitbangda Kabupaten Probolinggo"

    /// The catalogue of all listed collections.
    static func catalogue(_ collections: [ServedCollection], base: String) -> JSONValue {
        let listed = collections.filter { !$0.isAlias }
        let updated = listed.map(\.collection.metadata.updated).max()
        let catalogue: JSONValue = [
            "@context": context,
            "@id": .string("\(base)/catalog"),
            "@type": "dcat:Catalog",
            "title": "Katalog Peta Kemiskinan Ekstrem Kabupaten Probolinggo",
            "description": """
            Keterangan setiap koleksi data: isi, lisensi, kontak, acuan kode, periode, asal-usul \
            dan pemutakhiran.
            """,
            "language": "id",
            "homepage": ["@id": .string("\(base)/")],
            "modified": updated.map(JSONValue.string) ?? nil,
            "publisher": organisation,
            "contactPoint": contact,
            "data_simulasi": .bool(listed.contains { $0.collection.isSimulated }),
            "dataset": .array(listed.map { dataset($0, base: base) }),
        ]
        return catalogue.withoutNulls
    }

    /// The metadata of one collection.
    static func collection(_ collection: ServedCollection, base: String) -> JSONValue {
        let head: JSONValue = ["@context": context]
        return head.adding(dataset(collection, base: base))
    }

    private static func dataset(_ served: ServedCollection, base: String) -> JSONValue {
        let collection = served.collection
        let metadata = collection.metadata
        let address = "\(base)/collections/\(served.id)"
        let dataset: JSONValue = [
            "@id": .string("\(address)/metadata"),
            "@type": "dcat:Dataset",
            "identifier": .string(served.id),
            "title": .string(collection.title),
            "description": .string(collection.text),
            "data_simulasi": .bool(collection.isSimulated),
            "language": "id",
            "keyword": .array(metadata.keywords.map(JSONValue.string)),
            "license": .string(metadata.licence),
            "publisher": organisation,
            "contactPoint": contact,
            "attribution": .array(metadata.attribution.map(JSONValue.string)),
            "conformsTo": .string(metadata.codeReference),
            "provenance": ["@type": "dct:ProvenanceStatement", "label": .string(metadata.lineage)],
            "temporal": metadata.period.flatMap(period) ?? nil,
            "spatial": served.stored.bounds.map(extent) ?? nil,
            "modified": .string(metadata.updated),
            "landingPage": ["@id": .string(address)],
            "distribution": .array(distributions(served, address: address)),
        ]
        return dataset.withoutNulls
    }

    private static func period(_ days: [String]) -> JSONValue? {
        guard let first = days.first, let last = days.last else { return nil }
        return [
            "@type": "dct:PeriodOfTime", "startDate": .string(first), "endDate": .string(last),
        ]
    }

    /// A polygon around the features, longitude first as GeoSPARQL has it without a CRS.
    private static func extent(_ box: BoundingBox) -> JSONValue {
        let (west, south, east, north) = (box.west, box.south, box.east, box.north)
        return [
            "@type": "dct:Location",
            "bbox": """
            POLYGON((\(west) \(south), \(east) \(south), \(east) \(north), \(west) \(north), \
            \(west) \(south)))
            """,
        ]
    }

    private static func distributions(
        _ served: ServedCollection,
        address: String
    ) -> [JSONValue] {
        let files = [
            ("GeoJSON", Representation.geoJSON), ("CSV", .csv), ("FlatGeobuf", .flatGeobuf),
            ("GeoPackage", .geoPackage),
        ]
        func distribution(_ title: String, _ form: Representation, _ href: String) -> JSONValue {
            [
                "@type": "dcat:Distribution", "title": .string(title),
                "mediaType": .string(form.plainType), "accessURL": ["@id": .string(href)],
                "license": .string(served.collection.metadata.licence),
            ]
        }
        let items = files.map { title, form in
            distribution(title, form, "\(address)/items?f=\(form.name)")
        }
        guard served.collection.tileLayer != nil else { return items }
        let tiles = "\(address)/tiles/WebMercatorQuad"
        return items + [
            distribution("Petak vektor (MVT)", .vectorTile, tiles),
            distribution("Petak GeoJSON", .geoJSONTile, tiles),
        ]
    }

    private static var organisation: JSONValue {
        ["@type": "foaf:Organization", "name": .string(publisher)]
    }

    private static var contact: JSONValue {
        ["@type": "vcard:Organization", "fn": .string(publisher)]
    }

    private static var context: JSONValue {
        func term(_ name: String, _ type: String? = nil) -> JSONValue {
            guard let type else { return .string(name) }
            return ["@id": .string(name), "@type": .string(type)]
        }
        return [
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "prov": "http://www.w3.org/ns/prov#",
            "title": term("dct:title"),
            "description": term("dct:description"),
            "identifier": term("dct:identifier"),
            "language": term("dct:language"),
            "license": term("dct:license"),
            "publisher": term("dct:publisher"),
            "provenance": term("dct:provenance"),
            "label": term("rdfs:label"),
            "conformsTo": term("dct:conformsTo"),
            "temporal": term("dct:temporal"),
            "spatial": term("dct:spatial"),
            "bbox": term("dcat:bbox", "http://www.opengis.net/ont/geosparql#wktLiteral"),
            "modified": term("dct:modified", "xsd:dateTime"),
            "startDate": term("dcat:startDate", "xsd:date"),
            "endDate": term("dcat:endDate", "xsd:date"),
            "keyword": term("dcat:keyword"),
            "contactPoint": term("dcat:contactPoint"),
            "landingPage": term("dcat:landingPage"),
            "homepage": term("foaf:homepage"),
            "name": term("foaf:name"),
            "fn": term("vcard:fn"),
            "attribution": term("dct:rightsHolder"),
            "dataset": term("dcat:dataset"),
            "distribution": term("dcat:distribution"),
            "mediaType": term("dcat:mediaType"),
            "accessURL": term("dcat:accessURL"),
            "data_simulasi": nil,
        ]
    }
}
