/// A field of values around its mean.
struct FieldMoments {
    let mean: Double
    /// value - mean.
    let deviations: [Double]
    /// The sum of the squared deviations.
    let sumOfSquares: Double
    /// Whether the standard deviation is below 1e-12 of the largest value: only rounding is
    /// left, and dividing by it would turn noise into scores.
    let isConstant: Bool

    /// A value that is not finite is a wrong call: missing units are dropped with
    /// `SpatialWeights.restricted(to:)`.
    init(_ values: [Double], weights: SpatialWeights) {
        precondition(
            values.count == weights.count,
            "\(values.count) values for \(weights.count) units"
        )
        var scale = 0.0
        for (unit, value) in values.enumerated() {
            precondition(value.isFinite, "the value of unit \(unit) is \(value)")
            scale = max(scale, abs(value))
        }
        let n = Double(values.count)
        mean = values.reduce(0, +) / n
        deviations = values.map { [mean] in $0 - mean }
        sumOfSquares = deviations.reduce(0) { $0 + $1 * $1 }
        isConstant = values.isEmpty || (sumOfSquares / n).squareRoot() <= 1e-12 * scale
    }
}
