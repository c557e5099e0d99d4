import Foundation
import Geospatial
import Testing

@testable import VectorTiles

@Suite("GeoJSON tile")
struct GeoJSONTileTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("strings are escaped where RFC 8259 asks for it and only there")
    func strings() throws {
        #expect(text { $0.write("Gili \"K\" \\ /") } == #""Gili \"K\" \\ /""#)
        #expect(text { $0.write("a\u{8}\t\n\u{c}\r\u{1f}\u{0}") } == #""a\b\t\n\f\r\u001f\u0000""#)
        #expect(text { $0.write("Désa ꦢꦺꦱ 🌋\u{7f}\u{2028}") } == "\"Désa ꦢꦺꦱ 🌋\u{7f}\u{2028}\"")
    }

    @Test("values keep their type; what is no number is null")
    func values() {
        let values: [TileValue] = [
            .int(.min), .double(3), .double(0.1 + 0.2), .double(1e-7), .double(1e300),
            .double(.infinity), .double(-0.0), .bool(false), .null,
        ]
        let written = values.map { value in text { $0.write(value) } }
        #expect(
            written == [
                "-9223372036854775808", "3.0", "0.30000000000000004", "1e-07", "1e+300", "null",
                "-0.0", "false", "null",
            ]
        )
    }

    @Test("decimals are fixed")
    func decimals() {
        func written(_ value: Int, _ decimals: Int) -> String {
            text { $0.write(value, decimals: decimals) }
        }
        #expect(written(113_215_900, 6) == "113.215900")
        #expect(written(-77, 4) == "-0.0077")
        #expect(written(0, 5) == "0.00000")
        #expect(written(-7, 0) == "-7")
    }

    private struct Collection: Decodable {
        struct Feature: Decodable {
            struct Geometry: Decodable {
                var type: String
                var coordinates: [[[[Double]]]]
            }
            var type: String
            var id: UInt64
            var properties: [String: String?]
            var geometry: Geometry
        }
        var type: String
        var simulasi: Bool
        var features: [Feature]
    }

    @Test("a collection reads back: ids, nulls, foreign members, closed and wound rings")
    func collection() throws {
        let hole = Fixture.corners(900, 900, 50)
        let area = MultiPolygon(
            Fixture.area(Fixture.corners(700, 700, 600), holes: [hole]).polygons
                + Fixture.square(2000, 700, 300).polygons
        )
        let geometry = LayerGeometry(
            SimplifiedCoverage(
                CoverageTopology([area]),
                settings: PyramidSettings(zooms: 14...14)
            )
        )
        let attributes = LayerAttributes(
            name: "desa",
            ids: [3_513_010_001],
            keys: ["nama", "kosong"],
            rows: [[.string("Sumber"), .null]],
            foreignMembers: [TileProperty("simulasi", .bool(true))]
        )
        let tile = try #require(geometry.tiles.first)
        let bytes = TileEncoder.encode(tile, geometry: geometry, attributes: attributes).geoJSON
        let collection = try JSONDecoder().decode(Collection.self, from: Data(bytes))
        #expect(collection.type == "FeatureCollection")
        #expect(collection.simulasi)
        let feature = try #require(collection.features.first)
        #expect(feature.type == "Feature")
        #expect(feature.id == 3_513_010_001)
        #expect(feature.properties == ["nama": "Sumber", "kosong": nil])
        #expect(feature.geometry.type == "MultiPolygon")
        #expect(feature.geometry.coordinates.map(\.count) == [2, 1])
        for polygon in feature.geometry.coordinates {
            for (index, ring) in polygon.enumerated() {
                #expect(ring.first == ring.last)
                let open = ring.dropLast().map { Coordinate(longitude: $0[0], latitude: $0[1]) }
                #expect(open.count == 4)
                #expect((Polygon.signedArea(of: open) > 0) == (index == 0))
            }
        }
        let north = feature.geometry.coordinates[0][0].map { $0[1] }.max()
        #expect(abs(try #require(north) - Fixture.coordinate(0, 700).latitude) < 1e-6)
    }

    @Test("a tile without features is an empty collection and no MVT bytes")
    func emptyTile() throws {
        let geometry = LayerGeometry(points: [])
        let attributes = LayerAttributes(name: "a", ids: [], keys: [], rows: [])
        let tile = try #require(TileCoordinate(zoom: 9, column: 1, row: 1))
        let encoded = TileEncoder.encode(tile, geometry: geometry, attributes: attributes)
        #expect(
            String(decoding: encoded.geoJSON, as: UTF8.self)
                == #"{"type":"FeatureCollection","features":[]}"#
        )
        #expect(encoded.mvt.isEmpty)
    }
}
