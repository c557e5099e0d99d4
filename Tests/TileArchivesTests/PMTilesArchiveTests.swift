import Compression
import Geospatial
import Testing

@testable import TileArchives

@Suite struct PMTilesArchiveTests {
    private static let box = BoundingBox(west: 112.5, south: -8.25, east: 113.5, north: -7.5)

    private static func description(_ metadata: String = "{}") -> PMTilesArchive.Description {
        PMTilesArchive.Description(
            content: .mvt, zooms: 2...7, bounds: box, centerZoom: 5,
            metadata: Array(metadata.utf8))
    }

    private static func tiles(zoom: Int) -> [TileCoordinate] {
        HilbertOrder.sorted(
            (0..<(1 << (2 * zoom))).compactMap {
                TileCoordinate(zoom: zoom, column: $0 & ((1 << zoom) - 1), row: $0 >> zoom)
            })
    }

    @Test("the header says where everything stands")
    func header() throws {
        var archive = PMTilesArchive()
        for (place, tile) in Self.tiles(zoom: 2).enumerated() {
            let isNew = archive.add(tile, digest: "\(place)", byteCount: 10 + place)
            #expect(isNew)
        }
        let front = try archive.front(Self.description(#"{"name":"uji"}"#))
        let reader = try PMTilesReader(front)
        #expect(reader.version == 3)
        #expect(reader.root.offset == 127)
        #expect(reader.metadata.offset == reader.root.offset + reader.root.length)
        #expect(reader.leaves.offset == reader.metadata.offset + reader.metadata.length)
        #expect(reader.tiles.offset == reader.leaves.offset + reader.leaves.length)
        #expect(reader.tiles.offset == front.count)
        #expect(reader.tiles.length == (0..<16).reduce(0) { $0 + 10 + $1 })
        #expect(reader.counts == [16, 16, 16])
        // Clustered, gzip inside, gzip tiles, MVT, zooms.
        #expect(Array(front[96..<102]) == [1, 2, 2, 1, 2, 7])
        #expect(reader.bounds == [1_125_000_000, -82_500_000, 1_135_000_000, -75_000_000])
        #expect(front[118] == 5)
        #expect(try reader.metadataText() == #"{"name":"uji"}"#)
    }

    @Test("equal tiles are stored once, and a run of them is one entry")
    func equalTiles() throws {
        var archive = PMTilesArchive()
        let tiles = Self.tiles(zoom: 2)
        let digests = ["a", "sea", "sea", "sea", "b", "sea", "a"]
        let isNew = zip(tiles, digests).map {
            archive.add($0, digest: $1, byteCount: $1.count * 100)
        }
        #expect(isNew == [true, true, false, false, true, false, false])
        let reader = try PMTilesReader(try archive.front(Self.description()))
        #expect(reader.counts == [7, 5, 3])
        for (tile, digest) in zip(tiles, digests) {
            let place = try #require(try reader.place(of: HilbertOrder.number(of: tile)))
            #expect(place.length == digest.count * 100)
            #expect(place.offset == ["a": 0, "sea": 100, "b": 400][digest])
        }
        #expect(try reader.place(of: HilbertOrder.number(of: tiles[7])) == nil)
    }

    @Test("a gap between equal tiles ends their run")
    func gap() throws {
        var archive = PMTilesArchive()
        let tiles = Self.tiles(zoom: 2)
        for place in [0, 1, 3] {
            _ = archive.add(tiles[place], digest: "sea", byteCount: 9)
        }
        let reader = try PMTilesReader(try archive.front(Self.description()))
        #expect(reader.counts == [3, 2, 1])
        #expect(try reader.place(of: HilbertOrder.number(of: tiles[2])) == nil)
        #expect(try reader.place(of: HilbertOrder.number(of: tiles[3])) != nil)
    }

    @Test("a long directory gets leaves, and the root stays in the first 16 KiB")
    func leaves() throws {
        var archive = PMTilesArchive()
        let tiles = Self.tiles(zoom: 6) + Self.tiles(zoom: 7)
        var lengths: [Int] = []
        var state: UInt64 = 7
        for (place, tile) in tiles.enumerated() {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            lengths.append(1 + Int(state >> 50))
            let isNew = archive.add(tile, digest: "\(place)", byteCount: lengths[place])
            #expect(isNew)
        }
        let reader = try PMTilesReader(try archive.front(Self.description()))
        #expect(reader.leaves.length > 0)
        #expect(reader.root.offset + reader.root.length <= 16_384)
        var offset = 0
        for (place, tile) in tiles.enumerated() {
            let found = try #require(try reader.place(of: HilbertOrder.number(of: tile)))
            #expect(found.offset == offset && found.length == lengths[place])
            offset += lengths[place]
        }
        #expect(reader.tiles.length == offset)
    }
}

/// Reads the front of an archive by the specification, written independently of the writer.
private struct PMTilesReader {
    struct Section: Equatable {
        var offset: Int
        var length: Int
    }

    let front: [UInt8]
    var version: UInt8 { front[7] }
    var root: Section { section(8) }
    var metadata: Section { section(24) }
    var leaves: Section { section(40) }
    var tiles: Section { section(56) }
    var counts: [Int] { [72, 80, 88].map { number($0, bytes: 8) } }
    var bounds: [Int] {
        [102, 106, 110, 114].map {
            Int(Int32(truncatingIfNeeded: number($0, bytes: 4)))
        }
    }

    struct NotAnArchive: Error {}

    private final class Cache {
        var directories: [Int: [Entry]] = [:]
    }

    private let cache = Cache()

    init(_ front: [UInt8]) throws {
        guard front.count >= 127, front.starts(with: Array("PMTiles".utf8)) else {
            throw NotAnArchive()
        }
        self.front = front
    }

    private func number(_ start: Int, bytes: Int) -> Int {
        front[start..<start + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func section(_ start: Int) -> Section {
        Section(offset: number(start, bytes: 8), length: number(start + 8, bytes: 8))
    }

    func metadataText() throws -> String {
        let range = metadata.offset..<metadata.offset + metadata.length
        return String(decoding: try Gzip.decompress(Array(front[range])), as: UTF8.self)
    }

    func place(of tile: UInt64) throws -> Section? {
        var directory = root
        for _ in 0..<4 {
            let entries = try entries(directory)
            guard let entry = entries.last(where: { $0.tile <= tile }) else { return nil }
            if entry.run == 0 {
                directory = Section(
                    offset: leaves.offset + entry.offset, length: entry.length)
                continue
            }
            guard tile < entry.tile + UInt64(entry.run) else { return nil }
            return Section(offset: entry.offset, length: entry.length)
        }
        return nil
    }

    struct Entry {
        var tile: UInt64
        var run: Int
        var length: Int
        var offset: Int
    }

    private func entries(_ section: Section) throws -> [Entry] {
        if let known = cache.directories[section.offset] { return known }
        let bytes = try Gzip.decompress(
            Array(front[section.offset..<section.offset + section.length]))
        var position = 0
        func varint() -> Int {
            var (value, shift) = (0, 0)
            while true {
                let byte = bytes[position]
                position += 1
                value |= Int(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
        }
        let count = varint()
        var entries: [Entry] = []
        var tile: UInt64 = 0
        for _ in 0..<count {
            tile += UInt64(varint())
            entries.append(Entry(tile: tile, run: 0, length: 0, offset: 0))
        }
        for index in 0..<count { entries[index].run = varint() }
        for index in 0..<count { entries[index].length = varint() }
        for index in 0..<count {
            let value = varint()
            entries[index].offset =
                value == 0
                ? entries[index - 1].offset + entries[index - 1].length : value - 1
        }
        #expect(position == bytes.count)
        cache.directories[section.offset] = entries
        return entries
    }
}
