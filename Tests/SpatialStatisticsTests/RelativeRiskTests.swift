import Foundation
import Geospatial
import Testing

@testable import SpatialStatistics

@Suite struct RelativeRiskTests {
    private let grid = SquareGrid(
        origin: PlanarPoint(x: 700_000, y: 9_100_000), cellSize: 250, columns: 36, rows: 28)

    private var window: ObservationWindow {
        // An L, so that there is an inner corner.
        let corners = [
            (0, 0), (9_000, 0), (9_000, 4_000), (5_000, 4_000), (5_000, 7_000), (0, 7_000),
        ]
        return ObservationWindow(rings: [
            corners.map { PlanarPoint(x: 700_000 + Double($0.0), y: 9_100_000 + Double($0.1)) }
        ])
    }

    private func options(
        _ standardDeviation: Double = 1_000,
        correction: KernelDensity.EdgeCorrection = .none,
        replicas: Int = 19,
        seed: UInt64 = 1,
        threads: Int? = nil
    ) -> RelativeRisk.Options {
        var options = RelativeRisk.Options(
            seed: seed, standardDeviation: standardDeviation, correction: correction)
        options.replicas = replicas
        options.threads = threads
        return options
    }

    private func surface(
        _ people: (points: [PlanarPoint], isCase: [Bool]),
        _ options: RelativeRisk.Options
    ) throws -> RelativeRiskSurface {
        let outcome = RelativeRisk.surface(
            of: people.points, isCase: people.isCase, grid: grid, options: options)
        guard case .estimated(let surface) = outcome else {
            throw Unexpected(outcome: outcome)
        }
        return surface
    }

    private func cell(
        of surface: RelativeRiskSurface,
        at point: PlanarPoint
    ) throws -> RelativeRiskSurface.Cell? {
        let index = try #require(grid.cell(at: point))
        return surface.cells[index]
    }

    private struct Unexpected: Error {
        let outcome: RelativeRisk.Outcome
    }

    /// People spread over the window, cases with a chance by place.
    private func people(
        _ count: Int,
        using generator: inout SeededGenerator,
        chance: (PlanarPoint) -> Double
    ) -> (points: [PlanarPoint], isCase: [Bool]) {
        let window = window
        var points: [PlanarPoint] = []
        while points.count < count {
            let point = PlanarPoint(
                x: 700_000 + 9_000 * generator.unit(), y: 9_100_000 + 7_000 * generator.unit())
            if window.contains(point) { points.append(point) }
        }
        var isCase: [Bool] = []
        for point in points { isCase.append(generator.unit() < chance(point)) }
        return (points, isCase)
    }

    @Test("densities agree with the sums over every point, corrected or not")
    func densities() throws {
        var generator = SeededGenerator(seed: 4)
        // Whole cells of 25 evenly spread people, so that their places in the cell even out.
        var points: [PlanarPoint] = []
        var isCase: [Bool] = []
        let window = window
        for cell in 0..<grid.count where window.contains(grid.centre(of: cell)) {
            guard generator.unit() < 0.3 else { continue }
            let centre = grid.centre(of: cell)
            let ill = generator.unit() < 0.4
            for place in 0..<25 {
                points.append(
                    PlanarPoint(
                        x: centre.x + Double(place % 5 - 2) * 50,
                        y: centre.y + Double(place / 5 - 2) * 50))
                isCase.append(ill)
            }
        }
        let centres = (0..<grid.count).map { grid.centre(of: $0) }
        for correction in [
            KernelDensity.EdgeCorrection.none, .uniform(window), .diggle(window),
        ] {
            let result = try surface((points, isCase), options(750, correction: correction))
            let kernel = SmoothingKernel.gaussian(standardDeviation: 750)
            func exact(_ some: [PlanarPoint]) throws -> [Double?] {
                let outcome = KernelDensity.densities(
                    of: some, at: centres, kernel: kernel, correction: correction)
                guard case .estimated(let densities) = outcome else {
                    Issue.record("\(outcome)")
                    return []
                }
                return densities
            }
            let all = try exact(points)
            let ill = try exact(points.indices.filter { isCase[$0] }.map { points[$0] })
            let ratio = Double(points.count) / Double(isCase.count { $0 })
            let highest = all.compactMap(\.self).max() ?? 0
            var worst = 0.0
            var worstRatio = 0.0
            var compared = 0
            for (cell, found) in result.cells.enumerated() {
                guard let found, let all = all[cell], let ill = ill[cell] else { continue }
                compared += 1
                worst = max(worst, abs(found.density - all) / highest)
                worst = max(worst, abs(found.caseDensity - ill) / highest)
                worstRatio = max(worstRatio, abs(found.logRatio - log(ratio * ill / all)))
            }
            #expect(compared > 500)
            // Diggle's weight of a person is taken at the centre of the cell.
            let limit = if case .diggle = correction { 0.01 } else { 0.001 }
            #expect(worst < limit, "\(worst)")
            // In the tails, twenty people to a kernel, a place in the cell counts more.
            #expect(worstRatio < 0.02, "\(worstRatio)")
        }
    }

