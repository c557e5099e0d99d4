/// A kind of household file that the importer knows.
public struct RegistryLayout: Hashable, Sendable {
    public enum Role: String, Sendable {
        /// Every keluarga of the area: gives the denominators.
        case fullRegister = "register"
        /// About the lowest 40 %: counts, but no denominators.
        case partialRegister = "sebagian"
        /// Positions of families that another file lists.
        case positions = "posisi"
    }

    public let id: String
    /// The name people use, such as `DTSEN keluarga`.
    public let title: String
    /// The register it comes from, such as `DTSEN`.
    public let source: String
    public let role: Role
    /// Without these the file is not of this layout.
    public let required: [RegistryField]
    /// Column spellings (reduced) that tell this layout from the others.
    let signature: [String]

    public static let all: [RegistryLayout] = [dtsenKeluarga, p3keKeluarga2, p3keKeluarga1, verval]

    /// DTSEN keluarga set, 52 variables (2025-).
    public static let dtsenKeluarga = RegistryLayout(
        id: "dtsen-keluarga",
        title: "DTSEN keluarga",
        source: "DTSEN",
        role: .fullRegister,
        required: [.familyCardNumber, .desaCode, .desil],
        signature: ["desil nasional", "nomor kartu keluarga", "kode kelurahan desa"]
    )

    /// P3KE keluarga, version 2 (2023).
    public static let p3keKeluarga2 = RegistryLayout(
        id: "p3ke-keluarga-2",
        title: "P3KE keluarga versi 2",
        source: "P3KE",
        role: .partialRegister,
        required: [.p3keID, .desil, .desaName],
        signature: ["desil kesejahteraan", "id keluarga p3ke", "persentil", "prioritas verval"]
    )

    /// P3KE keluarga, version 1 (2022).
    public static let p3keKeluarga1 = RegistryLayout(
        id: "p3ke-keluarga-1",
        title: "P3KE keluarga versi 1",
        source: "P3KE",
        role: .partialRegister,
        required: [.p3keID, .desil, .desaName],
        signature: ["desil kesejahteraan", "id keluarga p3ke", "padan dukcapil"]
    )

    /// A local verification sheet with positions.
    public static let verval = RegistryLayout(
        id: "verval",
        title: "lembar verval",
        source: "verval",
        role: .positions,
        required: [.familyCardNumber, .positionX, .positionY],
        signature: ["koordinat x", "koordinat y"]
    )
}
