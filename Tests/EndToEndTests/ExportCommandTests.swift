import Foundation
import Testing

@Suite struct ExportCommandTests {
    static func published() throws -> Place {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        try place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        try place.runner.peta("geocode")
        try place.runner.peta("precompute", "--permutations", "999")
        return place
    }

    private static func bytes(_ name: String, _ place: Place) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: place.url.appendingPathComponent(name)))
    }

    private static func names(_ place: Place) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: place.url.path))
    }

    @Test("a release is exported in each form, the same bytes each time, and nothing half")
    func eachForm() throws {
        let place = try Self.published()
        let runner = place.runner
        for name in ["peta.pmtiles", "lagi.pmtiles", "peta.mbtiles", "situs"] {
            let outcome = try runner.peta("export", "-o", name)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("DATA SIMULASI"))
        }
        let archive = try Self.bytes("peta.pmtiles", place)
        #expect(archive.starts(with: Array("PMTiles".utf8) + [3]))
        #expect(try archive == Self.bytes("lagi.pmtiles", place))
        #expect(
            try Self.bytes("peta.mbtiles", place).starts(with: Array("SQLite format 3".utf8)))
        let text = String(decoding: try Self.bytes("situs/desa/tiles.json", place), as: UTF8.self)
        #expect(text.contains("\"data_simulasi\":true"))
        #expect(text.contains("http://127.0.0.1:8080/desa/{z}/{x}/{y}.mvt"))
        for name in ["desa/10/833/534.mvt", "desa/10/833/534.geojson", "rilis.json"] {
            #expect(try !Self.bytes("situs/" + name, place).isEmpty)
            #expect(try Self.bytes("situs/\(name).gz", place).starts(with: [0x1F, 0x8B]))
        }
        let left = try Self.names(place).filter { $0.contains(".part") || $0.contains(".tiles") }
        #expect(left.isEmpty)
    }

    @Test("what cannot be exported is said, and nothing is written")
    func refused() throws {
        let place = try Self.published()
        let runner = place.runner
        try runner.peta("export", "-o", "situs")
        let before = try Self.names(place)
        let attempts: [([String], Int32, String)] = [
            (["-o", "x.pmtiles", "--layer", "sungai"], 78, "kecamatan, kepadatan"),
            (["-o", "x.pmtiles", "--release", "9"], 78, "Kept: 1"),
            (["-o", "x.mbtiles", "--tiles", "geojson"], 78, "--layer"),
            (["-o", "situs"], 73, "exists already"),
            (["-o", "tiada/x.pmtiles"], 73, "Check the folder"),
            (["-o", "tiada/x.mbtiles"], 73, "tiada"),
        ]
        for (options, status, words) in attempts {
            let outcome = try runner.run(CommandRunner.peta, ["export"] + options)
            #expect(outcome.status == status, "\(options): \(outcome.error)")
            #expect(outcome.error.contains(words), "\(outcome.error)")
        }
        let new = try Self.names(place).subtracting(before)
            .filter { !$0.hasPrefix("stdout-") && !$0.hasPrefix("stderr-") }
        #expect(new.isEmpty)
    }

    @Test("layers that make too large a tile together are warned of, and the file is whole")
    func largeTiles() throws {
        let place = try Self.published()
        let quiet = try place.runner.peta("export", "-o", "kecil.pmtiles")
        #expect(!quiet.error.contains("Warning"))
        #expect(quiet.output.contains("Largest tile, compressed"))
        try LargeRelease.publish(to: place, side: 2, bytes: 1000, odd: (1, 300_000))
        for name in ["besar.pmtiles", "besar.mbtiles"] {
            let joined = try place.runner.peta("export", "-o", name)
            #expect(joined.status == 0, "\(joined.error)")
            let warning = try #require(
                joined.error.split(separator: "\n").last { $0.contains("Warning") })
            #expect(
                warning.hasPrefix(
                    "peta: Warning: 1 tile has more than 500,000 bytes compressed, slow to fetch and "
                        + "to draw: 10/831/500.mvt of derau,riuh (600,"), "\(warning)")
            #expect(warning.hasSuffix("With --layer fewer layers go into a file."))
            #expect(joined.output.contains("10/831/500.mvt"))
            #expect(try Self.bytes(name, place).count > 600_000)
        }
        for options in [["-o", "satu.pmtiles", "--layer", "riuh"], ["-o", "situs"]] {
            let apart = try place.runner.run(CommandRunner.peta, ["export"] + options)
            #expect(apart.status == 0, "\(apart.error)")
            #expect(!apart.error.contains("Warning"), "\(options)")
            #expect(apart.output.contains("300,"), "\(options)")
        }
        let help = try place.runner.peta("export", "--help")
        #expect(help.output.contains("500 kB"))
    }

    @Test("before the first release there is nothing to export")
    func nothingPublished() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        #expect(try place.runner.peta("export", "-o", "x.pmtiles").status == 79)
    }
}
