import Foundation
import Testing

/// `peta hotspots` on published data sets gives the published values.
@Suite struct HotspotsCommandTests {
    private static let references = CommandRunner.root
        .appendingPathComponent("Tests/SpatialStatisticsTests/References")

    /// Rows of a CSV file by column name.
    private func table(_ url: URL) throws -> [[String: String]] {
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        func cells(_ line: Substring) -> [String] {
            line.replacingOccurrences(of: "\"", with: "")
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = cells(lines[0])
        return lines.dropFirst().map { line in
            Dictionary(uniqueKeysWithValues: zip(header, cells(line)))
        }
    }

    private func run(
        _ set: String,
        _ options: String...
    ) throws -> (rows: [[String: String]], reference: [[String: String]], output: String) {
        let place = try Place()
        let folder = Self.references.appendingPathComponent(set)
        let file = folder.appendingPathComponent("reference.csv")
        let outcome = try place.runner.run(
            CommandRunner.peta,
            ["hotspots", file.path, "--output", "out.csv"] + options
                + ["--weights", "gal:" + folder.appendingPathComponent("weights.gal").path])
        #expect(outcome.status == 0, "\(outcome.error)")
        return (
            try table(place.url.appendingPathComponent("out.csv")), try table(file), outcome.output
        )
    }

    private func expectEqual(
        _ pair: (rows: [[String: String]], reference: [[String: String]], output: String),
        _ column: String,
        _ expected: String,
        tolerance: Double = 1e-9
    ) throws {
        try #require(pair.rows.count == pair.reference.count)
        for (row, reference) in zip(pair.rows, pair.reference) {
            #expect(row["id"] == reference["id"])
            let value = try #require(Double(row[column] ?? ""))
            let wanted = try #require(Double(reference[expected] ?? ""))
            #expect(
                abs(value - wanted) <= tolerance * max(1, abs(wanted)),
                "\(column) of \(row["id"] ?? ""): \(value), \(wanted)")
        }
    }

    @Test(arguments: ["columbus-crime", "ncsids74-ft", "afcon-anselin1995", "eire-owncons"])
    func giStarAndItsFalseDiscoveryRateAreThePublishedOnes(set: String) throws {
        let pair = try run(set, "--value", "value", "--permutations", "0")
        try expectEqual(pair, "z", "GiStar_z_B")
        try expectEqual(pair, "p", "GiStar_p")
        try expectEqual(pair, "q", "GiStar_p_fdr")
    }

    @Test(arguments: ["columbus-crime", "ncsids74-ft"])
    func giAndLocalMoranAreThePublishedOnes(set: String) throws {
        let gi = try run(set, "--value", "value", "--permutations", "0", "--statistic", "gi")
        try expectEqual(gi, "z", "Gi_z_B")
        let moran = try run(
            set, "--value", "value", "--permutations", "0", "--statistic", "moran", "--style",
            "row")
        try expectEqual(moran, "statistic", "Ii")
        try expectEqual(moran, "expectation", "EIi_cond")
        try expectEqual(moran, "variance", "VarIi_cond")
        let name = ["HH": "tinggi_tinggi", "LL": "rendah_rendah", "HL": "tinggi_rendah"]
        for (row, reference) in zip(moran.rows, moran.reference) {
            #expect(row["quadrant"] == name[reference["quadrant"] ?? ""] ?? "rendah_tinggi")
        }
    }

    @Test func theReportTestsTheWholeMapAndSaysWhatTheWeightsAre() throws {
        for (statistic, name) in [
            ("moran", "Moran's I"), ("geary", "Geary's C"), ("gistar", "General G"),
        ] {
            let output = try run(
                "columbus-crime", "--value", "value", "--statistic", statistic, "--permutations",
                "999"
            ).output
            func line(_ start: String) -> String {
                output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                    .first { $0.hasPrefix(start) } ?? ""
            }
            #expect(!line(name).isEmpty, "\(output)")
            // Crime of Columbus is clustered: no draw in a thousand is so.
            let small = statistic == "geary" ? "p of the map, low" : "p of the map, high"
            #expect(line(small).hasSuffix(" 0.001"), "\(output)")
            #expect(line("p of the map, two-sided").hasSuffix(" 0.002"), "\(output)")
            #expect(line("Draws of the map").hasSuffix(" 999"))
            #expect(line("Neighbours").hasSuffix("2 to 10, on average 4.69388"), "\(output)")
            #expect(line("Connected parts").hasSuffix(" 1"))
        }
        let analytic = try run("columbus-crime", "--value", "value", "--permutations", "0").output
        #expect(analytic.contains("General G") && !analytic.contains("p of the map"))
    }

