/// What a simulation can be asked to do otherwise; the seed is given apart from it.
public struct SimulationConfiguration: Sendable, Hashable {
    /// Families (rows without the planned duplicates).
    public var keluargaCount = PublishedFigures.keluarga
    /// Share of the families that the verval sheet holds, with a position.
    public var vervalShare = 0.4
    /// Standard deviation of the scatter of houses around their dusun.
    public var scatterMetres = 250.0
    /// Standard deviation of the logarithm of the variation between desa that no covariate explains.
    public var desaVariation = 0.15
    public var clusterCount = 3
    /// Desa in a cluster; each cluster may have one more or one less.
    public var clusterSize = 12
    /// What a planted cluster multiplies the background risk by.
    public var clusterRelativeRisk = 3.0
    /// Rings of other desa that lie, at least, between two clusters.
    public var clusterSeparationRings = 4
    public var dirt = DirtRates.usual
    /// Of persons, in the layouts that list them or name the head's NIK.
    public var identityDirt = IdentityDirt.usual
    /// Written into every row of the DTSEN file.
    public var provinceName = "JAWA TIMUR"
    public var kabupatenName = "PROBOLINGGO"

    public init() {}

    /// Traps on values that mean nothing.
    func check() {
        precondition(keluargaCount >= 0, "\(keluargaCount) keluarga")
        precondition((0...1).contains(vervalShare), "\(vervalShare) is no share")
        precondition(scatterMetres >= 0 && desaVariation >= 0, "a spread below zero")
        precondition(
            clusterCount >= 0 && clusterSize > 0 && clusterSeparationRings >= 0,
            "\(clusterCount) clusters of \(clusterSize), \(clusterSeparationRings) rings apart"
        )
        identityDirt.check()
        precondition(clusterRelativeRisk > 0, "\(clusterRelativeRisk) is no relative risk")
    }
}

/// Figures that were published, each with its source; everything else in this target is assumed.
public enum PublishedFigures {
    /// Keluarga of Kabupaten Probolinggo in the field update of February 2026 (6,091 SLS).
    public static let keluarga = 387_794
    /// Extreme poor keluarga in 2022 (Pemkab after BPS, 37,740 persons = 3.18 %).
    public static let extremeKeluarga = 15_407
    /// Poverty rate (P0, persons) of March 2025, BPS.
    public static let povertyRate = 0.1631

    /// The extreme poor among `count` keluarga at the published share, rounded to whole families.
    static func extremeKeluarga(among count: Int) -> Int {
        let (high, low) = count.multipliedFullWidth(by: extremeKeluarga)
        let (quotient, remainder) = keluarga.dividingFullWidth((high, low))
        return remainder * 2 >= keluarga ? quotient + 1 : quotient
    }
}
