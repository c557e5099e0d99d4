/// Which cells of a published table stay hidden so that no small count of keluarga can be read,
/// neither in its own cell nor by subtracting the others from a published total.
///
/// A count of 1 to `threshold - 1` is hidden (primary suppression; UU 16/1997 art. 21 asks for
/// secrecy, the number is this project's choice). Rows and columns are published with their
/// totals, so further cells are hidden until
/// 1. no hidden cell is determined by the totals: in the bipartite graph of rows and columns with
///    the hidden cells as edges, exactly the *bridges* are determined (Gusfield 1988, "A graph
///    theoretic approach to statistical data security", SIAM J. Computing 17); a small one also
///    not by the further knowledge that no count is negative,
/// 2. the hidden cells of a row or column add up to at least `threshold`, so that a small
///    remainder tells nothing either,
/// 3. a row whose own total is small is hidden whole, and with it a second one, since the rows'
///    totals could be subtracted from the table's, and
/// 4. one row hides every column whose total the parent hides. Without it the rows would add up to
///    what the parent hides; with it, whatever the parent's cells could be, that row could hold.
public struct SmallCellRule: Hashable, Sendable {
    public static let standard = SmallCellRule(threshold: 5)

    public let threshold: Int

    public init(threshold: Int) {
        precondition(threshold >= 1, "threshold \(threshold) must be at least 1")
        self.threshold = threshold
    }

    public func isSmall(_ count: Int) -> Bool { count > 0 && count < threshold }

    /// The cells of `table` to hide.
    ///
    /// `table` has one row for each area of a parent and one column for each category;
    /// `hiddenTotals` marks the columns whose total the parent hides. A single row thus comes out
    /// as its parent. A row of marks only means that the row's total is hidden too.
    ///
    /// Columns in `precious`, those that the map is made for, are hidden behind another cell only
    /// when nothing else helps. A small count in a column of `harmless` tells nothing of anybody
    /// (keluarga whose desil is unreadable), so it is hidden only behind others.
    ///
    /// - Complexity: O(*h* · *r* · *c*) for *h* hidden cells; the tables have some 20 rows and 11
    ///   columns.
    public func hiddenCells(
        of table: [[Int]],
        hiddenTotals: [Bool],
        precious: Range<Int> = 0..<0,
        harmless: Range<Int> = 0..<0
    ) -> [[Bool]] {
        let columns = hiddenTotals.count
        precondition(table.allSatisfy { $0.count == columns }, "rows of unequal length")
        var hidden = table.map { row in
            row.indices.map { isSmall(row[$0]) && !harmless.contains($0) }
        }
        hideSmallRows(in: &hidden, of: table)
        hide(hiddenTotals, in: &hidden, of: table)
        guard table.count > 1, columns > 1 else {
            for row in table.indices { complete(&hidden[row], of: table[row]) }
            return hidden
        }
        while let cell = exposedCell(in: hidden, of: table) {
            let before = hidden
            hide(behind: cell, in: &hidden, of: table, precious: precious)
            if hidden == before { break }  // Everything around it is hidden already.
        }
        return hidden
    }

    private func hideSmallRows(in hidden: inout [[Bool]], of table: [[Int]]) {
        let totals = table.map { $0.reduce(0, +) }
        var isHidden = totals.map(isSmall)
        complete(&isHidden, of: totals)
        for row in table.indices where isHidden[row] {
            hidden[row] = Array(repeating: true, count: hidden[row].count)
        }
    }

    /// Hides the marked columns in the row where that hides least.
    private func hide(_ columns: [Bool], in hidden: inout [[Bool]], of table: [[Int]]) {
        let marked = columns.indices.filter { columns[$0] }
        guard !marked.isEmpty else { return }
        let costs = table.indices.map { row in
            marked.reduce(0) { $0 + (hidden[row][$1] ? 0 : Self.cost(of: table[row][$1])) }
        }
        guard let row = costs.indices.min(by: { costs[$0] < costs[$1] }) else { return }
        for column in marked { hidden[row][column] = true }
    }

    /// Hides more of a line with a published total, until two hidden counts or more reach
    /// `threshold`.
    private func complete(_ hidden: inout [Bool], of counts: [Int]) {
        let order = counts.indices.filter { !hidden[$0] }
            .sorted { (Self.cost(of: counts[$0]), $0) < (Self.cost(of: counts[$1]), $1) }
        for index in order {
            let open = hidden.indices.filter { hidden[$0] }
            let isSafe = open.count > 1 && open.reduce(0) { $0 + counts[$1] } >= threshold
            if open.isEmpty || isSafe { return }
            hidden[index] = true
        }
    }

    /// An empty cell hides little, so it is taken only when nothing else is left.
    private static func cost(of count: Int) -> Int { count == 0 ? 1_000_000 : count }

