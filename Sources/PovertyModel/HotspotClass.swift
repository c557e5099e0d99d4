/// The class in which the hotspot map shows an area.
///
/// An area of class 99, 95 or 90 belongs to a group of neighbours whose shares are all high, or all
/// low; on 1, 5 or 10 of 100 maps without a pattern so clear a group appears anywhere.
public enum HotspotClass: String, CaseIterable, Sendable {
    case hot99 = "panas_99"
    case hot95 = "panas_95"
    case hot90 = "panas_90"
    case notSignificant = "tidak_nyata"
    case cold90 = "dingin_90"
    case cold95 = "dingin_95"
    case cold99 = "dingin_99"
    /// No neighbour, so there is nothing to test.
    case untested = "tidak_diuji"
    case noData = "tidak_ada_data"
    case noKeluarga = "tidak_ada_keluarga"
    case noVariation = "tidak_ada_variasi"

    /// The class of a tested area.
    ///
    /// - Parameters:
    ///   - qValue: the p-value of its group over the whole map (family-wise), or one adjusted by
    ///     Benjamini and Hochberg.
    ///   - isHigh: whether the shares of the group are high.
    public init(qValue: Double, isHigh: Bool) {
        switch qValue {
        case ...0.01: self = isHigh ? .hot99 : .cold99
        case ...0.05: self = isHigh ? .hot95 : .cold95
        case ...0.10: self = isHigh ? .hot90 : .cold90
        default: self = .notSignificant
        }
    }

    /// Hot at 5 % or less.
    public var isHot: Bool { self == .hot99 || self == .hot95 }

    /// Cold at 5 % or less.
    public var isCold: Bool { self == .cold99 || self == .cold95 }
}
