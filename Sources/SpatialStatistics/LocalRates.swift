/// Rates of a unit and its neighbours together: for the eye, not for a test.
///
/// Neighbouring results share most of their cases, so any statistic on them finds clusters in
/// noise (in a simulation 100 % of the null maps). A neighbourhood is a unit and its neighbours,
/// with binary weights. Units without data must be left out beforehand.
public enum LocalRates {
    public enum Outcome: Hashable, Sendable {
        case estimated(rate: Double)
        /// The unit has no neighbour: its own rate, with nothing to lean on.
        case ownRate(Double)
        /// A rate out of nobody.
        case noPopulation

        /// The rate, if there is one.
        public var rate: Double? {
            switch self {
            case .estimated(let rate), .ownRate(let rate): rate
            case .noPopulation: nil
            }
        }
    }

    /// The cases of the neighbourhood over its population.
    ///
    /// Agrees with esda `Spatial_Rate`. A population of 0 is allowed: such a unit takes the rate
    /// of its neighbours. A negative or infinite count is a wrong call.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func smoothed(
        cases: [Double],
        population: [Double],
        weights: SpatialWeights
    ) -> [Outcome] {
        check(cases, population, weights)
        let otherCases = weights.neighbourSums(of: cases)
        let otherPopulation = weights.neighbourSums(of: population)
        return cases.indices.map { unit in
            let people = population[unit] + otherPopulation[unit]
            guard people > 0 else { return .noPopulation }
            let rate = (cases[unit] + otherCases[unit]) / people
            return weights.neighbourCount(of: unit) > 0 ? .estimated(rate: rate) : .ownRate(rate)
        }
    }

    /// Marshall's estimate with the neighbourhood in the place of the map: b_i + a_i (p_i - b_i) /
    /// (a_i + b_i/n_i), b_i the rate of the neighbourhood, a_i = max(0, s2_i - b_i/mean n).
    ///
    /// s2_i is the variance of the rates around b_i, each weighed by its population. Marshall
    /// (1991), Applied Statistics 40, 283-294; the form of GeoDa, esda
    /// `Spatial_Empirical_Bayes` and spdep `EBlocal(geoda = TRUE)`. (By default spdep takes each
    /// neighbour's deviation from *its* neighbourhood, which can differ by a factor of two.)
    ///
    /// With a_i = 0, or no cases around, the estimate is b_i; a unit with a population of 0 has
    /// no own rate and gets b_i as well. It adds nothing to s2_i, and is not counted in mean n.
    /// - Complexity: O(*n* + *w*), *w* the stored weights.
    public static func empiricalBayes(
        cases: [Double],
        population: [Double],
        weights: SpatialWeights
    ) -> [Outcome] {
        check(cases, population, weights)
        return cases.indices.map { unit in
            var members = [unit] + weights.neighbours(of: unit)
            members.removeAll { population[$0] == 0 }
            let people = members.reduce(0) { $0 + population[$1] }
            guard people > 0 else { return .noPopulation }
            let local = members.reduce(0) { $0 + cases[$1] } / people
            guard weights.neighbourCount(of: unit) > 0 else { return .ownRate(local) }
            guard population[unit] > 0 else { return .estimated(rate: local) }
            let spread = members.reduce(0) { sum, member in
                let deviation = cases[member] / population[member] - local
                return sum + population[member] * deviation * deviation
            }
            let between = max(0, spread / people - local * Double(members.count) / people)
            guard between > 0 else { return .estimated(rate: local) }
            let own = cases[unit] / population[unit]
            let trust = between / (between + local / population[unit])
            return .estimated(rate: local + (own - local) * trust)
        }
    }

    /// The cases of each unit over those expected at the overall rate: y_i / (b n_i), 1 where the
    /// unit is as the whole.
    ///
    /// Agrees with esda `Excess_Risk`. NaN for a unit with a population of 0, and everywhere
    /// when the whole map has no cases: no ratio to nothing. Small units reach extreme values by
    /// chance; rank by exceedance (`BetaBinomial`) instead.
    /// - Complexity: O(*n*).
    public static func relativeRisks(cases: [Double], population: [Double]) -> [Double] {
        checkCounts(cases, population)
        let rate = cases.reduce(0, +) / population.reduce(0, +)
        return zip(cases, population).map { y, n in rate > 0 && n > 0 ? y / (n * rate) : .nan }
    }

    private static func check(
        _ cases: [Double],
        _ population: [Double],
        _ weights: SpatialWeights
    ) {
        precondition(
            cases.count == weights.count,
            "\(cases.count) counts of cases for \(weights.count) units"
        )
        checkCounts(cases, population)
    }

    private static func checkCounts(_ cases: [Double], _ population: [Double]) {
        precondition(
            cases.count == population.count,
            "\(cases.count) counts of cases, \(population.count) of population"
        )
        for (unit, (y, n)) in zip(cases, population).enumerated() {
            precondition(y >= 0 && y.isFinite, "unit \(unit) has \(y) cases")
            precondition(n >= 0 && n.isFinite, "unit \(unit) has a population of \(n)")
            precondition(n > 0 || y == 0, "unit \(unit) has \(y) cases but no population")
        }
    }
}
