internal import Foundation
public import Geospatial

extension KernelBandwidth {
    public enum CellCrossValidation: Hashable, Sendable {
        /// The standard deviation with the least estimated error.
        case minimum(Double)
        /// The error still falls at one end of the range: at the lower one the counts would like
        /// a smaller bandwidth than their cells allow, at the upper one they show no structure.
        case lowerEnd
        case upperEnd
        /// Fewer than two people, or one cell.
        case tooFew
    }

    /// Diggle's criterion, as in `diggle(of:window:largest:)`, for counts by cell.
    ///
    /// K follows from the pair correlation g of cells: pairs of people at a distance over pairs
    /// of land at that distance, which corrects every edge. g is constant within one width
    /// of a cell; nothing is known of what is smaller, so `smallest` should be no less than that.
    /// `land` is in squares of the unit of the points.
    /// - Complexity: O(*c*²) distances of *c* cells.
    public static func diggle(
        of points: [PlanarPoint],
        counts: [Double],
        land: [Double],
        cellWidth: Double,
        smallest: Double,
        largest: Double
    ) -> CellCrossValidation {
        precondition(
            counts.count == points.count && land.count == points.count,
            "\(counts.count) counts and \(land.count) lands of \(points.count) cells")
        precondition(
            cellWidth > 0 && smallest > 0 && largest > smallest,
            "bandwidths from \(smallest) to \(largest) on cells of \(cellWidth)")
        let people = counts.reduce(0, +)
        let area = land.reduce(0, +)
        guard people >= 2, area > 0, points.count > 1 else { return .tooFew }

        // By whole widths of a cell, rounded: 0 is within a cell.
        let binCount = Int((4 * largest / cellWidth).rounded(.up)) + 2
        var pairs = [Double](repeating: 0, count: binCount)
        var ground = pairs
        for (one, point) in points.enumerated() {
            pairs[0] += counts[one] * max(0, counts[one] - 1)
            ground[0] += land[one] * land[one]
            for other in points.indices[(one + 1)...] {
                let distance = hypot(points[other].x - point.x, points[other].y - point.y)
                let bin = Int((distance / cellWidth).rounded())
                guard bin < binCount else { continue }
                pairs[bin] += 2 * counts[one] * counts[other]
                ground[bin] += 2 * land[one] * land[other]
            }
        }
        let correlation = zip(pairs, ground).map { pair, ground in
            ground > 0 ? pair / (people * (people - 1)) / (ground / (area * area)) : 0
        }
        return leastError(
            correlation, cellWidth, area / people, smallest: smallest, largest: largest)
    }

    /// The bandwidth of the least M(h), h twice the standard deviation.
    private static func leastError(
        _ correlation: [Double],
        _ cellWidth: Double,
        _ inverseIntensity: Double,
        smallest: Double,
        largest: Double
    ) -> CellCrossValidation {
        let steps = 128
        let errors = (0..<steps).map { number -> Double in
            let h = 2 * (smallest + (largest - smallest) * Double(number) / Double(steps - 1))
            let disc = Double.pi * h * h
            var within = 0.0
            var shared = 0.0
            let rings = 256
            for ring in 0..<rings {
                let distance = (Double(ring) + 0.5) * 2 * h / Double(rings)
                let growth =
                    correlation[Int((distance / cellWidth).rounded())] * 2 * .pi * distance
                    * (2 * h / Double(rings))
                if distance < h { within += growth }
                shared += growth * lensArea(distance, h)
            }
            return (inverseIntensity - 2 * within) / disc + shared / (disc * disc)
        }
        guard let least = errors.indices.min(by: { errors[$0] < errors[$1] }) else {
            return .tooFew
        }
        if least == 0 { return .lowerEnd }
        if least == steps - 1 { return .upperEnd }
        return .minimum(smallest + (largest - smallest) * Double(least) / Double(steps - 1))
    }
}
