/// Adjusted p-values (q-values) that hold the share of false discoveries of one run.
public enum FalseDiscoveryRate {
    public enum Method: Hashable, Sendable {
        /// Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57, 289-300: for independent or
        /// positively dependent tests, as neighbouring units are.
        case benjaminiHochberg
        /// Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188: for any
        /// dependence; wider by 1 + 1/2 + ... + 1/m.
        case benjaminiYekutieli
    }

    /// The q-value of each p-value: the least rate at which it would still be rejected,
    /// q_(i) = min over j >= i of c m p_(j) / j, at most 1.
    ///
    /// NaN stands for a unit that was not tested; it stays NaN and is not counted in m.
    /// Agrees with R `p.adjust`.
    /// - Complexity: O(*m* log *m*).
    public static func qValues(
        of pValues: [Double],
        method: Method = .benjaminiHochberg
    ) -> [Double] {
        for (unit, p) in pValues.enumerated() {
            precondition(p.isNaN || (0...1).contains(p), "the p-value of unit \(unit) is \(p)")
        }
        let ascending = pValues.indices.filter { !pValues[$0].isNaN }
            .sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        let m = Double(ascending.count)
        let factor =
            switch method {
            case .benjaminiHochberg: m
            case .benjaminiYekutieli: m * ascending.indices.reduce(0) { $0 + 1 / Double($1 + 1) }
            }
        var qValues = [Double](repeating: .nan, count: pValues.count)
        var least = 1.0
        for rank in ascending.indices.reversed() {
            let unit = ascending[rank]
            least = min(least, factor * pValues[unit] / Double(rank + 1))
            qValues[unit] = least
        }
        return qValues
    }

    /// The fewest permutations R with which one unit alone can reach `rate` in a family of
    /// `tested`: R + 1 >= 2 m / q.
    ///
    /// The least two-sided pseudo p-value is 2/(R + 1), and a lone discovery needs p <= q/m. With
    /// fewer permutations a map can stay empty however strong its pattern.
    public static func minimumPermutations(
        tested: Int,
        falseDiscoveryRate rate: Double
    ) -> Int {
        precondition(tested >= 0, "\(tested) tested units")
        precondition(rate > 0 && rate <= 1, "a false discovery rate of \(rate)")
        let needed = 2 * Double(tested) / rate
        // 2 * 330 / 0.05 must not become 13,201 by rounding.
        return max(0, Int((needed * (1 - 1e-12)).rounded(.up)) - 1)
    }
}
