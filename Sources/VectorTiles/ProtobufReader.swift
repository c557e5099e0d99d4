/// Reads the fields of a message of the Protocol Buffers wire format, one after the other.
///
/// The counterpart of `ProtobufWriter`. Positions are those in the bytes of the whole tile.
struct ProtobufReader {
    struct Field {
        let number: Int
        /// The value of a varint; 0 for other types.
        let varint: UInt64
        /// Where the bytes of a length-delimited field lie; empty for other types.
        let bytes: Range<Int>
    }

    /// A field did not end where the message does.
    private(set) var isDamaged = false

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private let end: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.init(bytes, bytes.startIndex..<bytes.endIndex)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The fields of the message that `field` holds.
    func message(_ field: Field) -> ProtobufReader { ProtobufReader(bytes, field.bytes) }

    /// The next field; nil at the end of the message and where it is damaged.
    mutating func next() -> Field? {
        guard position < end, !isDamaged else { return nil }
        guard let key = varint() else { return damaged() }
        let number = Int(truncatingIfNeeded: key >> 3)
        switch key & 7 {
        case 0:
            guard let value = varint() else { return damaged() }
            return Field(number: number, varint: value, bytes: position..<position)
        case 1: return skip(8, number)
        case 2:
            guard let length = varint(), length <= UInt64(end - position) else { return damaged() }
            return skip(Int(length), number)
        case 5: return skip(4, number)
        default: return damaged()
        }
    }

    private mutating func skip(_ count: Int, _ number: Int) -> Field? {
        guard count <= end - position else { return damaged() }
        defer { position += count }
        return Field(number: number, varint: 0, bytes: position..<position + count)
    }

    private mutating func damaged() -> Field? {
        isDamaged = true
        return nil
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0 as UInt64, to: 64, by: 7) {
            guard position < end else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
