internal import Compression

/// Writes a ZIP archive from first to last byte, without going back.
///
/// Sizes and checksum follow each part in a data descriptor, for they are known only then. Parts
/// and archive stay below 4 GB: ZIP64 is not written. No times: the same parts give the same bytes.
public struct ZipWriter {
    private struct Entry {
        let name: [UInt8]
        let offset: Int
        var packedByteCount = 0
        var byteCount = 0
        var check = CRC32()
    }

    /// Takes the archive's next bytes.
    public typealias Write = (_ bytes: [UInt8]) throws -> Void

    private let write: Write
    private let level: Int32
    private var entries: [Entry] = []
    private var position = 0
    private var deflater: DeflateStream?

    /// Version 2.0: deflate.
    private static let version = 20
    /// Bit 3 says that a data descriptor follows, bit 11 that the name is UTF-8.
    private static let flags = 0x0808
    /// 1 January 1980, the first day that ZIP knows.
    private static let date = 0x0021
    private static let deflated = 8
    private static let largest = 0xFFFF_FFFE

    public init(level: Int32 = 6, write: @escaping Write) {
        precondition(1...9 ~= level, "no compression level: \(level)")
        self.level = level
        self.write = write
    }

    /// Starts a part; the one before must have been ended.
    public mutating func begin(_ name: String) throws {
        precondition(deflater == nil, "a part is still open")
        precondition(1...65_535 ~= name.utf8.count, "a name of \(name.utf8.count) bytes")
        precondition(entries.count < 65_535, "\(entries.count) parts")
        let entry = Entry(name: Array(name.utf8), offset: position)
        var header = LittleEndianWriter()
        header.append32(0x0403_4B50)
        header.append16(Self.version)
        appendFields(of: entry, to: &header)
        header.append16(0)
        header.bytes += entry.name
        deflater = try DeflateStream(level: level)
        entries.append(entry)
        try put(header.bytes)
    }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard let deflater else { preconditionFailure("no part is open") }
        let last = entries.count - 1
        entries[last].check.update(bytes)
        entries[last].byteCount += bytes.count
        try checkSize(entries[last].byteCount)
        var packed: [UInt8] = []
        try deflater.deflate(bytes) { packed.append(contentsOf: $0) }
        entries[last].packedByteCount += packed.count
        try put(packed)
    }

    public mutating func end() throws {
        guard let deflater else { preconditionFailure("no part is open") }
        let last = entries.count - 1
        var packed: [UInt8] = []
        try deflater.finish { packed.append(contentsOf: $0) }
        self.deflater = nil
        entries[last].packedByteCount += packed.count
        var descriptor = LittleEndianWriter()
        descriptor.append32(0x0807_4B50)
        appendSizes(of: entries[last], to: &descriptor)
        try put(packed + descriptor.bytes)
    }

    public mutating func add(_ name: String, _ text: String) throws {
        try begin(name)
        var text = text
        try text.withUTF8 { try append($0) }
        try end()
    }

    /// Writes the directory; the archive is then complete.
    public mutating func finish() throws {
        precondition(deflater == nil, "a part is still open")
        let start = position
        var directory = LittleEndianWriter()
        for entry in entries {
            directory.append32(0x0201_4B50)
            directory.append16(Self.version)
            directory.append16(Self.version)
            appendFields(of: entry, to: &directory)
            for _ in 0..<4 { directory.append16(0) }
            directory.append32(0)
            directory.append32(entry.offset)
            directory.bytes += entry.name
        }
        let size = directory.bytes.count
        directory.append32(0x0605_4B50)
        directory.append16(0)
        directory.append16(0)
        directory.append16(entries.count)
        directory.append16(entries.count)
        directory.append32(size)
        directory.append32(start)
        directory.append16(0)
        try put(directory.bytes)
    }

    /// The fields that local header and directory share, from the flags to the length of the name.
    private func appendFields(of entry: Entry, to header: inout LittleEndianWriter) {
        header.append16(Self.flags)
        header.append16(Self.deflated)
        header.append16(0)
        header.append16(Self.date)
        appendSizes(of: entry, to: &header)
        header.append16(entry.name.count)
    }

    private func appendSizes(of entry: Entry, to header: inout LittleEndianWriter) {
        header.append32(Int(entry.check.value))
        header.append32(entry.packedByteCount)
        header.append32(entry.byteCount)
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        try checkSize(position + bytes.count)
        position += bytes.count
        try write(bytes)
    }

    private func checkSize(_ byteCount: Int) throws {
        guard byteCount <= Self.largest else {
            throw WorkbookError.tooLarge(part: "The archive", .archiveBytes)
        }
    }
}

private struct LittleEndianWriter {
    var bytes: [UInt8] = []

    mutating func append16(_ number: Int) {
        bytes.append(UInt8(truncatingIfNeeded: number))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    }

    mutating func append32(_ number: Int) {
        append16(number)
        append16(number >> 16)
    }
}
