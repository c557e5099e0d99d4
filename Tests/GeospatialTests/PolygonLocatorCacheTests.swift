import Foundation
import TestSupport
import Testing

@testable import Geospatial

struct PolygonLocatorCacheTests {
    static let lattice = Lattice(columns: 6, rows: 4)
    static let locator = PolygonLocator(lattice.areas, cellsPerArea: 1)

    static func points(_ count: Int, seed: UInt64) -> [Coordinate] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            Coordinate(
                longitude: .random(in: 113.2...113.4, using: &generator),
                latitude: .random(in: -8.02 ... -7.9, using: &generator))
        }
    }

    @Test("a locator read from its bytes answers as the one that was written")
    func roundTrip() throws {
        let bytes = Self.locator.encoded(source: 35)
        let read = try PolygonLocator(encoded: bytes, source: 35)
        #expect(read.areaCount == 24)
        let points = Self.points(5_000, seed: 13)
        #expect(read.indices(of: points) == Self.locator.indices(of: points), "seed 13")
        #expect(read.encoded(source: 35) == bytes)
        let empty = try PolygonLocator(encoded: PolygonLocator([]).encoded())
        #expect(empty.index(of: Coordinate(longitude: 0, latitude: 0)) == nil)
    }

    @Test("bytes of another kind, another source or another version are said to be so")
    func others() {
        #expect(throws: LocatorCacheError.notThisVersion) { try PolygonLocator(encoded: []) }
        #expect(throws: LocatorCacheError.notThisVersion) {
            try PolygonLocator(encoded: Array("fgb\u{3}fgb\u{1}".utf8))
        }
        var bytes = Self.locator.encoded(source: 35)
        #expect(throws: LocatorCacheError.otherSource) {
            try PolygonLocator(encoded: bytes, source: 36)
        }
        bytes[7] += 1
        #expect(throws: LocatorCacheError.notThisVersion) {
            try PolygonLocator(encoded: bytes, source: 35)
        }
    }

    @Test("bytes cut or changed anywhere are damaged")
    func damaged() {
        let bytes = Self.locator.encoded()
        let seed: UInt64 = 8_575
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let place = Int.random(in: 8..<bytes.count, using: &generator)
            var changed = bytes
            changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(throws: LocatorCacheError.damaged, "seed \(seed): byte \(place)") {
                try PolygonLocator(encoded: changed)
            }
            #expect(throws: LocatorCacheError.damaged, "seed \(seed): cut at \(place)") {
                try PolygonLocator(encoded: Array(bytes[..<place]))
            }
        }
    }

    @Test("forged bytes with a right fingerprint are refused or lead no query astray")
    func forged() {
        let bytes = Self.locator.encoded()
        let leafWords = Self.locator.leaves.count
        let seed: UInt64 = 81_904
        var generator = SeededGenerator(seed: seed)
        let points = Self.points(300, seed: seed)
        var refused = 0
        for _ in 0..<80 {
            var forged = bytes
            // The header after the fingerprint, or a word of the first leaves.
            let word = Int.random(in: 2..<12 + min(leafWords, 400), using: &generator)
            let value =
                [0, .max, UInt64.random(in: 0...1 << 40, using: &generator)]
                .randomElement(using: &generator) ?? 0
            for byte in 0..<8 {
                forged[word * 8 + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
            }
            let sum = forged.withUnsafeBytes {
                PolygonLocator.fingerprint(of: UnsafeRawBufferPointer(rebasing: $0[16...]))
            }
            for byte in 0..<8 {
                forged[8 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte))
            }
            guard let locator = try? PolygonLocator(encoded: forged) else {
                refused += 1
                continue
            }
            for index in locator.indices(of: points) {
                #expect(index >= -1 && Int(index) < locator.areaCount, "seed \(seed)")
            }
        }
        #expect(refused > 8, "seed \(seed)")
    }
}
