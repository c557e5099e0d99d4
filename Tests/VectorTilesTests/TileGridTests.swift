import Geospatial
import Testing

@testable import VectorTiles

@Suite("Tile grid")
struct TileGridTests {
    @Test("the decimals of a zoom distinguish a quarter of its grid unit")
    func decimals() {
        #expect((6...14).map(TileGrid.decimals) == [4, 4, 5, 5, 5, 5, 6, 6, 6])
    }

    @Test("a position comes back from every grid within half a unit", arguments: 6...14)
    func roundTrip(zoom: Int) {
        let position = Coordinate(longitude: 113.2159, latitude: -7.7543)
        let point = TileGrid.point(of: position, bits: TileGrid.extentBits + zoom)
        let back = TileGrid.coordinate(of: point, zoom: zoom)
        let unit = 360 / Double(1 << (12 + zoom))
        #expect(abs(back.longitude - position.longitude) <= unit / 2)
        #expect(abs(back.latitude - position.latitude) <= unit / 2)
    }

    @Test("a shape is in the tiles that its margin reaches but not in those it only touches")
    func reachedTiles() {
        func columns(_ low: Int, _ high: Int) -> Range<Int> {
            GridRectangle(minX: low, minY: 0, maxX: high, maxY: 1).tiles(zoom: 5, buffer: 64)
                .columns
        }
        #expect(columns(4096 + 64, 2 * 4096 - 64) == 1..<2)
        #expect(columns(4096 + 63, 2 * 4096 - 64) == 0..<2)
        #expect(columns(4096 + 64, 2 * 4096 - 63) == 1..<3)
    }
}

@Suite("Bucket index")
struct BucketIndexTests {
    @Test("it finds every point of a rectangle", arguments: UInt64(1)...5)
    func matchesBruteForce(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let points = (0..<300).map { _ in
            GridPoint(
                x: .random(in: -500...900, using: &random),
                y: .random(in: 0...70, using: &random)
            )
        }
        let index = BucketIndex(points: points, numbers: points.indices.map(Int32.init))
        for _ in 0..<50 {
            let x = Int.random(in: -600...900, using: &random)
            let y = Int.random(in: -10...70, using: &random)
            let box = GridRectangle(minX: x, minY: y, maxX: x + 120, maxY: y + 15)
            var found: [Int32] = []
            index.visit(box) { number in
                if box.contains(points[Int(number)]) { found.append(number) }
                return true
            }
            let expected = points.indices.filter { box.contains(points[$0]) }.map(Int32.init)
            #expect(found.sorted() == expected, "seed \(seed)")
        }
    }

    @Test("an index without points answers nothing")
    func empty() {
        let index = BucketIndex(points: [], numbers: [])
        index.visit(GridRectangle(minX: 0, minY: 0, maxX: 9, maxY: 9)) { _ in
            Issue.record("found a point")
            return true
        }
    }
}
