/// Finds the area that contains a position, among any number of areas with holes and parts.
///
/// A grid over the extent of all areas: each cell lies outside of all, inside one, or holds a
/// short list of areas whose border passes. In a mixed cell the ray towards east is counted
/// through the edges of the cell's row, with exact orientation tests.
///
/// **Borders.** An edge counts when the point lies strictly on its left, looking from the lower
/// end to the upper, and its lower end belongs to it, its upper does not. Both neighbours hold the
/// same edge, so that in a coverage each point of a shared border belongs to exactly one area.
/// Where areas overlap, the one with the lowest index wins.
///
/// - Complexity: building O(*v* · rows touched), a query O(1) in the common case, O(edges of the
///   row) in a mixed cell.
public struct PolygonLocator: Sendable {
    private struct Edge: Sendable {
        var lowerX: Double
        var lowerY: Double
        var upperX: Double
        var upperY: Double

        /// Not for a horizontal edge.
        func longitude(at latitude: Double) -> Double {
            lowerX + (upperX - lowerX) * ((latitude - lowerY) / (upperY - lowerY))
        }
    }

    private let grid: Grid
    /// -1: outside; 0 and more: wholly inside that area; -2 - n: list n.
    private var cells: [Int32]
    private var lists: [Range<Int32>] = []
    private var listedAreas: [Int32] = []
    /// For a listed area: where its edges of this row stand.
    private var listedEdges: [Range<Int32>] = []
    private var edges: [Edge] = []

    /// - Parameters:
    ///   - areas: the areas; the answer of a query is an index into them.
    ///   - cellsPerArea: the grid has about this many cells for each area, at least 524,288
    ///     (2 MB): finer cells leave fewer positions to the slower test near a border.
    public init(_ areas: [MultiPolygon], cellsPerArea: Int = 512) {
        let box =
            BoundingBox(enclosing: areas.compactMap(\.boundingBox))
            ?? BoundingBox(west: 0, south: 0, east: 0, north: 0)
        let width = max(box.east - box.west, 1e-9)
        let height = max(box.north - box.south, 1e-9)
        let wanted = Double(max(524_288, areas.count * cellsPerArea))
        let rows = max(1, Int((wanted * height / width).squareRoot()))
        let columns = max(1, Int(wanted) / rows)
        grid = Grid(
            box: box, columns: columns, rows: rows, columnsPerDegree: Double(columns) / width,
            rowsPerDegree: Double(rows) / height)
        cells = Array(repeating: -1, count: rows * columns)
        build(areas)
    }

    /// The index of the area that contains `coordinate`; nil when none does.
    public func index(of coordinate: Coordinate) -> Int? {
        let found = withTables { $0.index(of: coordinate) }
        return found < 0 ? nil : Int(found)
    }

    /// The index of the area that contains each of `coordinates`; -1 where none does.
    ///
    /// Faster than one by one, which holds and lets go of the tables each time.
    public func indices(of coordinates: [Coordinate]) -> [Int32] {
        withTables { tables in coordinates.map { tables.index(of: $0) } }
    }

    private func withTables<T>(_ body: (Tables) -> T) -> T {
        cells.withUnsafeBufferPointer { cells in
            lists.withUnsafeBufferPointer { lists in
                listedAreas.withUnsafeBufferPointer { areas in
                    listedEdges.withUnsafeBufferPointer { listedEdges in
                        edges.withUnsafeBufferPointer { edges in
                            body(
                                Tables(
                                    grid: grid, cells: cells, lists: lists, listedAreas: areas,
                                    listedEdges: listedEdges, edges: edges))
                        }
                    }
                }
            }
        }
    }

    /// The locator's arrays as plain memory, for as long as a query runs.
    private struct Tables {
        let grid: Grid
        let cells: UnsafeBufferPointer<Int32>
        let lists: UnsafeBufferPointer<Range<Int32>>
        let listedAreas: UnsafeBufferPointer<Int32>
        let listedEdges: UnsafeBufferPointer<Range<Int32>>
        let edges: UnsafeBufferPointer<Edge>

        func index(of point: Coordinate) -> Int32 {
            guard grid.box.contains(point) else { return -1 }
            let cell = cells[
                grid.row(point.latitude) * grid.columns + grid.column(point.longitude)]
            if cell >= -1 { return cell }
            let list = lists[Int(-2 - cell)]
            for entry in Int(list.lowerBound)..<Int(list.upperBound)
            where contains(point, edgeRange: listedEdges[entry]) {
                return listedAreas[entry]
            }
            return -1
        }

        private func contains(_ point: Coordinate, edgeRange: Range<Int32>) -> Bool {
            var inside = false
            for index in Int(edgeRange.lowerBound)..<Int(edgeRange.upperBound) {
                let edge = edges[index]
                guard edge.lowerY <= point.latitude, point.latitude < edge.upperY else { continue }
                // Most edges lie wholly to one side; only the others need the exact test.
                if point.longitude < min(edge.lowerX, edge.upperX) {
                    inside.toggle()
                } else if point.longitude <= max(edge.lowerX, edge.upperX),
                    Orientation.sign(
                        ax: edge.lowerX, ay: edge.lowerY, bx: edge.upperX, by: edge.upperY,
                        px: point.longitude, py: point.latitude) > 0
                {
                    inside.toggle()
                }
            }
            return inside
        }
    }

