internal import Compression

/// A ZIP archive whose parts are stored as they are, so that a mutation of a part stays one.
enum StoredArchive {
    static let mark: UInt8 = 0x1E

    /// The parts of a text in which each begins with a line of `mark` and its path.
    static func parts(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [(path: [UInt8], content: UnsafeBufferPointer<UInt8>)] {
        bytes.split(separator: mark).prefix(64).map { part in
            let end = part.firstIndex(of: UInt8(ascii: "\n")) ?? part.endIndex
            var contentEnd = part.endIndex
            // The line end before the next mark belongs to neither.
            if end < contentEnd, part[contentEnd - 1] == UInt8(ascii: "\n") { contentEnd -= 1 }
            let start = min(end + 1, contentEnd)
            return (
                Array(part[part.startIndex..<end]),
                UnsafeBufferPointer(rebasing: part[start..<contentEnd])
            )
        }
    }

    static func bytes(
        of parts: [(path: [UInt8], content: UnsafeBufferPointer<UInt8>)]
    ) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            var check = CRC32()
            check.update(part.content)
            let start = archive.count
            // From the version needed to the length of the extra field, as both headers have them.
            var fields: [UInt8] = []
            for value in [20, 0x0800, 0, 0, 0x0021] { append16(value, to: &fields) }
            append32(Int(check.value), to: &fields)
            append32(part.content.count, to: &fields)
            append32(part.content.count, to: &fields)
            append16(part.path.count, to: &fields)
            append16(0, to: &fields)
            archive += [0x50, 0x4B, 3, 4] + fields + part.path
            archive.append(contentsOf: part.content)
            directory += [0x50, 0x4B, 1, 2, 20, 0] + fields
            for value in [0, 0, 0, 0, 0] { append16(value, to: &directory) }
            append32(start, to: &directory)
            directory += part.path
        }
        let start = archive.count
        archive += directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        append16(parts.count, to: &archive)
        append16(parts.count, to: &archive)
        append32(directory.count, to: &archive)
        append32(start, to: &archive)
        append16(0, to: &archive)
        return archive
    }

    private static func append16(_ value: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    private static func append32(_ value: Int, to bytes: inout [UInt8]) {
        append16(value, to: &bytes)
        append16(value >> 16, to: &bytes)
    }
}
