/// The kind of evidence that put a keluarga into its desa.
public enum PlacementMeans: String, CaseIterable, Sendable {
    /// A desa code of the Kemendagri or the BPS scheme.
    case code = "kode"
    /// A position inside the desa's polygon.
    case coordinate = "koordinat"
    /// The names of desa and kecamatan.
    case name = "nama"
}

/// How sure a placement is.
public enum PlacementCertainty: String, CaseIterable, Sendable {
    /// At least two kinds of evidence name this desa and none another.
    case certain = "pasti"
    /// One kind of evidence names it and none another.
    case likely = "mungkin"
    /// Kinds of evidence contradict each other; the stronger side was taken.
    case disputed = "bertentangan"
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
