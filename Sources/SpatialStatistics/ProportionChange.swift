internal import Foundation

/// Whether a proportion has changed between two counts that may hold the same people in part.
///
/// Of the second count n2, c people were counted the first time too, and what they were then
/// tells what they are now: their answers have the correlation phi. Under no change
///
///     z = (p2 - p1) / sqrt(p (1-p) (1/n1 + 1/n2 - 2 phi c / (n1 n2))),   p = (x1+x2)/(n1+n2)
///
/// which is the score test of two proportions for c = 0, and McNemar's for c = n1 = n2 (Derrick,
/// Dobson-Mckittrick, Toher and White 2015, "Test statistics for comparing two proportions with
/// partially overlapping samples", Journal of Applied Quantitative Methods 10(3), 1-14). With
/// phi > 0 a test that takes both counts for independent finds too little.
public enum ProportionChange {
    /// How many have it, of how many.
    public struct Count: Hashable, Sendable {
        public let cases: Int
        public let people: Int

        /// A wrong call: nobody, or more cases than people.
        public init(cases: Int, people: Int) {
            precondition(
                people > 0 && (0...people).contains(cases), "\(cases) cases of \(people)")
            self.cases = cases
            self.people = people
        }

        public var proportion: Double { Double(cases) / Double(people) }
    }

    public enum Method: Hashable, Sendable {
        case score
        /// Where fewer than five cases, or than five without, are expected in one of the counts:
        /// Fisher's conditional test with half of the probability of what was observed (mid-p),
        /// doubled. It takes both counts for independent, which finds too little rather than
        /// too much.
        case midP
    }

    public struct Result: Hashable, Sendable {
        /// Second less first.
        public let difference: Double
        /// Two-sided.
        public let pValue: Double
        public let method: Method
    }

    /// The test of one place.
    ///
    /// `inBoth` people are in both counts, at most as many as the smaller one holds; `correlation`
    /// is phi of their two answers, see `correlation(of:)`.
    /// - Complexity: O(1), O(*cases*) for the mid-p.
    public static func test(
        _ first: Count,
        _ second: Count,
        inBoth: Int = 0,
        correlation: Double = 0
    ) -> Result {
        precondition(
            (0...min(first.people, second.people)).contains(inBoth),
            "\(inBoth) people in counts of \(first.people) and \(second.people)")
        precondition((-1...1).contains(correlation), "a correlation of \(correlation)")
        let (n1, n2) = (Double(first.people), Double(second.people))
        let difference = second.proportion - first.proportion
        let pooled = Double(first.cases + second.cases) / (n1 + n2)
        let least = min(n1, n2) * min(pooled, 1 - pooled)
        guard least >= 5 else {
            return Result(
                difference: difference, pValue: midP(first, second), method: .midP)
        }
        let overlap = 2 * correlation * Double(inBoth) / (n1 * n2)
        let variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2 - overlap)
        // Nobody can change when all are the same people with the same answers.
        let z = variance > 1e-12 * pooled / n1 ? difference / variance.squareRoot() : 0
        return Result(
            difference: difference, pValue: min(1, erfc(abs(z) / 2.0.squareRoot())),
            method: .score)
    }

    /// Of the people of a place that are in both counts: how many are cases before, after, both.
    public struct Pairs: Hashable, Sendable {
        public let people: Int
        public let before: Int
        public let after: Int
        public let bothTimes: Int

        public init(people: Int, before: Int, after: Int, bothTimes: Int) {
            precondition(
                bothTimes >= 0 && bothTimes <= min(before, after)
                    && before + after - bothTimes <= people,
                "\(before), \(after) and \(bothTimes) of \(people)")
            self.people = people
            self.before = before
            self.after = after
            self.bothTimes = bothTimes
        }
    }

    /// The correlation of the two answers of one person, within places: covariances and
    /// standard deviations are summed over the places first, since one place has few cases.
    ///
    /// Nil where no place has people of both kinds.
    public static func correlation(of places: [Pairs]) -> Double? {
        var covariance = 0.0
        var scale = 0.0
        for place in places where place.people > 0 {
            let n = Double(place.people)
            let (p1, p2) = (Double(place.before) / n, Double(place.after) / n)
            covariance += Double(place.bothTimes) - n * p1 * p2
            scale += n * (p1 * (1 - p1) * p2 * (1 - p2)).squareRoot()
        }
        return scale > 0 ? min(1, max(-1, covariance / scale)) : nil
    }

    private static func midP(_ first: Count, _ second: Count) -> Double {
        let cases = first.cases + second.cases
        let people = first.people + second.people
        func logProbability(_ x: Int) -> Double {
            logChoose(second.people, x) + logChoose(first.people, cases - x)
                - logChoose(people, cases)
        }
        let observed = exp(logProbability(second.cases))
        let lowest = max(0, cases - first.people)
        let highest = min(cases, second.people)
        let (low, high) = (lowest...second.cases, second.cases...highest)
        // The shorter tail; the other one is the rest.
        let isLow = low.count <= high.count
        let tail = (isLow ? low : high).reduce(0) { $0 + exp(logProbability($1)) } - observed / 2
        return min(1, 2 * min(tail, max(0, 1 - tail)))
    }

    private static func logChoose(_ n: Int, _ k: Int) -> Double {
        logFactorial(n) - logFactorial(k) - logFactorial(n - k)
    }
}
