import Foundation
import Geospatial
import TestSupport
import Testing

struct GeometryTextTests {
    typealias Samples = GeometrySamples

    @Test("well-known text of every kind is read, blanks and case as they come")
    func reads() throws {
        for (text, geometry) in Samples.all {
            #expect(try Geometry(wellKnownText: text) == geometry, "\(text)")
            let loose = text.lowercased().replacing("(", with: " ( ").replacing(",", with: "\n,\t")
            #expect(try Geometry(wellKnownText: loose) == geometry, "\(loose)")
        }
        #expect(try Geometry(wellKnownText: "POINT EMPTY") == .multiPoint([]))
        #expect(
            try Geometry(wellKnownText: "MULTIPOINT(1 2,3 4)")
                == .multiPoint([Samples.at(1, 2), Samples.at(3, 4)]))
        #expect(
            try Geometry(wellKnownText: "MULTILINESTRING(EMPTY,(+1 .5,2 -5E-1))")
                == .multiLineString([[], [Samples.at(1, 0.5), Samples.at(2, -0.5)]]))
    }

    @Test("heights and measures are read over")
    func dimensions() throws {
        let texts = [
            "POINT Z(1 2 9)", "POINT M (1 2 9)", "POINT ZM(1 2 8 9)",
            "POINT(1 2 9)", "POINT(1 2 8 9)",
        ]
        for text in texts {
            #expect(try Geometry(wellKnownText: text) == .point(Samples.at(1, 2)), "\(text)")
        }
    }

    @Test(
        "text that is no geometry says where and what is missing",
        arguments: [
            ("", 0), ("POINT", 5), ("POINT(", 6), ("POINT(1)", 7), ("POINT(1 2", 9),
            ("POINT(1 2) x", 11), ("POINT Z(1 2)", 11), ("POINT(1 2 3 4 5)", 14),
            ("CIRCLE(1 2)", 0), ("POINT(1 1e999)", 8), ("POINT(1 --2)", 8), ("POINT(nan 1)", 6),
            ("LINESTRING(1 2)", 15), ("POLYGON((0 0,1 0,1 1))", 21),
            ("POLYGON((0 0,1 0,1 1,2 2))", 25), ("POLYGON(0 0,1 0,1 1,0 0)", 8),
            ("GEOMETRYCOLLECTION(1 2)", 19), ("SRID=4326;POINT(1 2)", 0),
        ])
    func refuses(text: String, byte: Int) throws {
        let failure = #expect(throws: WellKnownText.Failure.self) {
            try Geometry(wellKnownText: text)
        }
        #expect(failure?.byte == byte)
        #expect(failure?.expected.isEmpty == false)
    }

    @Test("collections in collections without end are refused, not followed")
    func deep() {
        let text = String(repeating: "GEOMETRYCOLLECTION(", count: 200_000)
        #expect(throws: WellKnownText.Failure.self) { try Geometry(wellKnownText: text) }
    }

    @Test("a geometry at the front of other text is read, and the place behind it known")
    func prefix() throws {
        let bytes = Array("S(POINT(1 2), x)".utf8)
        var position = 2
        let point = try WellKnownText.decodePrefix(of: bytes, from: &position)
        #expect(point == .point(Samples.at(1, 2)))
        #expect(position == 12)
    }

    @Test("GeoJSON closes rings, rounds, leaves zeros out and swaps axes when asked")
    func geoJSON() {
        func text(_ geometry: Geometry, _ decimals: Int = 7, swapped: Bool = false) -> String {
            String(
                decoding: geometry.geoJSON(decimals: decimals, swapsAxes: swapped), as: UTF8.self)
        }
        let point = Geometry.point(Samples.at(113.25678, -7.5))
        #expect(text(point) == #"{"type":"Point","coordinates":[113.25678,-7.5]}"#)
        #expect(text(point, 2, swapped: true) == #"{"type":"Point","coordinates":[-7.5,113.26]}"#)
        #expect(text(point, 0) == #"{"type":"Point","coordinates":[113,-8]}"#)
        #expect(
            text(.polygon(Samples.holed))
                == #"{"type":"Polygon","coordinates":[[[0,0],[8,0],[8,8],[0,8],[0,0]],"#
                + "[[2,2],[2,4],[4,4],[2,2]]]}")
        #expect(
            text(.collection([.multiPoint([]), .polygon(Polygon(exterior: []))]))
                == #"{"type":"GeometryCollection","geometries":"#
                + #"[{"type":"MultiPoint","coordinates":[]},{"type":"Polygon","coordinates":[]}]}"#)
        #expect(
            text(.lineString([Samples.at(-0.000_000_01, 1e20), Samples.at(.nan, -.infinity)]))
                == #"{"type":"LineString","coordinates":[[0,1e+20],[null,null]]}"#)
    }

    @Test("the numbers of GeoJSON read back within half of the last digit")
    func numbers() throws {
        let seed: UInt64 = 11
        var generator = SeededGenerator(seed: seed)
        let points = (0..<2_000).map { _ in
            Samples.at(
                .random(in: -180...180, using: &generator),
                .random(in: -1...1, using: &generator))
        }
        for decimals in [0, 3, 7, 12] {
            let json = Geometry.lineString(points).geoJSON(decimals: decimals)
            let object = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
            let read = try #require(object?["coordinates"] as? [[Double]])
            let tolerance = 0.500_01 * pow(10, -Double(decimals)) + 1e-12
            for (pair, point) in zip(read, points) {
                #expect(abs(pair[0] - point.longitude) <= tolerance, "seed \(seed)")
                #expect(abs(pair[1] - point.latitude) <= tolerance, "seed \(seed)")
            }
        }
    }
}
