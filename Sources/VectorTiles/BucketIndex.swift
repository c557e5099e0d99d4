/// Points sorted into square cells, to ask which lie in a rectangle.
///
/// Two counting passes, no object per cell. The cells are sized for about two points each.
/// - Complexity: O(*n*) to build; a question costs the cells and points of its rectangle.
struct BucketIndex: Sendable {
    private let origin: GridPoint
    private let cellBits: Int
    private let columns: Int
    private let rows: Int
    /// The points of cell c are `members[starts[c]..<starts[c + 1]]`.
    private let starts: [Int32]
    private let members: [Int32]

    /// `numbers` are positions in `points`; the others stay outside the index.
    init(points: [GridPoint], numbers: [Int32]) {
        guard let box = GridRectangle(around: numbers.lazy.map { points[Int($0)] }) else {
            (origin, cellBits, columns, rows) = (GridPoint(x: 0, y: 0), 0, 0, 0)
            (starts, members) = ([0], [])
            return
        }
        let origin = GridPoint(x: box.minX, y: box.minY)
        var bits = 0
        func cells(_ length: Int) -> Int { (length >> bits) + 1 }
        while Double(cells(box.maxX - box.minX)) * Double(cells(box.maxY - box.minY))
            > Double(numbers.count / 2 + 1)
        {
            bits += 1
        }
        let cellBits = bits
        let columns = cells(box.maxX - box.minX)
        let rows = cells(box.maxY - box.minY)
        func cell(_ number: Int32) -> Int {
            let point = points[Int(number)] - origin
            return (point.y >> cellBits) * columns + (point.x >> cellBits)
        }
        var starts = [Int32](repeating: 0, count: columns * rows + 1)
        for number in numbers { starts[cell(number) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        var members = [Int32](repeating: 0, count: numbers.count)
        for number in numbers {
            let cell = cell(number)
            members[Int(next[cell])] = number
            next[cell] += 1
        }
        (self.origin, self.cellBits, self.columns, self.rows) = (origin, cellBits, columns, rows)
        (self.starts, self.members) = (starts, members)
    }

    /// Calls `body` with every point in the cells that `box` touches, until it answers false.
    @inline(__always)
    func visit(_ box: GridRectangle, _ body: (Int32) -> Bool) {
        let left = max(0, (box.minX - origin.x) >> cellBits)
        let right = min(columns - 1, (box.maxX - origin.x) >> cellBits)
        let top = max(0, (box.minY - origin.y) >> cellBits)
        let bottom = min(rows - 1, (box.maxY - origin.y) >> cellBits)
        guard left <= right, top <= bottom else { return }
        for row in top...bottom {
            let first = Int(starts[row * columns + left])
            let end = Int(starts[row * columns + right + 1])
            for position in first..<end where !body(members[position]) { return }
        }
    }
}
