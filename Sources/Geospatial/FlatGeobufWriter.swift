/// Writes features as a FlatGeobuf file, version 3.
public enum FlatGeobufWriter {
    /// The whole file.
    ///
    /// With `indexed` the features go out in the order of their packed Hilbert R-tree, so that a
    /// reader can fetch a window; without it, or when a feature has no geometry, they keep theirs.
    /// Of `header`, the count, the index and the envelope are set from the features.
    ///
    /// Each feature must have a value or nil for each column, of the column's kind, and a geometry
    /// of the header's type (`.unknown` allows a mixture); one without a vertex is `.missing`.
    ///
    /// - Complexity: O(*n* log *n*) for *n* features, O(bytes).
    public static func encode(
        _ features: [FlatGeobufFeature],
        header: FlatGeobufHeader,
        indexed: Bool = true
    ) -> [UInt8] {
        let boxes = features.compactMap(\.geometry.boundingBox)
        let hasIndex = indexed && !features.isEmpty && boxes.count == features.count
        var order = Array(features.indices)
        if hasIndex, let extent = BoundingBox(enclosing: boxes) {
            let places = boxes.map { FlatGeobufIndex.hilbertPlace(of: $0.center, in: extent) }
            order.sort { (places[$0], $0) < (places[$1], $1) }
        }
        var data: [UInt8] = []
        var starts: [Int] = []
        for index in order {
            starts.append(data.count)
            data += feature(features[index], header: header)
        }
        var file = FlatGeobufReader.magic + [1]
        file += Self.header(
            header, count: features.count, hasIndex: hasIndex,
            envelope: BoundingBox(enclosing: boxes))
        if hasIndex {
            file += FlatGeobufIndex.encode(zip(order, starts).map { (boxes[$0], $1) })
        }
        return file + data
    }

    private static func header(
        _ header: FlatGeobufHeader,
        count: Int,
        hasIndex: Bool,
        envelope: BoundingBox?
    ) -> [UInt8] {
        var builder = FlatBufferBuilder()
        let crs = header.crsCode.flatMap(Int32.init(exactly:))
        // In the order of the schema: name, envelope, type, four flags, columns, count, node size,
        // reference system.
        let fields = builder.root(sizes: [
            header.name == nil ? 0 : 4, envelope == nil ? 0 : 4, 1, 0, 0, 0, 0,
            header.columns.isEmpty ? 0 : 4, 8, 2, crs == nil ? 0 : 4,
        ])
        builder.put(header.geometryType.rawValue, at: fields[2])
        builder.put(UInt64(count), at: fields[8])
        builder.put(hasIndex ? UInt16(FlatGeobufIndex.nodeSize) : 0, at: fields[9])
        if let name = header.name { builder.string(name, at: fields[0]) }
        if let envelope {
            builder.doubles(
                [envelope.west, envelope.south, envelope.east, envelope.north], at: fields[1])
        }
        if !header.columns.isEmpty {
            let slots = builder.offsets(header.columns.count, at: fields[7])
            for (column, slot) in zip(header.columns, slots) {
                let own = builder.table(sizes: [4, 1], at: slot)
                builder.put(column.kind.rawValue, at: own[1])
                builder.string(column.name, at: own[0])
            }
        }
        if let crs {
            let own = builder.table(
                sizes: [header.crsOrganization == nil ? 0 : 4, 4], at: fields[10])
            builder.put(crs, at: own[1])
            if let organization = header.crsOrganization {
                builder.string(organization, at: own[0])
            }
        }
        return builder.finish()
    }

    private static func feature(
        _ feature: FlatGeobufFeature,
        header: FlatGeobufHeader
    ) -> [UInt8] {
        precondition(
            feature.values.count == header.columns.count,
            "\(feature.values.count) values for \(header.columns.count) columns")
        var builder = FlatBufferBuilder()
        let properties = Self.properties(feature.values, header.columns)
        let hasGeometry = feature.geometry != .missing
        let fields = builder.root(sizes: [hasGeometry ? 4 : 0, properties.isEmpty ? 0 : 4])
        let type = header.geometryType
        switch feature.geometry {
        case .missing:
            break
        case .area(let area) where type == .polygon && area.polygons.count == 1:
            put(.polygon(area.polygons[0]), at: fields[0], &builder)
        case .area(let area) where type == .multiPolygon || type == .unknown:
            put(.multiPolygon(area), at: fields[0], &builder)
        case .shape(let shape) where type == .unknown || type == FlatGeobufGeometryType(shape):
            put(shape, at: fields[0], &builder)
        default:
            preconditionFailure("a geometry that type \(type.rawValue) cannot hold")
        }
        if !properties.isEmpty { builder.bytes(properties, at: fields[1]) }
        return builder.finish()
    }

    private static func properties(
        _ values: [FlatGeobufValue?],
        _ columns: [FlatGeobufColumn]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            append(UInt16(index))
            switch (columns[index].kind, value) {
            case (.bool, .bool(let flag)): append(flag ? 1 as UInt8 : 0)
            case (.byte, .integer(let number)): append(Int8(number))
            case (.unsignedByte, .integer(let number)): append(UInt8(number))
            case (.short, .integer(let number)): append(Int16(number))
            case (.unsignedShort, .integer(let number)): append(UInt16(number))
            case (.int, .integer(let number)): append(Int32(number))
            case (.unsignedInt, .integer(let number)): append(UInt32(number))
            case (.long, .integer(let number)): append(number)
            case (.unsignedLong, .unsignedLong(let number)): append(number)
            case (.float, .double(let number)): append(Float(number).bitPattern)
            case (.double, .double(let number)): append(number.bitPattern)
            case (.string, .string(let text)), (.json, .json(let text)),
                (.dateTime, .dateTime(let text)):
                append(UInt32(text.utf8.count))
                bytes += text.utf8
            case (.binary, .binary(let block)):
                append(UInt32(block.count))
                bytes += block
            default:
                preconditionFailure("a value that column \(index) cannot hold")
            }
        }
        return bytes
    }
}

extension FlatGeobufGeometry {
    /// Nil for a geometry without a vertex and for one that is not read.
    public var boundingBox: BoundingBox? {
        switch self {
        case .area(let area): area.boundingBox
        case .shape(let shape): shape.boundingBox
        case .missing, .unsupported: nil
        }
    }
}
