internal import Compression
internal import NIOCore
internal import SpatialStore

/// Bytes that are sent as they are, in both encodings that clients ask for.
///
/// The compressed bytes are held in one buffer that all responses share. Clients without gzip are
/// few (a bare `curl`, `ogrinfo`), so their bytes are unpacked when they ask.
struct ServedBlob: Sendable {
    let gzip: ByteBuffer
    let mediaType: String
    /// A strong validator: another one for each encoding, as RFC 9110 section 8.8.3.3 asks.
    let gzipETag: String
    let plainETag: String
    /// Uncompressed there is nothing to send: answered with 204.
    let isEmpty: Bool

    init(_ blob: PublishedBlob, mediaType: String) {
        gzip = ByteBuffer(bytes: blob.gzip)
        self.mediaType = mediaType
        gzipETag = "\"\(blob.digest)-gzip\""
        plainETag = "\"\(blob.digest)\""
        // The last four bytes of a gzip file are the length of its content (RFC 1952).
        isEmpty = blob.gzip.suffix(4).allSatisfy { $0 == 0 }
    }

    init(_ bytes: [UInt8], mediaType: String) throws {
        self.init(
            PublishedBlob(
                digest: String(SHA256Digest.of(bytes).prefix(32)),
                gzip: try Gzip.compress(bytes, level: 6)),
            mediaType: mediaType)
    }

    func plain() throws -> ByteBuffer {
        ByteBuffer(bytes: try Gzip.decompress(Array(gzip.readableBytesView)))
    }
}
