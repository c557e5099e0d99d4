public import PovertyModel

/// Reads the dates of household files.
public enum RegistryDate {
    /// The day that a cell writes, nil when it writes none.
    ///
    /// Read are `2026-02-28`, `2026/2/28`, `28/2/2026`, `28-02-2026`, `28.2.2026`, each with or
    /// without a time (`0:00:00`) behind it, `28 Februari 2026` and `28-Feb-26`, and day numbers of
    /// spreadsheets (`33970`, `33970.0`). Day comes before month, as everywhere in Indonesia.
    /// Two digits of a year mean 1930 to 2029, as in Excel.
    public static func read(_ cell: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
        let bytes = cell.trimmed
        if let number = (bytes.wholePart ?? bytes).decimalNumber {
            // A bare 1990 is a year, not the 12 June 1905.
            return (1900...2099).contains(number) ? nil : date(ofSerial: number)
        }
        guard let parts = DateParts(bytes) else { return nil }
        return parts.date
    }

    public static func read(_ text: String) -> CalendarDate? {
        Array(text.utf8).withUnsafeBufferPointer(read)
    }

    /// The day with the number `serial` in the 1900 system of spreadsheets; 1 is 1900-01-01.
    ///
    /// The system counts a 29 February 1900 that never was, number 60 (an error of Lotus 1-2-3 that
    /// Excel keeps): up to 59 the days count from 31 December 1899, from 61 on from the 30th.
    /// Nil for 0, 60 and beyond the year 2099, which no registry can mean.
    public static func date(ofSerial serial: UInt64) -> CalendarDate? {
        guard (1...73_050).contains(serial), serial != 60 else { return nil }
        // Days since 1900-01-01, then since the beginning of a year that is at most one too early.
        var rest = Int(serial) - (serial < 60 ? 1 : 2)
        var year = 1900 + rest / 366
        rest -= (year - 1900) * 365 + max(0, year - 1901) / 4
        while rest >= days(of: year) {
            rest -= days(of: year)
            year += 1
        }
        var month = 1
        while month < 12, CalendarDate(year: year, month: month, day: rest + 1) == nil {
            // The first day that does not exist tells the length of the month.
            let length = (28...32).first {
                CalendarDate(year: year, month: month, day: $0) == nil
            }
            rest -= (length ?? 32) - 1
            month += 1
        }
        return CalendarDate(year: year, month: month, day: rest + 1)
    }

    private static func days(of year: Int) -> Int {
        CalendarDate(year: year, month: 2, day: 29) == nil ? 365 : 366
    }
}

/// The three parts of a written date.
private struct DateParts {
    private enum Part {
        case number(Int, digits: Int)
        case month(Int)
    }

    private let first: Part
    private let second: Part
    private let third: Part

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var parts: [Part] = []
        var start = 0
        while start < bytes.count {
            let isNumber = bytes[start].isDigit
            var end = start
            while end < bytes.count, Self.belongs(bytes[end], toNumber: isNumber) { end += 1 }
            if end == start {
                start += 1
                continue
            }
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
            if isNumber {
                guard let number = piece.decimalNumber, piece.count <= 4 else { return nil }
                parts.append(.number(Int(number), digits: piece.count))
            } else if let month = Self.month(piece) {
                parts.append(.month(month))
            } else {
                return nil
            }
            if parts.count == 3 {
                guard Self.isTime(bytes[end...]) else { return nil }
                break
            }
            start = end
        }
        guard parts.count == 3 else { return nil }
        (first, second, third) = (parts[0], parts[1], parts[2])
    }

    var date: CalendarDate? {
        switch (first, second, third) {
        case (.number(let year, digits: 4), .number(let month, _), .number(let day, let digits)):
            digits <= 2 ? CalendarDate(year: year, month: month, day: day) : nil
        case (.number(let day, let dayDigits), .number(let month, _), .number(let year, let digits)):
            Self.date(day, dayDigits, month, year, digits)
        case (.number(let day, let dayDigits), .month(let month), .number(let year, let digits)):
            Self.date(day, dayDigits, month, year, digits)
        default:
            nil
        }
    }

    private static func date(
        _ day: Int,
        _ dayDigits: Int,
        _ month: Int,
        _ year: Int,
        _ yearDigits: Int
    ) -> CalendarDate? {
        guard dayDigits <= 2 else { return nil }
        switch yearDigits {
        case 4: return CalendarDate(year: year, month: month, day: day)
        case 2: return CalendarDate(year: year + (year < 30 ? 2000 : 1900), month: month, day: day)
        default: return nil
        }
    }

    private static func belongs(_ byte: UInt8, toNumber: Bool) -> Bool {
        toNumber ? byte.isDigit : (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercased)
    }

    /// Whether nothing but a time, or nothing at all, follows.
    private static func isTime(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = rest.first else { return true }
        guard first == UInt8(ascii: " ") || first | 0x20 == UInt8(ascii: "t") else { return false }
        return rest.dropFirst().allSatisfy { byte in
            byte.isDigit || " :.+-zampm".utf8.contains(byte.lowercased)
        }
    }

    /// Indonesian names and the English ones of spreadsheets, whole or three letters or more.
    private static let months: [[StaticString]] = [
        ["januari", "january", "jan"], ["februari", "february", "pebruari", "feb", "peb"],
        ["maret", "march", "mar"], ["april", "apr"], ["mei", "may"], ["juni", "june", "jun"],
        ["juli", "july", "jul"], ["agustus", "august", "agu", "agt", "ags", "aug"],
        ["september", "sep", "sept"], ["oktober", "october", "okt", "oct"],
        ["november", "nopember", "nov", "nop"], ["desember", "december", "des", "dec"],
    ]

    private static func month(_ piece: UnsafeBufferPointer<UInt8>) -> Int? {
        months.firstIndex { $0.contains { piece.isWord($0) } }.map { $0 + 1 }
    }
}
