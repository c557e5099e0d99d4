public import PovertyModel

/// Where a row says that its keluarga lives, as written.
public struct WrittenPlace: Hashable, Sendable {
    /// The code of the desa, put together where the file has it in pieces.
    public let code: String
    public let desaName: String
    public let kecamatanName: String

    public init(code: String, desaName: String, kecamatanName: String) {
        self.code = code
        self.desaName = desaName
        self.kecamatanName = kecamatanName
    }
}

/// X (longitude) and Y (latitude) as written, for `PositionReading`; secret.
public struct WrittenPosition: Hashable, Sendable {
    public let x: String
    public let y: String
    /// How far off the receiver said it may be, as written; empty without such a column.
    public let accuracyMetres: String
}

/// A keluarga of a register, as far as this product computes with it.
public struct KeluargaRecord: Hashable, Sendable {
    public let row: Int
    /// What identifies the keluarga in its register (see `FamilyKey`); secret.
    public let key: String?
    public let place: WrittenPlace
    /// Of BDT, which has no desil, the tenth in which its Percentile lies.
    public let desil: Desil?
    public let remarks: [RowRemark]
    public let memberCount: Int?
    /// Nil when the file has no such columns or both are empty.
    public let position: WrittenPosition?
}

/// A person of a keluarga.
public struct PersonRecord: Hashable, Sendable {
    public let row: Int
    /// The NIK, 16 digits; nil when it is missing or unreadable; secret.
    public let personKey: String?
    /// The key of the keluarga, as `KeluargaRecord.key`; nil only in a register of persons.
    public let familyKey: String?
    /// Of DTSEN the address of the KTP, which need not be the dwelling.
    public let place: WrittenPlace
    public let isHead: Bool
    public let remarks: [RowRemark]
}

/// A position of a verification sheet, as written.
public struct PositionRecord: Hashable, Sendable {
    public let row: Int
    /// The No KK, or where there is none `nik:` and the NIK (see `FamilyKey`); secret.
    public let key: String
    /// Secret, like `y`.
    public let x: String
    public let y: String
    public let accuracyMetres: String
    /// Where the sheet says the family lives.
    public let place: WrittenPlace
    public let remarks: [RowRemark]
}
