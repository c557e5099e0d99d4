internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics

/// Statistics of `peta hotspots` beside Gi*, Moran, rates and the scan.
extension AreaComputation {
    /// What the published map shows: groups of neighbours above, or below, a level.
    func groups(
        _ cases: [Double],
        _ people: [Double],
        _ weights: SpatialWeights
    ) throws -> AreaResults {
        var options = LevelSetScan.Options(seed: seed)
        options.replicas = max(1, permutations)
        let scan: LevelSetScan
        do {
            scan = try LevelSetScan(
                cases: cases, population: people, hasData: cases.map { _ in true },
                weights: weights, options: options)
        } catch {
            throw AreaFileError.badCounts(problem: "\(error)")
        }
        let rows = scan.outcomes.map { outcome -> [AreaResults.Cell] in
            guard case .tested(let unit) = outcome else {
                let name: HotspotClass = outcome == .untested ? .untested : .noVariation
                return [.none, .none, .none, .none, .text(name.rawValue), .none]
            }
            let cluster = unit.cluster.map { scan.clusters[$0] }
            let name =
                cluster.map { HotspotClass(qValue: $0.pValue, isHigh: $0.direction == .high) }
                ?? .notSignificant
            return [
                .number(unit.rateRatio), .number(unit.smoothedRatio), .number(unit.zScore),
                .init(cluster?.pValue), .text(name.rawValue),
                unit.cluster.map { .number(Double($0 + 1)) } ?? .none,
            ]
        }
        return AreaResults(
            columns: ["statistic", "smoothed_ratio", "z", "p", "class", "cluster"],
            rows: rows,
            report: [
                ("Typical rate", scan.facts.typicalRate.map(Self.shown) ?? "none"),
                ("Level", "\(options.relevantRatio) times the typical rate"),
            ]
                + scan.clusters.enumerated().map { number, cluster in
                    (
                        "Group \(number + 1)",
                        "\(cluster.direction == .high ? "hot" : "cold"), "
                            + "\(cluster.members.count) areas, ratio "
                            + "\(Self.shown(cluster.rateRatio)), p \(Self.shown(cluster.pValue))"
                    )
                })
    }

    func geary(_ field: [Double], _ weights: SpatialWeights) -> AreaResults {
        let results = LocalGeary.results(of: field, weights: weights, style: style)
        var report: [(String, String)] = []
        if let global = GearysC.outcome(of: field, weights: weights, style: style).value {
            report = [
                ("Geary's C", Self.shown(global.statistic)),
                ("Expectation", Self.shown(global.expectation)),
                ("Variance (randomisation)", Self.shown(global.varianceUnderRandomisation)),
                ("z (randomisation)", Self.shown(global.zScoreUnderRandomisation)),
                ("z (normality)", Self.shown(global.zScoreUnderNormality)),
            ]
            report += globalTest(of: field, weights) {
                GearysC.pValues(
                    of: field, weights: weights, style: style, permutations: $0, seed: seed)
            }
        }
        return localTable(
            results.map { result in
                result.map {
                    LocalUnit(
                        statistic: $0.statistic, expectation: $0.expectation,
                        variance: $0.variance, zScore: $0.zScore, kind: Self.name($0.association))
                }
            },
            draws: permutations > 0
                ? LocalGeary.pValues(
                    of: field, weights: weights, permutations: permutations, seed: seed) : [],
            kindColumn: "association", report: report)
    }

    func bivariateMoran(
        _ field: [Double],
        _ others: [Double],
        _ weights: SpatialWeights
    ) -> AreaResults {
        let results = BivariateLocalMoran.results(
            of: field, and: others, weights: weights, style: style)
        var report: [(String, String)] = []
        let global = BivariateMoran.outcome(
            of: field, and: others, weights: weights, style: style)
        if let global = global.value {
            report = [
                ("Bivariate Moran's I", Self.shown(global.statistic)),
                ("Expectation", Self.shown(global.expectation)),
                ("Variance", Self.shown(global.variance)),
                ("z", Self.shown(global.zScore)),
            ]
        }
        return localTable(
            results.map { result in
                result.map {
                    LocalUnit(
                        statistic: $0.statistic, expectation: $0.expectation,
                        variance: $0.variance, zScore: $0.zScore, kind: Self.name($0.quadrant))
                }
            },
            draws: permutations > 0
                ? BivariateLocalMoran.pValues(
                    of: field, and: others, weights: weights, permutations: permutations,
                    seed: seed) : [],
            kindColumn: "quadrant", report: report)
    }

    /// What a local statistic says of one area.
    struct LocalUnit {
        let statistic: Double
        let expectation: Double
        let variance: Double
        let zScore: Double
        /// Its quadrant, or its association.
        let kind: String
    }

