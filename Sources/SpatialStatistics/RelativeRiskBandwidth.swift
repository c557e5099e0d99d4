internal import Foundation
public import Geospatial

extension RelativeRisk {
    public enum CrossValidation: Hashable, Sendable {
        /// The standard deviation with the least estimated error of the log ratio.
        case minimum(Double)
        /// The error falls to one end of the range: at the lower one the estimate is of no use, at
        /// the upper one nothing speaks against a constant ratio. No bandwidth.
        case noMinimum
        /// Fewer than two cases, or fewer than two who are none.
        case tooFewPoints
        case pointsOutsideGrid([Int])
        case pointsOutsideWindow([Int])
    }

    /// The common bandwidth of both densities by least-squares cross-validation of the log ratio.
    ///
    /// Kelsall and Diggle (1995), "Kernel estimation of relative risk", Bernoulli 1, 3-16: from
    /// log f ~ log f^ + (f - f^) / f^ the squared error of rho is, up to a constant,
    ///
    ///     CV(s) = - integral of rho^2 - (2/n1) sum over cases of rho / f
    ///             + (2/n) sum over all of rho / g,
    ///
    /// in the sums without the point itself: a case is left out of f and of g. The integral goes
    /// over the cells with people, the same for every bandwidth; elsewhere there is no ratio.
    /// `steps` bandwidths from `smallest` (by default two cells) to `largest` (by default a
    /// quarter of the shorter side of the grid) are tried, each a constant times the one before,
    /// and the least one is refined by a parabola. The edge correction is the uniform one, by
    /// the cells whose centre is in the window, if there is one. A bandwidth at which a case has
    /// no other within nine standard deviations has an infinite error. The criterion is known to
    /// be rough: look at the surface with half and twice the bandwidth as well.
    /// - Complexity: O(*n*) and a test per point and cell for the window, O(*c s*) per bandwidth.
    ///   400,000 points on 90,000 cells took 0.8 s on two cores.
    public static func crossValidatedBandwidth(
        of points: [PlanarPoint],
        isCase: [Bool],
        grid: SquareGrid,
        window: ObservationWindow?,
        smallest: Double? = nil,
        largest: Double? = nil,
        steps: Int = 24,
        threads: Int? = nil
    ) -> CrossValidation {
        precondition(
            isCase.count == points.count, "\(isCase.count) labels for \(points.count) points")
        let smallest = smallest ?? 2 * grid.cellSize
        let largest = largest ?? Double(min(grid.columns, grid.rows)) * grid.cellSize / 4
        precondition(steps > 2, "\(steps) bandwidths")
        let threads = threadCount(threads)
        let counts: LabelledCounts
        switch LabelledCounts.count(points, isCase, grid, window: window, threads: threads) {
        case .success(let counted): counts = counted
        case .failure(.outsideGrid(let places)): return .pointsOutsideGrid(places)
        case .failure(.outsideWindow(let places)): return .pointsOutsideWindow(places)
        }
        guard counts.totalCases > 1, counts.totalPeople - counts.totalCases > 1 else {
            return .tooFewPoints
        }
        guard smallest >= grid.cellSize, largest > smallest, largest.isFinite else {
            return .noMinimum
        }
        let growth = pow(largest / smallest, 1 / Double(steps - 1))
        let tried = (0..<steps).map { smallest * pow(growth, Double($0)) }
        let mask = window.map { window in
            parallelMap(grid.count, threads: threads) {
                window.contains(grid.centre(of: $0)) ? 1.0 : 0
            }
        }
        let errors = parallelMap(steps, threads: threads) { step in
            error(tried[step], counts, grid, mask: mask)
        }
        guard let least = errors.indices.min(by: { errors[$0] < errors[$1] }),
            least > 0, least < steps - 1, errors[least].isFinite
        else { return .noMinimum }
        let (before, here, after) = (errors[least - 1], errors[least], errors[least + 1])
        let bend = before - 2 * here + after
        // Beside an infinite error there is no parabola.
        let shift = bend > 0 && bend.isFinite ? (before - after) / (2 * bend) : 0
        return .minimum(tried[least] * pow(growth, shift))
    }

    /// CV(s); infinite where a density without the point itself is 0.
    ///
    /// `mask` is 1 for cells of the window, 0 for others, nil for no edge correction.
    static func error(
        _ standardDeviation: Double,
        _ counts: LabelledCounts,
        _ grid: SquareGrid,
        mask: [Double]?
    ) -> Double {
        let smoother = GridSmoother(grid: grid, standardDeviation: standardDeviation)
        // By cells: the boundary integral of `ObservationWindow` took a minute for 24 bandwidths
        // and 35,000 cells, and all that is asked is which of them is the least.
        let cellArea = grid.cellSize * grid.cellSize
        let edges = mask.map { smoother.sums(of: $0).map { $0 * cellArea } }
        let all = smoother.sums(of: counts.people.map(Double.init))
        let cases = smoother.sums(of: counts.cases.map(Double.init))
        let (n, n1) = (Double(counts.totalPeople), Double(counts.totalCases))
        var integral = 0.0
        var overCases = 0.0
        var overAll = 0.0
        for cell in grid.cellIndices where counts.people[cell] > 0 {
            let edge = edges?[cell] ?? 1
            let f = cases[cell] / (n1 * edge)
            let rho = log(f / (all[cell] / (n * edge)))
            guard rho.isFinite else { return .infinity }
            integral += rho * rho
            // Without one person of the cell, who is a case or is none.
            let others = max(0, all[cell] - smoother.peak) / ((n - 1) * edge)
            guard others > 0 else { return .infinity }
            let number = Double(counts.cases[cell])
            if number > 0 {
                let otherCases = max(0, cases[cell] - smoother.peak) / ((n1 - 1) * edge)
                guard otherCases > 0 else { return .infinity }
                let rhoOfOthers = log(otherCases / others)
                overCases += number * rhoOfOthers / otherCases
                overAll += number * rhoOfOthers / others
            }
            overAll += (Double(counts.people[cell]) - number) * log(f / others) / others
        }
        return -integral * cellArea - 2 * overCases / n1 + 2 * overAll / n
    }
}
