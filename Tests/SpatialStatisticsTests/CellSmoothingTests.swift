import Foundation
import Geospatial
import TestSupport
import Testing

@testable import SpatialStatistics

@Suite struct CellSmoothingTests {
    /// 20 by 20 squares of 1, the lower left corner at the origin.
    private let points = (0..<400).map {
        PlanarPoint(x: Double($0 % 20) + 0.5, y: Double($0 / 20) + 0.5)
    }
    private let land = [Double](repeating: 1, count: 400)

    @Test(arguments: [
        SmoothingKernel.gaussian(standardDeviation: 1.5), .quartic(standardDeviation: 2),
    ])
    func densitiesTimesLandAddUpToTheCounts(kernel: SmoothingKernel) {
        var random = SeededGenerator(seed: 3)
        let counts = points.map { _ in Double.random(in: 0..<50, using: &random) }
        let uneven = points.map { _ in Double.random(in: 0..<1, using: &random) }
        let densities = CellSmoother(points: points, land: uneven, kernel: kernel)
            .densities(of: counts)
        let sum = zip(densities, uneven).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(sum / counts.reduce(0, +) - 1) < 1e-12)
    }

    @Test func inTheMiddleItIsTheKernelDensityOfTheCentres() throws {
        let kernel = SmoothingKernel.gaussian(standardDeviation: 1.5)
        var counts = [Double](repeating: 0, count: 400)
        counts[210] = 30
        counts[231] = 12
        let smoothed = CellSmoother(points: points, land: land, kernel: kernel)
            .densities(of: counts)
        let outcome = KernelDensity.densities(
            of: points, weights: counts, at: points, kernel: kernel, correction: .none)
        guard case .estimated(let expected) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        for cell in [190, 209, 210, 211, 231, 250] {
            #expect(abs(smoothed[cell] / (try #require(expected[cell])) - 1) < 1e-3)
        }
    }

    @Test func nothingIsLostAlongTheBorder() {
        let smoother = CellSmoother(
            points: points, land: land, kernel: .gaussian(standardDeviation: 2))
        let even = smoother.densities(of: land)
        #expect(abs(even[210] - 1) < 1e-3)
        // Uncorrected, a corner would have a quarter. Diggle's form keeps the sum, so an even
        // density sinks a little at the border and rises inside it.
        #expect(even.allSatisfy { (0.6...1.25).contains($0) }, "\(even[0]), \(even.max() ?? 0)")
    }

    @Test func aCellWithoutLandGivesItsCountToThoseAround() {
        var dry = land
        dry[210] = 0
        var counts = [Double](repeating: 0, count: 400)
        counts[210] = 10
        let densities = CellSmoother(
            points: points, land: dry, kernel: .quartic(standardDeviation: 1)
        ).densities(of: counts)
        let sum = zip(densities, dry).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(sum - 10) < 1e-9)
    }

    @Test func scottsRuleOfCountsIsThatOfThePointsRepeated() throws {
        var random = SeededGenerator(seed: 5)
        let counts = points.map { _ in Int.random(in: 0..<4, using: &random) }
        let repeated = zip(points, counts).flatMap { Array(repeating: $0, count: $1) }
        let expected = try #require(KernelBandwidth.scott(of: repeated))
        let found = try #require(
            KernelBandwidth.scott(of: points, counts: counts.map(Double.init)))
        #expect(abs(found / expected - 1) < 1e-12)
        #expect(
            KernelBandwidth.scott(of: points, counts: [Double](repeating: 0, count: 400)) == nil)
    }

    @Test func effectiveAreasAreTheInverseOfTheSquaredKernel() {
        for kernel in [SmoothingKernel.gaussian(standardDeviation: 1.3), .quartic(radius: 2.1)] {
            // The integral of 2 pi r k(r)^2.
            let step = kernel.reach / 20_000
            let squared = (0..<20_000).reduce(0.0) { sum, ring in
                let r = (Double(ring) + 0.5) * step
                let k = kernel.peak * kernel.shape(r * r)
                return sum + 2 * .pi * r * k * k * step
            }
            #expect(abs(kernel.effectiveArea * squared - 1) < 1e-5)
        }
    }

    @Test func diggleFindsTheSizeOfHeapsInAnyUnit() throws {
        var random = SeededGenerator(seed: 9)
        var counts = [Double](repeating: 0, count: 1600)
        let wide = (0..<1600).map {
            PlanarPoint(x: Double($0 % 40) + 0.5, y: Double($0 / 40) + 0.5)
        }
        for _ in 0..<25 {
            let centre = PlanarPoint(
                x: Double.random(in: 3..<37, using: &random),
                y: Double.random(in: 3..<37, using: &random))
            for _ in 0..<8 {
                // The sum of uniform numbers: a heap with a deviation of about 2.
                func shift() -> Double {
                    (0..<4).reduce(0) { sum, _ in
                        sum + Double.random(in: -1.7..<1.7, using: &random)
                    }
                }
                let (x, y) = (Int(centre.x + shift()), Int(centre.y + shift()))
                if (0..<40).contains(x), (0..<40).contains(y) { counts[y * 40 + x] += 1 }
            }
        }
        func bandwidth(unit: Double) -> KernelBandwidth.CellCrossValidation {
            KernelBandwidth.diggle(
                of: wide.map { PlanarPoint(x: $0.x * unit, y: $0.y * unit) }, counts: counts,
                land: wide.map { _ in unit * unit }, cellWidth: unit, smallest: unit / 2,
                largest: 8 * unit)
        }
        guard case .minimum(let found) = bandwidth(unit: 1),
            case .minimum(let metres) = bandwidth(unit: 1000)
        else {
            Issue.record("\(bandwidth(unit: 1))")
            return
        }
        #expect((0.6...4).contains(found), "\(found)")
        #expect(abs(metres / found - 1000) < 1e-6)
    }
}
