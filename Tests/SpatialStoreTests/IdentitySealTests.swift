import Foundation
import Testing

@testable import SpatialStore

@Suite struct IdentitySealTests {
    @Test func whatIsSealedOpensUnderTheSameKeyAndId() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        let plain = Array("9935130000000001,REKA UJI".utf8)
        let sealed = seal.seal(plain, id: 7)
        #expect(seal.open(sealed, id: 7) == plain)
        #expect(sealed.count == plain.count + 40)
    }

    @Test func anotherIdAnotherKeyAndAChangedByteOpenNothing() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        let sealed = seal.seal(Array("rahasia".utf8), id: 7)
        #expect(seal.open(sealed, id: 8) == nil)
        #expect(IdentitySeal(try made.key("other")).open(sealed, id: 7) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(seal.open(changed, id: 7) == nil, "byte \(index)")
        }
        #expect(seal.open(Array(sealed.prefix(39)), id: 7) == nil)
    }

    @Test func sealingTwiceGivesDifferentBytes() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        let plain = Array("sama".utf8)
        #expect(seal.seal(plain, id: 1) != seal.seal(plain, id: 1))
    }

    @Test func theLinkingKeyIsTheSameForTheSameNumberUnderOneKeyOnly() throws {
        let made = try TemporaryDatabase()
        let seal = IdentitySeal(try made.key())
        #expect(seal.linkingKey(of: "9935") == seal.linkingKey(of: "9935"))
        #expect(seal.linkingKey(of: "9935") != seal.linkingKey(of: "9936"))
        #expect(
            seal.linkingKey(of: "9935")
                != IdentitySeal(try made.key("other")).linkingKey(of: "9935"))
    }

    @Test func theKeyFileIsForItsOwnerAlone() throws {
        let made = try TemporaryDatabase()
        _ = try made.key()
        let file = made.folder.appendingPathComponent("key")
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        try FileManager.default.setAttributes(
            [.posixPermissions: NSNumber(value: 0o644)], ofItemAtPath: file.path)
        #expect(throws: StoreError.keyOpenToOthers(path: file.path)) {
            try IdentityKey.load(file: file)
        }
    }

    @Test func aMissingAndADamagedKeyFileAreTold() throws {
        let made = try TemporaryDatabase()
        let missing = made.folder.appendingPathComponent("none")
        #expect(throws: StoreError.keyMissing(path: missing.path)) {
            try IdentityKey.load(file: missing)
        }
        let damaged = made.folder.appendingPathComponent("damaged")
        _ = FileManager.default.createFile(
            atPath: damaged.path, contents: Data("zz".utf8),
            attributes: [.posixPermissions: NSNumber(value: 0o600)])
        #expect(throws: StoreError.keyUnreadable(path: damaged.path)) {
            try IdentityKey.load(file: damaged)
        }
    }

    @Test func aDatabaseTakesOneKeyOnly() throws {
        let made = try TemporaryDatabase()
        try made.database.bind(made.key())
        try made.database.bind(made.key())
        let other = try made.key("other")
        #expect(throws: StoreError.keyDoesNotFit(path: other.origin)) {
            try made.database.bind(other)
        }
    }

    @Test func sha256AgreesWithItsPublishedExample() {
        // FIPS 180-4, the one-block message "abc".
        #expect(
            SHA256Digest.of(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func contentDigestsAreThoseOfAnotherProgramAndTheSameInPieces() {
        // hashlib.blake2b(b"abc", digest_size=16) of Python 3, and of nothing.
        #expect(ContentDigest.of(Array("abc".utf8)) == "cf4ab791c62b8d2b2109c90275287816")
        #expect(ContentDigest.of([]) == "cae66941d9efbd404e4d88758ea67670")
        let digest = ContentDigest()
        for piece in ["a", "", "bc"] { digest.update(piece) }
        #expect(digest.finish() == "cf4ab791c62b8d2b2109c90275287816")
    }
}
