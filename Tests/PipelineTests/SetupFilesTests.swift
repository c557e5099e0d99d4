import Foundation
import PovertyModel
import SpatialStore
import Testing

@testable import Pipeline

@Suite struct SetupFilesTests {
    @Test func theStandardRulesAreReadAndTheOneInForceIsFound() throws {
        let shop = try Workshop()
        let rules = try CriteriaFile.read(path: shop.criteria)
        #expect(rules.map(\.id) == ["desil-1-p3ke", "desil-1-dtsen"])
        let date = try #require(CalendarDate("2026-02-28"))
        #expect(ExtremePovertyRule.inForce(on: date, among: rules)?.id == "desil-1-dtsen")
        #expect(rules.allSatisfy { !$0.name.contains("BPS") })
    }

    @Test(arguments: [
        ("{", "the file is no JSON"),
        (#"{"aturan":[]}"#, "“aturan” lists no rule"),
        (#"{"aturan":[{"id":"a"}]}"#, "“nama” is missing at aturan.Index 0"),
        (
            #"{"aturan":[{"id":"a","nama":"A","berlaku_sejak":"2025-13-01","#
                + #""desil_tertinggi":1,"dasar":""}]}"#,
            "berlaku_sejak of rule a is no date such as 2025-02-05"
        ),
        (
            #"{"aturan":[{"id":"a","nama":"A","berlaku_sejak":"2025-01-01","#
                + #""desil_tertinggi":11,"dasar":""}]}"#,
            "desil_tertinggi of rule a is not 1 to 9"
        ),
    ])
    func aBadCriteriaFileSaysWhatIsWrong(text: String, problem: String) throws {
        let shop = try Workshop()
        let path = try shop.file("k.json", text)
        #expect(throws: PipelineError.badCriteria(path: path, problem: problem)) {
            try CriteriaFile.read(path: path)
        }
    }

    @Test func indicatorsAreReadAndAreTheStandardOnesWithoutAList() throws {
        let shop = try Workshop()
        let standard = PovertyIndicator.standard
        #expect(try CriteriaFile.indicators(path: shop.criteria).map(\.id) == standard.map(\.id))
        let rule =
            #"{"aturan":[{"id":"a","nama":"A","berlaku_sejak":"2025-01-01","#
            + #""desil_tertinggi":1,"dasar":""}]"#
        let old = try shop.file("tanpa.json", rule + "}")
        #expect(try CriteriaFile.indicators(path: old) == standard)
        let none = try shop.file("kosong.json", rule + #","indikator":[]}"#)
        #expect(try CriteriaFile.indicators(path: none).isEmpty)
        let own = try shop.file(
            "sendiri.json",
            rule + #","indikator":[{"id":"x","nama":"X","berlaku_sejak":"2025-01-01","#
                + #""pembilang":[1,2],"penyebut":[1,4]}]}"#)
        let indicator = try #require(CriteriaFile.indicators(path: own).first)
        #expect(indicator.counted == Desil.all[0]...Desil.all[1])
        #expect(indicator.among == Desil.all[0]...Desil.all[3])
    }

    @Test(arguments: [
        (#""id":"ekstrem","pembilang":[1,2]"#, "the id of an indicator is not small"),
        (#""id":"A B","pembilang":[1,2]"#, "the id of an indicator is not small"),
        (#""id":"a","pembilang":[2,1]"#, "pembilang is no pair of desil"),
        (#""id":"a","pembilang":[1,11]"#, "pembilang is no pair of desil"),
        (#""id":"a","pembilang":[1,2],"penyebut":[1]"#, "penyebut is no pair of desil"),
        (#""id":"a","pembilang":[1,4],"penyebut":[1,4]"#, "pembilang is no part"),
        (#""id":"a","pembilang":[1,4],"penyebut":[2,5]"#, "pembilang is no part"),
        (#""id":"a","pembilang":[1,10]"#, "pembilang is no part"),
    ])
    func aBadIndicatorSaysWhatIsWrong(fields: String, problem: String) throws {
        let shop = try Workshop()
        let path = try shop.file(
            "k.json",
            #"{"aturan":[],"indikator":[{"nama":"N","berlaku_sejak":"2025-01-01","# + fields
                + "}]}")
        do {
            _ = try CriteriaFile.indicators(path: path)
            Issue.record("\(fields) was read")
        } catch PipelineError.badCriteria(_, let found) {
            #expect(found.hasPrefix(problem), "\(found)")
        }
    }

    @Test func aBadGazetteerSaysWhichCell() throws {
        let shop = try Workshop()
        let head =
            "kode_desa,kode_bps,nama_desa,jenis,nama_kecamatan,titik_lon,titik_lat,nama_lain\n"
        let path = try shop.file(
            "g.csv", head + "35.13.01.2001,3513010001,Uji,kampung,Uji,113,-8,\n")
        #expect(
            throws: PipelineError.badGazetteer(
                path: path, row: 2, column: "jenis", problem: "neither desa nor kelurahan")
        ) {
            try GazetteerFile.read(path: path)
        }
        let short = try shop.file("h.csv", "kode_desa,nama_desa\n")
        #expect(
            throws: PipelineError.badGazetteer(
                path: short, row: 1, column: "kode_bps", problem: "the column is missing")
        ) {
            try GazetteerFile.read(path: short)
        }
    }

    @Test func badBoundariesSayWhatIsWrong() throws {
        let shop = try Workshop()
        func read(_ text: String) throws {
            _ = try BoundaryImport.features(
                path: shop.file("b.geojson", text), layer: nil)
        }
        let path = shop.folder.appendingPathComponent("b.geojson").path
        #expect(throws: PipelineError.notGeoJSON(path: path)) { try read("{]") }
        #expect(throws: PipelineError.noAreas(path: path)) {
            try read(#"{"type":"FeatureCollection","features":[]}"#)
        }
        #expect(
            throws: PipelineError.brokenArea(
                path: path, feature: 1, problem: "Point is no polygon")
        ) {
            try read(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","#
                    + #""properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#)
        }
    }

    @Test func stepsOutOfOrderAreTold() throws {
        let shop = try Workshop()
        let publication = ReleasePublication(
            database: shop.database, criteriaPath: shop.criteria, progress: SilentProgress())
        #expect(throws: PipelineError.noRegister(database: shop.database.path)) {
            try publication.run()
        }
        #expect(throws: PipelineError.noRegister(database: shop.database.path)) {
            try KeluargaGeocoding(
                database: shop.database, seal: shop.seal, progress: SilentProgress()
            ).registers()
        }
    }
}
