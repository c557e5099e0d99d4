internal import HTTPTypes
internal import Hummingbird
internal import SpatialStore

/// Metadata: the releases, their documents, and TileJSON.
struct ReleaseRoutes<Context: RequestContext> {
    let shelf: ReleaseShelf
    let addresses: PublicAddress

    func add(to router: Router<Context>) {
        router.get("releases") { request, _ in
            let releases = shelf.all
            // Each document is stored as finished JSON: they are joined as text.
            var bytes = Array(#"{"releases":["#.utf8)
            for (number, release) in releases.enumerated() {
                guard let document = release.document("rilis") else { continue }
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += try document.plain().readableBytesView
            }
            let published = shelf.current.map { String($0.id) } ?? "null"
            bytes += Array("],\"terbit\":\(published)}".utf8)
            return try HTTPCaching.response(
                ServedBlob(bytes, mediaType: "application/json"), to: request, lifetime: .current)
        }
        router.get("releases/:release") { request, context in
            try document("rilis", request, context)
        }
        router.get("releases/:release/:document") { request, context in
            guard let file = context.parameters.get("document"), file.hasSuffix(".json") else {
                throw RequestFailure.unknownPath
            }
            // An unknown document is 404 of a release that is gone, too.
            let name = String(file.dropLast(5))
            guard ServedRelease.documentNames.contains(name) else {
                throw RequestFailure.unknownPath
            }
            return try document(name, request, context)
        }
        router.get("tiles/:layer") { request, context in
            guard let file = context.parameters.get("layer"), file.hasSuffix(".json") else {
                throw RequestFailure.unknownPath
            }
            guard let release = shelf.current else { throw RequestFailure.nothingPublished }
            guard let layer = release.layers[String(file.dropLast(5))] else {
                throw RequestFailure.unknownLayer(known: release.layers.keys.sorted())
            }
            let document = TileJSON.document(
                of: layer.description, release: release.id,
                baseURL: addresses.base(of: request))
            return try HTTPCaching.response(
                ServedBlob(document, mediaType: "application/json"), to: request,
                lifetime: .current)
        }
    }

    private func document(
        _ name: String,
        _ request: Request,
        _ context: Context
    ) throws -> Response {
        let wanted = context.parameters.get("release")
        if wanted == "current" {
            guard let release = shelf.current else { throw RequestFailure.nothingPublished }
            guard let blob = release.document(name) else { throw RequestFailure.unknownPath }
            return try HTTPCaching.response(blob, to: request, lifetime: .current)
        }
        guard let id = wanted.flatMap({ Int64($0) }) else { throw RequestFailure.unknownPath }
        guard let release = shelf.release(id) else { throw RequestFailure.unknownRelease }
        guard let blob = release.document(name) else { throw RequestFailure.unknownPath }
        return try HTTPCaching.response(blob, to: request, lifetime: .pinned)
    }
}
