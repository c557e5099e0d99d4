import Foundation
import Geospatial
import SpatialStatistics
import Testing

@Suite struct GridGaussTransformTests {
    private func points(_ count: Int, _ generator: inout SeededGenerator) -> [PlanarPoint] {
        (0..<count).map { _ in
            PlanarPoint(
                x: 700_000 + 9_000 * generator.unit(), y: 9_140_000 + 6_000 * generator.unit())
        }
    }

    private func estimated(_ outcome: KernelDensity.Outcome) throws -> [Double?] {
        guard case .estimated(let densities) = outcome else {
            throw Unexpected(outcome: outcome)
        }
        return densities
    }

    private struct Unexpected: Error { let outcome: KernelDensity.Outcome }

    @Test(
        "each point adds what its kernel does, to 1e-10 of the kernel's peak",
        arguments: [250.0, 251, 400, 700, 1_000, 3_000, 31_000, 40_000]
    )
    func singlePoints(deviation: Double) throws {
        var generator = SeededGenerator(seed: UInt64(deviation))
        let grid = SquareGrid(
            origin: PlanarPoint(x: 701_000, y: 9_139_500), cellSize: 250, columns: 31, rows: 23)
        let kernel = SmoothingKernel.gaussian(standardDeviation: deviation)
        let peak = 1 / (2 * .pi * deviation * deviation)
        // Corners of cells are the worst places; some lie outside of the grid.
        let corner = PlanarPoint(x: 701_000 + 250 * 7, y: 9_139_500 + 250 * 12)
        let outer = PlanarPoint(x: 701_000 - 2 * deviation, y: 9_139_500 - deviation)
        for point in points(40, &generator) + [corner, outer] {
            let found = try estimated(
                KernelDensity.densities(of: [point], on: grid, kernel: kernel, correction: .none))
            for cell in 0..<grid.count {
                let centre = grid.centre(of: cell)
                let squared = pow(centre.x - point.x, 2) + pow(centre.y - point.y, 2)
                let expected = peak * exp(-squared / (2 * deviation * deviation))
                let difference = abs(try #require(found[cell]) - expected)
                #expect(difference < 1e-10 * peak, "\(point), cell \(cell)")
            }
        }
    }

    @Test("weights and corrections are those of the densities at the centres")
    func corrections() throws {
        var generator = SeededGenerator(seed: 8)
        let places = points(500, &generator)
        let weights = places.map { _ in generator.unit() * 5 }
        let window = ObservationWindow(rings: [
            [
                PlanarPoint(x: 699_900, y: 9_139_900), PlanarPoint(x: 709_300, y: 9_139_800),
                PlanarPoint(x: 709_100, y: 9_146_200), PlanarPoint(x: 699_800, y: 9_146_300),
            ]
        ])
        let grid = SquareGrid(
            low: PlanarPoint(x: 699_000, y: 9_139_000), high: PlanarPoint(x: 710_000, y: 9_147_000),
            cellSize: 250)
        let corrections: [KernelDensity.EdgeCorrection] = [
            .none, .uniform(window), .diggle(window),
        ]
        for correction in corrections {
            for kernel in [
                SmoothingKernel.gaussian(standardDeviation: 600), .quartic(radius: 1_500),
                .gaussian(standardDeviation: 100),
            ] {
                let found = try estimated(
                    KernelDensity.densities(
                        of: places, weights: weights, on: grid, kernel: kernel,
                        correction: correction))
                let expected = try estimated(
                    KernelDensity.densities(
                        of: places, weights: weights, at: (0..<grid.count).map(grid.centre),
                        kernel: kernel, correction: correction))
                let most = expected.compactMap { $0 }.max() ?? 0
                for (one, other) in zip(found, expected) {
                    #expect((one == nil) == (other == nil))
                    #expect(abs((one ?? 0) - (other ?? 0)) < 1e-9 * most)
                }
            }
        }
    }

    @Test("far from all points the density is 0, and threads change no digit")
    func farAndThreads() throws {
        var generator = SeededGenerator(seed: 2)
        let places = points(300, &generator)
        let kernel = SmoothingKernel.gaussian(standardDeviation: 300)
        let far = SquareGrid(origin: PlanarPoint(x: 0, y: 0), cellSize: 250, columns: 4, rows: 4)
        let none = try estimated(
            KernelDensity.densities(of: places, on: far, kernel: kernel, correction: .none))
        #expect(none.allSatisfy { $0 == 0 })
        let grid = SquareGrid(
            origin: PlanarPoint(x: 700_000, y: 9_140_000), cellSize: 250, columns: 36, rows: 24)
        let one = KernelDensity.densities(
            of: places, on: grid, kernel: kernel, correction: .none, threads: 1)
        for threads in [2, 7] {
            let other = KernelDensity.densities(
                of: places, on: grid, kernel: kernel, correction: .none, threads: threads)
            #expect(other == one)
        }
    }
}
