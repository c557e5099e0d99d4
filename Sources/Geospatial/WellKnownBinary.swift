/// Areas as ISO well-known binary (ISO 19125-1, OGC 06-103r4 section 8), little-endian, WKB types 3 and 6.
public enum WellKnownBinary {
    public enum Failure: Error, Hashable, Sendable {
        case truncated(atByte: Int)
        case unsupportedByteOrder(UInt8)
        case unsupportedType(UInt32)
    }

    /// A MultiPolygon; rings are closed as the format asks.
    public static func encode(_ area: MultiPolygon) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + area.vertexCount * 16)
        bytes.append(1)
        append(UInt32(6), to: &bytes)
        append(UInt32(area.polygons.count), to: &bytes)
        for polygon in area.polygons {
            bytes.append(1)
            append(UInt32(3), to: &bytes)
            append(UInt32(polygon.rings.count), to: &bytes)
            for ring in polygon.rings {
                append(UInt32(ring.isEmpty ? 0 : ring.count + 1), to: &bytes)
                for vertex in ring { append(vertex, to: &bytes) }
                if let first = ring.first { append(first, to: &bytes) }
            }
        }
        return bytes
    }

    /// Reads a Polygon or a MultiPolygon.
    public static func decode(_ bytes: [UInt8]) throws(Failure) -> MultiPolygon {
        var reader = Reader(bytes: bytes)
        let (type, count) = try reader.header()
        switch type {
        case 3:
            return MultiPolygon([try reader.polygon(ringCount: count)])
        case 6:
            var polygons: [Polygon] = []
            for _ in 0..<count {
                let (partType, ringCount) = try reader.header()
                guard partType == 3 else { throw .unsupportedType(partType) }
                polygons.append(try reader.polygon(ringCount: ringCount))
            }
            return MultiPolygon(polygons)
        default:
            throw .unsupportedType(type)
        }
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func append(_ vertex: Coordinate, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: vertex.longitude.bitPattern.littleEndian) {
            bytes.append(contentsOf: $0)
        }
        withUnsafeBytes(of: vertex.latitude.bitPattern.littleEndian) {
            bytes.append(contentsOf: $0)
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func header() throws(Failure) -> (type: UInt32, count: UInt32) {
            guard position < bytes.count else { throw .truncated(atByte: position) }
            guard bytes[position] == 1 else { throw .unsupportedByteOrder(bytes[position]) }
            position += 1
            return (UInt32(try integer(size: 4)), UInt32(try integer(size: 4)))
        }

        mutating func polygon(ringCount: UInt32) throws(Failure) -> Polygon {
            var rings: [Polygon.Ring] = []
            for _ in 0..<ringCount {
                let count = Int(try integer(size: 4))
                guard position + count * 16 <= bytes.count else {
                    throw .truncated(atByte: bytes.count)
                }
                var ring: Polygon.Ring = []
                ring.reserveCapacity(count)
                for _ in 0..<count {
                    ring.append(
                        Coordinate(
                            longitude: Double(bitPattern: try integer(size: 8)),
                            latitude: Double(bitPattern: try integer(size: 8))))
                }
                if ring.count > 1, ring.first == ring.last { ring.removeLast() }
                rings.append(ring)
            }
            return Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))
        }

        private mutating func integer(size: Int) throws(Failure) -> UInt64 {
            guard position + size <= bytes.count else { throw .truncated(atByte: bytes.count) }
            var value: UInt64 = 0
            for offset in (0..<size).reversed() {
                value = value << 8 | UInt64(bytes[position + offset])
            }
            position += size
            return value
        }
    }
}
