import Testing

@testable import Workbooks

struct CellDateTests {
    static func text(
        _ serial: Double,
        _ system: CellDate.System = .from1900,
        _ form: CellDate.Form = .date
    ) -> String? {
        var bytes: [UInt8] = []
        guard CellDate.append(serial, system, form, to: &bytes) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func text(iso: String) -> String {
        var bytes: [UInt8] = []
        Array(iso.utf8).withUnsafeBufferPointer { CellDate.append(iso: $0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func text(duration: String) -> String {
        var bytes: [UInt8] = []
        Array(duration.utf8).withUnsafeBufferPointer {
            CellDate.append(duration: $0, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Serial numbers as Excel shows them: 25569 is the epoch of Unix, 60 the day that never was.
    @Test(
        "the days of the system of 1900",
        arguments: [
            (1.0, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-29"), (61, "1900-03-01"),
            (25_569, "1970-01-01"), (29_280, "1980-02-29"), (36_585, "2000-02-29"),
            (46_081, "2026-02-28"), (46_082, "2026-03-01"), (2_958_465, "9999-12-31"),
        ])
    func from1900(serial: Double, expected: String) {
        #expect(Self.text(serial) == expected)
    }

    @Test("the system of 1904 counts from 1 January 1904 and has no false leap year")
    func from1904() {
        #expect(Self.text(0, .from1904) == "1904-01-01")
        #expect(Self.text(60, .from1904) == "1904-03-01")
        #expect(Self.text(24_107, .from1904) == "1970-01-01")
        #expect(Self.text(2_957_003, .from1904) == "9999-12-31")
        #expect(Self.text(2_957_004, .from1904) == nil)
    }

    @Test("every day from 1900 to 2100 follows the one before")
    func consecutive() throws {
        var expected = (year: 1900, month: 3, day: 1)
        for serial in 61...73_050 {
            let parts = try #require(Self.text(Double(serial))).split(separator: "-").map {
                Int($0)
            }
            #expect(parts == [expected.year, expected.month, expected.day])
            let isLeap =
                expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            expected.day += 1
            if expected.day > lengths[expected.month - 1] {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
    }

    @Test("the time of day is rounded to seconds and carries into the next day")
    func time() {
        #expect(Self.text(46_081.5) == "2026-02-28 12:00:00")
        #expect(Self.text(46_081.999999) == "2026-03-01")
        #expect(Self.text(46_081.000011574) == "2026-02-28 00:00:01")
        #expect(Self.text(0.4375, .from1900, .time) == "10:30:00")
        #expect(Self.text(1.25, .from1900, .time) == "30:00:00")
        #expect(Self.text(0.25) == "06:00:00")
    }

    @Test("what is before the first day or after the last is no date")
    func outside() {
        #expect(Self.text(-1) == nil)
        #expect(Self.text(2_958_466) == nil)
        #expect(Self.text(2_958_465.9999999) == nil)
        #expect(Self.text(3.513e15) == nil)
    }

    @Test("a date of ISO 8601 loses its T and a time of midnight")
    func iso() {
        #expect(Self.text(iso: "2026-02-28") == "2026-02-28")
        #expect(Self.text(iso: "2026-02-28T00:00:00.000Z") == "2026-02-28")
        #expect(Self.text(iso: "2026-02-28T07:05:00.250") == "2026-02-28 07:05:00")
        #expect(Self.text(iso: "T") == "T")
        #expect(Self.text(iso: "") == "")
    }

    @Test("a duration becomes hours, minutes and seconds; anything else stays")
    func duration() {
        #expect(Self.text(duration: "PT12H30M05S") == "12:30:05")
        #expect(Self.text(duration: "PT30H00M00.5000S") == "30:00:00")
        #expect(Self.text(duration: "P1D") == "P1D")
        #expect(Self.text(duration: "PT99999999999999999999H") == "PT99999999999999999999H")
    }
}
