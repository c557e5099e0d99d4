/// A number of a cell as a person reads it: plain digits, no exponent, no digits of noise.
enum CellNumber {
    private static let zero = UInt8(ascii: "0")
    private static let minus = UInt8(ascii: "-")
    private static let point = UInt8(ascii: ".")
    /// Decimal digits that a double holds for sure; spreadsheets show no more.
    private static let certainDigits = 15
    /// The longest row of digits that is surely below 2^63.
    private static let plainDigits = 18
    /// Beyond this power of ten a number is left in scientific notation.
    private static let largestExponent = 30

    /// Appends what `written`, the number as the file has it, means in plain decimals.
    ///
    /// Whole numbers keep all their digits up to 2^63, so that a NIK stored as a number can be had
    /// again; fractions are rounded to 15 significant digits, as Excel and LibreOffice show them.
    /// What is no number is appended as it is.
    static func append(_ written: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        if isPlainWhole(written) {
            text.append(contentsOf: written)
        } else if let value = double(written) {
            append(value, to: &text)
        } else {
            text.append(contentsOf: written)
        }
    }

    static func double(_ written: UnsafeBufferPointer<UInt8>) -> Double? {
        // Longer texts are no numbers of a spreadsheet, and `Double` would read "nan" and "0x1p3".
        guard written.count <= 400,
            written.allSatisfy({
                zero...zero + 9 ~= $0 || $0 == minus || $0 == point || $0 == UInt8(ascii: "+")
                    || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
            }), let value = Double(String(decoding: written, as: UTF8.self)), value.isFinite
        else { return nil }
        return value
    }

    static func append(_ value: Double, to text: inout [UInt8]) {
        precondition(value.isFinite, "\(value) is no number of a cell")
        if let whole = Int(exactly: value) {
            text.append(contentsOf: String(whole).utf8)
            return
        }
        var (digits, exponent) = decimal(value.magnitude)
        round(&digits, &exponent)
        if value < 0 { text.append(minus) }
        guard (-largestExponent...largestExponent).contains(exponent) else {
            text.append(contentsOf: String(value.magnitude).utf8)
            return
        }
        if exponent <= 0 {
            text.append(contentsOf: [zero, point])
            text.append(contentsOf: repeatElement(zero, count: -exponent))
            text.append(contentsOf: digits)
        } else if exponent >= digits.count {
            text.append(contentsOf: digits)
            text.append(contentsOf: repeatElement(zero, count: exponent - digits.count))
        } else {
            text.append(contentsOf: digits[..<exponent])
            text.append(point)
            text.append(contentsOf: digits[exponent...])
        }
    }

    @inline(__always)
    private static func isPlainWhole(_ written: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = written.first == minus ? written.dropFirst() : written[...]
        guard 1...plainDigits ~= digits.count else { return false }
        for byte in digits where byte < zero || byte > zero + 9 { return false }
        // "-0" is 0.
        return digits.startIndex == 0 || digits.first != zero
    }

    /// The shortest digits that give `value` back, as a fraction times ten to the `exponent`.
    private static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var pointPosition: Int?
        var rest = String(value).utf8[...]
        if let mark = rest.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(rest[rest.index(after: mark)...]) ?? "") ?? 0
            rest = rest[..<mark]
        }
        for byte in rest {
            if byte == point { pointPosition = digits.count } else { digits.append(byte) }
        }
        exponent += pointPosition ?? digits.count
        let leadingZeros = digits.prefix { $0 == zero }.count
        digits.removeFirst(leadingZeros)
        exponent -= leadingZeros
        while digits.last == zero { digits.removeLast() }
        return (digits, exponent)
    }

    private static func round(_ digits: inout [UInt8], _ exponent: inout Int) {
        guard digits.count > certainDigits else { return }
        let isUp = digits[certainDigits] >= zero + 5
        digits.removeLast(digits.count - certainDigits)
        if isUp {
            var position = certainDigits - 1
            while position >= 0, digits[position] == zero + 9 {
                digits[position] = zero
                position -= 1
            }
            if position >= 0 {
                digits[position] += 1
            } else {
                digits.insert(zero + 1, at: 0)
                exponent += 1
            }
        }
        while digits.last == zero { digits.removeLast() }
    }
}
