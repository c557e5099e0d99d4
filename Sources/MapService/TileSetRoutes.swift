internal import Hummingbird
internal import SpatialStore

/// OGC API Tiles: `{tileMatrix}/{tileRow}/{tileCol}`, beside the simple `{z}/{x}/{y}` paths.
struct TileSetRoutes<Context: RequestContext> {
    let answers: AnswerRoutes

    func add(to router: Router<Context>) {
        router.get("tileMatrixSets") { request, _ in
            try await document(request, ["f"], .tileMatrixSets) { _, base, _ in
                (TileMatrixSet.list(base: base), [])
            }
        }
        router.get("tileMatrixSets/:matrixSet") { request, context in
            try check(matrixSet: context)
            return try await document(request, ["f"], .tileMatrixSet) { _, base, _ in
                (TileMatrixSet.document(base: base), [("Skema ubin", "/tileMatrixSets")])
            }
        }
        router.get("tiles") { request, _ in
            try await document(request, ["f", "collections"], .tileSets) {
                parameters, base, catalogue in
                (try dataset(parameters, base, catalogue).list, [])
            }
        }
        // A literal: `/tiles/{layer}.json` is the TileJSON of a layer.
        router.get("tiles/WebMercatorQuad") { request, _ in
            try await document(request, ["f", "collections"], .tileSet) {
                parameters, base, catalogue in
                (try dataset(parameters, base, catalogue).tileSet, [("Ubin", "/tiles")])
            }
        }
        router.get("tiles/WebMercatorQuad/:zoom/:row/:column") { request, context in
            let parameters = try QueryParameters(request, allowed: ["f", "collections"])
            return try await tile(request, context, parameters) { base, catalogue in
                try dataset(parameters, base, catalogue).layers
            }
        }
        let path = "collections/:collection/tiles"
        router.get(RouterPath(path)) { request, context in
            try await document(request, ["f"], .tileSets) { _, base, catalogue in
                let collection = try catalogue.collection(context.parameters.get("collection"))
                return (try tileSet(of: collection, base).list, trail(collection))
            }
        }
        router.get(RouterPath(path + "/:matrixSet")) { request, context in
            try check(matrixSet: context)
            return try await document(request, ["f"], .tileSet) { _, base, catalogue in
                let collection = try catalogue.collection(context.parameters.get("collection"))
                return (try tileSet(of: collection, base).tileSet, trail(collection))
            }
        }
        router.get(RouterPath(path + "/:matrixSet/:zoom/:row/:column")) { request, context in
            try check(matrixSet: context)
            let catalogue = answers.collections.catalogue
            let collection = try catalogue.collection(context.parameters.get("collection"))
            let parameters = try QueryParameters(request, allowed: ["f"])
            return try await tile(
                request, context, parameters, collection: collection, from: catalogue
            ) { base, _ in try tileSet(of: collection, base).layers }
        }
    }

    private func check(matrixSet context: Context) throws {
        guard context.parameters.get("matrixSet") == TileMatrixSet.id else {
            throw RequestFailure.unknownPath
        }
    }

    private func trail(_ collection: ServedCollection) -> [(String, String)] {
        [
            ("Koleksi", "/collections"),
            (collection.collection.title, "/collections/\(collection.id)"),
        ]
    }

    private func document(
        _ request: Request,
        _ allowed: Set<String>,
        _ page: HTMLPage.Kind,
        make: (QueryParameters, String, CollectionCatalogue) throws -> (
            JSONValue, [(String, String)]
        )
    ) async throws -> Response {
        let parameters = try QueryParameters(request, allowed: allowed)
        return try await answers.answer(request, parameters, [.json, .html]) {
            form, base, catalogue in
            let (document, steps) = try make(parameters, base, catalogue)
            return AnswerRoutes.document(
                document, form, page: page,
                trail: AnswerRoutes.trail(base)
                    + steps.map { (title: $0.0, href: base + $0.1 + "?f=html") })
        }
    }

    // MARK: - Which layers

