import Geospatial
import Testing

@testable import TileArchives

@Suite struct HilbertOrderTests {
    @Test("the numbers of the first tiles are those of the specification")
    func firstTiles() throws {
        // PMTiles 3, the table in section 4.1, and its examples at zoom 12.
        let table: [(zoom: Int, column: Int, row: Int, number: UInt64)] = [
            (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ]
        for entry in table {
            let tile = try #require(
                TileCoordinate(zoom: entry.zoom, column: entry.column, row: entry.row))
            #expect(HilbertOrder.number(of: tile) == entry.number, "\(tile)")
        }
    }

    @Test("every zoom fills its numbers, and each step goes to a neighbour")
    func stepsToNeighbours() throws {
        var next: UInt64 = 0
        for zoom in 0...6 {
            let tiles = try (0..<(1 << (2 * zoom))).map { index in
                try #require(
                    TileCoordinate(
                        zoom: zoom, column: index & ((1 << zoom) - 1), row: index >> zoom))
            }
            let sorted = HilbertOrder.sorted(tiles)
            for (place, tile) in sorted.enumerated() {
                #expect(HilbertOrder.number(of: tile) == next)
                next += 1
                guard place > 0 else { continue }
                let before = sorted[place - 1]
                #expect(abs(before.column - tile.column) + abs(before.row - tile.row) == 1)
            }
        }
    }
}