    @Test("the uniform correction cancels in the ratio, and the same share everywhere is ratio 1")
    func cancels() throws {
        var generator = SeededGenerator(seed: 5)
        let some = people(4_000, using: &generator) { _ in 0.2 }
        let plain = try surface(some, options())
        let corrected = try surface(some, options(correction: .uniform(window)))
        for (one, other) in zip(plain.cells, corrected.cells) {
            guard let one, let other else { continue }
            #expect(one.logRatio == other.logRatio && one.pHigh == other.pHigh)
            #expect(other.density >= one.density)
        }
        // Every place holds one case and three others.
        let places = some.points.prefix(800)
        let even = try surface(
            (
                places.flatMap { [$0, $0, $0, $0] },
                places.flatMap { _ in [true, false, false, false] }
            ),
            options())
        for cell in even.cells.compactMap(\.self) { #expect(abs(cell.logRatio) < 1e-12) }
        #expect(even.globalPValue == 1)
    }

    @Test("where more are a case the limit is passed, and where there are no people nothing shows")
    func planted() throws {
        var generator = SeededGenerator(seed: 6)
        let hot = PlanarPoint(x: 702_500, y: 9_102_500)
        let some = people(12_000, using: &generator) {
            hypot($0.x - hot.x, $0.y - hot.y) < 1_500 ? 0.2 : 0.07
        }
        let result = try surface(
            some, options(500, correction: .diggle(window), replicas: 99))
        let cell = try #require(try self.cell(of: result, at: hot))
        #expect(cell.pHigh == 0.01 && cell.pValue == 0.02 && cell.pLow == 1)
        #expect(cell.ratio > 1.5 && cell.ratio < 3.2)
        #expect(result.globalPValue == 0.01)
        let far = PlanarPoint(x: 708_000, y: 9_101_500)
        let cold = try #require(try self.cell(of: result, at: far))
        #expect(cold.pHigh > 0.05)
        // Outside the window, or with fewer people than asked for.
        let outside = PlanarPoint(x: 707_000, y: 9_106_000)
        #expect(try self.cell(of: result, at: outside) == nil)
        var strict = options(500, correction: .diggle(window))
        strict.leastPeople = 1e6
        let none = try surface(some, strict)
        #expect(none.cells.allSatisfy { $0 == nil } && none.globalPValue == nil)
    }

    @Test("where labels are dealt at random, p is below 0.05 as often as it should")
    func calibration() throws {
        let maps = 300
        let coarse = SquareGrid(origin: grid.origin, cellSize: 750, columns: 12, rows: 10)
        var local = 0.0
        var whole = 0
        for number in 0..<maps {
            var generator = SeededGenerator(seed: 9_000 + UInt64(number))
            let some = people(600, using: &generator) { _ in 0.3 }
            let outcome = RelativeRisk.surface(
                of: some.points, isCase: some.isCase, grid: coarse,
                options: options(1_500, replicas: 19, seed: UInt64(number)))
            guard case .estimated(let result) = outcome else { throw Unexpected(outcome: outcome) }
            let cells = result.cells.compactMap(\.self)
            local += Double(cells.count { $0.pHigh <= 0.05 }) / Double(cells.count)
            if (result.globalPValue ?? 1) <= 0.05 { whole += 1 }
        }
        // 15 expected, 3.3 standard deviations of a binomial are 12.5; places of one map are
        // alike, so their mean is hardly less variable. Seeds 9000 to 9299.
        #expect(abs(Double(whole) - 15) <= 12.5, "\(whole) of \(maps)")
        #expect(abs(local - 15) <= 12.5, "\(local) of \(maps)")
    }

    @Test("the number of threads leaves no trace, the seed does")
    func threads() throws {
        var generator = SeededGenerator(seed: 7)
        let some = people(900, using: &generator) { _ in 0.2 }
        let one = try surface(some, options(threads: 1))
        #expect(try surface(some, options(threads: 3)) == one)
        #expect(try surface(some, options(seed: 2)).cells != one.cells)
    }

    // MARK: Bandwidth

    @Test("the cross-validated error is that of sums over every pair")
    func crossValidation() throws {
        var generator = SeededGenerator(seed: 3)
        let small = SquareGrid(
            origin: PlanarPoint(x: 0, y: 0), cellSize: 1, columns: 12, rows: 9)
        let points = (0..<70).map { _ in
            small.centre(of: Int.random(in: 0..<small.count, using: &generator))
        }
        let isCase = points.indices.map { $0 % 3 == 0 }
        let counts = try LabelledCounts.count(points, isCase, small, window: nil, threads: 1).get()
        for standardDeviation in [1.5, 2.2, 4] {
            // Points at the centres of cells: the grid's kernel is the wider one.
            let variance = standardDeviation * standardDeviation + 1.0 / 12
            func density(at u: PlanarPoint, of some: [Int], without left: Int?) -> Double {
                let others = some.filter { $0 != left }
                return others.reduce(0) { sum, other in
                    let (x, y) = (points[other].x - u.x, points[other].y - u.y)
                    return sum + exp(-(x * x + y * y) / (2 * variance)) / (2 * .pi * variance)
                } / Double(others.count)
            }
            let all = Array(points.indices)
            let ill = all.filter { isCase[$0] }
            var expected = 0.0
            for cell in Set(points.compactMap { small.cell(at: $0) }) {
                let u = small.centre(of: cell)
                let rho =
                    log(density(at: u, of: ill, without: nil))
                    - log(density(at: u, of: all, without: nil))
                expected -= rho * rho
            }
            for point in all {
                let f = density(at: points[point], of: ill, without: point)
                let g = density(at: points[point], of: all, without: point)
                let rho = log(f / g)
                if isCase[point] { expected -= 2 * rho / f / Double(ill.count) }
                expected += 2 * rho / g / Double(all.count)
            }
            let found = RelativeRisk.error(standardDeviation, counts, small, mask: nil)
            #expect(abs(found - expected) < 1e-8 * abs(expected), "\(standardDeviation)")
        }
    }

    @Test("a bandwidth comes out where the share varies, none where it does not")
    func bandwidth() throws {
        var generator = SeededGenerator(seed: 15)
        let some = people(9_000, using: &generator) {
            0.05 + 0.35 * (1 + sin(($0.x - 700_000) / 900)) * (1 + cos(($0.y - 9_100_000) / 900))
                / 4
        }
        let found = RelativeRisk.crossValidatedBandwidth(
            of: some.points, isCase: some.isCase, grid: grid, window: window, smallest: 300,
            largest: 4_000, steps: 16)
        guard case .minimum(let standardDeviation) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(standardDeviation > 350 && standardDeviation < 1_500)
        let even = people(3_000, using: &generator) { _ in 0.3 }
        let none = RelativeRisk.crossValidatedBandwidth(
            of: even.points, isCase: even.isCase, grid: grid, window: window, largest: 1_700,
            steps: 8)
        #expect(none == .noMinimum)
        #expect(
            RelativeRisk.crossValidatedBandwidth(
                of: Array(some.points.prefix(3)), isCase: [true, false, false], grid: grid,
                window: nil) == .tooFewPoints)
    }

