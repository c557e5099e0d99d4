import Geospatial
import TestSupport
import Testing

@testable import Geocoding

@Suite struct BorderUncertaintyTests {
    /// Two desa side by side; in the second set the border lies 200 m farther east.
    static func set(border: Double) -> BorderIndex {
        BorderIndex([
            (1, MetreDrawing.box(-3000, -3000, border, 3000)),
            (2, MetreDrawing.box(border, -3000, 3000, 3000)),
        ])
    }

    static let uncertainty = BorderUncertainty(sets: [
        (set(border: 0), 5, 3), (set(border: 200), 20, 1),
    ])

    func probability(_ area: Int?, x: Double, sigma: Double) -> Double {
        Self.uncertainty.probabilities(at: MetreDrawing.at(x, 0), sigmaMetres: sigma)
            .first { $0.area == area }?.mass ?? 0
    }

    @Test("in the strip where sets disagree each side has its set's weight")
    func strip() {
        #expect(isClose(probability(2, x: 100, sigma: 5), 0.75, relative: 1e-5))
        #expect(isClose(probability(1, x: 100, sigma: 5), 0.25, relative: 1e-5))
    }

    @Test("where the sets agree, far from borders, one desa has everything")
    func certain() {
        for (x, area) in [(-500.0, 1), (700, 2)] {
            let found = Self.uncertainty.probabilities(
                at: MetreDrawing.at(x, 0), sigmaMetres: 10)
            #expect(found == [AreaMass(area: area, mass: 1)])
        }
        let outside = Self.uncertainty.probabilities(
            at: MetreDrawing.at(9000, 0), sigmaMetres: 10)
        #expect(outside == [AreaMass(area: nil, mass: 1)])
    }

    @Test("the errors of position and set add up in squares")
    func accuracy() {
        // 12 m and 5 m make 13 m; the second set's border is far.
        let expected = 0.75 * MetreDrawing.normal(-13.0 / 13) + 0.25
        #expect((probability(1, x: 13, sigma: 12) - expected).magnitude < 1e-5)
    }

    @Test("a set without weight has no say, weights are relative")
    func weights() {
        let sets: [(index: BorderIndex, accuracyMetres: Double, weight: Double)] = [
            (Self.set(border: 0), 0, 10), (Self.set(border: 200), 0, 0),
        ]
        let found = BorderUncertainty(sets: sets).probabilities(
            at: MetreDrawing.at(100, 0), sigmaMetres: 5)
        #expect(found == [AreaMass(area: 2, mass: 1)])
    }

    @Test("without any error the containing area has everything")
    func exact() {
        let sharp = BorderUncertainty(sets: [(Self.set(border: 0), 0, 1)])
        for x in [-1e-3, 1e-3] {
            let found = sharp.probabilities(at: MetreDrawing.at(x, 0), sigmaMetres: 0)
            #expect(found == [AreaMass(area: x < 0 ? 1 : 2, mass: 1)])
        }
    }

    @Test("a stated accuracy becomes a standard deviation")
    func statements() {
        func sigma(_ metres: Double, _ statement: PositionAccuracy.Statement) -> Double {
            PositionAccuracy.sigmaMetres(stated: metres, as: statement)
        }
        #expect(isClose(sigma(15.096, .radius68), 10, relative: 1e-4))
        #expect(isClose(sigma(11.774, .circularErrorProbable), 10, relative: 1e-4))
        #expect(isClose(sigma(24.477, .radius95), 10, relative: 1e-4))
        #expect(isClose(sigma(14.142, .distanceRootMeanSquare), 10, relative: 1e-4))
        #expect(isClose(PositionAccuracy.combined(3, 4, 12), 13))
        #expect(
            isClose(
                PositionAccuracy.sigmaMetres(resolutionMetres: 1113), 321.3, relative: 1e-3))
    }

    @Test("the 68 % circle of a drawn error holds 68 % of the draws", arguments: [7] as [UInt64])
    func radius(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let sigma = PositionAccuracy.sigmaMetres(stated: 10, as: .radius68)
        let draws = 40_000
        let within = (0..<draws).count { _ in
            let (x, y) = generator.normalPair()
            return (x * x + y * y) * sigma * sigma <= 100
        }
        #expect((Double(within) / Double(draws) - 0.68).magnitude < 0.01, "seed \(seed)")
    }

    @Test(
        "on the map of Probolinggo, of the families with probability p a share p lives there",
        arguments: [21] as [UInt64])
    func calibration(seed: UInt64) throws {
        let own = try ProbolinggoBorders.read()
        let uncertainty = BorderUncertainty(sets: [(own.index, 0, 1)])
        var generator = SeededGenerator(seed: seed)
        var bins = Array(repeating: (families: 0.0, expected: 0.0, there: 0.0), count: 10)
        var drawn = 0
        while drawn < 8000 {
            let home = Coordinate(
                longitude: .random(in: 113.1...113.6, using: &generator),
                latitude: .random(in: -8.0 ... -7.75, using: &generator))
            guard let desa = own.index.area(at: home) else { continue }
            drawn += 1
            let (east, north) = generator.normalPair()
            // 50 m of error, so that many families are near a border for it.
            let fix = Coordinate(
                longitude: home.longitude + east * 50 / 110_300,
                latitude: home.latitude + north * 50 / 110_590)
            for share in uncertainty.probabilities(at: fix, sigmaMetres: 50)
            where share.mass < 1 && share.area != nil {
                let bin = min(9, Int(share.mass * 10))
                bins[bin].families += 1
                bins[bin].expected += share.mass
                if share.area == desa { bins[bin].there += 1 }
            }
        }
        for (number, bin) in bins.enumerated() {
            // Four standard deviations of a binomial count.
            let slack = 4 * (bin.families * 0.25).squareRoot()
            #expect(bin.families > 60, "seed \(seed), bin \(number)")
            #expect(
                (bin.there - bin.expected).magnitude < slack,
                "seed \(seed), bin \(number): \(bin)")
        }
    }
}
