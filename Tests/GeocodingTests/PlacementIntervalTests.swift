import Foundation
import TestSupport
import Testing

@testable import Geocoding

extension SeededGenerator {
    /// Two independent draws of the standard normal distribution (Box and Muller).
    mutating func normalPair() -> (Double, Double) {
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
        let angle = 2 * .pi * Double.random(in: 0..<1, using: &self)
        return (radius * cos(angle), radius * sin(angle))
    }
}

@Suite struct PlacementIntervalTests {
    @Test("certain keluarga are counted and leave nothing open")
    func certain() {
        var tally = PlacementTally(desaCount: 3)
        for _ in 0..<5 { tally.add(best: 1, probabilities: [(1, 1)], isExtreme: false) }
        tally.add(best: 1, probabilities: [], isExtreme: true)
        tally.add(best: nil, probabilities: [], isExtreme: true)
        let counts = tally.counts()
        #expect(counts[1].all == PlacementInterval(count: 6, expected: 6, lower: 6, upper: 6))
        #expect(counts[1].extreme == PlacementInterval(count: 1, expected: 1, lower: 1, upper: 1))
        #expect(counts[1].all.isExact)
        #expect(counts[0].all == PlacementInterval(count: 0, expected: 0, lower: 0, upper: 0))
    }

    @Test("one hesitating keluarga is in or out")
    func one() {
        var tally = PlacementTally(desaCount: 2)
        tally.add(best: 0, probabilities: [(0, 0.7), (1, 0.3)], isExtreme: true)
        let counts = tally.counts()
        for (desa, count, expected) in [(0, 1, 0.7), (1, 0, 0.3)] {
            let wanted = PlacementInterval(count: count, expected: expected, lower: 0, upper: 1)
            #expect(counts[desa].all == wanted)
            #expect(counts[desa].extreme == wanted)
        }
    }

    @Test("what is missing from 1 lies outside of all, and a desa may come twice")
    func missing() {
        var tally = PlacementTally(desaCount: 2)
        tally.add(best: 0, probabilities: [(0, 0.3), (0, 0.3)], isExtreme: false)
        let counts = tally.counts()
        #expect(isClose(counts[0].all.expected, 0.6))
        #expect(counts[0].all.lower == 0 && counts[0].all.upper == 1)
        #expect(counts[1].all.upper == 0)
    }

    @Test("a whole border in doubt opens the whole range, never more")
    func clipped() {
        var tally = PlacementTally(desaCount: 2)
        for _ in 0..<200 {
            tally.add(best: 0, probabilities: [(0, 0.6), (1, 0.4)], isExtreme: false)
        }
        for _ in 0..<50 { tally.add(best: 0, probabilities: [(0, 1)], isExtreme: false) }
        let counts = tally.counts()
        #expect(counts[0].all.lower == 50 && counts[0].all.upper == 250)
        #expect(counts[1].all.lower == 0 && counts[1].all.upper == 200)
        #expect(counts[0].all.count == 250)
    }

    @Test("the published count lies in its interval, and the borders' sums agree")
    func consistent() {
        var generator = SeededGenerator(seed: 11)
        var tally = PlacementTally(desaCount: 4)
        let families = 3000
        for _ in 0..<families {
            let first = Int.random(in: 0..<4, using: &generator)
            let p = Double.random(in: 0.34...1, using: &generator)
            let second = (first + 1) % 4
            let third = (first + 2) % 4
            tally.add(
                best: p >= 0.5 || p >= (1 - p) * 0.8 ? first : second,
                probabilities: [(first, p), (second, (1 - p) * 0.8), (third, (1 - p) * 0.2)],
                isExtreme: false)
        }
        let counts = tally.counts()
        #expect(isClose(counts.reduce(0) { $0 + $1.all.expected }, Double(families)))
        #expect(counts.reduce(0) { $0 + $1.all.count } == families)
        for desa in counts {
            #expect(desa.all.lower <= desa.all.count && desa.all.count <= desa.all.upper)
            #expect(Double(desa.all.lower) <= desa.all.expected)
            #expect(desa.all.expected <= Double(desa.all.upper))
        }
    }

    @Test("sums of independent borders are convolved")
    func convolution() {
        var first = SharedBorderCount()
        for _ in 0..<10 { first.add(0.3) }
        var second = SharedBorderCount()
        for _ in 0..<4 { second.add(0.9) }
        // 0 or 10, 0 or 4.
        let sum = CountDistribution(sumOf: [first, second])
        // Both at 0 have 0.7 · 0.1 = 7 %, both full 27 %.
        #expect(sum.range(tail: 0.06).lower == 0)
        #expect(sum.range(tail: 0.08).lower == 4)
        #expect(sum.range(tail: 0.26).upper == 14)
        #expect(sum.range(tail: 0.29).upper == 10)
        #expect(isClose(first.atoms.reduce(0) { $0 + $1.probability }, 1))
    }

