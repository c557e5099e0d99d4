/// Builds the tables of a `PolygonLocator`.
///
/// Row by row of the first level, and inside a divided cell row by row of the second, a
/// `LocatorSweep` says for each cell which edges pass it and how the edges east of it fold into
/// it. The fold goes into the leaf as vertical edges beyond the east end of the map, so that a
/// query treats all edges alike.
struct LocatorBuilder {
    let grid: LocatorGrid
    private(set) var cells: [LocatorCell]
    private(set) var dividedCells: [LocatorCell] = []
    private(set) var leaves: [UInt64] = []

    private let edges: [AreaEdge]
    private var divided: LocatorSweep
    // Scratch, kept to save allocations.
    private var blockEdges: [AreaEdge] = []
    private var blockRows: [ClosedRange<Int>] = []
    private var areasOfLeaf: [Int32] = []
    private var edgesOfLeaf: [LeafEdge] = []
    private var turnsOfLeaf: [LeafTurn] = []

    init(_ areas: [MultiPolygon], cellsPerArea: Int, fewestCells: Int) {
        precondition(areas.count < 1 << 30, "\(areas.count) areas are too many")
        let box =
            BoundingBox(enclosing: areas.compactMap(\.boundingBox))
            ?? BoundingBox(west: 0, south: 0, east: 0, north: 0)
        let wanted = Double(max(fewestCells, areas.count * cellsPerArea))
        let ratio = max(box.north - box.south, 1e-9) / max(box.east - box.west, 1e-9)
        let side = (wanted * min(max(ratio, 1 / wanted), wanted)).squareRoot()
        let rows = side.isFinite ? max(1, Int(side)) : 1
        grid = LocatorGrid(box: box, columns: max(1, Int(wanted) / rows), rows: rows)
        cells = Array(repeating: .outside, count: grid.columns * grid.rows)
        divided = LocatorSweep(grid: grid)
        edges = Self.edges(of: areas)
    }

    private static func edges(of areas: [MultiPolygon]) -> [AreaEdge] {
        var edges: [AreaEdge] = []
        edges.reserveCapacity(areas.reduce(0) { $0 + $1.vertexCount })
        func add(_ ring: Polygon.Ring, _ area: Int32) {
            guard var previous = ring.last else { return }
            for vertex in ring {
                defer { previous = vertex }
                let (lower, upper) =
                    previous.latitude < vertex.latitude ? (previous, vertex) : (vertex, previous)
                // No point lies strictly left of a horizontal edge and between its ends.
                guard lower.latitude < upper.latitude else { continue }
                edges.append(
                    AreaEdge(
                        lowerX: lower.longitude, lowerY: lower.latitude,
                        upperX: upper.longitude, upperY: upper.latitude, area: area))
            }
        }
        for (index, area) in areas.enumerated() {
            for polygon in area.polygons {
                add(polygon.exterior, Int32(index))
                for hole in polygon.holes { add(hole, Int32(index)) }
            }
        }
        return edges
    }

    mutating func build() {
        var sweep = LocatorSweep(grid: grid)
        edges.withUnsafeBufferPointer { edges in
            let (starts, numbers) = edgesOfRows(edges)
            for row in 0..<grid.rows {
                let first = row << LocatorGrid.depth
                sweep.begin(
                    edges, numbers[starts[row]..<starts[row + 1]],
                    rows: first..<first + 1 << LocatorGrid.depth,
                    firstColumn: 0, columns: grid.columns, shift: LocatorGrid.depth)
                for column in (0..<grid.columns).reversed() {
                    let cell = row * grid.columns + column
                    if sweep.isEmpty(column), sweep.innerTurns == 0 {
                        cells[cell] = sweep.coveringCell()
                    } else {
                        cells[cell] = self.cell(column: column, row: row, sweep, edges)
                    }
                    sweep.pass(column, edges)
                }
            }
        }
    }

    /// The numbers of the edges that reach into each row of the first level.
    private func edgesOfRows(
        _ edges: UnsafeBufferPointer<AreaEdge>
    ) -> (starts: [Int], numbers: [UInt32]) {
        var starts = Array(repeating: 0, count: grid.rows + 2)
        func rows(_ edge: AreaEdge) -> ClosedRange<Int> {
            grid.row(edge.lowerY) >> LocatorGrid.depth...grid.row(edge.upperY) >> LocatorGrid.depth
        }
        for edge in edges { for row in rows(edge) { starts[row + 2] += 1 } }
        for row in 2..<starts.count { starts[row] += starts[row - 1] }
        var numbers = [UInt32](repeating: 0, count: starts[grid.rows + 1])
        for (number, edge) in edges.enumerated() {
            for row in rows(edge) {
                numbers[starts[row + 1]] = UInt32(number)
                starts[row + 1] += 1
            }
        }
        return (starts, numbers)
    }

