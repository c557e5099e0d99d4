internal import Hummingbird
internal import SpatialStore

/// Landing page, conformance, API document, collections and their metadata.
struct CollectionRoutes<Context: RequestContext> {
    let answers: AnswerRoutes
    let assets: WebAssets

    func add(to router: Router<Context>) {
        router.get("") { request, _ in
            let parameters = try QueryParameters(request, allowed: ["f"])
            let form = try Representation.chosen(
                by: parameters["f"], accepting: request.headers[.accept], among: [.json, .html])
            // A person who types the address wants the map.
            if form == .html, parameters["f"] == nil {
                return try WebRoutes<Context>(assets: assets).page("index.html", request)
            }
            return try await answers.answer(request, parameters, [.json, .html]) {
                form, base, catalogue in
                AnswerRoutes.document(
                    CollectionDocuments(base: base).landing(catalogue.listed, form: form), form,
                    page: .landing, trail: AnswerRoutes.trail(base))
            }
        }
        router.get("conformance") { request, _ in
            try await document(request, .conformance, "Kesesuaian", "/conformance") {
                form, base, _ in
                CollectionDocuments(base: base).conformance(form: form)
            }
        }
        router.get("api") { request, _ in
            try await document(request, .api, "Dokumentasi", "/api", json: .openAPI) {
                _, base, catalogue in
                OpenAPIDocument.make(catalogue.listed, base: base)
            }
        }
        router.get("collections") { request, _ in
            try await document(request, .collections, "Koleksi", "/collections") {
                form, base, catalogue in
                CollectionDocuments(base: base).collections(catalogue.listed, form: form)
            }
        }
        router.get("catalog") { request, _ in
            try await document(request, .catalogue, "Katalog", "/catalog", json: .linkedData) {
                _, base, catalogue in
                CatalogueDocument.catalogue(catalogue.listed, base: base)
            }
        }
        router.get("collections/:collection") { request, context in
            try await part(request, context, .collection, "", json: .json) {
                CollectionDocuments(base: $1).collection($2, form: $0)
            }
        }
        router.get("collections/:collection/queryables") { request, context in
            try await part(request, context, .queryables, "/queryables", json: .schema) {
                CollectionDocuments(base: $1).queryables($2)
            }
        }
        router.get("collections/:collection/metadata") { request, context in
            try await part(request, context, .metadata, "/metadata", json: .linkedData) {
                CatalogueDocument.collection($2, base: $1)
            }
        }
    }

    private func document(
        _ request: Request,
        _ page: HTMLPage.Kind,
        _ title: String,
        _ path: String,
        json: Representation = .json,
        make: (Representation, String, CollectionCatalogue) throws -> JSONValue
    ) async throws -> Response {
        let parameters = try QueryParameters(request, allowed: ["f"])
        return try await answers.answer(request, parameters, [json, .html]) {
            form, base, catalogue in
            AnswerRoutes.document(
                try make(form, base, catalogue), form, page: page,
                trail: AnswerRoutes.trail(base, (title, path)))
        }
    }

    /// A document of one collection; `suffix` follows the collection's own address.
    private func part(
        _ request: Request,
        _ context: Context,
        _ page: HTMLPage.Kind,
        _ suffix: String,
        json: Representation,
        make: (Representation, String, ServedCollection) throws -> JSONValue
    ) async throws -> Response {
        let parameters = try QueryParameters(request, allowed: ["f"])
        return try await answers.answer(request, parameters, [json, .html]) {
            form, base, catalogue in
            let collection = try catalogue.collection(context.parameters.get("collection"))
            return AnswerRoutes.document(
                try make(form, base, collection), form, page: page,
                trail: AnswerRoutes.trail(
                    base, ("Koleksi", "/collections"),
                    (collection.collection.title, "/collections/\(collection.id)")),
                isPinned: collection.isPinned)
        }
    }
}
