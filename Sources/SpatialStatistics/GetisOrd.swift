/// The local statistics Gi and Gi* of Getis and Ord: how high or low the sum around a unit is.
public enum GetisOrd {
    public enum Statistic: Hashable, Sendable {
        /// The neighbours alone, compared with all other units.
        case gi
        /// The unit and its neighbours, compared with all units.
        case giStar
    }

    /// The z-score for each unit, in the order of `values`.
    ///
    /// Gi*_i = (sum_j w_ij x_j - mean W_i) / (s sqrt((n S_i - W_i^2) / (n - 1))), W_i the sum
    /// and S_i the sum of squares of the weights, s^2 = mean(x^2) - mean(x)^2 over all n units;
    /// for Gi the same over the n - 1 other units. Ord and Getis (1995), Geographical Analysis
    /// 27, 286-306; the form of spdep `localG`, esda and ArcGIS. (Published tables that divide
    /// s^2 by n - 1 differ in the third digit.)
    ///
    /// In Gi* an isolate is its own only neighbour; its Gi is NaN. All values equal, or a unit
    /// whose neighbours are all units: NaN. Binary and row-standardised weights give the same
    /// scores, because the neighbours of a unit all weigh the same.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func zScores(
        of values: [Double],
        weights: SpatialWeights,
        statistic: Statistic = .giStar,
        style: WeightStyle = .binary
    ) -> [Double] {
        let field = FieldMoments(values, weights: weights)
        guard !field.isConstant else { return values.map { _ in .nan } }
        let sums = weights.neighbourSums(of: field.deviations)
        return values.indices.map { unit in
            let own = field.deviations[unit]
            let neighbours = weights.neighbourCount(of: unit)
            return switch statistic {
            case .giStar:
                zScore(
                    sum: sums[unit] + own,
                    of: neighbours + 1,
                    among: values.count,
                    mean: 0,
                    sumOfSquares: field.sumOfSquares,
                    style: style
                )
            case .gi:
                leaveOneOut(own, sums[unit], neighbours, values.count, field, style)
            }
        }
    }

    private static func leaveOneOut(
        _ own: Double,
        _ sum: Double,
        _ neighbours: Int,
        _ count: Int,
        _ field: FieldMoments,
        _ style: WeightStyle
    ) -> Double {
        guard neighbours > 0 else { return .nan }
        // Deviations add up to 0, so those of the others add up to -own.
        let others = Double(count - 1)
        let mean = -own / others
        return zScore(
            sum: sum,
            of: neighbours,
            among: count - 1,
            mean: mean,
            sumOfSquares: field.sumOfSquares - own * own - others * mean * mean,
            style: style
        )
    }

    /// `sum` of `drawn` values out of a field of `count`, in standard deviations.
    private static func zScore(
        sum: Double,
        of drawn: Int,
        among count: Int,
        mean: Double,
        sumOfSquares: Double,
        style: WeightStyle
    ) -> Double {
        let n = Double(count)
        let k = Double(drawn)
        let weight = style.weight(ofEachOf: drawn)
        let total = weight * k
        let squares = weight * weight * k
        let standardDeviation = (max(0, sumOfSquares) / n).squareRoot()
        let spread = standardDeviation * ((n * squares - total * total) / (n - 1)).squareRoot()
        guard drawn < count, spread > 0 else { return .nan }
        return (weight * sum - mean * total) / spread
    }
}
