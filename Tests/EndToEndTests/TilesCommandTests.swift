import Foundation
import Testing

@Suite struct TilesCommandTests {
    private static func square(_ number: Int, name: String) -> String {
        let (west, east) = (113.0 + 0.02 * Double(number), 113.02 + 0.02 * Double(number))
        return """
            {"type":"Feature","properties":{"kode":"35.13.01.200\(number + 1)","nama":"\(name)",\
            "jumlah":\(number * 7)},"geometry":{"type":"Polygon","coordinates":[[[\(west),-7.8],\
            [\(east),-7.8],[\(east),-7.78],[\(west),-7.78],[\(west),-7.8]]]}}
            """
    }

    private static func place() throws -> Place {
        let place = try Place()
        let features = [square(0, name: "Awal"), square(1, name: "Bukit")]
        try place.write(
            "dua.geojson",
            #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}")
        return place
    }

    @Test("a file of polygons becomes a folder of tiles with typed properties and its ids")
    func folder() throws {
        let place = try Self.place()
        let outcome = try place.runner.peta(
            "tiles", "dua.geojson", "--layer", "wilayah", "--min-zoom", "9", "--max-zoom", "10",
            "--id-field", "kode", "--properties", "nama,jumlah", "--attribution", "Uji", "-o",
            "keluar")
        #expect(outcome.status == 0, "\(outcome.error)")
        let tile = try Data(
            contentsOf: place.url.appendingPathComponent("keluar/wilayah/10/833/534.geojson"))
        let json = try #require(try JSONSerialization.jsonObject(with: tile) as? [String: Any])
        let features = try #require(json["features"] as? [[String: Any]])
        #expect(features.compactMap { $0["id"] as? Int } == [3_513_012_001, 3_513_012_002])
        let properties = try #require(features[1]["properties"] as? [String: Any])
        #expect(properties["jumlah"] as? Int == 7)
        #expect(properties["nama"] as? String == "Bukit")
        #expect(properties.count == 2)
        let text = try String(
            contentsOf: place.url.appendingPathComponent("keluar/wilayah/tiles.json"),
            encoding: .utf8)
        #expect(text.contains(#""attribution":"Uji""#) && text.contains(#""maxzoom":10"#))
    }

    @Test("what cannot be cut is said, and nothing is written")
    func refused() throws {
        let place = try Self.place()
        let attempts: [([String], Int32, String)] = [
            (["tiada.fgb"], 66, "does not exist"),
            (["dua.geojson", "--id-field", "kde"], 65, "kode"),
            (["dua.geojson", "--id-field", "nama"], 65, "no whole number"),
            (["dua.geojson", "--properties", "luas"], 65, "jumlah"),
            (["dua.geojson", "--min-zoom", "9", "--max-zoom", "8"], 64, "in order"),
        ]
        for (options, status, words) in attempts {
            let outcome = try place.runner.run(
                CommandRunner.peta, ["tiles"] + options + ["-o", "x.pmtiles"])
            #expect(outcome.status == status, "\(options): \(outcome.error)")
            #expect(outcome.error.contains(words), "\(outcome.error)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: place.url.path)
        #expect(!names.contains { $0.hasPrefix("x.pmtiles") })
    }
}
