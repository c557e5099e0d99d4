/// Finds the area that contains a position, among any number of areas with holes and parts.
///
/// A grid in two levels over the extent of all areas. A cell of the first level lies outside of
/// all areas, inside one, or is divided, the finer the more edges pass it; the sea between the
/// islands of Indonesia costs no memory. A divided cell's cells lie outside, inside, or are leaves
/// with the few edges that pass there. What lies east of a leaf is folded into it (see
/// `LocatorBuilder`), so that a query looks at the edges of one leaf and nothing else. The test of
/// a point against an edge is exact, and so is the answer.
///
/// **Borders.** An edge counts when the point lies strictly on its left, looking from the lower
/// end to the upper, and its lower end belongs to it, its upper does not. Both neighbours hold the
/// same edge, so that in a coverage each point of a shared border belongs to exactly one area.
/// Where areas overlap, the one with the lowest index wins.
///
/// - Complexity: building O(*v* log *v*) for *v* vertices that are spread out, a query O(1) in the
///   common case, O(edges of the leaf) near a border; no memory for a query.
public struct PolygonLocator: Sendable {
    /// How many areas the locator was built from.
    public let areaCount: Int

    let grid: LocatorGrid
    /// The first level, row by row from the south-west.
    let cells: [LocatorCell]
    /// The cells of the divided cells, square after square.
    let dividedCells: [LocatorCell]
    /// The leaves, one after the other; see `LocatorLeaf`.
    let leaves: [UInt64]

    /// - Parameters:
    ///   - areas: the areas; the answer of a query is an index into them.
    ///   - cellsPerArea: the first level has about this many cells for each area.
    ///   - fewestCells: but not fewer than these. Changes time and memory, never an answer.
    public init(
        _ areas: [MultiPolygon],
        cellsPerArea: Int = 16,
        fewestCells: Int = 65_536
    ) {
        precondition(fewestCells > 0, "a first level of \(fewestCells) cells")
        var builder = LocatorBuilder(
            areas, cellsPerArea: cellsPerArea, fewestCells: fewestCells)
        builder.build()
        self.init(
            areaCount: areas.count, grid: builder.grid, cells: builder.cells,
            dividedCells: builder.dividedCells, leaves: builder.leaves)
    }

    init(
        areaCount: Int,
        grid: LocatorGrid,
        cells: [LocatorCell],
        dividedCells: [LocatorCell],
        leaves: [UInt64]
    ) {
        self.areaCount = areaCount
        self.grid = grid
        self.cells = cells
        self.dividedCells = dividedCells
        self.leaves = leaves
    }

    /// The index of the area that contains `coordinate`; nil when none does.
    public func index(of coordinate: Coordinate) -> Int? {
        let found = withTables { $0.index(of: coordinate) }
        return found < 0 ? nil : Int(found)
    }

