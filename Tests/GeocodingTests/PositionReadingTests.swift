import Geospatial
import TestSupport
import Testing

@testable import Geocoding

@Suite struct PositionReadingTests {
    static let extent = BoundingBox(west: 113, south: -8, east: 113.75, north: -7.5)
    static let house = Coordinate(longitude: 113.4158, latitude: -7.7764)

    static func read(_ x: String, _ y: String) -> PositionReading {
        PositionReading(x: x, y: y, extent: extent)
    }

    /// Reads and expects a place within `metres` of the house.
    static func expectHouse(
        _ x: String,
        _ y: String,
        repairs: [PositionReading.Repair],
        withinMetres metres: Double = 0.05,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .position(let found, let told) = read(x, y) else {
            Issue.record(
                "“\(x)”, “\(y)” is \(read(x, y))", sourceLocation: sourceLocation)
            return
        }
        let off = max(
            (found.longitude - house.longitude).magnitude,
            (found.latitude - house.latitude).magnitude)
        #expect(off * 111_320 <= metres, "“\(x)”, “\(y)”", sourceLocation: sourceLocation)
        #expect(told == repairs, "“\(x)”, “\(y)”", sourceLocation: sourceLocation)
    }

    @Test(
        "each repair leads to the house, and is told",
        arguments: [
            ("113.4158", "-7.7764", []),
            (" 113.4158 ", "\t-7.7764\u{A0}", []),
            ("+113.4158", "-07.7764", []),
            ("113,4158", "-7,7764", [.decimalComma]),
            ("113.4158", "-7,7764", [.decimalComma]),
            ("-7.7764", "113.4158", [.swappedAxes]),
            ("113.4158", "7.7764", [.missingMinus]),
            ("7.7764", "113.4158", [.swappedAxes, .missingMinus]),
            ("-7,7764", "113,4158", [.decimalComma, .swappedAxes]),
            ("113,4158", "7,7764", [.decimalComma, .missingMinus]),
            ("7,7764", "113,4158", [.decimalComma, .swappedAxes, .missingMinus]),
        ] as [(String, String, [PositionReading.Repair])]
    )
    func repairs(x: String, y: String, repairs: [PositionReading.Repair]) {
        #expect(Self.read(x, y) == .position(Self.house, repairs: repairs))
    }

    @Test(
        "degrees, minutes, seconds and hemispheres are read as they are written in the field",
        arguments: [
            ("113°24'56.88\" E", "7°46'35.04\" S", [.degreesMinutes]),
            ("113°24′56.88″ BT", "7°46′35.04″ LS", [.degreesMinutes]),
            ("113 24 56.88 BT", "7 46 35.04 LS", [.degreesMinutes]),
            ("BT 113 24 56,88", "LS 7 46 35,04", [.decimalComma, .degreesMinutes]),
            ("113º24'56,88''", "-7º46'35,04''", [.decimalComma, .degreesMinutes]),
            ("113°24'56.88\"", "7°46'35.04\"", [.missingMinus, .degreesMinutes]),
            ("113:24:56.88", "-7:46:35.04", [.degreesMinutes]),
            ("113-24-56.88 BT", "7-46-35.04 LS", [.degreesMinutes]),
            ("113.24.57", "-7.46.35", [.degreesMinutes]),
            ("113°24.948'E", "7°46.584'S", [.degreesMinutes]),
            ("113d24m56.88s", "-7d46m35.04s", [.degreesMinutes]),
            (
                "113 derajat 24 menit 56.88 detik", "-7 derajat 46 menit 35.04 detik",
                [.degreesMinutes]
            ),
            ("E113.4158", "S7.7764", [.degreesMinutes]),
            ("113.4158°", "-7.7764°", [.degreesMinutes]),
            ("113,4158 BT", "7,7764 LS", [.decimalComma, .degreesMinutes]),
            ("113.4158 Bujur Timur", "7.7764 Lintang Selatan", [.degreesMinutes]),
            ("S 7.7764", "E 113.4158", [.swappedAxes, .degreesMinutes]),
            ("7 46 35.04", "113 24 56.88", [.swappedAxes, .missingMinus, .degreesMinutes]),
        ] as [(String, String, [PositionReading.Repair])]
    )
    func degreesMinutes(x: String, y: String, repairs: [PositionReading.Repair]) {
        Self.expectHouse(x, y, repairs: repairs, withinMetres: 6)
    }

