public import PovertyModel
public import SocialRegistry

/// The published words are Indonesian; the command line speaks English.
public protocol EnglishWord: Hashable {
    var english: String { get }
}

extension RejectedRow.Reason: EnglishWord {
    public var english: String {
        switch self {
        case .wrongFieldCount: "wrong number of fields"
        case .duplicateKeluarga: "keluarga stands in an earlier row"
        case .noFamilyCardNumber: "No KK missing or unreadable"
        }
    }
}

extension RowRemark: EnglishWord {
    public var english: String {
        switch self {
        case .desilMissing: "desil missing"
        case .desilOutOfRange: "desil not 1 to 10"
        case .familyCardNumberMissing: "No KK missing"
        case .familyCardNumberDamaged: "No KK damaged"
        }
    }
}

extension PlacementMeans: EnglishWord {
    public var english: String {
        switch self {
        case .code: "code"
        case .coordinate: "position"
        case .name: "name"
        }
    }
}

extension PlacementCertainty: EnglishWord {
    public var english: String {
        switch self {
        case .certain: "certain"
        case .likely: "likely"
        case .disputed: "disputed"
        }
    }
}

extension UnplacedReason: EnglishWord {
    public var english: String {
        switch self {
        case .noEvidence: "no evidence"
        case .unknownPlace: "place unknown"
        case .ambiguousName: "several desa of that name"
        case .outside: "outside the kabupaten"
        }
    }
}

extension KeluargaGeocoding.PositionNote: EnglishWord {
    public var english: String {
        switch self {
        case .decimalComma: "decimal comma mended"
        case .swappedAxes: "swapped axes mended"
        case .missingMinus: "missing minus mended"
        case .zero: "0/0, no position"
        case .unreadable: "unreadable"
        case .shared: "spot shared by many, as the balai desa"
        }
    }
}

extension HotspotClass: EnglishWord {
    public var english: String {
        switch self {
        case .hot99: "hot, FDR 1 %"
        case .hot95: "hot, FDR 5 %"
        case .hot90: "hot, FDR 10 %"
        case .notSignificant: "not significant"
        case .cold90: "cold, FDR 10 %"
        case .cold95: "cold, FDR 5 %"
        case .cold99: "cold, FDR 1 %"
        case .untested: "untested: no neighbour"
        case .noData: "no data"
        case .noKeluarga: "no keluarga"
        case .noVariation: "no variation"
        }
    }
}
