import Geospatial
import Testing

struct PolygonTests {
    static func ring(_ points: [(Double, Double)]) -> Polygon.Ring {
        points.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    static let square = ring([(113, -8), (115, -8), (115, -6), (113, -6)])
    static let hole = ring([(113.5, -7.5), (114, -7.5), (114, -7)])

    @Test("a counter-clockwise ring has a positive area, its reverse the same negative one")
    func signedArea() {
        #expect(Polygon.signedArea(of: Self.square) == 4)
        #expect(Polygon.signedArea(of: Self.square.reversed()) == -4)
        #expect(Polygon.signedArea(of: Array(Self.square.prefix(2))) == 0)
        #expect(Polygon.signedArea(of: []) == 0)
    }

    @Test("winding brings each ring into order and changes no vertex")
    func wound() {
        let wrong = Polygon(exterior: Self.square.reversed(), holes: [Self.hole])
        let area = MultiPolygon([wrong, Polygon(exterior: Self.square)]).wound()
        #expect(area.polygons[0].exterior == Self.square)
        #expect(area.polygons[0].holes == [Self.hole.reversed()])
        #expect(area.polygons[1].exterior == Self.square)
        #expect(area.wound() == area)
        #expect(area.vertexCount == 11)
    }

    @Test("an area without vertices has no box")
    func boxes() {
        #expect(MultiPolygon([]).boundingBox == nil)
        #expect(
            MultiPolygon([Polygon(exterior: Self.hole), Polygon(exterior: Self.square)]).boundingBox
                == BoundingBox(west: 113, south: -8, east: 115, north: -6))
    }
}
