/// Why bytes are no locator to be used; the remedy is always to build it anew.
public enum LocatorCacheError: Error, Hashable, Sendable {
    /// The first bytes are those of something else, or of another version.
    case notThisVersion
    /// Built from another source than the one asked for.
    case otherSource
    /// Cut, or changed after it was written.
    case damaged
}

// The layout, in little-endian words of eight bytes:
//
//     0      magic and version
//     1      fingerprint of all that follows
//     2      fingerprint of the source
//     3      areas
//     4–7    west, south, east, north as bit patterns
//     8, 9   columns and rows of the first level
//     10, 11 divided cells, words of leaves
//     12     the words of the leaves, then the cells of the first level and the divided cells,
//            two to a word
extension PolygonLocator {
    private static let magic = UInt64(littleEndian: 0x01_6B_6F_6C_61_74_65_70)
    private static let headerWords = 12

    /// A number that changes when the bytes do.
    ///
    /// By certainty when one word of eight bytes has changed, otherwise but for about one chance
    /// in 2^64. No protection against intent.
    ///
    /// - Complexity: O(bytes), several gigabytes a second.
    public static func fingerprint(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        // Each step is a bijection of the lane; four lanes keep the multiplier busy.
        let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
        func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
            let product = (lane ^ word) &* prime
            return product ^ product >> 29
        }
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        var offset = 0
        while offset + 32 <= bytes.count {
            lanes.0 = mixed(lanes.0, word(offset))
            lanes.1 = mixed(lanes.1, word(offset + 8))
            lanes.2 = mixed(lanes.2, word(offset + 16))
            lanes.3 = mixed(lanes.3, word(offset + 24))
            offset += 32
        }
        var sum = UInt64(bytes.count)
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { sum = mixed(sum, lane) }
        while offset < bytes.count {
            sum = mixed(sum, UInt64(bytes[offset]))
            offset += 1
        }
        return sum
    }

    /// The locator as bytes from which `init(encoded:source:)` makes the same one again.
    ///
    /// `source` says what the areas came from, such as the fingerprint of their file. The size is
    /// that of the locator in memory.
    public func encoded(source: UInt64 = 0) -> [UInt8] {
        let cellWords = (cells.count + 1) / 2 + (dividedCells.count + 1) / 2
        let words = Self.headerWords + leaves.count + cellWords
        let header: [UInt64] = [
            Self.magic, 0, source, UInt64(areaCount), grid.box.west.bitPattern,
            grid.box.south.bitPattern, grid.box.east.bitPattern, grid.box.north.bitPattern,
            UInt64(grid.columns), UInt64(grid.rows), UInt64(dividedCells.count),
            UInt64(leaves.count),
        ]
        return [UInt8](unsafeUninitializedCapacity: words * 8) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            var place = 0
            func put(_ word: UInt64) {
                bytes.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
                place += 8
            }
            header.forEach(put)
            leaves.forEach(put)
            for level in [cells, dividedCells] {
                for pair in stride(from: 0, to: level.count, by: 2) {
                    let second = pair + 1 < level.count ? level[pair + 1].bits : 0
                    put(UInt64(level[pair].bits) | UInt64(second) << 32)
                }
            }
            let sum = Self.fingerprint(of: UnsafeRawBufferPointer(rebasing: bytes[16...]))
            bytes.storeBytes(of: sum.littleEndian, toByteOffset: 8, as: UInt64.self)
            count = words * 8
        }
    }

    /// Reads what `encoded(source:)` wrote.
    ///
    /// Damage shows in the fingerprint; besides, every reference inside is checked, so that no
    /// bytes whatever lead a query out of the tables.
    public init(encoded bytes: [UInt8], source: UInt64 = 0) throws(LocatorCacheError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(LocatorCacheError) in
            try PolygonLocator(encoded: UnsafeRawBufferPointer(buffer), source: source)
        }
    }

    /// The same from memory that is not an array, such as a mapped file.
    public init(
        encoded bytes: UnsafeRawBufferPointer,
        source: UInt64 = 0
    ) throws(LocatorCacheError) {
        func word(_ index: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        guard bytes.count >= 8, word(0) == Self.magic else { throw .notThisVersion }
        let total = bytes.count / 8
        guard total >= Self.headerWords, bytes.count.isMultiple(of: 8) else { throw .damaged }
        let sum = Self.fingerprint(of: UnsafeRawBufferPointer(rebasing: bytes[16...]))
        guard sum == word(1) else { throw .damaged }
        guard source == word(2) else { throw .otherSource }
        // Small enough that nothing below overflows.
        guard (3...11).allSatisfy({ (4...7).contains($0) || word($0) < 1 << 30 }) else {
            throw .damaged
        }
        let (columns, rows) = (Int(word(8)), Int(word(9)))
        let (dividedCount, leafWords) = (Int(word(10)), Int(word(11)))
        guard columns > 0, rows > 0,
            Self.headerWords + leafWords + (columns * rows + 1) / 2 + (dividedCount + 1) / 2
                == total
        else { throw .damaged }
        func cells(_ count: Int, at first: Int) -> [LocatorCell] {
            [LocatorCell](unsafeUninitializedCapacity: count) { buffer, initialized in
                for index in 0..<count {
                    let bits = bytes.loadUnaligned(
                        fromByteOffset: first * 8 + index * 4, as: UInt32.self)
                    buffer.initializeElement(
                        at: index, to: LocatorCell(bits: UInt32(littleEndian: bits)))
                }
                initialized = count
            }
        }
        let leaves = [UInt64](unsafeUninitializedCapacity: leafWords) { buffer, initialized in
            for index in 0..<leafWords {
                buffer.initializeElement(at: index, to: word(Self.headerWords + index))
            }
            initialized = leafWords
        }
        let firstCell = Self.headerWords + leafWords
        func ordinate(_ index: Int) -> Double { Double(bitPattern: word(index)) }
        self.init(
            areaCount: Int(word(3)),
            grid: LocatorGrid(
                box: BoundingBox(
                    west: ordinate(4), south: ordinate(5), east: ordinate(6), north: ordinate(7)),
                columns: columns, rows: rows),
            cells: cells(columns * rows, at: firstCell),
            dividedCells: cells(dividedCount, at: firstCell + (columns * rows + 1) / 2),
            leaves: leaves)
        guard isSound else { throw .damaged }
    }

    /// Whether every cell and leaf refers to what is there.
    private var isSound: Bool {
        guard let starts = startsOfLeaves() else { return false }
        func isWhole(_ cell: LocatorCell) -> Bool {
            if cell.isLeaf {
                return cell.leaf < leaves.count
                    && starts[cell.leaf / 64] >> UInt64(cell.leaf % 64) & 1 == 1
            }
            return !cell.isDivided && Int(cell.area) < areaCount
        }
        return dividedCells.allSatisfy(isWhole)
            && cells.allSatisfy { cell in
                guard cell.isDivided else { return isWhole(cell) }
                let side = 1 << cell.level
                return cell.firstDivided + side * side <= dividedCells.count
            }
    }

    /// A bit for each word of the leaves: whether a leaf begins there; nil when one is damaged.
    private func startsOfLeaves() -> [UInt64]? {
        var starts = [UInt64](repeating: 0, count: leaves.count / 64 + 1)
        return leaves.withUnsafeBufferPointer { words in
            var start = 0
            while start < words.count {
                let leaf = LocatorLeaf(header: words[start])
                let next = start + leaf.wordCount
                guard next <= words.count, !leaf.continues || next < words.count else {
                    return nil
                }
                var used = leaf.base
                for number in 0..<leaf.turnCount + leaf.edgeCount {
                    used |= LocatorLeaf.set(number, words, start + leaf.firstSet)
                }
                guard UInt32(used) < 1 << UInt32(leaf.areaCount) else { return nil }
                for number in 0..<leaf.areaCount {
                    let area = LocatorLeaf.area(number, words, start)
                    guard area >= 0, Int(area) < areaCount else { return nil }
                }
                starts[start / 64] |= 1 << UInt64(start % 64)
                start = next
            }
            return starts
        }
    }
}