    @Test(
        "two numbers in one cell are told apart, whatever stands in the other",
        arguments: [
            ("-7.7764, 113.4158", "", [.oneCell]),
            ("-7.7764, 113.4158", "-7.7764, 113.4158", [.oneCell]),
            ("", "-7.7764,113.4158", [.oneCell]),
            ("113.4158 -7.7764", "", [.oneCell]),
            ("113.4158;-7.7764", "", [.oneCell]),
            ("113,4158 ; -7,7764", "", [.decimalComma, .oneCell]),
            ("7 46 35.04 LS 113 24 56.88 BT", "", [.degreesMinutes, .oneCell]),
            ("7°46'35.04\"S 113°24'56.88\"E", "", [.degreesMinutes, .oneCell]),
            ("(-7.7764, 113.4158)", "", [.oneCell, .strayCharacters]),
            ("lat -7.7764 long 113.4158", "", [.oneCell, .strayCharacters]),
        ] as [(String, String, [PositionReading.Repair])]
    )
    func oneCell(x: String, y: String, repairs: [PositionReading.Repair]) {
        Self.expectHouse(x, y, repairs: repairs, withinMetres: 1)
    }

    @Test("metres of zone 49S and 50S are read, swapped, with commas and with thousands set apart")
    func utm() {
        let point = TransverseMercator.utm49S.project(Self.house)
        // What the whole metres are, to check the text below against.
        #expect(Int(point.x) == 766_438 && Int(point.y) == 9_139_660, "\(point)")
        let easting = "766439"
        let northing = "9139661"
        let near = 1.5
        Self.expectHouse(easting, northing, repairs: [.utm], withinMetres: near)
        Self.expectHouse(northing, easting, repairs: [.swappedAxes, .utm], withinMetres: near)
        Self.expectHouse(
            "766439,4", "9139661,4", repairs: [.decimalComma, .utm], withinMetres: near)
        Self.expectHouse("766.439", "9.139.661", repairs: [.utm], withinMetres: near)
        Self.expectHouse(
            "766.439,4", "9.139.661,4", repairs: [.decimalComma, .utm], withinMetres: near)
        Self.expectHouse("766,439.4", "9,139,661.4", repairs: [.utm], withinMetres: near)
        Self.expectHouse(
            "49M 766439 9139661", "", repairs: [.utm, .oneCell], withinMetres: near)
        Self.expectHouse(
            "UTM Zona 49 S 766439 9139661", "", repairs: [.utm, .oneCell], withinMetres: near)
        Self.expectHouse(
            "766439 mE", "9139661 mN", repairs: [.utm, .strayCharacters], withinMetres: near)
        Self.expectHouse("E 766439", "N 9139661", repairs: [.utm], withinMetres: near)
        let far = TransverseMercator.utm50S.project(Self.house)
        Self.expectHouse(
            String(Int(far.x)), String(Int(far.y)), repairs: [.utm], withinMetres: near)
    }

    @Test(
        "a lost decimal point is set where the coordinate falls inside",
        arguments: [
            ("1134158000", "-77764000", [.scaled]),
            ("113415800", "-7776400", [.scaled]),
            ("113415800", "7776400", [.missingMinus, .scaled]),
            ("-77764", "1134158", [.swappedAxes, .scaled]),
            ("113.415.800", "-7.776.400", [.scaled]),
            ("113.4158", "-77764", [.scaled]),
        ] as [(String, String, [PositionReading.Repair])]
    )
    func scaled(x: String, y: String, repairs: [PositionReading.Repair]) {
        Self.expectHouse(x, y, repairs: repairs)
    }

