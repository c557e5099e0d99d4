import Geocoding
import Geospatial
import Testing

struct PositionReadingTests {
    static func read(_ x: String, _ y: String) -> PositionReading {
        PositionReading(x: x, y: y, extent: Fixture.extent)
    }

    static let house = Coordinate(longitude: 113.4158, latitude: -7.7764)

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
        "0/0 is a device without a fix", arguments: [("0", "0"), ("0,0", "-0.000"), ("+0", "0.")])
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
            ("113.4158", ""), ("", "-7.7764"), ("timur", "selatan"), ("113°24'57\"", "7°46'35\""),
            ("113.415.8", "-7.7764"), ("1.134158E2", "-7.7764"), ("nan", "inf"),
            ("0x71", "-7.7764"),
            ("--7", "113.4"), ("113.4 158", "-7.7764"), (".", ","),
            (String(repeating: "9", count: 400), "-7.7764"),
        ]
    )
    func unreadable(x: String, y: String) {
        #expect(Self.read(x, y) == .unreadable)
    }

    @Test(
        "a position outside stays as it is written",
        arguments: [
            ("112.5", "-7.25", 112.5, -7.25), ("0", "-7.7764", 0, -7.7764),
            ("-113.4158", "-7.7764", -113.4158, -7.7764), ("765432", "9139660", 765_432, 9_139_660),
        ]
    )
    func outside(x: String, y: String, longitude: Double, latitude: Double) {
        let written = Coordinate(longitude: longitude, latitude: latitude)
        #expect(Self.read(x, y) == .position(written, repairs: []))
    }

    @Test("outside, the decimal comma is still told")
    func commaOutside() {
        let written = Coordinate(longitude: 112.5, latitude: -7.25)
        #expect(Self.read("112,5", "-7,25") == .position(written, repairs: [.decimalComma]))
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
}
