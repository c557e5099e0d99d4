internal import HTTPTypes
internal import Hummingbird

/// Encodings, validators and lifetimes: what makes a response of a stored blob.
enum HTTPCaching {
    enum Lifetime {
        /// The address always shows the newest release: ask each time, mostly answered by 304.
        case current
        /// The address names a release, which never changes.
        case pinned

        var cacheControl: String {
            switch self {
            case .current: "public, no-cache"
            case .pinned: "public, max-age=31536000, immutable"
            }
        }
    }

    static func response(
        _ blob: ServedBlob,
        to request: Request,
        lifetime: Lifetime
    ) throws -> Response {
        let isGzip = acceptsGzip(request.headers[.acceptEncoding])
        let etag = isGzip ? blob.gzipETag : blob.plainETag
        var headers: HTTPFields = [
            .eTag: etag,
            .cacheControl: lifetime.cacheControl,
            .vary: "Accept-Encoding",
        ]
        if let condition = request.headers[.ifNoneMatch], matches(condition, etag) {
            return Response(status: .notModified, headers: headers)
        }
        if blob.isEmpty {
            return Response(status: .noContent, headers: headers)
        }
        headers[.contentType] = blob.mediaType
        guard isGzip else {
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: try blob.plain()))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: blob.gzip))
    }

    /// Whether the client takes gzip (RFC 9110 section 12.5.3); no header means it did not say so.
    static func acceptsGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        var star = false
        for item in header.split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let coding = parts.first else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) } ?? 1
            if coding == "gzip" || coding == "x-gzip" { return quality > 0 }
            if coding == "*" { star = quality > 0 }
        }
        return star
    }

    /// Weak comparison, as If-None-Match asks (RFC 9110 section 13.1.2).
    static func matches(_ condition: String, _ etag: String) -> Bool {
        condition.split(separator: ",").contains { candidate in
            var candidate = candidate.drop { $0 == " " }
            while candidate.last == " " { candidate.removeLast() }
            if candidate == "*" { return true }
            if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
            return candidate == etag
        }
    }
}
