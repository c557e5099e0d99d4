import Geospatial
import TestSupport
import Testing

struct TileCoordinateTests {
    /// Computed apart in Python 3 from asinh(tan φ), which the source does not use.
    @Test(
        "a position lies in the tile that the published formula gives",
        arguments: [
            (113.2, -7.75, 10, 833, 534), (113.4158, -7.7764, 14, 13_353, 8_547),
            (13.3777, 52.5163, 16, 35_203, 21_493), (0.0, 0.0, 1, 1, 1),
            (-179.99, 84.9, 5, 0, 0),
        ]
    )
    func knownTiles(longitude: Double, latitude: Double, zoom: Int, column: Int, row: Int) throws {
        let coordinate = Coordinate(longitude: longitude, latitude: latitude)
        let point = WebMercator.unitPoint(of: coordinate)
        let scale = Double(1 << zoom)
        #expect(Int(point.x * scale) == column)
        #expect(Int(point.y * scale) == row)
        let tile = try #require(TileCoordinate(zoom: zoom, column: column, row: row))
        #expect(tile.boundingBox.contains(coordinate))
    }

    @Test("an address outside the matrix of its zoom is none")
    func rejectsOutside() {
        #expect(TileCoordinate(zoom: 0, column: 0, row: 0) != nil)
        #expect(TileCoordinate(zoom: 3, column: 7, row: 7) != nil)
        #expect(TileCoordinate(zoom: 3, column: 8, row: 0) == nil)
        #expect(TileCoordinate(zoom: 3, column: 0, row: 8) == nil)
        #expect(TileCoordinate(zoom: 3, column: -1, row: 0) == nil)
        #expect(TileCoordinate(zoom: -1, column: 0, row: 0) == nil)
        #expect(TileCoordinate(zoom: 31, column: 0, row: 0) == nil)
    }

    @Test("the tile of zoom 0 is the world between the latitude limits")
    func wholeWorld() throws {
        let box = try #require(TileCoordinate(zoom: 0, column: 0, row: 0)).boundingBox
        #expect(box.west == -180)
        #expect(box.east == 180)
        #expect(isClose(box.north, WebMercator.latitudeLimit, relative: 1e-12))
        #expect(isClose(box.south, -WebMercator.latitudeLimit, relative: 1e-12))
    }

    @Test("rows count from north, and neighbours share their side to the bit")
    func neighboursShareSides() throws {
        let tile = try #require(TileCoordinate(zoom: 12, column: 3337, row: 2137)).boundingBox
        let south = try #require(TileCoordinate(zoom: 12, column: 3337, row: 2138)).boundingBox
        let east = try #require(TileCoordinate(zoom: 12, column: 3338, row: 2137)).boundingBox
        #expect(tile.south == south.north)
        #expect(tile.east == east.west)
        #expect(south.south < tile.south)
    }

    @Test("the Mercator square leads back to the position")
    func roundTrips() {
        let seed: UInt64 = 3857
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let coordinate = Coordinate(
                longitude: .random(in: -180...180, using: &generator),
                latitude: .random(in: -85...85, using: &generator))
            let back = WebMercator.coordinate(of: WebMercator.unitPoint(of: coordinate))
            #expect(
                isClose(back.longitude, coordinate.longitude, relative: 0, absolute: 1e-10)
                    && isClose(back.latitude, coordinate.latitude, relative: 0, absolute: 1e-10),
                "seed \(seed): \(coordinate)")
        }
    }

    @Test("a pole is drawn at the edge of the square")
    func clampsPoles() {
        let north = WebMercator.unitPoint(of: Coordinate(longitude: 0, latitude: 90))
        let south = WebMercator.unitPoint(of: Coordinate(longitude: 0, latitude: -90))
        #expect(isClose(north.y, 0, absolute: 1e-12))
        #expect(isClose(south.y, 1, absolute: 1e-12))
    }

    @Test("addresses are ordered by zoom, then column, then row")
    func order() throws {
        let addresses = [(1, 1, 1), (2, 0, 3), (2, 1, 0), (2, 1, 2)]
            .compactMap { TileCoordinate(zoom: $0.0, column: $0.1, row: $0.2) }
        #expect(addresses.count == 4)
        #expect(addresses.reversed().sorted() == addresses)
    }
}
