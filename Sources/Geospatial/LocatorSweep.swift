/// One edge of one area, not horizontal.
struct AreaEdge: Sendable {
    var lowerX: Double
    var lowerY: Double
    var upperX: Double
    var upperY: Double
    var area: Int32

    func longitude(at latitude: Double) -> Double {
        lowerX + (upperX - lowerX) * ((latitude - lowerY) / (upperY - lowerY))
    }
}

/// Goes through the cells of one row from east to west and knows at each of them which edges pass
/// it and what all edges east of it amount to.
///
/// An edge that lies east of a cell counts for exactly those points of the cell whose latitude is
/// in its range, whatever their longitude. So the edges east of a cell fold into a set of
/// latitudes for each area, at which "inside" turns into "outside" going north; where one edge
/// ends and the next begins the latitude is there twice and cancels. Few are left: the row's
/// bounds, written as infinities, and the ends of edges whose neighbour passes the cell.
struct LocatorSweep {
    struct Turn {
        var area: Int32
        var latitude: Double
    }

    /// What the edges east of the present cell amount to, in no order.
    private(set) var turns: [Turn] = []
    /// Turns inside the row; when there is none, an area covers the whole cell or nothing of it.
    private(set) var innerTurns = 0

    private var covering = LocatorCell.outside
    private var isCoveringKnown = true
    private var spans: [(edge: UInt32, first: Int32, last: Int32)] = []
    /// `passing[starts[c]..<starts[c + 1]]`: the places in `spans` of the edges that pass cell c.
    private var starts: [Int32] = []
    private var passing: [UInt32] = []
    private var grid: LocatorGrid
    private var firstRow = 0
    private var endRow = 0

    init(grid: LocatorGrid) {
        self.grid = grid
    }

    /// A slack in degrees against rounding, far above the error of a crossing and far below a
    /// cell: an edge may be listed in a cell it does not pass, never the other way round.
    private static let slack = 1e-9

    /// Takes in the edges of a row; the sweep then stands at its easternmost cell.
    ///
    /// Rows are counted in finest cells from `firstRow` to `endRow`, columns in cells of
    /// 2^`shift` finest cells from `firstColumn` on. `edges` must be all that reach into the row
    /// and lie in its cells or east of them.
    mutating func begin(
        _ edges: UnsafeBufferPointer<AreaEdge>,
        _ numbers: some Sequence<UInt32>,
        rows: Range<Int>,
        firstColumn: Int,
        columns: Int,
        shift: Int
    ) {
        firstRow = rows.lowerBound
        endRow = rows.upperBound
        turns.removeAll(keepingCapacity: true)
        innerTurns = 0
        isCoveringKnown = false
        spans.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        starts.append(contentsOf: repeatElement(0, count: columns + 2))
        let south = grid.box.south + Double(firstRow) / grid.rowsPerDegree - Self.slack
        let north = grid.box.south + Double(endRow) / grid.rowsPerDegree + Self.slack
        for number in numbers {
            let edge = edges[Int(number)]
            let low = edge.longitude(at: min(max(south, edge.lowerY), edge.upperY))
            let high = edge.longitude(at: min(max(north, edge.lowerY), edge.upperY))
            let first = grid.column(min(low, high) - Self.slack) >> shift - firstColumn
            let last = grid.column(max(low, high) + Self.slack) >> shift - firstColumn
            if last < 0 { continue }
            if first >= columns {
                fold(edge)
                continue
            }
            let span = (number, Int32(max(0, first)), Int32(min(columns - 1, last)))
            spans.append(span)
            for column in Int(span.1)...Int(span.2) { starts[column + 2] += 1 }
        }
        for column in 2..<max(2, starts.count) { starts[column] += starts[column - 1] }
        let total = Int(starts[columns + 1])
        if passing.count < total {
            passing.append(contentsOf: repeatElement(0, count: total - passing.count))
        }
        for (place, span) in spans.enumerated() {
            for column in Int(span.first)...Int(span.last) {
                passing[Int(starts[column + 1])] = UInt32(place)
                starts[column + 1] += 1
            }
        }
    }

    /// Whether no edge passes cell `column`.
    func isEmpty(_ column: Int) -> Bool { starts[column] == starts[column + 1] }

    /// The numbers of the edges that pass cell `column`.
    func edges(passing column: Int) -> some RandomAccessCollection<UInt32> {
        passing[Int(starts[column])..<Int(starts[column + 1])].lazy.map { spans[Int($0)].edge }
    }

    /// The cell's content where no edge passes it and there are no inner turns.
    mutating func coveringCell() -> LocatorCell {
        if !isCoveringKnown {
            let area = turns.lazy.filter { $0.latitude == -.infinity }.map(\.area).min()
            covering = area.map { LocatorCell(area: $0) } ?? .outside
            isCoveringKnown = true
        }
        return covering
    }

    /// Leaves cell `column` for its western neighbour: what began there is now in the east.
    mutating func pass(_ column: Int, _ edges: UnsafeBufferPointer<AreaEdge>) {
        for index in Int(starts[column])..<Int(starts[column + 1]) {
            let span = spans[Int(passing[index])]
            if Int(span.first) == column { fold(edges[Int(span.edge)]) }
        }
    }

    private mutating func fold(_ edge: AreaEdge) {
        isCoveringKnown = false
        // The rows decide, not a latitude computed for a row's bound: they decide for points too.
        let isBelow = edge.lowerY <= grid.box.south || grid.row(edge.lowerY) < firstRow
        let isAbove = edge.upperY > grid.box.north || grid.row(edge.upperY) >= endRow
        turn(edge.area, isBelow ? -.infinity : edge.lowerY)
        turn(edge.area, isAbove ? .infinity : edge.upperY)
    }

    private mutating func turn(_ area: Int32, _ latitude: Double) {
        let change = latitude.isInfinite ? 0 : 1
        if let same = turns.firstIndex(where: { $0.latitude == latitude && $0.area == area }) {
            turns.swapAt(same, turns.count - 1)
            turns.removeLast()
            innerTurns -= change
        } else {
            turns.append(Turn(area: area, latitude: latitude))
            innerTurns += change
        }
    }
}
