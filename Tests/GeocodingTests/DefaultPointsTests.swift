import Geocoding
import Geospatial
import Testing

@Suite struct DefaultPointsTests {
    static let office = Coordinate(longitude: 113.40003, latitude: -7.80003)

    @Test("a spot is a default point from the tenth keluarga on")
    func tenth() {
        var points = DefaultPoints()
        let house = Coordinate(longitude: Self.office.longitude.nextUp, latitude: -7.80003)
        #expect(!points.contains(Self.office))
        for _ in 1...9 { points.note(Self.office) }
        points.note(house)
        #expect(!points.contains(Self.office))
        points.note(Self.office)
        #expect(points.contains(Self.office))
        #expect(!points.contains(house))
    }

    @Test("fixes that jitter around one spot are default points from the 25th on")
    func jitter() {
        var points = DefaultPoints()
        func fix(_ number: Int) -> Coordinate {
            Coordinate(
                longitude: Self.office.longitude + Double(number % 5) * 1e-6,
                latitude: Self.office.latitude + Double(number / 5) * 1e-6)
        }
        for number in 0..<24 { points.note(fix(number)) }
        #expect(!points.contains(fix(3)))
        points.note(fix(24))
        #expect(points.contains(fix(3)))
        #expect(!points.contains(Coordinate(longitude: 113.41, latitude: -7.8)))
    }

    @Test("coarsely written positions share a spot without being default points")
    func coarse() {
        var points = DefaultPoints()
        let rounded = Coordinate(longitude: 113.4, latitude: -7.8)
        for _ in 1...100 { points.note(rounded, resolutionMetres: 1113) }
        #expect(!points.contains(rounded))
    }

    @Test("a position off the globe is harmless")
    func offGlobe() {
        var points = DefaultPoints()
        let nowhere = Coordinate(longitude: 1e300, latitude: .infinity)
        for _ in 1...30 { points.note(nowhere) }
        #expect(points.contains(nowhere))
    }
}
