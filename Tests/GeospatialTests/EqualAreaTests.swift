import Foundation
import Geospatial
import TestSupport
import Testing

struct EqualAreaTests {
    static func cell(_ west: Double, _ south: Double, _ width: Double, _ height: Double) -> Polygon
    {
        Polygon(exterior: [
            Coordinate(longitude: west, latitude: south),
            Coordinate(longitude: west + width, latitude: south),
            Coordinate(longitude: west + width, latitude: south + height),
            Coordinate(longitude: west, latitude: south + height),
        ])
    }

    /// The closed form b²/2 · Δλ · [sin φ / (1 − e² sin² φ) + ln((1 + e sin φ) / (1 − e sin φ)) / 2e],
    /// computed apart in Python 3.
    @Test(
        "a cell of one degree has its ellipsoidal area",
        arguments: [
            (0.0, 12_308.463893975204), (-8.0, 12_206.399422680934), (50.0, 7_892.218857987232),
            (89.0, 108.86668163625131),
        ]
    )
    func oneDegreeCell(south: Double, expected: Double) {
        let area = EqualArea.areaKm2(Self.cell(113, south, 1, 1))
        #expect(isClose(area, expected, relative: 1e-10))
    }

    /// 510,065,621.724 km² (WGS 84, NGA.STND.0036).
    @Test("all cells together have the area of the ellipsoid")
    func wholeEllipsoid() {
        var sum = 0.0
        for south in stride(from: -90.0, to: 90, by: 15) {
            for west in stride(from: -180.0, to: 180, by: 60) {
                sum += EqualArea.areaKm2(Self.cell(west, south, 60, 15))
            }
        }
        #expect(isClose(sum, 510_065_621.724, relative: 1e-11))
    }

    @Test("the parts of a cut area add up to the whole")
    func isAdditive() {
        let whole = EqualArea.areaKm2(Self.cell(113, -8, 0.5, 0.25))
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let cut = Double.random(in: 0.01..<0.24, using: &generator)
            let parts = MultiPolygon([
                Self.cell(113, -8, 0.5, cut), Self.cell(113, -8 + cut, 0.5, 0.25 - cut),
            ])
            #expect(isClose(EqualArea.areaKm2(parts), whole, relative: 1e-11), "seed \(seed)")
        }
    }

    @Test("a hole is taken off, however it is wound")
    func holes() {
        let outer = Self.cell(113, -8, 1, 1)
        let hole = Self.cell(113.25, -7.75, 0.5, 0.5)
        let expected = EqualArea.areaKm2(outer) - EqualArea.areaKm2(hole)
        for ring in [hole.exterior, hole.exterior.reversed()] {
            let polygon = Polygon(exterior: outer.exterior.reversed(), holes: [ring])
            #expect(isClose(EqualArea.areaKm2(polygon), expected, relative: 1e-12))
        }
    }

    @Test("a ring of fewer than three vertices has no area")
    func degenerate() {
        let line = Polygon(exterior: Array(Self.cell(113, -8, 1, 1).exterior.prefix(2)))
        #expect(EqualArea.areaKm2(line) == 0)
        #expect(EqualArea.areaKm2(Polygon(exterior: [])) == 0)
        #expect(EqualArea.areaKm2(MultiPolygon([])) == 0)
    }
}
