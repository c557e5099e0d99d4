internal import Foundation
public import Geospatial

/// Weights that fall with distance by a kernel: w_ij = K(d_ij / h_i) for d_ij <= h_i.
///
/// h is the bandwidth of the unit at the centre, so that with different bandwidths w_ij and w_ji
/// differ. The definitions and results are those of libpysal `Kernel`; Anselin and Rey (2014),
/// "Modern spatial econometrics in practice", p. 78. The Gaussian kernel ends at the bandwidth,
/// too. Distances are straight, in the unit of the points (metres in this house).
public enum KernelWeights {
    public enum Kernel: Hashable, Sendable, CaseIterable {
        /// 1 - z
        case triangular
        /// 1/2
        case uniform
        /// 3/4 (1 - z^2), also called Epanechnikov.
        case quadratic
        /// 15/16 (1 - z^2)^2
        case quartic
        /// exp(-z^2/2) / sqrt(2 pi)
        case gaussian

        /// K at `z` = distance / bandwidth, 0...1.
        public func weight(at z: Double) -> Double {
            switch self {
            case .triangular: 1 - z
            case .uniform: 0.5
            case .quadratic: 0.75 * (1 - z * z)
            case .quartic: 15.0 / 16 * (1 - z * z) * (1 - z * z)
            case .gaussian: exp(-z * z / 2) / (2 * Double.pi).squareRoot()
            }
        }
    }

    public enum Bandwidth: Hashable, Sendable {
        /// One for all units.
        case fixed(Double)
        /// One for all: the longest distance of any unit to its k-th nearest, so that each has
        /// at least k neighbours.
        case fixedByNearest(Int)
        /// Each unit its own; everything inside counts.
        case adaptive([Double])
        /// Each unit the distance to its k-th nearest; exactly k neighbours, of equally distant
        /// ones the lower index.
        case adaptiveByNearest(Int)
    }

    /// What a unit weighs for itself.
    public enum OwnWeight: Hashable, Sendable {
        /// K(0); libpysal's default.
        case kernel
        /// 1; libpysal's `diagonal=True`.
        case one
        /// The unit is not linked to itself.
        case absent
    }

    /// Bandwidths taken from distances are stretched by this, as in libpysal, so that the k-th
    /// nearest itself lies inside and weighs a trace.
    private static let stretch = 1.000_000_1

    /// Kernel weights of `points`.
    ///
    /// A unit with nothing else inside its bandwidth keeps its own weight only (or is an isolate
    /// with `absent`). Points on the same spot are at z = 0, even where k of them make a
    /// bandwidth of 0. A bandwidth that is negative or not finite, or k not in
    /// 1..<count, is a wrong call.
    /// - Complexity: O(*n* + links); with `adaptive` the links of the widest bandwidth.
    public static func weights(
        _ kernel: Kernel,
        bandwidth: Bandwidth,
        own: OwnWeight = .kernel,
        of points: [PlanarPoint]
    ) -> ValuedWeights {
        let (neighbours, bandwidths) = neighboursAndBandwidths(bandwidth, points)
        return ValuedWeights(
            links: points.indices.map { unit in
                let width = bandwidths[unit]
                var row: [ValuedWeights.Link] = []
                row.reserveCapacity(neighbours.neighbourCount(of: unit) + 1)
                for neighbour in neighbours.neighbours(of: unit) {
                    let distance = distance(points[unit], points[neighbour])
                    guard distance <= width else { continue }
                    let z = distance == 0 ? 0 : distance / width
                    row.append(.init(to: neighbour, weight: kernel.weight(at: z)))
                }
                switch own {
                case .kernel: row.append(.init(to: unit, weight: kernel.weight(at: 0)))
                case .one: row.append(.init(to: unit, weight: 1))
                case .absent: break
                }
                return row
            }
        )
    }

    private static func neighboursAndBandwidths(
        _ bandwidth: Bandwidth,
        _ points: [PlanarPoint]
    ) -> (SpatialWeights, [Double]) {
        switch bandwidth {
        case .fixed(let width):
            check(width)
            return (
                DistanceWeights.band(width, of: points), points.map { _ in width }
            )
        case .fixedByNearest(let count):
            let width = (reaches(count, points).widths.max() ?? 0) * stretch
            return (
                DistanceWeights.band(width, of: points), points.map { _ in width }
            )
        case .adaptive(let widths):
            precondition(
                widths.count == points.count,
                "\(widths.count) bandwidths for \(points.count) points"
            )
            widths.forEach(check)
            return (DistanceWeights.band(widths.max() ?? 0, of: points), widths)
        case .adaptiveByNearest(let count):
            let (nearest, widths) = reaches(count, points)
            return (nearest, widths.map { $0 * stretch })
        }
    }

    private static func check(_ width: Double) {
        precondition(width >= 0 && width.isFinite, "a bandwidth of \(width)")
    }

    /// The `count` nearest of each point, and how far off the last of them is.
    private static func reaches(
        _ count: Int,
        _ points: [PlanarPoint]
    ) -> (nearest: SpatialWeights, widths: [Double]) {
        precondition(count > 0, "\(count) nearest")
        let nearest = DistanceWeights.nearest(count, of: points)
        let widths = points.indices.map { unit in
            nearest.neighbours(of: unit).map { distance(points[unit], points[$0]) }.max() ?? 0
        }
        return (nearest, widths)
    }
}

/// Weights that fall with a power of distance: w_ij = 1 / d_ij^p for d_ij <= cut-off.
public enum InverseDistanceWeights {
    /// Symmetric weights without own links.
    ///
    /// Pairs further apart than `cutoff` are not linked; the limit itself is inside, and a point
    /// with nothing in reach is an isolate. Pairs nearer than `leastDistance` count as that far
    /// apart: two points on one spot would otherwise weigh infinitely much, and two houses of
    /// one desa nearly so. Where there are none, the weights are those of libpysal
    /// `DistanceBand(binary = False, alpha = -power)`. A power or least distance that is not
    /// above 0, or a negative cut-off, is a wrong call.
    /// - Complexity: O(*n* + links) for points without strong clusters.
    public static func weights(
        power: Double = 1,
        cutoff: Double,
        leastDistance: Double,
        of points: [PlanarPoint]
    ) -> ValuedWeights {
        precondition(power > 0 && power.isFinite, "distance to the power \(power)")
        precondition(leastDistance > 0 && leastDistance.isFinite, "at least \(leastDistance)")
        precondition(cutoff >= 0 && cutoff.isFinite, "a cut-off of \(cutoff)")
        let band = DistanceWeights.band(cutoff, of: points)
        return ValuedWeights(
            links: points.indices.map { unit in
                band.neighbours(of: unit).map { neighbour in
                    let apart = max(leastDistance, distance(points[unit], points[neighbour]))
                    return .init(to: neighbour, weight: pow(apart, -power))
                }
            }
        )
    }
}

private func distance(_ one: PlanarPoint, _ other: PlanarPoint) -> Double {
    let (dx, dy) = (one.x - other.x, one.y - other.y)
    return (dx * dx + dy * dy).squareRoot()
}
