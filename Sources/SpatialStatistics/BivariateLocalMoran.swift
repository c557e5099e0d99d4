/// The bivariate local Moran: a unit's value of one variable against its neighbours' values of
/// another.
///
/// I_i = x_i sum_j w_ij y_j / (s_x s_y), x and y as deviations from their means and s^2 = mean of
/// the squares; Anselin, Syabri and Smirnov (2002). The divisor is n as in `LocalMoran`; esda
/// `Moran_Local_BV` gives (n - 1)/n times this. The unit's own y takes no part, so nothing is
/// said about x and y in the same place.
public enum BivariateLocalMoran {
    public struct Result: Hashable, Sendable {
        public let statistic: Double
        /// Given the unit's own x and y, the other y dealt at random.
        public let expectation: Double
        public let variance: Double
        /// x high or low, among neighbours whose y is high or low on average.
        ///
        /// A value equal to the mean counts as low, as in esda.
        public let quadrant: LocalMoran.Quadrant

        /// NaN for a unit with x exactly at the mean: its statistic is 0 whatever lies around it.
        public var zScore: Double {
            variance > 0 ? (statistic - expectation) / variance.squareRoot() : .nan
        }
    }

    /// One result per unit, in the order given; nil for an isolate, and for all units when all x
    /// or all y are equal.
    ///
    /// The moments are those of the sum of k draws without replacement from the y of the n - 1
    /// other units; with two units there is one draw only, and the variance is 0.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func results(
        of x: [Double],
        and y: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised
    ) -> [Result?] {
        guard let own = StandardField(x, weights)?.values,
            let around = StandardField(y, weights)?.values
        else { return x.map { _ in nil } }
        let n = Double(x.count)
        let sums = weights.neighbourSums(of: around)
        return x.indices.map { unit in
            let neighbours = weights.neighbourCount(of: unit)
            guard neighbours > 0 else { return nil }
            let weight = style.weight(ofEachOf: neighbours)
            let k = Double(neighbours)
            // Standard values add up to 0, their squares to n.
            let others = n - 1
            let mean = -around[unit] / others
            let spread = max(0, (n - around[unit] * around[unit]) / others - mean * mean)
            let shrinkage = others > 1 ? (others - k) / (others - 1) : 0
            return Result(
                statistic: own[unit] * weight * sums[unit],
                expectation: own[unit] * weight * k * mean,
                variance: own[unit] * own[unit] * weight * weight * k * spread * shrinkage,
                quadrant: quadrant(own: own[unit], lag: sums[unit])
            )
        }
    }

    /// Pseudo p-values by conditional permutation of y: those of the neighbour sum of y, with the
    /// tails exchanged where x lies below its mean.
    ///
    /// Nil for an isolate. A unit with x exactly at the mean, and every unit when all x or all y
    /// are equal: p = 1. The result depends on the seed, but neither on the number of threads
    /// (nil: one per core) nor on the order of the units (`CanonicalOrder` says how far with
    /// repeated values). A value that is not finite is a wrong call. The calling thread waits.
    public static func pValues(
        of x: [Double],
        and y: [Double],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        strategy: ConditionalPermutation.Strategy = .automatic,
        threads: Int? = nil
    ) -> [ConditionalPermutation.PValues?] {
        checkFinite(x, weights)
        checkFinite(y, weights)
        let order = CanonicalOrder([y, x], weights)
        let ranked = order.ranked(weights)
        let sums = ConditionalPermutation.pValues(
            of: order.ranked(y),
            weights: ranked,
            permutations: permutations,
            seed: seed,
            strategy: strategy,
            threads: threads
        )
        let own = StandardField(order.ranked(x), ranked)?.values
        let isConstant = own == nil || StandardField(order.ranked(y), ranked) == nil
        let pValues = sums.enumerated().map { rank, p -> ConditionalPermutation.PValues? in
            guard let p else { return nil }
            let side = isConstant ? 0 : own?[rank] ?? 0
            if side > 0 { return p }
            return side < 0
                ? ConditionalPermutation.PValues(
                    atLeast: p.atMost, atMost: p.atLeast, replicas: p.replicas)
                : ConditionalPermutation.PValues(
                    atLeast: p.replicas, atMost: p.replicas, replicas: p.replicas)
        }
        return order.restored(pValues)
    }

    private static func quadrant(own: Double, lag: Double) -> LocalMoran.Quadrant {
        switch (own > 0, lag > 0) {
        case (true, true): .highHigh
        case (false, false): .lowLow
        case (true, false): .highLow
        case (false, true): .lowHigh
        }
    }
}
