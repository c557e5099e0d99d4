/// The ways in which a written row differs from the true family.
///
/// Kinds of one group exclude each other, kinds of different groups are independent, and none
/// depends on the desil. The raw value is the bit in a `DirtSet`; `word` is what the truth file says.
public enum RegistryDirt: Int, CaseIterable, Sendable {
    // The desa code.
    case codeMissing
    case codeUnknown
    case codeOfNeighbour
    /// Kemendagri in a DTSEN file, BPS in the column "Kode Kemdagri" of a verval sheet.
    case codeOfOtherScheme
    case codeDotted
    /// `3.51301E+09`.
    case codeFromSpreadsheet
    // The desa name.
    case nameOtherSpelling
    /// Blanks and apostrophes dropped or added.
    case nameBlanks
    case nameLowerCase
    case namePrefixed
    // The kecamatan name.
    case kecamatanMissing
    // The position (verval sheet only).
    case axesSwapped
    case decimalComma
    case zeroPosition
    case positionElsewhere
    case positionAtSea
    case positionOfBalaiDesa
    case latitudeWithoutMinus
    // The same nomor_kartu_keluarga once more, further down (DTSEN file only).
    case duplicated
    case duplicatedWithOtherDesil
    // DTSEN file only.
    case desilUnusable
    case housingCodeUnknown
    case strayBlanks

    public var word: String {
        switch self {
        case .codeMissing: "kode_kosong"
        case .codeUnknown: "kode_tidak_dikenal"
        case .codeOfNeighbour: "kode_desa_tetangga"
        case .codeOfOtherScheme: "kode_skema_lain"
        case .codeDotted: "kode_bertitik"
        case .codeFromSpreadsheet: "kode_eksponen"
        case .nameOtherSpelling: "nama_ejaan_lain"
        case .nameBlanks: "nama_spasi"
        case .nameLowerCase: "nama_huruf_kecil"
        case .namePrefixed: "nama_berawalan"
        case .kecamatanMissing: "kecamatan_kosong"
        case .axesSwapped: "sumbu_tertukar"
        case .decimalComma: "koma_desimal"
        case .zeroPosition: "koordinat_nol"
        case .positionElsewhere: "kabupaten_lain"
        case .positionAtSea: "di_laut"
        case .positionOfBalaiDesa: "titik_balai_desa"
        case .latitudeWithoutMinus: "lintang_tanpa_minus"
        case .duplicated: "ganda"
        case .duplicatedWithOtherDesil: "ganda_desil_lain"
        case .desilUnusable: "desil_rusak"
        case .housingCodeUnknown: "kode_rumah_tidak_dikenal"
        case .strayBlanks: "spasi_liar"
        }
    }

    static let codeGroup: [RegistryDirt] = [
        .codeMissing, .codeUnknown, .codeOfNeighbour, .codeOfOtherScheme, .codeDotted,
        .codeFromSpreadsheet,
    ]
    static let nameGroup: [RegistryDirt] = [
        .nameOtherSpelling, .nameBlanks, .nameLowerCase, .namePrefixed,
    ]
    static let kecamatanGroup: [RegistryDirt] = [.kecamatanMissing]
    static let positionGroup: [RegistryDirt] = [
        .axesSwapped, .decimalComma, .zeroPosition, .positionElsewhere, .positionAtSea,
        .positionOfBalaiDesa, .latitudeWithoutMinus,
    ]
    static let duplicateGroup: [RegistryDirt] = [.duplicated, .duplicatedWithOtherDesil]

    /// The groups drawn for a row of each file, in this order.
    static let keluargaGroups: [[RegistryDirt]] = [
        codeGroup, nameGroup, kecamatanGroup, duplicateGroup, [.desilUnusable],
        [.housingCodeUnknown], [.strayBlanks],
    ]
    static let vervalGroups: [[RegistryDirt]] = [
        codeGroup, nameGroup, kecamatanGroup, positionGroup,
    ]
}

/// The dirt on one row.
struct DirtSet: Hashable, Sendable {
    private var bits: UInt32 = 0

    init(_ kinds: [RegistryDirt] = []) {
        for kind in kinds { insert(kind) }
    }

    var isEmpty: Bool { bits == 0 }

    func contains(_ kind: RegistryDirt) -> Bool { bits & 1 << UInt32(kind.rawValue) != 0 }

    mutating func insert(_ kind: RegistryDirt) { bits |= 1 << UInt32(kind.rawValue) }

    /// The kinds in the order of their declaration.
    var kinds: [RegistryDirt] { RegistryDirt.allCases.filter(contains) }

    /// The first kind of `group` in the set; a group holds at most one.
    func kind(of group: [RegistryDirt]) -> RegistryDirt? {
        isEmpty ? nil : group.first(where: contains)
    }
}

/// The share of rows with each kind of dirt.
///
/// No source gives rates for these files. `usual` is assumed: each kind is known to occur (in P3KE
/// files and in the sheets of other kabupaten) or is what a spreadsheet does; each is between 0.2 %
/// and 5 %; 78 % of the DTSEN rows and 71 % of the verval rows are left clean.
public struct DirtRates: Hashable, Sendable {
    private var rates: [Double]

    public static let none = DirtRates(every: 0)

    public static let usual = {
        var rates = DirtRates.none
        rates[.codeMissing] = 0.015
        rates[.codeUnknown] = 0.010
        rates[.codeOfNeighbour] = 0.005
        rates[.codeOfOtherScheme] = 0.050
        rates[.codeDotted] = 0.010
        rates[.codeFromSpreadsheet] = 0.005
        rates[.nameOtherSpelling] = 0.030
        rates[.nameBlanks] = 0.020
        rates[.nameLowerCase] = 0.020
        rates[.namePrefixed] = 0.020
        rates[.kecamatanMissing] = 0.010
        rates[.axesSwapped] = 0.020
        rates[.decimalComma] = 0.030
        rates[.zeroPosition] = 0.010
        rates[.positionElsewhere] = 0.004
        rates[.positionAtSea] = 0.002
        rates[.positionOfBalaiDesa] = 0.050
        rates[.latitudeWithoutMinus] = 0.010
        rates[.duplicated] = 0.003
        rates[.duplicatedWithOtherDesil] = 0.002
        rates[.desilUnusable] = 0.010
        rates[.housingCodeUnknown] = 0.010
        rates[.strayBlanks] = 0.020
        return rates
    }()

    public init(every rate: Double) {
        rates = Array(repeating: rate, count: RegistryDirt.allCases.count)
    }

    public subscript(kind: RegistryDirt) -> Double {
        get { rates[kind.rawValue] }
        set {
            precondition((0...1).contains(newValue), "\(newValue) is no share")
            rates[kind.rawValue] = newValue
        }
    }

    /// Draws at most one kind of each group.
    func draw(_ groups: [[RegistryDirt]], from generator: inout SeededGenerator) -> DirtSet {
        var set = DirtSet()
        for group in groups {
            var left = generator.uniform()
            for kind in group {
                left -= self[kind]
                if left < 0 {
                    set.insert(kind)
                    break
                }
            }
        }
        return set
    }
}