    /// The rows of a shared reference file that belong to `set`, by id.
    private func reference(_ folder: String, _ file: String, of set: String) throws
        -> [String: [String: String]]
    {
        let rows = try table(
            Self.references.appendingPathComponent(folder).appendingPathComponent(file)
        ).filter { $0["case"] == set }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"] ?? "", $0) })
    }

    @Test(arguments: ["columbus-crime", "afcon-anselin1995"])
    func localGearyIsThatOfEsda(set: String) throws {
        let pair = try run(
            set, "--value", "value", "--statistic", "geary", "--style", "row",
            "--permutations", "999")
        let expected = try reference("local-geary", "reference.csv", of: set)
        #expect(expected.count == pair.rows.count)
        for row in pair.rows {
            let value = try #require(Double(row["statistic"] ?? ""))
            let wanted = try #require(
                Double(expected[row["id"] ?? ""]?["local_geary"] ?? ""))
            #expect(abs(value - wanted) < 1e-9 * max(1, wanted), "\(row["id"] ?? "")")
            #expect(
                ["tinggi_tinggi", "rendah_rendah", "serupa", "berlainan"].contains(
                    row["association"] ?? ""))
        }
        #expect(pair.output.contains("Geary's C"))
    }

    @Test func groupsJoinsDensityAndBivariateGiveARowForEachArea() throws {
        let groups = try run(
            "ncsids74-ft", "--value", "value", "--statistic", "moran", "--style", "row",
            "--permutations", "99")
        #expect(groups.rows.count == 100)
        let place = try Place()
        var rows = ["id,x,y,kasus,orang,dua,lain"]
        // A grid of 12 by 12 cells of 1 km; the four in a corner are five times as poor.
        for number in 0..<144 {
            let (column, row) = (number % 12, number / 12)
            let isPoor = column < 3 && row < 3
            rows.append(
                "\(number),\(column * 1000),\(row * 1000),\(isPoor ? 200 : 40 + number % 7),1000,"
                    + "\(isPoor ? 1 : 0),\(column + row)")
        }
        try place.write("kotak.csv", rows.joined(separator: "\n") + "\n")
        func result(_ options: String...) throws -> [[String: String]] {
            let outcome = try place.runner.run(
                CommandRunner.peta, ["hotspots", "kotak.csv", "-o", "out.csv"] + options)
            #expect(outcome.status == 0, "\(outcome.error)")
            let rows = try table(place.url.appendingPathComponent("out.csv"))
            #expect(rows.count == 144)
            return rows
        }
        let found = try result(
            "--value", "kasus", "--population", "orang", "--statistic", "groups", "--weights",
            "distance:1500", "--permutations", "999")
        let hot = found.filter { $0["class"]?.hasPrefix("panas") == true }
        #expect(
            Set(hot.compactMap { $0["id"] })
                == Set(["0", "1", "2", "12", "13", "14", "24", "25", "26"]))
        #expect(Set(hot.compactMap { $0["cluster"] }) == ["1"])
        let ellipse = try result(
            "--value", "kasus", "--population", "orang", "--statistic", "scan", "--shape",
            "ellipse", "--permutations", "99")
        #expect(ellipse[13]["class"] == "klaster_utama")
        #expect((Double(ellipse[13]["axis_ratio"] ?? "") ?? 0) >= 1)
        let joins = try result(
            "--value", "dua", "--statistic", "join-count", "--weights", "distance:1500")
        #expect(joins[13]["statistic"] == "8" && joins[13]["class"] == "berkelompok")
        #expect(joins[143]["class"] == "bernilai_0")
        let density = try result(
            "--value", "kasus", "--statistic", "kde", "--bandwidth", "1000")
        let corner = try #require(Double(density[13]["statistic"] ?? ""))
        let other = try #require(Double(density[130]["statistic"] ?? ""))
        #expect(corner > 2 * other)
        let both = try result(
            "--value", "kasus", "--with", "lain", "--statistic", "bivariate-moran", "--weights",
            "knn:4", "--permutations", "999")
        #expect(both[0]["quadrant"] == "tinggi_rendah")
        // Weights with values: the analytic z by formula agrees with itself through a file.
        let kernel = try result(
            "--value", "kasus", "--statistic", "gi", "--weights", "inverse:1:1000",
            "--permutations", "0")
        let band = try result(
            "--value", "kasus", "--statistic", "gi", "--weights", "distance:1000",
            "--permutations", "0")
        // All links of this grid are 1 km long, so that both weigh alike.
        for (a, b) in zip(kernel, band) {
            let (x, y) = (Double(a["z"] ?? "") ?? .nan, Double(b["z"] ?? "") ?? .nan)
            #expect(abs(x - y) < 1e-9)
        }
        try place.write(
            "w.gwt",
            "0 144 kotak id\n" + (0..<143).map { "\($0) \($0 + 1) 0.5" }.joined(separator: "\n")
                + "\n")
        _ = try result(
            "--value", "kasus", "--statistic", "gistar", "--weights", "gwt:w.gwt")
        for wrong in [
            ["--statistic", "bivariate-moran", "--weights", "knn:4"], ["--weights", "kernel:9"],
        ] {
            let outcome = try place.runner.run(
                CommandRunner.peta,
                ["hotspots", "kotak.csv", "-o", "o.csv", "--value", "kasus"] + wrong)
            #expect(outcome.status != 0)
        }
    }

    @Test func theReportHoldsTheGlobalMoran() throws {
        let pair = try run(
            "columbus-crime", "--value", "value", "--statistic", "moran", "--style", "row",
            "--permutations", "0")
        #expect(pair.output.contains("0.485771"))
        #expect(pair.output.contains("5.34271"))
    }

    @Test func empiricalBayesAndItsMoranAreThePublishedOnes() throws {
        let rates = try run(
            "eb-auckland", "--value", "cases", "--population", "pop", "--statistic", "eb")
        try expectEqual(rates, "statistic", "beta_post_mean")
        try expectEqual(rates, "marshall_rate", "eb_global_poisson")
        try expectEqual(rates, "raw_rate", "raw")
        try expectEqual(rates, "exceedance", "p_exceed_overall", tolerance: 1e-8)
        try expectEqual(rates, "excess_risk", "excess_risk")
        let moran = try run(
            "eb-auckland", "--value", "cases", "--population", "pop", "--statistic", "eb-moran",
            "--style", "row", "--permutations", "0")
        try expectEqual(moran, "statistic", "lisa_Ii")
        try expectEqual(moran, "variance", "lisa_VarIi")
    }

    @Test func theScanFindsThePublishedClusters() throws {
        let place = try Place()
        let folder = Self.references.appendingPathComponent("scan-auckland")
        let outcome = try place.runner.peta(
            "hotspots", folder.appendingPathComponent("areas.csv").path, "--value", "cases",
            "--population", "pop", "--statistic", "scan", "--model", "poisson", "--permutations",
            "999", "-o", "out.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let rows = try table(place.url.appendingPathComponent("out.csv"))
        let clusters = try table(folder.appendingPathComponent("clusters.csv"))
            .filter { $0["model"] == "poisson" && $0["max_frac"] == "0.5" }
        #expect(clusters.count >= 4)
        for cluster in clusters.prefix(4) {
            let rank = try #require(cluster["rank"])
            let members = rows.filter { $0["cluster"] == rank }
            let wanted = Set(
                try #require(cluster["members"]).split(separator: ";").map(String.init))
            #expect(Set(members.compactMap { $0["id"] }) == wanted, "cluster \(rank)")
            let ratio = try #require(Double(members.first?["statistic"] ?? ""))
            let expected = try #require(Double(cluster["llr"] ?? ""))
            #expect(abs(ratio - expected) < 1e-8)
        }
        #expect(rows.count { $0["class"] == "klaster_utama" } == 17)
    }

    @Test func permutationAgreesWithTheReferenceWithinItsBand() throws {
        let place = try Place()
        let folder = Self.references.appendingPathComponent("columbus-crime")
        try place.runner.peta(
            "hotspots", folder.appendingPathComponent("reference.csv").path, "--value", "value",
            "--weights", "gal:" + folder.appendingPathComponent("weights.gal").path,
            "--permutations", "9999", "--seed", "7", "-o", "out.csv")
        let rows = try table(place.url.appendingPathComponent("out.csv"))
        let reference = try table(folder.appendingPathComponent("conditional-permutation.csv"))
        try #require(rows.count == reference.count)
        for (row, expected) in zip(rows, reference) {
            let p = try #require(Double(row["p"] ?? ""))
            let wanted = try #require(Double(expected["p_two_sided"] ?? ""))
            // Five standard errors of 9,999 draws of a two-sided p.
            #expect(abs(p - wanted) < 5 * 2 * (wanted / 2 / 9999).squareRoot() + 1e-3)
        }
    }

    @Test func polygonsFindTheirOwnNeighboursAndRowsWithoutAValueStay() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        var text = try String(
            contentsOf: place.url.appendingPathComponent("geodata/desa.geojson"), encoding: .utf8)
        for desa in 1...12 {
            let code = "\"kode_desa\":\"35.13.01.20\(desa < 10 ? "0" : "")\(desa)\""
            let value = desa == 3 ? "null" : String(desa * desa % 7)
            text = text.replacingOccurrences(of: code, with: code + ",\"nilai\":\(value)")
        }
        try place.write("a.geojson", text)
        let outcome = try place.runner.peta(
            "hotspots", "a.geojson", "--id", "kode_desa", "--value", "nilai", "--weights",
            "queen", "--permutations", "99", "-o", "out.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let rows = try table(place.url.appendingPathComponent("out.csv"))
        #expect(rows.count == 12)
        #expect(rows[2]["class"] == "tidak_ada_data")
        #expect(rows[2]["z"] == "")
        #expect(rows[11]["class"] == "tidak_diuji")
        #expect(rows[11]["neighbours"] == "0")
        #expect(rows[0]["neighbours"] == "3")
        #expect(rows[5]["neighbours"] == "7")
    }

    @Test func everyKindOfFileGivesTheSameFiguresAndGDALReadsThem() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        var text = try String(
            contentsOf: place.url.appendingPathComponent("geodata/desa.geojson"), encoding: .utf8)
        for desa in 1...12 {
            let code = "\"kode_desa\":\"35.13.01.20\(desa < 10 ? "0" : "")\(desa)\""
            text = text.replacingOccurrences(
                of: code, with: code + ",\"nilai\":\(desa * desa % 7).5")
        }
        try place.write("a.geojson", text)
        let options = [
            "--id", "kode_desa", "--value", "nilai", "--weights", "queen", "--permutations", "0",
        ]
        let env = URL(fileURLWithPath: "/usr/bin/env")
        func hotspots(_ input: String, _ output: String) throws {
            let outcome = try place.runner.run(
                CommandRunner.peta, ["hotspots", input, "--output", output] + options)
            #expect(outcome.status == 0, "\(outcome.error)")
        }
        // GDAL writes the input as a GeoPackage, peta reads it.
        let converted = try place.runner.run(env, ["ogr2ogr", "a.gpkg", "a.geojson"])
        try #require(converted.status == 0, "\(converted.error)")
        try hotspots("a.geojson", "one.csv")
        try hotspots("a.gpkg", "two.csv")
        #expect(
            try String(contentsOf: place.url.appendingPathComponent("one.csv"), encoding: .utf8)
                == String(
                    contentsOf: place.url.appendingPathComponent("two.csv"), encoding: .utf8))
        // peta writes both kinds, GDAL reads them.
        for name in ["out.gpkg", "out.geojson"] {
            try hotspots("a.gpkg", name)
            let info = try place.runner.run(env, ["ogrinfo", "-ro", "-al", name])
            #expect(info.status == 0, "\(info.error)")
            #expect(info.output.contains("Feature Count: 12"))
            #expect(info.output.contains("id (String) = 35.13.01.2001"))
            #expect(info.output.contains("z (Real)"))
            #expect(!info.error.contains("Warning"), "\(info.error)")
        }
        let projected = try place.runner.run(
            env, ["ogr2ogr", "-t_srs", "EPSG:32749", "b.gpkg", "a.geojson"])
        try #require(projected.status == 0)
        let refused = try place.runner.run(
            CommandRunner.peta, ["hotspots", "b.gpkg", "--output", "x.csv"] + options)
        #expect(refused.status == 65)
        #expect(refused.error.contains("is in EPSG:32749, not in EPSG:4326"))
    }

    @Test(arguments: [
        (["--value", "nilai", "--weights", "gal:w.gal"], Int32(65), "has no column “nilai”"),
        (["--value", "v", "--weights", "ratu"], 65, "choose queen"),
        (["--value", "v", "--weights", "queen"], 65, "a table has no borders"),
        (["--value", "v"], 78, "needs --weights"),
        (["--value", "v", "--statistic", "eb"], 78, "needs --population"),
        (["--value", "t", "--weights", "knn:1"], 65, "data row 1, “t”: no number"),
        (["--value", "v", "--weights", "knn:9"], 65, "knn takes a number from 1 to 2"),
        (["--value", "v", "--population", "n", "--weights", "knn:1"], 65, "larger than its"),
    ])
    func eachMistakeIsTold(options: [String], status: Int32, part: String) throws {
        let place = try Place()
        try place.write("a.csv", "id,v,n,t,x,y\n1,5,3,satu,0,0\n2,1,3,dua,1,0\n3,1,3,tiga,2,0\n")
        let outcome = try place.runner.run(
            CommandRunner.peta, ["hotspots", "a.csv", "-o", "out.csv"] + options)
        #expect(outcome.status == status, "\(outcome.error)")
        #expect(outcome.error.contains(part), "\(outcome.error)")
        #expect(
            !FileManager.default.fileExists(
                atPath: place.url.appendingPathComponent("out.csv").path))
    }
}
