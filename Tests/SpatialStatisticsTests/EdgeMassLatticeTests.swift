import Foundation
import Geospatial
import Testing

@testable import SpatialStatistics

@Suite struct EdgeMassLatticeTests {
    /// A star with a hole, whose corners are sharp.
    private let window: ObservationWindow = {
        let origin = PlanarPoint(x: 700_000, y: 9_140_000)
        func ring(_ corners: Int, _ outer: Double, _ inner: Double) -> [PlanarPoint] {
            (0..<corners).map { corner in
                let angle = Double(corner) * 2 * .pi / Double(corners)
                let radius = corner % 2 == 0 ? outer : inner
                return PlanarPoint(
                    x: origin.x + radius * cos(angle), y: origin.y + radius * sin(angle))
            }
        }
        return ObservationWindow(rings: [ring(14, 9_000, 4_000), ring(5, 1_500, 900).reversed()])
    }()

    private func places(_ count: Int) -> [PlanarPoint] {
        var generator = SeededGenerator(seed: 31)
        return (0..<count).map { _ in
            PlanarPoint(
                x: 691_000 + 18_000 * generator.unit(), y: 9_131_000 + 18_000 * generator.unit())
        }
    }

    @Test("interpolated masses are wrong by less than 1e-10", arguments: [700.0, 1_000, 5_000])
    func masses(deviation: Double) throws {
        let points = places(60_000)
        let found = try #require(
            EdgeMassLattice.masses(
                of: window, standardDeviation: deviation, at: points, threads: 2))
        var worst = 0.0
        for index in stride(from: 0, to: points.count, by: 23) {
            let mass = window.edgeMass(
                of: .gaussian(standardDeviation: deviation), at: points[index])
            worst = max(worst, abs(found[index] - mass))
        }
        #expect(worst < 1e-10)
        #expect(found.allSatisfy { (0...1).contains($0) })
    }

    @Test("the number of threads changes no digit")
    func threads() {
        let points = places(20_000)
        let results = [1, 2, 5].map {
            EdgeMassLattice.masses(of: window, standardDeviation: 2_000, at: points, threads: $0)
        }
        #expect(results[0] != nil)
        #expect(Set(results).count == 1)
    }

    @Test("few points, or points far apart, do not pay for a lattice")
    func fewPoints() {
        let few = places(500)
        #expect(
            EdgeMassLattice.masses(of: window, standardDeviation: 1_000, at: few, threads: 1)
                == nil)
        let far = places(60_000) + [PlanarPoint(x: 1e9, y: -1e9)]
        #expect(
            EdgeMassLattice.masses(of: window, standardDeviation: 1_000, at: far, threads: 1)
                == nil)
        #expect(
            EdgeMassLattice.masses(of: window, standardDeviation: 1_000, at: [], threads: 1)
                == nil)
    }

    @Test("points on one line or on one spot are no special case")
    func lines() throws {
        let spot = PlanarPoint(x: 705_000, y: 9_140_100)
        let line = places(30_000).map { PlanarPoint(x: $0.x, y: spot.y) }
        for points in [line, [PlanarPoint](repeating: spot, count: 2_000)] {
            let found = try #require(
                EdgeMassLattice.masses(
                    of: window, standardDeviation: 1_000, at: points, threads: 1))
            for index in stride(from: 0, to: points.count, by: 997) {
                let mass = window.edgeMass(
                    of: .gaussian(standardDeviation: 1_000), at: points[index])
                #expect(abs(found[index] - mass) < 1e-10)
            }
        }
    }
}