    /// A row for each area with p and q; the kind is its class where q is 5 % or less.
    func localTable(
        _ units: [LocalUnit?],
        draws: [ConditionalPermutation.PValues?],
        kindColumn: String,
        report: [(String, String)]
    ) -> AreaResults {
        let p = units.indices.map { index -> Double in
            guard let unit = units[index] else { return .nan }
            return permutations > 0
                ? draws[index]?.twoSided ?? .nan : Self.twoSided(unit.zScore)
        }
        let q = FalseDiscoveryRate.qValues(of: p, method: .benjaminiHochberg)
        let rows = units.indices.map { index -> [AreaResults.Cell] in
            let unit = units[index]
            let named = unit.map { q[index] <= 0.05 ? $0.kind : "tidak_nyata" }
            return [
                .init(unit?.statistic), .init(unit?.expectation), .init(unit?.variance),
                .init(unit?.zScore), .init(p[index]), .init(q[index]),
                .text(named ?? HotspotClass.untested.rawValue), .text(unit?.kind ?? ""),
            ]
        }
        return AreaResults(
            columns: ["statistic", "expectation", "variance", "z", "p", "q", "class", kindColumn],
            rows: rows,
            report: report)
    }

    /// Of areas with value 1 among those with 0: how many neighbours have it too.
    func joinCount(_ values: [Double], _ weights: SpatialWeights) throws -> AreaResults {
        guard values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw AreaFileError.badCounts(
                problem: "join-count takes values 0 and 1. Make such a column first.")
        }
        let isBlack = values.map { $0 == 1 }
        let outcomes = LocalJoinCount.outcomes(of: isBlack, weights: weights)
        let p = outcomes.map { outcome -> Double in
            if case .tested(let test) = outcome { test.pHigh } else { .nan }
        }
        let q = FalseDiscoveryRate.qValues(of: p, method: .benjaminiHochberg)
        let rows = outcomes.indices.map { unit -> [AreaResults.Cell] in
            guard case .tested(let test) = outcomes[unit] else {
                let name =
                    outcomes[unit] == .white ? "bernilai_0" : HotspotClass.untested.rawValue
                return [.none, .none, .none, .none, .none, .text(name), .none]
            }
            return [
                .number(Double(test.joins)), .number(test.expectation), .number(test.variance),
                .number(test.pHigh), .init(q[unit]),
                .text(q[unit] <= 0.05 ? "berkelompok" : "tidak_nyata"),
                .number(Double(test.neighbours)),
            ]
        }
        var report: [(String, String)] = []
        if let global = JoinCounts.outcome(of: isBlack, weights: weights).value {
            for (name, count) in [
                ("1-1", global.blackBlack), ("1-0", global.blackWhite), ("0-0", global.whiteWhite),
            ] {
                report.append(
                    (
                        "Joins \(name)",
                        "\(Self.shown(count.observed)), expected "
                            + "\(Self.shown(count.expectation)), z \(Self.shown(count.zScore))"
                    ))
            }
        }
        return AreaResults(
            columns: ["statistic", "expectation", "variance", "p", "q", "class", "neighbours"],
            rows: rows, report: report)
    }

    /// The Gaussian kernel density of the values at each of their points, per km².
    func kernelDensity(_ values: [Double], _ points: [PlanarPoint]) throws -> AreaResults {
        guard values.allSatisfy({ $0 >= 0 }) else {
            throw AreaFileError.badCounts(problem: "kde takes counts, and one is negative.")
        }
        guard let bandwidth = bandwidthMetres ?? KernelBandwidth.scott(of: points) else {
            throw AreaFileError.badChoice(
                problem: "Scott's rule needs points that are not on one line; give --bandwidth.")
        }
        let outcome = KernelDensity.densities(
            of: points, weights: values, at: points,
            kernel: .gaussian(standardDeviation: bandwidth), correction: .none)
        guard case .estimated(let densities) = outcome else {
            throw AreaFileError.tooFewAreas(count: points.count)
        }
        return AreaResults(
            columns: ["statistic", "class"],
            rows: densities.map { [.init($0.map { $0 * 1e6 }), .text("tidak_diuji")] },
            report: [
                ("Kernel", "Gaussian, standard deviation \(Self.shown(bandwidth)) m"),
                ("Unit", "value per km²; no edge correction, no test"),
            ])
    }

    /// Gi or Gi* with links that weigh unequally: the analytic z, since no permutation test of
    /// them is here.
    func analytic(_ field: [Double], _ weights: ValuedWeights) -> AreaResults {
        let z = GetisOrd.zScores(of: field, weights: weights)
        let p = z.map { $0.isFinite ? Self.twoSided($0) : .nan }
        let q = FalseDiscoveryRate.qValues(of: p, method: .benjaminiHochberg)
        let rows = z.indices.map { unit -> [AreaResults.Cell] in
            let name =
                z[unit].isFinite
                ? HotspotClass(qValue: q[unit], isHigh: z[unit] > 0) : .untested
            return [
                .init(z[unit]), .number(0), .number(1), .init(z[unit]), .init(p[unit]),
                .init(q[unit]), .text(name.rawValue),
                .number(Double(weights.links(of: unit).count)),
            ]
        }
        return AreaResults(
            columns: [
                "statistic", "expectation", "variance", "z", "p", "q", "class", "neighbours",
            ],
            rows: rows, report: [("Weights", "by value; analytic z")])
    }

    private static func name(_ association: LocalGeary.Association) -> String {
        switch association {
        case .highHigh: "tinggi_tinggi"
        case .lowLow: "rendah_rendah"
        case .otherPositive: "serupa"
        case .negative: "berlainan"
        }
    }
}
