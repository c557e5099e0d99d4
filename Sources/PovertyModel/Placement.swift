/// The kind of evidence that put a keluarga into its desa.
public enum PlacementMeans: String, CaseIterable, Sendable {
    /// A desa code of the Kemendagri or the BPS scheme.
    case code = "kode"
    /// A position inside the desa's polygon.
    case coordinate = "koordinat"
    /// The names of desa and kecamatan.
    case name = "nama"
    /// The desa that a surveyor wrote down.
    case survey = "survei"
    /// A desa named within the address.
    case address = "alamat"
}

/// How well what is written about a place leads to a desa.
public enum MatchClass: String, CaseIterable, Sendable {
    /// The desa has at least 99.9 % of the probability: as a rule two kinds of evidence agree.
    case certain = "pasti"
    /// At least 90 %: as a rule one kind of evidence names it and none another.
    case likely = "mungkin"
    /// Less: a position at a border, or a name that several desa bear.
    case ambiguous = "meragukan"
    /// Kinds of evidence contradict each other; the more probable side was taken.
    case conflict = "bertentangan"
    /// A position or a name of somewhere else.
    case outside = "di luar"
    /// Nothing written leads anywhere.
    case none = "tidak ada"

    public static let certainFrom = 0.999
    public static let likelyFrom = 0.9

    /// The class of a desa that has `probability` and that no evidence contradicts.
    public init(probability: Double) {
        self =
            probability >= Self.certainFrom
            ? .certain : probability >= Self.likelyFrom ? .likely : .ambiguous
    }

    /// The English word, as `peta geocode` writes it into the column `match`.
    public var word: String {
        switch self {
        case .certain: "certain"
        case .likely: "likely"
        case .ambiguous: "ambiguous"
        case .conflict: "conflict"
        case .outside: "outside"
        case .none: "none"
        }
    }
}

/// Why a keluarga could not be placed.
public enum UnplacedReason: String, CaseIterable, Sendable {
    /// No code, no position and no name.
    case noEvidence = "tanpa petunjuk"
    /// There is a code, a name or a position, but none leads to a desa.
    case unknownPlace = "tempat tidak dikenal"
    /// The only evidence is a name that several desa bear.
    case ambiguousName = "nama desa ganda"
    /// The only evidence is a position outside every desa of the boundary set.
    case outside = "di luar kabupaten"
}
