import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MapService

@Suite("HTML pages")
struct HTMLPageTests {
    private static let hostile = #"</title><script>alert("x")</script><img src=x onerror='y'>&"#

    private func page(_ kind: HTMLPage.Kind, _ document: JSONValue) -> String {
        String(
            decoding: HTMLPage.make(
                kind, document: document,
                trail: [("Beranda", "/?f=html"), (Self.hostile, "javascript:alert(1)")]),
            as: UTF8.self)
    }

    private static let kinds: [HTMLPage.Kind] = [
        .landing, .conformance, .collections, .collection, .queryables, .items, .item, .tileSets,
        .tileSet, .tileMatrixSets, .tileMatrixSet, .metadata, .catalogue, .problem, .api,
    ]

    /// A document with hostile text wherever a page could look.
    private static var bad: JSONValue {
        let text = JSONValue.string(hostile)
        let links: JSONValue = [
            ["rel": "self", "href": "javascript:alert(1)", "type": text, "title": text],
            ["rel": "alternate", "href": text, "type": text],
            ["rel": "items", "href": text, "type": text], ["rel": "item", "href": text],
            ["rel": "next", "href": text], ["rel": "collection", "href": text],
            ["rel": "data", "href": "java\nscript:x"],
        ]
        let entry: JSONValue = [
            "id": text, "title": text, "description": text, "links": links, "name": text,
            "summary": text, "license": text, "distribution": [["title": text]],
        ]
        let feature: JSONValue = [
            "id": text, "properties": ["nama_desa": text, hostile: text],
            "geometry": ["type": "Point", "coordinates": [113, -8]],
        ]
        let operation: JSONValue = [
            "tags": [text], "summary": text, "description": text,
            "parameters": [["name": text, "description": text, "schema": ["enum": [text]]]],
            "responses": [hostile: ["description": text]],
        ]
        let part: JSONValue = [
            "detail": text, "conformsTo": [text], "collections": [entry], "features": [feature],
            "geometry": ["type": "Point", "coordinates": [113, -8]],
            "properties": [hostile: ["title": text, "type": text], "nama_desa": text],
            "tilesets": [entry], "tileMatrixSets": [entry], "layers": [entry],
            "tileMatrices": [entry], "tileMatrixSetLimits": [["tileMatrix": text]],
            "dataset": [entry], "tags": [["name": text, "description": text]],
            "paths": [hostile: [hostile: operation]], "info": entry, "servers": [["url": text]],
            "extent": [hostile: text], "provenance": ["label": text], "attribution": [text],
        ]
        return entry.adding(part)
    }

    @Test("the map leads to the pages, and those say how to open the data in QGIS")
    func wayFromTheMap() async throws {
        let station = try Station()
        try station.publish("a")
        try await station.server().application().test(.router) { client in
            let map = try await client.executeRequest(
                uri: "/", method: .get, headers: [.accept: "text/html"], body: nil)
            // Relative, so that it holds behind a proxy that serves the map under a folder.
            #expect(String(buffer: map.body).contains(#"href="./?f=html""#))
            let page = try await client.executeRequest(
                uri: "/?f=html", method: .get, headers: [:], body: nil)
            let text = String(buffer: page.body)
            #expect(text.contains("<code>http://localhost/</code>"))
            #expect(text.contains("<code>http://localhost/tiles/desa/{z}/{x}/{y}.mvt</code>"))
            // Two relations lead to it; a person needs one.
            #expect(
                text.components(separatedBy: "href=\"http://localhost/conformance\"").count == 2)
        }
    }

    @Test("nothing in a document becomes markup", arguments: kinds)
    func escaping(kind: HTMLPage.Kind) {
        let page = page(kind, Self.bad)
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("onerror='"))
        #expect(!page.lowercased().contains("\"javascript:"))
        #expect(page.contains("&lt;script&gt;"))
    }

    @Test("an empty document still makes a page", arguments: kinds)
    func empty(kind: HTMLPage.Kind) {
        let page = page(kind, [])
        #expect(page.hasPrefix("<!doctype html>"))
        #expect(page.contains("<html lang=\"id\">"))
        #expect(page.contains("<h1>"))
        #expect(page.contains("bukan angka BPS"))
    }

    @Test("simulated data are announced, others are not")
    func simulated() {
        let items = ServedSamples.items([ServedSamples.feature(1, "Awal")])
        #expect(page(.items, items).contains("DATA SIMULASI"))
        let listed: JSONValue = ["collections": [["id": "desa", "data_simulasi": true]]]
        #expect(page(.collections, listed).contains("class=\"simulasi\""))
        #expect(!page(.landing, ["title": "x"]).contains("DATA SIMULASI"))
    }

    @Test("numbers of tiles are not grouped: they are addresses")
    func tileNumbers() {
        let limit: JSONValue = ["tileMatrix": "14", "minTileCol": 13337, "cellSize": 1234]
        #expect(page(.tileSet, ["tileMatrixSetLimits": [limit]]).contains(">13337<"))
    }

    @Test("a page of features has a sketch, a table, the filter that was asked and the next page")
    func items() {
        let page = page(
            .items,
            ServedSamples.items([
                ServedSamples.feature(1, "Awal Kulon"), ServedSamples.feature(2, "Bukit Wetan"),
            ]))
        #expect(page.contains("1.234,5"))
        #expect(page.contains(">1.234<"))
        #expect(page.contains("35.13.01.2001"))
        #expect(page.contains("2 dari 330 fitur"))
        #expect(page.contains("placeholder=\"nama_desa = &#39;Awal Kulon&#39;\""))
        #expect(page.contains("value=\"nama_desa = &#39;A&#39;\""))
        #expect(page.contains("items?cursor=abc&amp;f=html\" rel=\"next\""))
        #expect(page.contains("href=\"http://localhost/collections/desa/items/3513010001\""))
        #expect(page.components(separatedBy: "<path").count == 3)
    }

    @Test(
        "numbers are written the Indonesian way",
        arguments: [
            (0.0, "0"), (12, "12"), (1234.5, "1.234,5"), (-1_234_567.25, "−1.234.567,25"),
            (0.05, "0,05"), (1e-7, "1e-07"), (.infinity, "inf"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) {
        #expect(HTMLText.number(value) == text)
    }

    @Test("a sketch of positions with latitude first lies the same way")
    func latitudeFirst() {
        func sketch(_ coordinates: JSONValue) -> String {
            HTMLSketch.make([
                .init(
                    geometry: ["type": "LineString", "coordinates": coordinates], name: "g",
                    href: nil)
            ])
        }
        #expect(
            sketch([[113, -8], [113.5, -7.5]]) == sketch([[-8, 113], [-7.5, 113.5]]))
    }
}
