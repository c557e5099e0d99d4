import Testing

@testable import Workbooks

struct CellNumberTests {
    static func text(_ written: String) -> String {
        var bytes: [UInt8] = []
        Array(written.utf8).withUnsafeBufferPointer { CellNumber.append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "a whole number keeps its digits and has no exponent",
        arguments: [
            ("0", "0"), ("-0", "0"), ("7", "7"), ("-12", "-12"), ("1E3", "1000"),
            ("3513010101010000", "3513010101010000"),
            ("3.51301010101E+15", "3513010101010000"),
            ("3513010101010001", "3513010101010001"),
            ("9007199254740993", "9007199254740993"),
            ("9.2233720368547748E+18", "9223372036854774784"),
            ("12.0", "12"),
        ])
    func whole(written: String, expected: String) {
        #expect(Self.text(written) == expected)
    }

    @Test(
        "a fraction is rounded to the fifteen digits that a spreadsheet shows",
        arguments: [
            ("0.1", "0.1"), ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"),
            ("-7.7552000000000003", "-7.7552"), ("1E-3", "0.001"), ("1.5E-7", "0.00000015"),
            ("113.21571234567891", "113.215712345679"), ("0.99999999999999999", "1"),
            ("9.9999999999999995E-2", "0.1"), ("1E+20", "100000000000000000000"),
            ("1E+300", "1e+300"), ("99999999999999.98", "100000000000000"),
        ])
    func fraction(written: String, expected: String) {
        #expect(Self.text(written) == expected)
    }

    @Test(
        "what is no number stays as it is written",
        arguments: ["", "nan", "inf", "0x1p3", "12 34", "1,5", "abc", "--1", "1e999", "007"])
    func other(written: String) {
        #expect(Self.text(written) == written)
    }
}
