import Geospatial
import TestSupport
import Testing

struct WellKnownBinaryTests {
    static let area = MultiPolygon([
        Polygon(
            exterior: Lattice(columns: 1, rows: 1).areas[0].polygons[0].exterior,
            holes: [
                [(113.253, -7.997), (113.254, -7.995), (113.256, -7.996)]
                    .map { Coordinate(longitude: $0.0, latitude: $0.1) }
            ]),
        Polygon(
            exterior: [(113.5, -7.5), (113.75, -7.5), (113.6, -7.25)]
                .map { Coordinate(longitude: $0.0, latitude: $0.1) }),
    ])

    /// POLYGON((0 0, 1 0, 0 1, 0 0)) by hand from OGC 06-103r4, table 6: byte order, type, ring
    /// count, point count, points; 1.0 is 3FF0000000000000.
    static let triangle: [UInt8] = {
        let zero: [UInt8] = Array(repeating: 0, count: 8)
        let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        return [1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]
            + zero + zero + one + zero + zero + one + zero + zero
    }()

    @Test("what is written is read again, holes and parts included")
    func roundTrips() throws {
        #expect(try WellKnownBinary.decode(WellKnownBinary.encode(Self.area)) == Self.area)
        let empty = MultiPolygon([])
        #expect(try WellKnownBinary.decode(WellKnownBinary.encode(empty)) == empty)
    }

    @Test("a polygon laid out by hand is read, and is written as a part")
    func byHand() throws {
        let area = try WellKnownBinary.decode(Self.triangle)
        let corners = [(0.0, 0.0), (1, 0), (0, 1)]
            .map { Coordinate(longitude: $0.0, latitude: $0.1) }
        #expect(area == MultiPolygon([Polygon(exterior: corners)]))
        #expect(WellKnownBinary.encode(area) == [1, 6, 0, 0, 0, 1, 0, 0, 0] + Self.triangle)
    }

    @Test("bytes cut at any place are truncated")
    func truncated() {
        let bytes = WellKnownBinary.encode(Self.area)
        for count in bytes.indices {
            #expect(throws: WellKnownBinary.Failure.truncated(atByte: count)) {
                try WellKnownBinary.decode(Array(bytes[..<count]))
            }
        }
    }

    @Test("a ring that promises more points than there are bytes is truncated")
    func absurdCount() {
        var bytes = Self.triangle
        bytes.replaceSubrange(9..<13, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WellKnownBinary.Failure.truncated(atByte: bytes.count)) {
            try WellKnownBinary.decode(bytes)
        }
    }

    @Test("a byte order that is none is refused")
    func byteOrder() {
        #expect(throws: WellKnownBinary.Failure.unsupportedByteOrder(2)) {
            try WellKnownBinary.decode([2] + Self.triangle.dropFirst())
        }
    }

    @Test("the triangle in the other byte order is the same triangle")
    func bigEndian() throws {
        let zero: [UInt8] = Array(repeating: 0, count: 8)
        let one: [UInt8] = [0x3F, 0xF0, 0, 0, 0, 0, 0, 0]
        let bytes =
            [0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 4] + zero + zero + one + zero + zero + one + zero
            + zero
        #expect(try WellKnownBinary.decode(bytes) == WellKnownBinary.decode(Self.triangle))
    }

    @Test("another geometry is refused, alone and as a part")
    func otherTypes() {
        var line = Self.triangle
        line[1] = 2
        #expect(throws: WellKnownBinary.Failure.unsupportedType(2)) {
            try WellKnownBinary.decode(line)
        }
        #expect(throws: WellKnownBinary.Failure.unsupportedType(2)) {
            try WellKnownBinary.decode([1, 6, 0, 0, 0, 1, 0, 0, 0] + line)
        }
    }

    @Test("a ring without vertices is written as one, and read back as damage and no trap")
    func emptyRing() {
        let bytes = WellKnownBinary.encode(MultiPolygon([Polygon(exterior: [])]))
        #expect(bytes.suffix(4) == [0, 0, 0, 0])
        _ = try? WellKnownBinary.decode(bytes)
    }
}
