import Compression
import TestSupport
import Testing

@testable import Workbooks

struct ZipArchiveTests {
    /// A part as it stands in an archive made by hand.
    struct Part {
        var name: [UInt8] = Array("a.xml".utf8)
        var content: [UInt8] = Array("desa".utf8)
        var method = 0
        var flags = 0
        var byteCount: Int?
        var localExtra: [UInt8] = []
        /// The sizes and the offset in the extra field of ZIP64 instead.
        var isZip64 = false
        var packed: [UInt8]?

        var check: UInt32 {
            var check = CRC32()
            content.withUnsafeBufferPointer { check.update($0) }
            return check.value
        }
    }

    static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Lays an archive out by the book, with nothing of `ZipWriter`.
    static func archive(_ parts: [Part], comment: [UInt8] = [], isZip64: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let offset = bytes.count
            let packed = part.packed ?? part.content
            let size = part.byteCount ?? part.content.count
            let head = number(part.flags, 2) + number(part.method, 2) + number(0, 4)
            bytes += number(0x0403_4B50, 4) + number(20, 2) + head
            // A data descriptor follows: the local header does not know.
            bytes += number(0, 12) + number(part.name.count, 2) + number(part.localExtra.count, 2)
            bytes += part.name + part.localExtra + packed
            bytes += number(0x0807_4B50, 4) + number(Int(part.check), 4)
            bytes += number(packed.count, 4) + number(size, 4)
            let large = number(size, 8) + number(packed.count, 8) + number(offset, 8)
            let extra =
                part.isZip64
                ? number(9, 2) + number(0, 2) + number(1, 2) + number(24, 2) + large : []
            directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + head
            directory += number(Int(part.check), 4)
            directory += number(part.isZip64 ? 0xFFFF_FFFF : packed.count, 4)
            directory += number(part.isZip64 ? 0xFFFF_FFFF : size, 4)
            directory += number(part.name.count, 2) + number(extra.count, 2) + number(0, 10)
            directory += number(part.isZip64 ? 0xFFFF_FFFF : offset, 4) + part.name + extra
        }
        let start = bytes.count
        bytes += directory
        if isZip64 {
            let end = bytes.count
            bytes += number(0x0606_4B50, 4) + number(44, 8) + number(20, 4) + number(0, 8)
            bytes += number(parts.count, 8) + number(parts.count, 8)
            bytes += number(directory.count, 8) + number(start, 8)
            bytes += number(0x0706_4B50, 4) + number(0, 4) + number(end, 8) + number(1, 4)
        }
        bytes += number(0x0605_4B50, 4) + number(0, 4)
        bytes += number(isZip64 ? 0xFFFF : parts.count, 2)
        bytes += number(isZip64 ? 0xFFFF : parts.count, 2)
        bytes += number(isZip64 ? 0xFFFF_FFFF : directory.count, 4)
        bytes += number(isZip64 ? 0xFFFF_FFFF : start, 4)
        return bytes + number(comment.count, 2) + comment
    }

    static func open(
        _ bytes: [UInt8],
        limits: WorkbookLimits = WorkbookLimits()
    ) throws -> ZipArchive {
        try ZipArchive(byteCount: bytes.count, limits: limits) { offset, count in
            Array(bytes[offset..<offset + count])
        }
    }

    static func content(
        _ bytes: [UInt8],
        limits: WorkbookLimits = WorkbookLimits()
    ) throws -> [UInt8] {
        let archive = try open(bytes, limits: limits)
        return try archive.bytes(#require(archive.entries.first))
    }

    static func deflated(_ content: [UInt8]) throws -> [UInt8] {
        let stream = try DeflateStream(level: 9)
        var packed: [UInt8] = []
        try content.withUnsafeBufferPointer { try stream.deflate($0) { packed += $0 } }
        try stream.finish { packed += $0 }
        return packed
    }

    static func error(_ body: () throws -> some Any) -> WorkbookError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? WorkbookError
        }
    }

    @Test("stored and deflated parts with data descriptors and extra fields are read")
    func methods() throws {
        let content = Array(repeating: Array("desa kecamatan ".utf8), count: 30_000).flatMap(\.self)
        #expect(try Self.content(Self.archive([Part(content: content, flags: 8)])) == content)
        let deflated = Part(
            content: content, method: 8, flags: 8, localExtra: [1, 2, 3, 4],
            packed: try Self.deflated(content))
        #expect(try Self.content(Self.archive([deflated])) == content)
        #expect(try Self.content(Self.archive([Part(content: [])])) == [])
    }

    @Test("sizes and offsets of ZIP64 are taken from its extra field and its end record")
    func zip64() throws {
        let parts = [Part(content: Array("satu".utf8), isZip64: true), Part(isZip64: true)]
        let archive = try Self.open(Self.archive(parts, isZip64: true))
        #expect(archive.entries.map(\.byteCount) == [4, 4])
        #expect(try archive.bytes(archive.entries[0]) == Array("satu".utf8))
        #expect(try archive.bytes(archive.entries[1]) == Array("desa".utf8))
    }

    @Test("names are UTF-8 where they are marked so, else code page 437")
    func names() throws {
        let archive = try Self.open(
            Self.archive([
                Part(name: Array("é.xml".utf8), flags: 0x800),
                Part(name: [0x82, 0x9C, 0x5C, 0x2E]),
            ]))
        #expect(archive.entries.map(\.name) == ["é.xml", "é£/."])
        #expect(archive.entry(named: "É.XML")?.name == "é.xml")
        #expect(archive.entry(named: "b.xml") == nil)
    }

    @Test("a comment behind the archive, even with a false signature, does not hide its end")
    func comments() throws {
        let comment = Array(repeating: UInt8(ascii: "x"), count: 65_535)
        #expect(try Self.content(Self.archive([Part()], comment: comment)) == Array("desa".utf8))
        let false22 = Self.number(0x0605_4B50, 4) + Array(repeating: 0xFF, count: 40)
        #expect(try Self.content(Self.archive([Part()], comment: false22)) == Array("desa".utf8))
    }

    @Test("a wrong checksum, size or method and a password are told apart")
    func wrongParts() throws {
        var bytes = Self.archive([Part()])
        bytes[35] ^= 1
        #expect(Self.error { try Self.content(bytes) } == .damagedArchive(.checksum(part: "a.xml")))
        let short = Part(byteCount: 5)
        #expect(
            Self.error { try Self.content(Self.archive([short])) }
                == .damagedArchive(.content(part: "a.xml")))
        let long = Part(byteCount: 3)
        #expect(
            Self.error { try Self.content(Self.archive([long])) }
                == .damagedArchive(.content(part: "a.xml")))
        #expect(
            Self.error { try Self.content(Self.archive([Part(method: 12)])) }
                == .unknownCompression(part: "a.xml", method: 12))
        #expect(Self.error { try Self.content(Self.archive([Part(flags: 1)])) } == .encrypted)
        let notDeflate = Part(method: 8, packed: [7, 7, 7])
        #expect(
            Self.error { try Self.content(Self.archive([notDeflate])) }
                == .damagedArchive(.content(part: "a.xml")))
    }

    @Test("an archive cut at any place, or not one at all, is told")
    func truncated() {
        let bytes = Self.archive([Part(), Part(name: Array("b".utf8))], comment: [1, 2, 3])
        for count in bytes.indices {
            #expect(Self.error { try Self.open(Array(bytes[..<count])) } != nil, "\(count) bytes")
        }
        #expect(Self.error { try Self.open([]) } == .damagedArchive(.noDirectory))
    }

    @Test("what unpacks without end is refused while it is unpacked")
    func bombs() throws {
        let content: [UInt8] = Array(repeating: 0x20, count: 3 << 20)
        let bomb = Part(content: content, method: 8, packed: try Self.deflated(content))
        var limits = WorkbookLimits()
        #expect(try Self.content(Self.archive([bomb])).count == content.count)
        limits.ratioFreeBytes = 1 << 20
        #expect(
            Self.error { try Self.content(Self.archive([bomb]), limits: limits) }
                == .tooLarge(part: "a.xml", .compressionRatio))
        limits = WorkbookLimits()
        limits.unpackedBytes = 1 << 20
        #expect(
            Self.error { try Self.content(Self.archive([bomb]), limits: limits) }
                == .tooLarge(part: "a.xml", .unpackedBytes))
        // A directory that says less than there is.
        let liar = Part(
            content: content, method: 8, byteCount: 100, packed: try Self.deflated(content))
        #expect(
            Self.error { try Self.content(Self.archive([liar])) }
                == .damagedArchive(.content(part: "a.xml")))
    }

    @Test("too many parts are refused before the directory is read")
    func tooManyParts() {
        var limits = WorkbookLimits()
        limits.archiveEntries = 1
        #expect(
            Self.error { try Self.open(Self.archive([Part(), Part()]), limits: limits) }
                == .tooLarge(part: "The archive", .archiveEntries))
    }

    @Test("a file that gives fewer bytes than it had is told")
    func shrunk() {
        let bytes = Self.archive([Part()])
        #expect(
            Self.error {
                try ZipArchive(byteCount: bytes.count) { offset, count in
                    Array(bytes[offset..<offset + count].dropLast())
                }
            } == .damagedArchive(.truncated))
    }

    @Test("reading stops when it is told to, and the checksum is then not asked for")
    func stops() throws {
        let content: [UInt8] = Array(repeating: 1, count: 1 << 20)
        var bytes = Self.archive([Part(content: content)])
        bytes[(1 << 20) - 1] ^= 1
        let archive = try Self.open(bytes)
        var count = 0
        try archive.stream(try #require(archive.entries.first)) { piece in
            count += piece.count
            return false
        }
        #expect(count > 0 && count < content.count)
    }

    @Test("what the writer packs is had again by the reader, and twice the same")
    func writer() throws {
        let parts = (0..<20).map {
            (
                path: "xl/bagian\($0)é.xml",
                content: String(repeating: "desa \($0) ", count: $0 * 999)
            )
        }
        let bytes = try WorkbookFixture.archive(parts)
        #expect(try WorkbookFixture.archive(parts) == bytes)
        let archive = try Self.open(bytes)
        #expect(archive.entries.map(\.name) == parts.map(\.path))
        for (entry, part) in zip(archive.entries, parts) {
            #expect(try archive.bytes(entry) == Array(part.content.utf8))
        }
    }

    @Test("changed archives give content or an error")
    func mutations() throws {
        let seed: UInt64 = 3_513
        var generator = SeededGenerator(seed: seed)
        let content = Array("desa desa desa kecamatan".utf8)
        let bytes = Self.archive(
            [
                Part(content: content, method: 8, packed: try Self.deflated(content)),
                Part(isZip64: true),
            ], isZip64: true)
        var failures = 0
        for _ in 0..<4_000 {
            var changed = bytes
            for _ in 0...Int.random(in: 0...2, using: &generator) {
                let position = Int.random(in: changed.indices, using: &generator)
                changed[position] =
                    [0, 1, 0x7F, 0xFF, .random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            do {
                let archive = try Self.open(changed)
                for entry in archive.entries { _ = try archive.bytes(entry) }
            } catch {
                #expect(error is WorkbookError, "seed \(seed)")
                failures += 1
            }
        }
        #expect(failures > 1_000)
    }
}
