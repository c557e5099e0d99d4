/// The keys of the chosen rows of one file, ascending.
struct SortedKeys: Sendable {
    private(set) var keys: [UInt64] = []
    private(set) var rows: [Int32] = []

    /// `keys` has one for each row of the file; rows with 0 are left out.
    init(_ keys: [UInt64], rows: [Int32]) {
        var pairs: [(key: UInt64, row: Int32)] = []
        pairs.reserveCapacity(rows.count)
        for row in rows where keys[Int(row)] != 0 { pairs.append((keys[Int(row)], row)) }
        pairs.sort { ($0.key, $0.row) < ($1.key, $1.row) }
        self.keys = pairs.map(\.key)
        self.rows = pairs.map(\.row)
    }
}

/// Rows of both files with one key in common.
struct Block: Sendable {
    /// Places in the `SortedKeys` of each file.
    let first: Range<Int>
    let second: Range<Int>

    var pairCount: Int { first.count * second.count }
}

/// The blocks of one pass, in units of work of about equal size.
struct Blocks: Sendable {
    let first: SortedKeys
    let second: SortedKeys
    private(set) var units: [[Block]] = []
    /// Keys with more pairs than allowed.
    private(set) var skippedKeys: Set<UInt64> = []

    init(_ first: SortedKeys, _ second: SortedKeys, maxPairs: Int) {
        (self.first, self.second) = (first, second)
        let unitPairs = 1 << 17
        var unit: [Block] = []
        var pairs = 0
        var (i, j) = (0, 0)
        while i < first.keys.count, j < second.keys.count {
            let key = first.keys[i]
            if key < second.keys[j] {
                i += 1
            } else if key > second.keys[j] {
                j += 1
            } else {
                let (endI, endJ) = (Self.end(of: key, first, i), Self.end(of: key, second, j))
                let block = Block(first: i..<endI, second: j..<endJ)
                (i, j) = (endI, endJ)
                guard block.pairCount <= maxPairs else {
                    skippedKeys.insert(key)
                    continue
                }
                unit.append(block)
                pairs += block.pairCount
                if pairs >= unitPairs {
                    units.append(unit)
                    unit = []
                    pairs = 0
                }
            }
        }
        if !unit.isEmpty { units.append(unit) }
    }

    private static func end(of key: UInt64, _ sorted: SortedKeys, _ start: Int) -> Int {
        var end = start + 1
        while end < sorted.keys.count, sorted.keys[end] == key { end += 1 }
        return end
    }
}
