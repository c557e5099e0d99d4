/// A FlatBuffers table in memory that is not trusted: every offset is checked before it is followed.
///
/// Layout (flatbuffers.dev, "FlatBuffer Internals"): a table begins with the signed distance back
/// to its vtable; the vtable holds its own size, the table's size and for each field its distance
/// from the table's begin, 0 for "not there". Strings, vectors and tables are reached by an
/// unsigned distance from the field. All little-endian.
struct FlatGeobufTable {
    /// One whole FlatBuffer.
    let bytes: UnsafeRawBufferPointer
    /// Where `bytes` stands in the file, for the errors.
    let origin: Int
    private let position: Int
    private let vtable: Int
    private let vtableSize: Int

    /// The root table.
    init(rootOf bytes: UnsafeRawBufferPointer, origin: Int) throws(FlatGeobufError) {
        guard bytes.count >= 4 else { throw .damaged(atByte: origin) }
        let offset = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        try self.init(bytes: bytes, origin: origin, position: offset)
    }

    private init(
        bytes: UnsafeRawBufferPointer,
        origin: Int,
        position: Int
    ) throws(FlatGeobufError) {
        self.bytes = bytes
        self.origin = origin
        self.position = position
        guard position >= 0, position <= bytes.count - 4 else {
            throw .damaged(atByte: origin)
        }
        let back = Int32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self))
        vtable = position - Int(back)
        guard vtable >= 0, vtable <= bytes.count - 4 else {
            throw .damaged(atByte: origin + position)
        }
        vtableSize = Int(
            UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: vtable, as: UInt16.self)))
        guard vtableSize >= 4, vtableSize <= bytes.count - vtable else {
            throw .damaged(atByte: origin + vtable)
        }
    }

    /// Where field `number` stands, with room for `size` bytes; nil when it is not there.
    private func place(_ number: Int, size: Int) throws(FlatGeobufError) -> Int? {
        let slot = 4 + 2 * number
        guard slot + 2 <= vtableSize else { return nil }
        let distance = Int(
            UInt16(
                littleEndian: bytes.loadUnaligned(fromByteOffset: vtable + slot, as: UInt16.self)))
        guard distance > 0 else { return nil }
        guard position + distance <= bytes.count - size else {
            throw .damaged(atByte: origin + position)
        }
        return position + distance
    }

    func scalar<T: FixedWidthInteger>(
        _ number: Int,
        default value: T
    ) throws(FlatGeobufError) -> T {
        guard let place = try place(number, size: MemoryLayout<T>.size) else { return value }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: T.self))
    }

    private func target(_ place: Int) throws(FlatGeobufError) -> Int {
        let distance = UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        let target = place + Int(distance)
        guard target <= bytes.count - 4 else { throw .damaged(atByte: origin + place) }
        return target
    }

    func table(_ number: Int) throws(FlatGeobufError) -> FlatGeobufTable? {
        guard let place = try place(number, size: 4) else { return nil }
        return try FlatGeobufTable(bytes: bytes, origin: origin, position: try target(place))
    }

    /// The bytes of a vector whose elements have `stride` bytes; nil when it is not there.
    func vector(
        _ number: Int,
        stride: Int
    ) throws(FlatGeobufError) -> UnsafeRawBufferPointer? {
        guard let place = try place(number, size: 4) else { return nil }
        let start = try target(place)
        let count = Int(
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        guard count <= (bytes.count - start - 4) / stride else {
            throw .damaged(atByte: origin + start)
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start + 4..<start + 4 + count * stride])
    }

    func string(_ number: Int) throws(FlatGeobufError) -> String? {
        guard let text = try vector(number, stride: 1) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// Hands each table of a vector of tables to `body`.
    func forEachTable(
        _ number: Int,
        _ body: (FlatGeobufTable) throws(FlatGeobufError) -> Void
    ) throws(FlatGeobufError) {
        guard let offsets = try vector(number, stride: 4), !offsets.isEmpty,
            let place = try place(number, size: 4)
        else { return }
        let first = try target(place) + 4
        for element in 0..<offsets.count / 4 {
            let target = try target(first + 4 * element)
            try body(try FlatGeobufTable(bytes: bytes, origin: origin, position: target))
        }
    }
}
