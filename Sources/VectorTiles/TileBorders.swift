/// The lines along which tiles with their margin end.
///
/// Where an arc crosses such a line it gets a vertex on the grid. Cutting out a tile then needs
/// no arithmetic that could round, and the tiles on both sides have the same vertex.
struct TileBorders {
    /// Grid units along a tile's side, as a power of two.
    let extentBits: Int
    /// In units of the grid.
    let buffer: Int
    /// How much finer the source points are than the grid.
    let shift: Int

    /// The grid points nearest to where the chains cross the lines, and the tile corners that a
    /// segment comes near to.
    func crossings(points: [GridPoint], chains: Chains) -> [GridPoint] {
        var pixels: [GridPoint] = []
        let unit = 1 << shift
        for chain in chains.indices {
            for position in chains.range(chain).dropFirst() {
                let start = points[Int(chains.items[position - 1])]
                let end = points[Int(chains.items[position])]
                let (lowX, highX) = (min(start.x, end.x), max(start.x, end.x))
                let (lowY, highY) = (min(start.y, end.y), max(start.y, end.y))
                forEachLine(lowX - unit, highX + unit) { x in
                    if lowX < x << shift, x << shift < highX {
                        let y = crossing(start.x, start.y, end.x, end.y, at: x)
                        pixels.append(GridPoint(x: x, y: y))
                    }
                    forEachLine(lowY - unit, highY + unit) { y in
                        pixels.append(GridPoint(x: x, y: y))
                    }
                }
                forEachLine(lowY, highY) { y in
                    let x = crossing(start.y, start.x, end.y, end.x, at: y)
                    pixels.append(GridPoint(x: x, y: y))
                }
            }
        }
        return pixels
    }

    /// Calls `body` with the lines strictly between two source coordinates.
    @inline(__always)
    private func forEachLine(_ low: Int, _ high: Int, _ body: (Int) -> Void) {
        let tileBits = extentBits + shift
        var offset = -buffer
        while offset <= buffer {
            let sourceOffset = offset << shift
            var tile = ((low - sourceOffset) >> tileBits) + 1
            while (tile << tileBits) + sourceOffset < high {
                body((tile << extentBits) + offset)
                tile += 1
            }
            offset += max(1, 2 * buffer)
        }
    }

    /// The second coordinate, rounded to the grid, where the first is on `line`.
    ///
    /// Always computed from the lesser end, so that both directions give the same.
    private func crossing(_ u0: Int, _ v0: Int, _ u1: Int, _ v1: Int, at line: Int) -> Int {
        if u0 > u1 { return crossing(u1, v1, u0, v0, at: line) }
        let du = u1 - u0
        let half = 1 << (shift - 1)
        let numerator = (v0 + half) * du + (v1 - v0) * ((line << shift) - u0)
        let divisor = du << shift
        // Rounded down, also below zero: v may stick out of the world by a margin.
        let quotient = numerator / divisor
        return numerator % divisor < 0 ? quotient - 1 : quotient
    }
}
