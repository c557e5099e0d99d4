/// Values in units of their standard deviation from the mean (divisor n).
struct StandardField: Sendable {
    let values: [Double]

    /// Nil without units, or when all values are equal.
    init?(_ values: [Double], _ weights: SpatialWeights) {
        let field = FieldMoments(values, weights: weights)
        guard !field.isConstant else { return nil }
        let deviation = (field.sumOfSquares / Double(values.count)).squareRoot()
        self.values = field.deviations.map { $0 / deviation }
    }

    /// The sum of (z_i - z_j)^2 over the neighbours j of `unit`.
    func squaredDifferences(of unit: Int, _ weights: SpatialWeights) -> Double {
        var sum = 0.0
        for neighbour in weights.neighbours(of: unit) {
            let difference = values[unit] - values[neighbour]
            sum += difference * difference
        }
        return sum
    }
}
