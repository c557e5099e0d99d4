import Testing

@testable import VectorTiles

@Suite("Ring assembly and nesting")
struct RingAssemblyTests {
    private func assemble(_ chains: [[(Int, Int)]]) -> [GridPolygon] {
        var points: [GridPoint] = []
        var arcs = Chains()
        for chain in chains {
            arcs.append(
                Fixture.points(chain).map { point in
                    if let known = points.firstIndex(of: point) { return Int32(known) }
                    points.append(point)
                    return Int32(points.count - 1)
                }
            )
        }
        var assembly = RingAssembly(points: points)
        let all = chains.indices.map { Int32($0 * 2) }
        return assembly.polygons(arcs: arcs, references: all[...])
    }

    @Test("a neck pressed flat splits an area in two")
    func flatNeck() {
        let polygons = assemble([
            [
                (0, 0), (4, 0), (4, 2), (8, 2), (8, 0), (12, 0), (12, 4), (8, 4), (8, 2), (4, 2),
                (4, 4), (0, 4), (0, 0),
            ]
        ])
        #expect(polygons.count == 2)
        #expect(doubledArea(polygons) == 64)
        expectCoverage([polygons])
    }

    @Test("an edge there twice and back once is there once, in whatever order they come")
    func threeLayers() {
        // A fold that is pressed onto the border: (4,0) to (8,0), back, and on again.
        let folded = assemble([
            [(0, 0), (4, 0), (8, 0), (4, 0), (8, 0), (12, 0), (12, 4), (0, 4), (0, 0)]
        ])
        #expect(doubledArea(folded) == 96)
        expectCoverage([folded])
        // The forward edges come before the one that undoes one of them.
        let polygons = assemble([
            [(0, 0), (4, 0), (8, 0)], [(4, 0), (8, 0), (8, 4)], [(8, 0), (4, 0)],
            [(8, 4), (0, 4), (0, 0)],
        ])
        #expect(doubledArea(polygons) == 64)
        expectCoverage([polygons])
    }

    @Test("a hole that touches the exterior in a vertex is a hole")
    func touchingHole() {
        let polygons = assemble([
            [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)],
            [(0, 0), (3, 6), (6, 3), (0, 0)],
        ])
        #expect(polygons.count == 1)
        #expect(polygons.first?.holes.count == 1)
        #expect(doubledArea(polygons) == 200 - 27)
    }

    @Test("parts that touch in a vertex are two polygons")
    func touchingParts() {
        let polygons = assemble([
            [(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)],
            [(5, 5), (9, 5), (9, 9), (5, 9), (5, 5)],
        ])
        #expect(polygons.count == 2)
        expectCoverage([polygons])
    }

    @Test("several holes that meet in one vertex of the exterior are told apart")
    func holesInOneVertex() {
        let polygons = assemble([
            [(0, 0), (20, 0), (20, 20), (0, 20), (0, 0)],
            [(0, 0), (9, 10), (10, 9), (0, 0)],
            [(0, 0), (3, 12), (5, 12), (0, 0)],
            [(0, 0), (12, 5), (12, 3), (0, 0)],
        ])
        #expect(polygons.count == 1)
        #expect(polygons.first?.holes.count == 3)
        expectCoverage([polygons])
    }

    @Test("parts that meet in two vertices do not become a ring around the gap")
    func partsAroundGap() {
        let left = [(0, 0), (4, 4), (0, 8), (-6, 4), (0, 0)]
        let right = [(0, 0), (9, -2), (9, 12), (0, 8), (6, 4), (0, 0)]
        for chains in [[left, right], [right, left]] {
            let polygons = assemble(chains)
            #expect(polygons.count == 2)
            #expect(polygons.allSatisfy { $0.holes.isEmpty })
        }
    }

    @Test("parts that meet in one vertex are told apart")
    func partsInOneVertex() {
        let polygons = assemble([
            [(0, 0), (9, 1), (9, 3), (0, 0)],
            [(0, 0), (6, 6), (5, 7), (0, 0)],
            [(0, 0), (1, 9), (-1, 9), (0, 0)],
        ])
        #expect(polygons.count == 3)
        expectCoverage([polygons])
    }

    @Test("an area pressed to a line is no polygon")
    func collapsed() {
        #expect(assemble([[(0, 0), (5, 0), (9, 0), (5, 0), (0, 0)]]).isEmpty)
    }

    @Test("an island in a lake goes with neither the lake nor the wrong exterior")
    func nesting() {
        let rings = [
            Fixture.points(Fixture.corners(0, 0, 100)),
            Fixture.points(Fixture.corners(10, 10, 50).reversed()),
            Fixture.points(Fixture.corners(20, 20, 30)),
            Fixture.points(Fixture.corners(25, 25, 5).reversed()),
        ]
        let polygons = RingNesting.polygons(of: rings)
        #expect(polygons.map(\.doubledArea) == [20_000 - 5_000, 1_800 - 50])
    }

    @Test("a point on a ring is neither inside nor outside")
    func sides() {
        let ring = Fixture.points([(0, 0), (8, 0), (8, 8), (4, 4), (0, 8)])
        func side(_ x: Int, _ y: Int) -> Int {
            RingNesting.side(of: GridPoint(x: x, y: y), ring)
        }
        #expect(side(4, 2) == 1)
        #expect(side(1, 4) == 1)
        #expect(side(4, 5) == -1)
        #expect(side(-1, 4) == -1)
        #expect(side(9, 4) == -1)
        #expect(side(6, 6) == 0)
        #expect(side(4, 4) == 0)
        #expect(side(5, 0) == 0)
    }
}
