internal import SpatialStatistics

/// What the report of `peta hotspots` says of the map as a whole, and of its weights.
extension AreaComputation {
    /// Values read in a draw of a whole map, times draws: more would keep a large map waiting
    /// for a figure that a few thousand draws settle.
    private static let globalEffort = 1_000_000_000

    /// The permutation test of a global statistic: all values dealt anew to all areas.
    func globalTest(
        of field: [Double],
        _ weights: SpatialWeights,
        _ test: (_ permutations: Int) -> GlobalOutcome<ConditionalPermutation.PValues>
    ) -> [(name: String, value: String)] {
        guard permutations > 0 else { return [] }
        let affordable = Self.globalEffort / (field.count + weights.linkCount)
        let draws = min(permutations, max(999, affordable))
        guard let p = test(draws).value else { return [] }
        return [
            ("p of the map, high", Self.shown(p.high)),
            ("p of the map, low", Self.shown(p.low)),
            ("p of the map, two-sided", Self.shown(p.twoSided)),
            ("Draws of the map", String(draws)),
        ]
    }

    /// The general G beside its local parts; it is defined for values of 0 or more only.
    func generalG(
        _ field: [Double],
        _ weights: SpatialWeights
    ) -> [(name: String, value: String)] {
        guard field.allSatisfy({ $0 >= 0 }),
            let global = GeneralG.outcome(of: field, weights: weights, style: style).value
        else { return [] }
        return [
            ("General G", Self.shown(global.statistic)),
            ("Expectation", Self.shown(global.expectation)),
            ("Variance (randomisation)", Self.shown(global.varianceUnderRandomisation)),
            ("z (randomisation)", Self.shown(global.zScore)),
        ]
            + globalTest(of: field, weights) {
                GeneralG.pValues(
                    of: field, weights: weights, style: style, permutations: $0, seed: seed)
            }
    }

    static func lines(_ summary: SpatialWeights.Summary) -> [(name: String, value: String)] {
        [
            ("Links", String(summary.links)),
            (
                "Neighbours",
                "\(summary.fewestNeighbours) to \(summary.mostNeighbours), on average "
                    + shown(summary.meanNeighbours)
            ),
            ("Without neighbours", String(summary.isolates)),
            ("Connected parts", String(summary.components)),
        ]
    }
}
