internal import Geospatial
internal import SpatialStatistics

/// Kulldorff's scan over the areas of a file, as a table; circles, or ellipses of any direction.
struct AreaScan {
    let isPoisson: Bool
    let isElliptic: Bool
    let replicas: Int
    /// Of Besag and Clifford; nil for never.
    let stopAfter: Int?
    let seed: UInt64

    static let columns = [
        "statistic", "expectation", "observed", "relative_risk", "p", "gumbel_p",
        "radius_metres", "class", "cluster",
    ]

    static let noCluster: [AreaResults.Cell] =
        Array(repeating: .none, count: 7) + [.text("bukan_klaster"), .none]

    static let noAnalyticP = AreaFileError.badChoice(
        problem: "--statistic scan has no analytic p; give --permutations 999 or more.")

    /// Of each area of a cluster, in the order of `columns`.
    static func cells(of cluster: ScanCluster, number: Int) -> [AreaResults.Cell] {
        let isReal = cluster.pValue <= 0.05
        return [
            .number(cluster.logLikelihoodRatio), .number(cluster.expectedCases),
            .number(Double(cluster.cases)), .init(cluster.relativeRisk),
            .number(cluster.pValue), .init(cluster.gumbelPValue), .number(cluster.radius),
            .text(!isReal ? "tidak_nyata" : number == 0 ? "klaster_utama" : "klaster_lain"),
            .number(Double(number + 1)),
        ]
    }

    static func words(for cluster: ScanCluster) -> String {
        "\(cluster.members.count) areas, LLR "
            + AreaComputation.shown(cluster.logLikelihoodRatio) + ", RR "
            + AreaComputation.shown(cluster.relativeRisk) + ", p "
            + AreaComputation.shown(cluster.pValue)
    }

    static func report(_ result: ScanResult, isPoisson: Bool) -> [(name: String, value: String)] {
        [
            ("Zones", String(result.zoneCount)), ("Cases", String(result.totalCases)),
            ("Population", String(result.totalPopulation)),
            ("Model", isPoisson ? "Poisson" : "Bernoulli"),
        ]
    }

    func run(
        cases: [Double],
        population: [Double],
        points: [PlanarPoint],
        ids: [String]
    ) throws -> AreaResults {
        guard replicas > 0 else { throw Self.noAnalyticP }
        var options = ScanStatistic.Options(seed: seed)
        options.replicas = replicas
        options.stopAfterReached = stopAfter
        let result: ScanResult
        var ellipses: [EllipticScan.Ellipse] = []
        do {
            let (cases, population) = (try cases.map(Self.whole), try population.map(Self.whole))
            if isElliptic {
                let found = try EllipticScan.clusters(
                    cases: cases, population: population, at: points,
                    model: isPoisson ? .poisson : .bernoulli, options: options)
                (result, ellipses) = (found.scan, found.ellipses)
            } else {
                result = try ScanStatistic.clusters(
                    cases: cases, population: population, at: points,
                    model: isPoisson ? .poisson : .bernoulli, options: options)
            }
        } catch let error as ScanInputError {
            throw AreaFileError.badCounts(problem: "\(error)")
        }
        let noEllipse = isElliptic ? Array(repeating: AreaResults.Cell.none, count: 2) : []
        var rows = ids.map { _ in Self.noCluster + noEllipse }
        var report = Self.report(result, isPoisson: isPoisson)
        if stopAfter != nil { report.append(("Replicas drawn", String(result.nullMaxima.count))) }
        // Each area shows its own cluster; one that chance may have made is none.
        for (number, cluster) in result.clusters.enumerated() {
            let ellipse: [AreaResults.Cell] =
                isElliptic
                ? [
                    .number(ellipses[number].axisRatio),
                    .number(ellipses[number].angleRadians * 180 / .pi),
                ] : []
            for member in cluster.members {
                rows[member] = Self.cells(of: cluster, number: number) + ellipse
            }
            if number < 5 {
                report.append(("Cluster \(number + 1)", Self.words(for: cluster)))
            }
        }
        return AreaResults(
            columns: Self.columns + (isElliptic ? ["axis_ratio", "angle_degrees"] : []),
            rows: rows,
            report: report)
    }

    static func whole(_ value: Double) throws -> Int {
        guard let number = Int(exactly: value) else {
            throw AreaFileError.badCounts(
                problem: "The scan counts: --value and --population take whole numbers.")
        }
        return number
    }
}
