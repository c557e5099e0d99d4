import Foundation
import Testing

/// The demo on the real map, and the server under a change of release.
@Suite struct RealGeographyTests {
    @Test func theDemoShowsHotspotsThatGDALCanRead() throws {
        let place = try Place()
        let runner = place.runner
        let demo = try runner.peta(
            "demo", "--output", "demo", "--keluarga", "20000",
            "--geodata", CommandRunner.root.appendingPathComponent("geodata").path)
        #expect(demo.status == 0, "\(demo.error)")
        #expect(!demo.output.contains("WRONG"))
        #expect(demo.output.contains("hot, 9"))
        let again = try runner.peta("demo", "--output", "demo")
        #expect(again.status == 73)

        let server = try RunningServer(place, database: "demo/peta.sqlite")
        for (name, path) in [
            ("desa.geojson", "/tiles/desa/10/833/534.geojson"),
            ("desa.mvt", "/tiles/desa/10/833/534.mvt"),
        ] {
            #expect(
                try runner.fetch(
                    server.address + path, to: place.url.appendingPathComponent(name).path) != nil)
            let info = try runner.run(
                URL(fileURLWithPath: "/usr/bin/env"), ["ogrinfo", "-ro", "-al", "-so", name])
            #expect(info.status == 0, "\(info.error)")
            let count = info.output.split(separator: "\n")
                .first { $0.hasPrefix("Feature Count: ") }
                .flatMap { Int($0.dropFirst("Feature Count: ".count)) }
            #expect((count ?? 0) > 50, "\(info.output)")
            #expect(info.output.contains("persen_ekstrem"))
        }
        // The same without downloading first, as the README says.
        let remote = try runner.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            [
                "ogrinfo", "-ro", "-al", "-so",
                "/vsicurl/" + server.address + "/tiles/desa/10/833/534.geojson",
            ])
        #expect(remote.status == 0, "\(remote.error)")
        #expect(remote.output.contains("Feature Count: "))
        #expect(server.stop() == 0)
    }

    @Test func aRunningServerChangesToANewReleaseWithoutAGap() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try runner.peta("init")
        try runner.peta("import", "dtsen.csv", "verval.csv", "--date", "2026-02-28")
        try runner.peta("geocode")
        try runner.peta("precompute", "--permutations", "999")
        let server = try RunningServer(place)
        func release() throws -> Int? {
            let body = try #require(try runner.fetch(server.address + "/releases/current"))
            let json = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            return json?["id"] as? Int
        }
        #expect(try release() == 1)
        // Another seed is another release.
        let second = try runner.peta("precompute", "--permutations", "1999", "--seed", "2")
        #expect(second.output.contains("Release 2 published"))
        var current = try release()
        let deadline = Date(timeIntervalSinceNow: 10)
        while current != 2, Date() < deadline {
            // Every answer is one release or the other, and never an error.
            current = try release()
            #expect([1, 2].contains(current))
        }
        #expect(current == 2)
        for id in [1, 2] {
            let path = "/releases/\(id)/tiles/desa/10/833/534.mvt"
            #expect(
                try runner.fetch(
                    server.address + path, to: place.url.appendingPathComponent("t\(id)").path)
                    != nil)
        }
        #expect(server.stop() == 0)
    }
}
