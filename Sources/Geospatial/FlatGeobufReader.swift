/// Reads the features of a FlatGeobuf file one by one.
///
/// The file is not trusted: whatever its bytes, the answer is a feature or a `FlatGeobufError`.
/// The packed R-tree is skipped, for whoever reads here wants every feature. Format: magic bytes,
/// header, optional index, features, each FlatBuffer behind its length; flatgeobuf.org and the
/// schemas header.fbs and feature.fbs of version 3.
///
/// - Complexity: O(bytes) for the whole file; a feature is copied once, out of the file's bytes.
public struct FlatGeobufReader: Sendable {
    public let header: FlatGeobufHeader

    private let bytes: [UInt8]
    private var position: Int
    private var featureNumber = 0

    static let magic: [UInt8] = [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62]
    static let magicSize = 8
    static let indexNodeSize = 40

    /// Reads the header of `bytes`, the whole file.
    public init(_ bytes: [UInt8]) throws(FlatGeobufError) {
        // The eighth byte is the patch level: any is readable within a version.
        guard bytes.starts(with: Self.magic) else { throw .notFlatGeobuf }
        let result = try bytes.withUnsafeBufferPointer {
            buffer throws(FlatGeobufError) -> (FlatGeobufHeader, Int) in
            let file = UnsafeRawBufferPointer(buffer)
            let end = try Self.end(ofBufferAt: Self.magicSize, in: file)
            let header = try Self.header(
                FlatGeobufTable(
                    rootOf: UnsafeRawBufferPointer(rebasing: file[Self.magicSize + 4..<end]),
                    origin: Self.magicSize + 4),
                room: file.count - end)
            return (header, end + header.indexByteCount)
        }
        self.bytes = bytes
        (header, position) = result
    }

    /// The next feature; nil after the last.
    public mutating func next() throws(FlatGeobufError) -> FlatGeobufFeature? {
        if header.featureCount > 0 {
            guard featureNumber < header.featureCount else { return nil }
            guard position < bytes.count else { throw .truncated(atByte: position) }
        } else if position == bytes.count {
            return nil
        }
        let (start, number, columns) = (position, featureNumber, header.columns)
        let type = header.geometryType
        let (feature, end) = try bytes.withUnsafeBufferPointer {
            buffer throws(FlatGeobufError) -> (FlatGeobufFeature, Int) in
            let file = UnsafeRawBufferPointer(buffer)
            let end = try Self.end(ofBufferAt: start, in: file)
            let table = try FlatGeobufTable(
                rootOf: UnsafeRawBufferPointer(rebasing: file[start + 4..<end]), origin: start + 4)
            return (try Self.feature(table, number: number, type: type, columns: columns), end)
        }
        position = end
        featureNumber += 1
        return feature
    }

    /// All features that are left.
    public mutating func rest() throws(FlatGeobufError) -> [FlatGeobufFeature] {
        var features: [FlatGeobufFeature] = []
        while let feature = try next() { features.append(feature) }
        return features
    }

