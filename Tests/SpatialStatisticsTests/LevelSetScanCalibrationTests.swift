import Foundation
import SpatialStatistics
import Testing

/// Maps like a kabupaten: populations of 300 to 2,800, a risk of 4 %, lognormal variation.
private struct RegencyMap {
    static let columns = 15
    static let weights = SpatialWeights.lattice(columns: columns, rows: columns)

    let cases: [Double]
    let population: [Double]

    init(seed: UInt64, variation: Double, clusters: [Set<Int>] = [], ratio: Double = 1) {
        // Far apart, so that no map is made of the numbers of another.
        var generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15)
        let planted = clusters.reduce(into: Set()) { $0.formUnion($1) }
        let sizes = (0..<Self.weights.count).map { _ in
            300 + Int(2_500 * pow(generator.unit(), 2))
        }
        population = sizes.map(Double.init)
        cases = sizes.enumerated().map { unit, size in
            let risk = 0.04 * exp(variation * generator.normal())
            return Double(
                generator.rareBinomial(size, min(0.5, planted.contains(unit) ? ratio * risk : risk))
            )
        }
    }

    /// The 3 x 4 units from `corner` down.
    static func block(_ corner: Int) -> Set<Int> {
        Set((0..<3).flatMap { row in (0..<4).map { corner + row * columns + $0 } })
    }

    func clusters(seed: UInt64) throws -> [LevelSetScan.Cluster] {
        var options = LevelSetScan.Options(seed: seed)
        options.replicas = 199
        options.largestPValue = 0.05
        return try LevelSetScan(
            cases: cases,
            population: population,
            hasData: cases.map { _ in true },
            weights: Self.weights,
            options: options
        ).clusters
    }
}

extension SeededGenerator {
    fileprivate mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// By the gaps between successes; quick where they are few.
    fileprivate mutating func rareBinomial(_ trials: Int, _ chance: Double) -> Int {
        var (successes, trial) = (0, 0.0)
        while true {
            trial += (log(1 - unit()) / log1p(-chance)).rounded(.down) + 1
            if trial > Double(trials) { return successes }
            successes += 1
        }
    }
}

@Suite struct LevelSetScanCalibrationTests {
    @Test(
        "on maps without clusters at most about one in twenty shows one",
        arguments: [0, 0.15, 0.3]
    )
    func nullMaps(variation: Double) throws {
        let mapCount = 80
        var falseMaps = 0
        for seed in 1...UInt64(mapCount) {
            let map = RegencyMap(seed: seed, variation: variation)
            if try !map.clusters(seed: seed).isEmpty { falseMaps += 1 }
        }
        // More than 9 of 80 at 5 % has a chance of 1 %.
        #expect(falseMaps <= 9, "\(falseMaps) of \(mapCount) maps, seeds 1 to \(mapCount)")
        // Without variation no desa gets far enough from the rest to be called high.
        if variation == 0 { #expect(falseMaps <= 1) }
    }

    @Test("of planted clusters at least 80 % of the units are found, and hardly anything else")
    func planted() throws {
        let blocks = [RegencyMap.block(32), RegencyMap.block(115), RegencyMap.block(155)]
        let planted = blocks.reduce(into: Set()) { $0.formUnion($1) }
        var found = 0
        var falseShare = 0.0
        let mapCount = 15
        for seed in 1...UInt64(mapCount) {
            let map = RegencyMap(seed: seed, variation: 0.15, clusters: blocks, ratio: 3)
            let hot = Set(
                try map.clusters(seed: seed).filter { $0.direction == .high }
                    .flatMap(\.members))
            found += hot.intersection(planted).count
            falseShare += Double(hot.subtracting(planted).count) / Double(max(1, hot.count))
        }
        let power = Double(found) / Double(planted.count * mapCount)
        #expect(power >= 0.8, "power \(power), seeds 1 to \(mapCount)")
        #expect(
            falseShare / Double(mapCount) <= 0.1, "false share \(falseShare / Double(mapCount))")
    }
}
