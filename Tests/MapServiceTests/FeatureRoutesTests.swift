import Foundation
import Geospatial
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SpatialStore
import Testing

@testable import MapService

extension Station {
    static let cells = 25

    /// A made-up collection of squares along the equator, one for each degree, without people.
    func addSquares(named name: String = "petak") throws {
        let collection = FeatureCollection(
            name: name, title: "Petak", text: "Petak <uji> & contoh.", isSimulated: true,
            geometryType: .multiPolygon,
            properties: [
                .init(name: "nama", type: .string, text: "Nama"),
                .init(name: "nilai", type: .integer, text: "Nilai, tanpa bagi setiap kelima"),
                .init(name: "luas", type: .number, text: "Luas"),
                .init(name: "tanggal", type: .date, text: "Tanggal"),
            ],
            temporalProperty: "tanggal",
            metadata: .init(
                licence: "CC0", attribution: ["uji"], keywords: [], lineage: "dibuat untuk uji",
                codeReference: "", period: nil, updated: "2026-01-01T00:00:00Z"))
        let features = (0..<Self.cells).map { number in
            let west = Double(number)
            let ring = [(west, 0.0), (west + 1, 0), (west + 1, 1), (west, 1)].map {
                Coordinate(longitude: $0.0, latitude: $0.1)
            }
            return NewFeature(
                id: Int64(100 + number),
                values: [
                    .text(number == 0 ? "=1+1, \"a\"" : "petak \(number)"),
                    number % 5 == 0 ? .null : .integer(Int64(number % 4)),
                    .real(Double(number) / 2),
                    .text("2026-01-\(number < 9 ? "0" : "")\(number + 1)"),
                ],
                shape: .wellKnownBinary(
                    WellKnownBinary.encode(MultiPolygon([Polygon(exterior: ring)]))))
        }
        try database.addCollection(collection) { features }
    }
}

@Suite struct FeatureRoutesTests {
    private func json(
        _ client: any TestClientProtocol,
        _ uri: String
    ) async throws -> [String: Any] {
        let response = try await client.executeRequest(
            uri: uri, method: .get, headers: [:], body: nil)
        #expect(response.status == .ok, "\(uri): \(String(buffer: response.body))")
        let object = try JSONSerialization.jsonObject(
            with: Data(response.body.readableBytesView))
        return try #require(object as? [String: Any])
    }

    private func ids(_ page: [String: Any]) -> [Int] {
        (page["features"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
    }

    private func link(_ page: [String: Any], _ rel: String) -> String? {
        let links = page["links"] as? [[String: Any]] ?? []
        return links.first { $0["rel"] as? String == rel }?["href"] as? String
    }

    private func path(_ href: String) -> String {
        href.replacing("http://localhost", with: "")
    }

    @Test(arguments: ["", "sortby=nilai", "sortby=-nilai,nama", "sortby=-luas"])
    func thePagesForwardsHaveEachFeatureOnceAndBackwardsTheSame(order: String) async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            var next: String? = "/collections/petak/items?limit=4&\(order)"
            var pages: [[Int]] = []
            var last: [String: Any] = [:]
            while let uri = next {
                last = try await json(client, path(uri))
                #expect(last["numberMatched"] as? Int == Station.cells)
                pages.append(ids(last))
                next = link(last, "next")
            }
            #expect(pages.map(\.count) == [4, 4, 4, 4, 4, 4, 1])
            #expect(Set(pages.joined()).count == Station.cells)
            var backward: [[Int]] = [ids(last)]
            while let uri = link(last, "prev") {
                last = try await json(client, path(uri))
                backward.append(ids(last))
            }
            #expect(backward.reversed().flatMap(\.self) == pages.flatMap(\.self))
        }
    }

