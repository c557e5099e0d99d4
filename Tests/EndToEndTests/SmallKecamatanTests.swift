import Foundation
import Testing

/// The whole way with the built command on a made-up kecamatan, compared with kept files.
///
/// `PETA_RENEW_GOLDEN=1 swift test` writes them anew.
@Suite struct SmallKecamatanTests {
    @Test func theWholeWayGivesTheKeptOutputs() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try expectGolden("init.txt", runner.peta("init"))
        try expectGolden(
            "import.txt", runner.peta("import", "dtsen.csv", "verval.csv", "--date", "2026-02-28"))
        try expectGolden("geocode.txt", runner.peta("geocode"))
        try expectGolden("precompute.txt", runner.peta("precompute", "--permutations", "9999"))

        let server = try RunningServer(place)
        for (name, path) in [
            ("desa.json", "/releases/current/desa.json"),
            ("kecamatan.json", "/releases/current/kecamatan.json"),
            ("desa-10-833-534.geojson", "/tiles/desa/10/833/534.geojson"),
            ("kepadatan-10-833-534.geojson", "/tiles/kepadatan/10/833/534.geojson"),
        ] {
            let body = try #require(try runner.fetch(server.address + path), "\(path)")
            try expectGolden(name, text: body)
        }
        #expect(server.stop() == 0)
    }

    @Test func eachStepRunAgainHasTheSameResult() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try runner.peta("init")
        try runner.peta("import", "dtsen.csv", "verval.csv", "--date", "2026-02-28")
        let first = try runner.peta("geocode")
        try runner.peta("precompute", "--permutations", "9999")
        let again = try runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        #expect(again.output.contains("imported before: nothing changed"))
        #expect(try runner.peta("init").status == 0)
        #expect(try runner.peta("geocode").output == first.output)
        let release = try runner.peta("precompute", "--permutations", "9999")
        #expect(release.output.contains("Release 1: shows this already, nothing changed"))
    }

    private func expectGolden(_ name: String, _ outcome: CommandRunner.Outcome) throws {
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(!outcome.output.contains("WRONG"))
        try expectGolden(name, text: outcome.output)
    }

    private func expectGolden(_ name: String, text: String) throws {
        let kept = CommandRunner.root.appendingPathComponent("Tests/EndToEndTests/Golden/\(name)")
        if ProcessInfo.processInfo.environment["PETA_RENEW_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: kept)
        }
        #expect(try String(contentsOf: kept, encoding: .utf8) == text, "\(name)")
    }
}