    @Test("what cannot be compared is said")
    func degenerate() throws {
        let inside = PlanarPoint(x: 701_000, y: 9_101_000)
        let inGap = PlanarPoint(x: 708_000, y: 9_106_000)
        let beyond = PlanarPoint(x: 699_000, y: 9_101_000)
        func outcome(_ points: [PlanarPoint], _ isCase: [Bool]) -> RelativeRisk.Outcome {
            RelativeRisk.surface(
                of: points, isCase: isCase, grid: grid,
                options: options(correction: .uniform(window)))
        }
        #expect(outcome([], []) == .nothingToCompare)
        #expect(outcome([inside, inside], [false, false]) == .nothingToCompare)
        #expect(outcome([inside, inside], [true, true]) == .nothingToCompare)
        #expect(outcome([inside, beyond], [true, false]) == .pointsOutsideGrid([1]))
        #expect(outcome([inGap, inside], [true, false]) == .pointsOutsideWindow([0]))
        // A cell without a case within reach: no ratio but minus infinity, and p says few.
        var far = [PlanarPoint](repeating: inside, count: 40)
        far += [PlanarPoint](repeating: PlanarPoint(x: 708_500, y: 9_101_000), count: 40)
        var lone = options(400, replicas: 99)
        lone.leastPeople = 5
        let result = try surface((far, far.indices.map { $0 < 20 }), lone)
        let cell = try #require(
            try self.cell(of: result, at: PlanarPoint(x: 708_500, y: 9_101_000)))
        #expect(cell.logRatio == -.infinity && cell.pLow == 0.01 && cell.ratio == 0)
    }

    @Test("the cells of a grid")
    func cells() {
        let small = SquareGrid(
            low: PlanarPoint(x: 10, y: 20), high: PlanarPoint(x: 15, y: 21), cellSize: 2)
        #expect(small.columns == 3 && small.rows == 1 && small.count == 3)
        #expect(small.centre(of: 2) == PlanarPoint(x: 15, y: 21))
        #expect(small.cell(at: PlanarPoint(x: 12, y: 20)) == 1)
        #expect(small.cell(at: PlanarPoint(x: 16, y: 20)) == nil)
        #expect(small.cell(at: PlanarPoint(x: 9.9, y: 20)) == nil)
    }
}
