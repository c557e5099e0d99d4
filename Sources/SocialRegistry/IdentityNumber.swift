/// Reads a NIK or No KK of 16 digits out of what spreadsheets make of it.
///
/// A repair only takes away what is no digit; no digit is ever guessed.
public enum IdentityNumber {
    public enum Reading: Hashable, Sendable {
        case exact(UInt64)
        /// Blanks, dots, dashes or a `.0` were taken away.
        case repaired(UInt64)
        /// Empty, or a word or sign that stands for nothing.
        case missing
        /// Scientific notation with fewer digits than the number has: it stands for many numbers.
        case rounded
        /// So many digits instead of 16, or other characters among them.
        case damaged(digits: Int)

        public var number: UInt64? {
            switch self {
            case .exact(let number), .repaired(let number): number
            case .missing, .rounded, .damaged: nil
            }
        }
    }

    public static let digitCount = 16

    /// Whole numbers up to here have a binary double of their own.
    private static let exactInDouble: UInt64 = 1 << 53

    /// Reads the bytes of a cell; blanks around it do not matter.
    public static func read(_ cell: UnsafeBufferPointer<UInt8>) -> Reading {
        var bytes = cell.trimmed
        // A leading apostrophe is how a spreadsheet keeps digits as text.
        if bytes.first == UInt8(ascii: "'") {
            bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst()).trimmed
        }
        if bytes.count == digitCount, let number = bytes.decimalNumber {
            return number == 0 ? .missing : .exact(number)
        }
        return readOdd(bytes)
    }

    /// Sixteen digits, with leading zeros.
    public static func text(_ number: UInt64) -> String {
        String(unsafeUninitializedCapacity: digitCount) { buffer in
            var rest = number
            for position in stride(from: digitCount - 1, through: 0, by: -1) {
                buffer[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return digitCount
        }
    }

    private static func readOdd(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
        if bytes.meansNothing { return .missing }
        if let exponential = readExponential(bytes) { return exponential }
        if let whole = bytes.wholePart, whole.count == digitCount,
            let number = whole.decimalNumber
        {
            // A double beyond 2^53 is even, so an even number may have been rounded to it.
            return number <= exactInDouble || number % 2 == 1
                ? .repaired(number) : .damaged(digits: digitCount)
        }
        var digits = 0
        var number: UInt64 = 0
        var isClean = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if digits <= digitCount { number = number * 10 + UInt64(byte & 0x0F) }
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"),
                UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\t"),
                0xC2, 0xA0:  // a blank that does not break
                continue
            default:
                isClean = false
            }
        }
        return isClean && digits == digitCount && number > 0
            ? .repaired(number) : .damaged(digits: digits)
    }

    /// 3.51301E+15 and 3,51301E+15; nil for anything else.
    private static func readExponential(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
        guard let exponential = ExponentialNumber(bytes) else { return nil }
        // All sixteen digits written: the number itself, such as a program prints a double.
        if exponential.exponent == digitCount - 1, exponential.digits == digitCount,
            exponential.significand <= exactInDouble
        {
            return .repaired(exponential.significand)
        }
        return .rounded
    }
}

/// A number such as 3.51301E+15, as digits and exponent.
struct ExponentialNumber: Equatable {
    /// The digits before and after the mark as one number: 351301.
    let significand: UInt64
    /// How many digits those are, with leading zeros.
    let digits: Int
    let exponent: Int

    /// Nil unless there is one digit, perhaps a mark and decimals, then E and an exponent.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first, first.isDigit,
            let e = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return nil }
        var significand: UInt64 = 0
        var digits = 0
        for (index, byte) in bytes[..<e].enumerated() {
            if index == 1, byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") { continue }
            guard byte.isDigit, digits < 18, index != 1 else { return nil }
            significand = significand * 10 + UInt64(byte & 0x0F)
            digits += 1
        }
        var power = bytes[(e + 1)...]
        if power.first == UInt8(ascii: "+") { power = power.dropFirst() }
        guard (1...3).contains(power.count), power.allSatisfy(\.isDigit) else { return nil }
        self.significand = significand
        self.digits = digits
        exponent = power.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }
}

/// Counts numbers that end in 0, to find a column that a spreadsheet rounded to 15 digits.
///
/// One number that ends in 0 proves nothing, and about one of ten does. When of a hundred or more
/// a quarter or more do (1 in 100,000 by chance), the last digits of many are lost, and numbers
/// that differed may now be one.
public struct RoundedNumberCount: Hashable, Sendable {
    public private(set) var numbers = 0
    public private(set) var endingInZero = 0

    public init() {}

    public mutating func note(_ number: UInt64) {
        numbers += 1
        if number % 10 == 0 { endingInZero += 1 }
    }

    public var looksRounded: Bool { numbers >= 100 && endingInZero * 4 >= numbers }
}
