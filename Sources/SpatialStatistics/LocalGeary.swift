/// The local Geary statistic of one variable: how much a unit differs from its neighbours.
///
/// c_i = sum_j w_ij (z_i - z_j)^2 with z = (x - mean) / s and s^2 = sum (x - mean)^2 / n; Anselin
/// (2019), "A local indicator of multivariate spatial association: extending Geary's c",
/// Geographical Analysis 51, 133-150. Small where a unit is like its neighbours, whatever their
/// level; local Moran instead asks for a common side of the mean. Agrees with esda `Geary_Local`.
public enum LocalGeary {
    /// What a small or large statistic says about the unit and its neighbours.
    public enum Association: Hashable, Sendable {
        /// Alike, and above the mean.
        case highHigh
        /// Alike, and below the mean.
        case lowLow
        /// Alike, with the mean between the unit and its neighbours (or at one of them).
        case otherPositive
        /// Less alike than by chance.
        case negative
    }

    public struct Result: Hashable, Sendable {
        public let statistic: Double
        /// Given the unit's own value, the others dealt at random.
        public let expectation: Double
        public let variance: Double
        /// Positive association when the statistic is below its expectation.
        ///
        /// esda compares with the mean of all statistics instead, which a unit far from the mean
        /// of the map can hardly come below.
        public let association: Association

        /// *Negative* where neighbours are alike; for show, since the distribution is skewed.
        ///
        /// NaN where chance has no room: all other units are neighbours, or equally far off.
        public var zScore: Double {
            variance > 0 ? (statistic - expectation) / variance.squareRoot() : .nan
        }
    }

    /// One result per unit, in the order of `values`; nil for an isolate, and for all units when
    /// all values are equal.
    ///
    /// The moments are those of k draws without replacement from the squared differences to the
    /// n - 1 other units. With two units there is one draw only, and the variance is 0.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func results(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised
    ) -> [Result?] {
        guard let field = StandardField(values, weights) else { return values.map { _ in nil } }
        let z = field.values
        let powers = PowerSums(z)
        let lags = weights.neighbourSums(of: z)
        return z.indices.map { unit in
            let count = weights.neighbourCount(of: unit)
            guard count > 0 else { return nil }
            let weight = style.weight(ofEachOf: count)
            let moments = powers.squaredDifferences(to: z[unit], drawn: count)
            let statistic = weight * field.squaredDifferences(of: unit, weights)
            let expectation = weight * moments.mean
            return Result(
                statistic: statistic,
                expectation: expectation,
                variance: weight * weight * moments.variance,
                association: association(
                    isAlike: statistic < expectation,
                    own: z[unit],
                    lag: lags[unit]
                )
            )
        }
    }

    /// Pseudo p-values by conditional permutation: `low` is small where a unit is like its
    /// neighbours, `high` where it differs from them.
    ///
    /// All units share one set of draws (`GearyDraws`), so R should be large; it may be, since a
    /// draw costs next to nothing per unit. Every unit is compared with all R of them. Nil for an
    /// isolate; all values equal: every p is 1. Sums that differ by rounding only are ties. The
    /// result depends on the seed, but neither on the number of threads (nil: one per core) nor
    /// on the order of the units (`CanonicalOrder` says how far with repeated values). A value
    /// that is not finite is a wrong call. The calling thread waits.
    /// - Complexity: O(*R* (*n* + *K*)), *K* the most neighbours of a unit.
    public static func pValues(
        of values: [Double],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> [ConditionalPermutation.PValues?] {
        checkFinite(values, weights)
        precondition(
            permutations > 0 && permutations < Int(UInt32.max),
            "\(permutations) permutations"
        )
        let threads = threadCount(threads)
        let order = CanonicalOrder([values], weights)
        let ranked = order.ranked(weights)
        guard let field = StandardField(order.ranked(values), ranked) else {
            return values.indices.map { unit in
                weights.neighbourCount(of: unit) == 0
                    ? nil
                    : ConditionalPermutation.PValues(
                        atLeast: permutations, atMost: permutations, replicas: permutations)
            }
        }
        return order.restored(
            GearyDraws(field, ranked)
                .pValues(permutations: permutations, seed: seed, threads: threads)
        )
    }

    private static func association(isAlike: Bool, own: Double, lag: Double) -> Association {
        guard isAlike else { return .negative }
        if own > 0 && lag > 0 { return .highHigh }
        return own < 0 && lag < 0 ? .lowLow : .otherPositive
    }
}

/// The sums of the powers of a field around its mean.
private struct PowerSums {
    private let count: Double
    private let second: Double
    private let third: Double
    private let fourth: Double

    init(_ z: [Double]) {
        count = Double(z.count)
        second = z.reduce(0) { $0 + $1 * $1 }
        third = z.reduce(0) { $0 + $1 * $1 * $1 }
        fourth = z.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    }

    /// Mean and variance of the sum of `drawn` of the n - 1 squared differences to `own`.
    func squaredDifferences(to own: Double, drawn: Int) -> (mean: Double, variance: Double) {
        let others = count - 1
        let square = own * own
        // The unit's own difference of 0 adds nothing to either sum, and sum z = 0.
        let mean = (count * square + second) / others
        let squares =
            (count * square * square + 6 * square * second - 4 * own * third + fourth) / others
        let drawn = Double(drawn)
        guard others > 1 else { return (drawn * mean, 0) }
        let spread = max(0, squares - mean * mean)
        return (drawn * mean, drawn * spread * (others - drawn) / (others - 1))
    }
}
