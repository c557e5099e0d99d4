import Compression
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PovertyModel
import SpatialStore
import Testing

@testable import MapService

/// A database with one published layer, and a server on it.
final class Station: Sendable {
    let folder: URL
    let database: PovertyDatabase

    static let geoJSON = Array(
        #"{"type":"FeatureCollection","features":[{"type":"Feature","id":1}]}"#.utf8)
    static let tile = "/tiles/desa/8/208/133"
    /// Two squares side by side, of about 1.1 km.
    static let boundaries = {
        let features = ["Awal Kulon", "Bukit Wetan"].enumerated().map { index, name in
            let (west, east) = (113 + 0.01 * Double(index), 113.01 + 0.01 * Double(index))
            return """
                {"type":"Feature","properties":{"kode_desa":"35.13.01.200\(index + 1)",\
                "kode_bps":"351301000\(index + 1)","nama_desa":"\(name)","jenis":"desa",\
                "nama_kecamatan":"Uji","nama_lain":"","ketelitian_m":"0"},"geometry":\
                {"type":"Polygon","coordinates":[[[\(west),-8],[\(east),-8],[\(east),-7.99],\
                [\(west),-7.99],[\(west),-8]]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":["#
            + features.joined(separator: ",") + "]}"
    }()

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-service-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try PovertyDatabase.createOrOpen(
            at: folder.appendingPathComponent("peta.sqlite").path)
        let key = try IdentityKey.createIfMissing(file: folder.appendingPathComponent("key"))
        try database.saveGazetteer([])
        try database.saveBoundarySet(
            BoundarySet(
                name: "uji", date: .init("2026-01-01")!, source: "", licence: "",
                attribution: []),
            boundaries: [])
        let file = RegistryFileDescription(
            layout: "", source: "DTSEN", role: "register", fileName: "",
            releaseDate: .init("2026-02-28")!,
            sheets: [RegistrySheet(name: "", columns: ["a"], fields: [:])],
            delimiter: ",", keepsSpecific: false)
        _ = try database.importRegistry(file, seal: IdentitySeal(key)) { _ in
            RegistryFileOutcome(sha256: "x", rowsRead: 0, isSimulated: true, remarks: [:])
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Publishes a release whose document and tile carry `mark`, and perhaps a collection.
    @discardableResult
    func publish(
        _ mark: String,
        _ collection: FeatureCollection? = nil,
        features: [NewFeature] = []
    ) throws -> Int64 {
        let origin = ReleaseOrigin(
            contentHash: mark, publishedAt: "2026-01-01T00:00:00Z", isSimulated: true,
            importIDs: [1], boundarySetID: 1, ruleID: "r")
        return try database.publish(origin) { writer, id in
            try writer.addLayer(
                LayerDescription(
                    name: "desa", title: collection?.title ?? "Desa", text: "DATA SIMULASI.",
                    attribution: "uji",
                    isSimulated: true, bounds: [112, -8, 114, -7],
                    limits: [
                        .init(
                            zoom: 8, firstColumn: 207, lastColumn: 208, firstRow: 133,
                            lastRow: 133)
                    ],
                    fields: [.init(name: "keluarga", type: "Number", text: "Keluarga")]))
            for (format, bytes) in [
                (TileFormat.geoJSON, Self.geoJSON), (.mvt, Array("mvt \(mark)".utf8)),
            ] {
                try writer.addTile(
                    layer: "desa",
                    address: TileAddress(zoom: 8, column: 208, row: 133, format: format),
                    blob(bytes))
            }
            if let collection { try writer.addCollection(collection, features: features) }
            try writer.addDocument(name: "rilis", blob(Array(#"{"id":\#(id)}"#.utf8)))
            try writer.addDocument(name: "desa", blob(Array(#"{"desa":[]}"#.utf8)))
            try writer.addDocument(name: "batas", blob(Array(Self.boundaries.utf8)))
        }
    }

    private func blob(_ bytes: [UInt8]) throws -> PublishedBlob {
        PublishedBlob(
            digest: ContentDigest.of(bytes), gzip: try Gzip.compress(bytes))
    }

    func server(publicURL: String? = nil) throws -> MapServer {
        var configuration = MapServer.Configuration()
        configuration.port = 0
        configuration.publicURL = publicURL
        return try MapServer(
            map: PublishedMap(path: database.path),
            features: PublishedFeatures(path: database.path),
            assets: WebAssets(libraryFolder: folder.path),
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

private let gzip: HTTPFields = [.acceptEncoding: "gzip"]

@Suite struct MapServerTests {
    private func onServer(
        _ station: Station,
        publicURL: String? = nil,
        _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await station.server(publicURL: publicURL).application().test(.router, body)
    }

    @Test func aTileIsSentCompressedAsItIsStored() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: Station.tile + ".geojson", method: .get, headers: gzip, body: nil)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "application/geo+json")
            #expect(response.headers[.contentEncoding] == "gzip")
            #expect(response.headers[.vary]?.contains("Accept-Encoding") == true)
            let bytes = try Gzip.decompress(Array(response.body.readableBytesView))
            #expect(bytes == Station.geoJSON)
        }
    }

    @Test func aClientWithoutGzipGetsPlainBytesUnderAnotherValidator() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let plain = try await client.executeRequest(
                uri: Station.tile + ".geojson", method: .get, headers: [:], body: nil)
            let packed = try await client.executeRequest(
                uri: Station.tile + ".geojson", method: .get, headers: gzip, body: nil)
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(Array(plain.body.readableBytesView) == Station.geoJSON)
            let validators = [plain, packed].compactMap { $0.headers[.eTag] }
            #expect(Set(validators).count == 2)
            #expect(validators.allSatisfy { $0.hasPrefix("\"") })
        }
    }

    @Test func aKnownTileIsNotSentAgain() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let first = try await client.executeRequest(
                uri: Station.tile + ".mvt", method: .get, headers: gzip, body: nil)
            let etag = try #require(first.headers[.eTag])
            for condition in [etag, "W/" + etag, "\"x\", " + etag, "*"] {
                let again = try await client.executeRequest(
                    uri: Station.tile + ".mvt", method: .get,
                    headers: [.acceptEncoding: "gzip", .ifNoneMatch: condition], body: nil)
                #expect(again.status == .notModified, "\(condition)")
                #expect(again.body.readableBytes == 0)
                #expect(again.headers[.eTag] == etag)
            }
            let other = try await client.executeRequest(
                uri: Station.tile + ".mvt", method: .get,
                headers: [.acceptEncoding: "gzip", .ifNoneMatch: "\"other\""], body: nil)
            #expect(other.status == .ok)
        }
    }

    @Test(arguments: [
        ("bytes=0-3", 206, #"{"ty"#, "bytes 0-3/67"), ("bytes=63-", 206, "1}]}", "bytes 63-66/67"),
        ("bytes=-4", 206, "1}]}", "bytes 63-66/67"),
        ("bytes=63-900", 206, "1}]}", "bytes 63-66/67"),
        ("bytes=67-", 416, "", "bytes */67"), ("bytes=-0", 416, "", "bytes */67"),
    ])
    func partsOfATileAreSentPlain(
        range: String, status: Int, body: String, contentRange: String
    ) async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: Station.tile + ".geojson", method: .get,
                headers: [.range: range, .acceptEncoding: "gzip"], body: nil)
            #expect(response.status.code == status)
            #expect(String(buffer: response.body) == body)
            #expect(response.headers[.contentRange] == contentRange)
            #expect(response.headers[.contentEncoding] == nil)
        }
    }

    @Test(arguments: ["bytes=3-1", "bytes=-", "bytes=a-b", "bytes=0-1,4-5", "items=0-1"])
    func aRangeThatMeansNothingGivesTheWhole(range: String) async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: Station.tile + ".geojson", method: .get, headers: [.range: range], body: nil)
            #expect(response.status == .ok)
            #expect(Array(response.body.readableBytesView) == Station.geoJSON)
        }
    }

    @Test func headAnswersLikeGetWithoutABody() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let get = try await client.executeRequest(
                uri: Station.tile + ".mvt", method: .get, headers: gzip, body: nil)
            let head = try await client.executeRequest(
                uri: Station.tile + ".mvt", method: .head, headers: gzip, body: nil)
            #expect(head.status == .ok)
            #expect(head.body.readableBytes == 0)
            #expect(head.headers[.eTag] == get.headers[.eTag])
            #expect(head.headers[.contentLength] == String(get.body.readableBytes))
        }
    }

    @Test(arguments: [
        ("/tiles/desa/8/207/133.geojson", 200), ("/tiles/desa/8/207/133.mvt", 204),
        ("/tiles/desa/8/209/133.mvt", 404), ("/tiles/desa/9/1/1.mvt", 404),
        ("/tiles/desa/x/1/1.mvt", 400), ("/tiles/desa/8/+1/1.mvt", 400),
        ("/tiles/desa/8/208/133.png", 400), ("/tiles/asing/8/208/133.mvt", 404),
        ("/tiles/desa/99999999999999999999/1/1.mvt", 400), ("/tidak/ada", 404),
        ("/releases/77", 410), ("/releases/77/tiles/desa/8/208/133.mvt", 410),
        ("/releases/77/desa.json", 410), ("/releases/77/asing.json", 404),
        ("/tiles/desa/8/208/133.pbf", 200), ("/health/live", 200), ("/health/ready", 200),
        ("/", 200), ("/web/peta.js", 200), ("/web/lib/maplibre-gl.js", 404),
        ("/web/..%2Findex.html", 404),
    ])
    func eachAddressHasItsStatus(path: String, status: Int) async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: path, method: .get, headers: gzip, body: nil)
            #expect(response.status.code == status)
            if status >= 400 {
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test func anEmptyGeoJSONTileIsACollectionWithoutFeatures() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: "/tiles/desa/8/207/133.geojson", method: .get, headers: [:], body: nil)
            #expect(
                String(buffer: response.body) == #"{"type":"FeatureCollection","features":[]}"#)
        }
    }

    @Test func anyPageMayReadTilesAndNobodyMayWrite() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let origin = try #require(HTTPField.Name("Origin"))
            let read = try await client.executeRequest(
                uri: Station.tile + ".mvt", method: .get,
                headers: [origin: "https://peta.example"], body: nil)
            #expect(read.headers[.accessControlAllowOrigin] == "*")
            for method in [HTTPRequest.Method.post, .put, .delete, .patch] {
                let write = try await client.executeRequest(
                    uri: Station.tile + ".mvt", method: method, headers: [:], body: nil)
                #expect(write.status == .methodNotAllowed)
                #expect(write.headers[.allow] == "GET, HEAD, OPTIONS")
            }
        }
    }

    @Test func tileJSONNamesTheReleaseAndTheFields() async throws {
        let station = try Station()
        let id = try station.publish("a")
        try await onServer(station, publicURL: "https://peta.example/x") { client in
            let response = try await client.executeRequest(
                uri: "/tiles/desa.json?rilis=\(id)", method: .get, headers: [:], body: nil)
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
                    as? [String: Any])
            #expect(json["tilejson"] as? String == "3.0.0")
            #expect(
                json["tiles"] as? [String]
                    == ["https://peta.example/x/releases/\(id)/tiles/desa/{z}/{x}/{y}.mvt"])
            #expect(json["minzoom"] as? Int == 8)
            #expect(json["data_simulasi"] as? Bool == true)
            let layers = try #require(json["vector_layers"] as? [[String: Any]])
            #expect(layers.count == 1)
            #expect(layers[0]["id"] as? String == "desa")
            #expect((layers[0]["fields"] as? [String: String])?["keluarga"] == "Number: Keluarga")
        }
    }

    @Test func withoutAReleaseTheServerLivesButIsNotReady() async throws {
        let station = try Station()
        try await onServer(station) { client in
            for (path, status) in [
                ("/health/live", 200), ("/health/ready", 503), ("/releases/current", 404),
                ("/tiles/desa.json", 404), ("/", 200),
            ] {
                let response = try await client.executeRequest(
                    uri: path, method: .get, headers: [:], body: nil)
                #expect(response.status.code == status, "\(path)")
            }
            let list = try await client.executeRequest(
                uri: "/releases", method: .get, headers: [:], body: nil)
            #expect(String(buffer: list.body) == #"{"releases":[],"terbit":null}"#)
        }
    }

    @Test func aNewReleaseIsServedWithoutARestartAndTheOldOneStays() async throws {
        let station = try Station()
        let first = try station.publish("a")
        let server = try station.server()
        try await server.application().test(.live) { client in
            func tile(_ path: String) async throws -> String {
                let response = try await client.executeRequest(
                    uri: path, method: .get, headers: [:], body: nil)
                return String(buffer: response.body)
            }
            #expect(try await tile(Station.tile + ".mvt") == "mvt a")
            let second = try station.publish("b")
            var current = ""
            for _ in 0..<100 where current != "mvt b" {
                try await Task.sleep(for: .milliseconds(50))
                current = try await tile(Station.tile + ".mvt")
                #expect(["mvt a", "mvt b"].contains(current))
            }
            #expect(current == "mvt b")
            let path = "tiles/desa/8/208/133.mvt"
            #expect(try await tile("/releases/\(first)/\(path)") == "mvt a")
            #expect(try await tile("/releases/\(second)/\(path)") == "mvt b")
        }
    }

    @Test func thePageMayLoadNothingFromElsewhere() async throws {
        let station = try Station()
        try station.publish("a")
        try await onServer(station) { client in
            let response = try await client.executeRequest(
                uri: "/", method: .get, headers: [.accept: "text/html,*/*;q=0.8"], body: nil)
            let name = try #require(HTTPField.Name("Content-Security-Policy"))
            let policy = try #require(response.headers[name])
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(!policy.contains("http"))
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        }
    }
}

@Suite struct WebFilesTests {
    @Test func noFileOfThePageNamesAnotherHost() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/MapService/Web")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.contains("index.html"))
        for file in files {
            let text = try String(
                contentsOf: folder.appendingPathComponent(file), encoding: .utf8
            ).replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
            for scheme in ["http://", "https://", "//cdn", "url(//"] {
                #expect(!text.contains(scheme), "\(file)")
            }
        }
    }
}

@Suite struct HTTPCachingTests {
    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("br", false), ("gzip;q=0", false),
        ("*", true), ("*;q=0", false), ("identity, gzip; q=0.5", true), ("x-gzip", true),
    ])
    func gzipIsSentOnlyToThoseWhoTakeIt(header: String, isTaken: Bool) {
        #expect(HTTPCaching.acceptsGzip(header) == isTaken)
        #expect(!HTTPCaching.acceptsGzip(nil))
    }

    @Test func metricsCountByRouteAndHoldNoAddress() async throws {
        let station = try Station()
        try station.publish("a")
        try await station.server().application().test(.router) { client in
            for position in ["113.5", "113.6"] {
                _ = try await client.executeRequest(
                    uri: "/geocode?lon=\(position)&lat=-7.9", method: .get, headers: [:], body: nil)
            }
            let text = String(
                buffer: try await client.executeRequest(
                    uri: "/metrics", method: .get, headers: [:], body: nil
                ).body)
            #expect(
                text.contains(
                    #"peta_requests_total{route="/geocode",method="GET",status="200"} 2"#),
                "\(text)")
            #expect(text.contains("peta_published_release 1"))
            #expect(text.contains(#"peta_request_duration_seconds_count{route="/geocode"} 2"#))
            #expect(!text.contains("113."))
        }
    }
}
