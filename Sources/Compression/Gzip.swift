internal import CZlib

/// Gzip (RFC 1952) through zlib, for what the server sends as it is stored.
public enum Gzip {
    public enum Failure: Error, Hashable, Sendable {
        /// zlib's own code, such as -4 for no memory.
        case compression(code: Int32)
        case decompression(code: Int32)
    }

    /// The largest window (15) with a gzip header (16).
    ///
    /// The header holds no name and no time: the same bytes always give the same bytes.
    private static let windowBits: Int32 = 15 + 16
    /// How many symbols share a Huffman code; of a tile's tags, shapes and values each has its own.
    ///
    /// 7 instead of the highest, 9, saves half a percent of the tiles and costs nothing.
    private static let memoryLevel: Int32 = 7
    private static let streamSize = Int32(MemoryLayout<z_stream>.size)

    /// Compresses at `level` 1 (fast) to 9 (small).
    public static func compress(
        _ bytes: [UInt8],
        level: Int32 = 9
    ) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let code = deflateInit2_(
            &stream, level, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            streamSize)
        guard code == Z_OK else { throw .compression(code: code) }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = Array(
            repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let end = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard end == Z_STREAM_END else { throw .compression(code: end) }
        output.removeLast(Int(stream.avail_out))
        return output
    }

    /// The bytes that were compressed to `gzip`.
    public static func decompress(_ gzip: [UInt8]) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let code = inflateInit2_(&stream, windowBits, ZLIB_VERSION, streamSize)
        guard code == Z_OK else { throw .decompression(code: code) }
        defer { inflateEnd(&stream) }
        var input = gzip
        var output: [UInt8] = []
        var piece: [UInt8] = Array(repeating: 0, count: 1 << 16)
        let end = input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            var code = Z_OK
            while code == Z_OK {
                let written = piece.withUnsafeMutableBufferPointer { piece in
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    code = inflate(&stream, Z_NO_FLUSH)
                    return piece.count - Int(stream.avail_out)
                }
                output.append(contentsOf: piece[..<written])
            }
            return code
        }
        guard end == Z_STREAM_END else { throw .decompression(code: end) }
        return output
    }
}
