import Geospatial
import Hummingbird
import HummingbirdTesting
import Logging
import SpatialStore
import Testing

@testable import MapService

/// Releases whose every answer carries a mark of theirs, `tanda1`, `tanda2` …, and nothing else
/// with that word.
extension Station {
    func publishMarked(_ number: Int) throws {
        let mark = "tanda\(number)!"
        let collection = FeatureCollection(
            name: "desa", title: "Desa \(mark)", text: "", isSimulated: true,
            geometryType: .point,
            properties: [.init(name: "tanda", type: .string, text: "Tanda")],
            tileLayer: "desa",
            metadata: .init(
                licence: "CC0", attribution: ["uji"], keywords: [], lineage: "dibuat untuk uji",
                codeReference: "", period: nil, updated: "2026-01-01T00:00:00Z"))
        let point = Geometry.point(Coordinate(longitude: 113, latitude: -8)).wellKnownBinary
        try publish(
            mark, collection,
            features: [NewFeature(id: 7, values: [.text(mark)], shape: .wellKnownBinary(point))])
    }
}

@Suite struct ReleaseSwitchTests {
    /// Whatever is made of the catalogue, of tiles or of features.
    private static let paths = [
        "/collections?f=json", "/collections/desa?f=json", "/collections/desa/items?f=json",
        "/collections/desa/items?f=csv", "/collections/desa/items/7?f=json",
        "/tiles/WebMercatorQuad?f=json", "/tiles/WebMercatorQuad/8/133/208?f=mvt",
        "/collections/desa/tiles?f=json", "/collections/desa/tiles/WebMercatorQuad?f=json",
        "/collections/desa/tiles/WebMercatorQuad/8/133/208?f=mvt",
    ]

    /// The release of which the answer speaks; a remark when it is no answer, or of several.
    private static func release(_ client: any TestClientProtocol, _ path: String) async throws
        -> Int?
    {
        let response = try await client.executeRequest(
            uri: path, method: .get, headers: [:], body: nil)
        let text = String(buffer: response.body)
        let marks = Set(text.matches(of: #/tanda(\d+)!/#).compactMap { Int($0.1) })
        #expect(response.status == .ok, "\(path): \(text)")
        // The list of collections has older releases behind the published one.
        guard !path.hasPrefix("/collections?") else { return marks.max() }
        #expect(marks.count == 1, "\(path) is of \(marks.sorted())")
        return marks.first
    }

    /// The server without its clock: only the test says when a shelf looks at the database.
    private static func still(_ server: MapServer) -> some ApplicationProtocol {
        Application(
            router: server.router(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("what is answered while one shelf lags is of one release and not kept for the next")
    func oneShelfBehindTheOther() async throws {
        let station = try Station()
        try station.publishMarked(1)
        let server = try station.server()
        try await Self.still(server).test(.router) { client in
            func expectAll(_ number: Int, _ when: String) async throws {
                for path in Self.paths {
                    #expect(try await Self.release(client, path) == number, "\(path) \(when)")
                }
            }
            // Nothing is asked before: what is in the cache would hide where answers come from.
            try station.publishMarked(2)
            try server.shelf.refresh()
            try await expectAll(1, "with the tiles ahead")
            server.collections.refresh()
            try await expectAll(2, "after the switch")
            try station.publishMarked(3)
            server.collections.refresh()
            try await expectAll(3, "with the features ahead")
            try server.shelf.refresh()
            try await expectAll(3, "after the second switch")
        }
    }

    @Test("an answer is kept in the catalogue that it was made from")
    func keptWhereItWasMade() async throws {
        let station = try Station()
        try station.publishMarked(1)
        let server = try station.server()
        let older = server.collections.catalogue
        let answers = AnswerRoutes(
            collections: server.collections, releases: server.shelf,
            addresses: PublicAddress(configured: nil))
        let router = Router()
        router.get("tangan") { request, _ in
            let parameters = try QueryParameters(request, allowed: [])
            // The switch comes between the look into the catalogue and the answer.
            return try await answers.answer(request, parameters, [.json], from: older) { _, _, _ in
                ServedAnswer(blob: ServedBlob(fresh: [0x31], mediaType: "text/plain"))
            }
        }
        let application = Application(router: router)
        try station.publishMarked(2)
        server.collections.refresh()
        try await application.test(.router) { client in
            _ = try await client.executeRequest(
                uri: "/tangan", method: .get, headers: [:], body: nil)
        }
        let key = "http://localhost json /tangan"
        #expect(older.cache[key] != nil)
        #expect(server.collections.catalogue.cache[key] == nil)
    }

    @Test("under load every answer of a running server is of one release, and soon of the new one")
    func switchesUnderLoad() async throws {
        let station = try Station()
        try station.publishMarked(1)
        let server = try station.server()
        let switches = 40
        try await Self.still(server).test(.router) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<4 {
                    group.addTask {
                        var number = task
                        while !Task.isCancelled {
                            let path = Self.paths[number % Self.paths.count]
                            _ = try await Self.release(client, path)
                            number += 1
                        }
                    }
                }
                for number in 2...switches {
                    try station.publishMarked(number)
                    // By turns, as the clocks of the shelves come.
                    if number.isMultiple(of: 2) { try server.shelf.refresh() }
                    server.collections.refresh()
                    try await Task.sleep(for: .milliseconds(10))
                    for path in Self.paths {
                        #expect(try await Self.release(client, path) == number, "\(path)")
                    }
                }
                group.cancelAll()
            }
        }
    }

    @Test("a running server shows a new release within two seconds, with no failure meanwhile")
    func byItsOwnClock() async throws {
        let station = try Station()
        try station.publishMarked(1)
        try await station.server().application().test(.live) { client in
            try station.publishMarked(2)
            let deadline = ContinuousClock.now + .seconds(2)
            while ContinuousClock.now < deadline {
                for path in Self.paths {
                    let found = try await Self.release(client, path)
                    #expect(found == 1 || found == 2, "\(path)")
                }
            }
            for path in Self.paths {
                #expect(try await Self.release(client, path) == 2, "\(path)")
            }
        }
    }
}
