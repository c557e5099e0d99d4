import PovertyModel
import Testing

struct CalendarDateTests {
    @Test("every day of four centuries exists once, and no other does")
    func wholeCycle() {
        // The Gregorian calendar repeats after 146,097 days.
        var days = 0
        for year in 1_801...2_200 {
            for month in 0...13 {
                for day in 0...32 where CalendarDate(year: year, month: month, day: day) != nil {
                    days += 1
                }
            }
        }
        #expect(days == 146_097)
    }

    @Test("a leap day comes every fourth year, but not in 1900 and 2100")
    func leapDays() {
        #expect(CalendarDate("2024-02-29") != nil)
        #expect(CalendarDate("2000-02-29") != nil)
        #expect(CalendarDate("2026-02-29") == nil)
        #expect(CalendarDate("1900-02-29") == nil)
        #expect(CalendarDate("2100-02-29") == nil)
    }

    @Test("a date is written as it is read")
    func iso() {
        for text in ["2026-02-28", "0001-01-01", "9999-12-31"] {
            #expect(CalendarDate(text)?.iso == text)
        }
        #expect(CalendarDate.unixEpoch.iso == "1970-01-01")
    }

    @Test(
        "what is no ISO date is refused",
        arguments: [
            "", "2026-2-28", "26-02-28", "2026/02/28", "28-02-2026", "2026-02-28T00:00",
            "2026-04-31",
            "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "2026-+2-01", "+202-02-01",
            "2026-02-+1", "2026--2-01", "2026-0x-01", "2026-02-.1", "2026-02", "２０２６-02-01",
        ]
    )
    func refuses(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("earlier days come first")
    func order() {
        let dates = ["1999-12-31", "2025-11-30", "2026-01-02", "2026-01-10", "2026-10-01"]
            .compactMap { CalendarDate($0) }
        #expect(dates.count == 5)
        #expect(dates.reversed().sorted() == dates)
    }
}
