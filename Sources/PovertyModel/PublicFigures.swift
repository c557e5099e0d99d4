/// What everybody may see of an area's figures; nil is withheld or not known.
public struct PublicFigures: Hashable, Sendable {
    /// Below this many keluarga a share says too little to be shown.
    public static let leastKeluargaForShare = 20

    public let keluarga: Int?
    /// Where `keluarga` may lie, since families near a border may live next door; rounded outwards.
    public let keluargaRange: ClosedRange<Int>?
    public let extremeRange: ClosedRange<Int>?
    /// Desil 1 to 10.
    public let desil: [Int?]
    public let extreme: Int?
    /// Extreme poor of 100 keluarga.
    public let extremePercent: Double?
    /// 95 % interval of the underlying share, and the probability that it lies above the overall one.
    public let lowerPercent: Double?
    public let upperPercent: Double?
    public let exceedance: Double?
    public let keluargaPerKm2: Double?
    public let extremePerKm2: Double?
    /// Keluarga placed by each means, of 100.
    public let placedPercent: [PlacementMeans: Int]
    /// Something is withheld because it would show a small count.
    public let isWithheld: Bool

    /// Withholds what `hiddenCells`, one mark for each cell of `figures.desil`, says; with all cells
    /// marked, the total as well.
    public init(
        _ figures: AreaFigures,
        hiddenCells: [Bool],
        extremeBy rule: ExtremePovertyRule,
        rate: RateEstimate?,
        uncertainty: PlacementUncertainty? = nil,
        areaKm2: Double,
        smallCells: SmallCellRule
    ) {
        let total = figures.keluarga
        let hidesAll = smallCells.isSmall(total) || !hiddenCells.contains(false)
        keluarga = hidesAll ? nil : total
        desil = Desil.all.map { desil in
            hidesAll || hiddenCells[desil.number - 1] ? nil : figures.desil[desil]
        }
        // The sum of visible cells would be read off them, so it is shown only with all of them.
        let isExtremeHidden = hidesAll || hiddenCells[..<rule.highestDesil.number].contains(true)
        let count = figures.desil.extreme(by: rule)
        extreme = isExtremeHidden ? nil : count
        keluargaRange = hidesAll ? nil : uncertainty.map { Self.roundedOutwards($0.keluarga) }
        extremeRange =
            isExtremeHidden ? nil : uncertainty.map { Self.roundedOutwards($0.extreme) }
        let isShareShown = !isExtremeHidden && total >= Self.leastKeluargaForShare
        extremePercent =
            isShareShown ? Rounding.hundredths(100 * Double(count) / Double(total)) : nil
        // The posterior follows from the count, so it is withheld with it.
        let shown = isShareShown ? rate : nil
        lowerPercent = shown.map { Rounding.hundredths(100 * $0.lower) }
        upperPercent = shown.map { Rounding.hundredths(100 * $0.upper) }
        // Areas are ranked by it, and most lie near 0 or 1.
        exceedance = shown.map { ($0.exceedance * 1e4).rounded() / 1e4 }
        keluargaPerKm2 = hidesAll ? nil : Rounding.tenths(Double(total) / areaKm2)
        extremePerKm2 = isExtremeHidden ? nil : Rounding.tenths(Double(count) / areaKm2)
        placedPercent =
            hidesAll || total == 0
            ? [:]
            : Dictionary(
                uniqueKeysWithValues: PlacementMeans.allCases.map { means in
                    let share = Double(figures.placedBy[means] ?? 0) / Double(total)
                    return (means, Int((100 * share).rounded()))
                })
        isWithheld = hidesAll || hiddenCells[..<DesilCounts.unknownCell].contains(true)
    }

    /// To fives, so that no bound tells of single families; a range of one number stays.
    private static func roundedOutwards(_ range: ClosedRange<Int>) -> ClosedRange<Int> {
        guard range.lowerBound < range.upperBound else { return range }
        return range.lowerBound / 5 * 5...(range.upperBound + 4) / 5 * 5
    }
}

/// Rounds what people read.
public enum Rounding {
    public static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    public static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
