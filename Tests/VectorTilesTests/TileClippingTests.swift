import Testing

@testable import VectorTiles

/// The rectangle is 0...10 in both directions; shapes have vertices where they cross its border.
@Suite("Tile clipping")
struct TileClippingTests {
    private let rectangle = GridRectangle(minX: 0, minY: 0, maxX: 10, maxY: 10)

    private func clip(
        _ exterior: [(Int, Int)],
        holes: [[(Int, Int)]] = []
    ) -> [GridPolygon] {
        let parts = TileClipping.clip(
            GridPolygon(
                exterior: Fixture.points(exterior),
                holes: holes.map { Fixture.points($0) }
            ),
            to: rectangle
        )
        expectCoverage([parts])
        return parts
    }

    @Test("a polygon inside stays as it is, on the border too")
    func inside() {
        #expect(doubledArea(clip([(2, 2), (8, 2), (8, 8)])) == 36)
        #expect(doubledArea(clip(Fixture.corners(0, 0, 10))) == 200)
        #expect(doubledArea(clip([(0, 5), (5, 0), (10, 5), (5, 10)])) == 100)
    }

    @Test("a polygon outside or only touching leaves nothing")
    func outside() {
        #expect(clip([(12, 2), (18, 2), (18, 8)]).isEmpty)
        // Touching in a vertex, along an edge, in a corner, around a corner.
        #expect(clip([(10, 5), (15, 2), (15, 8)]).isEmpty)
        #expect(clip([(10, 2), (15, 2), (15, 8), (10, 8)]).isEmpty)
        #expect(clip(Fixture.corners(10, 10, 5)).isEmpty)
        #expect(clip([(10, 5), (15, 5), (15, 15), (5, 15), (5, 10), (10, 10)]).isEmpty)
        #expect(clip([(-2, 12), (-2, -5), (12, -5), (12, 0), (0, 0), (0, 12)]).isEmpty)
    }

    @Test("a polygon over the whole tile gives the tile")
    func covering() {
        let parts = clip(Fixture.corners(-5, -5, 20))
        #expect(parts.map(\.doubledArea) == [200])
        // Its edge along one side of the tile.
        #expect(doubledArea(clip([(0, -5), (15, -5), (15, 15), (0, 15), (0, 10), (0, 0)])) == 200)
    }

    @Test("a hole over the whole tile leaves nothing, one inside stays a hole")
    func holes() {
        let outer = Fixture.corners(-20, -20, 50)
        #expect(clip(outer, holes: [Fixture.corners(-5, -5, 20).reversed()]).isEmpty)
        #expect(clip(outer, holes: [Fixture.corners(0, 0, 10).reversed()]).isEmpty)
        let parts = clip(outer, holes: [Fixture.corners(3, 3, 4).reversed()])
        #expect(parts.count == 1)
        #expect(parts.first?.holes.count == 1)
        #expect(doubledArea(parts) == 200 - 32)
    }

    @Test("a hole across the border opens the ring")
    func holeAcrossBorder() {
        let parts = clip(
            Fixture.corners(-20, -20, 50),
            holes: [[(-5, 3), (-5, 7), (0, 7), (5, 7), (5, 3), (0, 3)]]
        )
        #expect(parts.count == 1)
        #expect(parts.first?.holes.isEmpty == true)
        #expect(doubledArea(parts) == 200 - 40)
    }

    @Test("a hole from side to side leaves two parts")
    func holeCutsThrough() {
        let parts = clip(
            Fixture.corners(-20, -20, 50),
            holes: [[(-5, 4), (-5, 6), (0, 6), (10, 6), (15, 6), (15, 4), (10, 4), (0, 4)]]
        )
        #expect(parts.count == 2)
        #expect(doubledArea(parts) == 80 + 80)
    }

    @Test("a hole that touches the border from inside stays a hole of the tile")
    func holeTouchesBorder() {
        let parts = clip(Fixture.corners(-20, -20, 50), holes: [[(0, 5), (4, 7), (4, 3)]])
        #expect(parts.count == 1)
        #expect(doubledArea(parts) == 200 - 16)
        let inCorner = clip(Fixture.corners(-20, -20, 50), holes: [[(0, 0), (3, 6), (6, 3)]])
        #expect(doubledArea(inCorner) == 200 - 27)
    }

