import Geospatial
import SpatialStatistics

/// How long the statistics of a kabupaten and of all Indonesia take.
enum SpatialStatisticsBenchmarks {
    static func run(_ report: (String) -> Void) {
        let regency = Map(side: 18, count: 330)
        measure("permutation, 330 units on a lattice, R = 99,999", repeats: 5, report) {
            ConditionalPermutation.pValues(
                of: regency.values,
                weights: regency.lattice,
                permutations: 99_999,
                seed: 1
            ).count
        }
        let cases = (0..<330).map { Double($0 % 29) }
        let population = (0..<330).map { Double(200 + $0 * 7 % 900) }
        measure("hotspot analysis, 330 units, R = 99,999", repeats: 5, report) {
            let analysis = try? HotspotAnalysis(
                cases: cases,
                population: population,
                hasData: cases.map { _ in true },
                weights: regency.lattice,
                permutations: 99_999,
                seed: 1
            )
            return analysis?.facts.tested ?? 0
        }
        measure("beta-binomial with intervals, 330 units", repeats: 5, report) {
            BetaBinomial(cases: cases, population: population)?.outcomes.count ?? 0
        }

        let nation = Map(side: 289, count: 83_000)
        measure("8 nearest of 83,000 random points", repeats: 5, report) {
            DistanceWeights.nearest(8, of: nation.points).linkCount
        }
        let nearest = DistanceWeights.nearest(8, of: nation.points)
        measure("analytic Gi*, 83,000 units, 8 nearest", repeats: 9, report) {
            GetisOrd.zScores(of: nation.values, weights: nearest).count
        }
        measure("local Moran, 83,000 units, 8 nearest", repeats: 9, report) {
            LocalMoran.results(of: nation.values, weights: nearest).count
        }
        measure("shared permutation, 83,000 units, 8 nearest, R = 999,999", repeats: 3, report) {
            ConditionalPermutation.pValues(
                of: nation.values,
                weights: nearest,
                permutations: 999_999,
                seed: 1
            ).count
        }
        // About the spread of neighbour counts a queen map has: 1 to some 15.
        let band = DistanceWeights.band(1.2, of: nation.points.map(nation.jittered))
        let mostNeighbours = band.summary.mostNeighbours
        measure(
            "shared permutation, 83,000 units, up to \(mostNeighbours) neighbours, R = 3,999,999",
            repeats: 1,
            report
        ) {
            ConditionalPermutation.pValues(
                of: nation.values,
                weights: band,
                permutations: 3_999_999,
                seed: 1
            ).count
        }
        let squares = nation.squares
        measure("queen contiguity, 83,000 squares", repeats: 3, report) {
            ContiguityWeights.queen(squares).linkCount
        }
    }

    /// Reports median, fastest and slowest; the result of `work` keeps it from being left out.
    private static func measure(
        _ name: String,
        repeats: Int,
        _ report: (String) -> Void,
        _ work: () -> Int
    ) {
        let clock = ContinuousClock()
        var results = Set<Int>()
        let times = (0..<repeats).map { _ in clock.measure { results.insert(work()) } }.sorted()
        let milliseconds = times.map { $0 / .milliseconds(1) }
        let median = milliseconds[milliseconds.count / 2]
        report(
            "\(name): median \(rounded(median)) ms, "
                + "\(rounded(milliseconds[0])) to \(rounded(milliseconds[repeats - 1])) ms, "
                + "\(repeats) runs\(results.count == 1 ? "" : ", results differ")"
        )
    }

    private static func rounded(_ milliseconds: Double) -> Double {
        (milliseconds * 100).rounded() / 100
    }
}

/// A made-up map: `count` units with random values, at random points and on a lattice.
private struct Map {
    let values: [Double]
    let points: [PlanarPoint]
    /// The queen neighbours on a lattice of `side` columns.
    let lattice: SpatialWeights
    private let side: Int

    init(side: Int, count: Int) {
        var random = Xorshift(state: 20_261_124)
        values = (0..<count).map { _ in random.unit() + random.unit() * random.unit() }
        points = (0..<count).map { _ in
            PlanarPoint(x: random.unit() * Double(side), y: random.unit() * Double(side))
        }
        lattice = SpatialWeights(
            neighbours: (0..<count).map { unit in
                var neighbours: [Int] = []
                for row in -1...1 {
                    for column in -1...1 where (row, column) != (0, 0) {
                        let other = unit + row * side + column
                        let isInRow = (0..<side).contains(unit % side + column)
                        if isInRow && (0..<count).contains(other) { neighbours.append(other) }
                    }
                }
                return neighbours
            }
        )
        self.side = side
    }

    func jittered(_ point: PlanarPoint) -> PlanarPoint {
        PlanarPoint(x: point.x * 0.5 + point.x.rounded() * 0.5, y: point.y)
    }

    /// The lattice as unit squares that share their corners.
    var squares: [MultiPolygon] {
        values.indices.map { unit in
            let x = Double(unit % side) / 100
            let y = Double(unit / side) / 100
            let nextX = Double(unit % side + 1) / 100
            let nextY = Double(unit / side + 1) / 100
            return MultiPolygon([
                Polygon(exterior: [
                    Coordinate(longitude: x, latitude: y),
                    Coordinate(longitude: nextX, latitude: y),
                    Coordinate(longitude: nextX, latitude: nextY),
                    Coordinate(longitude: x, latitude: nextY),
                ])
            ])
        }
    }
}
