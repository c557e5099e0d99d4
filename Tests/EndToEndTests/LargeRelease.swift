import Compression
import Foundation
import SpatialStore
import TestSupport

/// A release of two layers whose tiles hold nothing but noise.
///
/// Compression leaves them their size. What they mean is nobody's business in an export.
enum LargeRelease {
    /// Publishes it in the database of `place`, which has a register already.
    ///
    /// At zoom 10 both layers have `side` x `side` tiles of `bytes` each, but for the first one of
    /// the column `odd`.
    static func publish(
        to place: Place,
        side: Int,
        bytes: Int,
        odd: (column: Int, bytes: Int)? = nil
    ) throws {
        let database = try PovertyDatabase.open(
            at: place.url.appendingPathComponent("peta.sqlite").path)
        let origin = ReleaseOrigin(
            contentHash: "besar", publishedAt: "2026-03-01T00:00:00Z", isSimulated: true,
            importIDs: [1], boundarySetID: 1, ruleID: "uji")
        var generator = SeededGenerator(seed: 17)
        func blob(_ count: Int) throws -> PublishedBlob {
            let noise = (0..<(count + 7) / 8).flatMap { _ in
                withUnsafeBytes(of: generator.next()) { Array($0) }
            }
            return PublishedBlob(
                digest: String(SHA256Digest.of(noise).prefix(32)), gzip: try Gzip.compress(noise))
        }
        _ = try database.publish(origin) { writer, _ in
            for layer in ["derau", "riuh"] {
                try writer.addLayer(
                    LayerDescription(
                        name: layer, title: layer, text: "DATA SIMULASI.", attribution: "uji",
                        isSimulated: true, bounds: [112, -9, 114, -7],
                        limits: [
                            .init(
                                zoom: 10, firstColumn: 830, lastColumn: 829 + side, firstRow: 500,
                                lastRow: 499 + side)
                        ],
                        fields: []))
                for column in 0..<side {
                    for row in 0..<side {
                        let isOdd = odd?.column == column && row == 0
                        try writer.addTile(
                            layer: layer,
                            address: TileAddress(
                                zoom: 10, column: 830 + column, row: 500 + row, format: .mvt),
                            blob(isOdd ? odd?.bytes ?? bytes : bytes))
                    }
                }
            }
            try writer.addDocument(name: "rilis", blob(64))
        }
    }
}
