internal import Compression

/// The parts of a ZIP archive (PKWARE APPNOTE 6.3.10), read without holding the archive in memory.
///
/// Stored and deflated parts, ZIP64, data descriptors, names in UTF-8 or code page 437. The central
/// directory alone counts; bytes that it does not speak of are never read. What repeats itself
/// without end or is larger than the limits is refused while it is unpacked.
public struct ZipArchive {
    public struct Entry: Hashable, Sendable {
        public let name: String
        public let packedByteCount: Int
        public let byteCount: Int
        public let crc32: UInt32
        public let method: Int
        public let isEncrypted: Bool
        let localHeaderOffset: Int
    }

    /// Reads `count` bytes from `offset`; fewer only where the file ends.
    public typealias Read = (_ offset: Int, _ count: Int) throws -> [UInt8]

    /// In the order of the directory.
    public let entries: [Entry]
    private let byteCount: Int
    private let read: Read
    private let limits: WorkbookLimits

    private static let stored = 0
    private static let deflated = 8
    private static let localHeaderSize = 30
    private static let packedPieceSize = 1 << 16
    private static let pieceSize = 1 << 17

    public init(byteCount: Int, read: @escaping Read) throws {
        try self.init(byteCount: byteCount, limits: WorkbookLimits(), read: read)
    }

    init(byteCount: Int, limits: WorkbookLimits, read: @escaping Read) throws {
        self.byteCount = byteCount
        self.read = read
        self.limits = limits
        entries = try ZipDirectory(byteCount: byteCount, limits: limits, read: read).entries()
    }

    /// The entry of that name, or else one that differs in upper and lower case only: parts of
    /// office documents are named without regard to it.
    public func entry(named name: String) -> Entry? {
        entries.first { $0.name == name }
            ?? entries.first { $0.name.lowercased() == name.lowercased() }
    }

    /// Hands over the unpacked bytes of `entry` in pieces of 128 KiB until `body` returns false.
    ///
    /// The checksum is compared when the end is reached.
    public func stream(
        _ entry: Entry,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        guard !entry.isEncrypted else { throw WorkbookError.encrypted }
        guard entry.byteCount <= limits.unpackedBytes else {
            throw WorkbookError.tooLarge(part: entry.name, .unpackedBytes)
        }
        let start = try contentOffset(entry)
        var check = CRC32()
        var total = 0
        let counted: (UnsafeBufferPointer<UInt8>) throws -> Bool = { piece in
            total += piece.count
            try checkSize(entry, unpacked: total)
            check.update(piece)
            return try body(piece)
        }
        let isComplete =
            switch entry.method {
            case Self.stored: try streamStored(entry, from: start, counted)
            case Self.deflated: try streamDeflated(entry, from: start, counted)
            default:
                throw WorkbookError.unknownCompression(part: entry.name, method: entry.method)
            }
        guard isComplete else { return }
        guard total == entry.byteCount else {
            throw WorkbookError.damagedArchive(.content(part: entry.name))
        }
        guard check.value == entry.crc32 else {
            throw WorkbookError.damagedArchive(.checksum(part: entry.name))
        }
    }

    /// The whole of a small part.
    func bytes(_ entry: Entry, atMost limit: Int = 16 << 20) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try stream(entry) { piece in
            guard bytes.count + piece.count <= limit else {
                throw WorkbookError.tooLarge(part: entry.name, .unpackedBytes)
            }
            bytes.append(contentsOf: piece)
            return true
        }
        return bytes
    }

    private func checkSize(_ entry: Entry, unpacked: Int) throws {
        // The directory said less: it may be lying about more than the size.
        guard unpacked <= entry.byteCount else {
            throw WorkbookError.damagedArchive(.content(part: entry.name))
        }
        guard
            unpacked <= limits.ratioFreeBytes
                || unpacked / limits.compressionRatio <= entry.packedByteCount
        else { throw WorkbookError.tooLarge(part: entry.name, .compressionRatio) }
    }

    /// Where the content starts: behind the local header, whose name and extra field have lengths
    /// of their own.
    private func contentOffset(_ entry: Entry) throws -> Int {
        let header = try bytes(at: entry.localHeaderOffset, count: Self.localHeaderSize)
        let fields = LittleEndianBytes(header)
        guard fields.uint32(0) == 0x0403_4B50, let name = fields.uint16(26),
            let extra = fields.uint16(28)
        else { throw WorkbookError.damagedArchive(.localHeader) }
        let start = entry.localHeaderOffset + Self.localHeaderSize + name + extra
        guard start <= byteCount, entry.packedByteCount <= byteCount - start else {
            throw WorkbookError.damagedArchive(.localHeader)
        }
        return start
    }

    private func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
            throw WorkbookError.damagedArchive(.localHeader)
        }
        let bytes = try read(offset, count)
        guard bytes.count == count else { throw WorkbookError.damagedArchive(.truncated) }
        return bytes
    }

    private func streamStored(
        _ entry: Entry,
        from start: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws -> Bool {
        var position = 0
        while position < entry.packedByteCount {
            let count = min(Self.pieceSize, entry.packedByteCount - position)
            let piece = try bytes(at: start + position, count: count)
            guard try piece.withUnsafeBufferPointer(body) else { return false }
            position += count
        }
        return true
    }

    private func streamDeflated(
        _ entry: Entry,
        from start: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws -> Bool {
        let inflater = try InflateStream()
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceSize)
        defer { output.deallocate() }
        var filled = 0
        var position = 0
        while position < entry.packedByteCount {
            let count = min(Self.packedPieceSize, entry.packedByteCount - position)
            let packed = try bytes(at: start + position, count: count)
            position += count
            var used = 0
            var isAtEnd = false
            var mayHoldMore = true
            while !isAtEnd, used < packed.count || mayHoldMore {
                let step: Deflate.Step
                do {
                    step = try packed.withUnsafeBufferPointer { packed in
                        try inflater.inflate(
                            .init(rebasing: packed[used...]),
                            into: .init(rebasing: output[filled...]))
                    }
                } catch is Deflate.Failure {
                    throw WorkbookError.damagedArchive(.content(part: entry.name))
                }
                used += step.read
                filled += step.written
                isAtEnd = step.isAtEnd
                // A full output may leave more inside although the input is used up.
                mayHoldMore = filled == output.count
                guard mayHoldMore || isAtEnd else { continue }
                let isWanted = try body(UnsafeBufferPointer(rebasing: output[..<filled]))
                filled = 0
                guard isWanted else { return false }
            }
            if isAtEnd { return true }
        }
        throw WorkbookError.damagedArchive(.content(part: entry.name))
    }
}
