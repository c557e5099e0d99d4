/// A day in the Gregorian calendar, without time or zone: registry dates, rules, releases.
public struct CalendarDate: Hashable, Sendable, Comparable {
    public let year: Int
    public let month: Int
    public let day: Int

    public static let unixEpoch = CalendarDate(unchecked: (1970, 1, 1))

    private init(unchecked date: (year: Int, month: Int, day: Int)) {
        (year, month, day) = date
    }

    /// Nil for a day that does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-02-28`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            let year = AdministrativeDigits.number(in: parts[0], count: 4),
            let month = AdministrativeDigits.number(in: parts[1], count: 2),
            let day = AdministrativeDigits.number(in: parts[2], count: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `2026-02-28`.
    public var iso: String {
        [(year, 4), (month, 2), (day, 2)]
            .map { AdministrativeDigits.padded($0.0, to: $0.1) }
            .joined(separator: "-")
    }

    public static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool {
        (lhs.year, lhs.month, lhs.day) < (rhs.year, rhs.month, rhs.day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
