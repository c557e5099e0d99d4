internal import HTTPTypes
internal import Hummingbird

/// What the routes of OGC API share: forms, the cache of answers, headers.
struct AnswerRoutes: Sendable {
    let collections: CollectionShelf
    let releases: ReleaseShelf
    let addresses: PublicAddress

    /// An answer from the cache, or made by `make` and kept there.
    ///
    /// The key is what the answer depends on: address, form, path and the known parameters. A route
    /// that has looked into the catalogue before hands that one on (`taken`): an answer made from
    /// one state must not be kept for the next.
    func answer(
        _ request: Request,
        _ parameters: QueryParameters,
        _ offers: [Representation],
        from taken: CollectionCatalogue? = nil,
        make: (Representation, _ base: String, CollectionCatalogue) async throws -> ServedAnswer
    ) async throws -> Response {
        let form = try Representation.chosen(
            by: parameters["f"], accepting: request.headers[.accept], among: offers)
        let base = addresses.base(of: request)
        let catalogue = taken ?? collections.catalogue
        let key = "\(base) \(form.name) \(request.uri.path)\(parameters.canonical)"
        let answer: ServedAnswer
        if let known = catalogue.cache[key] {
            answer = known
        } else {
            answer = try await make(form, base, catalogue)
            catalogue.cache.insert(answer, for: key)
        }
        return try response(answer, to: request)
    }

    private func response(_ answer: ServedAnswer, to request: Request) throws -> Response {
        var response = try HTTPCaching.response(
            answer.blob, to: request, lifetime: answer.isPinned ? .pinned : .current)
        response.headers[.vary] = "Accept, Accept-Encoding"
        if let system = answer.contentReferenceSystem, let name = HTTPField.Name("Content-Crs") {
            response.headers[name] = "<\(system)>"
        }
        if let links = answer.linkHeader, let name = HTTPField.Name("Link") {
            response.headers[name] = links
        }
        if let file = answer.fileName {
            response.headers[.contentDisposition] = "attachment; filename=\"\(file)\""
        }
        if answer.isPage, let name = HTTPField.Name("Content-Security-Policy") {
            response.headers[name] = HTMLPage.contentSecurityPolicy
        }
        return response
    }

    /// A document as JSON or as the page that is made of it.
    static func document(
        _ document: JSONValue,
        _ form: Representation,
        page: HTMLPage.Kind,
        trail: [(title: String, href: String)],
        isPinned: Bool = false
    ) -> ServedAnswer {
        guard form == .html else {
            return ServedAnswer(
                blob: ServedBlob(fresh: document.bytes, mediaType: form.mediaType),
                isPinned: isPinned)
        }
        return ServedAnswer(
            blob: ServedBlob(
                fresh: HTMLPage.make(page, document: document, trail: trail),
                mediaType: form.mediaType),
            isPage: true, isPinned: isPinned)
    }

    static func trail(_ base: String, _ steps: (String, String)...) -> [(
        title: String, href: String
    )] {
        [("Peta", base + "/"), ("API", base + "/?f=html")]
            + steps.map { ($0.0, base + $0.1 + "?f=html") }
    }
}
