/// A day of a simulated life, without the checks of a real calendar date.
struct SimulatedDay: Hashable, Sendable, Comparable {
    let year: Int
    let month: Int
    let day: Int

    static func < (lhs: SimulatedDay, rhs: SimulatedDay) -> Bool {
        (lhs.year, lhs.month, lhs.day) < (rhs.year, rhs.month, rhs.day)
    }

    /// `2026-02-01`.
    var iso: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(10)
        text.appendDecimal(UInt64(year), width: 4)
        text.append(UInt8(ascii: "-"))
        text.appendDecimal(UInt64(month), width: 2)
        text.append(UInt8(ascii: "-"))
        text.appendDecimal(UInt64(day), width: 2)
        return text
    }

    /// `1/2/2026 0:00:00`, as a spreadsheet writes a day into text.
    var withMidnight: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(18)
        text.appendDecimal(UInt64(day))
        text.append(UInt8(ascii: "/"))
        text.appendDecimal(UInt64(month))
        text.append(UInt8(ascii: "/"))
        text.appendDecimal(UInt64(year), width: 4)
        text += Self.midnight
        return text
    }

    private static let midnight = Array(" 0:00:00".utf8)
}
