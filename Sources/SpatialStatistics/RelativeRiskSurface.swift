internal import Foundation
internal import Geospatial

/// The log ratio of two densities on a grid, and how it ranks among random labellings.
public struct RelativeRiskSurface: Hashable, Sendable {
    /// What is known of a cell.
    public struct Cell: Hashable, Sendable {
        /// rho; minus infinity where no case is within nine standard deviations.
        public let logRatio: Double
        /// People and cases per square unit, smoothed and corrected.
        public let density: Double
        public let caseDensity: Double
        /// (1 + #{rho* >= rho}) / (R + 1): small where there are many cases.
        public let pHigh: Double
        /// (1 + #{rho* <= rho}) / (R + 1): small where there are few.
        public let pLow: Double

        /// min(1, 2 min(pHigh, pLow)).
        public var pValue: Double { min(1, 2 * min(pHigh, pLow)) }
        /// f / g: the share of cases over that of the whole map.
        public var ratio: Double { exp(logRatio) }
    }

    public let grid: SquareGrid
    /// Nil for cells whose centre lies outside the window, or with too few people around.
    public let cells: [Cell?]
    /// The rank of the mean of rho^2 over the cells shown, against no difference anywhere.
    ///
    /// Ratios beyond 100 and 1/100 count as these. Nil when no cell is shown.
    public let globalPValue: Double?
    public let standardDeviation: Double
    public let people: Int
    public let cases: Int
    public let replicas: Int
    public let seed: UInt64

    init(
        _ counts: LabelledCounts,
        _ grid: SquareGrid,
        window: ObservationWindow?,
        _ options: RelativeRisk.Options,
        threads: Int
    ) {
        self.grid = grid
        standardDeviation = options.standardDeviation
        people = counts.totalPeople
        cases = counts.totalCases
        replicas = options.replicas
        seed = options.seed

        let smoothing = Smoothing(counts, grid, window: window, options, threads: threads)
        let all = smoothing.sums(of: counts.people)
        let observed = smoothing.sums(of: counts.cases)
        let kernelArea = 4 * Double.pi * options.standardDeviation * options.standardDeviation
        let densities = smoothing.densities(all)
        let shown = grid.cellIndices.filter { cell in
            guard let density = densities[cell] else { return false }
            return density > 0 && density * kernelArea >= options.leastPeople
        }
        let ranks = Ranks(
            observed: observed,
            all: all,
            shown: shown,
            counts: counts,
            smoothing: smoothing,
            options: options,
            threads: threads
        )
        let caseDensities = smoothing.densities(observed)
        let scale = Double(counts.totalPeople) / Double(counts.totalCases)
        let whole = Double(options.replicas + 1)
        var cells = [Cell?](repeating: nil, count: grid.count)
        for (place, cell) in shown.enumerated() {
            cells[cell] = Cell(
                logRatio: log(scale * observed[cell] / all[cell]),
                density: densities[cell] ?? 0,
                caseDensity: caseDensities[cell] ?? 0,
                pHigh: Double(1 + ranks.atLeast[place]) / whole,
                pLow: Double(1 + ranks.atMost[place]) / whole
            )
        }
        self.cells = cells
        globalPValue = shown.isEmpty ? nil : Double(1 + ranks.globalAtLeast) / whole
    }
}

extension SquareGrid {
    var cellIndices: Range<Int> { 0..<count }
}

/// From counts by cell to sums and densities by cell.
private struct Smoothing: Sendable {
    let smoother: GridSmoother
    /// Diggle: what a point of the cell counts.
    let weights: [Double]?
    /// What a sum is divided by to be a density; nil outside the window.
    let divisors: [Double?]

    init(
        _ counts: LabelledCounts,
        _ grid: SquareGrid,
        window: ObservationWindow?,
        _ options: RelativeRisk.Options,
        threads: Int
    ) {
        smoother = GridSmoother(grid: grid, standardDeviation: options.standardDeviation)
        let kernel = SmoothingKernel.gaussian(standardDeviation: options.standardDeviation)
        guard let window else {
            weights = nil
            divisors = grid.cellIndices.map { _ in 1 }
            return
        }
        let isInside = parallelMap(grid.count, threads: threads) {
            window.contains(grid.centre(of: $0))
        }
        let isDiggle = if case .diggle = options.correction { true } else { false }
        let edge = parallelMap(grid.count, threads: threads) { cell in
            let isNeeded = isDiggle ? counts.people[cell] > 0 : isInside[cell]
            return isNeeded ? window.edgeMass(of: kernel, at: grid.centre(of: cell)) : 1
        }
        weights = isDiggle ? edge.map { 1 / $0 } : nil
        divisors = grid.cellIndices.map { cell in
            isInside[cell] ? isDiggle ? 1 : edge[cell] : nil
        }
    }

    func sums(of counts: [Int]) -> [Double] {
        guard let weights else { return smoother.sums(of: counts.map(Double.init)) }
        return smoother.sums(of: zip(counts, weights).map { Double($0) * $1 })
    }

    func densities(_ sums: [Double]) -> [Double?] {
        zip(sums, divisors).map { sum, divisor in divisor.map { sum / $0 } }
    }
}

/// How often a random labelling gives as much, and as little, as was observed.
///
/// Neither the density of all people nor an edge mass changes with the labels, so it is enough to
/// compare the sums over cases. Labels are dealt out by cell: the cases of a cell are then
/// multivariate hypergeometric, which `ScanNullDraw` draws.
private struct Ranks {
    /// By the position in `shown`.
    var atLeast: [Int]
    var atMost: [Int]
    var globalAtLeast = 0

    init(
        observed: [Double],
        all: [Double],
        shown: [Int],
        counts: LabelledCounts,
        smoothing: Smoothing,
        options: RelativeRisk.Options,
        threads: Int
    ) {
        atLeast = shown.map { _ in 0 }
        atMost = atLeast
        let scale = Double(counts.totalPeople) / Double(counts.totalCases)
        @Sendable func spread(_ sums: [Double]) -> Double {
            shown.reduce(0) { total, cell in
                let rho = log(min(max(scale * sums[cell] / all[cell], 0.01), 100))
                return total + rho * rho
            }
        }
        let draw = ScanNullDraw(
            population: counts.people,
            totalCases: counts.totalCases,
            model: .bernoulli,
            seed: options.seed
        )
        let observedSpread = spread(observed)
        // A few maps at a time: a map is half a megabyte, a thousand of them are too many.
        let round = 4 * threads
        for start in stride(from: 0, to: options.replicas, by: round) {
            let maps = parallelMap(min(round, options.replicas - start), threads: threads) {
                replica -> (sums: [Double], spread: Double) in
                var cases = [Int](repeating: 0, count: counts.people.count)
                draw.draw(start + replica) { cell, number in cases[cell] = number }
                let sums = smoothing.sums(of: cases)
                return (sums, spread(sums))
            }
            for map in maps {
                for (place, cell) in shown.enumerated() {
                    if map.sums[cell] >= observed[cell] { atLeast[place] += 1 }
                    if map.sums[cell] <= observed[cell] { atMost[place] += 1 }
                }
                if map.spread >= observedSpread { globalAtLeast += 1 }
            }
        }
    }
}
