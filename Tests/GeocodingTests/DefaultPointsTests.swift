import Geocoding
import Geospatial
import Testing

struct DefaultPointsTests {
    @Test("a spot is a default point from the tenth keluarga on")
    func tenth() {
        var points = DefaultPoints()
        let office = Coordinate(longitude: 113.4, latitude: -7.8)
        let house = Coordinate(longitude: 113.4.nextUp, latitude: -7.8)
        #expect(!points.contains(office))
        for _ in 1...9 { points.note(office) }
        points.note(house)
        #expect(!points.contains(office))
        points.note(office)
        #expect(points.contains(office))
        #expect(!points.contains(house))
    }
}