    /// The index of the area that contains each of `coordinates`; -1 where none does.
    ///
    /// Faster than one by one: the memory of several positions is fetched at the same time.
    public func indices(of coordinates: [Coordinate]) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: coordinates.count) { found, count in
            coordinates.withUnsafeBufferPointer { coordinates in
                withTables { $0.indices(of: coordinates, into: found) }
            }
            count = coordinates.count
        }
    }

    private func withTables<T>(_ body: (Tables) -> T) -> T {
        cells.withUnsafeBufferPointer { cells in
            dividedCells.withUnsafeBufferPointer { dividedCells in
                leaves.withUnsafeBufferPointer { leaves in
                    body(
                        Tables(
                            grid: grid, cells: cells, dividedCells: dividedCells, leaves: leaves))
                }
            }
        }
    }

    /// The locator's arrays as plain memory, for as long as a query runs.
    private struct Tables {
        let grid: LocatorGrid
        let cells: UnsafeBufferPointer<LocatorCell>
        let dividedCells: UnsafeBufferPointer<LocatorCell>
        let leaves: UnsafeBufferPointer<UInt64>

        /// Never a divided one.
        @inline(__always)
        func cell(of point: Coordinate) -> LocatorCell {
            guard grid.box.contains(point) else { return .outside }
            let column = grid.column(point.longitude)
            let row = grid.row(point.latitude)
            let cell = cells[
                (row >> LocatorGrid.depth) * grid.columns + column >> LocatorGrid.depth]
            guard cell.isDivided else { return cell }
            let level = cell.level
            let shift = LocatorGrid.depth - level
            let mask = (1 << level) - 1
            return dividedCells[
                cell.firstDivided + ((row >> shift & mask) << level | column >> shift & mask)]
        }

        func index(of point: Coordinate) -> Int32 {
            let cell = cell(of: point)
            return cell.isLeaf
                ? LocatorLeaf.index(
                    of: point, in: leaves, at: cell.leaf, header: leaves[cell.leaf]) : cell.area
        }

        /// In blocks and steps, so that the fetches of a step do not wait for one another.
        func indices(
            of points: UnsafeBufferPointer<Coordinate>,
            into found: UnsafeMutableBufferPointer<Int32>
        ) {
            let block = 256
            withUnsafeTemporaryAllocation(of: Waiting.self, capacity: block) { waiting in
                for start in stride(from: 0, to: points.count, by: block) {
                    var count = 0
                    for index in start..<min(start + block, points.count) {
                        let cell = cell(of: points[index])
                        found[index] = cell.area
                        waiting[count].index = Int32(truncatingIfNeeded: index - start)
                        waiting[count].leaf = cell.leaf
                        count += cell.isLeaf ? 1 : 0
                    }
                    for entry in 0..<count {
                        waiting[entry].header = leaves[waiting[entry].leaf]
                    }
                    for entry in 0..<count {
                        let index = start + Int(waiting[entry].index)
                        found[index] = LocatorLeaf.index(
                            of: points[index], in: leaves, at: waiting[entry].leaf,
                            header: waiting[entry].header)
                    }
                }
            }
        }

        /// A position that lies in a leaf.
        private struct Waiting {
            var leaf: Int
            var header: UInt64
            var index: Int32
        }
    }
}

/// Which cell a position falls into, in cells of the finest possible level.
struct LocatorGrid: Hashable, Sendable {
    /// A cell of the first level holds up to 2^depth x 2^depth of the second.
    static let depth = 7

    let box: BoundingBox
    /// Of the first level.
    let columns: Int
    let rows: Int
    /// Finest cells per degree.
    let columnsPerDegree: Double
    let rowsPerDegree: Double

    init(box: BoundingBox, columns: Int, rows: Int) {
        self.box = box
        self.columns = columns
        self.rows = rows
        columnsPerDegree = Double(columns << Self.depth) / max(box.east - box.west, 1e-9)
        rowsPerDegree = Double(rows << Self.depth) / max(box.north - box.south, 1e-9)
    }

    // Monotone, so that a point between the ends of an edge falls into a row between theirs.
    func row(_ latitude: Double) -> Int {
        Self.clamped((latitude - box.south) * rowsPerDegree, to: rows << Self.depth)
    }

    func column(_ longitude: Double) -> Int {
        Self.clamped((longitude - box.west) * columnsPerDegree, to: columns << Self.depth)
    }

    /// NaN, which only coordinates near the end of a Double's range lead to, counts as 0.
    private static func clamped(_ value: Double, to count: Int) -> Int {
        value > 0 ? (value < Double(count) ? Int(value) : count - 1) : 0
    }
}

/// What lies in a cell, in 32 bits.
///
/// ```
/// 00 area + 1       inside that area; 0: outside of all
/// 01 first/4 level  divided into 2^level x 2^level cells from `first` on; the level in 3 bits
/// 1  leaf           the number of a leaf
/// ```
struct LocatorCell: Hashable, Sendable {
    let bits: UInt32

    static let outside = LocatorCell(bits: 0)

    init(bits: UInt32) { self.bits = bits }

    init(area: Int32) { bits = UInt32(area + 1) }

    init(leaf: Int) {
        precondition(leaf < 1 << 31, "\(leaf) leaves are too many")
        bits = 1 << 31 | UInt32(leaf)
    }

    init(firstDivided: Int, level: Int) {
        precondition(firstDivided < 1 << 29, "\(firstDivided) cells are too many")
        bits = 1 << 30 | UInt32(firstDivided / 4) << 3 | UInt32(level)
    }

    var isLeaf: Bool { bits >> 31 == 1 }
    var isDivided: Bool { bits >> 30 == 1 }
    /// Means nothing for a leaf or a divided cell, but can be had of them.
    var area: Int32 { Int32(truncatingIfNeeded: bits) &- 1 }
    var leaf: Int { Int(bits & 0x7FFF_FFFF) }
    var level: Int { Int(bits & 7) }
    var firstDivided: Int { Int(bits >> 3 & 0x7FF_FFFF) * 4 }
}
