internal import Compression
internal import NIOCore
internal import SpatialStore
internal import Synchronization

/// Bytes that are sent as they are, in both encodings that clients ask for.
///
/// Finished bytes are held compressed, in one buffer that all responses share; clients without gzip
/// are few there (a bare `curl`, `ogrinfo`), so their bytes are unpacked when they ask. Bytes made
/// for a request are held plain and compressed when the first client asks for that.
struct ServedBlob: Sendable {
    private enum Bytes: Sendable {
        case compressed(ByteBuffer)
        case plain(ByteBuffer, Packed)
    }

    /// The compressed form, once somebody has asked for it.
    private final class Packed: Sendable {
        let buffer = Mutex<ByteBuffer?>(nil)
    }

    private let bytes: Bytes
    let mediaType: String
    /// A strong validator: another one for each encoding, as RFC 9110 section 8.8.3.3 asks.
    let gzipETag: String
    let plainETag: String
    /// Uncompressed there is nothing to send: answered with 204.
    let isEmpty: Bool

    init(_ blob: PublishedBlob, mediaType: String) {
        bytes = .compressed(ByteBuffer(bytes: blob.gzip))
        self.mediaType = mediaType
        gzipETag = "\"\(blob.digest)-gzip\""
        plainETag = "\"\(blob.digest)\""
        // The last four bytes of a gzip file are the length of its content (RFC 1952).
        isEmpty = blob.gzip.suffix(4).allSatisfy { $0 == 0 }
    }

    init(_ bytes: [UInt8], mediaType: String) throws {
        self.init(
            PublishedBlob(
                digest: ContentDigest.of(bytes), gzip: try Gzip.compress(bytes, level: 6)),
            mediaType: mediaType)
    }

    /// Bytes made for a request.
    init(fresh bytes: [UInt8], mediaType: String) {
        self.bytes = .plain(ByteBuffer(bytes: bytes), Packed())
        self.mediaType = mediaType
        let digest = ContentDigest.of(bytes)
        gzipETag = "\"\(digest)-gzip\""
        plainETag = "\"\(digest)\""
        isEmpty = bytes.isEmpty
    }

    /// What it takes in memory; room for a compressed copy is counted too.
    var byteCount: Int {
        switch bytes {
        case .compressed(let buffer): buffer.readableBytes
        case .plain(let buffer, _): buffer.readableBytes * 5 / 4
        }
    }

    /// Whether compression is worth its while; a packet's worth of bytes is not.
    var isWorthCompressing: Bool {
        switch bytes {
        case .compressed: true
        case .plain(let buffer, _): buffer.readableBytes > 1_000
        }
    }

    func gzip() throws -> ByteBuffer {
        switch bytes {
        case .compressed(let buffer): return buffer
        case .plain(let plain, let packed):
            if let buffer = packed.buffer.withLock(\.self) { return buffer }
            // Fast rather than small: 3 MB of polygons would else take a third of a second.
            let level = plain.readableBytes > 1 << 18 ? 1 : 6
            let buffer = ByteBuffer(
                bytes: try Gzip.compress(Array(plain.readableBytesView), level: level))
            packed.buffer.withLock { $0 = buffer }
            return buffer
        }
    }

    func plain() throws -> ByteBuffer {
        switch bytes {
        case .compressed(let buffer):
            ByteBuffer(bytes: try Gzip.decompress(Array(buffer.readableBytesView)))
        case .plain(let buffer, _): buffer
        }
    }
}