    private static func end(
        ofBufferAt start: Int,
        in file: UnsafeRawBufferPointer
    ) throws(FlatGeobufError) -> Int {
        guard start <= file.count - 4 else { throw .truncated(atByte: start) }
        let size = Int(
            UInt32(littleEndian: file.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        guard size <= file.count - start - 4 else { throw .truncated(atByte: start) }
        return start + 4 + size
    }
}

// MARK: - Header

extension FlatGeobufReader {
    // `room`: the bytes that follow the header.
    private static func header(
        _ table: FlatGeobufTable,
        room: Int
    ) throws(FlatGeobufError) -> FlatGeobufHeader {
        var columns: [FlatGeobufColumn] = []
        // Columns may share a name's bytes; together they must still fit into the header.
        var nameRoom = table.bytes.count
        try table.forEachTable(7) { column throws(FlatGeobufError) in
            let type: UInt8 = try column.scalar(1, default: 0)
            guard let kind = FlatGeobufColumn.Kind(rawValue: type) else {
                throw .unknownColumnType(index: columns.count, type: type)
            }
            let name = try column.string(0) ?? ""
            nameRoom -= name.utf8.count
            // A value names its column by a UInt16.
            guard nameRoom >= 0, columns.count <= UInt16.max else {
                throw .damaged(atByte: table.origin)
            }
            columns.append(FlatGeobufColumn(name: name, kind: kind))
        }
        let count: UInt64 = try table.scalar(8, default: 0)
        // A feature takes more than eight bytes: a larger count than this cannot be true.
        guard count <= UInt64(room / 8) else { throw .truncated(atByte: table.origin) }
        let nodeSize: UInt16 = try table.scalar(9, default: 16)
        let indexBytes = indexByteCount(features: Int(count), nodeSize: Int(nodeSize))
        guard indexBytes <= room else { throw .truncated(atByte: table.origin) }
        let crs = try table.table(10)
        let code: Int32 = try crs?.scalar(1, default: 0) ?? 0
        return FlatGeobufHeader(
            name: try table.string(0),
            geometryType: FlatGeobufGeometryType(rawValue: try table.scalar(2, default: 0)),
            columns: columns,
            featureCount: Int(count),
            indexByteCount: indexBytes,
            crsCode: code == 0 ? nil : Int(code),
            crsOrganization: try crs?.string(0),
            envelope: try envelope(table))
    }

    private static func envelope(_ table: FlatGeobufTable) throws(FlatGeobufError) -> BoundingBox? {
        guard let values = try table.vector(1, stride: 8), values.count >= 32 else { return nil }
        func value(_ index: Int) -> Double { double(values, at: 8 * index) }
        return BoundingBox(west: value(0), south: value(1), east: value(2), north: value(3))
    }

    /// The bytes of a packed R-tree: each level has one node for `nodeSize` of the level below.
    static func indexByteCount(features: Int, nodeSize: Int) -> Int {
        guard features > 0, nodeSize > 1 else { return 0 }
        var level = features
        var nodes = level
        repeat {
            level = (level + nodeSize - 1) / nodeSize
            nodes += level
        } while level > 1
        return nodes * indexNodeSize
    }
}

// MARK: - Features

extension FlatGeobufReader {
    private static func feature(
        _ table: FlatGeobufTable,
        number: Int,
        type: FlatGeobufGeometryType,
        columns: [FlatGeobufColumn]
    ) throws(FlatGeobufError) -> FlatGeobufFeature {
        if let own = try table.vector(2, stride: 4), !own.isEmpty {
            throw .columnsInFeature(feature: number)
        }
        return FlatGeobufFeature(
            values: try values(table, feature: number, columns: columns),
            geometry: try geometry(table, feature: number, type: type))
    }

    private static func values(
        _ table: FlatGeobufTable,
        feature: Int,
        columns: [FlatGeobufColumn]
    ) throws(FlatGeobufError) -> [FlatGeobufValue?] {
        var values: [FlatGeobufValue?] = Array(repeating: nil, count: columns.count)
        guard let properties = try table.vector(1, stride: 1) else { return values }
        var reader = PropertyReader(bytes: properties, origin: table.origin)
        while reader.position < properties.count {
            let column = Int(try reader.number(UInt16.self))
            guard column < columns.count else {
                throw .noSuchColumn(feature: feature, column: column)
            }
            values[column] = try reader.value(columns[column].kind)
        }
        return values
    }

    private struct PropertyReader {
        let bytes: UnsafeRawBufferPointer
        let origin: Int
        var position = 0

        mutating func number<T: FixedWidthInteger>(_ type: T.Type) throws(FlatGeobufError) -> T {
            guard position <= bytes.count - MemoryLayout<T>.size else {
                throw .damaged(atByte: origin)
            }
            defer { position += MemoryLayout<T>.size }
            return T(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: T.self))
        }

        mutating func block() throws(FlatGeobufError) -> UnsafeRawBufferPointer {
            let count = Int(try number(UInt32.self))
            guard count <= bytes.count - position else { throw .damaged(atByte: origin) }
            defer { position += count }
            return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
        }

        mutating func value(
            _ kind: FlatGeobufColumn.Kind
        ) throws(FlatGeobufError) -> FlatGeobufValue {
            switch kind {
            case .byte: .integer(Int64(try number(Int8.self)))
            case .unsignedByte: .integer(Int64(try number(UInt8.self)))
            case .bool: .bool(try number(UInt8.self) != 0)
            case .short: .integer(Int64(try number(Int16.self)))
            case .unsignedShort: .integer(Int64(try number(UInt16.self)))
            case .int: .integer(Int64(try number(Int32.self)))
            case .unsignedInt: .integer(Int64(try number(UInt32.self)))
            case .long: .integer(try number(Int64.self))
            case .unsignedLong: .unsignedLong(try number(UInt64.self))
            case .float: .double(Double(Float(bitPattern: try number(UInt32.self))))
            case .double: .double(Double(bitPattern: try number(UInt64.self)))
            case .string: .string(String(decoding: try block(), as: UTF8.self))
            case .json: .json(String(decoding: try block(), as: UTF8.self))
            case .dateTime: .dateTime(String(decoding: try block(), as: UTF8.self))
            case .binary: .binary(Array(try block()))
            }
        }
    }

    private static func geometry(
        _ table: FlatGeobufTable,
        feature: Int,
        type headerType: FlatGeobufGeometryType
    ) throws(FlatGeobufError) -> FlatGeobufGeometry {
        guard let geometry = try table.table(0) else { return .missing }
        let type =
            headerType == .unknown
            ? FlatGeobufGeometryType(rawValue: try geometry.scalar(6, default: 0)) : headerType
        // Parts may point at one another's vertices; what they add up to must still fit into the
        // feature, or a small file could ask for any amount of memory.
        var room = table.bytes.count
        switch type {
        case .point:
            guard let point = try point(geometry, feature: feature) else { return .missing }
            return .shape(.point(point))
        case .polygon:
            guard let polygon = try polygon(geometry, feature: feature, room: &room) else {
                return .missing
            }
            return .area(MultiPolygon([polygon]))
        case .multiPolygon:
            return .area(try area(geometry, feature: feature, room: &room))
        default:
            return try shape(geometry, type: type, feature: feature, room: &room)
                .map(FlatGeobufGeometry.shape) ?? .unsupported(type)
        }
    }

    /// Nil for a point without a position; further ordinates are not looked at.
    private static func point(
        _ geometry: FlatGeobufTable,
        feature: Int
    ) throws(FlatGeobufError) -> Coordinate? {
        guard let xy = try geometry.vector(1, stride: 8), xy.count >= 16 else { return nil }
        return try coordinates(xy, 0..<1, feature: feature).first
    }

    static func area(
        _ geometry: FlatGeobufTable,
        feature: Int,
        room: inout Int
    ) throws(FlatGeobufError) -> MultiPolygon {
        var polygons: [Polygon] = []
        try geometry.forEachTable(7) { part throws(FlatGeobufError) in
            if let polygon = try polygon(part, feature: feature, room: &room) {
                polygons.append(polygon)
            }
        }
        return MultiPolygon(polygons)
    }

    /// Nil for a polygon without a ring.
    static func polygon(
        _ geometry: FlatGeobufTable,
        feature: Int,
        room: inout Int
    ) throws(FlatGeobufError) -> Polygon? {
        guard let xy = try geometry.vector(1, stride: 8), !xy.isEmpty else { return nil }
        room -= xy.count
        guard room >= 0, xy.count.isMultiple(of: 16) else {
            throw .damaged(atByte: geometry.origin)
        }
        let count = xy.count / 16
        let ends = try geometry.vector(0, stride: 4)
        var rings: [Polygon.Ring] = []
        var start = 0
        for index in 0..<max(1, (ends?.count ?? 0) / 4) {
            var end = count
            if let ends, !ends.isEmpty {
                end = Int(
                    UInt32(
                        littleEndian: ends.loadUnaligned(
                            fromByteOffset: 4 * index, as: UInt32.self)))
            }
            // An empty ring says nothing, and many of them would fill the memory.
            guard end > start, end <= count else { throw .damaged(atByte: geometry.origin) }
            rings.append(try ring(xy, start..<end, feature: feature))
            start = end
        }
        return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
    }

    private static func ring(
        _ xy: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        feature: Int
    ) throws(FlatGeobufError) -> Polygon.Ring {
        let isClosed =
            range.count > 1
            && coordinate(xy, at: range.lowerBound) == coordinate(xy, at: range.upperBound - 1)
        return try coordinates(
            xy, isClosed ? range.dropLast() : range, feature: feature)
    }

    static func coordinates(
        _ xy: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        feature: Int
    ) throws(FlatGeobufError) -> [Coordinate] {
        // 0 times a finite number is 0; infinities and NaN give NaN, which no sum loses.
        var check = 0.0
        let line = [Coordinate](unsafeUninitializedCapacity: range.count) { buffer, initialized in
            for index in 0..<range.count {
                let vertex = coordinate(xy, at: range.lowerBound + index)
                check += vertex.longitude * 0 + vertex.latitude * 0
                buffer.initializeElement(at: index, to: vertex)
            }
            initialized = range.count
        }
        guard check == 0 else { throw .coordinateNotFinite(feature: feature) }
        return line
    }

    /// The pair of numbers `index`.
    private static func coordinate(_ xy: UnsafeRawBufferPointer, at index: Int) -> Coordinate {
        Coordinate(
            longitude: double(xy, at: 16 * index), latitude: double(xy, at: 16 * index + 8))
    }

    private static func double(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
        Double(
            bitPattern: UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
}
