/// The local statistics Gi and Gi* of Getis and Ord: how high or low the sum around a unit is.
public enum GetisOrd {
    public enum Statistic: Hashable, Sendable {
        /// The neighbours alone, compared with all other units.
        case gi
        /// The unit and its neighbours, compared with all units.
        case giStar
    }

    /// The sum around a unit, and what it would be by chance.
    public struct Result: Hashable, Sendable {
        /// sum_j w_ij x_j, for Gi* with the unit itself.
        public let sum: Double
        public let expectation: Double
        public let variance: Double
        public let zScore: Double
    }

    /// The z-score for each unit, in the order of `values`; NaN where `results` has none.
    public static func zScores(
        of values: [Double],
        weights: SpatialWeights,
        statistic: Statistic = .giStar,
        style: WeightStyle = .binary,
        threads: Int? = nil
    ) -> [Double] {
        each(of: values, weights, statistic, style, threads) { $0?.zScore ?? .nan }
    }

    /// The statistic of each unit, in the order of `values`.
    ///
    /// Gi*_i = (sum_j w_ij x_j - mean W_i) / (s sqrt((n S_i - W_i^2) / (n - 1))), W_i the sum
    /// and S_i the sum of squares of the weights, s^2 = mean(x^2) - mean(x)^2 over all n units;
    /// for Gi the same over the n - 1 other units. Ord and Getis (1995), Geographical Analysis
    /// 27, 286-306; the form of spdep `localG`, esda and ArcGIS. (Published tables that divide
    /// s^2 by n - 1 differ in the third digit.)
    ///
    /// In Gi* an isolate is its own only neighbour; its Gi is nil. All values equal, or a unit
    /// whose neighbours are all units: nil. Binary and row-standardised weights give the same
    /// scores, because the neighbours of a unit all weigh the same. The number of `threads` (nil:
    /// one per core) leaves no trace.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func results(
        of values: [Double],
        weights: SpatialWeights,
        statistic: Statistic = .giStar,
        style: WeightStyle = .binary,
        threads: Int? = nil
    ) -> [Result?] {
        each(of: values, weights, statistic, style, threads) { $0 }
    }

    /// What `value` makes of each unit's result.
    @inline(__always)
    private static func each<Value>(
        of values: [Double],
        _ weights: SpatialWeights,
        _ statistic: Statistic,
        _ style: WeightStyle,
        _ threads: Int?,
        _ value: @Sendable (Result?) -> Value
    ) -> [Value] {
        let threads = threadCount(threads)
        // Helpers come while the moments are computed.
        return WorkTeam.with(threads: threads, for: values.count) { team in
            let field = FieldMoments(values, weights: weights)
            guard !field.isConstant else { return values.map { _ in value(nil) } }
            let ranges = ParallelRanges(values.count, threads: threads, team: team)
            return ranges.array(of: values.count) { _, range, places in
                for unit in range {
                    places.initializeElement(
                        at: unit, to: value(result(unit, field, weights, statistic, style)))
                }
            }
        }
    }

    @inline(__always)
    private static func result(
        _ unit: Int,
        _ field: FieldMoments,
        _ weights: SpatialWeights,
        _ statistic: Statistic,
        _ style: WeightStyle
    ) -> Result? {
        let sum = weights.neighbourSum(of: field.deviations, around: unit)
        let own = field.deviations[unit]
        let neighbours = weights.neighbourCount(of: unit)
        switch statistic {
        case .giStar:
            return Draw(
                sum: sum + own,
                count: neighbours + 1,
                among: weights.count,
                mean: 0,
                sumOfSquares: field.sumOfSquares
            ).result(fieldMean: field.mean, style: style)
        case .gi:
            // Deviations add up to 0, so those of the others add up to -own.
            let others = Double(weights.count - 1)
            let mean = -own / others
            return Draw(
                sum: sum,
                count: neighbours,
                among: weights.count - 1,
                mean: mean,
                sumOfSquares: field.sumOfSquares - own * own - others * mean * mean
            ).result(fieldMean: field.mean, style: style)
        }
    }

    /// Some values drawn out of a field, all as deviations from the mean of all units.
    private struct Draw {
        let sum: Double
        let count: Int
        let among: Int
        /// Of the field drawn from.
        let mean: Double
        let sumOfSquares: Double

        @inline(__always)
        func result(fieldMean: Double, style: WeightStyle) -> Result? {
            guard count > 0, count < among else { return nil }
            let n = Double(among)
            let weight = style.weight(ofEachOf: count)
            let total = weight * Double(count)
            let squares = weight * total
            let variance =
                max(0, sumOfSquares) / n * ((n * squares - total * total) / (n - 1))
            guard variance > 0 else { return nil }
            return Result(
                sum: weight * sum + total * fieldMean,
                expectation: total * (mean + fieldMean),
                variance: variance,
                zScore: (weight * sum - mean * total) / variance.squareRoot()
            )
        }
    }
}
