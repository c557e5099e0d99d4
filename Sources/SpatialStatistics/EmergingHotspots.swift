/// How a hot or cold spot came about over the time steps of a series of maps.
///
/// The names are those of ArcGIS "Emerging Hot Spot Analysis". Its pages do not say which
/// definition wins where two fit; the order here is this project's:
///
/// 1. hot in at least nine of ten steps: `historical` when the last step is not hot, else
///    `intensifying`, `diminishing` or `persistent` by the trend of the Gi* z-scores;
/// 2. else, with the last step hot: `new` if it is the only hot one, `consecutive` if all hot
///    steps form one run up to it, `oscillating` if any step was cold, else `sporadic`.
///
/// A cold last step asks the same with all signs turned. After a last step that is neither,
/// only `historical` can come out, of hot before cold. Below ten steps nine of ten means all.
public enum EmergingHotspots {
    /// What one map says of the unit.
    public enum Significance: Hashable, Sendable {
        case hot
        case cold
        /// Not significant, or not tested.
        case neither
    }

    /// One unit on one map.
    public struct Step: Hashable, Sendable {
        /// Of Gi*; nil when the unit was not tested, and then left out of the trend.
        public let zScore: Double?
        public let significance: Significance

        public init(zScore: Double?, significance: Significance) {
            self.zScore = zScore
            self.significance = significance
        }
    }

    public enum Side: Hashable, Sendable {
        case hot
        case cold
    }

    public enum Pattern: String, Hashable, Sendable, CaseIterable {
        case new
        case consecutive
        case intensifying
        case persistent
        case diminishing
        case sporadic
        case oscillating
        case historical
    }

    public enum Outcome: Hashable, Sendable {
        case pattern(Pattern, Side)
        case noPattern
        /// There are no steps.
        case noSteps
    }

    /// Whether the Gi* z-scores of `steps` rise (+1) or fall (-1) with p < 0.05 in the
    /// Mann-Kendall test; else 0, also with fewer than two tested steps or equal scores.
    ///
    /// The normal p-value; without ties the exact one decides alike below 19 steps, and later
    /// differs by one value of S at most.
    /// - Complexity: O(*n*^2 log *n*).
    public static func trend(of steps: [Step]) -> Int {
        guard let trend = MannKendall.outcome(of: steps.map(\.zScore)).test else { return 0 }
        return trend.pValue < 0.05 ? trend.score.signum() : 0
    }

    /// The class of one unit from its steps, the earliest first.
    ///
    /// A single significant step is all of its series and so `persistent`, not `new`.
    /// - Complexity: O(*n*^2 log *n*).
    public static func outcome(of steps: [Step]) -> Outcome {
        guard let last = steps.last else { return .noSteps }
        let trend = trend(of: steps)
        let marks = steps.map(\.significance)
        let sides: [Side] =
            switch last.significance {
            case .hot: [.hot]
            case .cold: [.cold]
            case .neither: [.hot, .cold]
            }
        for side in sides {
            if let pattern = pattern(of: marks, on: side, trend: trend) {
                return .pattern(pattern, side)
            }
        }
        return .noPattern
    }

    private static func pattern(
        of marks: [Significance],
        on side: Side,
        trend: Int
    ) -> Pattern? {
        let (own, other, growth): (Significance, Significance, Int) =
            switch side {
            case .hot: (.hot, .cold, trend)
            case .cold: (.cold, .hot, -trend)
            }
        let endsHere = marks.last == own
        let steps = marks.count { $0 == own }
        if 10 * steps >= 9 * marks.count {
            guard endsHere else { return .historical }
            return growth > 0 ? .intensifying : growth < 0 ? .diminishing : .persistent
        }
        guard endsHere else { return nil }
        if steps == 1 { return .new }
        if marks.suffix(steps).allSatisfy({ $0 == own }) { return .consecutive }
        return marks.contains(other) ? .oscillating : .sporadic
    }
}
