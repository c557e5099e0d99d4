internal import Foundation

/// Counts per area under the null hypothesis, with the total kept, or that of each of some strata.
///
/// The cases are split off area by area. Poisson: each conditional count is binomial, together
/// they are multinomial with shares n_i / N. Bernoulli: each is hypergeometric, together they are
/// multivariate hypergeometric. One random number per area is inverted from the mode of its
/// distribution outwards, so the work grows with the standard deviation of a count, and neither
/// with its mean nor with the population. A map of one stratum is the usual case; periods whose
/// totals are kept are strata, one after the other.
struct ScanNullDraw: Sendable {
    private struct Area: Sendable {
        let population: Int
        /// The population of this area and of all later ones of its stratum.
        let remaining: Int
        /// What a log probability needs of the two numbers above.
        let logTerms: Double
        let logShare: Double
        let logRest: Double
    }

    private let areas: [Area]
    private let model: ScanStatistic.Model
    private let strata: [Stratum]
    private let stream: CounterRandom.Stream

    /// Areas that share a number of cases among themselves.
    struct Stratum: Sendable {
        let areas: Range<Int>
        let cases: Int
    }

    init(population: [Int], totalCases: Int, model: ScanStatistic.Model, seed: UInt64) {
        self.init(
            population: population,
            strata: [Stratum(areas: population.indices, cases: totalCases)],
            model: model,
            seed: seed
        )
    }

    /// Strata that cover `population` in order.
    init(population: [Int], strata: [Stratum], model: ScanStatistic.Model, seed: UInt64) {
        let remainders = strata.flatMap { stratum in
            var remaining = population[stratum.areas].reduce(0, +)
            return population[stratum.areas].map { people in
                defer { remaining -= people }
                return remaining
            }
        }
        areas = zip(population, remainders).map { people, remaining in
            let rest = remaining - people
            return Area(
                population: people,
                remaining: remaining,
                logTerms: logFactorial(people) + logFactorial(rest) - logFactorial(remaining),
                logShare: people > 0 ? log(Double(people) / Double(remaining)) : 0,
                logRest: rest > 0 ? log(Double(rest) / Double(remaining)) : 0
            )
        }
        self.model = model
        self.strata = strata
        stream = CounterRandom.Stream(seed: seed, number: 0)
    }

    /// Hands the count of each area to `body`, which is not called for areas without cases.
    func draw(_ replica: Int, _ body: (_ area: Int, _ cases: Int) -> Void) {
        var random = CounterRandom(stream, replica: replica)
        for stratum in strata {
            var left = stratum.cases
            for index in stratum.areas where left > 0 && areas[index].population > 0 {
                let area = areas[index]
                let uniform = Double(random.next() >> 11) * 0x1p-53
                let cases =
                    if area.population == area.remaining {
                        left
                    } else {
                        switch model {
                        case .poisson: binomial(area, left, uniform)
                        case .bernoulli: hypergeometric(area, left, uniform)
                        }
                    }
                if cases > 0 { body(index, cases) }
                left -= cases
            }
        }
    }

    /// Of `left` cases those that fall to `area`, each with chance n / m.
    private func binomial(_ area: Area, _ left: Int, _ uniform: Double) -> Int {
        let odds = Double(area.population) / Double(area.remaining - area.population)
        let mode = min(left, (left + 1) * area.population / area.remaining)
        let logChance =
            logFactorial(left) - logFactorial(mode) - logFactorial(left - mode)
            + Double(mode) * area.logShare + Double(left - mode) * area.logRest
        return invert(
            uniform, mode: mode, in: 0...left, chance: exp(logChance)
        ) { count in
            // f(k + 1) / f(k)
            Double(left - count) / Double(count + 1) * odds
        }
    }

    /// Of `left` people drawn without replacement from m those that live in `area`.
    private func hypergeometric(_ area: Area, _ left: Int, _ uniform: Double) -> Int {
        let people = area.population
        let rest = area.remaining - people
        let lowest = max(0, left - rest)
        let highest = min(left, people)
        let mode = min(
            highest,
            max(lowest, (left + 1) * (people + 1) / (area.remaining + 2))
        )
        let logChance =
            area.logTerms + logFactorial(left) + logFactorial(area.remaining - left)
            - logFactorial(mode) - logFactorial(left - mode)
            - logFactorial(people - mode) - logFactorial(rest - left + mode)
        return invert(
            uniform, mode: mode, in: lowest...highest, chance: exp(logChance)
        ) { count in
            (Double(people - count) * Double(left - count))
                / (Double(count + 1) * Double(rest - left + count + 1))
        }
    }

    /// The count at which the chances, added up from the mode outwards on both sides in turn,
    /// pass `uniform`.
    @inline(__always)
    private func invert(
        _ uniform: Double,
        mode: Int,
        in support: ClosedRange<Int>,
        chance: Double,
        growth: (Int) -> Double
    ) -> Int {
        var left = uniform - chance
        var up = mode
        var down = mode
        var chanceUp = chance
        var chanceDown = chance
        while left >= 0 {
            if up < support.upperBound {
                chanceUp *= growth(up)
                up += 1
                left -= chanceUp
                if left < 0 { return up }
            } else {
                chanceUp = 0
            }
            if down > support.lowerBound {
                down -= 1
                chanceDown /= growth(down)
                left -= chanceDown
                if left < 0 { return down }
            } else {
                chanceDown = 0
            }
            // What rounding left of the whole belongs to no count.
            if chanceUp + chanceDown < 1e-17 { return mode }
        }
        return mode
    }
}

/// ln n!, from a table or by the series of Stirling; both to rounding.
func logFactorial(_ number: Int) -> Double {
    if number < smallLogFactorials.count { return smallLogFactorials[number] }
    let n = Double(number)
    let square = 1 / (n * n)
    let correction = (1.0 / 12 - square * (1.0 / 360 - square / 1_260)) / n
    return (n + 0.5) * log(n) - n + 0.918_938_533_204_672_74 + correction
}

private let smallLogFactorials: [Double] = {
    var sums = [0.0]
    for number in 1..<1_024 { sums.append(sums[number - 1] + log(Double(number))) }
    return sums
}()
