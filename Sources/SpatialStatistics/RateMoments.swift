/// The sums behind every empirical Bayes method for rates: cases y of population n per unit.
///
/// Marshall (1991), "Mapping disease and mortality rates using empirical Bayes estimators",
/// Applied Statistics 40, 283-294.
struct RateMoments {
    /// b = sum y / sum n.
    let overallRate: Double
    let meanPopulation: Double
    /// s2 = sum n (y/n - b)^2 / sum n.
    let weightedVariance: Double
    /// Whether any rate differs from b by more than rounding.
    let hasVariation: Bool

    /// Nil without units.
    init?(cases: [Double], population: [Double]) {
        precondition(
            cases.count == population.count,
            "\(cases.count) counts of cases, \(population.count) of population"
        )
        for (unit, (y, n)) in zip(cases, population).enumerated() {
            precondition(y >= 0 && y.isFinite, "unit \(unit) has \(y) cases")
            precondition(n > 0 && n.isFinite, "unit \(unit) has a population of \(n)")
        }
        guard !cases.isEmpty else { return nil }
        let total = population.reduce(0, +)
        let rate = cases.reduce(0, +) / total
        var variance = 0.0
        var largestDeviation = 0.0
        for (y, n) in zip(cases, population) {
            let deviation = y / n - rate
            variance += n * deviation * deviation
            largestDeviation = max(largestDeviation, abs(deviation))
        }
        overallRate = rate
        meanPopulation = total / Double(population.count)
        weightedVariance = variance / total
        hasVariation = largestDeviation > 1e-12 * rate
    }
}
