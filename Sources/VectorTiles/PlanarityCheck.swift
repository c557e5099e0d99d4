/// Finds edges that meet elsewhere than in a common end.
///
/// Exact in integers. A sweep over the edges by their western end compares those whose extents in
/// x overlap; short edges make that cheap.
/// - Complexity: O(*n* log *n* + *p*), *p* the pairs that overlap in x.
enum PlanarityCheck {
    struct Conflict {
        var first: (GridPoint, GridPoint)
        var second: (GridPoint, GridPoint)

        /// The grid point nearest to where the two lines cross.
        var crossing: GridPoint {
            let (u, v) = (first.1 - first.0, second.1 - second.0)
            let denominator = u.cross(v)
            guard denominator != 0 else { return second.0 }
            let part = Double((second.0 - first.0).cross(v)) / Double(denominator)
            return GridPoint(
                x: first.0.x + Int((Double(u.x) * part).rounded()),
                y: first.0.y + Int((Double(u.y) * part).rounded())
            )
        }
    }

    /// All pairs of edges of `chains` that cross, touch or overlap other than in a common end.
    static func conflicts(points: [GridPoint], chains: Chains) -> [Conflict] {
        let edges = distinctEdges(points: points, chains: chains)
        var conflicts: [Conflict] = []
        for (index, edge) in edges.enumerated() {
            var other = index + 1
            while other < edges.count, edges[other].west.x <= edge.east.x {
                let candidate = edges[other]
                if candidate.minY <= edge.maxY, edge.minY <= candidate.maxY,
                    edge.conflicts(with: candidate)
                {
                    conflicts.append(
                        Conflict(
                            first: (edge.west, edge.east),
                            second: (candidate.west, candidate.east)
                        )
                    )
                }
                other += 1
            }
        }
        return conflicts
    }

    /// Every edge once, whatever its direction and however many chains run along it, by its
    /// western end.
    private static func distinctEdges(points: [GridPoint], chains: Chains) -> [Edge] {
        var keys: [UInt64] = []
        keys.reserveCapacity(chains.items.count)
        for chain in chains.indices {
            let range = chains.range(chain)
            for position in range.dropFirst() {
                let a = UInt64(chains.items[position - 1])
                let b = UInt64(chains.items[position])
                keys.append(min(a, b) << 32 | max(a, b))
            }
        }
        keys.sort()
        var edges: [Edge] = []
        edges.reserveCapacity(keys.count)
        var previous: UInt64?
        for key in keys where key != previous {
            edges.append(Edge(points[Int(key >> 32)], points[Int(key & 0xFFFF_FFFF)]))
            previous = key
        }
        edges.sort { ($0.west, $0.east) < ($1.west, $1.east) }
        return edges
    }

    private struct Edge {
        let west: GridPoint
        let east: GridPoint
        let minY: Int
        let maxY: Int

        init(_ a: GridPoint, _ b: GridPoint) {
            (west, east) = a < b ? (a, b) : (b, a)
            (minY, maxY) = a.y < b.y ? (a.y, b.y) : (b.y, a.y)
        }

        func conflicts(with other: Edge) -> Bool {
            if let (shared, end, otherEnd) = commonEnd(with: other) {
                let (u, v) = (end - shared, otherEnd - shared)
                return u.cross(v) == 0 && u.dot(v) > 0
            }
            let a = GridPoint.orientation(west, east, other.west).signum()
            let b = GridPoint.orientation(west, east, other.east).signum()
            let c = GridPoint.orientation(other.west, other.east, west).signum()
            let d = GridPoint.orientation(other.west, other.east, east).signum()
            if a == 0, b == 0 { return true }  // in line, and their boxes meet
            return a * b <= 0 && c * d <= 0
        }

        private func commonEnd(with other: Edge) -> (GridPoint, GridPoint, GridPoint)? {
            if west == other.west { return (west, east, other.east) }
            if west == other.east { return (west, east, other.west) }
            if east == other.west { return (east, west, other.east) }
            if east == other.east { return (east, west, other.west) }
            return nil
        }
    }
}
