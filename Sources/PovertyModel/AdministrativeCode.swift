/// The code of a desa or kelurahan in the Kemendagri scheme: 2 + 2 + 2 + 4 digits.
///
/// The seventh digit is 1 for a kelurahan and 2 for a desa; that alone tells these codes from the
/// BPS scheme in Kabupaten Probolinggo, where it is 0. The two schemes order kecamatan and desa
/// differently: convert through the gazetteer, never by digits.
public struct DesaCode: Hashable, Sendable, Comparable {
    /// Ten digits, such as 3513012001.
    public let number: Int

    /// Nil unless `number` has ten digits and its seventh digit is 1 or 2.
    public init?(number: Int) {
        guard (1_000_000_000...9_999_999_999).contains(number), (1...2).contains(number / 1000 % 10)
        else { return nil }
        self.number = number
    }

    /// Reads `35.13.01.2001` and `3513012001`, dots wherever they stand; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let number = AdministrativeDigits.number(in: text, count: 10) else { return nil }
        self.init(number: number)
    }

    /// `35.13.01.2001`.
    public var dotted: String {
        "\(kecamatan.dotted).\(AdministrativeDigits.padded(number % 10_000, to: 4))"
    }

    public var kecamatan: KecamatanCode { KecamatanCode(unchecked: number / 10_000) }

    public static func < (lhs: DesaCode, rhs: DesaCode) -> Bool { lhs.number < rhs.number }
}

/// The code of a kecamatan in the Kemendagri scheme: 2 + 2 + 2 digits.
public struct KecamatanCode: Hashable, Sendable, Comparable {
    /// Six digits, such as 351301.
    public let number: Int

    public init?(number: Int) {
        guard (100_000...999_999).contains(number) else { return nil }
        self.number = number
    }

    init(unchecked number: Int) { self.number = number }

    /// Reads `35.13.01` and `351301`, dots wherever they stand; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let number = AdministrativeDigits.number(in: text, count: 6) else { return nil }
        self.init(number: number)
    }

    /// `35.13.01`.
    public var dotted: String {
        "\(kabupaten.dotted).\(AdministrativeDigits.padded(number % 100, to: 2))"
    }

    public var kabupaten: KabupatenCode { KabupatenCode(unchecked: number / 100) }

    public static func < (lhs: KecamatanCode, rhs: KecamatanCode) -> Bool {
        lhs.number < rhs.number
    }
}

/// The code of a kabupaten or kota in the Kemendagri scheme: 2 + 2 digits.
public struct KabupatenCode: Hashable, Sendable {
    public static let probolinggo = KabupatenCode(unchecked: 3513)

    /// Four digits, such as 3513.
    public let number: Int

    init(unchecked number: Int) { self.number = number }

    /// `35.13`.
    public var dotted: String {
        "\(number / 100).\(AdministrativeDigits.padded(number % 100, to: 2))"
    }
}

/// The code of a desa in the BPS scheme: a kecamatan of 7 digits, then 3 digits.
public struct BPSDesaCode: Hashable, Sendable {
    /// Ten digits, such as 3513010001.
    public let number: Int

    public init?(number: Int) {
        guard (1_000_000_000...9_999_999_999).contains(number) else { return nil }
        self.number = number
    }

    public init?(_ text: some StringProtocol) {
        guard let number = AdministrativeDigits.number(in: text, count: 10) else { return nil }
        self.init(number: number)
    }

    public var text: String { String(number) }
}

enum AdministrativeDigits {
    /// The number written in `text`, when it consists of exactly `count` digits and, at most, dots.
    static func number(in text: some StringProtocol, count: Int) -> Int? {
        var digits = 0
        var number = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= count else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "."):
                continue
            default:
                return nil
            }
        }
        return digits == count ? number : nil
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
