import Foundation
import Testing

/// Household files in the forms that GDAL writes, and tables geocoded on their own.
@Suite struct HouseholdFormsTests {
    private let env = URL(fileURLWithPath: "/usr/bin/env")

    private func prepared() throws -> Place {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        return place
    }

    private func ogr(_ place: Place, _ arguments: String...) throws {
        let made = try place.runner.run(env, ["ogr2ogr"] + arguments)
        try #require(made.status == 0, "\(made.error)")
    }

    private func line(_ outcome: CommandRunner.Outcome, _ name: String) -> Substring? {
        outcome.output.split(separator: "\n").first { $0.hasPrefix(name) }
    }

    @Test func anODSIsReadLikeTheTextItHolds() throws {
        let place = try prepared()
        try ogr(place, "-f", "ODS", "dtsen.ods", "dtsen.csv")
        let outcome = try place.runner.peta("import", "dtsen.ods", "--date", "2026-02-28")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(line(outcome, "Rows read")?.hasSuffix(" 721") == true, "\(outcome.output)")
        #expect(line(outcome, "Sum of rows")?.hasSuffix("exact") == true)
    }

    @Test(arguments: [
        ("GPKG", "gpkg", true), ("GeoJSON", "geojson", false), ("ESRI Shapefile", "shp", true),
    ])
    func pointsOfAGeographicFileAreTheFamiliesPositions(
        driver: String,
        suffix: String,
        isUTM: Bool
    ) throws {
        let place = try prepared()
        try place.write(
            "rumah.csv",
            "nomor_KK,lon,lat,catatan\n9935130000010205,113.05012,-7.89012,a\n"
                + "9935130000010206,113.05134,-7.89034,b\n")
        var arguments = [
            "-f", driver, "rumah.\(suffix)", "rumah.csv", "-oo", "X_POSSIBLE_NAMES=lon", "-oo",
            "Y_POSSIBLE_NAMES=lat", isUTM ? "-s_srs" : "-a_srs", "EPSG:4326", "-select",
            "nomor_KK,catatan",
        ]
        if isUTM { arguments += ["-t_srs", "EPSG:32749"] }
        let made = try place.runner.run(env, ["ogr2ogr"] + arguments)
        try #require(made.status == 0, "\(made.error)")
        try place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        let outcome = try place.runner.peta(
            "import", "rumah.\(suffix)", "--date", "2026-02-28")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(line(outcome, "Stored ")?.hasSuffix(" 2") == true, "\(outcome.output)")
        let geocode = try place.runner.peta("geocode")
        #expect(line(geocode, "With a position")?.hasSuffix(" 2") == true, "\(geocode.output)")
        #expect(line(geocode, "Position trusted")?.hasSuffix(" 2") == true, "\(geocode.output)")
    }

    @Test func linkCompareAndRotateWorkOnTheCommandLine() throws {
        let place = try prepared()
        let runner = place.runner
        try runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        // Three months later: one family is gone, one is new, and all others are the same.
        var rows = try String(
            contentsOf: place.url.appendingPathComponent("dtsen.csv"), encoding: .utf8
        ).split(separator: "\n")
        let gone = rows.remove(at: 5)
        rows.append(
            Substring(gone.replacingOccurrences(of: "99351300000", with: "99351399999")))
        try place.write("dtsen_mei.csv", rows.joined(separator: "\n") + "\n")
        try runner.peta("import", "dtsen_mei.csv", "--date", "2026-05-31")
        try runner.peta("geocode")
        let compare = try runner.peta("compare", "1", "2", "-o", "banding.csv")
        #expect(compare.status == 0, "\(compare.error)")
        #expect(line(compare, "New")?.hasSuffix(" 1") == true, "\(compare.output)")
        #expect(line(compare, "Gone")?.hasSuffix(" 1") == true)
        #expect(line(compare, "In both")?.hasSuffix(" 719") == true)
        #expect(line(compare, "Sum of keluarga")?.hasSuffix("exact") == true)
        let link = try runner.peta("link", "1", "2")
        #expect(link.status == 0, "\(link.error)")
        #expect(line(link, "The same family") != nil)
        #expect(try runner.peta("compare", "1", "1").status == 78)
        let before = try String(
            contentsOf: place.url.appendingPathComponent("peta.sqlite.key"), encoding: .utf8)
        let rotate = try runner.peta("key", "rotate")
        #expect(rotate.status == 0, "\(rotate.error)")
        let after = try String(
            contentsOf: place.url.appendingPathComponent("peta.sqlite.key"), encoding: .utf8)
        #expect(before != after)
        #expect(try runner.peta("geocode").status == 0)
        #expect(try runner.peta("key", "new").status == 77)
        #expect(try runner.peta("key", "new", "--key-file", "lain.key").status == 0)
        #expect(try runner.peta("geocode", "--key-file", "lain.key").status == 77)
    }

