/// Geometries as ISO well-known binary (ISO 19125-1, OGC 06-103r4 section 8).
///
/// Both byte orders are read, little-endian is written. Heights and measures are read over. The
/// marks of PostGIS (EWKB) are no part of the format and refused.
public enum WellKnownBinary {
    public enum Failure: Error, Hashable, Sendable {
        case truncated(atByte: Int)
        case unsupportedByteOrder(UInt8)
        case unsupportedType(UInt32)
        /// Collections stand in each other deeper than anyone draws.
        case tooDeep(atByte: Int)
    }

    /// A MultiPolygon; rings are closed as the format asks.
    public static func encode(_ area: MultiPolygon) -> [UInt8] {
        var writer = WellKnownBinaryWriter(capacity: 32 + area.vertexCount * 16)
        writer.write(area)
        return writer.bytes
    }

    /// Reads a Polygon or a MultiPolygon.
    public static func decode(_ bytes: [UInt8]) throws(Failure) -> MultiPolygon {
        var reader = WellKnownBinaryReader(bytes: bytes)
        let header = try reader.header()
        switch header.kind {
        case .polygon: return MultiPolygon([try reader.polygon(header)])
        case .multiPolygon: return try reader.area(header)
        default: throw .unsupportedType(header.type)
        }
    }
}

/// The numbers of OGC 06-103r4, table 7, without thousands for Z and M.
enum WellKnownBinaryKind: UInt32 {
    case point = 1
    case lineString, polygon, multiPoint, multiLineString, multiPolygon, collection
}

struct WellKnownBinaryWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func header(_ kind: WellKnownBinaryKind) {
        bytes.append(1)
        append(kind.rawValue)
    }

    mutating func header(_ kind: WellKnownBinaryKind, count: Int) {
        header(kind)
        append(UInt32(count))
    }

    mutating func write(_ area: MultiPolygon) {
        header(.multiPolygon, count: area.polygons.count)
        for polygon in area.polygons { write(polygon) }
    }

    mutating func write(_ polygon: Polygon) {
        header(.polygon, count: polygon.rings.count)
        for ring in polygon.rings {
            append(UInt32(ring.isEmpty ? 0 : ring.count + 1))
            for vertex in ring { append(vertex) }
            if let first = ring.first { append(first) }
        }
    }

    mutating func append(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ vertex: Coordinate) {
        withUnsafeBytes(of: vertex.longitude.bitPattern.littleEndian) {
            bytes.append(contentsOf: $0)
        }
        withUnsafeBytes(of: vertex.latitude.bitPattern.littleEndian) {
            bytes.append(contentsOf: $0)
        }
    }
}
