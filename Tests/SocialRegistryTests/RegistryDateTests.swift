import PovertyModel
import SocialRegistry
import TestSupport
import Testing

@Suite("Dates of household files")
struct RegistryDateTests {
    @Test(
        "each form in use is read",
        arguments: [
            "1993-01-01", "1993/1/1", "1/1/1993", "1/1/1993 0:00:00", "01/01/1993 00:00:00",
            "01-01-1993", "1.1.1993", "33970", "33970.0", "33970,0", "1 Januari 1993",
            "01-Jan-1993", "1 jan 93", "1993-01-01T00:00:00", "1993-01-01 00:00:00.000",
            " 1993-01-01 ", "1/1/93",
        ])
    func forms(_ text: String) {
        #expect(RegistryDate.read(text)?.iso == "1993-01-01")
    }

    @Test(
        "day comes before month",
        arguments: [
            ("5/12/1980 0:00:00", "1980-12-05"), ("31-12-1980", "1980-12-31"),
            ("17 Agustus 1945", "1945-08-17"), ("2 Nopember 2001", "2001-11-02"),
            ("3 Mei 1999", "1999-05-03"), ("3-Okt-29", "2029-10-03"),
            ("3-Des-30", "1930-12-03"), ("29/2/2024", "2024-02-29"),
        ])
    func order(text: String, iso: String) {
        #expect(RegistryDate.read(text)?.iso == iso)
    }

    @Test(
        "what is no day is none",
        arguments: [
            "", "-", "31/2/1990", "29/2/2023", "1990-13-01", "1990", "0", "60", "73051", "12/1990",
            "1/1/193", "abc", "1 Foo 1990", "1/1/1990x", "1/1/1990/5", "19900101", "1,5", "1//1990",
            "00/00/0000", "0000-00-00",
        ])
    func none(_ text: String) {
        #expect(RegistryDate.read(text) == nil)
    }

    /// As Excel and LibreOffice show these numbers, but 60, which Excel calls 29 February 1900.
    @Test(
        "spreadsheet day numbers count from 1900 with the day that never was",
        arguments: [
            (1, "1900-01-01"), (31, "1900-01-31"), (59, "1900-02-28"), (61, "1900-03-01"),
            (366, "1900-12-31"), (367, "1901-01-01"), (25569, "1970-01-01"), (36585, "2000-02-29"),
            (45292, "2024-01-01"), (73050, "2099-12-31"),
        ] as [(UInt64, String)])
    func serials(serial: UInt64, iso: String) {
        #expect(RegistryDate.date(ofSerial: serial)?.iso == iso)
    }

    @Test("day numbers go up day by day")
    func everySerial() {
        var last = RegistryDate.date(ofSerial: 61)
        for serial in UInt64(62)...73_050 {
            let date = RegistryDate.date(ofSerial: serial)
            guard let date, let before = last, before < date else {
                Issue.record("day \(serial) does not come after the one before")
                return
            }
            last = date
        }
        #expect(last?.iso == "2099-12-31")
    }

    @Test("no bytes stop the reading")
    func fuzz() {
        let seed: UInt64 = 1900
        var generator = SeededGenerator(seed: seed)
        let bytes = Array("0123456789/-. :TJanmeiokt,".utf8) + [0, 0xFF]
        for round in 0..<50_000 {
            let cell = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                bytes[Int.random(in: 0..<bytes.count, using: &generator)]
            }
            let date = cell.withUnsafeBufferPointer(RegistryDate.read)
            if let date, CalendarDate(date.iso) != date {
                Issue.record("seed \(seed), round \(round): \(cell)")
            }
        }
    }
}
