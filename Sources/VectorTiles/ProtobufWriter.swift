/// The part of the Protocol Buffers wire format that a tile needs.
///
/// protobuf.dev/programming-guides/encoding: a field is a key (number × 8 + wire type) and a
/// value; numbers are varints, seven bits a byte from the least, the high bit saying "more".
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    /// Begins a new message in the same memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Fields that are encoded already.
    mutating func append(_ fields: ArraySlice<UInt8>) {
        bytes.append(contentsOf: fields)
    }

    mutating func field(_ number: Int, varint value: UInt64) {
        key(number, .varint)
        varint(value)
    }

    mutating func field(_ number: Int, double value: Double) {
        key(number, .fixed64)
        var bits = value.bitPattern.littleEndian
        withUnsafeBytes(of: &bits) { bytes.append(contentsOf: $0) }
    }

    mutating func field(_ number: Int, float value: Float) {
        key(number, .fixed32)
        var bits = value.bitPattern.littleEndian
        withUnsafeBytes(of: &bits) { bytes.append(contentsOf: $0) }
    }

    mutating func field(_ number: Int, string value: String) {
        key(number, .lengthDelimited)
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func field(_ number: Int, bytes value: some Collection<UInt8>) {
        key(number, .lengthDelimited)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A repeated number as one packed field.
    mutating func field(_ number: Int, packed values: [UInt32]) {
        key(number, .lengthDelimited)
        varint(UInt64(values.reduce(0) { $0 + Self.varintSize(UInt64($1)) }))
        for value in values { varint(UInt64(value)) }
    }

    /// Small numbers of either sign as small unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3.
    static func zigzag(_ value: Int32) -> UInt32 {
        UInt32(bitPattern: (value << 1) ^ (value >> 31))
    }

    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }

    private mutating func key(_ number: Int, _ type: WireType) {
        varint(UInt64(number) << 3 | type.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func varintSize(_ value: UInt64) -> Int {
        max(1, (UInt64.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }
}