    private struct Cell {
        var row: Int
        var column: Int
    }

    /// A hidden cell that the published figures still give away, or nearly.
    private func exposedCell(in hidden: [[Bool]], of table: [[Int]]) -> Cell? {
        let graph = SuppressionGraph(hidden: hidden, counts: table)
        if let cell = graph.firstBridge() ?? graph.firstFixed(where: isSmall) {
            return Cell(row: cell.row, column: cell.column)
        }
        for (row, cells) in hidden.enumerated() {
            let open = cells.indices.filter { cells[$0] }
            if let first = open.first, open.count < cells.count,
                open.reduce(0, { $0 + table[row][$1] }) < threshold
            {
                return Cell(row: row, column: first)
            }
        }
        for column in hidden[0].indices {
            let open = hidden.indices.filter { hidden[$0][column] }
            if let first = open.first, open.count < hidden.count,
                open.reduce(0, { $0 + table[$1][column] }) < threshold
            {
                return Cell(row: first, column: column)
            }
        }
        return nil
    }

    /// Hides the cheapest rectangle with `cell` in a corner: its other corners close a cycle.
    private func hide(
        behind cell: Cell,
        in hidden: inout [[Bool]],
        of table: [[Int]],
        precious: Range<Int>
    ) {
        var best: (cost: Int, row: Int, column: Int)?
        for row in table.indices where row != cell.row {
            for column in table[row].indices where column != cell.column {
                let corners = [(cell.row, column), (row, cell.column), (row, column)]
                let fresh = corners.filter { !hidden[$0.0][$0.1] }
                if fresh.isEmpty { continue }
                let cost = fresh.reduce(0) { sum, corner in
                    sum + Self.cost(of: table[corner.0][corner.1])
                        + (precious.contains(corner.1) ? 100_000 : 0)
                }
                if best.map({ cost < $0.cost }) ?? true { best = (cost, row, column) }
            }
        }
        guard let best else { return }
        hidden[cell.row][best.column] = true
        hidden[best.row][cell.column] = true
        hidden[best.row][best.column] = true
    }
}

/// Rows and columns as nodes, hidden cells as edges.
private struct SuppressionGraph {
    private let rows: Int
    private var edges: [(row: Int, column: Int)] = []
    private var incident: [[Int]]
    private let counts: [[Int]]

    init(hidden: [[Bool]], counts: [[Int]]) {
        rows = hidden.count
        self.counts = counts
        incident = Array(repeating: [], count: rows + (hidden.first?.count ?? 0))
        for (row, cells) in hidden.enumerated() {
            for (column, isHidden) in cells.enumerated() where isHidden {
                incident[row].append(edges.count)
                incident[rows + column].append(edges.count)
                edges.append((row, column))
            }
        }
    }

    /// Tarjan's bridge search (depth-first numbers and low points).
    func firstBridge() -> (row: Int, column: Int)? {
        var number = Array(repeating: 0, count: incident.count)
        var low = number
        var counter = 0
        var bridge: Int?

        func visit(_ node: Int, by entry: Int?) {
            counter += 1
            number[node] = counter
            low[node] = counter
            for edge in incident[node] where edge != entry && bridge == nil {
                let other = edges[edge].row == node ? rows + edges[edge].column : edges[edge].row
                if number[other] == 0 {
                    visit(other, by: edge)
                    low[node] = min(low[node], low[other])
                    if low[other] > number[node] { bridge = edge }
                } else {
                    low[node] = min(low[node], number[other])
                }
            }
        }
        for node in incident.indices where number[node] == 0 && bridge == nil {
            visit(node, by: nil)
        }
        return bridge.map { edges[$0] }
    }

    /// The first cell with a matching count that can be neither more nor less, given all totals.
    ///
    /// It can change if a closed walk of changes by one leads through it, which raises a cell from
    /// its row to its column and lowers one from its column to its row; an empty one cannot fall.
    func firstFixed(where isWanted: (Int) -> Bool) -> (row: Int, column: Int)? {
        for (edge, cell) in edges.enumerated() where isWanted(counts[cell.row][cell.column]) {
            let column = rows + cell.column
            if !leads(from: column, to: cell.row, without: edge),
                !leads(from: cell.row, to: column, without: edge)
            {
                return cell
            }
        }
        return nil
    }

    private func leads(from start: Int, to goal: Int, without excluded: Int) -> Bool {
        var isReached = Array(repeating: false, count: incident.count)
        isReached[start] = true
        var open = [start]
        while let node = open.popLast() {
            if node == goal { return true }
            for edge in incident[node] where edge != excluded {
                let (row, column) = edges[edge]
                if node != row, counts[row][column] == 0 { continue }
                let next = node == row ? rows + column : row
                if !isReached[next] {
                    isReached[next] = true
                    open.append(next)
                }
            }
        }
        return false
    }
}
