/// Mapbox Vector Tile specification 2.1, github.com/mapbox/vector-tile-spec.
///
/// The bytes are one layer of a tile. Concatenated layers are a tile with several layers, as
/// `layers` is a repeated field of `Tile`.
enum MVTEncoder {
    // Field numbers of vector_tile.proto (2.1).
    enum TileField { static let layers = 3 }
    enum LayerField {
        static let name = 1
        static let features = 2
        static let keys = 3
        static let values = 4
        static let extent = 5
        static let version = 15
    }
    enum FeatureField {
        static let id = 1
        static let tags = 2
        static let type = 3
        static let geometry = 4
    }
    private enum ValueField {
        static let string = 1
        static let float = 2
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
        let type: GeometryType = kind == .points ? .point : .polygon
        return tile(features: geometry.features, type.rawValue, attributes) { position, feature in
            let commands =
                kind == .points
                ? pointCommands(geometry, position) : polygonCommands(geometry, position)
            feature.field(FeatureField.geometry, packed: commands)
        }
    }

    /// The tile with shapes from an earlier one.
    static func tile(_ shapes: EncodedShapes, attributes: LayerAttributes) -> [UInt8] {
        tile(features: shapes.features, shapes.geometryType, attributes) { position, feature in
            feature.field(FeatureField.geometry, bytes: shapes.geometry(position))
        }
    }

    /// `writeGeometry` writes the geometry of the feature at a position in `features`.
    private static func tile(
        features: [Int32],
        _ type: UInt64,
        _ attributes: LayerAttributes,
        writeGeometry: (Int, inout ProtobufWriter) -> Void
    ) -> [UInt8] {
        guard !features.isEmpty else { return [] }
        var layer = ProtobufWriter()
        // First, so that a reader knows what it can expect (4.1).
        layer.field(LayerField.version, varint: 2)
        layer.field(LayerField.name, string: attributes.name)
        var dictionary = TagDictionary(attributes, features: features)
        var writer = ProtobufWriter()
        var tags: [UInt32] = []
        for (position, feature) in features.enumerated() {
            writer.removeAll()
            writer.field(FeatureField.id, varint: attributes.ids[Int(feature)])
            dictionary.tags(of: Int(feature), into: &tags)
            if !tags.isEmpty { writer.field(FeatureField.tags, packed: tags) }
            writer.field(FeatureField.type, varint: type)
            writeGeometry(position, &writer)
            layer.field(LayerField.features, bytes: writer.bytes)
        }
        for key in dictionary.keys {
            layer.field(LayerField.keys, string: attributes.keys[key])
        }
        for value in dictionary.values { layer.append(attributes.encoded(value: Int(value))) }
        layer.field(LayerField.extent, varint: UInt64(TileGrid.extent))
        var tile = ProtobufWriter()
        tile.field(TileField.layers, bytes: layer.bytes)
        return tile.bytes
    }

    /// The value as it is written; nil for what MVT cannot say: null, and doubles that are no
    /// number.
    ///
    /// A whole double is written as an integer, which is shorter; readers see one kind of number.
    static func normalized(_ value: TileValue) -> TileValue? {
        switch value {
        case .double(let number):
            guard number.isFinite else { return nil }
            guard let whole = Int(exactly: number), abs(number) < 0x1p53 else { return value }
            return .int(whole)
        case .null: return nil
        case .string, .int, .bool: return value
        }
    }

    /// An order in which values that begin alike stand beside one another.
    static func comes(_ first: TileValue, before second: TileValue) -> Bool {
        switch (first, second) {
        case (.string(let a), .string(let b)):
            a.utf8.count == b.utf8.count
                ? a.utf8.lexicographicallyPrecedes(b.utf8) : a.utf8.count < b.utf8.count
        case (.int(let a), .int(let b)): a < b
        case (.double(let a), .double(let b)): a < b
        case (.bool(let a), .bool(let b)): !a && b
        default: rank(first) < rank(second)
        }
    }

    private static func rank(_ value: TileValue) -> Int {
        switch value {
        case .string: 0
        case .int: 1
        case .double: 2
        case .bool: 3
        case .null: 4
        }
    }

