/// Reads decimal numbers from bytes, each rounded to the nearest Double.
enum DecimalText {
    /// The number in `range` of `bytes`, blanks around it allowed; nil for anything else.
    ///
    /// Up to 19 digits with up to 19 of them behind the point take the fast ways: one exact
    /// division of two Doubles (Clinger, "How to read floating point numbers accurately", PLDI
    /// 1990), or one of integers. All else, exponents included, is left to `Double(_:)`.
    static func value(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double? {
        var position = range.lowerBound
        var end = range.upperBound
        while position < end, isBlank(bytes[position]) { position += 1 }
        while position < end, isBlank(bytes[end - 1]) { end -= 1 }
        let text = position..<end
        guard position < end else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
        var digits: UInt64 = 0
        var count = 0
        var point: Int?
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                count += 1
            } else if bytes[position] == UInt8(ascii: "."), point == nil {
                point = position
            } else {
                return slowValue(of: bytes, text)
            }
            position += 1
        }
        let decimals = point.map { end - $0 - 1 } ?? 0
        guard (1...19).contains(count) else { return slowValue(of: bytes, text) }
        let magnitude = quotient(digits, decimals: decimals)
        return isNegative ? -magnitude : magnitude
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func slowValue(
        of bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>
    ) -> Double? {
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        // `Double` also reads "nan", "inf" and hexadecimal numbers; a table means none of them.
        guard text.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
            let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
        else { return nil }
        return value
    }

    /// `digits` / 10^`decimals`, rounded to nearest, ties to even; `decimals` is at most 19.
    static func quotient(_ digits: UInt64, decimals: Int) -> Double {
        if decimals == 0 { return Double(digits) }
        // Both exact as Doubles: IEEE division rounds the true quotient once.
        if digits <= 1 << 53 { return Double(digits) / exactPowers[decimals] }
        // Shift both so that their top bit is set; then the quotient of `dividend` / 2 has 63 or
        // 64 bits, enough to see how the rest beyond the 53 of a Double must be rounded.
        let divisor = powers[decimals]
        let dividendShift = digits.leadingZeroBitCount
        let divisorShift = divisor.leadingZeroBitCount
        let dividend = digits << UInt64(dividendShift)
        let (quotient, remainder) = (divisor << UInt64(divisorShift))
            .dividingFullWidth((dividend >> 1, dividend << 63))
        let extra = UInt64(11 - quotient.leadingZeroBitCount)
        let half = UInt64(1) << (extra - 1)
        let rest = quotient & ((half << 1) - 1)
        var significand = quotient >> extra
        if rest > half || rest == half && (remainder > 0 || significand & 1 == 1) {
            significand += 1
        }
        return Double(
            sign: .plus, exponent: Int(extra) - 63 + divisorShift - dividendShift,
            significand: Double(significand))
    }

    private static let powers: [UInt64] = {
        var powers: [UInt64] = [1]
        for _ in 1...19 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    private static let exactPowers = powers.map { Double($0) }
}
