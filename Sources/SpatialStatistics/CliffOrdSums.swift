/// S0, S1 and S2 of Cliff and Ord, and what they are made of.
struct CliffOrdSums {
    /// Sum of all weights.
    private(set) var s0 = 0.0
    /// Half the sum of (w_ij + w_ji)^2.
    private(set) var s1 = 0.0
    /// Sum of the squares of `degrees`.
    private(set) var s2 = 0.0
    /// Row sum + column sum of each unit.
    private(set) var degrees: [Double]

    init(_ weights: SpatialWeights, _ style: WeightStyle) {
        let rows = rowWeights(weights, style)
        degrees = [Double](repeating: 0, count: weights.count)
        for unit in 0..<weights.count {
            let weight = rows[unit]
            for neighbour in weights.neighbours(of: unit) {
                s0 += weight
                s1 += weight * weight
                if weights.areLinked(neighbour, to: unit) { s1 += weight * rows[neighbour] }
                degrees[unit] += weight
                degrees[neighbour] += weight
            }
        }
        for degree in degrees { s2 += degree * degree }
    }
}