    @Test("a comb leaves a part for each tooth, without bridges along the border")
    func comb() {
        let parts = clip([
            (-5, 1), (0, 1), (5, 1), (5, 3), (0, 3), (-3, 3), (-3, 5), (0, 5), (5, 5), (5, 7),
            (0, 7), (-5, 7),
        ])
        #expect(parts.map(\.doubledArea) == [20, 20])
    }

    @Test("teeth that touch the border with a tip stay apart")
    func tips() {
        // A star-like ring that visits the border from inside.
        let parts = clip([(0, 5), (4, 4), (5, 0), (6, 4), (10, 5), (6, 6), (5, 10), (4, 6)])
        #expect(parts.count == 1)
        // From outside: tips on the border, body beyond it.
        #expect(clip([(-9, 0), (0, 2), (-4, 4), (0, 6), (-9, 9)]).isEmpty)
    }

    @Test("two parts may meet in one border vertex")
    func commonBorderVertex() {
        // A bow tie whose knot lies on the border, joined outside.
        let parts = clip(
            [
                (0, 5), (4, 1), (4, 5), (0, 5), (-4, 9), (-4, 1),
            ].dropLast(2) + [(-4, 12), (-8, 5)]
        )
        #expect(doubledArea(parts) == 16)
    }

    @Test("an exterior and a hole that touch inside are cut apart")
    func touchingInside() {
        let parts = clip(
            [(-5, -5), (15, -5), (15, 0), (10, 4), (5, 5), (10, 6), (15, 15), (-5, 15)],
            holes: [[(5, 5), (0, 4), (-3, 4), (-3, 6), (0, 6)]]
        )
        expectCoverage([parts])
        #expect(parts.count == 2)
    }

    @Test("an edge along the border belongs to the side of the area")
    func edgeAlongBorder() {
        #expect(doubledArea(clip([(10, 2), (10, 8), (4, 8), (4, 2)])) == 72)
        #expect(
            doubledArea(clip([(10, 2), (10, 5), (15, 5), (15, 8), (10, 8), (4, 8), (4, 2)])) == 72
        )
    }

    @Test("a chord from side to side splits the tile between two neighbours")
    func chord() {
        let left = clip([(0, -5), (3, 0), (7, 10), (9, 15), (-9, 15), (-9, -5)])
        let right = clip([(0, -5), (30, -5), (30, 15), (9, 15), (7, 10), (3, 0)])
        expectCoverage([left, right])
        #expect(doubledArea(left) + doubledArea(right) == 200)
    }

    @Test("parts over all tiles add up to the polygon", arguments: UInt64(1)...30)
    func partsAddUp(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // A random rectilinear shape has vertices wherever it meets a lattice line.
        let size = 12
        var cells: Set<GridPoint> = []
        for _ in 0..<90 {
            cells.insert(
                GridPoint(
                    x: .random(in: 0..<size, using: &random),
                    y: .random(in: 0..<size, using: &random)
                )
            )
        }
        let polygons = Self.polygons(of: cells)
        #expect(doubledArea(polygons) == 2 * cells.count)
        var sum = 0
        for column in 0..<4 {
            for row in 0..<4 {
                let tile = GridRectangle(
                    minX: column * 3,
                    minY: row * 3,
                    maxX: column * 3 + 3,
                    maxY: row * 3 + 3
                )
                let parts = polygons.flatMap { TileClipping.clip($0, to: tile) }
                expectCoverage([parts], "seed \(seed)")
                sum += doubledArea(parts)
            }
        }
        #expect(sum == 2 * cells.count, "seed \(seed)")
    }

    /// The union of unit cells.
    private static func polygons(of cells: Set<GridPoint>) -> [GridPolygon] {
        let width: Int32 = 20
        let points = (0..<width * width).map { GridPoint(x: Int($0 % width), y: Int($0 / width)) }
        var arcs = Chains()
        for cell in cells.sorted() {
            let corner = Int32(cell.y) * width + Int32(cell.x)
            arcs.append([corner, corner + 1, corner + width + 1, corner + width, corner])
        }
        var assembly = RingAssembly(points: points)
        return assembly.polygons(arcs: arcs, references: arcs.indices.map { Int32($0 * 2) }[...])
    }
}
