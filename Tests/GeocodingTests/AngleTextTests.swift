import TestSupport
import Testing

@testable import Geocoding

@Suite struct AngleTextTests {
    @Test(
        "an angle has its value and its step",
        arguments: [
            ("7°30'", 7.5, 1.0 / 60), ("7°30'36\"", 7.51, 1.0 / 3600),
            ("7 30 36.0", 7.51, 0.1 / 3600), ("-7°30'", -7.5, 1.0 / 60), ("7,5 LS", -7.5, 0.1),
            ("113 BT", 113, 1), ("7.30.36", 7.51, 1.0 / 3600), ("7° 30′ S", -7.5, 1.0 / 60),
            ("7°29'60.00\"", 7.5, 0.01 / 3600),
        ] as [(String, Double, Double)]
    )
    func angle(text: String, value: Double, step: Double) throws {
        let reading = try #require(AngleText.readings(of: text).first { $0.form == .angle })
        #expect(isClose(reading.value, value, relative: 1e-12))
        #expect(isClose(reading.step, step, relative: 1e-12))
    }

    @Test("hemisphere letters and words give the axis")
    func axis() {
        for text in ["7 LS", "LS 7", "7 S", "7 Lintang Selatan", "7 LU", "7n", "lintang 7"] {
            #expect(AngleText.readings(of: text).allSatisfy { $0.axis == .latitude }, "\(text)")
            #expect(!AngleText.readings(of: text).isEmpty, "\(text)")
        }
        for text in ["113 BT", "E 113", "113 bujur timur", "113 BB", "113w"] {
            #expect(AngleText.readings(of: text).allSatisfy { $0.axis == .longitude }, "\(text)")
            #expect(!AngleText.readings(of: text).isEmpty, "\(text)")
        }
    }

    @Test("a point before three digits may set thousands apart or decimals")
    func thousands() {
        let readings = AngleText.readings(of: "766.388")
        #expect(readings.map(\.value) == [766.388, 766_388])
        #expect(readings.map(\.form) == [.number, .grouped])
        #expect(AngleText.readings(of: "9.139.625,5").map(\.value) == [9_139_625.5])
    }

    @Test(
        "what is no coordinate has no reading",
        arguments: [
            "", "S", "1e5", "7°60'", "7°30'60.1\"", "7.5°30'", "1 2 3 4", "7 LS BT", "7-", "+-7",
            "7,,5", "...", "200°10'",
        ]
    )
    func none(text: String) {
        #expect(
            AngleText.readings(of: text).filter { $0.form != .grouped }
                .allSatisfy { $0.repairs.contains(.strayCharacters) })
    }
}
