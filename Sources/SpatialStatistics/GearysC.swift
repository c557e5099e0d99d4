internal import Foundation

/// Geary's C of a whole map, with its moments under the hypothesis of no spatial pattern: below 1
/// neighbours are alike, above 1 they differ more than by chance.
///
/// C = (n - 1) sum_ij w_ij (x_i - x_j)^2 / (2 S0 sum_i z_i^2) with z the deviations from the
/// mean; Geary (1954), The Incorporated Statistician 5, 115-145; moments of Cliff and Ord (1981),
/// "Spatial processes", p. 21 and 46. Agrees with esda `Geary`. An isolate is one of the n units
/// and adds nothing to the sum, so that the expectation is 1 on every map (spdep `geary.test`
/// does the same with `adjust.n = FALSE`).
public struct GearysC: Hashable, Sendable {
    public let statistic: Double
    /// Values drawn anew from one normal distribution.
    public let varianceUnderNormality: Double
    /// The values at hand dealt to other units; NaN with fewer than four units.
    public let varianceUnderRandomisation: Double

    public var expectation: Double { 1 }

    /// (C - 1) / standard deviation: *negative* where neighbours are alike (spdep turns it).
    public var zScoreUnderNormality: Double {
        (statistic - expectation) / varianceUnderNormality.squareRoot()
    }

    /// Negative where neighbours are alike.
    public var zScoreUnderRandomisation: Double {
        (statistic - expectation) / varianceUnderRandomisation.squareRoot()
    }

    /// C of `values`, or why there is none.
    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    public static func outcome(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised
    ) -> GlobalOutcome<GearysC> {
        GlobalOutcome(of: values, weights: weights) { field in
            GearysC(field, weights, style)
        }
    }

    /// Pseudo p-values when the values are dealt to the units anew, `permutations` times.
    ///
    /// `low` is small where neighbours are alike. Sums that differ by rounding only are ties.
    /// The result does not depend on the number of threads (nil: one per core), nor on the order
    /// of the units (`CanonicalOrder` says how far with repeated values).
    /// - Complexity: O(*R* (*n* + *w*)).
    public static func pValues(
        of values: [Double],
        weights: SpatialWeights,
        style: WeightStyle = .rowStandardised,
        permutations: Int,
        seed: UInt64,
        threads: Int? = nil
    ) -> GlobalOutcome<ConditionalPermutation.PValues> {
        GlobalOutcome(ofSorted: values, weights: weights) { field, weights in
            let rows = rowWeights(weights, style)
            let s0 = CliffOrdSums(weights, style).s0
            return globalPValues(
                of: field.deviations,
                permutations: permutations,
                seed: seed,
                threads: threads,
                // Of the size of the sum to be expected.
                tolerance: 1e-9 * s0 * field.sumOfSquares / Double(values.count)
            ) { squaredDifferences($0, weights, rows) }
        }
    }

    private init(_ field: FieldMoments, _ weights: SpatialWeights, _ style: WeightStyle) {
        let sums = CliffOrdSums(weights, style)
        let (s0, s1, s2) = (sums.s0, sums.s1, sums.s2)
        let n = Double(weights.count)
        let z = field.deviations
        statistic =
            (n - 1) * squaredDifferences(z, weights, rowWeights(weights, style))
            / (2 * s0 * field.sumOfSquares)
        varianceUnderNormality =
            ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
        guard n > 3 else {
            varianceUnderRandomisation = .nan
            return
        }
        let fourthPowers = z.reduce(0) { $0 + $1 * $1 * $1 * $1 }
        let kurtosis = n * fourthPowers / (field.sumOfSquares * field.sumOfSquares)
        let first = (n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * kurtosis)
        let second = (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * kurtosis) / 4
        let third = s0 * s0 * (n * n - 3 - (n - 1) * (n - 1) * kurtosis)
        varianceUnderRandomisation =
            (first - second + third) / (n * (n - 2) * (n - 3) * s0 * s0)
    }
}

