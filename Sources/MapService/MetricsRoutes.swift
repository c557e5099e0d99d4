internal import CoreMetrics
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// `/metrics`, for Prometheus.
struct MetricsRoutes<Context: RequestContext> {
    let metrics: PrometheusMetrics
    let shelf: ReleaseShelf

    func add(to router: Router<Context>) {
        router.get("metrics") { _, _ in
            Meter(label: "peta_published_release", factory: metrics).set(shelf.current?.id ?? 0)
            if let bytes = Self.residentBytes {
                Meter(label: "process_resident_memory_bytes", factory: metrics).set(bytes)
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/plain; version=0.0.4; charset=utf-8",
                    .cacheControl: "no-store",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
        }
    }

    /// From Linux; nil elsewhere.
    private static var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
            return nil
        }
        let fields = text.split(separator: " ")
        return fields.count > 1
            ? Int(fields[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
