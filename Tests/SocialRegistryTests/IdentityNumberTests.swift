import SocialRegistry
import TestSupport
import Testing

@Suite("NIK and No KK as spreadsheets leave them")
struct IdentityNumberTests {
    static func read(_ text: String) -> IdentityNumber.Reading {
        Array(text.utf8).withUnsafeBufferPointer(IdentityNumber.read)
    }

    @Test(
        "what is only disguised is read",
        arguments: [
            ("3513990101010001", IdentityNumber.Reading.exact(3_513_990_101_010_001)),
            ("'3513990101010001", .exact(3_513_990_101_010_001)),
            (" 3513990101010001 ", .exact(3_513_990_101_010_001)),
            ("0013990101010001", .exact(13_990_101_010_001)),
            ("3513 9901 0101 0001", .repaired(3_513_990_101_010_001)),
            ("3513.9901.0101.0001", .repaired(3_513_990_101_010_001)),
            ("35-13-99-010101-0001", .repaired(3_513_990_101_010_001)),
            ("3513\u{A0}990101010001", .repaired(3_513_990_101_010_001)),
            ("3513990101010001.0", .repaired(3_513_990_101_010_001)),
            ("3513990101010001,00", .repaired(3_513_990_101_010_001)),
            ("3.513990101010001e+15", .repaired(3_513_990_101_010_001)),
        ])
    func repaired(text: String, reading: IdentityNumber.Reading) {
        #expect(Self.read(text) == reading)
    }

    @Test(
        "what stands for nothing is missing",
        arguments: ["", " ", "'", "-", "--", "0", "0000000000000000", "NULL", "kosong", "#N/A"])
    func missing(_ text: String) {
        #expect(Self.read(text) == .missing)
    }

    @Test(
        "what a spreadsheet shortened stands for many numbers",
        arguments: ["3.51399E+15", "3,51399E+15", "3.5E+15", "4E+15", "3.51399e15"])
    func rounded(_ text: String) {
        #expect(Self.read(text) == .rounded)
    }

    @Test(
        "what has other digits than 16 is damaged",
        arguments: [
            ("351399010101001", 15), ("35139901010100011", 17), ("3513X90101010001", 15),
            ("3513990101010001x", 16), ("tidak ada", 0), ("3513990101010001.5", 17),
        ])
    func damaged(text: String, digits: Int) {
        #expect(Self.read(text) == .damaged(digits: digits))
    }

    @Test("beyond 2^53 an even number with .0 may have been rounded")
    func beyondExactDoubles() {
        #expect(Self.read("9900000000000002.0") == .damaged(digits: 16))
        #expect(Self.read("9900000000000001.0") == .repaired(9_900_000_000_000_001))
    }

    @Test("a number is written with 16 digits")
    func text() {
        #expect(IdentityNumber.text(13_990_101_010_001) == "0013990101010001")
        #expect(IdentityNumber.text(9_900_000_000_000_001) == "9900000000000001")
    }

    @Test("a column whose numbers end in 0 looks rounded, one of true numbers does not")
    func roundedColumn() {
        var generator = SeededGenerator(seed: 16)
        var cut = RoundedNumberCount()
        var whole = RoundedNumberCount()
        var mixed = RoundedNumberCount()
        for index in 0..<2000 {
            let number = UInt64.random(in: 1 << 50..<1 << 51, using: &generator)
            whole.note(number)
            cut.note(number / 10 * 10)
            mixed.note(index % 4 == 0 ? number / 10 * 10 : number)
            if index == 98 { #expect(!cut.looksRounded, "99 numbers are too few") }
        }
        #expect(cut.looksRounded)
        #expect(mixed.looksRounded)
        #expect(!whole.looksRounded)
    }

    @Test("no bytes stop the reading, and what it returns has 16 digits")
    func fuzz() {
        let seed: UInt64 = 3513
        var generator = SeededGenerator(seed: seed)
        let bytes = Array("0123456789.,-'/ eE+\u{A0}x".utf8) + [0, 0xFF]
        for round in 0..<50_000 {
            let cell = (0..<Int.random(in: 0...22, using: &generator)).map { _ in
                bytes[Int.random(in: 0..<bytes.count, using: &generator)]
            }
            let reading = cell.withUnsafeBufferPointer(IdentityNumber.read)
            if let number = reading.number, number == 0 || number > 9_999_999_999_999_999 {
                Issue.record("seed \(seed), round \(round): \(cell)")
            }
        }
    }
}
