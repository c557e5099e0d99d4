/// Counts keluarga by desa, together with how much uncertain placement may change the counts.
///
/// ## The model
///
/// A keluarga near a border, or with a name that two desa bear, is in each of them with a
/// probability. How much the counts may be wrong depends on whether the keluarga err together:
///
/// - **At one border they do.** If the line lies 20 m too far south, it does so for every house
///   along it; if a name was understood wrongly once, it was so each time. All keluarga that
///   hesitate between the same two desa are therefore taken as *fully* dependent: one uniform
///   number decides for all (`SharedBorderCount`). For given probabilities no other dependence
///   makes the count vary more.
/// - **Different borders do not.** The shares that a desa has of its borders are independent and
///   their distributions are convolved (`CountDistribution`).
/// - **If in truth each errs alone** (a hand-held device), the count is a sum of independent
///   draws. Its own 95 % range, expected ± 1.96 √Σp(1 − p), is taken into the interval as well:
///   with many small probabilities it can reach beyond the range above.
///
/// A keluarga with three or more possible desa counts, for each of them, at the border with the
/// strongest of the others. Variances are then full and none is counted twice.
///
/// ## In which direction it errs
///
/// The interval is wider than needed where families at a border err partly on their own, which is
/// the rule. Between the two extremes it holds the truth with at least 95 %, see the simulations
/// in the tests. It is too narrow where several borders of a desa are wrong for one common reason,
/// such as a boundary set moved as a whole or one of two sets being right everywhere; and it knows
/// only of errors that the probabilities know of.
public struct PlacementTally: Sendable {
    /// A little less than 2.5 %: probabilities are in bins of 1 %, half of which may be lost.
    fileprivate static let tail = 0.02

    /// The intervals of one desa.
    public struct Counts: Hashable, Sendable {
        public let all: PlacementInterval
        /// Of the keluarga in extreme poverty.
        public let extreme: PlacementInterval
    }

    fileprivate struct Side: Hashable {
        let desa: Int
        /// The strongest rival; -1 for a place outside of all.
        let rival: Int
    }

    fileprivate struct Sums {
        var best = 0
        var sure = 0
        var possible = 0
        var expected = 0.0
        var variance = 0.0
    }

    fileprivate struct Subset {
        var sums: [Sums]
        var borders: [Side: SharedBorderCount] = [:]

        init(desaCount: Int) {
            sums = Array(repeating: Sums(), count: desaCount)
        }
    }

    private var all: Subset
    private var extreme: Subset

    public init(desaCount: Int) {
        precondition(desaCount >= 0, "\(desaCount) desa")
        all = Subset(desaCount: desaCount)
        extreme = all
    }

    /// Counts a keluarga.
    ///
    /// - Parameters:
    ///   - best: the desa that it is placed in; nil for none.
    ///   - probabilities: desa with their probabilities, which may add up to less than 1: the rest
    ///     is outside of all. A desa that comes twice has the sum. Empty: `best` is certain.
    ///   - isExtreme: whether it lives in extreme poverty.
    public mutating func add(
        best: Int?,
        probabilities: [(desa: Int, p: Double)],
        isExtreme: Bool
    ) {
        all.add(best: best, probabilities)
        if isExtreme { extreme.add(best: best, probabilities) }
    }

    /// The counts of each desa with their intervals.
    ///
    /// - Complexity: O(keluarga at the desa's borders · 200) for each desa, at most 1024 values.
    public func counts() -> [Counts] {
        zip(all.intervals(), extreme.intervals()).map { Counts(all: $0, extreme: $1) }
    }
}

extension PlacementTally.Subset {
    mutating func add(best: Int?, _ probabilities: [(desa: Int, p: Double)]) {
        if let best { sums[best].best += 1 }
        if probabilities.count < 2 {
            // The common case, without a copy.
            guard let only = probabilities.first else {
                if let best { addSure(best) }
                return
            }
            if only.p >= 1 {
                addSure(only.desa)
                return
            }
        }
        let merged = Self.merged(probabilities)
        for (desa, p) in merged where p > 0 && desa >= 0 {
            if p >= 1 - 1e-9 {
                addSure(desa)
                continue
            }
            sums[desa].possible += 1
            sums[desa].expected += p
            sums[desa].variance += p * (1 - p)
            let rival = merged.filter { $0.desa != desa }.max { $0.p < $1.p }?.desa ?? -1
            borders[PlacementTally.Side(desa: desa, rival: rival), default: SharedBorderCount()]
                .add(p)
        }
    }

    private mutating func addSure(_ desa: Int) {
        sums[desa].sure += 1
        sums[desa].possible += 1
        sums[desa].expected += 1
    }

    /// Each desa once, and what is missing from 1 as desa -1.
    private static func merged(_ probabilities: [(desa: Int, p: Double)]) -> [(
        desa: Int, p: Double
    )] {
        var merged: [(desa: Int, p: Double)] = []
        var rest = 1.0
        for (desa, p) in probabilities {
            precondition(p >= 0 && p <= 1 + 1e-9, "a probability of \(p)")
            rest -= p
            if let index = merged.firstIndex(where: { $0.desa == desa }) {
                merged[index].p += p
            } else {
                merged.append((desa, p))
            }
        }
        precondition(rest > -1e-6, "probabilities add up to \(1 - rest)")
        if rest > 1e-9 { merged.append((-1, rest)) }
        return merged
    }

    func intervals() -> [PlacementInterval] {
        var bordersOfDesa: [[SharedBorderCount]] = Array(repeating: [], count: sums.count)
        for (side, count) in borders.sorted(by: { $0.key.rival < $1.key.rival }) {
            bordersOfDesa[side.desa].append(count)
        }
        return sums.indices.map { interval(sums[$0], borders: bordersOfDesa[$0]) }
    }

    private func interval(
        _ sums: PlacementTally.Sums,
        borders: [SharedBorderCount]
    ) -> PlacementInterval {
        guard !borders.isEmpty else {
            return PlacementInterval(
                count: sums.best, expected: sums.expected, lower: sums.sure, upper: sums.possible)
        }
        let together = CountDistribution(sumOf: borders).range(tail: PlacementTally.tail)
        let alone = 1.96 * sums.variance.squareRoot()
        let lower = min(
            sums.sure + together.lower, Int((sums.expected - alone).rounded(.down)))
        let upper = max(
            sums.sure + together.upper, Int((sums.expected + alone).rounded(.up)))
        return PlacementInterval(
            count: sums.best,
            expected: sums.expected,
            lower: max(lower, sums.sure),
            upper: min(upper, sums.possible))
    }
}
