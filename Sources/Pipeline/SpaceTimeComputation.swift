internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// Where and over which registers the extreme share stood out from the common course.
struct SpaceTimeRun {
    struct Cluster {
        /// Positions among the areas.
        let members: [Int]
        /// Positions among the registers, the oldest first.
        let periods: ClosedRange<Int>
        let cases: Int
        let expectedCases: Double
        let relativeRisk: Double
        let pValue: Double
        /// No count of its desa at its time is withheld, so the risk gives none away.
        let isRiskShown: Bool
    }

    /// The dates of the registers, oldest first; the last is that of the release.
    let dates: [CalendarDate]
    /// Intervals that end with the newest register: what is still going on.
    let ongoing: [Cluster]
    /// Any interval.
    let any: [Cluster]
    let replicas: Int
    let seed: UInt64
}

/// Kulldorff's space-time scan over the registers of a source, Poisson, by circles around the
/// desa and intervals of registers.
///
/// Expected of a desa is its own mean share over all registers. Against the share of the kabupaten
/// every lasting pocket would be "since the last register" (intervals hold half of the registers
/// at most), and those are on the hotspot map.
struct SpaceTimeComputation {
    /// With two registers every interval is one of them: that is the map of changes.
    static let leastRegisters = 3
    static let replicas = 999
    static let largestPValue = 0.05
    /// A zone may hold half of all keluarga, as usual, but one that is listed only a tenth: a
    /// pocket, and no half of the kabupaten.
    static let reportedShare = 0.1

    let rule: ExtremePovertyRule
    let seed: UInt64
    /// In the plane, metres.
    let points: [PlanarPoint]

    /// Nil with too few registers or without a case.
    func run(
        _ earlier: [EarlierRegister],
        now: EarlierRegister
    ) throws -> SpaceTimeRun? {
        let registers = earlier + [now]
        guard registers.count >= Self.leastRegisters else { return nil }
        let cases = registers.map { $0.figures.map { $0.desil.extreme(by: rule) } }
        guard cases.joined().contains(where: { $0 > 0 }) else { return nil }
        let exposure = Self.exposure(cases, registers.map { $0.figures.map(\.keluarga) })
        func clusters(_ search: SpaceTimeScan.Search) throws -> [SpaceTimeRun.Cluster] {
            var options = SpaceTimeScan.Options(seed: seed)
            options.search = search
            // What rises or falls everywhere is the course of the kabupaten and no pocket.
            options.timeTrend = .removed
            options.scan.replicas = Self.replicas
            options.scan.maximumReportedShare = Self.reportedShare
            options.scan.maximumClusters = 10
            let result = try SpaceTimeScan.clusters(
                cases: cases, population: exposure, at: points, model: .poisson,
                options: options)
            return zip(result.scan.clusters, result.periods).compactMap { cluster, periods in
                guard cluster.pValue <= Self.largestPValue else { return nil }
                return SpaceTimeRun.Cluster(
                    members: cluster.members, periods: periods, cases: cluster.cases,
                    expectedCases: cluster.expectedCases, relativeRisk: cluster.relativeRisk,
                    pValue: cluster.pValue,
                    isRiskShown: periods.allSatisfy { period in
                        cluster.members.allSatisfy {
                            registers[period].published[$0]?.extreme != nil
                        }
                    })
            }
        }
        return SpaceTimeRun(
            dates: registers.map(\.register.releaseDate),
            ongoing: try clusters(.prospective),
            any: try clusters(.retrospective),
            replicas: Self.replicas,
            seed: seed)
    }

    /// A thousandth of a case is one: whole numbers in proportion to what is expected.
    private static func exposure(_ cases: [[Int]], _ keluarga: [[Int]]) -> [[Int]] {
        let areas = keluarga[0].indices
        let shares = areas.map { area -> Double in
            let people = keluarga.reduce(0) { $0 + $1[area] }
            guard people > 0 else { return 0 }
            return Double(cases.reduce(0) { $0 + $1[area] }) / Double(people)
        }
        return keluarga.map { row in
            areas.map { area in
                guard row[area] > 0, shares[area] > 0 else { return 0 }
                return max(1, Int((1_000 * shares[area] * Double(row[area])).rounded()))
            }
        }
    }
}
