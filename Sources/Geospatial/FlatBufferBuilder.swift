/// Lays out one FlatBuffer behind its length, front to back.
///
/// Offsets of the format point forward only, so a table is written first with room for its
/// offsets, and what they point at follows; each `at:` is the place of an offset to fill in.
/// Places are aligned from the length's first byte on, as FlatGeobuf's own writer does.
struct FlatBufferBuilder {
    /// The length, then the offset of the root table.
    private var bytes: [UInt8] = Array(repeating: 0, count: 8)

    mutating func root(sizes: [Int]) -> [Int] { table(sizes: sizes, at: 4) }

    /// A table whose field n has `sizes[n]` bytes, 0 for none.
    ///
    /// The answer has the place of each field; that of an absent one means nothing.
    mutating func table(sizes: [Int], at slot: Int) -> [Int] {
        pad(to: 4, after: 4 + 2 * sizes.count)
        let vtable = bytes.count
        let start = vtable + 4 + 2 * sizes.count
        var end = start + 4
        let places = sizes.map { size in
            guard size > 0 else { return start }
            end = (end + size - 1) / size * size
            defer { end += size }
            return end
        }
        bytes.append(contentsOf: repeatElement(0, count: end - vtable))
        put(UInt16(start - vtable), at: vtable)
        put(UInt16(end - start), at: vtable + 2)
        for (field, size) in sizes.enumerated() where size > 0 {
            put(UInt16(places[field] - start), at: vtable + 4 + 2 * field)
        }
        put(Int32(start - vtable), at: start)
        point(slot, to: start)
        return places
    }

    mutating func put(_ number: some FixedWidthInteger, at place: Int) {
        withUnsafeBytes(of: number.littleEndian) { raw in
            for (index, byte) in raw.enumerated() { bytes[place + index] = byte }
        }
    }

    /// A vector of offsets; the answer has the place of each.
    mutating func offsets(_ count: Int, at slot: Int) -> [Int] {
        let first = vector(count, alignment: 4, at: slot)
        bytes.append(contentsOf: repeatElement(0, count: 4 * count))
        return (0..<count).map { first + 4 * $0 }
    }

    mutating func bytes(_ content: some Collection<UInt8>, at slot: Int) {
        _ = vector(content.count, alignment: 4, at: slot)
        bytes += content
    }

    mutating func string(_ text: String, at slot: Int) {
        bytes(text.utf8, at: slot)
        bytes.append(0)
    }

    mutating func numbers(_ numbers: [UInt32], at slot: Int) {
        _ = vector(numbers.count, alignment: 4, at: slot)
        for number in numbers {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }

    mutating func doubles(_ numbers: [Double], at slot: Int) {
        _ = vector(numbers.count, alignment: 8, at: slot)
        bytes.reserveCapacity(bytes.count + 8 * numbers.count)
        for number in numbers {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }

    mutating func finish() -> [UInt8] {
        pad(to: 8, after: 0)
        put(UInt32(bytes.count - 4), at: 0)
        return bytes
    }

    /// The count of a vector whose elements follow; the answer is their place.
    private mutating func vector(_ count: Int, alignment: Int, at slot: Int) -> Int {
        pad(to: alignment, after: 4)
        point(slot, to: bytes.count)
        withUnsafeBytes(of: UInt32(count).littleEndian) { bytes.append(contentsOf: $0) }
        return bytes.count
    }

    private mutating func point(_ slot: Int, to target: Int) {
        put(UInt32(target - slot), at: slot)
    }

    /// Pads so that `size` bytes later a multiple of `alignment` is reached.
    private mutating func pad(to alignment: Int, after size: Int) {
        while !(bytes.count + size).isMultiple(of: alignment) { bytes.append(0) }
    }
}
