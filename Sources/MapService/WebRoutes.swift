internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// The web map: its page, its own files, and the map library that set-up has installed.
struct WebRoutes<Context: RequestContext> {
    let assets: WebAssets

    func add(to router: Router<Context>) {
        router.get("favicon.ico") { request, _ in try page("ikon.svg", request) }
        router.get("web/:file") { request, context in
            try page(context.parameters.get("file") ?? "", request)
        }
        router.get("web/lib/:file") { request, context in
            try page("lib/" + (context.parameters.get("file") ?? ""), request)
        }
    }

    /// The browser may load nothing from elsewhere; MapLibre needs workers made from blobs.
    private static var contentSecurityPolicy: String {
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; connect-src 'self'; worker-src blob:; child-src blob:; "
            + "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self'"
    }

    func page(_ name: String, _ request: Request) throws -> Response {
        guard let blob = assets.file(name) else { throw RequestFailure.unknownPath }
        var response = try HTTPCaching.response(blob, to: request, lifetime: .current)
        if let field = HTTPField.Name("Content-Security-Policy") {
            response.headers[field] = Self.contentSecurityPolicy
        }
        if let field = HTTPField.Name("X-Content-Type-Options") {
            response.headers[field] = "nosniff"
        }
        if let field = HTTPField.Name("Referrer-Policy") {
            response.headers[field] = "no-referrer"
        }
        return response
    }
}

/// The files of the web map, compressed once when the server starts.
public struct WebAssets: Sendable {
    private let files: [String: ServedBlob]
    /// The map library is there; without it the page can only say so.
    public let hasMapLibrary: Bool

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
        "json": "application/json",
    ]
    public static let libraryFiles = ["maplibre-gl.js", "maplibre-gl.css"]

    /// Reads the files; `libraryFolder` is where set-up has put MapLibre GL JS.
    public init(libraryFolder: String) throws {
        var files: [String: ServedBlob] = [:]
        let folder = Bundle.module.bundleURL.appendingPathComponent("Web")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            if let blob = try Self.blob(folder.appendingPathComponent(file)) { files[file] = blob }
        }
        let library = URL(fileURLWithPath: libraryFolder)
        for file in Self.libraryFiles {
            files["lib/" + file] = try? Self.blob(library.appendingPathComponent(file))
        }
        self.files = files
        hasMapLibrary = Self.libraryFiles.allSatisfy { files["lib/" + $0] != nil }
    }

    func file(_ name: String) -> ServedBlob? { files[name] }

    private static func blob(_ file: URL) throws -> ServedBlob? {
        guard let mediaType = mediaTypes[file.pathExtension] else { return nil }
        return try ServedBlob([UInt8](Data(contentsOf: file)), mediaType: mediaType)
    }
}
