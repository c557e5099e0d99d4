import Foundation
import GRDB
import Geospatial
import PovertyModel
import Testing

@testable import SpatialStore

@Suite struct BoundaryTableTests {
    @Test func polygonsComeBackToTheBit() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        let set = try made.database.saveBoundarySet(
            Made.boundarySet("satu"), boundaries: Made.boundaries)
        #expect(try made.database.boundaries(of: set) == Made.boundaries)
        #expect(try made.database.invalidGeometryCount() == 0)
    }

    @Test func severalSetsLiveSideBySideAndTheLastOneIsActive() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        let first = try made.database.saveBoundarySet(
            Made.boundarySet("satu"), boundaries: Made.boundaries)
        let second = try made.database.saveBoundarySet(
            Made.boundarySet("dua"), boundaries: Array(Made.boundaries.prefix(2)))
        #expect(try made.database.activeBoundarySet() == second)
        #expect(try made.database.boundaries(of: first).count == 4)
        #expect(try made.database.boundaries(of: second).count == 2)
    }

    @Test func aSetOfTheSameNameIsReplaced() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        let first = try made.database.saveBoundarySet(
            Made.boundarySet("satu"), boundaries: Made.boundaries)
        let again = try made.database.saveBoundarySet(
            Made.boundarySet("satu"), boundaries: Array(Made.boundaries.prefix(1)))
        #expect(again.id == first.id)
        #expect(try made.database.boundaries(of: again).count == 1)
    }

    @Test func aPolygonOfAnUnknownDesaIsRefusedAndNothingChanges() throws {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Array(Made.desa.prefix(3)))
        #expect(throws: StoreError.unknownDesa(code: "35.13.01.2004")) {
            try made.database.saveBoundarySet(
                Made.boundarySet("satu"), boundaries: Made.boundaries)
        }
        #expect(try made.database.activeBoundarySet() == nil)
    }

    @Test func spatiaLiteAndTheLocatorAgreeOnRandomPointsOfTheRealMap() throws {
        let made = try TemporaryDatabase()
        let (units, boundaries) = try realMap()
        try made.database.saveGazetteer(units)
        try made.database.saveBoundarySet(Made.boundarySet("nyata"), boundaries: boundaries)
        let locator = PolygonLocator(boundaries.map(\.area))
        var inside = 0
        // A fixed lattice with steps that hit no border.
        for column in 0..<25 {
            for row in 0..<25 {
                let point = Coordinate(
                    longitude: 112.9301 + 0.028313 * Double(column),
                    latitude: -8.0271 + 0.013917 * Double(row))
                let found = locator.index(of: point).map { boundaries[$0].desa }
                let expected = try made.database.desa(at: point)
                #expect(expected.count <= 1, "\(point)")
                #expect(found == expected.first, "\(point)")
                inside += found == nil ? 0 : 1
            }
        }
        #expect(inside > 200)
    }

    @Test func areasAgreeWithSpatiaLiteOnTheEllipsoid() throws {
        let made = try TemporaryDatabase()
        let (units, boundaries) = try realMap()
        try made.database.saveGazetteer(units)
        try made.database.saveBoundarySet(Made.boundarySet("nyata"), boundaries: boundaries)
        let areas = try made.database.read { db in
            try Double.fetchAll(
                db, sql: "SELECT ST_Area(geom, 1) / 1e6 FROM boundary ORDER BY desa_code")
        }
        try #require(areas.count == boundaries.count)
        for (boundary, expected) in zip(boundaries, areas) {
            #expect(abs(boundary.areaKm2 / expected - 1) < 3e-6, "\(boundary.desa.dotted)")
        }
    }

    @Test func utmAgreesWithProj() throws {
        let made = try TemporaryDatabase()
        for (longitude, latitude) in [(112.93, -8.02), (113.2, -7.75), (113.64, -7.68)] {
            let coordinate = Coordinate(longitude: longitude, latitude: latitude)
            let point = TransverseMercator.utm49S.project(coordinate)
            let row = try made.database.read { db in
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT ST_X(g), ST_Y(g) FROM (
                            SELECT ST_Transform(MakePoint(?, ?, 4326), 32749) AS g)
                        """,
                    arguments: [longitude, latitude])
            }
            let x: Double = try #require(row)[0]
            let y: Double = try #require(row)[1]
            #expect(abs(point.x - x) < 1e-5)
            #expect(abs(point.y - y) < 1e-5)
        }
    }

    private func realMap() throws -> (units: [Desa], boundaries: [DesaBoundary]) {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("geodata/desa.geojson"))
        var units: [Desa] = []
        var boundaries: [DesaBoundary] = []
        for (index, feature) in try GeoJSONAreas.read(data).enumerated() {
            let code = try #require(DesaCode(feature.properties["kode_desa"] ?? ""))
            units.append(
                Desa(
                    code: code,
                    bpsCode: try #require(BPSDesaCode(number: 3_513_000_000 + index)),
                    name: feature.properties["nama_desa"] ?? "",
                    kind: .desa,
                    kecamatanName: "",
                    otherNames: [],
                    labelPoint: Coordinate(longitude: 113, latitude: -8)))
            boundaries.append(
                DesaBoundary(
                    desa: code, areaKm2: EqualArea.areaKm2(feature.area), area: feature.area))
        }
        return (units, boundaries.sorted { $0.desa < $1.desa })
    }
}
