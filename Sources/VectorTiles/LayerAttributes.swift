/// The names and figures of a layer's features, in the order of its `LayerGeometry`.
///
/// Prepared once for all tiles: property text is escaped and numbers are printed here, tiles
/// only copy the bytes.
public struct LayerAttributes: Sendable {
    /// The layer's name in MVT.
    public let name: String
    /// The features' top-level ids, the same in every tile.
    public let ids: [UInt64]
    /// Names of the properties, in the order written.
    public let keys: [String]

    /// The `properties` object of each feature.
    let propertiesJSON: [[UInt8]]
    /// What stands before the features of a collection, foreign members included.
    let collectionHead: [UInt8]
    /// For each feature and key, in turn, the position in `encodedValues`; -1 for null.
    let valueNumbers: [Int32]
    /// The different values of the layer as fields of an MVT layer, like beside like: a tile lists
    /// those it uses in this order, in which they compress best.
    let encodedValues: [UInt8]
    /// Where in `encodedValues` each value ends.
    let valueEnds: [Int32]

    /// Prepares the attributes of a layer.
    ///
    /// `rows` has the values of each feature, as many as `keys`. `foreignMembers` are further
    /// members of the GeoJSON collection (RFC 7946, 6.1), such as a mark that the figures are
    /// simulated.
    public init(
        name: String,
        ids: [UInt64],
        keys: [String],
        rows: [[TileValue]],
        foreignMembers: [TileProperty] = []
    ) {
        precondition(ids.count == rows.count, "\(ids.count) ids for \(rows.count) rows")
        precondition(Set(keys).count == keys.count, "a property name twice in \(keys)")
        // RFC 7946, 7.1: these may not get another meaning.
        let reserved: Set = [
            "type", "features", "coordinates", "geometries", "geometry", "properties",
        ]
        for member in foreignMembers {
            precondition(
                !reserved.contains(member.name),
                "\(member.name) means something in RFC 7946"
            )
        }
        self.name = name
        self.ids = ids
        self.keys = keys
        collectionHead = GeoJSONTile.head(foreignMembers: foreignMembers)

        var propertiesJSON: [[UInt8]] = []
        var numbers: [Int32] = []
        var values: [TileValue] = []
        var known: [TileValue: Int32] = [:]
        numbers.reserveCapacity(rows.count * keys.count)
        for row in rows {
            precondition(row.count == keys.count, "\(row.count) values for keys \(keys)")
            propertiesJSON.append(GeoJSONTile.object(keys: keys, values: row))
            for value in row {
                guard let value = MVTEncoder.normalized(value) else {
                    numbers.append(-1)
                    continue
                }
                if let number = known[value] {
                    numbers.append(number)
                } else {
                    let number = Int32(values.count)
                    known[value] = number
                    numbers.append(number)
                    values.append(value)
                }
            }
        }
        let order = values.indices.sorted { MVTEncoder.comes(values[$0], before: values[$1]) }
        var rank = [Int32](repeating: 0, count: values.count)
        for (position, number) in order.enumerated() { rank[number] = Int32(position) }
        var encoded = ProtobufWriter()
        var ends: [Int32] = []
        ends.reserveCapacity(order.count)
        for number in order {
            encoded.field(MVTEncoder.LayerField.values, bytes: MVTEncoder.encoded(values[number]))
            ends.append(Int32(encoded.bytes.count))
        }
        encodedValues = encoded.bytes
        valueEnds = ends
        valueNumbers = numbers.map { $0 < 0 ? -1 : rank[Int($0)] }
        self.propertiesJSON = propertiesJSON
    }

    /// A value as a field of an MVT layer.
    func encoded(value: Int) -> ArraySlice<UInt8> {
        encodedValues[(value == 0 ? 0 : Int(valueEnds[value - 1]))..<Int(valueEnds[value])]
    }
}
