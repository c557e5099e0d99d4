/// From the relative risk of a desa to the shares of its ten desil.
///
/// The share of desil 1 in desa i is proportional to its relative risk, scaled so that the expected
/// number in the kabupaten is the published one. The other cut points move with it on the scale of
/// log odds (proportional odds): logit F_i(d) = theta_d + logit F_i(1), with theta_d found so that
/// the kabupaten as a whole keeps `cumulativeShares`.
///
/// Published in `cumulativeShares`: 3.97 % (15,407 of 387,794) and 16.31 % (P0, March 2025).
/// Assumed: the rest, for a kabupaten poorer than the country, with 45 % in desil 1 to 4. Desil 1
/// stands for extreme poverty; a true desil 1 of the country would hold 10 % of its people.
enum DesilModel {
    /// F(1) to F(9) in the kabupaten.
    static let cumulativeShares = [
        Double(PublishedFigures.extremeKeluarga) / Double(PublishedFigures.keluarga),
        PublishedFigures.povertyRate, 0.31, 0.45, 0.575, 0.685, 0.785, 0.87, 0.945,
    ]

    /// The highest share of desil 1 that a desa can get.
    private static let ceiling = 0.9

    /// For each desa the probabilities of desil 1 to 10.
    static func probabilities(relativeRisks: [Double], keluarga: [Int]) -> [[Double]] {
        let weights = keluarga.map(Double.init)
        let total = weights.reduce(0, +)
        guard total > 0 else {
            return relativeRisks.map { _ in differences(of: cumulativeShares) }
        }
        let weighedRisk = zip(relativeRisks, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let first = relativeRisks.map {
            min(ceiling, $0 * cumulativeShares[0] * total / weighedRisk)
        }
        let logOdds = first.map(PortableMath.logit)
        let thresholds = cumulativeShares.dropFirst().map { share in
            threshold(for: share * total, logOdds: logOdds, weights: weights)
        }
        return zip(first, logOdds).map { first, logOdds in
            differences(of: [first] + thresholds.map { PortableMath.logistic($0 + logOdds) })
        }
    }

    /// The theta at which the weighed sum of logistic(theta + log odds) is `target`, by bisection.
    private static func threshold(
        for target: Double,
        logOdds: [Double],
        weights: [Double]
    ) -> Double {
        var (low, high) = (0.0, 20.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let sum = zip(logOdds, weights).reduce(0) {
                $0 + $1.1 * PortableMath.logistic(middle + $1.0)
            }
            if sum < target { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func differences(of cumulative: [Double]) -> [Double] {
        zip(cumulative + [1], [0] + cumulative).map { $0 - $1 }
    }

    /// The number of extreme poor in each desa: a Bernoulli draw for each family, then single
    /// families more or fewer, drawn likewise, until the sum is `total`.
    ///
    /// About 120 of 15,407 are moved, so the counts stay binomial within their desa to 1 %.
    static func extremeCounts(
        probabilities: [Double],
        keluarga: [Int],
        total: Int,
        generator: inout SeededGenerator
    ) -> [Int] {
        precondition(total <= keluarga.reduce(0, +), "more extreme poor than families")
        var counts = zip(probabilities, keluarga).map { probability, size in
            (0..<size).reduce(0) { count, _ in
                generator.happens(probability) ? count + 1 : count
            }
        }
        var difference = total - counts.reduce(0, +)
        while difference != 0 {
            let isShort = difference > 0
            let weights = counts.indices.map { index in
                isShort
                    ? Double(keluarga[index] - counts[index]) * probabilities[index]
                        / (1 - probabilities[index])
                    : Double(counts[index])
            }
            counts[generator.index(weighedBy: weights)] += isShort ? 1 : -1
            difference += isShort ? -1 : 1
        }
        return counts
    }
}
