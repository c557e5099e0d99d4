/// Anselin's local Moran: how far a unit resembles its neighbours.
///
/// I_i = z_i sum_j w_ij z_j / (sum z^2 / n), z the deviations from the mean; Anselin (1995),
/// Geographical Analysis 27, 93-115. The divisor is n (spdep); esda and GeoDa use n - 1.
public enum LocalMoran {
    /// A unit high or low against the mean, among neighbours high or low on average.
    public enum Quadrant: Hashable, Sendable {
        case highHigh
        case lowLow
        /// A high unit among low ones.
        case highLow
        /// A low unit among high ones.
        case lowHigh
    }

    public struct Result: Hashable, Sendable {
        public let statistic: Double
        /// Given the unit's own value, the others dealt at random.
        public let expectation: Double
        public let variance: Double
        public let quadrant: Quadrant

        /// NaN for a unit exactly at the mean: its statistic is 0 whatever lies around it.
        public var zScore: Double {
            variance > 0 ? (statistic - expectation) / variance.squareRoot() : .nan
        }
    }

    /// One result per unit, in the order of `values`; nil for an isolate, and for all units when
    /// all values are equal.
    ///
    /// Conditional moments of Sokal, Oden and Thomson (1998), Geographical Analysis 30, 331-354;
    /// agrees with spdep `localmoran(conditional = TRUE)`. A value equal to the mean counts as
    /// low. The number of `threads` (nil: one per core) leaves no trace.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func results(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised,
        threads: Int? = nil
    ) -> [Result?] {
        let threads = threadCount(threads)
        // Helpers come while the moments are computed.
        return WorkTeam.with(threads: threads, for: values.count) { team in
            let field = FieldMoments(values, weights: weights)
            guard !field.isConstant else { return values.map { _ in nil } }
            let ranges = ParallelRanges(values.count, threads: threads, team: team)
            return ranges.array(of: values.count) { _, range, places in
                for unit in range {
                    places.initializeElement(
                        at: unit, to: result(unit, field, weights, style))
                }
            }
        }
    }

    @inline(__always)
    private static func result(
        _ unit: Int,
        _ field: FieldMoments,
        _ weights: SpatialWeights,
        _ style: WeightStyle
    ) -> Result? {
        let neighbours = weights.neighbourCount(of: unit)
        guard neighbours > 0 else { return nil }
        let n = Double(weights.count)
        let meanSquare = field.sumOfSquares / n
        let z = field.deviations[unit]
        let weight = style.weight(ofEachOf: neighbours)
        let lag = weight * weights.neighbourSum(of: field.deviations, around: unit)
        let total = weight * Double(neighbours)
        let squares = weight * total
        let ratio = z / meanSquare
        return Result(
            statistic: ratio * lag,
            expectation: -z * ratio * total / (n - 1),
            variance: ratio * ratio * (n / (n - 2)) * (squares - total * total / (n - 1))
                * (meanSquare - z * z / (n - 1)),
            quadrant: quadrant(own: z, lag: lag)
        )
    }

    private static func quadrant(own: Double, lag: Double) -> Quadrant {
        switch (own > 0, lag > 0) {
        case (true, true): .highHigh
        case (false, false): .lowLow
        case (true, false): .highLow
        case (false, true): .lowHigh
        }
    }
}