    /// The layers of the published release that are collections; `collections` chooses among them.
    private func dataset(
        _ parameters: QueryParameters,
        _ base: String,
        _ catalogue: CollectionCatalogue
    ) throws -> TileSetDocuments {
        guard let release = release(catalogue.publishedRelease) else {
            throw RequestFailure.nothingPublished
        }
        let known = catalogue.listed.filter { !$0.isPinned }
            .compactMap(\.collection.tileLayer)
        var wanted = known
        if let names = parameters["collections"] {
            wanted = names.split(separator: ",").map(String.init)
            guard !wanted.isEmpty, wanted.allSatisfy(known.contains) else {
                throw RequestFailure.badParameter(
                    "collections takes \(known.joined(separator: ", ")), with commas.")
            }
        }
        return TileSetDocuments(
            base: base, path: "/tiles", title: "Semua lapisan",
            layers: wanted.compactMap { release.layers[$0]?.description })
    }

    private func tileSet(
        of collection: ServedCollection,
        _ base: String
    ) throws -> TileSetDocuments {
        guard let name = collection.collection.tileLayer,
            let release = release(collection.stored.releaseID), let layer = release.layers[name]
        else { throw RequestFailure.unknownPath }
        return TileSetDocuments(
            base: base, path: "/collections/\(collection.id)/tiles",
            title: collection.collection.title, layers: [layer.description])
    }

    /// Never another one than the catalogue's: the two shelves look at the database by turns, and an
    /// answer of the older release must not be kept for the newer one.
    private func release(_ id: Int64?) -> ServedRelease? {
        id.flatMap(answers.releases.release)
    }

    // MARK: - Tiles

    private func tile(
        _ request: Request,
        _ context: Context,
        _ parameters: QueryParameters,
        collection: ServedCollection? = nil,
        from taken: CollectionCatalogue? = nil,
        layers: (String, CollectionCatalogue) throws -> [LayerDescription]
    ) async throws -> Response {
        let parts = ["zoom", "column", "row"].map { name in
            context.parameters.get(name).flatMap { text in
                text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
            }
        }
        guard let zoom = parts[0], let column = parts[1], let row = parts[2] else {
            throw RequestFailure.malformedTile
        }
        return try await answers.answer(
            request, parameters, TileSetDocuments.forms, from: taken
        ) { form, base, catalogue in
            let id = collection?.stored.releaseID ?? catalogue.publishedRelease
            guard let release = release(id) else {
                throw RequestFailure.nothingPublished
            }
            let address = TileAddress(
                zoom: zoom, column: column, row: row,
                format: form == .vectorTile ? .mvt : .geoJSON)
            var blobs: [ServedBlob] = []
            let descriptions = try layers(base, catalogue)
            for description in descriptions {
                guard let layer = release.layers[description.name] else { continue }
                if case .tile(let blob) = release.tile(layer: layer, address) { blobs.append(blob) }
            }
            guard !blobs.isEmpty else { throw RequestFailure.tileOutside }
            let isPinned = collection?.isPinned ?? false
            if blobs.count == 1 { return ServedAnswer(blob: blobs[0], isPinned: isPinned) }
            let plain = try blobs.map { Array(try $0.plain().readableBytesView) }
            return ServedAnswer(
                blob: ServedBlob(
                    fresh: form == .vectorTile
                        ? Array(plain.joined())
                        : Self.joined(
                            geoJSON: plain,
                            isSimulated: descriptions.contains(where: \.isSimulated)),
                    mediaType: form.mediaType))
        }
    }

    /// One feature collection of several; a vector tile of several layers is theirs in a row.
    ///
    /// The tiles are our own, so where their features stand is known.
    private static func joined(geoJSON tiles: [[UInt8]], isSimulated: Bool) -> [UInt8] {
        let key = Array(#""features":["#.utf8)
        var features: [ArraySlice<UInt8>] = []
        for tile in tiles {
            guard let start = tile.firstRange(of: key)?.upperBound,
                let end = tile.lastIndex(of: UInt8(ascii: "]")), start < end
            else { continue }
            features.append(tile[start..<end])
        }
        let simulated = isSimulated ? #""data_simulasi":true,"# : ""
        let head = #"{"type":"FeatureCollection",\#(simulated)"features":["#
        return Array(head.utf8) + Array(features.joined(separator: [UInt8(ascii: ",")]))
            + Array("]}".utf8)
    }
}
