import Testing

@testable import VectorTiles

@Suite("MVT encoder")
struct MVTEncoderTests {
    @Test("numbers are written as the wire format says")
    func protobuf() {
        var writer = ProtobufWriter()
        writer.field(1, varint: 150)
        writer.field(2, string: "testing")
        writer.field(4, packed: [3, 270, 86_942])
        // The examples of protobuf.dev/programming-guides/encoding.
        #expect(writer.bytes.prefix(3) == [0x08, 0x96, 0x01])
        #expect(writer.bytes[3..<12] == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67])
        #expect(writer.bytes[12...] == [0x22, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05])
        #expect([0, -1, 1, -2, 2].map { ProtobufWriter.zigzag(Int32($0)) } == [0, 1, 2, 3, 4])
        #expect(ProtobufWriter.zigzag(Int64.min) == UInt64.max)
    }

    private func commands(_ polygons: [GridPolygon]) throws -> [UInt64] {
        var geometry = TileGeometry()
        geometry.append(feature: 0, polygons: polygons, origin: GridPoint(x: 0, y: 0))
        let bytes = MVTEncoder.tile(
            geometry,
            kind: .polygons,
            attributes: LayerAttributes(name: "a", ids: [1], keys: [], rows: [[]])
        )
        return try #require(try MVTDecoder.layers(bytes).first?.features.first).commands
    }

    @Test("polygon commands are those of the specification's examples")
    func polygonCommands() throws {
        // 4.3.5.5: a polygon.
        #expect(
            try commands([GridPolygon(exterior: Fixture.points([(3, 6), (8, 12), (20, 34)]))])
                == [9, 6, 12, 18, 10, 12, 24, 44, 15]
        )
        // 4.3.5.6: two polygons, one with a hole.
        #expect(
            try commands([
                GridPolygon(exterior: Fixture.points([(0, 0), (10, 0), (10, 10), (0, 10)])),
                GridPolygon(
                    exterior: Fixture.points([(11, 11), (20, 11), (20, 20), (11, 20)]),
                    holes: [Fixture.points([(13, 13), (13, 17), (17, 17), (17, 13)])]
                ),
            ]) == [
                9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4,
                13, 26, 0, 8, 8, 0, 0, 7, 15,
            ]
        )
    }

    @Test("a point is one move")
    func point() throws {
        var geometry = TileGeometry()
        geometry.append(feature: 0, point: GridPoint(x: 25, y: 17), origin: GridPoint(x: 0, y: 0))
        let bytes = MVTEncoder.tile(
            geometry,
            kind: .points,
            attributes: LayerAttributes(name: "a", ids: [7], keys: [], rows: [[]])
        )
        let feature = try #require(try MVTDecoder.layers(bytes).first?.features.first)
        // 4.3.5.1 of the specification.
        #expect(feature.commands == [9, 50, 34])
        #expect(feature.type == 1)
        #expect(feature.id == 7)
        #expect(feature.tags.isEmpty)
    }

    @Test("keys and values stand once, nulls not at all")
    func properties() throws {
        var geometry = TileGeometry()
        for feature in 0..<3 {
            geometry.append(
                feature: feature,
                point: GridPoint(x: feature, y: 0),
                origin: GridPoint(x: 0, y: 0)
            )
        }
        let rows: [[TileValue]] = [
            [.string("Sumber"), .int(5), .null, .double(0.25), .bool(true), .null],
            [.string("Sumber"), .int(-5), .null, .double(.nan), .bool(false), .int(5)],
            [.string("Ngepung"), .int(Int.max), .null, .double(-0.1), .bool(true), .int(Int.min)],
        ]
        let keys = ["nama", "a", "tak pernah", "b", "c", "d"]
        let bytes = MVTEncoder.tile(
            geometry,
            kind: .points,
            attributes: LayerAttributes(
                name: "desa",
                ids: [UInt64.max, 2, 3],
                keys: keys,
                rows: rows
            )
        )
        let layer = try #require(try MVTDecoder.layers(bytes).first)
        #expect(layer.version == 2)
        #expect(layer.extent == 4096)
        #expect(layer.name == "desa")
        #expect(layer.keys == ["nama", "a", "b", "c", "d"])
        #expect(Set(layer.values).count == layer.values.count)
        #expect(layer.features.map(\.id) == [UInt64.max, 2, 3])
        for (feature, row) in zip(layer.features, rows) {
            let expected = zip(keys, row).map { TileProperty($0, $1) }.filter {
                $0.value != .null && $0.value != .double(.nan) && $0.name != "tak pernah"
            }.filter { if case .double(let x) = $0.value { x.isFinite } else { true } }
            #expect(MVTDecoder.properties(feature, in: layer) == expected)
        }
    }

    @Test("layers put one after the other are a tile with both")
    func concatenation() throws {
        var geometry = TileGeometry()
        geometry.append(feature: 0, point: GridPoint(x: 1, y: 2), origin: GridPoint(x: 0, y: 0))
        let names = ["desa", "label"]
        let tile = names.flatMap {
            MVTEncoder.tile(
                geometry,
                kind: .points,
                attributes: LayerAttributes(name: $0, ids: [1], keys: [], rows: [[]])
            )
        }
        #expect(try MVTDecoder.layers(tile).map(\.name) == names)
    }
}
