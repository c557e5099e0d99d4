internal import CoreMetrics
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Counts and times requests by route, and writes the access log.
///
/// Only the route stands in both, `/collections/:collection/items`, never the address asked for:
/// an address may hold a position or what somebody took for a search field.
struct RequestMeasuring<Context: RequestContext>: RouterMiddleware {
    let metrics: PrometheusMetrics
    /// Nil writes no log.
    let accessLog: Logger?

    private struct Key: Hashable {
        let route: String
        let method: HTTPRequest.Method
        let status: Int
    }

    private struct Meters {
        let count: Counter
        let time: CoreMetrics.Timer
    }

    /// Looked up once for each route, method and status.
    private final class Known: Sendable {
        let meters = Mutex<[Key: Meters]>([:])
    }

    private let known = Known()

    init(metrics: PrometheusMetrics, accessLog: Logger?) {
        self.metrics = metrics
        self.accessLog = accessLog
    }

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let duration = ContinuousClock.now - start
        let key = Key(
            route: context.endpointPath ?? "none",
            // Any word may be a method; one that is not known is not worth a series.
            method: [.get, .head, .post, .options].contains(request.method)
                ? request.method : .connect,
            status: response.status.code)
        let meters = meters(key)
        meters.count.increment()
        meters.time.recordNanoseconds(duration.nanoseconds)
        accessLog?.info(
            "\(key.method) \(key.route) \(key.status) \(duration.nanoseconds / 1_000) µs")
        return response
    }

    private func meters(_ key: Key) -> Meters {
        known.meters.withLock { known in
            if let meters = known[key] { return meters }
            let route = [("route", key.route)]
            let meters = Meters(
                count: Counter(
                    label: "peta_requests_total",
                    dimensions: route + [
                        ("method", key.method == .connect ? "other" : key.method.rawValue),
                        ("status", String(key.status)),
                    ],
                    factory: metrics),
                time: CoreMetrics.Timer(
                    label: "peta_request_duration_seconds", dimensions: route, factory: metrics))
            known[key] = meters
            return meters
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