    @Test(
        "stray letters, quotes and blanks are passed over and told",
        arguments: [
            ("X: 113.4158", "Y: -7.7764"), ("\"113.4158\"", "\"-7.7764\""),
            ("113.4158\u{200B}", "-7.7764"), ("113. 4158", "-7.7764"), ("113.4 158", "-7.7764"),
            ("[113.4158", "-7.7764]"), ("113.4158 m", "-7.7764"),
        ] as [(String, String)]
    )
    func stray(x: String, y: String) {
        Self.expectHouse(x, y, repairs: [.strayCharacters])
    }

    @Test(
        "0/0 is a device without a fix",
        arguments: [("0", "0"), ("0,0", "-0.000"), ("+0", "0."), ("0, 0", ""), ("0.0,0.0", "")])
    func zero(x: String, y: String) {
        #expect(Self.read(x, y) == .zero)
    }

    @Test("nothing written is empty", arguments: [("", ""), (" ", "\t"), ("\u{A0}", "")])
    func empty(x: String, y: String) {
        #expect(Self.read(x, y) == .empty)
    }

    @Test(
        "what is no pair of numbers is unreadable",
        arguments: [
            ("113.4158", ""), ("", "-7.7764"), ("timur", "selatan"), ("113.415.8", "-7.7764"),
            ("1.134158E2", "-7.7764"), ("1.134158E+02", "-7.7764E+00"), ("1,13E+08", "-7.8E6"),
            ("nan", "inf"), ("0x71", "-7.7764"), ("--7", "113.4"), (".", ","),
            ("113°75'10\"", "7°46'35\""), ("765432", "1234"), ("7.7764 S", "7.7764 LS"),
            ("113.4158 E W", "-7.7764"), ("RT 3 RW 1", "Dusun Reka"),
            (String(repeating: "9", count: 400), "-7.7764"),
            (String(repeating: "1 ", count: 400), ""),
        ] as [(String, String)]
    )
    func unreadable(x: String, y: String) {
        #expect(Self.read(x, y) == .unreadable)
    }

    @Test(
        "degrees outside stay as they are written",
        arguments: [
            ("112.5", "-7.25", 112.5, -7.25), ("0", "-7.7764", 0, -7.7764),
            ("-113.4158", "-7.7764", -113.4158, -7.7764), ("112.5", "7.25", 112.5, 7.25),
        ] as [(String, String, Double, Double)]
    )
    func outside(x: String, y: String, longitude: Double, latitude: Double) {
        let written = Coordinate(longitude: longitude, latitude: latitude)
        #expect(Self.read(x, y) == .position(written, repairs: []))
    }

    @Test("outside, decimal comma, hemisphere and cell are still told")
    func repairsOutside() {
        let written = Coordinate(longitude: 112.5, latitude: -7.25)
        #expect(Self.read("112,5", "-7,25") == .position(written, repairs: [.decimalComma]))
        #expect(Self.read("112.5 BT", "7.25 LS") == .position(written, repairs: [.degreesMinutes]))
        #expect(Self.read("-7.25, 112.5", "") == .position(written, repairs: [.oneCell]))
    }

