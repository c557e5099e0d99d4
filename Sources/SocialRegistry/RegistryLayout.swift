/// A kind of household file that the importer knows.
public struct RegistryLayout: Hashable, Sendable {
    public enum Role: String, CaseIterable, Sendable {
        /// Every keluarga of the area: gives the denominators.
        case fullRegister = "register"
        /// About the lowest 40 %: counts, but no denominators.
        case partialRegister = "sebagian"
        /// Persons of the families that a register lists.
        case members = "anggota"
        /// Persons of about the lowest 40 %; their No KK are the list of families.
        case personRegister = "orang"
        /// Positions of families that another file lists.
        case positions = "posisi"
    }

    /// What a row is about: `Nama` is the head's in a row of a keluarga.
    enum Subject: Hashable, CaseIterable, Sendable {
        case keluarga, persons
    }

    public let id: String
    /// The name people use, such as `DTSEN keluarga`.
    public let title: String
    /// The register it comes from, such as `DTSEN`.
    public let source: String
    public let role: Role
    /// Without these the file is not of this layout.
    public let required: [RegistryField]
    /// Without one of these, if there are any, the file is not of this layout.
    public let requiredAny: [RegistryField]
    /// Column spellings (reduced) that tell this layout from the others.
    let signature: [String]
    /// Columns (reduced) that this layout never has.
    let excluded: [String]
    /// The code of the desa stands in pieces: provinsi, kabupaten, kecamatan, desa.
    public let composesDesaCode: Bool

    init(
        id: String,
        title: String,
        source: String,
        role: Role,
        required: [RegistryField],
        requiredAny: [RegistryField] = [],
        signature: [String],
        excluded: [String] = [],
        composesDesaCode: Bool = false
    ) {
        self.id = id
        self.title = title
        self.source = source
        self.role = role
        self.required = required
        self.requiredAny = requiredAny
        self.signature = signature
        self.excluded = excluded
        self.composesDesaCode = composesDesaCode
    }

    var subject: Subject {
        switch role {
        case .fullRegister, .partialRegister, .positions: .keluarga
        case .members, .personRegister: .persons
        }
    }
}