    /// A `Value` message (4.1) of a normalized value.
    static func encoded(_ value: TileValue) -> [UInt8] {
        var writer = ProtobufWriter()
        switch value {
        case .string(let text): writer.field(ValueField.string, string: text)
        case .int(let number) where number < 0:
            // `int_value` would take ten bytes.
            writer.field(ValueField.sint, varint: ProtobufWriter.zigzag(Int64(number)))
        case .int(let number): writer.field(ValueField.uint, varint: UInt64(number))
        case .double(let number):
            if Double(Float(number)) == number {
                writer.field(ValueField.float, float: Float(number))
            } else {
                writer.field(ValueField.double, double: number)
            }
        case .bool(let flag): writer.field(ValueField.bool, varint: flag ? 1 : 0)
        case .null: preconditionFailure("MVT knows no null")
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
        var cursor = TilePoint(x: 0, y: 0)
        for polygon in geometry.polygons(at: position) {
            for ring in geometry.rings(of: polygon) {
                let vertices = geometry.vertices(of: ring)
                func vertex(_ position: Int) -> TilePoint {
                    TilePoint(
                        x: Int32(geometry.coordinates[2 * position]),
                        y: Int32(geometry.coordinates[2 * position + 1])
                    )
                }
                var next = start(of: vertices, after: cursor, vertex)
                for step in 0..<vertices.count {
                    if step == 0 {
                        commands.append(Command.moveTo(1))
                    } else if step == 1 {
                        commands.append(Command.lineTo(vertices.count - 1))
                    }
                    let point = vertex(next)
                    commands.append(ProtobufWriter.zigzag(point.x - cursor.x))
                    commands.append(ProtobufWriter.zigzag(point.y - cursor.y))
                    cursor = point
                    next = next + 1 == vertices.upperBound ? vertices.lowerBound : next + 1
                }
                commands.append(Command.closePath)
            }
        }
        return commands
    }

    private struct TilePoint {
        var x: Int32
        var y: Int32

        func byteCount(from other: TilePoint) -> Int {
            ProtobufWriter.varintSize(UInt64(ProtobufWriter.zigzag(x - other.x)))
                + ProtobufWriter.varintSize(UInt64(ProtobufWriter.zigzag(y - other.y)))
        }
    }

    /// Where a ring starts so that it takes the fewest bytes.
    ///
    /// The edge that closes it is not written: best one along the border of the tile.
    private static func start(
        of vertices: Range<Int>,
        after cursor: TilePoint,
        _ vertex: (Int) -> TilePoint
    ) -> Int {
        var best = (position: vertices.lowerBound, bytes: Int.max)
        var before = vertex(vertices.upperBound - 1)
        for position in vertices {
            let point = vertex(position)
            let bytes = point.byteCount(from: cursor) - point.byteCount(from: before)
            if bytes < best.bytes { best = (position, bytes) }
            before = point
        }
        return best.position
    }
}

/// The keys a tile uses in order of first use, and its values in the order of the layer.
private struct TagDictionary {
    private(set) var keys: [Int] = []
    private(set) var values: [Int32] = []

    private let attributes: LayerAttributes
    private var keyPositions: [Int]
    /// A bit for each value of the layer that the tile uses.
    private var used: [UInt64]
    /// How many values of the tile come before the 64 of a word.
    private var before: [Int32] = []

    init(_ attributes: LayerAttributes, features: [Int32]) {
        self.attributes = attributes
        let keyCount = attributes.keys.count
        keyPositions = Array(repeating: -1, count: keyCount)
        used = Array(repeating: 0, count: (attributes.valueEnds.count + 63) / 64)
        for feature in features {
            let first = Int(feature) * keyCount
            for value in attributes.valueNumbers[first..<first + keyCount] where value >= 0 {
                used[Int(value) / 64] |= 1 << UInt64(value % 64)
            }
        }
        before.reserveCapacity(used.count)
        for (place, word) in used.enumerated() {
            before.append(Int32(values.count))
            var rest = word
            while rest != 0 {
                values.append(Int32(64 * place + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
    }

    /// Pairs of a position in `keys` and one in `values`.
    mutating func tags(of feature: Int, into tags: inout [UInt32]) {
        tags.removeAll(keepingCapacity: true)
        let keyCount = attributes.keys.count
        for key in 0..<keyCount {
            let value = Int(attributes.valueNumbers[feature * keyCount + key])
            guard value >= 0 else { continue }
            if keyPositions[key] < 0 {
                keyPositions[key] = keys.count
                keys.append(key)
            }
            tags.append(UInt32(keyPositions[key]))
            tags.append(position(of: value))
        }
    }

    private func position(of value: Int) -> UInt32 {
        let earlier = used[value / 64] & ((1 << UInt64(value % 64)) - 1)
        return UInt32(Int(before[value / 64]) + earlier.nonzeroBitCount)
    }
}
