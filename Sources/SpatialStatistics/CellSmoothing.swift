internal import Foundation
public import Geospatial

/// Counts by cell smoothed into a density, corrected at every border of the land.
///
/// A cell has a place and some land. With k the kernel between two places and A the land,
///
///     density(i) = sum_j k(i, j) n_j / e_j,   e_j = sum_i k(i, j) A_i,
///
/// Diggle's form: e_j is the part of j's kernel that falls on land, at the coast as at an inner
/// border, and the densities times the land of their cells add up to the counts. The land inside
/// a cell and the kernel are taken at its place, so a bandwidth below the distance of neighbouring
/// cells smooths nothing.
public struct CellSmoother: Sendable {
    public let kernel: SmoothingKernel
    /// Sorted pairs: where each cell's row starts.
    private let rowStarts: [Int]
    private let columns: [Int32]
    /// k(i, j) / e_j, for the row i and the column j.
    private let weights: [Double]

    /// Beyond so many standard deviations a Gaussian kernel, with 4e-6 of its mass, is left out.
    private static let gaussianReach = 5.0

    /// The smoother of cells at `points`, in the unit of the bandwidth, with `land` in any unit of
    /// area; densities are per that unit.
    /// - Complexity: O(*c* log *c* + *w*), *w* pairs within reach; 12 bytes for each.
    public init(points: [PlanarPoint], land: [Double], kernel: SmoothingKernel) {
        precondition(points.count == land.count, "\(land.count) lands of \(points.count) cells")
        precondition(
            kernel.bandwidth > 0 && kernel.bandwidth.isFinite,
            "a bandwidth of \(kernel.bandwidth)")
        precondition(land.allSatisfy { $0 >= 0 && $0.isFinite }, "a cell has no area of land")
        self.kernel = kernel
        let reach =
            switch kernel {
            case .gaussian(let deviation): Self.gaussianReach * deviation
            case .quartic(let radius): radius
            }
        let order = points.indices.sorted { points[$0].y < points[$1].y }
        var starts = [0]
        var columns: [Int32] = []
        var weights: [Double] = []
        var first = 0
        // Rows in the order of their northing, each with the cells of a strip around it.
        for row in order {
            let here = points[row]
            while points[order[first]].y < here.y - reach { first += 1 }
            for other in order[first...] {
                let (dx, dy) = (points[other].x - here.x, points[other].y - here.y)
                if dy > reach { break }
                let squared = dx * dx + dy * dy
                guard squared <= reach * reach else { continue }
                columns.append(Int32(other))
                weights.append(kernel.shape(squared))
            }
            starts.append(columns.count)
        }
        // k is the same in both directions, so a row's sum over the land is its edge mass.
        var mass = [Double](repeating: 0, count: points.count)
        for (number, row) in order.enumerated() {
            for place in starts[number]..<starts[number + 1] {
                mass[row] += weights[place] * land[Int(columns[place])]
            }
        }
        for place in weights.indices {
            let edge = mass[Int(columns[place])]
            // A cell that reaches no land has nowhere to put its count.
            weights[place] = edge > 0 ? weights[place] / edge : 0
        }
        rowOrder = order
        rowStarts = starts
        self.columns = columns
        self.weights = weights
    }

    /// The cell of each row.
    private let rowOrder: [Int]

    /// The density at each cell, in the order of the points.
    /// - Complexity: O(*w*).
    public func densities(of counts: [Double]) -> [Double] {
        precondition(counts.count == rowOrder.count, "\(counts.count) counts")
        var densities = [Double](repeating: 0, count: counts.count)
        counts.withUnsafeBufferPointer { counts in
            columns.withUnsafeBufferPointer { columns in
                weights.withUnsafeBufferPointer { weights in
                    for (number, row) in rowOrder.enumerated() {
                        var sum = 0.0
                        for place in rowStarts[number]..<rowStarts[number + 1] {
                            sum += weights[place] * counts[Int(columns[place])]
                        }
                        densities[row] = sum
                    }
                }
            }
        }
        return densities
    }
}

extension SmoothingKernel {
    /// 1 over the integral of k²: the area over which the kernel averages.
    public var effectiveArea: Double {
        switch self {
        case .gaussian(let deviation): 4 * .pi * deviation * deviation
        case .quartic(let radius): 5 * .pi * radius * radius / 9
        }
    }
}

extension KernelBandwidth {
    /// Scott's rule for counts by place; nil without spread along both axes or with fewer than two.
    public static func scott(of points: [PlanarPoint], counts: [Double]) -> Double? {
        precondition(points.count == counts.count, "\(counts.count) counts of \(points.count)")
        let n = counts.reduce(0, +)
        guard n > 1, let origin = points.first else { return nil }
        func deviation(_ value: (PlanarPoint) -> Double) -> Double {
            var sum = 0.0
            var squares = 0.0
            // Relative to the first: northings are large against their spread.
            for (point, count) in zip(points, counts) {
                let shifted = value(point) - value(origin)
                sum += count * shifted
                squares += count * shifted * shifted
            }
            return max(0, (squares - sum * sum / n) / (n - 1)).squareRoot()
        }
        let spread = deviation(\.x) * deviation(\.y)
        return spread > 0 ? spread.squareRoot() * pow(n, -1.0 / 6) : nil
    }
}
