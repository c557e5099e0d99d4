import Testing

@testable import VectorTiles

@Suite("Snap rounding")
struct SnapRoundingTests {
    /// Pixel (0, 0) of a grid eight times coarser covers -4 ..< 4.
    private func passes(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) -> Bool {
        PixelCrossing(GridPoint(x: x0, y: y0), GridPoint(x: x1, y: y1))
            .passes(pixel: GridPoint(x: 0, y: 0), shift: 3)
    }

    @Test("a pixel owns its lesser sides and their corner, not the others")
    func halfOpenPixel() {
        #expect(passes(-20, 0, 20, 1))
        #expect(passes(-4, -20, -4, 20))
        #expect(!passes(4, -20, 4, 20))
        #expect(passes(-20, -4, 20, -4))
        #expect(!passes(-20, 4, 20, 4))
        // Diagonals through one corner only.
        #expect(passes(-14, 6, 6, -14))
        #expect(!passes(-6, 14, 14, -6))
        #expect(!passes(-14, -6, 6, 14))
        #expect(!passes(-6, -14, 14, 6))
        // An end on a side.
        #expect(passes(-20, 0, -4, 0))
        #expect(!passes(4, 0, 20, 1))
    }

    @Test("a line that passes a vertex nearby gets it, one farther off does not")
    func hotPixel() {
        let sources = [(0, 0), (800, 0), (400, 3), (400, 800), (240, 5), (240, -800)]
            .map { GridPoint(x: $0.0, y: $0.1) }
        var chains = Chains()
        chains.append([0, 1])
        chains.append([2, 3])
        chains.append([4, 5])
        let rounding = SnapRounding(sources: sources, chains: chains, shift: 3)
        // (400, 3) rounds to pixel (50, 0), (240, 5) to pixel (30, 1).
        #expect(
            rounding.chains[0].map { rounding.points[Int($0)] }
                == Fixture.points([(0, 0), (50, 0), (100, 0)])
        )
    }

    @Test("rounded lines that did not cross do not cross", arguments: UInt64(1)...20)
    func neverCrosses(seed: UInt64) {
        let (sources, chains) = Self.zigzags(seed: seed)
        #expect(PlanarityCheck.conflicts(points: sources, chains: chains).isEmpty)
        for shift in 1...7 {
            let rounding = SnapRounding(sources: sources, chains: chains, shift: shift)
            let conflicts = PlanarityCheck.conflicts(
                points: rounding.points,
                chains: rounding.chains
            )
            #expect(conflicts.isEmpty, "seed \(seed), shift \(shift)")
        }
    }

    @Test("a vertex stays half a unit away from edges that do not end in it", arguments: 2...6)
    func separation(shift: Int) {
        let (sources, chains) = Self.zigzags(seed: 7)
        let rounding = SnapRounding(sources: sources, chains: chains, shift: shift)
        #expect(rounding.insertedVertices > 0)
        var near = 0
        for chain in rounding.chains.indices {
            let vertices = rounding.chains[chain].map { rounding.points[Int($0)] }
            for (a, b) in zip(vertices, vertices.dropFirst()) {
                let edge = PixelCrossing(
                    GridPoint(x: 2 * a.x, y: 2 * a.y),
                    GridPoint(x: 2 * b.x, y: 2 * b.y)
                )
                for point in rounding.points where point != a && point != b {
                    if edge.passes(pixel: point, shift: 1) { near += 1 }
                }
            }
        }
        #expect(near == 0)
    }

    /// A fan of zigzag lines, one above the other, which rounding presses together.
    private static func zigzags(seed: UInt64) -> ([GridPoint], Chains) {
        var random = SeededGenerator(seed: seed)
        var sources: [GridPoint] = []
        var chains = Chains()
        for line in 0..<40 {
            let first = sources.count
            for step in 0..<20 {
                let wave = Int.random(in: 0...6, using: &random)
                sources.append(GridPoint(x: step * 37, y: line * 7 + wave + step % 2 * 90))
            }
            chains.append((first..<sources.count).map(Int32.init))
        }
        return (sources, chains)
    }
}

@Suite("Planarity check")
struct PlanarityCheckTests {
    private func conflicts(_ lines: [[(Int, Int)]]) -> Int {
        var points: [GridPoint] = []
        var chains = Chains()
        for line in lines {
            var chain: [Int32] = []
            for point in Fixture.points(line) {
                let known = points.firstIndex(of: point) ?? points.count
                if known == points.count { points.append(point) }
                chain.append(Int32(known))
            }
            chains.append(chain)
        }
        return PlanarityCheck.conflicts(points: points, chains: chains).count
    }

    @Test("edges may meet in a common end and nowhere else")
    func conflictsAreFound() {
        #expect(conflicts([[(0, 0), (9, 9)], [(9, 9), (0, 3)]]) == 0)
        #expect(conflicts([[(0, 0), (9, 9)], [(0, 9), (9, 0)]]) == 1)
        // One ends on the other.
        #expect(conflicts([[(0, 0), (8, 8)], [(4, 4), (9, 0)]]) == 1)
        // In line, overlapping: without and with a common end.
        #expect(conflicts([[(0, 0), (6, 0)], [(3, 0), (9, 0)]]) == 1)
        #expect(conflicts([[(0, 0), (6, 0)], [(0, 0), (9, 0)]]) == 1)
        #expect(conflicts([[(0, 0), (6, 0)], [(6, 0), (9, 0)]]) == 0)
        // The same edge in both directions is one edge.
        #expect(conflicts([[(0, 0), (6, 0)], [(6, 0), (0, 0)]]) == 0)
        // In line, apart.
        #expect(conflicts([[(0, 0), (3, 0)], [(5, 0), (9, 0)]]) == 0)
        // Vertical ones in line.
        #expect(conflicts([[(0, 0), (0, 3)], [(0, 5), (0, 9)]]) == 0)
        #expect(conflicts([[(0, 0), (0, 6)], [(0, 5), (0, 9)]]) == 1)
    }
}
