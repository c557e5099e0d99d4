extension GetisOrd {
    /// The z-score of Gi or Gi* for weights that differ from link to link, as kernels give them.
    ///
    /// The formula of `results(of:weights:statistic:style:)`. A unit that is linked to itself
    /// gets Gi*, compared with all units; one that is not gets Gi, compared with the others.
    /// (The analytic scores of esda `G_Local` hold for binary weights only.) NaN for a unit
    /// without links, for all units when all values are equal, and where the weights leave
    /// nothing to chance (the same weight for every unit it is compared with). Weights may be
    /// scaled row by row without changing a score. A value that is not finite is a wrong call.
    ///
    /// The scores are analytic: for a test use `ConditionalPermutation`, whose neighbours all
    /// weigh the same.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func zScores(of values: [Double], weights: ValuedWeights) -> [Double] {
        guard let z = StandardField(values, weights.neighbours)?.values else {
            return values.map { _ in .nan }
        }
        return z.indices.map { unit in
            var sum = 0.0
            var total = 0.0
            var squares = 0.0
            var isStar = false
            for link in weights.links(of: unit) {
                sum += link.weight * z[link.unit]
                total += link.weight
                squares += link.weight * link.weight
                if link.unit == unit { isStar = true }
            }
            // Standard values add up to 0 and their squares to n; without the unit's own they
            // add up to -z and to n - z^2.
            let all = Double(z.count)
            let compared = isStar ? all : all - 1
            let mean = isStar ? 0 : -z[unit] / compared
            let variance = isStar ? 1 : (all - z[unit] * z[unit]) / compared - mean * mean
            let room = (compared * squares - total * total) / (compared - 1)
            // Rounding must not turn equal weights into a small variance.
            guard compared > 1, squares > 0, variance > 1e-12, room > 1e-12 * squares else {
                return .nan
            }
            return (sum - mean * total) / (variance * room).squareRoot()
        }
    }
}
