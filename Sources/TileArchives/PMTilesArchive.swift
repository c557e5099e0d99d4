public import Compression
public import Geospatial

/// What stands before the tiles of a PMTiles 3 archive: header, directories, metadata.
///
/// The tiles themselves only pass by, so that an archive of any size needs the memory of its
/// directory. Give it each tile in the order of `HilbertOrder` and write down the bytes it calls
/// new, one after the other; in the end `front` goes before them.
public struct PMTilesArchive: Sendable {
    public enum Content: UInt8, Sendable {
        /// Something that the format has no number for, such as GeoJSON.
        case other = 0
        case mvt = 1
    }

    /// What the header and the metadata say of the tiles.
    public struct Description: Sendable {
        public let content: Content
        public let zooms: ClosedRange<Int>
        public let bounds: BoundingBox
        /// Where and how far in a map should start: in the middle of the bounds.
        public let centerZoom: Int
        /// A JSON object, with `vector_layers` for MVT (section 5).
        public let metadata: [UInt8]

        public init(
            content: Content,
            zooms: ClosedRange<Int>,
            bounds: BoundingBox,
            centerZoom: Int,
            metadata: [UInt8]
        ) {
            self.content = content
            self.zooms = zooms
            self.bounds = bounds
            self.centerZoom = centerZoom
            self.metadata = metadata
        }
    }

    /// Tiles with bytes, repeated ones included.
    public private(set) var tileCount = 0
    /// The bytes of all different tiles.
    public private(set) var byteCount: UInt64 = 0

    private var entries: [PMTilesDirectory.Entry] = []
    /// By what the caller calls a tile's bytes.
    private var known: [String: (offset: UInt64, length: UInt32)] = [:]

    private static let headerSize = 127
    /// The root directory lies within what a client fetches first (section 3).
    private static let firstFetch = 16_384
    private static let gzip: UInt8 = 2

    public init() {}

    /// Notes a tile of `byteCount` compressed bytes.
    ///
    /// - Parameters:
    ///   - tile: comes after all tiles noted before it.
    ///   - digest: equal for equal bytes only.
    ///   - byteCount: above 0; tiles without bytes are left out of an archive.
    /// - Returns: whether the bytes are new and have to be written down.
    public mutating func add(_ tile: TileCoordinate, digest: String, byteCount: Int) -> Bool {
        let number = HilbertOrder.number(of: tile)
        precondition(byteCount > 0, "tile \(tile) without bytes")
        if let last = entries.last {
            precondition(last.tile + UInt64(last.run) <= number, "tile \(tile) out of order")
        }
        tileCount += 1
        if let place = known[digest] {
            if let last = entries.last, last.offset == place.offset,
                last.tile + UInt64(last.run) == number
            {
                entries[entries.count - 1].run += 1
            } else {
                entries.append(
                    PMTilesDirectory.Entry(
                        tile: number, offset: place.offset, length: place.length, run: 1))
            }
            return false
        }
        let place = (offset: self.byteCount, length: UInt32(byteCount))
        known[digest] = place
        entries.append(
            PMTilesDirectory.Entry(
                tile: number, offset: place.offset, length: place.length, run: 1))
        self.byteCount += UInt64(byteCount)
        return true
    }

    /// All that comes before the tiles; they follow at once.
    public func front(_ tileset: Description) throws(Gzip.Failure) -> [UInt8] {
        let (root, leaves) = try PMTilesDirectory.layout(
            of: entries, room: Self.firstFetch - Self.headerSize)
        let metadata = try Gzip.compress(tileset.metadata)
        var header = Array("PMTiles".utf8) + [3]
        func append<T: FixedWidthInteger>(_ value: T) {
            withUnsafeBytes(of: value.littleEndian) { header += $0 }
        }
        var offset = UInt64(Self.headerSize)
        for section in [root, metadata, leaves] {
            append(offset)
            append(UInt64(section.count))
            offset += UInt64(section.count)
        }
        append(offset)
        append(byteCount)
        append(UInt64(tileCount))
        append(UInt64(entries.count))
        append(UInt64(known.count))
        header += [1, Self.gzip, Self.gzip, tileset.content.rawValue]
        header += [UInt8(tileset.zooms.lowerBound), UInt8(tileset.zooms.upperBound)]
        func append(_ longitude: Double, _ latitude: Double) {
            append(Int32((longitude * 1e7).rounded()))
            append(Int32((latitude * 1e7).rounded()))
        }
        append(tileset.bounds.west, tileset.bounds.south)
        append(tileset.bounds.east, tileset.bounds.north)
        header.append(UInt8(tileset.centerZoom))
        append(tileset.bounds.center.longitude, tileset.bounds.center.latitude)
        precondition(header.count == Self.headerSize, "a header of \(header.count) bytes")
        return header + root + metadata + leaves
    }
}
