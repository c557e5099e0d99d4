/// Rates drawn towards the overall rate, the more the smaller their population.
///
/// A unit without data or population must be left out beforehand.
public enum EmpiricalBayes {
    /// Marshall's global estimate b + a (p_i - b) / (a + b/n_i), a = max(0, s2 - b/mean n).
    ///
    /// Marshall (1991); agrees with spdep `EBest`. With a = 0, or no cases, all are b.
    /// - Complexity: O(*n*).
    public static func marshall(cases: [Double], population: [Double]) -> [Double] {
        guard let moments = RateMoments(cases: cases, population: population) else { return [] }
        let b = moments.overallRate
        let a = max(0, moments.weightedVariance - b / moments.meanPopulation)
        return zip(cases, population).map { y, n in
            a == 0 ? b : b + a * (y / n - b) / (a + b / n)
        }
    }
}

/// The beta-binomial model of rates: each unit's rate is drawn from one beta distribution, its
/// cases from a binomial one.
///
/// Moments: A = s2 - b(1-b)/mean n, v = A/(1 - 1/mean n), M = b(1-b)/v - 1; the rate of unit i is
/// then Beta(M b + y_i, M (1-b) + n_i - y_i). Mean equal to spdep `EBest(family = "binomial")`
/// (Marshall 1991); interval and exceedance from the same posterior.
public struct BetaBinomial: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case estimated(Estimate)
        /// The units differ no more than chance makes them (v <= 0, or a mean population of 1
        /// or less, which says nothing about v): the estimate is the overall rate, and there is
        /// no interval.
        case noVariation(rate: Double)

        public var rate: Double {
            switch self {
            case .estimated(let estimate): estimate.mean
            case .noVariation(let rate): rate
            }
        }
    }

    /// The posterior of one unit's rate.
    public struct Estimate: Hashable, Sendable {
        public let mean: Double
        /// The central 95 % interval.
        public let lower: Double
        public let upper: Double
        /// P(rate > overall rate).
        public let exceedance: Double
    }

    /// b, all cases over all population.
    public let overallRate: Double
    /// v, the variance of the rates between units; 0 or less means none was found.
    public let betweenVariance: Double
    /// M, the population the prior is worth; nil without variation.
    public let priorStrength: Double?
    /// One per unit, in the order given.
    public let outcomes: [Outcome]

    /// Nil when there are no units.
    ///
    /// More cases than population, a population that is not positive, or a negative count is a
    /// wrong call.
    /// - Complexity: O(*n*) incomplete beta functions, some 20 for each unit.
    public init?(cases: [Double], population: [Double]) {
        guard let moments = RateMoments(cases: cases, population: population) else { return nil }
        for (unit, (y, n)) in zip(cases, population).enumerated() {
            precondition(y <= n, "unit \(unit) has \(y) cases among \(n)")
        }
        let b = moments.overallRate
        let spread = b * (1 - b)
        let between = moments.weightedVariance - spread / moments.meanPopulation
        let variance =
            moments.meanPopulation > 1 ? between / (1 - 1 / moments.meanPopulation) : 0
        overallRate = b
        betweenVariance = variance
        // Rounding must not turn equal rates into a tiny variance and a prior without end.
        guard variance > 0, moments.hasVariation else {
            priorStrength = nil
            outcomes = cases.map { _ in .noVariation(rate: b) }
            return
        }
        // Never below 0 but by rounding, when every rate is 0 or 1.
        let strength = max(0, spread / variance - 1)
        priorStrength = strength
        outcomes = zip(cases, population).map { y, n in
            .estimated(
                Estimate(
                    alpha: strength * b + y,
                    beta: strength * (1 - b) + n - y,
                    threshold: b
                )
            )
        }
    }
}

extension BetaBinomial.Estimate {
    fileprivate init(alpha: Double, beta: Double, threshold: Double) {
        guard alpha > 0, beta > 0 else {
            // The whole mass sits on one end.
            let point = alpha > 0 ? 1.0 : 0.0
            self.init(
                mean: point,
                lower: point,
                upper: point,
                exceedance: point > threshold ? 1 : 0
            )
            return
        }
        let posterior = BetaDistribution(alpha: alpha, beta: beta)
        self.init(
            mean: posterior.mean,
            lower: posterior.quantile(0.025),
            upper: posterior.quantile(0.975),
            exceedance: posterior.upperTail(threshold)
        )
    }
}