    @Test("large sums in coarser steps keep their range")
    func coarse() {
        var border = SharedBorderCount()
        for number in 0..<20_000 { border.add(Double(number % 100) / 100 + 0.005) }
        let range = CountDistribution(sumOf: [border]).range(tail: 0.02)
        #expect(isClose(Double(range.lower), 400, absolute: 130), "\(range)")
        #expect(isClose(Double(range.upper), 19_600, absolute: 130), "\(range)")
    }

    @Test("many small probabilities that err alone add up, and the interval knows it")
    func manySmall() {
        var tally = PlacementTally(desaCount: 2)
        for _ in 0..<2000 {
            tally.add(best: 0, probabilities: [(0, 0.985), (1, 0.015)], isExtreme: false)
        }
        // Together none of them crosses over with 98.5 %; alone 30 do, give or take 10.6.
        let counts = tally.counts()
        #expect(counts[1].all.lower == 0 && counts[1].all.upper >= 41, "\(counts[1].all)")
        #expect(counts[0].all.lower <= 1959 && counts[0].all.upper == 2000, "\(counts[0].all)")
    }

    /// A desa with four borders, along each of which families lie at distances from -60 to 60 m.
    struct Borders {
        let distances: [[Double]]
        let sharedSigma: Double
        let ownSigma: Double

        var sigma: Double { (sharedSigma * sharedSigma + ownSigma * ownSigma).squareRoot() }

        var interval: PlacementInterval {
            var tally = PlacementTally(desaCount: distances.count + 1)
            for (border, families) in distances.enumerated() {
                for distance in families {
                    let p = MetreDrawing.normal(distance / sigma)
                    tally.add(
                        best: p >= 0.5 ? 0 : border + 1,
                        probabilities: [(0, p), (border + 1, 1 - p)], isExtreme: false)
                }
            }
            return tally.counts()[0].all
        }

        /// The true count, when borders and families are shifted by errors drawn anew.
        func truth(_ generator: inout SeededGenerator) -> Int {
            distances.reduce(0) { count, families in
                let shift = generator.normalPair().0 * sharedSigma
                return count
                    + families.count { distance in
                        let own = ownSigma > 0 ? generator.normalPair().0 * ownSigma : 0
                        return distance + shift + own > 0
                    }
            }
        }
    }

    @Test(
        "the true count lies in the interval with 95 % or more, however families depend",
        arguments: [(20.0, 0.0), (0, 20), (14, 14), (19, 5), (5, 19)], [15, 60])
    func coverage(sigmas: (shared: Double, own: Double), families: Int) {
        let seed = UInt64(families) * 1000 + UInt64(sigmas.shared)
        var generator = SeededGenerator(seed: seed)
        let desa = 10
        let draws = 200
        var held = 0
        var width = 0
        for _ in 0..<desa {
            let borders = Borders(
                distances: (0..<4).map { _ in
                    (0..<families).map { _ in Double.random(in: -60...60, using: &generator) }
                },
                sharedSigma: sigmas.shared, ownSigma: sigmas.own)
            let interval = borders.interval
            width += interval.upper - interval.lower
            for _ in 0..<draws {
                let truth = borders.truth(&generator)
                if truth >= interval.lower, truth <= interval.upper { held += 1 }
            }
        }
        let coverage = Double(held) / Double(desa * draws)
        let meanWidth = Double(width) / Double(desa)
        #expect(coverage >= 0.95, "seed \(seed): \(coverage)")
        // 4 borders with `families` on 120 m and 20 m of error: ±1.96 · 2 · families/6.
        let ideal = 2 * 1.96 * 2 * Double(families) / 6
        #expect(meanWidth < 1.35 * ideal + 4, "seed \(seed): \(meanWidth), ideal \(ideal)")
    }

    @Test(
        "borders on which all have the same probability are held as well",
        arguments: [0.03, 0.1, 0.2, 0.3, 0.5], [1, 2, 6])
    func allOrNothing(p: Double, borders: Int) {
        let seed = UInt64(p * 100) * 10 + UInt64(borders)
        var generator = SeededGenerator(seed: seed)
        var tally = PlacementTally(desaCount: borders + 1)
        for border in 1...borders {
            for _ in 0..<40 {
                tally.add(
                    best: p >= 0.5 ? 0 : border, probabilities: [(0, p), (border, 1 - p)],
                    isExtreme: false)
            }
        }
        let interval = tally.counts()[0].all
        let draws = 2000
        for isTogether in [true, false] {
            let held = (0..<draws).count { _ in
                var truth = 0
                for _ in 0..<borders {
                    if isTogether {
                        if Double.random(in: 0..<1, using: &generator) < p { truth += 40 }
                    } else {
                        truth += (0..<40).count { _ in
                            Double.random(in: 0..<1, using: &generator) < p
                        }
                    }
                }
                return truth >= interval.lower && truth <= interval.upper
            }
            let coverage = Double(held) / Double(draws)
            #expect(coverage >= 0.94, "seed \(seed), together \(isTogether): \(coverage)")
        }
    }
}
