import Foundation
import Geospatial
import TestSupport
import Testing

struct GeoJSONAreasTests {
    static func read(_ text: String) throws -> [GeoJSONAreas.Feature] {
        try GeoJSONAreas.read(Data(text.utf8))
    }

    static func collection(_ geometries: String..., properties: String = "{}") -> String {
        let features = geometries.map {
            #"{"type":"Feature","properties":\#(properties),"geometry":\#($0)}"#
        }
        return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    }

    static func polygon(_ rings: String) -> String {
        #"{"type":"Polygon","coordinates":\#(rings)}"#
    }

    static let square = "[[113,-8],[114,-8],[114,-7],[113,-7],[113,-8]]"
    static let squareClockwise = "[[113,-8],[113,-7],[114,-7],[114,-8],[113,-8]]"
    static let hole = "[[113.25,-7.75],[113.25,-7.5],[113.5,-7.5],[113.25,-7.75]]"
    static let holeCounterClockwise = "[[113.25,-7.75],[113.5,-7.5],[113.25,-7.5],[113.25,-7.75]]"

    @Test("polygons, multipolygons and properties of every kind are read")
    func good() throws {
        let features = try Self.read(
            Self.collection(
                Self.polygon("[\(Self.square),\(Self.hole)]"),
                #"{"type":"MultiPolygon","coordinates":[[\#(Self.square)],[\#(Self.hole)]]}"#,
                properties:
                    #"{"kode":"35.13.91.2001","urut":7,"luas":1.5,"ada":true,"x":null,"y":[]}"#
            ))
        #expect(features.count == 2)
        #expect(features[0].area.polygons.map(\.holes.count) == [1])
        #expect(features[0].area.vertexCount == 7)
        #expect(features[1].area.polygons.count == 2)
        #expect(
            features[0].properties
                == ["kode": "35.13.91.2001", "urut": "7", "luas": "1.5", "ada": "true"])
        #expect(
            features[0].area.boundingBox
                == BoundingBox(west: 113, south: -8, east: 114, north: -7))
    }

    @Test("wrong winding is repaired, of exterior and hole")
    func windingRepaired() throws {
        let right = try Self.read(Self.collection(Self.polygon("[\(Self.square),\(Self.hole)]")))
        let wrong = try Self.read(
            Self.collection(
                Self.polygon("[\(Self.squareClockwise),\(Self.holeCounterClockwise)]")))
        for feature in right + wrong {
            let polygon = feature.area.polygons[0]
            #expect(Polygon.signedArea(of: polygon.exterior) == 1)
            #expect(Polygon.signedArea(of: polygon.holes[0]) == -0.03125)
        }
        #expect(
            Set(right[0].area.polygons[0].exterior) == Set(wrong[0].area.polygons[0].exterior))
    }

    @Test("heights and missing properties do not disturb")
    func extras() throws {
        let text = """
            {"type":"FeatureCollection","name":"x","features":[{"type":"Feature","geometry":
            {"type":"Polygon","coordinates":[[[113,-8,5],[114,-8,5],[114,-7,5],[113,-8,5]]]}}]}
            """
        let features = try Self.read(text)
        #expect(features[0].properties.isEmpty)
        #expect(features[0].area.vertexCount == 3)
    }

    static let failures: [(String, GeoJSONAreas.Failure)] = [
        ("", .notJSON),
        ("kode;nama", .notJSON),
        (#"{"type":"FeatureCollection","features":["#, .notJSON),
        ("[1, 2]", .notAFeatureCollection),
        (#"{"type":"FeatureCollection"}"#, .notAFeatureCollection),
        (#"{"type":"Topology","features":[]}"#, .notAFeatureCollection),
        (#"{"type":"FeatureCollection","features":[]}"#, .noFeatures),
        (
            collection(polygon("[\(square)]"), #"{"type":"Point","coordinates":[113,-8]}"#),
            .unsupportedGeometry(index: 1, type: "Point")
        ),
        (collection("null"), .unsupportedGeometry(index: 0, type: "null")),
        (
            collection(#"{"type":"GeometryCollection","geometries":[]}"#),
            .unsupportedGeometry(index: 0, type: "GeometryCollection")
        ),
        (collection(polygon("[[[113,-8],[114,-8],[113,-8]]]")), .invalidRing(index: 0)),
        (collection(polygon("[[[113],[114,-8],[114,-7],[113]]]")), .invalidRing(index: 0)),
        (collection(polygon("[]")), .invalidRing(index: 0)),
    ]

    @Test("each fault of a file is named", arguments: failures)
    func fails(text: String, failure: GeoJSONAreas.Failure) {
        #expect(throws: failure) { try Self.read(text) }
    }

    @Test("rings that are open, empty, turned or high are mended and counted")
    func mended() throws {
        let features = try GeoJSONAreas.read(
            Data(
                Self.collection(
                    // Open, and with heights.
                    Self.polygon("[[[113,-8,5],[114,-8,5],[114,-7,5],[113,-7,5]]]"),
                    // Clockwise, with a hole of two positions.
                    Self.polygon(
                        "[[[113,-8],[113,-7],[114,-7],[114,-8],[113,-8]],"
                            + "[[113.2,-7.8],[113.4,-7.8],[113.2,-7.8]]]")
                ).utf8))
        #expect(features[0].notes.closedRings == 1)
        #expect(features[0].notes.withHeights == 1)
        #expect(features[1].notes.turnedRings == 1)
        #expect(features[1].notes.droppedRings == 1)
        for feature in features {
            #expect(feature.area.polygons.count == 1)
            #expect(feature.area.polygons[0].holes.isEmpty)
            #expect(Polygon.signedArea(of: feature.area.polygons[0].exterior) == 1)
        }
    }
}