    @Test("the reading with fewer repairs wins where several fall inside")
    func fewestRepairs() {
        let wide = BoundingBox(west: -20, south: -20, east: 20, north: 20)
        let reading = PositionReading(x: "3", y: "4", extent: wide)
        #expect(reading == .position(Coordinate(longitude: 3, latitude: 4), repairs: []))
        let southern = BoundingBox(west: -20, south: -20, east: 20, north: 0)
        #expect(
            PositionReading(x: "-3", y: "4", extent: southern)
                == .position(Coordinate(longitude: 4, latitude: -3), repairs: [.swappedAxes]))
    }

    @Test(
        "the resolution is that of the last digit written",
        arguments: [
            ("113.4158", "-7.7764", 11.13), ("113.42", "-7.78", 1113), ("113.42", "-7.7764", 11.13),
            ("113,4158", "-7,7764", 11.13), ("113°24'57\" E", "7°46'35\" S", 30.9),
            ("113°25' E", "7°47' S", 1855), ("766439", "9139661", 1),
            ("766439.4", "9139661.4", 0.1),
            ("1134158000", "-77764000", 0.0111),
        ] as [(String, String, Double)]
    )
    func resolution(x: String, y: String, metres: Double) throws {
        let text = PositionText(x: x, y: y, extent: Self.extent)
        let found = try #require(text.resolutionMetres)
        #expect(isClose(found, metres, relative: 0.01), "\(found) m")
    }

    @Test("without a position there is no resolution")
    func noResolution() {
        for (x, y) in [("", ""), ("0", "0"), ("x", "y")] {
            #expect(PositionText(x: x, y: y, extent: Self.extent).resolutionMetres == nil)
        }
    }

    @Test("no text traps, and what is repaired lies inside", arguments: [1, 2, 3] as [UInt64])
    func anyText(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array(
            "0123456789.,.,-+ °'\"′″:;|/ESNWLBTUXesxm\u{A0}\u{200B}\u{2212}🏠é\n\t()")
        let digits = Array("0123456789.,- '")
        func text() -> String {
            let letters = Bool.random(using: &generator) ? digits : alphabet
            let count = Int.random(in: 0...24, using: &generator)
            return String(
                (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &generator)] }
            )
        }
        var positions = 0
        for _ in 0..<5000 {
            let (x, y) = (text(), Bool.random(using: &generator) ? text() : "")
            guard case .position(let found, let repairs) = Self.read(x, y) else { continue }
            positions += 1
            #expect(found.longitude.magnitude <= 180 && found.latitude.magnitude <= 90)
            let needsExtent: Set<PositionReading.Repair> = [
                .swappedAxes, .missingMinus, .utm, .scaled, .strayCharacters,
            ]
            if !needsExtent.isDisjoint(with: repairs) {
                #expect(Self.extent.contains(found), "seed \(seed): “\(x)”, “\(y)”")
            }
        }
        #expect(positions > 0, "seed \(seed)")
    }

    @Test("every way of writing a random place leads back to it", arguments: [4, 5] as [UInt64])
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let longitude =
                Double(Int.random(in: 113_010_000...113_740_000, using: &generator)) / 1e6
            let latitude = -Double(Int.random(in: 7_510_000...7_990_000, using: &generator)) / 1e6
            func angle(_ value: Double) -> String {
                let seconds = Int((value.magnitude * 360_000).rounded())
                let rest = seconds % 6000
                return "\(seconds / 360_000)°\(seconds / 6000 % 60)'\(rest / 100)."
                    + (rest % 100 < 10 ? "0" : "") + "\(rest % 100)\""
            }
            let place = Coordinate(longitude: longitude, latitude: latitude)
            let metres = TransverseMercator.utm49S.project(place)
            let ways = [
                (angle(longitude) + " BT", angle(latitude) + " LS"),
                (angle(latitude) + "S", angle(longitude) + "E"),
                ("\(Int(metres.x.rounded()))", "\(Int(metres.y.rounded()))"),
                ("\(latitude), \(longitude)", ""),
                ("\(Int((longitude * 1e6).rounded()))", "\(Int((latitude * 1e6).rounded()))"),
            ]
            for (x, y) in ways {
                guard case .position(let found, _) = Self.read(x, y) else {
                    Issue.record("seed \(seed): “\(x)”, “\(y)” is not read")
                    continue
                }
                #expect(
                    (found.longitude - longitude).magnitude < 1e-5
                        && (found.latitude - latitude).magnitude < 1e-5,
                    "seed \(seed): “\(x)”, “\(y)”")
            }
        }
    }
}
