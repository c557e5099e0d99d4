import Testing

@testable import VectorTiles

/// A small reader of Mapbox vector tiles, written from the specification for these tests.
struct MVTDecoder {
    struct Layer {
        var version: UInt64 = 1
        var name = ""
        var extent: UInt64 = 0
        var keys: [String] = []
        var values: [TileValue] = []
        var features: [Feature] = []
    }

    struct Feature {
        var id: UInt64?
        var type: UInt64 = 0
        var tags: [UInt64] = []
        var commands: [UInt64] = []
    }

    private var bytes: ArraySlice<UInt8>

    static func layers(_ bytes: [UInt8]) throws -> [Layer] {
        var decoder = MVTDecoder(bytes: bytes[...])
        var layers: [Layer] = []
        while let field = try decoder.next() {
            #expect(field.number == 3)
            layers.append(try layer(field.bytes))
        }
        return layers
    }

    private static func layer(_ bytes: ArraySlice<UInt8>) throws -> Layer {
        var decoder = MVTDecoder(bytes: bytes)
        var layer = Layer()
        while let field = try decoder.next() {
            switch field.number {
            case 1: layer.name = String(decoding: field.bytes, as: UTF8.self)
            case 2: layer.features.append(try feature(field.bytes))
            case 3: layer.keys.append(String(decoding: field.bytes, as: UTF8.self))
            case 4: layer.values.append(try value(field.bytes))
            case 5: layer.extent = field.varint
            case 15: layer.version = field.varint
            default: Issue.record("unknown layer field \(field.number)")
            }
        }
        return layer
    }

    private static func feature(_ bytes: ArraySlice<UInt8>) throws -> Feature {
        var decoder = MVTDecoder(bytes: bytes)
        var feature = Feature()
        while let field = try decoder.next() {
            switch field.number {
            case 1: feature.id = field.varint
            case 2: feature.tags = try packed(field.bytes)
            case 3: feature.type = field.varint
            case 4: feature.commands = try packed(field.bytes)
            default: Issue.record("unknown feature field \(field.number)")
            }
        }
        return feature
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws -> TileValue {
        var decoder = MVTDecoder(bytes: bytes)
        let field = try #require(try decoder.next())
        switch field.number {
        case 1: return .string(String(decoding: field.bytes, as: UTF8.self))
        case 2: return .double(Double(Float(bitPattern: UInt32(field.varint))))
        case 3: return .double(Double(bitPattern: field.varint))
        case 5: return .int(Int(field.varint))
        case 6: return .int(Int(field.varint >> 1) ^ -Int(field.varint & 1))
        case 7: return .bool(field.varint == 1)
        default: throw Malformed()
        }
    }

    /// The properties of a feature.
    static func properties(_ feature: Feature, in layer: Layer) -> [TileProperty] {
        stride(from: 0, to: feature.tags.count, by: 2).map {
            TileProperty(
                layer.keys[Int(feature.tags[$0])],
                layer.values[Int(feature.tags[$0 + 1])]
            )
        }
    }

    /// The rings of a polygon or the points of a point feature.
    static func rings(_ feature: Feature) throws -> [[GridPoint]] {
        var rings: [[GridPoint]] = []
        var cursor = GridPoint(x: 0, y: 0)
        var position = 0
        while position < feature.commands.count {
            let (command, count) = (feature.commands[position] & 7, feature.commands[position] >> 3)
            position += 1
            if command == 7 { continue }
            if command == 1 { rings.append([]) }
            for _ in 0..<count {
                func delta(_ raw: UInt64) -> Int { Int(raw >> 1) ^ -Int(raw & 1) }
                cursor.x += delta(feature.commands[position])
                cursor.y += delta(feature.commands[position + 1])
                position += 2
                rings[rings.count - 1].append(cursor)
            }
        }
        return rings
    }

    private static func packed(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var decoder = MVTDecoder(bytes: bytes)
        var values: [UInt64] = []
        while !decoder.bytes.isEmpty { values.append(try decoder.varint()) }
        return values
    }

    private struct Malformed: Error {}

    private struct Field {
        var number: UInt64
        var varint: UInt64 = 0
        var bytes: ArraySlice<UInt8> = []
    }

    private mutating func next() throws -> Field? {
        if bytes.isEmpty { return nil }
        let key = try varint()
        var field = Field(number: key >> 3)
        switch key & 7 {
        case 0: field.varint = try varint()
        case 1:
            for shift in 0..<8 { field.varint |= UInt64(try byte()) << UInt64(8 * shift) }
        case 5:
            for shift in 0..<4 { field.varint |= UInt64(try byte()) << UInt64(8 * shift) }
        case 2:
            let count = Int(try varint())
            guard count <= bytes.count else { throw Malformed() }
            field.bytes = bytes.prefix(count)
            bytes = bytes.dropFirst(count)
        default: throw Malformed()
        }
        return field
    }

    private mutating func byte() throws -> UInt8 {
        guard let first = bytes.popFirst() else { throw Malformed() }
        return first
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}
