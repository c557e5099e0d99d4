import Geospatial
import TestSupport
import Testing

@testable import VectorTiles

@Suite("Shapes from encoded tiles")
struct EncodedShapesTests {
    private static let ids: [UInt64] = [3_513_010_001, 7, .max]
    /// What looks like the end of the properties or of a line, inside a string.
    private static let awkward = #"},"geometry":{"type":"Point"}}"# + "\n]}" + #""\"#

    private static let settings = PyramidSettings(zooms: 12...15)

    private static func areas() -> LayerGeometry {
        let hole = Fixture.corners(900, 900, 50)
        let second = MultiPolygon(
            Fixture.area(Fixture.corners(1300, 700, 600), holes: [hole]).polygons
                + Fixture.square(2600, 700, 300).polygons)
        return LayerGeometry(
            SimplifiedCoverage(
                CoverageTopology([
                    Fixture.area(Fixture.corners(700, 700, 600), holes: [hole]), second,
                    Fixture.square(5000, 200, 9000),
                ]),
                settings: settings))
    }

    private static func points() -> LayerGeometry {
        LayerGeometry(
            points: [(700, 700), (1300, 900), (4090, 4090)].map {
                Fixture.coordinate($0.0, $0.1)
            },
            settings: settings)
    }

    private static func attributes(_ round: Int) -> LayerAttributes {
        LayerAttributes(
            name: "uji", ids: ids, keys: ["nama", "nilai", "kosong"],
            rows: (0..<3).map { row in
                [
                    .string(round == 0 ? awkward : "desa \(row)"),
                    .double(Double(round * 1000 + row) / 7), round == 0 ? .null : .int(row),
                ]
            },
            foreignMembers: round == 0 ? [TileProperty("catatan", .string(awkward))] : [])
    }

    private static let numbers = Dictionary(
        uniqueKeysWithValues: zip(ids, [0, 1, 2] as [Int32]))

    @Test("other figures on shapes of earlier tiles are the tiles as if drawn", arguments: [0, 1])
    func sameBytes(round: Int) throws {
        let (before, after) = (Self.attributes(round), Self.attributes(1 - round))
        for geometry in [Self.areas(), Self.points()] {
            #expect(geometry.tiles.count > 4)
            for tile in geometry.tiles {
                let old = TileEncoder.encode(tile, geometry: geometry, attributes: before)
                let new = TileEncoder.encode(tile, geometry: geometry, attributes: after)
                let text = try #require(
                    EncodedShapes(geoJSON: old.geoJSON, numbers: Self.numbers))
                #expect(TileEncoder.encode(text, attributes: after) == new.geoJSON)
                let binary = try #require(EncodedShapes(mvt: old.mvt, numbers: Self.numbers))
                #expect(TileEncoder.encode(binary, attributes: after) == new.mvt)
            }
        }
    }

    @Test("a tile without features stays one")
    func empty() throws {
        let tile = try #require(TileCoordinate(zoom: 13, column: 1, row: 1))
        let geometry = Self.areas()
        let old = TileEncoder.encode(tile, geometry: geometry, attributes: Self.attributes(0))
        let new = TileEncoder.encode(tile, geometry: geometry, attributes: Self.attributes(1))
        let text = try #require(EncodedShapes(geoJSON: old.geoJSON, numbers: Self.numbers))
        #expect(TileEncoder.encode(text, attributes: Self.attributes(1)) == new.geoJSON)
        let binary = try #require(EncodedShapes(mvt: old.mvt, numbers: Self.numbers))
        #expect(TileEncoder.encode(binary, attributes: Self.attributes(1)) == [])
    }

    @Test("a tile with an unknown id, or cut short, gives no shapes")
    func damaged() throws {
        let geometry = Self.areas()
        let tile = try #require(geometry.tiles.first { geometry.features(in: $0).count == 3 })
        let old = TileEncoder.encode(tile, geometry: geometry, attributes: Self.attributes(0))
        let fewer = Self.numbers.filter { $0.key != 7 }
        #expect(EncodedShapes(geoJSON: old.geoJSON, numbers: fewer) == nil)
        #expect(EncodedShapes(mvt: old.mvt, numbers: fewer) == nil)
        for count in 0..<old.geoJSON.count {
            let bytes = Array(old.geoJSON[..<count])
            let isRead = EncodedShapes(geoJSON: bytes, numbers: Self.numbers) != nil
            #expect(!isRead, "\(count)")
        }
        for count in 1..<old.mvt.count {
            let bytes = Array(old.mvt[..<count])
            let isRead = EncodedShapes(mvt: bytes, numbers: Self.numbers) != nil
            #expect(!isRead, "\(count)")
        }
    }

    @Test("any byte may be wrong: no trap, and shapes that can be written")
    func mutated() throws {
        let geometry = Self.areas()
        let tile = try #require(geometry.tiles.first { geometry.features(in: $0).count == 3 })
        let attributes = Self.attributes(1)
        let old = TileEncoder.encode(tile, geometry: geometry, attributes: Self.attributes(0))
        for seed in UInt64(1)...4_000 {
            var generator = SeededGenerator(seed: seed)
            var (text, binary) = (old.geoJSON, old.mvt)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                text[Int.random(in: 0..<text.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
                binary[Int.random(in: 0..<binary.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            for shapes in [
                EncodedShapes(geoJSON: text, numbers: Self.numbers),
                EncodedShapes(mvt: binary, numbers: Self.numbers),
            ] {
                guard let shapes else { continue }
                #expect(
                    !TileEncoder.encode(shapes, attributes: attributes).isEmpty
                        || shapes.format == .mvt, "seed \(seed)")
            }
        }
    }
}
