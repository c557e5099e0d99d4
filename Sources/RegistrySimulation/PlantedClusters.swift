internal import Geospatial

/// Compact groups of desa, far from each other, in which the risk is raised.
enum PlantedClusters {
    private static let attempts = 64

    /// For each area the number of its cluster (from 1), or nil.
    ///
    /// A centre is drawn; then the desa nearest to it among those that touch the cluster joins,
    /// until the drawn size is reached. Desa without neighbours take no part. When the map is too
    /// small for all clusters, as many are planted as fit.
    static func plant(
        points: [Coordinate],
        neighbours: [[Int]],
        plane: LocalPlane,
        configuration: SimulationConfiguration,
        generator: inout SeededGenerator
    ) -> [Int?] {
        var best: [[Int]] = []
        for _ in 0..<attempts where best.count < configuration.clusterCount {
            let clusters = attempt(
                points: points,
                neighbours: neighbours,
                plane: plane,
                configuration: configuration,
                generator: &generator
            )
            if clusters.count > best.count { best = clusters }
        }
        var membership = [Int?](repeating: nil, count: points.count)
        for (number, members) in best.enumerated() {
            for member in members { membership[member] = number + 1 }
        }
        return membership
    }

    private static func attempt(
        points: [Coordinate],
        neighbours: [[Int]],
        plane: LocalPlane,
        configuration: SimulationConfiguration,
        generator: inout SeededGenerator
    ) -> [[Int]] {
        var free = neighbours.map { !$0.isEmpty }
        var clusters: [[Int]] = []
        for _ in 0..<configuration.clusterCount {
            let centres = free.indices.filter { free[$0] }
            guard !centres.isEmpty else { break }
            let centre = centres[generator.index(below: centres.count)]
            let size = max(1, configuration.clusterSize + generator.integer(in: -1...1))
            let members = grow(from: centre, to: size, neighbours: neighbours, free: free) {
                plane.metres(from: points[centre], to: points[$0])
            }
            guard members.count == size else { break }
            clusters.append(members)
            let steps = QueenAdjacency.steps(from: members, along: neighbours)
            for (index, step) in steps.enumerated() {
                // n desa in between are n + 1 steps.
                if let step, step <= configuration.clusterSeparationRings { free[index] = false }
            }
        }
        return clusters
    }

    private static func grow(
        from centre: Int,
        to size: Int,
        neighbours: [[Int]],
        free: [Bool],
        distance: (Int) -> Double
    ) -> [Int] {
        var members = [centre]
        while members.count < size {
            let frontier = Set(members.flatMap { neighbours[$0] }.filter { free[$0] })
                .subtracting(members)
            let nearest = frontier.min { left, right in
                let (a, b) = (distance(left), distance(right))
                return a == b ? left < right : a < b
            }
            guard let nearest else { break }
            members.append(nearest)
        }
        return members
    }
}
