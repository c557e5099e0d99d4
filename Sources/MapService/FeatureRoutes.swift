internal import Hummingbird
internal import SpatialStore

/// `/collections/{id}/items` and `/collections/{id}/items/{featureId}` (OGC API Features).
struct FeatureRoutes<Context: RequestContext> {
    let answers: AnswerRoutes

    func add(to router: Router<Context>) {
        router.get("collections/:collection/items") { request, context in
            let catalogue = answers.collections.catalogue
            let collection = try catalogue.collection(context.parameters.get("collection"))
            let parameters = try QueryParameters(
                request, allowed: ItemsRequest.allowed(collection))
            return try await answers.answer(
                request, parameters, ItemsRequest.forms, from: catalogue
            ) { form, base, _ in
                try await items(of: collection, parameters, form, base)
            }
        }
        router.get("collections/:collection/items/:feature") { request, context in
            let catalogue = answers.collections.catalogue
            let collection = try catalogue.collection(context.parameters.get("collection"))
            let parameters = try QueryParameters(request, allowed: ["f", "crs"])
            guard let id = context.parameters.get("feature").flatMap({ Int64($0) }) else {
                throw RequestFailure.unknownFeature
            }
            return try await answers.answer(
                request, parameters, [.geoJSON, .html], from: catalogue
            ) { form, base, _ in
                try await item(id, of: collection, parameters, form, base)
            }
        }
    }

    private func items(
        of collection: ServedCollection,
        _ parameters: QueryParameters,
        _ form: Representation,
        _ base: String
    ) async throws -> ServedAnswer {
        let isFile = form != .geoJSON && form != .html
        let query = try ItemsRequest(collection: collection, parameters: parameters)
            .query(isFile: isFile)
        if form == .flatGeobuf || form == .geoPackage, !query.referenceSystem.isInDegrees {
            throw RequestFailure.badParameter("\(form.name) is written in degrees; leave crs out.")
        }
        guard let page = try await answers.collections.features.page(of: collection.stored, query)
        else { throw RequestFailure.unknownCollection(known: []) }
        let encoding = FeatureEncoding(collection: collection, query: query)
        let links = links(of: collection, page, parameters, form, base)
        var answer: ServedAnswer
        switch form {
        case .csv: answer = file(try encoding.csv(page.features), form)
        case .flatGeobuf: answer = file(try encoding.flatGeobuf(page.features), form)
        case .geoPackage: answer = file(try encoding.geoPackage(page.features), form)
        case .html:
            let document: JSONValue = [
                "type": "FeatureCollection",
                "id": .string(collection.id),
                "title": .string(collection.collection.title),
                "numberMatched": .integer(page.numberMatched),
                "numberReturned": .integer(page.features.count),
                "data_simulasi": .bool(collection.collection.isSimulated),
                "filter": parameters["filter"].map(JSONValue.string) ?? .null,
                "limit": .integer(query.limit),
                "links": .array(links),
                "features": .array(try page.features.map(encoding.value)),
            ]
            return AnswerRoutes.document(
                document.withoutNulls, form, page: .items, trail: trail(collection, base))
        default:
            answer = file(try encoding.geoJSON(page, links: links), form)
            answer.contentReferenceSystem = query.referenceSystem.uri
        }
        answer.isPinned = collection.isPinned
        answer.linkHeader = CollectionDocuments.header(links)
        if isFile { answer.fileName = "\(collection.id).\(form.name)" }
        return answer
    }

    private func file(_ bytes: [UInt8], _ form: Representation) -> ServedAnswer {
        ServedAnswer(blob: ServedBlob(fresh: bytes, mediaType: form.mediaType))
    }

    private func links(
        of collection: ServedCollection,
        _ page: FeaturePage,
        _ parameters: QueryParameters,
        _ form: Representation,
        _ base: String
    ) -> [JSONValue] {
        let path = "\(base)/collections/\(collection.id)/items"
        func own(_ other: Representation) -> JSONValue {
            CollectionDocuments.link(
                other == form ? "self" : "alternate",
                path + parameters.query(setting: ["f": other.name]), other,
                "Fitur ini sebagai \(other.name)")
        }
        func other(_ rel: String, _ cursor: FeatureCursor?, _ title: String) -> [JSONValue] {
            guard let cursor else { return [] }
            let changes = ["cursor": cursor.text, "f": form.name]
            return [
                CollectionDocuments.link(
                    rel, path + parameters.query(setting: changes), form, title)
            ]
        }
        return ItemsRequest.forms.map(own)
            + other("next", page.next, "Halaman berikut")
            + other("prev", page.previous, "Halaman sebelumnya")
            + [
                CollectionDocuments.link(
                    "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                    "\(base)/collections/\(collection.id)/queryables", .schema,
                    "Yang dapat ditanyakan"),
                CollectionDocuments.link(
                    "collection", "\(base)/collections/\(collection.id)", .json,
                    collection.collection.title),
            ]
    }

    private func item(
        _ id: Int64,
        of collection: ServedCollection,
        _ parameters: QueryParameters,
        _ form: Representation,
        _ base: String
    ) async throws -> ServedAnswer {
        var query = FeatureQuery()
        query.referenceSystem =
            try parameters["crs"].map { uri in
                try FeatureReferenceSystem(uri: uri, parameter: "crs")
            } ?? .crs84
        guard
            let feature = try await answers.collections.features.feature(
                id, of: collection.stored, query)
        else { throw RequestFailure.unknownFeature }
        let encoding = FeatureEncoding(collection: collection, query: query)
        let path = "\(base)/collections/\(collection.id)/items/\(id)"
        let links: [JSONValue] =
            [Representation.geoJSON, .html].map { other in
                CollectionDocuments.link(
                    other == form ? "self" : "alternate",
                    path + parameters.query(setting: ["f": other.name]), other,
                    "Fitur ini sebagai \(other.name)")
            } + [
                CollectionDocuments.link(
                    "collection", "\(base)/collections/\(collection.id)", .json,
                    collection.collection.title)
            ]
        if form == .html {
            let document = try encoding.value(feature).adding([
                "title": .string(collection.collection.title),
                "data_simulasi": .bool(collection.collection.isSimulated),
                "links": .array(links),
            ])
            return AnswerRoutes.document(
                document, form, page: .item, trail: trail(collection, base),
                isPinned: collection.isPinned)
        }
        var bytes: [UInt8] = []
        let extra = Array(#","data_simulasi":\#(collection.collection.isSimulated),"links":"#.utf8)
        try encoding.append(feature, extra: extra + JSONValue.array(links).bytes, to: &bytes)
        var answer = file(bytes, form)
        answer.contentReferenceSystem = query.referenceSystem.uri
        answer.linkHeader = CollectionDocuments.header(links)
        answer.isPinned = collection.isPinned
        return answer
    }

    private func trail(
        _ collection: ServedCollection,
        _ base: String
    ) -> [(title: String, href: String)] {
        AnswerRoutes.trail(
            base, ("Koleksi", "/collections"),
            (collection.collection.title, "/collections/\(collection.id)"),
            ("Fitur", "/collections/\(collection.id)/items"))
    }
}
