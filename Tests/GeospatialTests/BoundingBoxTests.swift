import Geospatial
import Testing

struct BoundingBoxTests {
    static let box = BoundingBox(west: 113, south: -8, east: 114, north: -7.5)

    @Test("the box around coordinates is the smallest that contains them")
    func around() {
        let points = [(113.5, -7.5), (113, -7.75), (114, -8)]
            .map { Coordinate(longitude: $0.0, latitude: $0.1) }
        #expect(BoundingBox(around: points) == Self.box)
        #expect(BoundingBox(around: []) == nil)
        #expect(points.allSatisfy(Self.box.contains))
    }

    @Test("its sides belong to a box, what lies beyond does not")
    func contains() {
        #expect(Self.box.contains(Coordinate(longitude: 113, latitude: -8)))
        #expect(Self.box.contains(Coordinate(longitude: 114, latitude: -7.5)))
        #expect(!Self.box.contains(Coordinate(longitude: 114.0001, latitude: -7.75)))
        #expect(!Self.box.contains(Coordinate(longitude: 113.5, latitude: -8.0001)))
        #expect(!Self.box.contains(Coordinate(longitude: .nan, latitude: -7.75)))
    }

    @Test("a union spans both boxes and has its centre between them")
    func union() {
        var box = Self.box
        box.formUnion(BoundingBox(west: 112, south: -7.75, east: 113.5, north: -7))
        #expect(box == BoundingBox(west: 112, south: -8, east: 114, north: -7))
        #expect(box.center == Coordinate(longitude: 113, latitude: -7.5))
    }
}
