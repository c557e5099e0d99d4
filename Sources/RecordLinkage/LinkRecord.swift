public import PovertyModel

/// One keluarga as a source writes it; whatever the source does not have is nil or empty.
///
/// P3KE fills all but `cardKey`; a DTSEN keluarga has `cardKey`, name, desa and address, and with
/// the row of its head in the anggota set also `headKey`, `birthDate` and `isWoman`.
public struct LinkRecord: Sendable {
    /// Of the head's NIK.
    public var headKey: LinkKey?
    /// Of the No KK.
    public var cardKey: LinkKey?
    /// Of the ID Keluarga and the year of the file together.
    public var registerKey: LinkKey?
    /// As written, with titles, initials and misspellings.
    public var headName: String
    public var birthDate: CalendarDate?
    public var isWoman: Bool?
    public var desa: DesaCode?
    /// As written: `DUSUN KRAJAN RT 003 RW 001`.
    public var address: String

    public init(
        headKey: LinkKey? = nil,
        cardKey: LinkKey? = nil,
        registerKey: LinkKey? = nil,
        headName: String = "",
        birthDate: CalendarDate? = nil,
        isWoman: Bool? = nil,
        desa: DesaCode? = nil,
        address: String = ""
    ) {
        self.headKey = headKey
        self.cardKey = cardKey
        self.registerKey = registerKey
        self.headName = headName
        self.birthDate = birthDate
        self.isWoman = isWoman
        self.desa = desa
        self.address = address
    }
}
