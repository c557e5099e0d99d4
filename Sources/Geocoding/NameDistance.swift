/// What it takes to turn a right name into the written one, in nats: -log of the probability
/// that a hand, a scanner or an older spelling writes it so.
///
/// An optimal string alignment (a swap of neighbours counts once, and what was swapped stays)
/// whose steps cost by letter: cheap are the ways in which Javanese and Madurese names vary
/// (u/o, i/e, doubled letters, h, the old dj tj nj), dear is any other letter.
final class NameDistance: Sendable {
    static let swap: Float = 3.6
    static let doubling: Float = 1.6
    static let merging: Float = 3.5
    static let truncation: Float = 2.5
    static let truncatedLetter: Float = 0.35

    private static let band = 5
    private static let rowLength = NameLetters.capacity + 2

    /// `substitution[true * 37 + written]`.
    private let substitution: InlineArray<1369, Float>
    private let deletion: InlineArray<37, Float>
    private let insertion: InlineArray<37, Float>

    init() {
        let costs = NameSlipCosts()
        substitution = costs.substitution
        deletion = costs.deletion
        insertion = costs.insertion
    }

    /// The cost of `written` where `name` is meant; infinite from `limit` on.
    ///
    /// - Complexity: O(*n*), as no more than `band` letters may be added or dropped in all, and
    ///   what both names have in common at the ends is passed over.
    func cost(
        of written: NameLetters,
        from name: NameLetters,
        isOldSpelling: Bool,
        limit: Float
    ) -> Float {
        // One letter of what is common stays: a doubled or swapped letter looks beside it.
        var front = 0
        let shorter = min(written.count, name.count)
        while front < shorter, written.codes[front] == name.codes[front] { front += 1 }
        if front == written.count, front == name.count { return 0 }
        var back = 0
        while back < shorter - front,
            written.codes[written.count - 1 - back] == name.codes[name.count - 1 - back]
        {
            back += 1
        }
        front = max(0, front - 1)
        let rows = written.count - max(0, back - 1)
        let columns = name.count - max(0, back - 1)
        guard abs(rows - columns) <= Self.band || back == 0 else { return .infinity }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * Self.rowLength) {
            $0.initialize(repeating: .infinity)
            return cost(
                written, front..<rows, name, front..<columns, isOldSpelling,
                mayBeCut: back == 0, limit, $0)
        }
    }

    private func cost(
        _ written: NameLetters,
        _ writtenRange: Range<Int>,
        _ name: NameLetters,
        _ nameRange: Range<Int>,
        _ isOldSpelling: Bool,
        mayBeCut: Bool,
        _ limit: Float,
        _ space: UnsafeMutableBufferPointer<Float>
    ) -> Float {
        let front = writtenRange.lowerBound
        let rows = writtenRange.upperBound
        let columns = nameRange.upperBound
        var before = 0
        var last = Self.rowLength
        var current = 2 * Self.rowLength
        let drops = 3 * Self.rowLength
        space[last + front] = 0
        for column in front..<columns {
            space[drops + column] = drop(column, of: name)
            space[last + column + 1] = space[last + column] + space[drops + column]
        }
        var previous = written[front - 1]
        for row in front..<rows {
            let letter = written.codes[row]
            let added = letter == previous ? Self.doubling : insertion[Int(letter)]
            let merged = row > front ? twoLetters(previous, letter) : 0
            let start = max(front, row - Self.band)
            let end = max(start, min(columns, row + Self.band + 1))
            space[current + start] = space[last + start] + added
            var least = space[current + start]
            var meantBefore = name[start - 1]
            for column in start..<end {
                let meant = name.codes[column]
                var cost = space[last + column]
                if meant != letter {
                    cost += replace(meant, by: letter, isOldSpelling: isOldSpelling)
                    if letter == meantBefore, previous == meant, row > front, column > front {
                        cost = min(cost, space[before + column - 1] + Self.swap)
                    }
                    if letter == 13, meant == 14, meantBefore == 18, column > front {
                        cost = min(cost, space[last + column - 1] + Self.merging)
                    }
                }
                cost = min(cost, space[last + column + 1] + added)
                cost = min(cost, space[current + column] + space[drops + column])
                if meant == merged {
                    cost = min(cost, space[before + column] + Self.merging)
                }
                space[current + column + 1] = cost
                least = min(least, cost)
                meantBefore = meant
            }
            if least >= limit { return .infinity }
            if end < columns { space[current + end + 1] = .infinity }
            if start > 0 { space[current + start - 1] = .infinity }
            previous = letter
            (before, last, current) = (last, current, before)
        }
        var cost = space[last + columns]
        if rows - columns > Self.band || columns - rows > Self.band { cost = .infinity }
        if mayBeCut, rows >= 4 {
            // The name may be cut off at the end of a narrow cell.
            let end = min(columns, rows + Self.band)
            var column = max(front, 4, rows - Self.band)
            while column < end {
                let missing = Float(columns - column)
                cost = min(
                    cost,
                    space[last + column] + Self.truncation + Self.truncatedLetter * missing)
                column += 1
            }
        }
        return cost < limit ? cost : .infinity
    }

    /// The letter that two look like: rn as m, cl as d, vv as w, ii as u; else 0.
    private func twoLetters(_ first: UInt8, _ second: UInt8) -> UInt8 {
        switch (first, second) {
        case (18, 14): 13
        case (3, 12): 4
        case (22, 22): 23
        case (9, 9): 21
        default: 0
        }
    }

    private func replace(_ meant: UInt8, by letter: UInt8, isOldSpelling: Bool) -> Float {
        // Where Soe- stands, j is today's y.
        if isOldSpelling, meant == 25, letter == 10 { return 0.4 }
        return substitution[Int(meant) * 37 + Int(letter)]
    }

    private func drop(_ column: Int, of name: NameLetters) -> Float {
        let letter = name[column]
        if letter == name[column - 1] { return Self.doubling }
        // Ng is often heard as n.
        if letter == 7, name[column - 1] == 14 { return 3.2 }
        return deletion[Int(letter)]
    }
}
