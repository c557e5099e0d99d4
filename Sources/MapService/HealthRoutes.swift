internal import HTTPTypes
internal import Hummingbird

/// The process answers (`/health/live`), and it has a release to show (`/health/ready`).
struct HealthRoutes<Context: RequestContext> {
    let shelf: ReleaseShelf

    func add(to router: Router<Context>) {
        router.get("health/live") { _, _ in Self.answer(#"{"status":"live"}"#) }
        router.get("health/ready") { _, _ in
            guard let release = shelf.current else { throw RequestFailure.notReady }
            return Self.answer(#"{"rilis":\#(release.id),"status":"ready"}"#)
        }
    }

    private static func answer(_ json: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json)))
    }
}
