import Testing

@testable import Workbooks

struct NumberFormatTests {
    @Test(
        "the code of a format tells dates, times and codes with leading zeros",
        arguments: [
            ("General", NumberFormat.plain), ("0.00", .plain), ("#,##0", .plain), ("0%", .plain),
            ("\"Rp\"#,##0.00_);[Red](\"Rp\"#,##0.00)", .plain), ("0.00E+00", .plain), ("@", .plain),
            ("\"hari\" 0", .plain), ("0\\d", .plain), ("[$Rp-421]#,##0", .plain), ("0", .plain),
            ("dd/mm/yyyy", .date), ("[$-421]dd mmmm yyyy;@", .date), ("mmm-yy", .date),
            ("m", .date), ("yyyy\\-mm\\-dd hh:mm:ss", .date), ("d \"jam\" h", .date),
            ("h:mm", .time), ("[h]:mm:ss", .time), ("mm:ss", .time), ("[mm]", .time),
            ("hh:mm AM/PM", .time), ("000", .digits(width: 3)),
            ("0000000000000000", .digits(width: 16)), ("000;-000", .digits(width: 3)),
            ("", .plain), ("\"", .plain), ("[", .plain), ("\\", .plain),
        ])
    func codes(code: String, expected: NumberFormat) {
        #expect(NumberFormat(code: code) == expected)
    }

    @Test("the formats without a code are dates from 14 to 17 and at 22, times at 18 to 21")
    func builtIn() {
        let dates = (0..<60).filter { NumberFormat(builtIn: $0) == .date }
        #expect(dates.starts(with: [14, 15, 16, 17, 22]))
        #expect((18...21).allSatisfy { NumberFormat(builtIn: $0) == .time })
        #expect([0, 1, 2, 9, 10, 49, 164].allSatisfy { NumberFormat(builtIn: $0) == .plain })
    }

    @Test("leading zeros are added to whole numbers only")
    func digits() {
        func text(_ written: String) -> String {
            var bytes: [UInt8] = Array("x".utf8)
            Array(written.utf8).withUnsafeBufferPointer {
                NumberFormat.digits(width: 3).append($0, .from1900, to: &bytes)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(
            ["7", "12", "123", "1234", "-7", "0.5"].map(text) == [
                "x007", "x012", "x123", "x1234", "x-7", "x0.5",
            ])
    }
}
