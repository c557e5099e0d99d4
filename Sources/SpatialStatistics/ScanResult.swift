internal import Foundation

/// A zone whose rate differs from that of the rest of the map.
public struct ScanCluster: Hashable, Sendable {
    /// The area the window is drawn around; the lowest one of those that give the same members.
    public let centre: Int
    /// From the centre to the farthest member, in the unit of the points; 0 for a lone area.
    public let radius: Double
    /// The areas of the zone, ascending.
    public let members: [Int]
    public let cases: Int
    public let population: Int
    /// e = C n / N.
    public let expectedCases: Double
    /// (c / e) / ((C - c) / (C - e)); infinite when the zone holds all cases.
    public let relativeRisk: Double
    public let logLikelihoodRatio: Double
    /// By Monte Carlo over the maximum of the whole map, so without need of further correction.
    public let pValue: Double
    /// What `pValue` is.
    public let pValueMethod: ScanPValueMethod
    /// From a Gumbel distribution fitted to the null maxima, for figures below 1 / (R + 1).
    ///
    /// Nil when the maxima do not vary.
    public let gumbelPValue: Double?

    /// c / e.
    public var observedToExpected: Double { Double(cases) / expectedCases }
}

/// How a p-value came out of the replicas.
public enum ScanPValueMethod: Hashable, Sendable {
    /// (1 + b) / (R + 1), b of R replicas reached the cluster.
    case rank
    /// h / l: the h-th replica that reached the cluster was the l-th drawn.
    case sequentialStop
}

/// Clusters, and what is needed to judge and to repeat them.
public struct ScanResult: Hashable, Sendable {
    /// Without a common area, in falling order of the log likelihood ratio.
    public let clusters: [ScanCluster]
    /// Zones looked at; the same areas around different centres count more than once.
    public let zoneCount: Int
    public let totalCases: Int
    public let totalPopulation: Int
    public let seed: UInt64
    /// The highest log likelihood ratio of each replica, in order; fewer than asked for when the
    /// sequential stop ended the run.
    public let nullMaxima: [Double]

    /// The log likelihood ratio that a cluster has to exceed for p <= `level`; nil when so small
    /// a p cannot come out of so few replicas.
    public func criticalValue(at level: Double) -> Double? {
        let exceeding = Int((level * Double(nullMaxima.count + 1)).rounded(.down)) - 1
        guard exceeding >= 0, exceeding < nullMaxima.count else { return nil }
        return nullMaxima.sorted(by: >)[exceeding]
    }
}

/// From the null maxima to p-values.
struct ScanSignificance {
    let maxima: [Double]
    /// h of the sequential stop.
    let stop: Int?

    /// (1 + #{max >= LLR}) / (R + 1), or h / l when the h-th such replica was the l-th drawn.
    ///
    /// A lower cluster reaches h earlier than the first one did, and stops there.
    func pValue(of ratio: Double) -> (value: Double, method: ScanPValueMethod) {
        var reached = 0
        for (index, maximum) in maxima.enumerated() where maximum >= ratio {
            reached += 1
            if reached == stop {
                return (Double(reached) / Double(index + 1), .sequentialStop)
            }
        }
        return (Double(1 + reached) / Double(maxima.count + 1), .rank)
    }

    /// 1 - exp(-exp(-(LLR - mu) / beta)), with beta = s sqrt(6) / pi and mu = mean - gamma beta
    /// by the method of moments.
    func gumbelPValue(of ratio: Double) -> Double? {
        let count = Double(maxima.count)
        let mean = maxima.reduce(0, +) / count
        let squares = maxima.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard maxima.count > 1, squares > 0 else { return nil }
        let scale = (6 * squares / (count - 1)).squareRoot() / .pi
        let location = mean - 0.577_215_664_901_532_86 * scale
        return -expm1(-exp(-(ratio - location) / scale))
    }
}
