internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

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
        // A range is one of plain bytes: half a gzip stream is of use to nobody.
        let range = blob.isEmpty ? nil : request.headers[.range].flatMap(ByteRange.init)
        let isGzip =
            range == nil && blob.isWorthCompressing && acceptsGzip(request.headers[.acceptEncoding])
        let etag = isGzip ? blob.gzipETag : blob.plainETag
        var headers: HTTPFields = [
            .eTag: etag,
            .cacheControl: lifetime.cacheControl,
            .vary: "Accept-Encoding",
            .acceptRanges: "bytes",
        ]
        if let condition = request.headers[.ifNoneMatch], matches(condition, etag) {
            return Response(status: .notModified, headers: headers)
        }
        if blob.isEmpty {
            return Response(status: .noContent, headers: headers)
        }
        headers[.contentType] = blob.mediaType
        if let range, request.headers[.ifRange].map({ $0 == etag }) ?? true {
            return partial(try blob.plain(), range, headers: headers)
        }
        guard isGzip else {
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: try blob.plain()))
        }
        headers[.contentEncoding] = "gzip"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: try blob.gzip()))
    }

    /// A part of the bytes (RFC 9110 section 14): `/vsicurl/` of GDAL reads files this way.
    private static func partial(
        _ bytes: ByteBuffer,
        _ range: ByteRange,
        headers: HTTPFields
    ) -> Response {
        var headers = headers
        let count = bytes.readableBytes
        guard let wanted = range.resolved(count: count),
            let part = bytes.getSlice(
                at: bytes.readerIndex + wanted.lowerBound, length: wanted.count)
        else {
            headers[.contentType] = nil
            headers[.contentRange] = "bytes */\(count)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        headers[.contentRange] =
            "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(count)"
        return Response(
            status: .partialContent, headers: headers, body: ResponseBody(byteBuffer: part))
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

/// One range of bytes as a client asks for it; several at once are answered with the whole.
struct ByteRange: Equatable {
    /// Nil: the last `last` bytes.
    private let first: Int?
    private let last: Int?

    /// Reads `bytes=0-99`, `bytes=100-` and `bytes=-50`; nil for anything else.
    init?(_ header: String) {
        guard header.hasPrefix("bytes=") else { return nil }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.contains(where: { !$0.isEmpty }) else { return nil }
        var numbers: [Int?] = []
        for end in ends {
            guard end.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            let number = Int(end)
            guard number != nil || end.isEmpty else { return nil }
            numbers.append(number)
        }
        if let first = numbers[0], let last = numbers[1], last < first { return nil }
        (first, last) = (numbers[0], numbers[1])
    }

    /// The positions it means in `count` bytes; nil when there are none.
    func resolved(count: Int) -> Range<Int>? {
        guard let first else {
            let length = min(last ?? 0, count)
            return length > 0 ? count - length..<count : nil
        }
        guard first < count else { return nil }
        return first..<min(count, (last ?? count - 1) + 1)
    }
}
