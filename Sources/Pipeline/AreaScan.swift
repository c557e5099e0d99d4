internal import Geospatial
internal import SpatialStatistics

/// Kulldorff's scan over the areas of a file, as a table; circles, or ellipses of any direction.
struct AreaScan {
    let isPoisson: Bool
    let isElliptic: Bool
    let replicas: Int
    let seed: UInt64

    func run(
        cases: [Double],
        population: [Double],
        points: [PlanarPoint],
        ids: [String]
    ) throws -> AreaResults {
        guard replicas > 0 else {
            throw AreaFileError.badChoice(
                problem: "--statistic scan has no analytic p; give --permutations 999 or more.")
        }
        var options = ScanStatistic.Options(seed: seed)
        options.replicas = replicas
        let result: ScanResult
        var ellipses: [EllipticScan.Ellipse] = []
        do {
            let (cases, population) = (try whole(cases), try whole(population))
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
        let none = Array(repeating: AreaResults.Cell.none, count: 7)
        let noEllipse = isElliptic ? Array(repeating: AreaResults.Cell.none, count: 2) : []
        var rows = ids.map { _ in none + [.text("bukan_klaster"), .none] + noEllipse }
        var report = [
            ("Zones", String(result.zoneCount)), ("Cases", String(result.totalCases)),
            ("Population", String(result.totalPopulation)),
            ("Model", isPoisson ? "Poisson" : "Bernoulli"),
        ]
        // Each area shows its own cluster; one that chance may have made is none.
        for (number, cluster) in result.clusters.enumerated() {
            let isReal = cluster.pValue <= 0.05
            let ellipse: [AreaResults.Cell] =
                isElliptic
                ? [
                    .number(ellipses[number].axisRatio),
                    .number(ellipses[number].angleRadians * 180 / .pi),
                ] : []
            for member in cluster.members {
                rows[member] =
                    [
                        .number(cluster.logLikelihoodRatio), .number(cluster.expectedCases),
                        .number(Double(cluster.cases)), .number(cluster.relativeRisk),
                        .number(cluster.pValue), .init(cluster.gumbelPValue),
                        .number(cluster.radius),
                        .text(
                            !isReal ? "tidak_nyata" : number == 0 ? "klaster_utama" : "klaster_lain"
                        ),
                        .number(Double(number + 1)),
                    ] + ellipse
            }
            if number < 5 {
                report.append(
                    (
                        "Cluster \(number + 1)",
                        "\(cluster.members.count) areas, LLR "
                            + AreaComputation.shown(cluster.logLikelihoodRatio) + ", RR "
                            + AreaComputation.shown(cluster.relativeRisk) + ", p "
                            + AreaComputation.shown(cluster.pValue)
                    ))
            }
        }
        return AreaResults(
            columns: [
                "statistic", "expectation", "observed", "relative_risk", "p", "gumbel_p",
                "radius_metres", "class", "cluster",
            ] + (isElliptic ? ["axis_ratio", "angle_degrees"] : []),
            rows: rows,
            report: report)
    }

    private func whole(_ values: [Double]) throws -> [Int] {
        try values.map { value in
            guard let number = Int(exactly: value) else {
                throw AreaFileError.badCounts(
                    problem: "The scan counts: --value and --population take whole numbers.")
            }
            return number
        }
    }
}
