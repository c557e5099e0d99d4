internal import Foundation
internal import Geospatial

/// A plane in metres for a region of less than a degree.
///
/// Degrees times the radii of curvature of WGS 84 at one latitude. The map from degrees is linear,
/// so that what lies inside a polygon stays inside. Distances are right to 0.1 % within 0.4° of
/// that latitude near 8° S: 1 cm in 10 m.
struct MetricPlane: Sendable {
    private let origin: Coordinate
    private let metresPerLongitude: Double
    private let metresPerLatitude: Double

    init(around center: Coordinate) {
        origin = center
        let sine = sin(center.latitude * .pi / 180)
        let squaredEccentricity = WGS84.flattening * (2 - WGS84.flattening)
        let w = 1 - squaredEccentricity * sine * sine
        let prime = WGS84.semiMajorAxis / w.squareRoot()
        metresPerLongitude = prime * cos(center.latitude * .pi / 180) * .pi / 180
        metresPerLatitude = prime * (1 - squaredEccentricity) / w * .pi / 180
    }

    func project(_ coordinate: Coordinate) -> PlanarPoint {
        PlanarPoint(
            x: (coordinate.longitude - origin.longitude) * metresPerLongitude,
            y: (coordinate.latitude - origin.latitude) * metresPerLatitude)
    }

    func unproject(_ point: PlanarPoint) -> Coordinate {
        Coordinate(
            longitude: origin.longitude + point.x / metresPerLongitude,
            latitude: origin.latitude + point.y / metresPerLatitude)
    }
}

/// A border edge in metres; polygons by their place in the index's list, -1 for none.
struct BorderEdge: Sendable {
    var ax: Double
    var ay: Double
    var bx: Double
    var by: Double
    var left: Int32
    var right: Int32

    /// Where `point` lies as seen from the edge, in metres along its line and across.
    func place(of point: PlanarPoint) -> (length: Double, along: Double, across: Double) {
        let dx = bx - ax
        let dy = by - ay
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return (0, 0, 0) }
        let px = point.x - ax
        let py = point.y - ay
        return (length, (px * dx + py * dy) / length, (dx * py - dy * px) / length)
    }

    /// The point of the edge nearest to `point`.
    func nearest(to point: PlanarPoint) -> PlanarPoint {
        let dx = bx - ax
        let dy = by - ay
        let squaredLength = dx * dx + dy * dy
        guard squaredLength > 0 else { return PlanarPoint(x: ax, y: ay) }
        let share = ((point.x - ax) * dx + (point.y - ay) * dy) / squaredLength
        let clipped = min(1, max(0, share))
        return PlanarPoint(x: ax + clipped * dx, y: ay + clipped * dy)
    }

    func squaredDistance(to point: PlanarPoint) -> Double {
        let nearest = nearest(to: point)
        let dx = nearest.x - point.x
        let dy = nearest.y - point.y
        return dx * dx + dy * dy
    }
}

/// Which edges pass through a square cell, and how far each cell is from the next such cell.
struct BorderGrid: Sendable {
    private let frame: CellFrame
    /// The edges of cell c are `listed[starts[c]..<starts[c + 1]]`.
    private let starts: [Int32]
    private let listed: [Int32]
    /// Steps to the nearest cell with an edge, diagonal steps included (the chessboard metric).
    private let steps: [UInt16]

    /// - Complexity: O(cells + cells touched by edges).
    init(_ edges: [BorderEdge], cellMetres: Double) {
        let frame = CellFrame(around: edges, cellMetres: cellMetres)
        var starts: [Int32] = Array(repeating: 0, count: frame.count + 1)
        for edge in edges { frame.forEachCell(of: edge) { starts[$0 + 1] += 1 } }
        for cell in 0..<frame.count { starts[cell + 1] += starts[cell] }
        var listed: [Int32] = Array(repeating: 0, count: Int(starts[frame.count]))
        var next = starts
        for (index, edge) in edges.enumerated() {
            frame.forEachCell(of: edge) { cell in
                listed[Int(next[cell])] = Int32(index)
                next[cell] += 1
            }
        }
        steps = frame.chessboardSteps { starts[$0] < starts[$0 + 1] }
        self.frame = frame
        self.starts = starts
        self.listed = listed
    }

    /// A number of metres within which there is surely no edge; 0 beyond the grid.
    func clearance(around point: PlanarPoint) -> Double {
        guard let cell = frame.cell(of: point) else { return 0 }
        return max(0, Double(steps[cell]) - 1) * frame.cellMetres
    }

    /// How far to look so that the nearest edge is surely among those found; nil beyond the grid.
    func sufficientReach(around point: PlanarPoint) -> Double? {
        guard let cell = frame.cell(of: point) else { return nil }
        return (Double(steps[cell]) + 1) * 1.4143 * frame.cellMetres
    }

    /// Calls `body` with the edges of every cell that the square around `point` touches.
    ///
    /// An edge may come more than once.
    func forEachEdge(
        within metres: Double,
        of point: PlanarPoint,
        _ body: (Int) -> Void
    ) {
        let columns = frame.columns(from: point.x - metres, to: point.x + metres)
        for row in frame.rows(from: point.y - metres, to: point.y + metres) {
            // The cells of a row stand side by side, and so do their lists.
            let begin = Int(starts[row * frame.columnCount + columns.lowerBound])
            let end = Int(starts[row * frame.columnCount + columns.upperBound + 1])
            for entry in begin..<end { body(Int(listed[entry])) }
        }
    }
}

