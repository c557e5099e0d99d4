/// Dates and timestamps of RFC 3339 as they may stand in a filter.
enum TemporalText {
    /// `2026-02-28`, a day that there is.
    static func isDate(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10])
        else { return false }
        return (1...12).contains(month) && (1...days(of: month, in: year)).contains(day)
    }

    /// The timestamp with capital letters; nil where the text is none.
    ///
    /// Seconds may have a fraction, of which SQLite looks at three digits. A distance from UTC is
    /// read too, which CQL2 text does not have and CQL2 JSON does.
    static func timestamp(_ text: String) -> String? {
        let bytes = Array(text.uppercased().utf8)
        guard (20...40).contains(bytes.count), isDate(text.prefix(10)),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            rest.removeFirst(digits.count)
        }
        guard rest.elementsEqual("Z".utf8) || isOffset(Array(rest)) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `+07:00`; SQLite reads up to 14 hours.
    private static func isOffset(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]),
            let minutes = number(bytes[4..<6])
        else { return false }
        return hours <= 14 && minutes < 60
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0) { (sum: Int?, digit) in
            guard let sum, (0x30...0x39).contains(digit) else { return nil }
            return sum * 10 + Int(digit) - 0x30
        }
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2:
            year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
                ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
