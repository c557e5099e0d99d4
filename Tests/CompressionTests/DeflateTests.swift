import Compression
import TestSupport
import Testing

struct DeflateTests {
    static func packed(_ bytes: [UInt8], level: Int32 = 6, pieceSize: Int) throws -> [UInt8] {
        let stream = try DeflateStream(level: level)
        var packed: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieceSize))
            try piece.withUnsafeBufferPointer { try stream.deflate($0) { packed += $0 } }
            rest = rest.dropFirst(pieceSize)
        }
        try stream.finish { packed += $0 }
        return packed
    }

    /// Nil when the stream does not end in `packed`.
    static func unpacked(_ packed: [UInt8], pieceSize: Int, room: Int) throws -> [UInt8]? {
        let stream = try InflateStream()
        var output: [UInt8] = Array(repeating: 0, count: room)
        var bytes: [UInt8] = []
        var start = 0
        while true {
            let piece = Array(packed[start...].prefix(pieceSize))
            let step = try piece.withUnsafeBufferPointer { piece in
                try output.withUnsafeMutableBufferPointer { try stream.inflate(piece, into: $0) }
            }
            start += step.read
            bytes += output[..<step.written]
            if step.isAtEnd { return bytes }
            if start == packed.count, step.written < room { return nil }
        }
    }

    @Test("what was packed is had again, whatever the pieces")
    func roundTrips() throws {
        for seed in UInt64(1)...9 {
            let bytes = GzipTests.content(seed: seed)
            let packed = try Self.packed(bytes, level: Int32(seed), pieceSize: 7_001)
            for (pieceSize, room) in [(1 << 16, 1 << 17), (97, 1_000), (4_096, 31)] {
                let back = try Self.unpacked(packed, pieceSize: pieceSize, room: room)
                #expect(back == bytes, "seed \(seed), pieces of \(pieceSize)")
            }
        }
    }

    @Test("nothing at all packs and unpacks")
    func empty() throws {
        let packed = try Self.packed([], pieceSize: 1)
        #expect(try Self.unpacked(packed, pieceSize: 10, room: 10) == [])
    }

    @Test("a stored block by hand is read, and what follows the end is left alone")
    func storedBlock() throws {
        let block: [UInt8] = [1, 5, 0, 0xFA, 0xFF] + Array("desa!".utf8)
        let stream = try InflateStream()
        var output: [UInt8] = Array(repeating: 0, count: 100)
        let step = try (block + [1, 2, 3]).withUnsafeBufferPointer { input in
            try output.withUnsafeMutableBufferPointer { try stream.inflate(input, into: $0) }
        }
        #expect(step.isAtEnd)
        #expect(step.read == block.count)
        #expect(Array(output[..<step.written]) == Array("desa!".utf8))
    }

    @Test("a stream cut at any place does not end")
    func truncated() throws {
        let packed = try Self.packed(Array("desa desa kecamatan desa".utf8), pieceSize: 100)
        for count in packed.indices {
            #expect(
                try Self.unpacked(Array(packed[..<count]), pieceSize: 100, room: 100) == nil)
        }
    }

    @Test("a block of the reserved type is no deflate")
    func damaged() throws {
        #expect(throws: Deflate.Failure.self) {
            try Self.unpacked([0x07, 0, 0], pieceSize: 10, room: 10)
        }
    }

    @Test("a level that zlib does not know is an error")
    func wrongLevel() {
        #expect(throws: Deflate.Failure.self) { try DeflateStream(level: 10) }
    }

    /// 0xCBF43926 is the check value of CRC-32 for the digits 1 to 9.
    @Test("the checksum is CRC-32, the same in one piece and in two")
    func checksum() {
        var whole = CRC32()
        Array("123456789".utf8).withUnsafeBufferPointer { whole.update($0) }
        #expect(whole.value == 0xCBF4_3926)
        var pieces = CRC32()
        for piece in ["1234", "", "56789"] {
            Array(piece.utf8).withUnsafeBufferPointer { pieces.update($0) }
        }
        #expect(pieces.value == whole.value)
    }
}
