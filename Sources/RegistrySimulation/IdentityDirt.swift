/// The share of persons or families whose identity is written wrongly.
///
/// That each occurs is known: NIK are empty or repeated and families listed twice (the values of
/// Prioritas Verval in P3KE), a spreadsheet turns 16 digits into `9.90123E+15`. The rates are
/// assumed; none depends on the desil.
public struct IdentityDirt: Hashable, Sendable {
    public var nikMissing = 0.020
    /// The head has the NIK of the head before, another member that of the member before.
    public var nikRepeated = 0.006
    /// `9.90123E+15`.
    public var nikFromSpreadsheet = 0.003
    /// `'9901...`: how a spreadsheet keeps digits as text.
    public var nikWithApostrophe = 0.005
    /// P3KE only: the family once more, with the same NIK and name but another ID Keluarga.
    public var familyRepeated = 0.004
    /// P3KE 2023 only: the head of a family without another adult is born 2008 or later.
    public var birthDateLate = 0.002

    public static let usual = IdentityDirt()

    public static let none = {
        var rates = IdentityDirt()
        rates.nikMissing = 0
        rates.nikRepeated = 0
        rates.nikFromSpreadsheet = 0
        rates.nikWithApostrophe = 0
        rates.familyRepeated = 0
        rates.birthDateLate = 0
        return rates
    }()

    public init() {}

    /// Traps on values that mean nothing.
    func check() {
        let nik = [nikMissing, nikRepeated, nikFromSpreadsheet, nikWithApostrophe]
        precondition(
            (nik + [nik.reduce(0, +), familyRepeated, birthDateLate])
                .allSatisfy { (0...1).contains($0) },
            "the shares of dirty identities are no shares"
        )
    }

    func drawNIK(from generator: inout SeededGenerator) -> NIKDirt? {
        var left = generator.uniform()
        for (kind, rate) in [
            (NIKDirt.missing, nikMissing), (.repeated, nikRepeated),
            (.fromSpreadsheet, nikFromSpreadsheet), (.withApostrophe, nikWithApostrophe),
        ] {
            left -= rate
            if left < 0 { return kind }
        }
        return nil
    }
}

/// What is wrong with a written NIK.
enum NIKDirt: Sendable {
    case missing, repeated, fromSpreadsheet, withApostrophe

    /// The bytes to write for `nik`; `other` is that of somebody else.
    static func bytes(of nik: UInt64, _ dirt: NIKDirt?, other: UInt64?) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(17)
        switch dirt {
        case .missing:
            break
        case .repeated:
            text.appendDecimal(other ?? nik)
        case .fromSpreadsheet:
            let sixDigits = (nik + 5_000_000_000) / 10_000_000_000
            text.appendDecimal(sixDigits / 100_000)
            text.append(UInt8(ascii: "."))
            text.appendDecimal(sixDigits % 100_000, width: 5)
            text += Array("E+15".utf8)
        case .withApostrophe:
            text.append(UInt8(ascii: "'"))
            text.appendDecimal(nik)
        case nil:
            text.appendDecimal(nik)
        }
        return text
    }
}
