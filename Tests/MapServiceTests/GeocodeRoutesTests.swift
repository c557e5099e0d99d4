import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MapService

@Suite struct GeocodeRoutesTests {
    private func onServer(
        _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        let station = try Station()
        try station.publish("a")
        try await station.server().application().test(.live, body)
    }

    private func object(_ response: TestResponse) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
                as? [String: Any])
    }

    @Test func onePlaceByPositionByNameAndByCode() async throws {
        try await onServer { client in
            for query in [
                "lon=113.005&lat=-7.995", "lon=-7.995&lat=113.005", "desa=Awal%20Kulon",
                "desa=AWAL%20KULN&kecamatan=Uji", "kode=35.13.01.2001", "kode=3513010001",
            ] {
                let response = try await client.execute(uri: "/geocode?\(query)", method: .get)
                #expect(response.status == .ok, "\(query)")
                #expect(response.headers[.cacheControl] == "no-store")
                let answer = try object(response)
                let desa = try #require(answer["desa"] as? [String: Any], "\(query)")
                #expect(desa["kode_desa"] as? String == "35.13.01.2001", "\(query)")
                #expect((desa["probability"] as? Double ?? 0) > 0.9, "\(query)")
                // What was asked is not repeated.
                let text = String(buffer: response.body)
                #expect(!text.contains("113.005") && !text.contains("KULN"))
            }
            let swapped = try await client.execute(
                uri: "/geocode?lon=-7.995&lat=113.005", method: .get)
            #expect(try object(swapped)["perbaikan"] as? [String] == ["sumbu tertukar"])
            let outside = try await client.execute(
                uri: "/geocode?lon=112.0001&lat=-7.0001", method: .get)
            #expect(try object(outside)["match"] as? String == "outside")
        }
    }

    @Test func aQuestionWithoutAPlaceIsRefused() async throws {
        try await onServer { client in
            for query in [
                "", "?lon=113", "?kecamatan=Uji", "?nik=99&desa=Awal", "?desa=a&desa=b",
                "?lon=113.1&lon=113.2&lat=-7.9",
            ] {
                let response = try await client.execute(uri: "/geocode\(query)", method: .get)
                #expect(response.status == .badRequest, "\(query)")
                #expect(response.headers[.contentType] == "application/problem+json")
            }
            let elsewhere = try await client.execute(uri: "/releases", method: .post)
            #expect(elsewhere.status == .methodNotAllowed)
        }
    }

    @Test func aPositionThatIsNoNumberIsRefusedByItsName() async throws {
        try await onServer { client in
            for text in [
                "abc", "NaN", "inf", "1e999", "0x71", "true", "113.005%20E", "113.0.5", "--",
            ] {
                for (name, query) in [
                    ("lon", "lon=\(text)&lat=-7.995"), ("lat", "lon=113.005&lat=\(text)"),
                    ("lon", "lon=\(text)&lat=\(text)&desa=Awal%20Kulon"),
                ] {
                    let response = try await client.execute(uri: "/geocode?\(query)", method: .get)
                    #expect(response.status == .badRequest, "\(query)")
                    #expect(response.headers[.contentType] == "application/problem+json")
                    let detail = try #require(try object(response)["detail"] as? String)
                    #expect(detail.hasPrefix("\(name) "), "\(query): \(detail)")
                    #expect(!detail.contains(text), "what was asked is not repeated")
                }
            }
            for query in [
                "lon=113,005&lat=-7,995", "lon=%2B113.005&lat=-7.995", "lon=1.13005e2&lat=-7.995",
                "lon=&lat=&desa=Awal%20Kulon",
            ] {
                let response = try await client.execute(uri: "/geocode?\(query)", method: .get)
                #expect(response.status == .ok, "\(query)")
                let desa = try object(response)["desa"] as? [String: Any]
                #expect(desa?["kode_desa"] as? String == "35.13.01.2001", "\(query)")
            }
        }
    }

    @Test func aTableStreamsBackWithItsCodes() async throws {
        try await onServer { client in
            let rows = (0..<20_000).map { "\($0);113.005;-7.995" }
            let table = "id;lon;lat\r\n" + rows.joined(separator: "\r\n")
            let response = try await client.execute(
                uri: "/geocode", method: .post, headers: [.contentType: "text/csv"],
                body: ByteBuffer(string: table))
            #expect(response.status == .ok)
            let lines = String(buffer: response.body).split(separator: "\r\n")
            #expect(lines.count == 20_001)
            #expect(lines[0] == "id;lon;lat;kode_desa;match;probability")
            #expect(lines.dropFirst().allSatisfy { $0.contains(";35.13.01.2001;") })
            #expect(lines.last?.hasPrefix("19999;113.005;-7.995;") == true)
        }
    }

    @Test func jsonLinesComeBackWithThreeMembersMore() async throws {
        try await onServer { client in
            let response = try await client.execute(
                uri: "/geocode", method: .post,
                headers: [.contentType: "application/x-ndjson"],
                body: ByteBuffer(
                    string: "{\"desa\":\"Awal Kulon\",\"x\":{\"a\":1}}\n{}\nbukan\n"))
            let lines = String(buffer: response.body).split(separator: "\n")
            #expect(lines.count == 3)
            #expect(
                lines[0].hasPrefix(
                    "{\"desa\":\"Awal Kulon\",\"x\":{\"a\":1},\"kode_desa\":\"35.13.01.2001\""))
            #expect(lines[1] == "{\"kode_desa\":null,\"match\":\"none\",\"probability\":0}")
            #expect(lines[2].contains("error"))
        }
    }

    @Test func tablesThatCannotBeReadAreRefused() async throws {
        try await onServer { client in
            let cases: [(String, String, HTTPResponse.Status)] = [
                ("text/csv", "tanggal,suhu\n1,2\n", .badRequest),
                ("text/csv", "", .badRequest),
                ("text/csv", String(repeating: "x", count: 1_200_000), .badRequest),
                ("application/pdf", "desa\nAwal\n", .unsupportedMediaType),
            ]
            for (type, body, status) in cases {
                let response = try await client.execute(
                    uri: "/geocode", method: .post, headers: [.contentType: type],
                    body: ByteBuffer(string: body))
                #expect(response.status == status, "\(type) \(body.prefix(20))")
            }
        }
    }
}
