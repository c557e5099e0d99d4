/// The general G of Getis and Ord of a whole map: high where large values sit together, low where
/// they keep apart or small ones sit together.
///
/// G = sum_ij w_ij x_i x_j / sum_(i != j) x_i x_j, for values of 0 or more; Getis and Ord (1992),
/// Geographical Analysis 24, 189-206. Agrees with spdep `globalG.test`. An isolate is one of the
/// n units, so that the moments are those of dealing all values to all units (spdep leaves it
/// out of n and differs on such a map).
public struct GeneralG: Hashable, Sendable {
    public let statistic: Double
    /// S0 / (n (n - 1)).
    public let expectation: Double
    /// The values at hand dealt to other units; NaN with fewer than four units.
    ///
    /// For values drawn anew G is a ratio of two dependent sums and has no such moment.
    public let varianceUnderRandomisation: Double

    public var zScore: Double {
        (statistic - expectation) / varianceUnderRandomisation.squareRoot()
    }

    /// G of `values`, or why there is none.
    ///
    /// A negative value is a wrong call. With a single value above 0 every product is 0 and so
    /// is the denominator: `notDefined`.
    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public static func outcome(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .binary
    ) -> GlobalOutcome<GeneralG> {
        checkSigns(values)
        return GlobalOutcome(of: values, weights: weights) { field in
            guard values.count(where: { $0 > 0 }) > 1 else { return nil }
            return GeneralG(field, weights, style)
        }
    }

    /// Pseudo p-values when the values are dealt to the units anew, `permutations` times.
    ///
    /// `high` is small where large values sit together. Sums that differ by rounding only are
    /// ties. The result does not depend on the number of threads (nil: one per core), nor on the
    /// order of the units (`CanonicalOrder` says how far with repeated values).
    /// - Complexity: O(*R* (*n* + *w*)).
    public static func pValues(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .binary,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> GlobalOutcome<ConditionalPermutation.PValues> {
        checkSigns(values)
        return GlobalOutcome(ofSorted: values, weights: weights) { field, weights in
            guard values.count(where: { $0 > 0 }) > 1 else { return nil }
            let rows = rowWeights(weights, style)
            let form = CentredForm(field, CliffOrdSums(weights, style))
            return globalPValues(
                of: field.deviations,
                permutations: permutations,
                seed: seed,
                threads: threads,
                tolerance: 1e-9 * form.scale
            ) { form.sum($0, weights, rows) }
        }
    }

    private static func checkSigns(_ values: [Double]) {
        for (unit, value) in values.enumerated() {
            precondition(value >= 0, "the value of unit \(unit) is \(value), below 0")
        }
    }

    private init(_ field: FieldMoments, _ weights: SpatialWeights, _ style: WeightStyle) {
        let sums = CliffOrdSums(weights, style)
        let form = CentredForm(field, sums)
        let n = Double(weights.count)
        let mean = field.mean
        let squares = field.sumOfSquares
        // (sum x)^2 - sum x^2, above 0 with two values above 0.
        let products = n * (n - 1) * mean * mean - squares
        statistic =
            (form.sum(field.deviations, weights, rowWeights(weights, style))
                + mean * mean * sums.s0) / products
        expectation = sums.s0 / (n * (n - 1))
        varianceUnderRandomisation = form.variance(field) / (products * products)
    }
}

/// sum_ij w_ij x_i x_j less its part mean^2 S0, which no permutation changes: Q + mean L with
/// Q = sum_ij w_ij z_i z_j and L = sum_i d_i z_i, z the deviations and d row sum + column sum.
///
/// Variances of Q and L lose no digits where the values are large against their spread; the
/// published formula in powers of x does.
private struct CentredForm: Sendable {
    private let mean: Double
    private let sums: CliffOrdSums
    /// d less its mean; z adds up to 0, so L stays the same.
    private let degrees: [Double]
    /// What the sum is made of in size, for a tolerance.
    let scale: Double

    init(_ field: FieldMoments, _ sums: CliffOrdSums) {
        mean = field.mean
        self.sums = sums
        let average = 2 * sums.s0 / Double(sums.degrees.count)
        degrees = sums.degrees.map { $0 - average }
        let largest = field.deviations.reduce(0) { max($0, abs($1)) }
        let spread = degrees.reduce(0) { $0 + abs($1) }
        scale = largest * (sums.s0 * largest + abs(field.mean) * spread)
    }

    func sum(_ z: [Double], _ weights: SpatialWeights, _ rowWeights: [Double]) -> Double {
        var sum = 0.0
        for unit in z.indices {
            var row = 0.0
            for neighbour in weights.neighbours(of: unit) { row += z[neighbour] }
            sum += z[unit] * (rowWeights[unit] * row + mean * degrees[unit])
        }
        return sum
    }

    /// The variance of the sum over all n! orders of the values; NaN below four units.
    ///
    /// E Q = -S0 m2 / (n (n - 1)) with m_k = sum z^k; E Q^2 as for Moran's I (Cliff and Ord
    /// 1981, p. 46); var L = m2 (n S2 - 4 S0^2) / (n (n - 1)); cov(Q, L) =
    /// m3 (4 S0^2 - n S2) / (n (n - 1) (n - 2)), from E z_i^2 z_j = -m3 / (n (n - 1)) and
    /// E z_i z_j z_k = 2 m3 / (n (n - 1) (n - 2)).
    func variance(_ field: FieldMoments) -> Double {
        let n = Double(field.deviations.count)
        guard n > 3 else { return .nan }
        let (s0, s1, s2) = (sums.s0, sums.s1, sums.s2)
        let m2 = field.sumOfSquares
        let m3 = field.deviations.reduce(0) { $0 + $1 * $1 * $1 }
        let m4 = field.deviations.reduce(0) { $0 + $1 * $1 * $1 * $1 }
        let unevenness = n * s2 - 4 * s0 * s0
        let first = m2 * m2 * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
        let second = m4 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
        let expectation = -s0 * m2 / (n * (n - 1))
        let ofQ =
            (first - second) / (n * (n - 1) * (n - 2) * (n - 3)) - expectation * expectation
        let ofL = m2 * unevenness / (n * (n - 1))
        let covariance = -m3 * unevenness / (n * (n - 1) * (n - 2))
        return max(0, ofQ + 2 * mean * covariance + mean * mean * ofL)
    }
}
