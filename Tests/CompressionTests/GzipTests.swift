import Compression
import TestSupport
import Testing

struct GzipTests {
    /// Repetitive like a document, then noise, of any length up to some hundred kilobytes.
    static func content(seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        let words = ["desa", "kecamatan", "\n", "0,25;", "{\"a\":1}"].map { Array($0.utf8) }
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...20_000, using: &generator) {
            bytes += words[Int.random(in: 0..<words.count, using: &generator)]
        }
        for _ in 0..<Int.random(in: 0...5_000, using: &generator) {
            bytes.append(.random(in: 0...255, using: &generator))
        }
        return bytes
    }

    @Test("what was compressed is had again, at each level")
    func roundTrips() throws {
        for seed in UInt64(1)...12 {
            let bytes = Self.content(seed: seed)
            let gzip = try Gzip.compress(bytes, level: Int(seed))
            #expect(try Gzip.decompress(gzip) == bytes, "seed \(seed)")
        }
    }

    @Test("nothing, one byte and a piece of exactly the buffer's size come back")
    func sizes() throws {
        for count in [0, 1, 65_535, 65_536, 65_537, 131_072] {
            let bytes: [UInt8] = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(try Gzip.decompress(Gzip.compress(bytes)) == bytes)
        }
    }

    @Test("the same bytes always give the same bytes, smaller at the highest level")
    func deterministic() throws {
        let bytes = Self.content(seed: 5)
        let first = try Gzip.compress(bytes)
        #expect(try Gzip.compress(bytes) == first)
        #expect(first.count <= (try Gzip.compress(bytes, level: 1)).count)
        #expect(first.count < bytes.count)
    }

    /// RFC 1952, 2.3: magic number, deflate, no flags, no modification time.
    @Test("the header bears neither time nor name")
    func header() throws {
        let gzip = try Gzip.compress(Array("desa".utf8))
        #expect(gzip.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    /// RFC 1952, 2.3.1: CRC-32 and length, little-endian; 0xCBF43926 is the check
    /// value of CRC-32 for the digits 1 to 9.
    @Test("the trailer bears checksum and length of the content")
    func trailer() throws {
        let gzip = try Gzip.compress(Array("123456789".utf8))
        #expect(gzip.suffix(8) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
    }

    /// RFC 1951, 3.2.4: a last stored block of 5 bytes, by hand; CRC-32 of `desa!` from Python 3.
    @Test("a stored block laid out by hand is read")
    func storedBlock() throws {
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let block: [UInt8] = [1, 5, 0, 0xFA, 0xFF] + Array("desa!".utf8)
        let trailer: [UInt8] = [0x10, 0xBD, 0x50, 0xC0, 5, 0, 0, 0]
        #expect(try Gzip.decompress(header + block + trailer) == Array("desa!".utf8))
    }

    @Test("bytes cut at any place are no gzip")
    func truncated() throws {
        let gzip = try Gzip.compress(
            Array(repeating: Array("desa ".utf8), count: 40).flatMap(\.self))
        for count in gzip.indices {
            #expect(throws: Gzip.Failure.self) { try Gzip.decompress(Array(gzip[..<count])) }
        }
    }

    @Test("a damaged header, content or checksum is noticed")
    func damaged() throws {
        let gzip = try Gzip.compress(Self.content(seed: 3))
        for position in [0, 1, 2, gzip.count / 2, gzip.count - 8, gzip.count - 1] {
            var bytes = gzip
            bytes[position] ^= 0x55
            #expect(throws: Gzip.Failure.self, "byte \(position)") { try Gzip.decompress(bytes) }
        }
        #expect(throws: Gzip.Failure.self) { try Gzip.decompress(Array("no gzip at all".utf8)) }
    }

    @Test("a level that there is not is an error")
    func wrongLevel() {
        #expect(throws: Gzip.Failure.self) { try Gzip.compress([1, 2, 3], level: 13) }
    }
}