    /// Where the folded edges stand.
    private var farEast: Double { grid.box.east + 1 }

    /// How often a cell is halved for so many edges: into two to eight times as many cells.
    private static func level(edges: Int) -> Int {
        var level = 0
        while level < LocatorGrid.depth, 1 << (2 * level) < edges * 2 { level += 1 }
        return level
    }

    /// A cell of the first level that edges or turns pass.
    private mutating func cell(
        column: Int,
        row: Int,
        _ sweep: LocatorSweep,
        _ edges: UnsafeBufferPointer<AreaEdge>
    ) -> LocatorCell {
        let passing = sweep.edges(passing: column)
        let level = Self.level(edges: passing.count + sweep.innerTurns)
        if level == 0 { return leaf(passing, edges, sweep.turns) }
        blockEdges.removeAll(keepingCapacity: true)
        blockRows.removeAll(keepingCapacity: true)
        for number in passing { blockEdges.append(edges[Int(number)]) }
        for turn in sweep.turns where turn.latitude != .infinity {
            blockEdges.append(
                AreaEdge(
                    lowerX: farEast, lowerY: max(turn.latitude, grid.box.south - 1),
                    upperX: farEast, upperY: grid.box.north + 1, area: turn.area))
        }
        for edge in blockEdges { blockRows.append(grid.row(edge.lowerY)...grid.row(edge.upperY)) }
        let first = dividedCells.count
        let side = 1 << level
        dividedCells.append(contentsOf: repeatElement(.outside, count: side * side))
        let shift = LocatorGrid.depth - level
        let block = blockEdges
        block.withUnsafeBufferPointer { block in
            for inner in 0..<side {
                let firstRow = row << LocatorGrid.depth + inner << shift
                let rows = firstRow..<firstRow + 1 << shift
                divide(block, rows, column << level, side, shift, first + inner << level)
            }
        }
        return LocatorCell(firstDivided: first, level: level)
    }

    private mutating func divide(
        _ block: UnsafeBufferPointer<AreaEdge>,
        _ rows: Range<Int>,
        _ firstColumn: Int,
        _ columns: Int,
        _ shift: Int,
        _ firstCell: Int
    ) {
        let blockRows = blockRows
        let numbers = block.indices.lazy.filter { blockRows[$0].overlaps(rows) }
            .map { UInt32($0) }
        divided.begin(
            block, numbers, rows: rows, firstColumn: firstColumn, columns: columns, shift: shift)
        for column in (0..<columns).reversed() {
            if divided.isEmpty(column), divided.innerTurns == 0 {
                dividedCells[firstCell + column] = divided.coveringCell()
            } else {
                dividedCells[firstCell + column] = leaf(
                    divided.edges(passing: column), block, divided.turns)
            }
            divided.pass(column, block)
        }
    }

    private mutating func leaf(
        _ passing: some RandomAccessCollection<UInt32>,
        _ edges: UnsafeBufferPointer<AreaEdge>,
        _ turns: [LocatorSweep.Turn]
    ) -> LocatorCell {
        areasOfLeaf.removeAll(keepingCapacity: true)
        for number in passing { areasOfLeaf.append(edges[Int(number)].area) }
        for turn in turns { areasOfLeaf.append(turn.area) }
        areasOfLeaf.sort()
        areasOfLeaf.removeRepetitions()
        let first = leaves.count
        let step = LocatorLeaf.areasAtMost
        for start in stride(from: 0, to: areasOfLeaf.count, by: step) {
            let group = start..<min(start + step, areasOfLeaf.count)
            let content = appendLeaf(
                group, passing, edges, turns, continues: group.upperBound < areasOfLeaf.count)
            if areasOfLeaf.count <= step, content.turnCount == 0, content.edgeCount == 0 {
                // Borders that cancel each other: nothing is left but what covers the cell.
                leaves.removeSubrange(first...)
                return content.base == 0
                    ? .outside : LocatorCell(area: areasOfLeaf[content.base.trailingZeroBitCount])
            }
        }
        return LocatorCell(leaf: first)
    }

