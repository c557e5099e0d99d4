/// Reads well-known binary from the front; a count never makes it take more memory than the bytes
/// that are there can fill.
struct WellKnownBinaryReader {
    typealias Failure = WellKnownBinary.Failure

    struct Header {
        let isLittleEndian: Bool
        /// As written.
        let type: UInt32
        let kind: WellKnownBinaryKind
        /// 2, 3 or 4 numbers for a position.
        let dimensions: Int
    }

    private let bytes: [UInt8]
    private(set) var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func header() throws(Failure) -> Header {
        guard position < bytes.count else { throw .truncated(atByte: position) }
        let order = bytes[position]
        guard order <= 1 else { throw .unsupportedByteOrder(order) }
        position += 1
        let type = try count(isLittleEndian: order == 1)
        // 1001 is a point with Z, 2001 one with M, 3001 one with both.
        guard type < 4000, let kind = WellKnownBinaryKind(rawValue: type % 1000) else {
            throw .unsupportedType(type)
        }
        let dimensions = [2, 3, 3, 4][Int(type / 1000)]
        return Header(
            isLittleEndian: order == 1, type: type, kind: kind, dimensions: dimensions)
    }

    /// A header of a part, which must be of one kind.
    mutating func header(of kind: WellKnownBinaryKind) throws(Failure) -> Header {
        let header = try header()
        guard header.kind == kind else { throw .unsupportedType(header.type) }
        return header
    }

    mutating func count(_ header: Header) throws(Failure) -> Int {
        Int(try count(isLittleEndian: header.isLittleEndian))
    }

    mutating func area(_ header: Header) throws(Failure) -> MultiPolygon {
        var polygons: [Polygon] = []
        for _ in 0..<(try count(header)) {
            polygons.append(try polygon(try self.header(of: .polygon)))
        }
        return MultiPolygon(polygons)
    }

    mutating func polygon(_ header: Header) throws(Failure) -> Polygon {
        var rings: [Polygon.Ring] = []
        for _ in 0..<(try count(header)) {
            var ring = try coordinates(header)
            if ring.count > 1, ring.first == ring.last { ring.removeLast() }
            rings.append(ring)
        }
        return Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))
    }

    /// A count and so many positions.
    mutating func coordinates(_ header: Header) throws(Failure) -> [Coordinate] {
        let count = try count(header)
        let stride = header.dimensions * 8
        guard count <= (bytes.count - position) / stride else {
            throw .truncated(atByte: bytes.count)
        }
        let start = position
        position += count * stride
        return bytes.withUnsafeBytes { raw in
            (0..<count).map { index in
                Self.coordinate(raw, at: start + index * stride, header.isLittleEndian)
            }
        }
    }

    mutating func coordinate(_ header: Header) throws(Failure) -> Coordinate {
        let stride = header.dimensions * 8
        guard stride <= bytes.count - position else { throw .truncated(atByte: bytes.count) }
        defer { position += stride }
        return bytes.withUnsafeBytes { raw in
            Self.coordinate(raw, at: position, header.isLittleEndian)
        }
    }

    private static func coordinate(
        _ raw: UnsafeRawBufferPointer,
        at offset: Int,
        _ isLittleEndian: Bool
    ) -> Coordinate {
        let x = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let y = raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        return Coordinate(
            longitude: Double(bitPattern: isLittleEndian ? x.littleEndian : x.bigEndian),
            latitude: Double(bitPattern: isLittleEndian ? y.littleEndian : y.bigEndian))
    }

    private mutating func count(isLittleEndian: Bool) throws(Failure) -> UInt32 {
        guard 4 <= bytes.count - position else { throw .truncated(atByte: bytes.count) }
        defer { position += 4 }
        let word = bytes.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        }
        return isLittleEndian ? word.littleEndian : word.bigEndian
    }
}
