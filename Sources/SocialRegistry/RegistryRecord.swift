public import PovertyModel

/// Where a row says that its keluarga lives, as written.
public struct WrittenPlace: Hashable, Sendable {
    public let code: String
    public let desaName: String
    public let kecamatanName: String

    public init(code: String, desaName: String, kecamatanName: String) {
        self.code = code
        self.desaName = desaName
        self.kecamatanName = kecamatanName
    }
}

/// A keluarga of a register, as far as this product computes with it.
public struct KeluargaRecord: Hashable, Sendable {
    public let row: Int
    /// What identifies the keluarga in its register, No KK or ID Keluarga P3KE; secret.
    public let key: String?
    public let place: WrittenPlace
    public let desil: Desil?
    public let remarks: [RowRemark]
}

/// A position of a verification sheet, as written.
public struct PositionRecord: Hashable, Sendable {
    public let row: Int
    /// The No KK; secret.
    public let key: String
    /// Secret, like `y`.
    public let x: String
    public let y: String
}
