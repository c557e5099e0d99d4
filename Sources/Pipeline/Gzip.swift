internal import CZlib

/// Compresses what the server sends as it is.
///
/// No name and no time in the header, so that the same bytes always give the same bytes.
enum Gzip {
    static func compress(_ bytes: [UInt8], level: Int32 = 9) throws(PipelineError) -> [UInt8] {
        var stream = z_stream()
        // 15 + 16: the largest window, with a gzip header.
        let code = deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .compressionFailed }
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
        guard end == Z_STREAM_END else { throw .compressionFailed }
        output.removeLast(Int(stream.avail_out))
        return output
    }
}
