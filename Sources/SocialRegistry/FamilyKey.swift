/// How the registers identify a keluarga, in one text.
///
/// | register | key |
/// |---|---|
/// | with No KK | its 16 digits |
/// | P3KE | `p3ke:2023:990000001`, since each year's list numbers anew |
/// | BDT | `bdt:` and IDBDT |
/// | Regsosek without No KK | `regsosek:`, the ten digits of the desa, SLS, sub-SLS, building, keluarga |
/// | a position with a NIK alone | `nik:` and its 16 digits |
public enum FamilyKey {
    static let nikPrefix = "nik:"
    static let bdtPrefix = "bdt:"
    static let regsosekPrefix = "regsosek:"

    static func p3kePrefix(year: Int) -> String { "p3ke:\(year):" }

    /// The number or ID in a key, without what says whose it is.
    public static func number(in key: String) -> Substring {
        guard let colon = key.utf8.lastIndex(of: UInt8(ascii: ":")),
            !key.hasPrefix(regsosekPrefix)
        else { return key[...] }
        return key[key.utf8.index(after: colon)...]
    }
}

/// Reads the key of the keluarga out of each row.
struct FamilyKeyReader: Sendable {
    enum Scheme: Hashable, Sendable {
        case familyCard
        /// An ID that means something only behind `prefix`.
        case registerID(prefix: String)
        /// Numbers that count up within the SLS.
        case serials
        /// No column says it: each row is a keluarga of its own.
        case none
    }

    enum Reading {
        case card(UInt64, isRepaired: Bool)
        /// Text, with the number in it when it is one without leading zeros.
        case id(String, number: UInt64?)
        case none(RowRemark?)

        var text: String? {
            switch self {
            case .card(let number, _): IdentityNumber.text(number)
            case .id(let text, _): text
            case .none: nil
            }
        }
    }

    let scheme: Scheme
    /// The column that a message names; nil without one.
    let column: Int?
    private let serialColumns: [Int]
    private let place: PlaceReader

    init(header: RegistryHeader, year: Int?) {
        place = PlaceReader(header: header)
        let serials: [RegistryField] = [.slsCode, .subSLSCode, .buildingNumber, .familyNumber]
        serialColumns = serials.compactMap(header.position)
        if let card = header.position(of: .familyCardNumber) {
            scheme = .familyCard
            column = card
        } else if let id = header.position(of: .p3keID) {
            scheme = .registerID(prefix: year.map(FamilyKey.p3kePrefix) ?? "")
            column = id
        } else if let id = header.position(of: .bdtID) {
            scheme = .registerID(prefix: FamilyKey.bdtPrefix)
            column = id
        } else if let number = header.position(of: .familyNumber) {
            scheme = .serials
            column = number
        } else {
            scheme = .none
            column = nil
        }
    }

    func read(_ row: DelimitedRow) -> Reading {
        guard let column else { return .none(nil) }
        switch scheme {
        case .familyCard:
            return Self.card(row.bytes(column))
        case .registerID(let prefix):
            return Self.registerID(row.bytes(column), prefix: prefix)
        case .serials:
            guard !row.bytes(column).isEmpty else { return .none(.registerIDMissing) }
            // 001 and 1 are one building.
            let parts = serialColumns.map { index in
                let bytes = row.bytes(index)
                return bytes.decimalNumber.map { String($0) } ?? row.text(index)
            }
            return .id(
                FamilyKey.regsosekPrefix + ([place.code(row)] + parts).joined(separator: ":"),
                number: nil)
        case .none:
            return .none(nil)
        }
    }

    private static func card(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
        switch IdentityNumber.read(bytes) {
        case .exact(let number): .card(number, isRepaired: false)
        case .repaired(let number): .card(number, isRepaired: true)
        case .missing: .none(.familyCardNumberMissing)
        case .rounded: .none(.familyCardNumberRounded)
        case .damaged: .none(.familyCardNumberDamaged)
        }
    }

    private static func registerID(
        _ cell: UnsafeBufferPointer<UInt8>,
        prefix: String
    ) -> Reading {
        var bytes = cell
        if bytes.first == UInt8(ascii: "'") {
            bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst()).trimmed
        }
        if bytes.meansNothing { return .none(.registerIDMissing) }
        // 9.9E+08 stands for many IDs.
        if ExponentialNumber(bytes) != nil { return .none(.registerIDDamaged) }
        if let whole = bytes.wholePart, whole.decimalNumber != nil { bytes = whole }
        let number = bytes.first == UInt8(ascii: "0") ? nil : bytes.decimalNumber
        return .id(prefix + String(decoding: bytes, as: UTF8.self), number: number)
    }
}

extension FamilyKey {
    /// The key under which a family is known by the NIK of its head.
    public static func nik(_ number: UInt64) -> String { nikPrefix + IdentityNumber.text(number) }
}