/// Square cells over the extent of edges, one cell wider on each side.
private struct CellFrame {
    let cellMetres: Double
    let columnCount: Int
    private let rowCount: Int
    private let west: Double
    private let south: Double

    var count: Int { columnCount * rowCount }

    init(around edges: [BorderEdge], cellMetres: Double) {
        self.cellMetres = cellMetres
        var (lowX, lowY, highX, highY) = (Double.infinity, Double.infinity, 0.0, 0.0)
        (highX, highY) = (-lowX, -lowY)
        for edge in edges {
            lowX = min(lowX, edge.ax, edge.bx)
            highX = max(highX, edge.ax, edge.bx)
            lowY = min(lowY, edge.ay, edge.by)
            highY = max(highY, edge.ay, edge.by)
        }
        if edges.isEmpty { (lowX, lowY, highX, highY) = (0, 0, 0, 0) }
        west = lowX - cellMetres
        south = lowY - cellMetres
        columnCount = Int((highX - west) / cellMetres) + 2
        rowCount = Int((highY - south) / cellMetres) + 2
        precondition(
            columnCount * rowCount < 1 << 28, "\(columnCount) x \(rowCount) cells are too many")
    }

    func cell(of point: PlanarPoint) -> Int? {
        let x = (point.x - west) / cellMetres
        let y = (point.y - south) / cellMetres
        guard x >= 0, y >= 0, x < Double(columnCount), y < Double(rowCount) else { return nil }
        return Int(y) * columnCount + Int(x)
    }

    func columns(from low: Double, to high: Double) -> ClosedRange<Int> {
        clamped(
            (low - west) / cellMetres, below: columnCount)...clamped(
                (high - west) / cellMetres, below: columnCount)
    }

    func rows(from low: Double, to high: Double) -> ClosedRange<Int> {
        clamped(
            (low - south) / cellMetres, below: rowCount)...clamped(
                (high - south) / cellMetres, below: rowCount)
    }

    private func clamped(_ value: Double, below count: Int) -> Int {
        // What is no number goes to 0: `max` would keep it.
        guard value > 0 else { return 0 }
        return value < Double(count) ? Int(value) : count - 1
    }

    func forEachCell(of edge: BorderEdge, _ body: (Int) -> Void) {
        // A millimetre more than the edge: rounding must not lose a cell.
        let slack = 1e-3
        let lowY = min(edge.ay, edge.by)
        let highY = max(edge.ay, edge.by)
        let rows = rows(from: lowY - slack, to: highY + slack)
        for row in rows {
            var lowX = min(edge.ax, edge.bx)
            var highX = max(edge.ax, edge.bx)
            if rows.count > 1, highY - lowY > slack {
                // The part of the edge within this row.
                let bottom = south + Double(row) * cellMetres
                let slope = (edge.bx - edge.ax) / (edge.by - edge.ay)
                let first = edge.ax + (min(max(bottom, lowY), highY) - edge.ay) * slope
                let top = min(max(bottom + cellMetres, lowY), highY)
                let second = edge.ax + (top - edge.ay) * slope
                let margin = slack * (1 + slope.magnitude)
                lowX = max(lowX, min(first, second) - margin)
                highX = min(highX, max(first, second) + margin)
            }
            for column in columns(from: lowX - slack, to: highX + slack) {
                body(row * columnCount + column)
            }
        }
    }

    /// For each cell, the steps to the nearest one that `isOccupied`.
    ///
    /// Two sweeps with unit steps to all eight neighbours give this metric exactly.
    func chessboardSteps(_ isOccupied: (Int) -> Bool) -> [UInt16] {
        let far = UInt16.max - 1
        var steps = (0..<count).map { isOccupied($0) ? 0 : far }
        steps.withUnsafeMutableBufferPointer { steps in
            for row in 0..<rowCount {
                for column in 0..<columnCount {
                    let cell = row * columnCount + column
                    var least = min(steps[cell], far - 1)
                    if column > 0 { least = min(least, steps[cell - 1] + 1) }
                    if row > 0 {
                        let below = cell - columnCount
                        least = min(least, steps[below] + 1)
                        if column > 0 { least = min(least, steps[below - 1] + 1) }
                        if column < columnCount - 1 { least = min(least, steps[below + 1] + 1) }
                    }
                    steps[cell] = least
                }
            }
            for row in (0..<rowCount).reversed() {
                for column in (0..<columnCount).reversed() {
                    let cell = row * columnCount + column
                    var least = steps[cell]
                    if column < columnCount - 1 { least = min(least, steps[cell + 1] + 1) }
                    if row < rowCount - 1 {
                        let above = cell + columnCount
                        least = min(least, steps[above] + 1)
                        if column > 0 { least = min(least, steps[above - 1] + 1) }
                        if column < columnCount - 1 { least = min(least, steps[above + 1] + 1) }
                    }
                    steps[cell] = least
                }
            }
        }
        return steps
    }
}
