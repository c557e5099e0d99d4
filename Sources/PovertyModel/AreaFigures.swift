/// What is counted in an area: a desa, a kecamatan or the kabupaten.
///
/// These are the true counts. What may be published of them is decided by `SmallCellRule`.
public struct AreaFigures: Hashable, Sendable {
    public var desil = DesilCounts()
    public var placedBy: [PlacementMeans: Int] = [:]
    public var matched: [MatchClass: Int] = [:]

    public init() {}

    public var keluarga: Int { desil.total }

    public mutating func add(_ other: AreaFigures) {
        desil.add(other.desil)
        placedBy.merge(other.placedBy, uniquingKeysWith: +)
        matched.merge(other.matched, uniquingKeysWith: +)
    }
}

/// How far the counts of an area may be off because families near its border, or of a disputed
/// place, may live next door: 95 % intervals.
public struct PlacementUncertainty: Hashable, Sendable {
    public let keluarga: ClosedRange<Int>
    public let extreme: ClosedRange<Int>

    public init(keluarga: ClosedRange<Int>, extreme: ClosedRange<Int>) {
        self.keluarga = keluarga
        self.extreme = extreme
    }
}

/// What the evidence says about the risk of an area, beside its raw share.
///
/// Shares are fractions from 0 to 1; the interval is the central 95 % of the beta-binomial
/// empirical-Bayes posterior, about the underlying risk and not about a sample.
public struct RateEstimate: Hashable, Sendable {
    public let share: Double
    public let lower: Double
    public let upper: Double
    /// The posterior probability that the area's risk lies above the overall share.
    public let exceedance: Double

    /// The same with an interval that also holds what misplaced families may change: the half of
    /// the range of the count's share adds up in squares with the half-width on each side.
    public func widened(by uncertainty: PlacementUncertainty, keluarga: Int) -> RateEstimate {
        let range = uncertainty.extreme
        guard keluarga > 0, range.lowerBound < range.upperBound else { return self }
        let reach = Double(range.upperBound - range.lowerBound) / 2 / Double(keluarga)
        func together(_ half: Double) -> Double { (half * half + reach * reach).squareRoot() }
        return RateEstimate(
            share: share,
            lower: max(0, share - together(share - lower)),
            upper: min(1, share + together(upper - share)),
            exceedance: exceedance)
    }

    public init(share: Double, lower: Double, upper: Double, exceedance: Double) {
        self.share = share
        self.lower = lower
        self.upper = upper
        self.exceedance = exceedance
    }
}

/// The result of the hotspot test for one area.
public struct HotspotFinding: Hashable, Sendable {
    public let hotspotClass: HotspotClass
    /// Gi* of the standardised rate, beside the class; nil for an area that was not tested.
    public let zScore: Double?
    /// Two-sided pseudo p-value of the conditional permutation.
    public let pValue: Double?
    /// The p-value of its group over the whole map; nil for an area of no group.
    public let qValue: Double?
    /// The number of its group, from 1; the clearest group comes first.
    public let cluster: Int?
    /// Nil with too few registers, or for a desa that was never hot or cold.
    public var trend: HotspotTrend?

    public init(
        hotspotClass: HotspotClass,
        zScore: Double?,
        pValue: Double?,
        qValue: Double?,
        cluster: Int? = nil
    ) {
        self.hotspotClass = hotspotClass
        self.zScore = zScore
        self.pValue = pValue
        self.qValue = qValue
        self.cluster = cluster
    }
}