    @Test(arguments: [
        ("bbox=3.5,0.2,5.5,0.8", [103, 104, 105]),
        ("bbox=5,1.0001,6,2", []),
        // Corners touch: the box and the squares share a point.
        ("bbox=6,1,6,1", [105, 106]),
        ("bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326&bbox=0.2,3.5,0.8,4.5", [103, 104]),
        ("bbox=179,-1,0.5,1", [100]),
        ("datetime=2026-01-03", [102]),
        ("datetime=2026-01-24T00:00:00Z/..", [123, 124]),
        ("datetime=../2026-01-02", [100, 101]),
        ("nama=petak%207", [107]),
        ("nilai=3&limit=2", [103, 107]),
        ("filter=nilai%20%3D%203%20AND%20luas%20%3E%2010", [123]),
        ("filter=S_INTERSECTS(geom,POINT(4.5%200.5))", [104]),
        (
            "filter-lang=cql2-json&filter=%7B%22op%22%3A%22%3E%22%2C%22args%22%3A%5B%7B%22property%22"
                + "%3A%22luas%22%7D%2C11.5%5D%7D", [124]
        ),
        ("sortby=-luas&limit=2", [124, 123]),
        ("sortby=nilai&limit=3", [104, 108, 112]),
        // However large: as many as there are.
        ("nilai=3&limit=99999999999999999999999", [103, 107, 111, 119, 123]),
    ])
    func aQueryFindsWhatItAsksForAndNothingElse(query: String, found: [Int]) async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let page = try await json(client, "/collections/petak/items?\(query)")
            #expect(ids(page) == found)
            #expect(page["numberReturned"] as? Int == found.count)
        }
    }

    @Test(arguments: [
        "tidakada=1", "limit=0", "limit=x", "limit=-1", "limit=", "limit=1&limit=2", "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=1,5,2,4", "bbox=-200,0,1,1", "datetime=kemarin", "datetime=2026-02-01/2026-01-01",
        "crs=EPSG:4326", "bbox-crs=x", "filter=nilai%20%3D", "filter=asing%20%3D%201",
        "filter-lang=sql", "sortby=asing", "sortby=", "properties=asing", "properties=nama,,nilai",
        "cursor=abc", "nilai=tiga",
        "tanggal=", "tanggal=kemarin", "tanggal=2026-01-01T00:00:00Z", "tanggal=2026-1-1",
        "f=xml",
    ])
    func aQueryThatMeansNothingIsRefusedWithWords(query: String) async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let response = try await client.executeRequest(
                uri: "/collections/petak/items?\(query)", method: .get, headers: [:], body: nil)
            #expect(response.status == .badRequest)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func theHeadOfAnAnswerHasTheLinksThatAFileHasNoPlaceFor() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            for form in ["json", "csv"] {
                let response = try await client.executeRequest(
                    uri: "/collections/petak/items?limit=3&f=\(form)", method: .head, headers: [:],
                    body: nil)
                let links = try #require(HTTPField.Name("Link").flatMap { response.headers[$0] })
                #expect(links.contains(#"; rel="next"; type=""#))
                #expect(
                    links.contains(
                        #"/collections/petak/queryables>; rel="#
                            + #""http://www.opengis.net/def/rel/ogc/1.0/queryables""#))
            }
        }
    }

    @Test func anotherReferenceSystemMovesTheCoordinatesAndIsNamed() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            func firstPosition(_ code: String) async throws -> (String?, [Double]) {
                let response = try await client.executeRequest(
                    uri: "/collections/petak/items/101?crs=http://www.opengis.net/def/crs/\(code)",
                    method: .get, headers: [:], body: nil)
                let object = try JSONSerialization.jsonObject(
                    with: Data(response.body.readableBytesView))
                let geometry = (object as? [String: Any])?["geometry"] as? [String: Any]
                let rings = geometry?["coordinates"] as? [[[[Double]]]]
                let name = try #require(HTTPField.Name("Content-Crs"))
                return (response.headers[name], rings?.first?.first?.first ?? [])
            }
            #expect(try await firstPosition("OGC/1.3/CRS84").1 == [1, 0])
            let (named, latitudeFirst) = try await firstPosition("EPSG/0/4326")
            #expect(latitudeFirst == [0, 1])
            #expect(named == "<http://www.opengis.net/def/crs/EPSG/0/4326>")
            // A degree of the equator of the sphere of web maps.
            let metres = try await firstPosition("EPSG/0/3857").1
            #expect(abs((metres.first ?? 0) - 111_319.491) < 0.002)
        }
    }

    @Test(arguments: [
        ("", "application/geo+json"), ("*/*", "application/geo+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json", "application/geo+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html;q=0.1, application/geo+json;q=0.9", "application/geo+json"),
    ])
    func theFormIsTheOneTheClientAccepts(accept: String, mediaType: String) async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let response = try await client.executeRequest(
                uri: "/collections/petak/items", method: .get,
                headers: accept.isEmpty ? [:] : [.accept: accept], body: nil)
            #expect(response.headers[.contentType] == mediaType)
            #expect(response.headers[.vary]?.contains("Accept") == true)
        }
    }

    @Test func whatNobodyCanSendIsNotAcceptable() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let response = try await client.executeRequest(
                uri: "/collections", method: .get, headers: [.accept: "image/png"], body: nil)
            #expect(response.status == .notAcceptable)
        }
    }

    @Test func aTableKeepsFormulasFromRunning() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let response = try await client.executeRequest(
                uri: "/collections/petak/items?f=csv", method: .get, headers: [:], body: nil)
            let lines = String(buffer: response.body).split(separator: "\r\n")
            #expect(lines.count == Station.cells + 1)
            #expect(lines[0] == "id,nama,nilai,luas,tanggal")
            #expect(lines[1] == #"100,"'=1+1, ""a""",,0,2026-01-01"#)
        }
    }

    @Test func aCollectionThatIsReplacedIsServedAnewAndOneThatIsRemovedIsNot() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            #expect(try await json(client, "/collections/petak")["itemCount"] as? Int == 25)
            try station.addSquares(named: "lain")
            #expect(try station.database.removeCollection(named: "petak"))
            #expect(try !station.database.removeCollection(named: "petak"))
            // The shelf looks twice a second.
            for _ in 0..<40 {
                try await Task.sleep(for: .milliseconds(100))
                let response = try await client.executeRequest(
                    uri: "/collections/petak", method: .get, headers: [:], body: nil)
                if response.status == .notFound { break }
            }
            let known = try await json(client, "/collections")["collections"] as? [[String: Any]]
            #expect(known?.compactMap { $0["id"] as? String } == ["lain"])
        }
    }

    @Test func linksKeepTheAddressThatTheProxyGives() async throws {
        let station = try Station()
        try station.addSquares()
        try await station.server().application().test(.router) { client in
            let name = try #require(HTTPField.Name("Forwarded"))
            let response = try await client.executeRequest(
                uri: "/collections/petak", method: .get,
                headers: [name: "for=10.1.1.1;proto=https;host=peta.contoh.id, for=10.0.0.1"],
                body: nil)
            let text = String(buffer: response.body)
            #expect(text.contains("https://peta.contoh.id/collections/petak/items"))
            #expect(!text.contains("localhost"))
            let hostile = try await client.executeRequest(
                uri: "/collections/petak", method: .get,
                headers: [name: "proto=https;host=\"a<b\""], body: nil)
            #expect(!String(buffer: hostile.body).contains("a<b"))
        }
    }
}