    /// Which cell a position falls into.
    private struct Grid: Sendable {
        let box: BoundingBox
        let columns: Int
        let rows: Int
        let columnsPerDegree: Double
        let rowsPerDegree: Double

        // Monotone, so that a point between the ends of an edge falls into a row between theirs.
        func row(_ latitude: Double) -> Int {
            min(rows - 1, max(0, Int((latitude - box.south) * rowsPerDegree)))
        }

        func column(_ longitude: Double) -> Int {
            min(columns - 1, max(0, Int((longitude - box.west) * columnsPerDegree)))
        }
    }
}

extension PolygonLocator {
    /// One area's edges in one row.
    private struct RowEntry {
        var area: Int32
        var edges: Range<Int32>
    }

    private mutating func build(_ areas: [MultiPolygon]) {
        var entriesOfRow: [[RowEntry]] = Array(repeating: [], count: grid.rows)
        for (index, area) in areas.enumerated() {
            addEdges(of: area, index: Int32(index), to: &entriesOfRow)
        }
        for row in 0..<grid.rows { fill(row: row, entries: entriesOfRow[row]) }
    }

    private mutating func addEdges(
        of area: MultiPolygon,
        index: Int32,
        to entriesOfRow: inout [[RowEntry]]
    ) {
        var edgesOfRow: [Int: [Edge]] = [:]
        for ring in area.polygons.lazy.flatMap(\.rings) {
            guard var previous = ring.last else { continue }
            for vertex in ring {
                defer { previous = vertex }
                let (lower, upper) =
                    previous.latitude < vertex.latitude ? (previous, vertex) : (vertex, previous)
                let edge = Edge(
                    lowerX: lower.longitude, lowerY: lower.latitude,
                    upperX: upper.longitude, upperY: upper.latitude)
                for row in grid.row(lower.latitude)...grid.row(upper.latitude) {
                    edgesOfRow[row, default: []].append(edge)
                }
            }
        }
        for row in edgesOfRow.keys.sorted() {
            let start = Int32(edges.count)
            edges.append(contentsOf: edgesOfRow[row] ?? [])
            entriesOfRow[row].append(RowEntry(area: index, edges: start..<Int32(edges.count)))
        }
    }

    private mutating func fill(row: Int, entries: [RowEntry]) {
        var touching: [[Int]] = Array(repeating: [], count: grid.columns)
        var covering: [[Int]] = touching
        let south = grid.box.south + Double(row) / grid.rowsPerDegree
        let north = grid.box.south + Double(row + 1) / grid.rowsPerDegree
        let middle = (south + north) / 2
        for (number, entry) in entries.enumerated() {
            var crossings: [Double] = []
            for edge in edges[Int(entry.edges.lowerBound)..<Int(entry.edges.upperBound)] {
                for column in columnsTouched(by: edge, south: south, north: north)
                where touching[column].last != number {
                    touching[column].append(number)
                }
                if edge.lowerY <= middle, middle < edge.upperY {
                    crossings.append(edge.longitude(at: middle))
                }
            }
            crossings.sort()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                for column in grid.column(crossings[pair])...grid.column(crossings[pair + 1])
                where covering[column].last != number {
                    covering[column].append(number)
                }
            }
        }
        for column in 0..<grid.columns {
            let cell = row * grid.columns + column
            if touching[column].isEmpty {
                // No border passes: an area that reaches this cell covers all of it.
                if let first = covering[column].first { cells[cell] = entries[first].area }
                continue
            }
            let candidates = Set(touching[column] + covering[column]).sorted()
            cells[cell] = Int32(-2 - lists.count)
            let start = Int32(listedAreas.count)
            lists.append(start..<start + Int32(candidates.count))
            for candidate in candidates {
                listedAreas.append(entries[candidate].area)
                listedEdges.append(entries[candidate].edges)
            }
        }
    }

    /// The columns that `edge` may touch inside a row, widened against rounding.
    private func columnsTouched(
        by edge: Edge,
        south: Double,
        north: Double
    ) -> ClosedRange<Int> {
        let slack = 1e-9
        if edge.lowerY == edge.upperY {
            return grid.column(
                min(edge.lowerX, edge.upperX) - slack)...grid.column(
                    max(edge.lowerX, edge.upperX) + slack)
        }
        let first = edge.longitude(at: min(max(south - slack, edge.lowerY), edge.upperY))
        let second = edge.longitude(at: min(max(north + slack, edge.lowerY), edge.upperY))
        return grid.column(min(first, second) - slack)...grid.column(max(first, second) + slack)
    }
}
