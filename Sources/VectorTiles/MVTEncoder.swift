/// Mapbox Vector Tile specification 2.1, github.com/mapbox/vector-tile-spec.
///
/// The bytes are one layer of a tile. Concatenated layers are a tile with several layers, as
/// `layers` is a repeated field of `Tile`.
enum MVTEncoder {
    // Field numbers of vector_tile.proto (2.1).
    private enum TileField { static let layers = 3 }
    private enum LayerField {
        static let name = 1
        static let features = 2
        static let keys = 3
        static let values = 4
        static let extent = 5
        static let version = 15
    }
    private enum FeatureField {
        static let id = 1
        static let tags = 2
        static let type = 3
        static let geometry = 4
    }
    private enum ValueField {
        static let string = 1
        static let double = 3
        static let uint = 5
        static let sint = 6
        static let bool = 7
    }
    private enum GeometryType: UInt64 {
        case point = 1
        case polygon = 3
    }
    /// Commands with their count in the upper bits (4.3.1).
    private enum Command {
        static func moveTo(_ count: Int) -> UInt32 { UInt32(count) << 3 | 1 }
        static func lineTo(_ count: Int) -> UInt32 { UInt32(count) << 3 | 2 }
        static let closePath: UInt32 = 1 << 3 | 7
    }

    static func tile(
        _ geometry: TileGeometry,
        kind: LayerGeometry.Kind,
        attributes: LayerAttributes
    ) -> [UInt8] {
        var layer = ProtobufWriter()
        // First, so that a reader knows what it can expect (4.1).
        layer.field(LayerField.version, varint: 2)
        layer.field(LayerField.name, string: attributes.name)
        var dictionary = TagDictionary(attributes)
        for (position, feature) in geometry.features.enumerated() {
            var writer = ProtobufWriter()
            writer.field(FeatureField.id, varint: attributes.ids[Int(feature)])
            let tags = dictionary.tags(of: Int(feature))
            if !tags.isEmpty { writer.field(FeatureField.tags, packed: tags) }
            let type: GeometryType = kind == .points ? .point : .polygon
            writer.field(FeatureField.type, varint: type.rawValue)
            let commands =
                kind == .points
                ? pointCommands(geometry, position) : polygonCommands(geometry, position)
            writer.field(FeatureField.geometry, packed: commands)
            layer.field(LayerField.features, bytes: writer.bytes)
        }
        for key in dictionary.keys {
            layer.field(LayerField.keys, string: attributes.keys[key])
        }
        for value in dictionary.values {
            layer.field(LayerField.values, bytes: attributes.encodedValues[Int(value)])
        }
        layer.field(LayerField.extent, varint: UInt64(TileGrid.extent))
        var tile = ProtobufWriter()
        tile.field(TileField.layers, bytes: layer.bytes)
        return tile.bytes
    }

    /// A `Value` message (4.1); nil for what MVT cannot say: null, and doubles that are no number.
    static func value(_ value: TileValue) -> [UInt8]? {
        var writer = ProtobufWriter()
        switch value {
        case .string(let text): writer.field(ValueField.string, string: text)
        case .int(let number) where number < 0:
            // `int_value` would take ten bytes.
            writer.field(ValueField.sint, varint: ProtobufWriter.zigzag(Int64(number)))
        case .int(let number): writer.field(ValueField.uint, varint: UInt64(number))
        case .double(let number):
            guard number.isFinite else { return nil }
            writer.field(ValueField.double, double: number)
        case .bool(let flag): writer.field(ValueField.bool, varint: flag ? 1 : 0)
        case .null: return nil
        }
        return writer.bytes
    }

    private static func pointCommands(_ geometry: TileGeometry, _ position: Int) -> [UInt32] {
        [
            Command.moveTo(1),
            ProtobufWriter.zigzag(Int32(geometry.coordinates[2 * position])),
            ProtobufWriter.zigzag(Int32(geometry.coordinates[2 * position + 1])),
        ]
    }

    /// Exteriors have a positive shoelace sum, holes a negative one (4.3.4.4), as stored.
    private static func polygonCommands(_ geometry: TileGeometry, _ position: Int) -> [UInt32] {
        var commands: [UInt32] = []
        var x: Int32 = 0
        var y: Int32 = 0
        for polygon in geometry.polygons(at: position) {
            for ring in geometry.rings(of: polygon) {
                let vertices = geometry.vertices(of: ring)
                for vertex in vertices {
                    if vertex == vertices.lowerBound {
                        commands.append(Command.moveTo(1))
                    } else if vertex == vertices.lowerBound + 1 {
                        commands.append(Command.lineTo(vertices.count - 1))
                    }
                    let nextX = Int32(geometry.coordinates[2 * vertex])
                    let nextY = Int32(geometry.coordinates[2 * vertex + 1])
                    commands.append(ProtobufWriter.zigzag(nextX - x))
                    commands.append(ProtobufWriter.zigzag(nextY - y))
                    (x, y) = (nextX, nextY)
                }
                commands.append(Command.closePath)
            }
        }
        return commands
    }
}

/// The keys and values a tile uses, in order of first use.
private struct TagDictionary {
    private(set) var keys: [Int] = []
    private(set) var values: [Int32] = []

    private let attributes: LayerAttributes
    private var keyPositions: [Int]
    private var valuePositions: [Int32: UInt32] = [:]

    init(_ attributes: LayerAttributes) {
        self.attributes = attributes
        keyPositions = Array(repeating: -1, count: attributes.keys.count)
    }

    /// Pairs of a position in `keys` and one in `values`.
    mutating func tags(of feature: Int) -> [UInt32] {
        var tags: [UInt32] = []
        let keyCount = attributes.keys.count
        for key in 0..<keyCount {
            let value = attributes.valueNumbers[feature * keyCount + key]
            guard value >= 0 else { continue }
            if keyPositions[key] < 0 {
                keyPositions[key] = keys.count
                keys.append(key)
            }
            tags.append(UInt32(keyPositions[key]))
            if let position = valuePositions[value] {
                tags.append(position)
            } else {
                valuePositions[value] = UInt32(values.count)
                tags.append(UInt32(values.count))
                values.append(value)
            }
        }
        return tags
    }
}
