import Foundation
import Testing

@testable import SpatialStore

@Suite struct PublishedMapTests {
    private let address = TileAddress(zoom: 8, column: 1, row: 2, format: .mvt)

    private func layer(_ name: String, shapesDigest: String? = nil) -> LayerDescription {
        LayerDescription(
            name: name, title: name, text: "", attribution: "", isSimulated: true,
            bounds: [112, -8, 114, -7],
            limits: [.init(zoom: 8, firstColumn: 0, lastColumn: 3, firstRow: 0, lastRow: 3)],
            fields: [], shapesDigest: shapesDigest)
    }

    private func prepared() throws -> TemporaryDatabase {
        let made = try TemporaryDatabase()
        try made.database.saveGazetteer(Made.desa)
        try made.database.saveBoundarySet(Made.boundarySet("satu"), boundaries: Made.boundaries)
        _ = try made.database.importRegistry(Made.file, seal: IdentitySeal(made.key())) { _ in
            RegistryFileOutcome(sha256: "x", rowsRead: 0, isSimulated: true, remarks: [:])
        }
        return made
    }

    private func publish(
        _ digest: String,
        to made: TemporaryDatabase,
        shapesDigest: String? = nil,
        whileOpen: () throws -> Void = {}
    ) throws -> Int64 {
        let origin = ReleaseOrigin(
            contentHash: digest, publishedAt: "2026-01-01T00:00:00Z", isSimulated: true,
            importIDs: [1], boundarySetID: 1, ruleID: "r")
        return try made.database.publish(origin) { writer, _ in
            try writer.addLayer(layer("desa", shapesDigest: shapesDigest))
            try writer.addTile(
                layer: "desa", address: address, PublishedBlob(digest: digest, gzip: [1, 2, 3]))
            try writer.addDocument(name: "rilis", PublishedBlob(digest: digest, gzip: [4]))
            try whileOpen()
        }
    }

    @Test func beforeTheFirstReleaseThereIsNone() throws {
        let made = try prepared()
        let map = try PublishedMap(path: made.path)
        #expect(try map.publishedReleaseID() == nil)
    }

    @Test func aReaderSeesTheOldReleaseUntilTheNewOneIsWhole() throws {
        let made = try prepared()
        let first = try publish("a", to: made)
        let map = try PublishedMap(path: made.path)
        let second = try publish("b", to: made) {
            let seen = try map.publishedReleaseID()
            let digest = try map.release(first)?.layers["desa"]?.tiles[address]?.digest
            #expect(seen == first)
            #expect(digest == "a")
        }
        #expect(try map.publishedReleaseID() == second)
        #expect(try map.release(second)?.layers["desa"]?.tiles[address]?.digest == "b")
        // A map opened before goes on with the old one.
        #expect(try map.release(first)?.documents["rilis"]?.digest == "a")
    }

    @Test func aPublicationThatFailsLeavesTheOldReleasePublished() throws {
        struct Interruption: Error {}
        let made = try prepared()
        let first = try publish("a", to: made)
        #expect(throws: Interruption.self) {
            try publish("b", to: made) { throw Interruption() }
        }
        #expect(try made.database.publishedRelease()?.id == first)
        #expect(try PublishedMap(path: made.path).keptReleaseIDs() == [first])
    }

    @Test func tilesOfOldReleasesGo() throws {
        let made = try prepared()
        let ids = try (0...PovertyDatabase.keptReleases).map { try publish("\($0)", to: made) }
        let map = try PublishedMap(path: made.path)
        #expect(try map.keptReleaseIDs() == Array(ids.dropFirst().reversed()))
        #expect(try map.release(ids[0]) == nil)
    }

    @Test func aLayerIsFoundByWhatItWasDrawnFromInTheNewestReleaseOfThem() throws {
        let made = try prepared()
        for (digest, shapes) in [("a", "s1"), ("b", "s1"), ("c", "s2"), ("d", nil)] {
            _ = try publish(digest, to: made, shapesDigest: shapes)
        }
        let found = try made.database.publishedLayer("desa", shapesDigest: "s1")
        #expect(found?.description.shapesDigest == "s1")
        #expect(found?.tiles == [address: PublishedBlob(digest: "b", gzip: [1, 2, 3])])
        #expect(try made.database.publishedLayer("kecamatan", shapesDigest: "s1") == nil)
        #expect(try made.database.publishedLayer("desa", shapesDigest: "s3") == nil)
        // Of releases that are no longer kept there is nothing to take.
        for digest in ["e", "f"] { _ = try publish(digest, to: made) }
        #expect(try made.database.publishedLayer("desa", shapesDigest: "s1") == nil)
    }
}
