internal import Foundation

/// The mass of an isotropic Gaussian in a polygon, edge by edge.
///
/// In polar coordinates around the mean, with lengths in standard deviations, the mass is
/// 1/2π ∮ (1 − exp(−r²/2)) dθ along the border: Green's theorem. The first term adds up to the
/// winding number, 1 for a mean inside. The second is, for an edge at distance *h* that runs from
/// *t*₁ to *t*₂ along its line, 1/2π ∫ h exp(−u/2)/u dt with u = h² + t² (a difference of two of
/// Owen's T functions, Ann. Math. Stat. 27 (1956)). It vanishes like exp(−h²/2), so that only the
/// edges near the mean are needed.
///
/// The integrand has a peak of width *h*. Written as h/u + h (exp(−u/2) − 1)/u, the first part is
/// an arctangent and the second an entire function, which Gauss-Legendre takes to about 1e-10.
enum GaussianMass {
    /// Edges farther than this many standard deviations are left out: exp(−18) = 1.5e-8.
    static let reach = 6.0
    /// Beyond this an edge is cut off: exp(−6.5²/2) = 7e-10.
    private static let cut = 6.5

    /// The part of the edge's integral that is not its winding.
    ///
    /// - Parameters:
    ///   - distance: of the mean from the edge's line, 0 or more, in standard deviations.
    ///   - start: where along the line the edge begins; 0 is the foot of the perpendicular.
    ///   - end: where it ends, not below `start`.
    /// - Returns: a value from 0 to 1/2, taken as if the mean lay left of the edge.
    static func outside(distance: Double, from start: Double, to end: Double) -> Double {
        guard distance <= cut else { return 0 }
        let low = max(start, -cut)
        let high = min(end, cut)
        guard low < high else { return 0 }
        // atan(high/distance) - atan(low/distance), the angle under which the edge is seen.
        let angle = atan2(distance * (high - low), distance * distance + low * high)
        let rest = distance * smoothIntegral(squaredDistance: distance * distance, low, high)
        return max(0, (angle + rest) / (2 * .pi))
    }

    /// ∫ (exp(−u/2) − 1)/u dt with u = `squaredDistance` + t².
    private static func smoothIntegral(
        squaredDistance: Double,
        _ low: Double,
        _ high: Double
    ) -> Double {
        let length = high - low
        if length <= 0.5 {
            return panel(
                squaredDistance, middle: (low + high) / 2, half: length / 2,
                nodes: length <= 0.1 ? two : four)
        }
        let count = (length / 2).rounded(.up)
        let half = length / count / 2
        var sum = 0.0
        var middle = low + half
        for _ in 0..<Int(count) {
            sum += panel(squaredDistance, middle: middle, half: half, nodes: eight)
            middle += 2 * half
        }
        return sum
    }

    private static func panel(
        _ squaredDistance: Double,
        middle: Double,
        half: Double,
        nodes: [(place: Double, weight: Double)]
    ) -> Double {
        var sum = 0.0
        for node in nodes {
            let right = middle + half * node.place
            let left = middle - half * node.place
            sum +=
                node.weight
                * (quotient(squaredDistance + right * right)
                    + quotient(squaredDistance + left * left))
        }
        return sum * half
    }

    private static func quotient(_ u: Double) -> Double {
        u < 1e-12 ? -0.5 : expm1(-u / 2) / u
    }

    // The positive half of the Gauss-Legendre nodes on -1...1 (Abramowitz and Stegun 25.4).
    private static let two: [(place: Double, weight: Double)] = [(0.5773502691896258, 1)]
    private static let four: [(place: Double, weight: Double)] = [
        (0.3399810435848563, 0.6521451548625461), (0.8611363115940526, 0.3478548451374538),
    ]
    private static let eight: [(place: Double, weight: Double)] = [
        (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ]
}
