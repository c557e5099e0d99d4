internal import Foundation
internal import Geospatial

/// Sums of Gaussian kernels at the centres of a grid's cells, by Hermite series: the fast Gauss
/// transform of Greengard and Strain (1991), SIAM Journal on Scientific and Statistical Computing
/// 12, 79-94, on cells that are those of the grid.
///
/// With s the standard deviation, u = (X - B)/s from the centre B of a cell to a place X and
/// d = (x - B)/s to a point of the cell,
///
///     exp(-(u - d)^2 / 2) = sum over m of (d^m / m!) He_m(u) exp(-u^2 / 2),
///
/// He_m the Hermite polynomials of the probabilists. A cell is therefore known by its moments
/// sum w dx^m dy^n / (m! n!), and since the kernel is a product of one along each axis, moments
/// are carried along the rows first and then across them.
///
/// Error: with |He_m(u)| <= 1.0865 sqrt(m!) exp(u^2 / 4) (Cramér) and |d| <= h/2s, the terms of
/// degree N = m + n add up to at most 1.0865^2 (h/2s)^N sqrt((N + 1) 2^N / N!). The degree is
/// chosen for the rest of that series to be below 5e-11, and points farther off than seven
/// standard deviations along an axis, 3e-11 of the peak, are left out: **what a point adds is
/// wrong by less than 1e-10 of what it adds at its own place.**
/// - Complexity: O(*n p*^2 + *c p*^2 *s / h*) for *n* points, *c* cells of size *h* that hold some,
///   degree *p*: 8 or 9 where four cells are a standard deviation.
struct GridGaussTransform: Sendable {
    private static let reach = 7.0
    private static let tolerance = 5e-11

    private let grid: SquareGrid
    private let deviation: Double
    private let degree: Int
    /// The cells within reach along an axis, to either side.
    private let radius: Int
    /// For each degree He_m(u) exp(-u^2/2) at the distances -radius...radius, in cells.
    private let taps: [Double]

    /// Standard deviations in cells that it takes: smaller ones cost less kernel by kernel, and
    /// larger ones ask for too many cells around the grid.
    static let cells = 1.0...128

    init(grid: SquareGrid, standardDeviation: Double) {
        precondition(
            Self.cells.contains(standardDeviation / grid.cellSize),
            "a standard deviation of \(standardDeviation) on cells of \(grid.cellSize)"
        )
        self.grid = grid
        deviation = standardDeviation
        degree = Self.degree(halfCell: grid.cellSize / standardDeviation / 2)
        radius = Int((Self.reach * standardDeviation / grid.cellSize).rounded(.up))
        var taps: [Double] = []
        for order in 0...degree {
            for step in -radius...radius {
                let u = Double(step) * grid.cellSize / standardDeviation
                taps.append(Self.hermite(order, u) * exp(-u * u / 2))
            }
        }
        self.taps = taps
    }

    /// The least degree whose rest is below the tolerance; `halfCell` in standard deviations.
    private static func degree(halfCell: Double) -> Int {
        var terms: [Double] = []
        var power = 1.0
        for order in 0..<64 {
            if order > 0 { power *= halfCell * (2 / Double(order)).squareRoot() }
            terms.append(1.0865 * 1.0865 * power * Double(order + 1).squareRoot())
        }
        var rest = 0.0
        for order in terms.indices.reversed() {
            rest += terms[order]
            if rest > tolerance { return order }
        }
        return 0
    }

    private static func hermite(_ order: Int, _ u: Double) -> Double {
        var (before, value) = (0.0, 1.0)
        for lower in 0..<order {
            (before, value) = (value, u * value - Double(lower) * before)
        }
        return value
    }

    private var width: Int { 2 * radius + 1 }

    /// The kernel sums per square unit, in the order of the grid's cells.
    func sums(of points: [PlanarPoint], _ mass: [Double], threads: Int) -> [Double] {
        let source = Source(points, mass, grid, margin: radius)
        let (columns, orders) = (grid.columns, degree + 1)
        // Of each row of points, for each degree across: what it is along the grid's columns.
        let along = parallelMap(source.rows.count, threads: threads) { row in
            carryAlong(source, row)
        }
        let peak = 1 / (2 * .pi * deviation * deviation)
        return parallelMap(grid.rows, threads: threads) { row in
            var sums = [Double](repeating: 0, count: columns)
            sums.withUnsafeMutableBufferPointer { sums in
                for (index, carried) in along.enumerated() where !carried.isEmpty {
                    let step = row - (source.rows.lowerBound + index)
                    guard abs(step) <= radius else { continue }
                    carried.withUnsafeBufferPointer { carried in
                        for order in 0..<orders {
                            let tap = taps[order * width + step + radius]
                            GridRows.add(carried, order * columns, sums, 0, columns, times: tap)
                        }
                    }
                }
                for column in 0..<columns { sums[column] *= peak }
            }
            return sums
        }.flatMap { $0 }
    }