    private mutating func appendLeaf(
        _ group: Range<Int>,
        _ passing: some RandomAccessCollection<UInt32>,
        _ edges: UnsafeBufferPointer<AreaEdge>,
        _ turns: [LocatorSweep.Turn],
        continues: Bool
    ) -> LocatorLeaf {
        func set(_ area: Int32) -> UInt16 {
            guard let place = areasOfLeaf[group].firstIndex(of: area) else { return 0 }
            return 1 << UInt16(place - group.lowerBound)
        }
        edgesOfLeaf.removeAll(keepingCapacity: true)
        turnsOfLeaf.removeAll(keepingCapacity: true)
        for number in passing {
            let edge = edges[Int(number)]
            edgesOfLeaf.append(LeafEdge(edge: edge, areas: set(edge.area)))
        }
        var base: UInt16 = 0
        for turn in turns {
            if turn.latitude == -.infinity {
                base ^= set(turn.area)
            } else if turn.latitude != .infinity {
                turnsOfLeaf.append(LeafTurn(latitude: turn.latitude, areas: set(turn.area)))
            }
        }
        // The same edge of two neighbours becomes one; twice of one area, it counts for none.
        edgesOfLeaf.sort { $0.precedes($1) }
        edgesOfLeaf.uniteEquals { $0.coincides(with: $1) }
        turnsOfLeaf.sort { $0.latitude < $1.latitude }
        turnsOfLeaf.uniteEquals { $0.latitude == $1.latitude }
        let leaf = LocatorLeaf(
            base: base, areaCount: group.count, continues: continues,
            turnCount: turnsOfLeaf.count, edgeCount: edgesOfLeaf.count)
        leaves.append(leaf.header)
        pack(areasOfLeaf[group].lazy.map { UInt64($0) }, bits: 32)
        pack(
            (0..<turnsOfLeaf.count + edgesOfLeaf.count).lazy.map { [turnsOfLeaf, edgesOfLeaf] in
                UInt64(
                    $0 < turnsOfLeaf.count
                        ? turnsOfLeaf[$0].areas : edgesOfLeaf[$0 - turnsOfLeaf.count].areas)
            }, bits: 16)
        for turn in turnsOfLeaf { leaves.append(turn.latitude.bitPattern) }
        for piece in edgesOfLeaf {
            leaves.append(piece.edge.lowerX.bitPattern)
            leaves.append(piece.edge.lowerY.bitPattern)
            leaves.append(piece.edge.upperX.bitPattern)
            leaves.append(piece.edge.upperY.bitPattern)
        }
        return leaf
    }

    /// Appends `values` of `bits` bits, as many to a word as fit.
    private mutating func pack(_ values: some Collection<UInt64>, bits: Int) {
        var word: UInt64 = 0
        var filled = 0
        for value in values {
            word |= value << UInt64(filled)
            filled += bits
            if filled == 64 {
                leaves.append(word)
                (word, filled) = (0, 0)
            }
        }
        if filled > 0 { leaves.append(word) }
    }
}

/// What a leaf counts, and for which of its areas.
private protocol LeafPiece {
    var areas: UInt16 { get set }
}

private struct LeafTurn: LeafPiece {
    var latitude: Double
    var areas: UInt16
}

private struct LeafEdge: LeafPiece {
    var edge: AreaEdge
    var areas: UInt16

    func precedes(_ other: LeafEdge) -> Bool {
        (edge.lowerY, edge.lowerX, edge.upperY, edge.upperX)
            < (other.edge.lowerY, other.edge.lowerX, other.edge.upperY, other.edge.upperX)
    }

    func coincides(with other: LeafEdge) -> Bool {
        edge.lowerX == other.edge.lowerX && edge.lowerY == other.edge.lowerY
            && edge.upperX == other.edge.upperX && edge.upperY == other.edge.upperY
    }
}

extension [Int32] {
    /// Keeps one of each run of equal values.
    fileprivate mutating func removeRepetitions() {
        var kept = 0
        for index in indices where index == 0 || self[index] != self[kept - 1] {
            self[kept] = self[index]
            kept += 1
        }
        removeSubrange(kept...)
    }
}

extension Array where Element: LeafPiece {
    /// Makes one piece of each run of equal ones and drops those that count for no area.
    fileprivate mutating func uniteEquals(_ areEqual: (Element, Element) -> Bool) {
        var kept = 0
        var index = 0
        while index < count {
            var piece = self[index]
            index += 1
            while index < count, areEqual(piece, self[index]) {
                piece.areas ^= self[index].areas
                index += 1
            }
            if piece.areas != 0 {
                self[kept] = piece
                kept += 1
            }
        }
        removeSubrange(kept...)
    }
}
