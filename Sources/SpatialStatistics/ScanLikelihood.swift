internal import Foundation

/// The log likelihood ratio of one zone against the rest of the map.
///
/// All arguments are whole numbers, so that zones with the same counts tie exactly.
struct ScanLikelihood: Sendable {
    let model: ScanStatistic.Model
    let rates: ScanStatistic.Rates
    /// C, below 2^31 so that C N fits an `Int`.
    let totalCases: Int
    /// N, below 2^32.
    let totalPopulation: Int

    /// +1 where many cases are sought, -1 where few are.
    var sign: Int { rates == .high ? 1 : -1 }

    /// e = C n / N.
    func expectation(population: Int) -> Double {
        Double(totalCases * population) / Double(totalPopulation)
    }

    /// The LLR of c cases among n people; 0 where the zone does not lie on the side sought.
    ///
    /// With d = c - e every term x ln(x / m) is x log1p(±d / m), which loses no digits where the
    /// zone is a small part of a large population.
    func ratio(cases: Int, population: Int) -> Double {
        let difference = cases * totalPopulation - totalCases * population
        guard difference * sign > 0 else { return 0 }
        let excess = Double(difference) / Double(totalPopulation)
        let expected = expectation(population: population)
        let inside = term(cases, excess, expected)
        let outside = term(totalCases - cases, -excess, Double(totalCases) - expected)
        switch model {
        case .poisson:
            return max(0, inside + outside)
        case .bernoulli:
            let rest = totalPopulation - totalCases
            let restExpected = Double(population) - expected
            let restCount = population - cases
            let insideRest = term(restCount, -excess, restExpected)
            let outsideRest = term(rest - restCount, excess, Double(rest) - restExpected)
            return max(0, inside + outside + insideRest + outsideRest)
        }
    }

    /// x ln(x / m) with x = m + `excess`; 0 ln 0 = 0.
    @inline(__always)
    private func term(_ count: Int, _ excess: Double, _ expected: Double) -> Double {
        count == 0 ? 0 : Double(count) * log1p(excess / expected)
    }

    /// The number of cases nearest to the expected one whose ratio reaches `floor`; nil when
    /// none does.
    ///
    /// The ratio rises with the distance from the expected number, so a few steps from the
    /// normal approximation LLR = d^2 / 2v settle it.
    func nearestCases(population: Int, reaching floor: Double) -> Int? {
        let product = totalCases * population
        // The first whole number strictly beyond e, and the last one possible.
        let first =
            rates == .high
            ? product / totalPopulation + 1
            : (product + totalPopulation - 1) / totalPopulation - 1
        let last: Int
        switch (rates, model) {
        case (.high, .poisson): last = population > 0 ? totalCases : 0
        case (.high, .bernoulli): last = min(totalCases, population)
        case (.low, .poisson): last = 0
        case (.low, .bernoulli): last = max(0, totalCases - (totalPopulation - population))
        }
        let steps = (last - first) * sign
        guard steps >= 0, ratio(cases: last, population: population) >= floor else { return nil }

        let expected = expectation(population: population)
        let share = Double(population) / Double(totalPopulation)
        let prevalence = Double(totalCases) / Double(totalPopulation)
        let variance = expected * (1 - share) * (model == .bernoulli ? 1 - prevalence : 1)
        let guess = (2 * floor * max(0, variance)).squareRoot()
        var failing = -1
        var reaching = steps
        var probe = Int(min(guess, Double(steps)))
        var stride = 1
        while reaching - failing > 1 {
            if probe <= failing || probe >= reaching { probe = failing + (reaching - failing) / 2 }
            if ratio(cases: first + sign * probe, population: population) >= floor {
                reaching = probe
                probe -= stride
            } else {
                failing = probe
                probe += stride
            }
            stride *= 2
        }
        return first + sign * reaching
    }
}
