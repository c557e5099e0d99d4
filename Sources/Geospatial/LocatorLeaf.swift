/// One leaf among the words of a locator: the borders of up to 16 areas in one cell.
///
/// ```
/// header   from the lowest bit: base 16, areas - 1 in 4, continues 1, turns 21, edges 22
/// areas    two to a word, in rising order; bit n of a set of 16 bits means area n of these
/// sets     four to a word: for each turn, then for each edge, the areas it counts for
/// turns    a latitude each: counts for the points at or north of it
/// edges    lower longitude and latitude, upper longitude and latitude; none is horizontal
/// ```
///
/// `base` is the set of areas around a point that nothing counts for. A leaf of more areas
/// continues in the next one. All in one place, so that a query fetches neighbouring memory.
struct LocatorLeaf {
    static let areasAtMost = 16

    let base: UInt16
    let areaCount: Int
    let continues: Bool
    let turnCount: Int
    let edgeCount: Int

    init(base: UInt16, areaCount: Int, continues: Bool, turnCount: Int, edgeCount: Int) {
        precondition((1...Self.areasAtMost).contains(areaCount), "\(areaCount) areas in a leaf")
        precondition(
            turnCount < 1 << 21 && edgeCount < 1 << 22,
            "\(turnCount) turns and \(edgeCount) edges in one leaf")
        self.base = base
        self.areaCount = areaCount
        self.continues = continues
        self.turnCount = turnCount
        self.edgeCount = edgeCount
    }

    init(header: UInt64) {
        base = UInt16(truncatingIfNeeded: header)
        areaCount = Int(header >> 16 & 0xF) + 1
        continues = header >> 20 & 1 == 1
        turnCount = Int(header >> 21 & 0x1F_FFFF)
        edgeCount = Int(header >> 42)
    }

    var header: UInt64 {
        UInt64(base) | UInt64(areaCount - 1) << 16 | (continues ? 1 << 20 : 0)
            | UInt64(turnCount) << 21 | UInt64(edgeCount) << 42
    }

    // Words from the header on.
    var firstSet: Int { 1 + (areaCount + 1) / 2 }
    var firstTurn: Int { firstSet + (turnCount + edgeCount + 3) / 4 }
    var firstEdge: Int { firstTurn + turnCount }
    var wordCount: Int { firstEdge + 4 * edgeCount }

    /// The index of the area around `point` by the leaf at `start` of `words`; -1 for none.
    ///
    /// `header` is the word at `start`, fetched before by who asks for many points.
    static func index(
        of point: Coordinate,
        in words: UnsafeBufferPointer<UInt64>,
        at start: Int,
        header: UInt64
    ) -> Int32 {
        var start = start
        var leaf = LocatorLeaf(header: header)
        while true {
            var inside = leaf.base
            let sets = start + leaf.firstSet
            for turn in 0..<leaf.turnCount {
                let latitude = Double(bitPattern: words[start + leaf.firstTurn + turn])
                inside ^= latitude <= point.latitude ? set(turn, words, sets) : 0
            }
            var place = start + leaf.firstEdge
            for edge in leaf.turnCount..<leaf.turnCount + leaf.edgeCount {
                defer { place += 4 }
                let lowerY = Double(bitPattern: words[place + 1])
                let upperY = Double(bitPattern: words[place + 3])
                guard lowerY <= point.latitude, point.latitude < upperY else { continue }
                let lowerX = Double(bitPattern: words[place])
                let upperX = Double(bitPattern: words[place + 2])
                // Many edges lie wholly to one side; only the others need the exact test.
                if point.longitude < min(lowerX, upperX)
                    || point.longitude <= max(lowerX, upperX)
                        && Orientation.sign(
                            ax: lowerX, ay: lowerY, bx: upperX, by: upperY,
                            px: point.longitude, py: point.latitude) > 0
                {
                    inside ^= set(edge, words, sets)
                }
            }
            if inside != 0 { return area(inside.trailingZeroBitCount, words, start) }
            if !leaf.continues { return -1 }
            start += leaf.wordCount
            leaf = LocatorLeaf(header: words[start])
        }
    }

    static func set(
        _ number: Int,
        _ words: UnsafeBufferPointer<UInt64>,
        _ firstSet: Int
    ) -> UInt16 {
        UInt16(truncatingIfNeeded: words[firstSet + number >> 2] >> UInt64(16 * (number & 3)))
    }

    static func area(_ number: Int, _ words: UnsafeBufferPointer<UInt64>, _ start: Int) -> Int32 {
        Int32(truncatingIfNeeded: words[start + 1 + number >> 1] >> UInt64(32 * (number & 1)))
    }
}
