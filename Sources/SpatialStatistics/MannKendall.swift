internal import Foundation

/// The Mann-Kendall test of whether a series rises or falls, whatever the shape of the trend.
///
/// S = sum over i < j of sign(x_j - x_i). Mann (1945), Econometrica 13, 245-259; Kendall (1975),
/// "Rank correlation methods". Agrees with SciPy `kendalltau` and pymannkendall `original_test`.
/// Values are taken as independent; a series with memory shows trends too often.
public struct MannKendall: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case tested(MannKendall)
        /// All values equal: S and the slope are 0, and there is nothing to test.
        case constant(count: Int)
        /// Fewer than two values.
        case tooFewValues(count: Int)

        /// The test, if there is one.
        public var test: MannKendall? {
            if case .tested(let test) = self { test } else { nil }
        }
    }

    /// Values that were not missing.
    public let count: Int
    /// S: pairs that rise less pairs that fall.
    public let score: Int
    /// [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18, t the sizes of the groups of equal values.
    public let variance: Double
    /// (S - sign S) / sqrt(variance); 0 if S = 0.
    public let zScore: Double
    /// Two-sided, by the normal distribution.
    public let pValue: Double
    /// The chance of an |S| at least this large over all n! orders.
    ///
    /// Nil with ties or more than `longestExact` values. With fewer than ten values the normal
    /// one is a rough guess.
    public let exactPValue: Double?
    /// Kendall's tau-b: S over the geometric mean of the pairs not tied in value and in time.
    public let tauB: Double
    /// The median of the slopes of all pairs, per step of time; Sen (1968), Journal of the
    /// American Statistical Association 63, 1379-1389.
    public let senSlope: Double

    /// The longest series that gets an exact p-value.
    public static let longestExact = 60

    /// The test of a series at times 0, 1, 2 and so on, nil where a value is missing.
    ///
    /// Missing values are dropped; the slope still counts the time they took. A value that is
    /// not finite is a wrong call.
    /// - Complexity: O(*n*^2 log *n*), for the median of the slopes.
    public static func outcome(of series: [Double?]) -> Outcome {
        var times: [Double] = []
        var values: [Double] = []
        for (time, value) in series.enumerated() {
            guard let value else { continue }
            precondition(value.isFinite, "the value at time \(time) is \(value)")
            times.append(Double(time))
            values.append(value)
        }
        guard let first = values.first, values.count > 1 else {
            return .tooFewValues(count: values.count)
        }
        guard values.contains(where: { $0 != first }) else {
            return .constant(count: values.count)
        }
        return .tested(MannKendall(times, values))
    }

    /// At least two values, not all equal.
    private init(_ times: [Double], _ values: [Double]) {
        var rising = 0
        var falling = 0
        var slopes: [Double] = []
        slopes.reserveCapacity(values.count * (values.count - 1) / 2)
        for later in values.indices.dropFirst() {
            for earlier in 0..<later {
                if values[later] > values[earlier] { rising += 1 }
                if values[later] < values[earlier] { falling += 1 }
                slopes.append(
                    (values[later] - values[earlier]) / (times[later] - times[earlier])
                )
            }
        }
        count = values.count
        score = rising - falling
        let n = Double(values.count)
        let tied = tieGroups(values.sorted()).reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
        variance = (n * (n - 1) * (2 * n + 5) - Double(tied)) / 18
        zScore = Double(score - score.signum()) / variance.squareRoot()
        pValue = erfc(abs(zScore) / 2.0.squareRoot())
        let pairs = n * (n - 1) / 2
        tauB = Double(score) / (Double(rising + falling) * pairs).squareRoot()
        senSlope = median(slopes)
        exactPValue =
            tied == 0 && count <= MannKendall.longestExact
            ? min(1, 2 * inversionTail(count: count, upTo: min(rising, falling))) : nil
    }
}

/// The sizes of the runs of equal values.
private func tieGroups(_ sorted: [Double]) -> [Int] {
    var sizes: [Int] = []
    for index in sorted.indices {
        if index > 0, sorted[index] == sorted[index - 1] {
            sizes[sizes.count - 1] += 1
        } else {
            sizes.append(1)
        }
    }
    return sizes
}

private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
        ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// The chance that a random order of `count` values has at most `limit` falling pairs.
///
/// Value k of the order, put in among the first k - 1, makes 0 to k - 1 falling pairs, each with
/// chance 1/k: the distribution is built up by running sums. Only sums up to the lesser half are
/// asked for, where all terms grow and no digits cancel.
/// - Complexity: O(`count` `limit`).
private func inversionTail(count: Int, upTo limit: Int) -> Double {
    var chances = [Double](repeating: 0, count: limit + 1)
    chances[0] = 1
    for size in 1...count {
        var window = 0.0
        var next = chances
        for pairs in chances.indices {
            window += chances[pairs]
            if pairs >= size { window -= chances[pairs - size] }
            next[pairs] = window / Double(size)
        }
        chances = next
    }
    return chances.reduce(0, +)
}
