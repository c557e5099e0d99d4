internal import Foundation

/// The probability of each pair when a record has at most one partner.
///
/// With prior odds *o* for any two free records, a pair of weight *w* alone would have the odds
/// *o* 2^*w*. All one-to-one sets of pairs, each with the product of the odds in it, are a matching
/// model; belief propagation gives the share of the sets that hold a pair (exact where candidates
/// form no ring). A namesake next door takes from the probability, unless he has a surer partner
/// himself.
struct Competition {
    private let first: [Int32]
    private let second: [Int32]
    private let likelihoods: [Double]
    /// The chance that a record is free for the pair, judged by its other candidates.
    private var freeFirst: [Double]
    private var freeSecond: [Double]
    private var sumsFirst: [Double]
    private var sumsSecond: [Double]

    /// Beyond these odds a pair is certain and the rest of a sum would be lost in rounding.
    private static let mostOdds = 1e9

    init(_ candidates: [Candidate], firstSize: Int, secondSize: Int) {
        first = candidates.map(\.first)
        second = candidates.map(\.second)
        likelihoods = candidates.map { exp2(Double($0.bits)) }
        freeFirst = Array(repeating: 1, count: candidates.count)
        freeSecond = freeFirst
        sumsFirst = Array(repeating: 0, count: firstSize)
        sumsSecond = Array(repeating: 0, count: secondSize)
    }

    /// One for each candidate; starts from where the last call ended.
    ///
    /// - Complexity: O(*r c*) for *r* rounds and *c* candidates.
    mutating func probabilities(priorOdds: Double, rounds: Int) -> [Double] {
        let odds = likelihoods.map { min(Self.mostOdds, priorOdds * $0) }
        for _ in 0..<rounds {
            Self.update(&freeFirst, &sumsFirst, odds, against: freeSecond, rows: first)
            Self.update(&freeSecond, &sumsSecond, odds, against: freeFirst, rows: second)
        }
        return odds.indices.map { index in
            let own = odds[index] * freeFirst[index] * freeSecond[index]
            return own / (1 + own)
        }
    }

    private static func update(
        _ free: inout [Double],
        _ sums: inout [Double],
        _ odds: [Double],
        against other: [Double],
        rows: [Int32]
    ) {
        for index in sums.indices { sums[index] = 0 }
        for index in odds.indices { sums[Int(rows[index])] += odds[index] * other[index] }
        for index in odds.indices {
            // Rounding must not make the sum of the others negative.
            let others = max(0, sums[Int(rows[index])] - odds[index] * other[index])
            free[index] = 1 / (1 + others)
        }
    }
}
