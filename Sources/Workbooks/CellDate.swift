/// Dates of cells, which are numbers of days, and ISO 8601 texts of dates.
enum CellDate {
    /// From which day a workbook counts.
    enum System: Sendable {
        /// Day 1 is 1 January 1900. Excel takes 1900 for a leap year, as Lotus 1-2-3 did, so day 60
        /// is 29 February 1900, which never was, and later days are one too high.
        case from1900
        /// Day 0 is 1 January 1904: workbooks from older Excel for Macintosh.
        case from1904
    }

    /// What a cell's format shows of its number.
    enum Form: Sendable {
        case date
        case time
    }

    private static let secondsPerDay = 86_400
    /// 31 December 9999, the last day a spreadsheet shows, in the system of 1900.
    private static let lastDay = 2_958_465
    private static let daysFrom1900To1904 = 1_462
    /// 30 December 1899 in days from 1 January 1970.
    private static let epoch = -25_569

    /// Appends `YYYY-MM-DD`, with ` HH:MM:SS` where there is a time of day; a time as `HH:MM:SS`.
    ///
    /// - Returns: false, with nothing appended, for a number that is no date.
    static func append(
        _ serial: Double,
        _ system: System,
        _ form: Form,
        to text: inout [UInt8]
    ) -> Bool {
        guard serial >= 0, serial < Double(lastDay + 1) else { return false }
        let seconds = Int((serial * Double(secondsPerDay)).rounded())
        if form == .time {
            // `[h]:mm` counts hours beyond the day.
            appendTime(seconds, to: &text)
            return true
        }
        var day = seconds / secondsPerDay
        let time = seconds % secondsPerDay
        if system == .from1904 { day += daysFrom1900To1904 }
        guard day <= lastDay else { return false }
        if day == 0 {
            // Excel shows "0 January 1900"; only the time of day says something.
            appendTime(time, to: &text)
            return true
        }
        if day == 60, system == .from1900 {
            text.append(contentsOf: "1900-02-29".utf8)
        } else {
            appendDate(epoch + day + (day < 60 ? 1 : 0), to: &text)
        }
        if time > 0 {
            text.append(UInt8(ascii: " "))
            appendTime(time, to: &text)
        }
        return true
    }

    /// Appends an ISO 8601 date of a file, `2026-02-28T00:00:00.000Z`, in the form above.
    static func append(iso written: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        guard let mark = written.firstIndex(of: UInt8(ascii: "T")), mark > 0 else {
            text.append(contentsOf: written)
            return
        }
        text.append(contentsOf: written[..<mark])
        let time = written[(mark + 1)...].prefix { byte in
            UInt8(ascii: "0")...UInt8(ascii: ":") ~= byte
        }
        guard time.contains(where: { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: ":") }) else {
            return
        }
        text.append(UInt8(ascii: " "))
        text.append(contentsOf: time)
    }

    /// Appends an ISO 8601 duration such as `PT12H30M00S` as `12:30:00`; anything else as it is.
    static func append(duration written: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        guard written.starts(with: "PT".utf8) else {
            text.append(contentsOf: written)
            return
        }
        var seconds = 0
        var number = 0
        var isFraction = false
        for byte in written.dropFirst(2) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard !isFraction else { continue }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
                guard number < 1 << 30 else {
                    text.append(contentsOf: written)
                    return
                }
            case UInt8(ascii: "."), UInt8(ascii: ","): isFraction = true
            case UInt8(ascii: "H"), UInt8(ascii: "M"), UInt8(ascii: "S"):
                seconds += number * (byte == 0x48 ? 3_600 : byte == 0x4D ? 60 : 1)
                number = 0
                isFraction = false
            default:
                text.append(contentsOf: written)
                return
            }
        }
        appendTime(seconds, to: &text)
    }

    /// Days from 1 January 1970 to the proleptic Gregorian calendar, in whole numbers: the year is
    /// taken to begin in March, so that the leap day is its last.
    private static func appendDate(_ days: Int, to text: inout [UInt8]) {
        let fromMarch = days + 719_468
        let era = fromMarch / 146_097
        let dayOfEra = fromMarch % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        append(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), width: 4, to: &text)
        text.append(UInt8(ascii: "-"))
        append(month, width: 2, to: &text)
        text.append(UInt8(ascii: "-"))
        append(day, width: 2, to: &text)
    }

    private static func appendTime(_ seconds: Int, to text: inout [UInt8]) {
        append(seconds / 3_600, width: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds / 60 % 60, width: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds % 60, width: 2, to: &text)
    }

    private static func append(_ number: Int, width: Int, to text: inout [UInt8]) {
        let digits = String(number).utf8
        text.append(
            contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count)))
        text.append(contentsOf: digits)
    }
}
