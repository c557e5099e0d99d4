/// Rates measured against the typical one, by estimates that a few very high or low units cannot
/// move.
///
/// The typical rate b is the median of the rates, each unit counting by its population. With
/// v_i = b(1-b)/n_i the variance by chance, the variance a between units makes the median of
/// abs(p_i - b) / sqrt(a + v_i) equal to that of a normal distribution. Up to a quarter of the
/// units may lie in clusters without doing much to either.
struct RobustRates: Sendable {
    /// b, above 0 and below 1.
    let typicalRate: Double
    /// a, never negative.
    let betweenVariance: Double
    /// sqrt(a + v_i): how far a rate is expected to lie from the typical one.
    let spreads: [Double]
    /// (p_i - b) / sqrt(a + v_i).
    let zScores: [Double]
    /// How much of its own deviation a unit keeps in the smoothed rate, in 0...1.
    let weightsOfOwnRate: [Double]
    /// The population that a unit is worth once the variance between units is counted:
    /// n_i v_i / (a + v_i).
    let effectivePopulation: [Double]

    /// Rates are not trusted more than if units differed by at least this share of b, so that
    /// the rate of a small unit is smoothed even where no variation was found.
    private static let leastVariation = 0.15

    /// The median of the absolute value of a standard normal number.
    private static let normalMedian = 0.674_489_750_196_081_7

    /// Nil where no rate can be above or below another: no units, no cases, nothing but cases,
    /// or rates that are equal up to rounding.
    ///
    /// Where the median is 0 or 1, b is the overall rate instead. A population that is not
    /// positive is a wrong call.
    /// - Complexity: O(*n* log *n*), some 50 times for a.
    init?(cases: [Double], population: [Double]) {
        guard let moments = RateMoments(cases: cases, population: population),
            moments.hasVariation, moments.overallRate > 0, moments.overallRate < 1
        else { return nil }
        let rates = zip(cases, population).map { $0 / $1 }
        let median = Self.median(of: rates, weighedBy: population)
        let b = median > 0 && median < 1 ? median : moments.overallRate
        let chance = population.map { b * (1 - b) / $0 }
        let a = Self.betweenVariance(of: rates, around: b, chance: chance)
        let trusted = max(a, Self.leastVariation * Self.leastVariation * b * b)
        typicalRate = b
        betweenVariance = a
        spreads = chance.map { (a + $0).squareRoot() }
        zScores = zip(rates, spreads).map { ($0 - b) / $1 }
        weightsOfOwnRate = chance.map { trusted / (trusted + $0) }
        effectivePopulation = zip(population, chance).map { $0 * $1 / (a + $1) }
    }

    /// The rate of a unit over the typical one.
    func ratio(_ unit: Int) -> Double {
        1 + zScores[unit] * spreads[unit] / typicalRate
    }

    /// The rate of each unit over the typical one, drawn towards 1 by as much as chance could
    /// explain.
    var smoothedRatios: [Double] {
        zScores.indices.map { 1 + weightsOfOwnRate[$0] * zScores[$0] * spreads[$0] / typicalRate }
    }

    /// The same estimates, for some of the units only.
    func restricted(to units: [Int]) -> RobustRates {
        RobustRates(self, units)
    }

    private init(_ whole: RobustRates, _ units: [Int]) {
        typicalRate = whole.typicalRate
        betweenVariance = whole.betweenVariance
        spreads = units.map { whole.spreads[$0] }
        zScores = units.map { whole.zScores[$0] }
        weightsOfOwnRate = units.map { whole.weightsOfOwnRate[$0] }
        effectivePopulation = units.map { whole.effectivePopulation[$0] }
    }

    private static func median(of values: [Double], weighedBy weights: [Double]) -> Double {
        let ascending = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var below = 0.0
        let half = weights.reduce(0, +) / 2
        for index in ascending {
            below += weights[index]
            if below >= half { return values[index] }
        }
        return ascending.last.map { values[$0] } ?? 0
    }

    /// By bisection: the median falls as a rises.
    private static func betweenVariance(
        of rates: [Double],
        around b: Double,
        chance: [Double]
    ) -> Double {
        func medianDeviation(_ a: Double) -> Double {
            let deviations = zip(rates, chance).map { abs($0 - b) / (a + $1).squareRoot() }
            return deviations.sorted()[rates.count / 2]
        }
        guard medianDeviation(0) > normalMedian else { return 0 }
        // No rate with mean b varies more than a coin that is 0 or 1.
        var (low, high) = (0.0, b * (1 - b))
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if medianDeviation(middle) > normalMedian { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
