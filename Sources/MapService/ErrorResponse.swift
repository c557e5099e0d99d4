internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Every way in which a request can fail; the only place with status codes of errors.
enum RequestFailure: Error {
    case unknownPath
    case methodNotAllowed
    case unknownLayer(known: [String])
    case malformedTile
    case tileOutside
    case unknownRelease
    case nothingPublished
    case notReady
    /// A query of `/geocode`, or a table sent to it, that cannot be answered.
    case badGeocodeRequest(String)
    case unsupportedTable
    /// A query that the operation cannot answer, in words for its sender.
    case badParameter(String)
    case notAcceptable(offers: [String])
    case unknownCollection(known: [String])
    case unknownFeature
    case internalFailure

    var status: HTTPResponse.Status {
        switch self {
        case .unknownPath, .unknownLayer, .tileOutside, .nothingPublished,
            .unknownCollection, .unknownFeature:
            .notFound
        case .unknownRelease: .gone
        case .methodNotAllowed: .methodNotAllowed
        case .malformedTile, .badGeocodeRequest, .badParameter: .badRequest
        case .notAcceptable: .notAcceptable
        case .unsupportedTable: .unsupportedMediaType
        case .notReady: .serviceUnavailable
        case .internalFailure: .internalServerError
        }
    }

    var detail: String {
        switch self {
        case .unknownPath: "There is nothing at this address."
        case .methodNotAllowed: "Only GET and HEAD are answered here; POST only at /geocode."
        case .badGeocodeRequest(let problem), .badParameter(let problem): problem
        case .notAcceptable(let offers):
            "This resource can be had as \(offers.joined(separator: ", "))."
        case .unknownCollection(let known):
            "Unknown collection. Known: \(known.joined(separator: ", "))."
        case .unknownFeature: "The collection has no feature of this id."
        case .unsupportedTable:
            "Send a table as text/csv, or one JSON object a line as application/x-ndjson."
        case .unknownLayer(let known): "Unknown layer. Known: \(known.joined(separator: ", "))."
        case .malformedTile:
            "A tile is asked for as {z}/{x}/{y}.geojson or {z}/{x}/{y}.mvt with whole numbers."
        case .tileOutside: "The tile lies outside the zoom levels or the extent of this layer."
        case .unknownRelease: "This release is no longer kept. Ask for the current one."
        case .nothingPublished, .notReady: "No release is published yet. Run: peta precompute."
        case .internalFailure: "The server failed; its log says why."
        }
    }
}

/// Problem details of RFC 9457.
enum ErrorResponse {
    private struct Problem: Encodable {
        let title: String
        let status: Int
        let detail: String
    }

    static func make(_ failure: RequestFailure) -> Response {
        let problem = Problem(
            title: failure.status.reasonPhrase, status: failure.status.code, detail: failure.detail)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Three short strings cannot fail to encode.
        let body = (try? encoder.encode(problem)) ?? Data()
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .cacheControl: "no-store",
        ]
        if failure.status == .methodNotAllowed { headers[.allow] = "GET, HEAD, OPTIONS" }
        return Response(
            status: failure.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// Turns whatever a route throws into problem details, and refuses methods that change things.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isTable = request.method == .post && request.uri.path == "/geocode"
        guard isTable || [.get, .head, .options].contains(request.method) else {
            return ErrorResponse.make(.methodNotAllowed)
        }
        do {
            return try await next(request, context)
        } catch let failure as RequestFailure {
            return ErrorResponse.make(failure)
        } catch let error as HTTPError where error.status == .notFound {
            return ErrorResponse.make(.unknownPath)
        } catch {
            context.logger.error("Request failed: \(error)")
            return ErrorResponse.make(.internalFailure)
        }
    }
}
