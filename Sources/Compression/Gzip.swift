internal import CDeflate

/// Gzip (RFC 1952) of whole pieces of memory, for what the server sends as it is stored.
///
/// Through libdeflate, which at each level is faster than zlib and leaves fewer bytes. What comes
/// in pieces goes through zlib (`DeflateStream`).
public enum Gzip {
    public enum Failure: Error, Hashable, Sendable {
        /// There is no such level, or no memory.
        case compression(level: Int)
        /// No gzip, cut short or damaged; libdeflate's own code where it has one.
        case decompression(code: Int)
    }

    /// What is sent often is worth the work: 3 % fewer bytes of GeoJSON than zlib's highest level.
    public static let thorough = 8

    /// Header (10 bytes) and trailer (8): no gzip is shorter.
    private static let leastBytes = 18
    /// RFC 1951: 258 bytes by a length and a distance of one bit each.
    private static let highestRatio = 1_032

    /// Compresses at `level` 1 (fast) to 12 (small).
    ///
    /// The header holds no name and no time: the same bytes always give the same bytes.
    public static func compress(
        _ bytes: [UInt8],
        level: Int = thorough
    ) throws(Failure) -> [UInt8] {
        guard (1...12).contains(level), let compressor = libdeflate_alloc_compressor(Int32(level))
        else { throw .compression(level: level) }
        defer { libdeflate_free_compressor(compressor) }
        let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
        return Array(unsafeUninitializedCapacity: bound) { output, count in
            // Never 0: the bound is what the worst bytes take.
            count = libdeflate_gzip_compress(
                compressor, bytes, bytes.count, output.baseAddress, bound)
        }
    }

    /// The bytes that were compressed to `gzip`.
    public static func decompress(_ gzip: [UInt8]) throws(Failure) -> [UInt8] {
        guard gzip.count >= leastBytes, let decompressor = libdeflate_alloc_decompressor() else {
            throw .decompression(code: 0)
        }
        defer { libdeflate_free_decompressor(decompressor) }
        let size = gzip.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        // A damaged length must not ask for gigabytes.
        guard size <= gzip.count * highestRatio else { throw .decompression(code: 0) }
        var result = LIBDEFLATE_SUCCESS
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            result = libdeflate_gzip_decompress(
                decompressor, gzip, gzip.count, output.baseAddress, size, nil)
            count = result == LIBDEFLATE_SUCCESS ? size : 0
        }
        guard result == LIBDEFLATE_SUCCESS else {
            throw .decompression(code: Int(result.rawValue))
        }
        return bytes
    }
}
