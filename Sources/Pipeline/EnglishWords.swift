public import Geocoding
public import PovertyModel
public import RecordLinkage
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
        case .duplicatePerson: "person stands in an earlier row"
        case .noFamilyCardNumber: "No KK missing or unreadable"
        case .familyCardNumberRounded: "No KK rounded by a spreadsheet"
        case .noRegisterID: "ID of the keluarga missing"
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
        case .familyCardNumberRounded: "No KK rounded by a spreadsheet"
        case .familyCardNumberRepaired: "No KK tidied"
        case .registerIDMissing: "ID of the keluarga missing"
        case .registerIDDamaged: "ID of the keluarga damaged"
        case .nikMissing: "NIK missing"
        case .nikDamaged: "NIK damaged"
        case .nikRounded: "NIK rounded by a spreadsheet"
        case .nikRepaired: "NIK tidied"
        case .nikRepeated: "NIK in another keluarga too"
        case .unknownCode: "a code that no list knows"
        }
    }
}

extension LinkEvidence: EnglishWord {
    public var english: String {
        switch self {
        case .headAndCard: "NIK of the head and No KK"
        case .head: "NIK of the head"
        case .card: "No KK"
        case .register: "ID and year"
        case .comparison: "name, birth date and place"
        case .headOfAnotherPerson: "NIK, but another person"
        case .cardWithAnotherHead: "No KK, but another head"
        case .registerWithAnotherHead: "ID and year, but another head"
        }
    }
}

extension PlacementMeans: EnglishWord {
    public var english: String {
        switch self {
        case .code: "code"
        case .coordinate: "position"
        case .name: "name"
        case .survey: "the surveyor's desa"
        case .address: "address"
        }
    }
}

extension MatchClass: EnglishWord {
    public var english: String { word }
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

extension PositionNote: EnglishWord {
    public var english: String {
        switch self {
        case .repaired(let repair): repair.english + " mended"
        case .atSea: "at sea"
        case .otherKabupaten: "in another kabupaten"
        case .farAway: "far from the kabupaten"
        case .inGap: "in a gap between polygons"
        case .outside: "outside of the kabupaten"
        case .zero: "0/0, no position"
        case .unreadable: "unreadable"
        case .coarse: "too coarse to use"
        case .shared: "spot shared by many, as the balai desa"
        }
    }
}

extension HotspotClass: EnglishWord {
    public var english: String {
        switch self {
        case .hot99: "hot, 99 %"
        case .hot95: "hot, 95 %"
        case .hot90: "hot, 90 %"
        case .notSignificant: "not significant"
        case .cold90: "cold, 90 %"
        case .cold95: "cold, 95 %"
        case .cold99: "cold, 99 %"
        case .untested: "untested: no neighbour"
        case .noData: "no data"
        case .noKeluarga: "no keluarga"
        case .noVariation: "no variation"
        }
    }
}

extension PositionReading.Repair: EnglishWord {
    public var english: String {
        switch self {
        case .decimalComma: "decimal comma"
        case .swappedAxes: "swapped axes"
        case .missingMinus: "missing minus"
        case .degreesMinutes: "degrees and minutes"
        case .utm: "UTM metres"
        case .scaled: "missing decimal point"
        case .oneCell: "both numbers in one cell"
        case .strayCharacters: "stray characters"
        }
    }
}