    /// Row `index` of the points: for each degree across, one number for each column of the grid;
    /// empty where there are no points.
    private func carryAlong(_ source: Source, _ index: Int) -> [Double] {
        let (columns, orders) = (grid.columns, degree + 1)
        let cells = source.cells(ofRow: index)
        guard source.starts[cells.lowerBound] < source.starts[cells.upperBound] else { return [] }
        var carried = [Double](repeating: 0, count: orders * columns)
        var moments = [Double](repeating: 0, count: orders * orders)
        let middleY =
            grid.origin.y + (Double(source.rows.lowerBound + index) + 0.5) * grid.cellSize
        carried.withUnsafeMutableBufferPointer { carried in
            taps.withUnsafeBufferPointer { taps in
                for (offset, cell) in cells.enumerated() {
                    let held = source.starts[cell]..<source.starts[cell + 1]
                    guard !held.isEmpty else { continue }
                    let column = source.columns.lowerBound + offset
                    let middle = PlanarPoint(
                        x: grid.origin.x + (Double(column) + 0.5) * grid.cellSize, y: middleY)
                    fill(&moments, source, held, around: middle)
                    let first = max(0, column - radius)
                    let count = min(columns, column + radius + 1) - first
                    guard count > 0 else { continue }
                    let tap = first - (column - radius)
                    for across in 0..<orders {
                        for order in 0..<(orders - across) {
                            GridRows.add(
                                taps, order * width + tap, carried, across * columns + first,
                                count, times: moments[across * orders + order])
                        }
                    }
                }
            }
        }
        return carried
    }

    /// sum w dx^m dy^n / (m! n!) at n * (degree + 1) + m, for m + n up to the degree.
    private func fill(
        _ moments: inout [Double],
        _ source: Source,
        _ held: Range<Int>,
        around middle: PlanarPoint
    ) {
        let orders = degree + 1
        moments.withUnsafeMutableBufferPointer { moments in
            for place in moments.indices { moments[place] = 0 }
            for index in held {
                let dx = (source.points[index].x - middle.x) / deviation
                let dy = (source.points[index].y - middle.y) / deviation
                var across = source.mass[index]
                for n in 0..<orders {
                    if n > 0 { across *= dy / Double(n) }
                    var term = across
                    for m in 0..<(orders - n) {
                        if m > 0 { term *= dx * Self.reciprocals[m] }
                        moments[n &* orders &+ m] += term
                    }
                }
            }
        }
    }

    private static let reciprocals = (0..<65).map { 1 / Double(max($0, 1)) }
}

extension GridGaussTransform {
    /// The points within reach of the grid, by cells of the grid continued around it.
    private struct Source: Sendable {
        let points: [PlanarPoint]
        let mass: [Double]
        /// The cells that hold all points within reach.
        let columns: Range<Int>
        let rows: Range<Int>
        /// Where each cell starts in `points`, row after row; one more than there are cells.
        let starts: [Int]

        init(_ points: [PlanarPoint], _ mass: [Double], _ grid: SquareGrid, margin: Int) {
            func number(_ offset: Double, _ count: Int) -> Int? {
                let cell = (offset / grid.cellSize).rounded(.down)
                // Compared as numbers: a point may be too far away for an integer.
                guard cell >= Double(-margin), cell < Double(count + margin) else { return nil }
                return Int(cell)
            }
            var kept: [(index: Int, column: Int, row: Int)] = []
            kept.reserveCapacity(points.count)
            for (index, point) in points.enumerated() {
                guard let column = number(point.x - grid.origin.x, grid.columns),
                    let row = number(point.y - grid.origin.y, grid.rows)
                else { continue }
                kept.append((index, column, row))
            }
            func span(_ numbers: some Sequence<Int>) -> Range<Int> {
                let (low, high) = numbers.reduce((Int.max, Int.min)) {
                    (min($0.0, $1), max($0.1, $1))
                }
                return low <= high ? low..<(high + 1) : 0..<0
            }
            let columns = span(kept.lazy.map(\.column))
            let rows = span(kept.lazy.map(\.row))
            var starts = [Int](repeating: 0, count: columns.count * rows.count + 1)
            func cell(_ one: (index: Int, column: Int, row: Int)) -> Int {
                (one.row - rows.lowerBound) * columns.count + one.column - columns.lowerBound
            }
            for one in kept { starts[cell(one) + 1] += 1 }
            for place in 1..<starts.count { starts[place] += starts[place - 1] }
            var next = starts
            var order = [Int](repeating: 0, count: kept.count)
            for one in kept {
                order[next[cell(one)]] = one.index
                next[cell(one)] += 1
            }
            self.points = order.map { points[$0] }
            self.mass = order.map { mass[$0] }
            self.columns = columns
            self.rows = rows
            self.starts = starts
        }

        func cells(ofRow index: Int) -> Range<Int> {
            (index * columns.count)..<((index + 1) * columns.count)
        }
    }
}
