/// A field of values around its mean.
struct FieldMoments: Sendable {
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
        var (scale, total) = (0.0, 0.0)
        for (unit, value) in values.enumerated() {
            precondition(value.isFinite, "the value of unit \(unit) is \(value)")
            scale = max(scale, abs(value))
            total += value
        }
        let n = Double(values.count)
        let mean = total / n
        var sumOfSquares = 0.0
        deviations = values.map { value in
            let deviation = value - mean
            sumOfSquares += deviation * deviation
            return deviation
        }
        self.mean = mean
        self.sumOfSquares = sumOfSquares
        isConstant = values.isEmpty || (sumOfSquares / n).squareRoot() <= 1e-12 * scale
    }
}
