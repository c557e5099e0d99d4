import Geospatial

/// A geometry of each kind with its well-known text.
enum GeometrySamples {
    static func at(_ x: Double, _ y: Double) -> Coordinate {
        Coordinate(longitude: x, latitude: y)
    }

    static let holed = Polygon(
        exterior: [at(0, 0), at(8, 0), at(8, 8), at(0, 8)],
        holes: [[at(2, 2), at(2, 4), at(4, 4)]])
    static let corner = Polygon(exterior: [at(-1, -1), at(-0.5, -1), at(-1, -0.5)])

    static let all: [(text: String, geometry: Geometry)] = [
        ("POINT(113.2 -7.75)", .point(at(113.2, -7.75))),
        ("MULTIPOINT((1 2),(3 4))", .multiPoint([at(1, 2), at(3, 4)])),
        ("LINESTRING(1 2,3 4,5 1e1)", .lineString([at(1, 2), at(3, 4), at(5, 10)])),
        (
            "MULTILINESTRING((1 2,3 4),(5 6,7 8))",
            .multiLineString([[at(1, 2), at(3, 4)], [at(5, 6), at(7, 8)]])
        ),
        ("POLYGON((0 0,8 0,8 8,0 8,0 0),(2 2,2 4,4 4,2 2))", .polygon(holed)),
        (
            "MULTIPOLYGON(((0 0,8 0,8 8,0 8,0 0),(2 2,2 4,4 4,2 2)),"
                + "((-1 -1,-0.5 -1,-1 -0.5,-1 -1)))",
            .multiPolygon(MultiPolygon([holed, corner]))
        ),
        (
            "GEOMETRYCOLLECTION(POINT(1 2),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1)))",
            .collection([
                .point(at(1, 2)), .collection([.lineString([at(0, 0), at(1, 1)])]),
            ])
        ),
        ("MULTIPOINT EMPTY", .multiPoint([])),
        ("LINESTRING EMPTY", .lineString([])),
        ("MULTIPOLYGON EMPTY", .multiPolygon(MultiPolygon([]))),
        ("GEOMETRYCOLLECTION EMPTY", .collection([])),
    ]
}