    @Test func aTableOfPointsGetsTheCodesOfItsAreas() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try ogr(place, "-f", "FlatGeobuf", "desa.fgb", "geodata/desa.geojson")
        try place.write(
            "titik.csv",
            "id,lon,lat,nama\n1,113.01,-7.89,\"a, b\"\n2,0,0,x\n3,,,y\n4,113.03,-7.87,z")
        for cache in [[], ["--cache", "desa.cache"], ["--cache", "desa.cache"]] {
            let outcome = try runner.run(
                CommandRunner.peta,
                [
                    "geocode", "titik.csv", "--boundaries", "desa.fgb", "--code-field",
                    "kode_desa", "-o", "out.csv",
                ] + cache)
            #expect(outcome.status == 0, "\(outcome.error)")
            let lines = try String(
                contentsOf: place.url.appendingPathComponent("out.csv"), encoding: .utf8
            ).split(separator: "\n")
            #expect(
                lines == [
                    "id,lon,lat,nama,kode_desa,match,probability",
                    "1,113.01,-7.89,\"a, b\",35.13.01.2001,certain,1",
                    "2,0,0,x,,outside,0", "3,,,y,,none,0",
                    "4,113.03,-7.87,z,35.13.01.2006,certain,1",
                ])
        }
        // A damaged cache is made anew, not believed.
        try place.write("desa.cache", "rusak")
        let again = try runner.peta(
            "geocode", "titik.csv", "--boundaries", "desa.fgb", "--code-field", "kode_desa",
            "--cache", "desa.cache", "-o", "out2.csv")
        #expect(again.status == 0, "\(again.error)")
        #expect(
            FileManager.default.contentsEqual(
                atPath: place.url.appendingPathComponent("out.csv").path,
                andPath: place.url.appendingPathComponent("out2.csv").path))
        let unknown = try runner.peta(
            "geocode", "titik.csv", "--boundaries", "desa.fgb", "--code-field", "kode", "-o",
            "o.csv")
        #expect(unknown.status == 78)
        #expect(unknown.error.contains("kode_desa"))
    }

    @Test func aTableOfNamesGetsTheCodesOfTheGazetteer() throws {
        let place = try Place()
        let gazetteer = CommandRunner.root.appendingPathComponent("geodata/gazetteer.csv").path
        try place.write(
            "nama.csv",
            """
            desa,kecamatan
            KLENANG KIDUL,BANYUANYAR
            Ds. Klenang Kdl,
            Sumberejo,
            Wonokromo,Wonokromo
            ,

            """)
        let outcome = try place.runner.peta(
            "geocode", "nama.csv", "--gazetteer", gazetteer, "-o", "out.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let rows = try String(
            contentsOf: place.url.appendingPathComponent("out.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows[0].suffix(3) == ["kode_desa", "match", "probability"])
        #expect(rows[1][2] == "35.13.06.2003" && rows[1][3] == "certain")
        #expect(rows[2][2] == "35.13.06.2003")
        #expect(rows[3][2] == "" && rows[3][3] == "ambiguous")
        #expect(rows[4][2] == "" && rows[4][3] == "outside")
        #expect(rows[5][2] == "" && rows[5][3] == "none")
    }

    @Test func aTableWithoutAPlaceIsTold() throws {
        let place = try Place()
        let gazetteer = CommandRunner.root.appendingPathComponent("geodata/gazetteer.csv").path
        try place.write("suhu.csv", "tanggal,suhu\n1,2\n")
        let outcome = try place.runner.peta("geocode", "suhu.csv", "--gazetteer", gazetteer)
        #expect(outcome.status == 65)
        #expect(outcome.error.contains("Name the columns"))
        #expect(try place.runner.peta("geocode", "suhu.csv").status == 64)
    }
}
