internal import CZlib

/// Raw deflate (RFC 1951), without header and trailer, for what stands inside ZIP archives.
public enum Deflate {
    public enum Failure: Error, Hashable, Sendable {
        /// zlib's own code, such as -4 for no memory.
        case compression(code: Int32)
        case decompression(code: Int32)
    }

    /// What one call did.
    public struct Step: Hashable, Sendable {
        /// Bytes taken from the input.
        public let read: Int
        /// Bytes put into the output.
        public let written: Int
        /// The stream has ended; further input is not part of it.
        public let isAtEnd: Bool
    }

    /// The largest window (15); negative means neither header nor checksum.
    fileprivate static let windowBits: Int32 = -15
    fileprivate static let streamSize = Int32(MemoryLayout<z_stream>.size)

    fileprivate static func limited(_ count: Int) -> UInt32 {
        UInt32(min(count, Int(Int32.max)))
    }
}

/// Decompresses a raw deflate stream fed in pieces of any size.
///
/// A class because zlib keeps the address of its state.
public final class InflateStream {
    private let stream: UnsafeMutablePointer<z_stream>

    public init() throws(Deflate.Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(
            stream, Deflate.windowBits, ZLIB_VERSION, Deflate.streamSize)
        guard code == Z_OK else { throw .decompression(code: code) }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Reads from `input` until it is used up, `output` is full or the stream ends.
    ///
    /// Call again with the rest of the input while `written` fills the output.
    public func inflate(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(Deflate.Failure) -> Deflate.Step {
        let available = Deflate.limited(input.count)
        let room = Deflate.limited(output.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = available
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = room
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        // No progress for want of input or room is no damage.
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            throw .decompression(code: code)
        }
        return Deflate.Step(
            read: Int(available - stream.pointee.avail_in),
            written: Int(room - stream.pointee.avail_out),
            isAtEnd: code == Z_STREAM_END)
    }
}

/// Compresses to a raw deflate stream piece by piece.
public final class DeflateStream {
    private let stream: UnsafeMutablePointer<z_stream>
    private var piece: [UInt8]

    /// At `level` 1 (fast) to 9 (small).
    public init(level: Int32 = 6, pieceSize: Int = 1 << 16) throws(Deflate.Failure) {
        precondition(pieceSize > 0, "a piece of \(pieceSize) bytes")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        piece = Array(repeating: 0, count: pieceSize)
        let code = deflateInit2_(
            stream, level, Z_DEFLATED, Deflate.windowBits, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Deflate.streamSize)
        guard code == Z_OK else { throw .compression(code: code) }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Hands what comes out for `input` to `body`; much may stay inside until `finish`.
    public func deflate(
        _ input: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        var rest = input[...]
        while !rest.isEmpty {
            let available = Deflate.limited(rest.count)
            let start = UnsafeBufferPointer(rebasing: rest)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: start.baseAddress)
            stream.pointee.avail_in = available
            repeat { try step(Z_NO_FLUSH, body) } while stream.pointee.avail_in > 0
            rest = rest.dropFirst(Int(available))
        }
    }

    /// Ends the stream and hands over its last bytes.
    public func finish(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        stream.pointee.avail_in = 0
        while try step(Z_FINISH, body) != Z_STREAM_END {}
    }

    @discardableResult
    private func step(
        _ flush: Int32,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws -> Int32 {
        let room = piece.count
        let code = piece.withUnsafeMutableBufferPointer { piece in
            stream.pointee.next_out = piece.baseAddress
            stream.pointee.avail_out = UInt32(room)
            return CZlib.deflate(stream, flush)
        }
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            throw Deflate.Failure.compression(code: code)
        }
        let written = room - Int(stream.pointee.avail_out)
        if written > 0 {
            try piece.withUnsafeBufferPointer { try body(.init(rebasing: $0[..<written])) }
        }
        return code
    }
}

/// The checksum of ZIP and gzip (ISO 3309, reflected polynomial 0xEDB88320), piece by piece.
public struct CRC32: Sendable {
    public private(set) var value: UInt32 = 0

    public init() {}

    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), start, bytes.count))
    }
}
