/// The bivariate Moran's I of a whole map: how one variable goes with another one around it.
///
/// I = (n / S0) sum_ij w_ij x_i y_j / sqrt(sum x^2 sum y^2), x and y as deviations from their
/// means; Anselin, Syabri and Smirnov (2002). n counts the units that have neighbours, as in
/// `MoransI`; row-standardised it is the I of esda `Moran_BV`. Under the null y is dealt to the
/// units anew while x stays. That null also lacks any relation of x and y *within* a unit: where
/// both are clustered, a high I can be that relation alone.
public struct BivariateMoran: Hashable, Sendable {
    public let statistic: Double
    /// Under the dealing of y; exact for every map.
    public let variance: Double

    public var expectation: Double { 0 }

    /// NaN when no dealing of y can change I.
    public var zScore: Double {
        variance > 0 ? statistic / variance.squareRoot() : .nan
    }

    /// I of `x` and the `y` around it, or why there is none; `constantField` if either of the two
    /// is constant.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func outcome(
        of x: [Double],
        and y: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised
    ) -> GlobalOutcome<BivariateMoran> {
        LinearForm.outcome(x, y, weights, style).map { form in
            let n = Double(y.count)
            let mean = form.loads.reduce(0, +) / n
            let spread = form.loads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let squares = form.y.reduce(0) { $0 + $1 * $1 }
            return BivariateMoran(
                statistic: form.sum(form.y),
                variance: spread * squares / (n - 1)
            )
        }
    }

    /// Pseudo p-values when `y` is dealt to the units anew, `permutations` times.
    ///
    /// `high` is small where high x has high y around it. Sums that differ by rounding only are
    /// ties. The result depends on the seed and, as with every statistic of a whole map, on the
    /// order of the units, but not on the number of threads (nil: one per core).
    /// - Complexity: O(*R n*).
    public static func pValues(
        of x: [Double],
        and y: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> GlobalOutcome<ConditionalPermutation.PValues> {
        LinearForm.outcome(x, y, weights, style).map { form in
            globalPValues(
                of: form.y,
                permutations: permutations,
                seed: seed,
                threads: threads,
                tolerance: 1e-9 * form.scale
            ) { form.sum($0) }
        }
    }
}

/// I as a sum of y_j times what the x around j add up to.
private struct LinearForm: Sendable {
    /// Deviations from the mean.
    let y: [Double]
    /// n / S0 / sqrt(sum x^2 sum y^2) sum_i w_ij x_i for each unit j.
    let loads: [Double]

    static func outcome(
        _ x: [Double],
        _ y: [Double],
        _ weights: SpatialWeights,
        _ style: WeightStyle
    ) -> GlobalOutcome<LinearForm> {
        let first = FieldMoments(x, weights: weights)
        let second = FieldMoments(y, weights: weights)
        if x.isEmpty { return .noUnits }
        if first.isConstant || second.isConstant { return .constantField }
        if weights.linkCount == 0 { return .noLinks }
        let rows = rowWeights(weights, style)
        var loads = [Double](repeating: 0, count: x.count)
        var s0 = 0.0
        for unit in x.indices {
            for neighbour in weights.neighbours(of: unit) {
                loads[neighbour] += rows[unit] * first.deviations[unit]
                s0 += rows[unit]
            }
        }
        let n = Double(x.count - weights.isolates.count)
        let factor = n / s0 / (first.sumOfSquares.squareRoot() * second.sumOfSquares.squareRoot())
        return .computed(LinearForm(y: second.deviations, loads: loads.map { factor * $0 }))
    }

    func sum(_ y: [Double]) -> Double {
        var sum = 0.0
        for unit in loads.indices { sum += loads[unit] * y[unit] }
        return sum
    }

    /// Of the size of the sum, at most.
    var scale: Double {
        let squares = loads.reduce(0) { $0 + $1 * $1 } * y.reduce(0) { $0 + $1 * $1 }
        return squares.squareRoot()
    }
}

extension GlobalOutcome {
    /// The outcome with its statistic, if there is one, turned into another.
    func map<Other>(_ transform: (Statistic) -> Other) -> GlobalOutcome<Other> {
        switch self {
        case .computed(let statistic): .computed(transform(statistic))
        case .noUnits: .noUnits
        case .constantField: .constantField
        case .noLinks: .noLinks
        case .notDefined: .notDefined
        }
    }
}
