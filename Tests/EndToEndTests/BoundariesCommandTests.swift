import Foundation
import Testing

/// Further boundary sets, as agencies write them.
@Suite struct BoundariesCommandTests {
    private let description = [
        "--date", "2020-04-01", "--source", "uji", "--licence", "CC0", "--attribution", "Uji",
    ]

    private func prepared() throws -> Place {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        return place
    }

    private func boundaries(
        _ place: Place,
        _ arguments: [String]
    ) throws -> CommandRunner.Outcome {
        try place.runner.run(CommandRunner.peta, ["boundaries"] + arguments)
    }

    private func feature(_ properties: String, _ ring: String) -> String {
        "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":"
            + "{\"type\":\"Polygon\",\"coordinates\":[[\(ring)]]}}"
    }

    private func collection(_ features: [String]) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }

    private let square = "[113,-8],[113.1,-8],[113.1,-7.9],[113,-7.9],[113,-8]"
    private let other = "[114,-8],[114.1,-8],[114.1,-7.9],[114,-7.9],[114,-8]"
    /// A bow tie: it crosses itself in the middle.
    private let crossing = "[113,-8],[113.1,-7.9],[113.1,-8],[113,-7.9],[113,-8]"

    @Test func codesOfSeveralAgenciesAreUnderstoodAndOddPolygonsCounted() throws {
        let place = try prepared()
        try place.write(
            "lain.geojson",
            collection([
                feature("\"KDEPUM\":\"35.13.01.2001\"", square),
                feature("\"village_code\":\"id3513010002\"", crossing),
                feature("\"KDEBPS\":3513010003", square),
                feature("\"KDEPUM\":\"35.13.01.2001\"", other),
                feature("\"KDEPUM\":null", square),
                feature("\"kode_bps\":\"3513010999\"", square),
            ]))
        let outcome = try boundaries(
            place, ["import", "lain.geojson", "--name", "Lain"] + description)
        #expect(outcome.status == 0, "\(outcome.error)")
        func ends(_ name: String, _ value: String) -> Bool {
            outcome.output.split(separator: "\n").contains {
                $0.hasPrefix(name) && $0.hasSuffix(" " + value)
            }
        }
        #expect(ends("Desa and kelurahan", "3"))
        #expect(ends("Polygons without a known code", "2"))
        #expect(ends("Polygons joined to one of the same code", "1"))
        #expect(ends("Polygons made valid", "1"))
        #expect(ends("Desa without a polygon", "9"))
        let valid = try place.runner.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            [
                "ogrinfo", "-ro", "peta.sqlite", "-dialect", "SQLite", "-sql",
                "SELECT count(*) AS n FROM boundary WHERE ST_IsValid(geom) = 0",
            ])
        #expect(valid.output.contains("n (Integer) = 0"), "\(valid.output)\(valid.error)")
    }

    @Test func setsLiveSideBySideAndTheChoiceAsksForGeocoding() throws {
        let place = try prepared()
        let runner = place.runner
        try runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        try runner.peta("geocode")
        let add = try boundaries(
            place, ["import", "geodata/desa.geojson", "--name", "Kedua"] + description)
        #expect(add.status == 0, "\(add.error)")
        let list = try boundaries(place, ["list"]).output
        #expect(list.contains("* Kedua"))
        #expect(list.contains("  Peta kerja 1:100.000"))
        // The placements were made on the other set.
        let early = try runner.peta("precompute", "--permutations", "999")
        #expect(early.status == 79)
        #expect(early.error.contains("is not geocoded with the active boundary set"))
        #expect(try boundaries(place, ["use", "Peta kerja 1:100.000"]).status == 0)
        #expect(try runner.peta("precompute", "--permutations", "999").status == 0)
        let unknown = try boundaries(place, ["use", "Ketiga"])
        #expect(unknown.status == 78)
        #expect(unknown.error.contains("Known: Kedua, Peta kerja 1:100.000"))
    }

    @Test func aProjectedShapefileIsReadAndOneWithoutProjectionAsksForIt() throws {
        let place = try prepared()
        let env = URL(fileURLWithPath: "/usr/bin/env")
        // Attributes in the scheme of BIG, in UTM 49S, with a height, as agencies deliver.
        var text = try String(
            contentsOf: place.url.appendingPathComponent("geodata/desa.geojson"), encoding: .utf8)
        text = text.replacingOccurrences(of: "kode_desa", with: "KDEPUM")
        try place.write("big.geojson", text)
        let made = try place.runner.run(
            env,
            ["ogr2ogr", "-t_srs", "EPSG:32749", "-dim", "XYZ", "big.shp", "big.geojson"])
        try #require(made.status == 0, "\(made.error)")
        let whole = try boundaries(place, ["import", "big.shp", "--name", "BIG"] + description)
        #expect(whole.status == 0, "\(whole.error)")
        #expect(
            whole.output.split(separator: "\n").contains {
                $0.hasPrefix("Desa and kelurahan") && $0.hasSuffix(" 12")
            })
        #expect(
            whole.output.split(separator: "\n").contains {
                $0.hasPrefix("Area, km²") && $0.hasSuffix(" 59")
            })
        try FileManager.default.removeItem(at: place.url.appendingPathComponent("big.prj"))
        let bare = try boundaries(place, ["import", "big.shp", "--name", "BIG"] + description)
        #expect(bare.status == 65)
        #expect(bare.error.contains("--srs EPSG:32749"))
        let named = try boundaries(
            place, ["import", "big.shp", "--name", "BIG", "--srs", "EPSG:32749"] + description)
        #expect(named.status == 0, "\(named.error)")
        #expect(named.output == whole.output)
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: Self.detail.path),
            "the full-detail boundaries are not beside this checkout"))
    func fullDetailBoundariesOfBothAgenciesAreRead() throws {
        let place = try Place()
        let geodata = CommandRunner.root.appendingPathComponent("geodata").path
        try place.runner.peta("init", "--geodata", geodata)
        for (file, layer) in [
            ("probolinggo_desa.geojson", nil), ("probolinggo_desa_big_simplified.geojson", nil),
            ("shp/probolinggo_desa_utm49s.shp", nil), ("probolinggo_desa.gpkg", "desa"),
            ("probolinggo_desa.gpkg", "desa_big_sederhana"),
        ] as [(String, String?)] {
            let path = Self.detail.appendingPathComponent(file).path
            let outcome = try boundaries(
                place,
                ["import", path, "--name", file + (layer ?? "")] + description
                    + (layer.map { ["--layer", $0] } ?? []))
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.split(separator: "\n").contains {
                    $0.hasPrefix("Desa and kelurahan") && $0.hasSuffix(" 330")
                }, "\(file)")
        }
    }

    private static let detail = CommandRunner.root
        .appendingPathComponent("../shared/data/probolinggo")
}
