/// Finds and reads the central directory at the end of a ZIP archive.
struct ZipDirectory {
    let byteCount: Int
    let limits: WorkbookLimits
    let read: ZipArchive.Read

    private struct Location {
        let offset: Int
        let byteCount: Int
        let entryCount: Int
    }

    private static let endSize = 22
    private static let longestComment = 65_535
    private static let zip64LocatorSize = 20
    private static let zip64EndSize = 56
    private static let headerSize = 46
    private static let noValue16 = 0xFFFF
    private static let noValue32 = 0xFFFF_FFFF

    func entries() throws -> [ZipArchive.Entry] {
        let location = try location()
        guard location.entryCount <= limits.archiveEntries,
            location.byteCount <= limits.directoryBytes
        else { throw WorkbookError.tooLarge(part: "The archive", .archiveEntries) }
        let fields = LittleEndianBytes(
            try bytes(at: location.offset, count: location.byteCount, or: .directory))
        var entries: [ZipArchive.Entry] = []
        var position = 0
        for _ in 0..<location.entryCount {
            guard let (entry, size) = Self.entry(at: position, in: fields) else {
                throw WorkbookError.damagedArchive(.directory)
            }
            entries.append(entry)
            position += size
        }
        return entries
    }

    /// The end record is the last thing in the file but for a comment of unknown length.
    private func location() throws -> Location {
        let tailCount = min(
            byteCount, Self.endSize + Self.longestComment + Self.zip64LocatorSize)
        guard tailCount >= Self.endSize else { throw WorkbookError.damagedArchive(.noDirectory) }
        let tailStart = byteCount - tailCount
        let tail = LittleEndianBytes(try bytes(at: tailStart, count: tailCount, or: .noDirectory))
        var position = tailCount - Self.endSize
        while position >= 0 {
            if tail.uint32(position) == 0x0605_4B50, let comment = tail.uint16(position + 20),
                comment <= tailCount - Self.endSize - position
            {
                return try location(at: position, in: tail, startingAt: tailStart)
            }
            position -= 1
        }
        throw WorkbookError.damagedArchive(.noDirectory)
    }

    private func location(
        at position: Int,
        in tail: LittleEndianBytes,
        startingAt tailStart: Int
    ) throws -> Location {
        guard let count = tail.uint16(position + 10), let size = tail.uint32(position + 12),
            let offset = tail.uint32(position + 16)
        else { throw WorkbookError.damagedArchive(.noDirectory) }
        let isLarge =
            count == Self.noValue16 || size == Self.noValue32 || offset == Self.noValue32
        let locator = position - Self.zip64LocatorSize
        guard isLarge, locator >= 0, tail.uint32(locator) == 0x0706_4B50 else {
            return Location(offset: offset, byteCount: size, entryCount: count)
        }
        guard let endOffset = tail.uint64(locator + 8) else {
            throw WorkbookError.damagedArchive(.directory)
        }
        let end = LittleEndianBytes(
            try bytes(at: endOffset, count: Self.zip64EndSize, or: .directory))
        guard end.uint32(0) == 0x0606_4B50, let count = end.uint64(32), let size = end.uint64(40),
            let offset = end.uint64(48)
        else { throw WorkbookError.damagedArchive(.directory) }
        return Location(offset: offset, byteCount: size, entryCount: count)
    }

    private func bytes(
        at offset: Int,
        count: Int,
        or damage: WorkbookError.ArchiveDamage
    ) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
            throw WorkbookError.damagedArchive(damage)
        }
        let bytes = try read(offset, count)
        guard bytes.count == count else { throw WorkbookError.damagedArchive(.truncated) }
        return bytes
    }

    private static func entry(
        at position: Int,
        in fields: LittleEndianBytes
    ) -> (ZipArchive.Entry, size: Int)? {
        guard fields.uint32(position) == 0x0201_4B50, let flags = fields.uint16(position + 8),
            let method = fields.uint16(position + 10), let crc32 = fields.uint32(position + 16),
            var packed = fields.uint32(position + 20), var unpacked = fields.uint32(position + 24),
            let nameCount = fields.uint16(position + 28),
            let extraCount = fields.uint16(position + 30),
            let commentCount = fields.uint16(position + 32),
            var offset = fields.uint32(position + 42),
            let name = fields.slice(position + headerSize, count: nameCount),
            let extra = fields.slice(position + headerSize + nameCount, count: extraCount)
        else { return nil }
        var large = zip64Values(in: LittleEndianBytes(Array(extra)))[...]
        // In this order, and only those that did not fit into 32 bits.
        if unpacked == noValue32 {
            guard let value = large.popFirst() else { return nil }
            unpacked = value
        }
        if packed == noValue32 {
            guard let value = large.popFirst() else { return nil }
            packed = value
        }
        if offset == noValue32 {
            guard let value = large.popFirst() else { return nil }
            offset = value
        }
        let isUTF8 = flags & 0x0800 != 0
        // Some packers on Windows separate folders by their own sign.
        let path = name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
        let entry = ZipArchive.Entry(
            name: isUTF8 ? String(decoding: path, as: UTF8.self) : CodePage437.text(path),
            packedByteCount: packed, byteCount: unpacked, crc32: UInt32(crc32), method: method,
            isEncrypted: flags & 1 != 0, localHeaderOffset: offset)
        return (entry, headerSize + nameCount + extraCount + commentCount)
    }

    /// The values of the extra field with the tag 1.
    private static func zip64Values(in extra: LittleEndianBytes) -> [Int] {
        var position = 0
        while let tag = extra.uint16(position), let size = extra.uint16(position + 2) {
            if tag == 1 {
                return (0..<min(size / 8, 3)).prefix { extra.uint64(position + 4 + $0 * 8) != nil }
                    .compactMap { extra.uint64(position + 4 + $0 * 8) }
            }
            position += 4 + size
        }
        return []
    }
}

/// Numbers at any place of some bytes; nil where there are none.
struct LittleEndianBytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func slice(_ position: Int, count: Int) -> ArraySlice<UInt8>? {
        guard position >= 0, count >= 0, position <= bytes.count, count <= bytes.count - position
        else { return nil }
        return bytes[position..<position + count]
    }

    func uint16(_ position: Int) -> Int? { number(position, count: 2).map { Int($0) } }

    func uint32(_ position: Int) -> Int? { number(position, count: 4).map { Int($0) } }

    /// Nil also for what no file can be: 2^63 and more.
    func uint64(_ position: Int) -> Int? { number(position, count: 8).flatMap(Int.init(exactly:)) }

    private func number(_ position: Int, count: Int) -> UInt64? {
        slice(position, count: count)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The characters of the IBM PC, in which names stand that are not marked as UTF-8.
enum CodePage437 {
    private static let upperHalf = Array(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(
            bytes.map { byte in
                byte < 0x80 ? Character(Unicode.Scalar(byte)) : upperHalf[Int(byte) - 0x80]
            })
    }
}
