import FeatureFilter
import Geospatial
import Testing

struct FilterCheckTests {
    static let check = FilterCheck(queryables: FilterSamples.queryables)

    static func geometry(
        _ literal: String,
        in system: FilterReferenceSystem
    ) throws -> Geometry? {
        let check = FilterCheck(queryables: FilterSamples.queryables, referenceSystem: system)
        let filter = try check.check(try CQL2Text.parse("S_INTERSECTS(geom,\(literal))"))
        guard case .spatial(_, _, let right) = filter.expression.kind,
            case .geometry(let geometry) = right.kind
        else { return nil }
        return geometry
    }

    @Test(
        "what does not fit is an error at its place",
        arguments: [
            ("nama = 1", 8), ("1 = nama", 5), ("nama", 1), ("keluarga", 1), ("geom", 1),
            ("NOT nama", 5), ("keluarga = 1 AND kk", 18), ("geom = geom", 1), ("desa = 1", 1),
            ("nama = 'x' OR Nama = 'x'", 15), ("keluarga LIKE 'x'", 1), ("nama LIKE kecamatan", 11),
            ("nama LIKE 1", 11), ("keluarga BETWEEN 1 AND 'x'", 24), ("keluarga IN (1,'x')", 16),
            ("nama + 1 = 2", 1), ("casei(keluarga) = 'x'", 7), ("verval = '28-02-2026'", 10),
            ("mulai > 5", 9), ("s_within(geom,nama)", 15), ("s_within(1,geom)", 10),
            ("t_after(nama,verval)", 9), ("t_during(verval,interval('..','..'))", 10),
            ("t_meets(interval('..','..'),mulai)", 29), ("t_after(interval(nama,'..'),mulai)", 18),
            ("interval('..','..') = verval", 1), ("f(1)", 1), ("pesisir = 1", 11),
            ("s_within(geom,BBOX(0,5,1,4))", 15), ("jarak(geom,1) < 5", 1),
        ])
    func refuses(text: String, character: Int) throws {
        let filter = try CQL2Text.parse(text)
        let error = #expect(throws: FilterError.self, "\(text)") { try Self.check.check(filter) }
        #expect(error?.place == .character(character), "\(text): \(error?.description ?? "")")
    }

    @Test(
        "these fit",
        arguments: [
            "pesisir", "NOT pesisir AND true", "(keluarga > 1) = pesisir", "1 = 1",
            "verval = verval", "mulai > verval", "verval IN ('2026-02-28','2026-03-01')",
            "'2026-02-28T07:00:00Z' < mulai", "DATE('2026-01-01') < mulai",
            "nama BETWEEN 'a' AND 'b'", "(keluarga > 1) IS NULL",
            "t_intersects(verval,mulai)", "t_equals(mulai,interval(verval,'..'))",
            "s_equals(POINT(1 2),POINT(1 2))", "date IS NULL",
        ])
    func accepts(text: String) throws {
        #expect(throws: Never.self) { try Self.check.check(try CQL2Text.parse(text)) }
    }

    @Test("an unknown property is told with those that there are, in words without the values")
    func words() throws {
        let check = FilterCheck(queryables: ["nama": .string, "desil": .integer])
        let error = #expect(throws: FilterError.self) {
            try check.check(try CQL2Text.parse("desa = 'rahasia'"))
        }
        #expect(
            error?.description
                == "Character 1 of the filter: there is no property \"desa\"; "
                + "there are desil, nama.")
        #expect(error?.reason == .unknownProperty("desa", known: ["desil", "nama"]))
    }

    @Test("geometries of every reference system come to lie at the same place")
    func referenceSystems() throws {
        // EPSG:3857 and EPSG:32749 of 113.25 E, 7.75 S by PROJ 9.5.1.
        let literals: [(FilterReferenceSystem, String)] = [
            (.crs84, "POINT(113.25 -7.75)"), (.epsg4326, "POINT(-7.75 113.25)"),
            (.epsg3857, "POINT(12606932.332338233 -865368.9024406747)"),
            (.epsg32749, "POINT(748158.7589935046 9142682.543444432)"),
        ]
        for (system, literal) in literals {
            let geometry = try #require(try Self.geometry(literal, in: system))
            guard case .point(let point) = geometry else {
                Issue.record("\(geometry)")
                continue
            }
            #expect(abs(point.longitude - 113.25) < 1e-8, "\(system)")
            #expect(abs(point.latitude + 7.75) < 1e-8, "\(system)")
        }
        #expect(throws: FilterError.self) {
            try Self.geometry("POINT(1e9 9000000)", in: .epsg32749)
        }
    }

    @Test(
        "positions that are not on the earth are errors",
        arguments: [
            "POINT(90 180)", "MULTIPOINT(7.02 49.92, 90 180)", "POINT(180.1 0)",
            "LINESTRING(0 0,1 -91)", "BBOX(0,0,1,91)", "BBOX(-181,0,1,1)",
            "GEOMETRYCOLLECTION(POINT(1e300 0))",
        ])
    func outside(literal: String) {
        #expect(throws: FilterError.self) { try Self.geometry(literal, in: .crs84) }
    }

    @Test("the edges of the web map are on the earth")
    func edges() throws {
        let edge = "20037508.342789244"
        let box = try Self.geometry("BBOX(-\(edge),-\(edge),\(edge),\(edge))", in: .epsg3857)
        let west = try #require(box?.boundingBox?.west)
        #expect(west == -180)
        #expect(throws: FilterError.self) {
            try Self.geometry("POINT(20037509 0)", in: .epsg3857)
        }
    }

    @Test("a box becomes an area, two over the antimeridian, a line or a point")
    func boxes() throws {
        func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Polygon {
            Polygon(
                exterior: [(west, south), (east, south), (east, north), (west, north)].map {
                    Coordinate(longitude: $0.0, latitude: $0.1)
                })
        }
        #expect(
            try Self.geometry("BBOX(112,-8,114,-7)", in: .crs84) == .polygon(box(112, -8, 114, -7)))
        #expect(
            try Self.geometry("BBOX(-8,112,-7,114)", in: .epsg4326)
                == .polygon(box(112, -8, 114, -7)))
        #expect(
            try Self.geometry("BBOX(170,-90,-170,90)", in: .crs84)
                == .multiPolygon(
                    MultiPolygon([box(170, -90, 180, 90), box(-180, -90, -170, 90)])))
        #expect(
            try Self.geometry("BBOX(1,2,1,2)", in: .crs84)
                == .point(Coordinate(longitude: 1, latitude: 2)))
        #expect(
            try Self.geometry("BBOX(1,2,1,3)", in: .crs84)
                == .lineString([
                    Coordinate(longitude: 1, latitude: 2), Coordinate(longitude: 1, latitude: 3),
                ]))
        #expect(throws: FilterError.self) { try Self.geometry("BBOX(2,0,1,1)", in: .epsg3857) }
        #expect(throws: FilterError.self) { try Self.geometry("BBOX(200,0,1,1)", in: .crs84) }
    }

    @Test("the reference systems are known by their URI")
    func uris() {
        for system in FilterReferenceSystem.allCases {
            #expect(FilterReferenceSystem(uri: system.rawValue) == system)
            let secure = system.rawValue.replacing("http:", with: "https:")
            #expect(FilterReferenceSystem(uri: secure) == system)
        }
        #expect(FilterReferenceSystem(uri: "EPSG:4326") == nil)
    }
}
