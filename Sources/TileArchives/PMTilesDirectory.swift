internal import Compression

/// Where the bytes of tiles stand in a PMTiles archive.
///
/// PMTiles 3, section 4: entries ascend by tile number. An entry serves a run of tiles with the
/// same bytes; a run of 0 points to a leaf directory instead.
struct PMTilesDirectory {
    struct Entry: Hashable, Sendable {
        var tile: UInt64
        var offset: UInt64
        var length: UInt32
        var run: UInt32
    }

    var entries: ArraySlice<Entry>

    /// The entries as five columns of varints (4.2), compressed.
    ///
    /// An offset is 0 when the bytes follow those of the entry before, else one more than itself.
    func encoded() throws(Gzip.Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        Self.append(UInt64(entries.count), to: &bytes)
        var previous: UInt64 = 0
        for entry in entries {
            Self.append(entry.tile - previous, to: &bytes)
            previous = entry.tile
        }
        for entry in entries { Self.append(UInt64(entry.run), to: &bytes) }
        for entry in entries { Self.append(UInt64(entry.length), to: &bytes) }
        var following: UInt64?
        for entry in entries {
            Self.append(entry.offset == following ? 0 : entry.offset + 1, to: &bytes)
            following = entry.offset + UInt64(entry.length)
        }
        return try Gzip.compress(bytes)
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// The root directory, at most `room` bytes, and the leaves that it points to.
    ///
    /// As few leaves as the room allows: a client fetches one of them for a tile.
    static func layout(
        of entries: [Entry],
        room: Int
    ) throws(Gzip.Failure) -> (root: [UInt8], leaves: [UInt8]) {
        let whole = try PMTilesDirectory(entries: entries[...]).encoded()
        if whole.count <= room { return (whole, []) }
        var leafSize = 4096
        while true {
            var pointers: [Entry] = []
            var leaves: [UInt8] = []
            var first = 0
            while first < entries.count {
                let part = entries[first..<min(first + leafSize, entries.count)]
                let leaf = try PMTilesDirectory(entries: part).encoded()
                pointers.append(
                    Entry(
                        tile: entries[first].tile, offset: UInt64(leaves.count),
                        length: UInt32(leaf.count), run: 0))
                leaves += leaf
                first += leafSize
            }
            let root = try PMTilesDirectory(entries: pointers[...]).encoded()
            if root.count <= room { return (root, leaves) }
            leafSize *= 2
        }
    }
}
