internal import HTTPTypes
internal import Hummingbird
internal import SpatialStore

/// `/tiles/{layer}/{z}/{x}/{y}.{format}`, newest release, and the same under `/releases/{id}`.
struct TileRoutes<Context: RequestContext> {
    let shelf: ReleaseShelf

    func add(to router: Router<Context>) {
        router.get("tiles/:layer/:zoom/:column/:file") { request, context in
            guard let release = shelf.current else { throw RequestFailure.nothingPublished }
            return try tile(of: release, request, context, lifetime: .current)
        }
        router.get("releases/:release/tiles/:layer/:zoom/:column/:file") { request, context in
            guard let id = context.parameters.get("release", as: Int64.self),
                let release = shelf.release(id)
            else { throw RequestFailure.unknownRelease }
            return try tile(of: release, request, context, lifetime: .pinned)
        }
    }

    private func tile(
        of release: ServedRelease,
        _ request: Request,
        _ context: Context,
        lifetime: HTTPCaching.Lifetime
    ) throws -> Response {
        let parameters = context.parameters
        guard let layer = parameters.get("layer").flatMap({ release.layers[$0] }) else {
            throw RequestFailure.unknownLayer(known: release.layers.keys.sorted())
        }
        guard
            let address = TileAddress(
                zoom: parameters.get("zoom"),
                column: parameters.get("column"),
                file: parameters.get("file"))
        else { throw RequestFailure.malformedTile }
        switch release.tile(layer: layer, address) {
        case .tile(let blob):
            return try HTTPCaching.response(blob, to: request, lifetime: lifetime)
        case .outside:
            throw RequestFailure.tileOutside
        }
    }
}

extension TileAddress {
    /// Reads `7`, `104` and `66.mvt`; `.pbf` is another name of `.mvt`.
    init?(zoom: String?, column: String?, file: String?) {
        guard let zoom = Self.number(zoom), let column = Self.number(column), let file,
            let dot = file.firstIndex(of: "."), let row = Self.number(String(file[..<dot]))
        else { return nil }
        switch file[dot...] {
        case ".geojson": self.init(zoom: zoom, column: column, row: row, format: .geoJSON)
        case ".mvt", ".pbf": self.init(zoom: zoom, column: column, row: row, format: .mvt)
        default: return nil
        }
    }

    /// Digits only: `Int` would take `+7` too.
    private static func number(_ text: String?) -> Int? {
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
