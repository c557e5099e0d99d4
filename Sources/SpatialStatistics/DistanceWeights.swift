internal import Foundation
public import Geospatial

/// Neighbours by straight distance between points in a plane, in the unit of the points.
public enum DistanceWeights {
    /// The `count` nearest other points of each point; of equally distant ones the lower index.
    ///
    /// Links are one-way. Points on the same spot are at distance 0 of each other. The number of
    /// `threads` (nil: one per core) leaves no trace.
    /// - Complexity: about O(*n k*) for points without strong clusters.
    public static func nearest(
        _ count: Int,
        of points: [PlanarPoint],
        threads: Int? = nil
    ) -> SpatialWeights {
        precondition(
            count >= 0 && count < max(points.count, 1),
            "\(count) nearest of \(points.count) points"
        )
        guard count > 0 else {
            return SpatialWeights(neighbours: points.map { _ in [] })
        }
        let grid = PointGrid(points, pointsPerCell: 2)
        return SpatialWeights(
            neighbours: parallelBlocks(points.count, threads: threadCount(threads)) {
                grid.nearest(count, to: $0)
            }
        )
    }

    /// All other points at most `distance` away; the limit itself is inside.
    ///
    /// A point with nothing in reach is an isolate.
    /// - Complexity: O(*n* + links) for points without strong clusters.
    public static func band(_ distance: Double, of points: [PlanarPoint]) -> SpatialWeights {
        precondition(distance >= 0, "a distance band of \(distance)")
        let grid = PointGrid(points, pointsPerCell: 2)
        return SpatialWeights(
            neighbours: points.indices.map { grid.within(distance, of: $0) }
        )
    }

    /// `weights` with every isolate tied in both directions to the point nearest to it, and
    /// the links that were added; for a run that must test islands as well.
    public static func linkingIsolates(
        of weights: SpatialWeights,
        at points: [PlanarPoint]
    ) -> (weights: SpatialWeights, added: [(Int, Int)]) {
        precondition(
            points.count == weights.count,
            "\(points.count) points for \(weights.count) units"
        )
        guard points.count > 1 else { return (weights, []) }
        let grid = PointGrid(points, pointsPerCell: 2)
        let added = weights.isolates.flatMap { isolate in
            grid.nearest(1, to: isolate).map { (isolate, $0) }
        }
        return (weights.linking(added), added)
    }
}

/// Points sorted into square cells.
private struct PointGrid: Sendable {
    private let points: [PlanarPoint]
    private let origin: PlanarPoint
    private let cellSize: Double
    private let columns: Int
    private let rows: Int
    /// Where each cell starts in `sorted`, row after row; one entry more than there are cells.
    private let cellStarts: [Int]
    private let sorted: [Int]

    init(_ points: [PlanarPoint], pointsPerCell: Double) {
        for (index, point) in points.enumerated() {
            precondition(point.x.isFinite && point.y.isFinite, "point \(index) is \(point)")
        }
        let minX = points.map(\.x).min() ?? 0
        let minY = points.map(\.y).min() ?? 0
        let width = (points.map(\.x).max() ?? 0) - minX
        let height = (points.map(\.y).max() ?? 0) - minY
        let cells = max(1, Double(points.count) / pointsPerCell)
        // Points on one line have no area; they get a row of cells.
        let size = max((width * height / cells).squareRoot(), max(width, height) / cells)
        cellSize = size > 0 ? size : 1
        columns = Int(width / cellSize) + 1
        rows = Int(height / cellSize) + 1
        origin = PlanarPoint(x: minX, y: minY)
        self.points = points

        var cellOf: [Int] = []
        cellOf.reserveCapacity(points.count)
        var starts = [Int](repeating: 0, count: columns * rows + 1)
        for point in points {
            let column = Int((point.x - minX) / cellSize)
            let row = Int((point.y - minY) / cellSize)
            cellOf.append(row * columns + column)
            starts[row * columns + column + 1] += 1
        }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        var next = starts
        var sorted = [Int](repeating: 0, count: points.count)
        for (index, cell) in cellOf.enumerated() {
            sorted[next[cell]] = index
            next[cell] += 1
        }
        cellStarts = starts
        self.sorted = sorted
    }

    private func squaredDistance(_ one: Int, _ other: Int) -> Double {
        let dx = points[one].x - points[other].x
        let dy = points[one].y - points[other].y
        return dx * dx + dy * dy
    }

    func within(_ distance: Double, of point: Int) -> [Int] {
        // The root, not the square: squaring the limit could push an exact tie outside.
        var found: [Int] = []
        let reach = distance + cellSize * 1e-9
        let home = points[point]
        forEachPoint(
            columns: cellRange(home.x - origin.x, reach, columns),
            rows: cellRange(home.y - origin.y, reach, rows)
        ) { other in
            if other != point, squaredDistance(point, other).squareRoot() <= distance {
                found.append(other)
            }
        }
        return found
    }

    func nearest(_ count: Int, to point: Int) -> [Int] {
        let home = points[point]
        var ring = max(1.0, (Double(count) / 6).squareRoot())
        while true {
            let reach = ring * cellSize
            var found: [(distance: Double, index: Int)] = []
            forEachPoint(
                columns: cellRange(home.x - origin.x, reach, columns),
                rows: cellRange(home.y - origin.y, reach, rows)
            ) { other in
                if other != point { found.append((squaredDistance(point, other), other)) }
            }
            found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
            // Everything nearer than `reach` has been seen; the margin covers rounding.
            let isEverything = found.count == points.count - 1
            if isEverything
                || (found.count >= count
                    && found[count - 1].distance.squareRoot() < reach * (1 - 1e-9))
            {
                return found.prefix(count).map(\.index)
            }
            ring *= 1.5
        }
    }

    private func cellRange(_ offset: Double, _ reach: Double, _ count: Int) -> ClosedRange<Int> {
        let limit = Double(count - 1)
        let first = min(max(((offset - reach) / cellSize).rounded(.down), 0), limit)
        let last = min(max(((offset + reach) / cellSize).rounded(.down), first), limit)
        return Int(first)...Int(last)
    }

    private func forEachPoint(
        columns: ClosedRange<Int>,
        rows: ClosedRange<Int>,
        _ body: (Int) -> Void
    ) {
        for row in rows {
            let first = cellStarts[row * self.columns + columns.lowerBound]
            let last = cellStarts[row * self.columns + columns.upperBound + 1]
            for position in first..<last { body(sorted[position]) }
        }
    }
}
