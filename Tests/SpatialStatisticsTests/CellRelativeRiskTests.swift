import Foundation
import Geospatial
import TestSupport
import Testing

@testable import SpatialStatistics

@Suite struct CellRelativeRiskTests {
    private static let points = (0..<400).map {
        PlanarPoint(x: Double($0 % 20) + 0.5, y: Double($0 / 20) + 0.5)
    }
    private static let kernel = SmoothingKernel.gaussian(standardDeviation: 1.5)
    private static let smoother = CellSmoother(
        points: points, land: points.map { _ in 1 }, kernel: kernel)

    /// Half of the people by cell; the others spread over blocks of 4 by 4 cells.
    private func groups(
        _ random: inout SeededGenerator,
        share: (Int) -> Double
    ) -> [CellRelativeRisk.Group] {
        func cases(_ people: Int, _ share: Double) -> Int {
            (0..<people).count { _ in Double.random(in: 0..<1, using: &random) < share }
        }
        let byCell = (0..<400).map { cell in
            CellRelativeRisk.Group(
                people: 20, cases: cases(20, share(cell)), cells: [(cell: cell, share: 1)])
        }
        let byBlock = (0..<25).map { block -> CellRelativeRisk.Group in
            let corner = block / 5 * 80 + block % 5 * 4
            let cells = (0..<16).map { corner + $0 / 4 * 20 + $0 % 4 }
            return CellRelativeRisk.Group(
                people: 320, cases: cases(320, share(corner)),
                cells: cells.map { (cell: $0, share: 1.0 / 16) })
        }
        return byCell + byBlock
    }

    private func surface(
        _ groups: [CellRelativeRisk.Group],
        replicas: Int = 199,
        threads: Int? = nil
    ) throws -> CellRelativeRisk.Surface {
        var options = CellRelativeRisk.Options(seed: 4)
        options.replicas = replicas
        options.threads = threads
        return try #require(
            CellRelativeRisk.surface(
                of: groups, cellCount: 400, smoother: Self.smoother,
                effectiveArea: Self.kernel.effectiveArea, options: options))
    }

    @Test func withoutDifferencesATwentiethOfTheMapsStandsOutAtAPlace() throws {
        print("seed 21")
        var random = SeededGenerator(seed: 21)
        var atPlace = 0
        var whole = 0
        let maps = 120
        for _ in 0..<maps {
            let found = try surface(groups(&random) { _ in 0.1 }, replicas: 39)
            if try #require(found.cells[190]).pValue <= 0.05 { atPlace += 1 }
            if try #require(found.globalPValue) <= 0.05 { whole += 1 }
        }
        // 99.9 % of a binomial with 120 and 0.05; half of the people are spread over blocks.
        #expect((1...15).contains(atPlace), "\(atPlace)")
        #expect((1...15).contains(whole), "\(whole)")
    }

    @Test func aPlantedCornerIsFoundWithItsRatio() throws {
        var random = SeededGenerator(seed: 2)
        let found = try surface(groups(&random) { $0 % 20 < 8 && $0 < 160 ? 0.3 : 0.1 })
        let corner = try #require(found.cells[0])
        let overall = Double(found.cases) / Double(found.people)
        #expect(abs(corner.ratio * overall - 0.3) < 0.06)
        #expect(corner.pHigh == 1.0 / 200 && corner.pLow == 1)
        #expect(try #require(found.cells[399]).pLow <= 0.05)
        #expect(found.globalPValue == 1.0 / 200)
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        var random = SeededGenerator(seed: 8)
        let people = groups(&random) { $0 < 40 ? 0.2 : 0.1 }
        #expect(
            try surface(people, replicas: 50, threads: 1)
                == surface(people, replicas: 50, threads: 3))
    }

    @Test func whereFewLiveThereIsNoRatio() throws {
        let near = CellRelativeRisk.Group(people: 500, cases: 50, cells: [(cell: 0, share: 1)])
        let far = CellRelativeRisk.Group(people: 2, cases: 1, cells: [(cell: 399, share: 1)])
        let found = try surface([near, far], replicas: 9)
        #expect(found.cells[0] != nil && found.cells[399] == nil && found.cells[210] == nil)
    }

    @Test func withoutCasesThereIsNothingToCompare() {
        let nobody = CellRelativeRisk.Group(people: 5, cases: 0, cells: [(cell: 0, share: 1)])
        #expect(
            CellRelativeRisk.surface(
                of: [nobody], cellCount: 400, smoother: Self.smoother, effectiveArea: 1,
                options: .init(seed: 1)) == nil)
    }
}
