public import PovertyModel

/// What tells one family or person from another in a row, as written; all of it secret.
public struct IdentityFields: Hashable, Sendable {
    /// Of a row of persons the person's, otherwise the head's.
    public let nik: UInt64?
    public let cardNumber: UInt64?
    /// See `FamilyKey`; nil when the row has none.
    public let familyKey: String?
    /// Of a row of persons the person's, otherwise the head's.
    public let name: String
    public let birthDate: CalendarDate?
    /// Nil when the row does not say.
    public let isWoman: Bool?
    public let isHead: Bool
    /// The code of the desa as written, ten digits when it was put together from pieces.
    public let desaCode: String
    public let desaName: String
    public let kecamatanName: String
    public let address: String
    /// Of the columns, or else found in the address; nil when neither says it.
    public let rt: Int?
    public let rw: Int?
    public let dusun: String
    public let electricityCustomer: String
}

/// Reads the identity out of a raw row, for linking families across files.
///
/// Unlike `RegistryReader` it judges nothing: an unreadable number is none.
public struct IdentityReader: Sendable {
    private let keys: FamilyKeyReader
    private let places: PlaceReader
    private let isOfPersons: Bool
    private let cardColumn: Int
    private let nikColumn: Int
    private let nameColumn: Int
    private let birthColumn: Int
    private let sexColumn: Int
    private let relationshipColumn: Int
    private let addressColumn: Int
    private let slsColumn: Int
    private let rtColumn: Int
    private let rwColumn: Int
    private let dusunColumn: Int
    private let customerColumn: Int

    /// `year` as for `RegistryReader`.
    public init(header: RegistryHeader, year: Int? = nil) {
        func column(_ field: RegistryField) -> Int { header.position(of: field) ?? .max }
        keys = FamilyKeyReader(header: header, year: year)
        places = PlaceReader(header: header)
        isOfPersons = header.layout.subject == .persons
        cardColumn = column(.familyCardNumber)
        nikColumn = column(isOfPersons ? .personNIK : .headNIK)
        nameColumn = column(isOfPersons ? .personName : .headName)
        birthColumn = column(.birthDate)
        sexColumn = column(.sex)
        relationshipColumn = column(.relationship)
        addressColumn = column(.address)
        slsColumn = column(.slsName)
        rtColumn = column(.rt)
        rwColumn = column(.rw)
        dusunColumn = column(.dusun)
        customerColumn = column(.electricityCustomer)
    }

    public func read(_ row: DelimitedRow) -> IdentityFields {
        let place = places.place(row)
        let parsed = AddressText.parse(row.bytes(addressColumn))
        let sls = slsColumn == .max ? AddressText() : AddressText.parse(row.bytes(slsColumn))
        let dusun = row.text(dusunColumn)
        return IdentityFields(
            nik: nik(row),
            cardNumber: IdentityNumber.read(row.bytes(cardColumn)).number,
            familyKey: keys.read(row).text,
            name: row.text(nameColumn),
            birthDate: RegistryDate.read(row.bytes(birthColumn)),
            isWoman: Self.isWoman(row.bytes(sexColumn)),
            isHead: !isOfPersons || Relationship.isHead(row.bytes(relationshipColumn)),
            desaCode: place.code,
            desaName: place.desaName.isEmpty ? parsed.desaName ?? "" : place.desaName,
            kecamatanName: place.kecamatanName.isEmpty
                ? parsed.kecamatanName ?? "" : place.kecamatanName,
            address: row.text(addressColumn),
            rt: Self.number(row.bytes(rtColumn)) ?? parsed.rt ?? sls.rt,
            rw: Self.number(row.bytes(rwColumn)) ?? parsed.rw ?? sls.rw,
            dusun: dusun.isEmpty ? parsed.dusun ?? sls.dusun ?? "" : dusun,
            electricityCustomer: row.text(customerColumn))
    }

    /// The NIK alone, of the person or the head, as `read` gives it; secret.
    public func nik(_ row: DelimitedRow) -> UInt64? {
        IdentityNumber.read(row.bytes(nikColumn)).number
    }

    /// `Perempuan`, `P`, `2` and `Laki-laki`, `L`, `1`; nil for anything else.
    private static func isWoman(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let first = bytes.first else { return nil }
        if bytes.count == 1 {
            switch first.lowercased {
            case UInt8(ascii: "p"), UInt8(ascii: "2"): return true
            case UInt8(ascii: "l"), UInt8(ascii: "1"): return false
            default: return nil
            }
        }
        if bytes.isWord("perempuan") || bytes.isWord("wanita") { return true }
        if bytes.isWord("laki-laki") || bytes.isWord("laki laki") || bytes.isWord("pria")
            || bytes.isWord("lakilaki") || bytes.isWord("laki - laki")
        {
            return false
        }
        return nil
    }

    /// `3`, `003`, `3.0`, `'003`.
    private static func number(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
        var bytes = cell
        if bytes.first == UInt8(ascii: "'") { bytes = .init(rebasing: bytes.dropFirst()) }
        guard let number = (bytes.wholePart ?? bytes).decimalNumber, (1...999).contains(number)
        else { return nil }
        return Int(number)
    }
}

extension IdentityFields {
    /// The 16 digits of the NIK; secret.
    public var nikText: String? { nik.map(IdentityNumber.text) }
}