/// sum_ij w_ij (x_i - x_j)^2.
private func squaredDifferences(
    _ values: [Double],
    _ weights: SpatialWeights,
    _ rowWeights: [Double]
) -> Double {
    var sum = 0.0
    for unit in values.indices {
        var row = 0.0
        for neighbour in weights.neighbours(of: unit) {
            let difference = values[unit] - values[neighbour]
            row += difference * difference
        }
        sum += rowWeights[unit] * row
    }
    return sum
}

// MARK: - What the global statistics share

/// A statistic of a whole map, or why there is none.
public enum GlobalOutcome<Statistic> {
    case computed(Statistic)
    case noUnits
    /// All values equal but for rounding (1e-12 of the largest).
    case constantField
    /// No unit has a neighbour.
    case noLinks
    /// The denominator of this statistic is 0.
    case notDefined

    /// The statistic, if there is one.
    public var value: Statistic? {
        if case .computed(let statistic) = self { statistic } else { nil }
    }

    init(
        of values: [Double],
        weights: SpatialWeights,
        _ compute: (FieldMoments) -> Statistic?
    ) {
        let field = FieldMoments(values, weights: weights)
        if values.isEmpty {
            self = .noUnits
        } else if field.isConstant {
            self = .constantField
        } else if weights.linkCount == 0 {
            self = .noLinks
        } else {
            self = compute(field).map { .computed($0) } ?? .notDefined
        }
    }
}

extension GlobalOutcome {
    /// As above, with the units in their `CanonicalOrder`: draws then know no row order.
    init(
        ofSorted values: [Double],
        weights: SpatialWeights,
        _ compute: (FieldMoments, SpatialWeights) -> Statistic?
    ) {
        checkFinite(values, weights)
        let order = CanonicalOrder([values], weights)
        let ranked = order.ranked(weights)
        self.init(of: order.ranked(values), weights: ranked) { compute($0, ranked) }
    }
}

extension GlobalOutcome: Equatable where Statistic: Equatable {}
extension GlobalOutcome: Sendable where Statistic: Sendable {}

/// The weight of each neighbour of each unit.
func rowWeights(_ weights: SpatialWeights, _ style: WeightStyle) -> [Double] {
    (0..<weights.count).map { style.weight(ofEachOf: weights.neighbourCount(of: $0)) }
}

/// How often a statistic of `values` in shuffled order reaches the one in the given order.
///
/// - Complexity: `permutations` + 1 times `statistic`.
func globalPValues(
    of values: [Double],
    permutations: Int,
    seed: UInt64,
    threads: Int?,
    tolerance: Double,
    _ statistic: @Sendable ([Double]) -> Double
) -> ConditionalPermutation.PValues {
    precondition(permutations > 0, "\(permutations) permutations")
    let threads = threadCount(threads)
    let observed = statistic(values)
    let stream = CounterRandom.Stream(seed: seed, number: 0)
    // One slot per block of replicas: a shuffle costs an array, a block only one.
    let blocks = min(permutations, 64)
    let counts = parallelMap(blocks, threads: threads) { block in
        var dealt = values
        var count = (atLeast: 0, atMost: 0)
        for replica in stride(from: block, to: permutations, by: blocks) {
            var random = CounterRandom(stream, replica: replica)
            // From the given order each time, so that a replica is a function of its number.
            for unit in dealt.indices { dealt[unit] = values[unit] }
            for last in dealt.indices.dropFirst().reversed() {
                dealt.swapAt(last, random.next(below: last + 1))
            }
            let sum = statistic(dealt)
            if sum >= observed - tolerance { count.atLeast += 1 }
            if sum <= observed + tolerance { count.atMost += 1 }
        }
        return count
    }
    return ConditionalPermutation.PValues(
        atLeast: counts.reduce(0) { $0 + $1.atLeast },
        atMost: counts.reduce(0) { $0 + $1.atMost },
        replicas: permutations
    )
}
