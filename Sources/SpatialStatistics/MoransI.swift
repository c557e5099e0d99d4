/// Moran's I of a whole map, with its moments under the hypothesis of no spatial pattern.
///
/// I = (n / S0) sum_ij w_ij z_i z_j / sum_i z_i^2 with z the deviations from the mean; moments of
/// Cliff and Ord (1981), "Spatial processes", p. 42-46. Agrees with spdep `moran.test`: an
/// isolate keeps its place in the mean and in sum z^2 but is not counted in n.
public struct MoransI: Hashable, Sendable {
    public let statistic: Double
    public let expectation: Double
    /// Values drawn anew from one normal distribution.
    public let varianceUnderNormality: Double
    /// The values at hand dealt to other units; NaN with fewer than four units.
    public let varianceUnderRandomisation: Double

    public var zScoreUnderNormality: Double {
        (statistic - expectation) / varianceUnderNormality.squareRoot()
    }

    public var zScoreUnderRandomisation: Double {
        (statistic - expectation) / varianceUnderRandomisation.squareRoot()
    }

    /// Nil when all values are equal or no unit has a neighbour.
    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public init?(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised
    ) {
        let field = FieldMoments(values, weights: weights)
        guard !field.isConstant, weights.linkCount > 0 else { return nil }
        let sums = CliffOrdSums(weights, style)
        let n = Double(weights.count - weights.isolates.count)
        let z = field.deviations
        let lags = weights.neighbourSums(of: z)
        var cross = 0.0
        var fourthPowers = 0.0
        for unit in z.indices {
            let weight = style.weight(ofEachOf: weights.neighbourCount(of: unit))
            cross += z[unit] * weight * lags[unit]
            fourthPowers += z[unit] * z[unit] * z[unit] * z[unit]
        }
        statistic = n / sums.s0 * cross / field.sumOfSquares
        expectation = -1 / (n - 1)

        let (s0, s1, s2) = (sums.s0, sums.s1, sums.s2)
        let squaredExpectation = expectation * expectation
        varianceUnderNormality =
            (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - squaredExpectation
        guard n > 3 else {
            varianceUnderRandomisation = .nan
            return
        }
        let kurtosis =
            Double(z.count) * fourthPowers / (field.sumOfSquares * field.sumOfSquares)
        let first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
        let second = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
        varianceUnderRandomisation =
            (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - squaredExpectation
    }

    /// Pseudo p-values when the values are dealt to the units anew, `permutations` times.
    ///
    /// `high` is small where neighbours are alike. `p_sim` of esda `Moran` is the smaller of
    /// `high` and `low`, where no sums tie: half of what `twoSided` says. Sums that differ by
    /// rounding only are ties. The result does not depend on the number of threads (nil: one per
    /// core), nor on the order of the units (`CanonicalOrder` says how far with repeated values).
    /// - Complexity: O(*R* (*n* + *w*)).
    public static func pValues(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> GlobalOutcome<ConditionalPermutation.PValues> {
        GlobalOutcome(ofSorted: values, weights: weights) { field, weights in
            let rows = rowWeights(weights, style)
            let s0 = CliffOrdSums(weights, style).s0
            return globalPValues(
                of: field.deviations,
                permutations: permutations,
                seed: seed,
                threads: threads,
                // Of the size that the sum may well have.
                tolerance: 1e-9 * s0 * field.sumOfSquares / Double(values.count)
            ) { z in
                var cross = 0.0
                for unit in z.indices {
                    var row = 0.0
                    for neighbour in weights.neighbours(of: unit) { row += z[neighbour] }
                    cross += z[unit] * rows[unit] * row
                }
                return cross
            }
        }
    }
}
