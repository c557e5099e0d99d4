internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics

/// What `peta hotspots` computes on any file of areas.
public enum AreaStatistic: String, CaseIterable, Sendable {
    case giStar = "gistar"
    case gi
    case moran
    case empiricalBayes = "eb"
    case empiricalBayesMoran = "eb-moran"
    case scan
    case groups
    case geary
    case bivariateMoran = "bivariate-moran"
    case joinCount = "join-count"
    case kernelDensity = "kde"

    /// Needs a population beside the values.
    var needsPopulation: Bool {
        switch self {
        case .empiricalBayes, .empiricalBayesMoran, .scan, .groups: true
        case .giStar, .gi, .moran, .geary, .bivariateMoran, .joinCount, .kernelDensity: false
        }
    }

    var needsWeights: Bool { ![.empiricalBayes, .scan, .kernelDensity].contains(self) }

    var needsPoints: Bool { self == .scan || self == .kernelDensity }

    /// Draws unless the user says otherwise.
    public var standardPermutations: Int {
        switch self {
        case .scan, .groups: 9_999
        case .empiricalBayes, .joinCount, .kernelDensity: 0
        default: 99_999
        }
    }
}

/// A table with one row for each area of the file, in its order, and a few lines about the run.
struct AreaResults {
    /// Text, number or nothing.
    enum Cell: Hashable {
        case text(String)
        case number(Double)
        case none

        init(_ value: Double?) {
            self = value.map { $0.isFinite ? .number($0) : .none } ?? .none
        }
    }

    var columns: [String]
    var rows: [[Cell]]
    var report: [(name: String, value: String)]
}

/// Computes a statistic over areas with figures; areas without stay in the table, empty.
struct AreaComputation {
    let statistic: AreaStatistic
    let style: WeightStyle
    /// 0: the analytic p.
    let permutations: Int
    let seed: UInt64
    let ids: [String]
    let values: [Double?]
    let population: [Double?]?
    let weights: SpatialWeights?
    /// The values of the links, when they are not all alike.
    let valuedWeights: ValuedWeights?
    /// Of the scan and the density, in metres.
    let points: [PlanarPoint]?
    let isPoisson: Bool
    let isElliptic: Bool
    /// Of the scan: how many replicas as high end the run.
    let stopAfter: Int?
    /// The second value of a bivariate statistic.
    let others: [Double?]?
    /// Standard deviation of the kernel in metres; Scott's rule when nil.
    let bandwidthMetres: Double?

    func run() throws -> AreaResults {
        let isKept = ids.indices.map { index in
            values[index] != nil && population.map { $0[index].map { $0 > 0 } ?? false } ?? true
                && others.map { $0[index] != nil } ?? true
        }
        let kept = ids.indices.filter { isKept[$0] }
        guard kept.count >= 3 else { throw AreaFileError.tooFewAreas(count: kept.count) }
        let cases = kept.map { values[$0] ?? 0 }
        let people = population.map { people in kept.map { people[$0] ?? 0 } }
        try check(cases, people)
        let neighbours = weights?.restricted(to: isKept).weights
        var results: AreaResults
        switch statistic {
        case .gi, .giStar:
            results = local(
                try field(cases, people), try needed(neighbours), star: statistic == .giStar)
        case .moran:
            results = moran(try field(cases, people), try needed(neighbours))
        case .empiricalBayesMoran:
            results = moran(try field(cases, people), try needed(neighbours))
        case .empiricalBayes:
            results = rates(cases, people ?? [])
        case .groups:
            results = try groups(cases, people ?? [], try needed(neighbours))
        case .geary:
            results = geary(try field(cases, people), try needed(neighbours))
        case .bivariateMoran:
            let second = kept.map { others?[$0] ?? 0 }
            results = bivariateMoran(
                try field(cases, people), second, try needed(neighbours))
        case .joinCount:
            results = try joinCount(cases, try needed(neighbours))
        case .kernelDensity:
            let points = points ?? []
            results = try kernelDensity(cases, kept.map { points[$0] })
        case .scan:
            let points = points ?? []
            results = try AreaScan(
                isPoisson: isPoisson, isElliptic: isElliptic, replicas: permutations,
                stopAfter: stopAfter, seed: seed
            ).run(
                cases: cases, population: people ?? [], points: kept.map { points[$0] },
                ids: kept.map { ids[$0] })
        }
        return spread(&results, over: kept, weights: neighbours)
    }

    /// The values themselves, or the z of Assunção and Reis where there is a population.
    private func field(_ cases: [Double], _ people: [Double]?) throws -> [Double] {
        guard let people else { return cases }
        guard let rates = AssuncaoReis(cases: cases, population: people), rates.hasVariation else {
            throw AreaFileError.badCounts(
                problem: "All rates are equal: there is nothing to test.")
        }
        return rates.zScores
    }

    private func check(_ cases: [Double], _ people: [Double]?) throws {
        guard let people else { return }
        for (value, count) in zip(cases, people) where value < 0 || value > count {
            throw AreaFileError.badCounts(
                problem: "A value is negative or larger than its population. Check that --value "
                    + "and --population count the same thing at the same date.")
        }
    }

    private func needed(_ weights: SpatialWeights?) throws -> SpatialWeights {
        guard let weights else {
            throw AreaFileError.badChoice(
                problem: "--statistic \(statistic.rawValue) needs --weights.")
        }
        return weights
    }

    private func local(
        _ field: [Double],
        _ weights: SpatialWeights,
        star: Bool
    ) -> AreaResults {
        if permutations == 0, let valuedWeights, valuedWeights.count == field.count {
            return analytic(field, valuedWeights)
        }
        let results = GetisOrd.results(
            of: field, weights: weights, statistic: star ? .giStar : .gi, style: style)
        // An isolate has nobody to be compared with, also where Gi* has a number for it.
        let isTested = results.indices.map {
            results[$0] != nil && weights.neighbourCount(of: $0) > 0
        }
        let draws =
            permutations > 0
            ? ConditionalPermutation.pValues(
                of: field, weights: weights, permutations: permutations, seed: seed) : []
        let p = results.indices.map { unit -> Double in
            guard isTested[unit], let result = results[unit] else { return .nan }
            return permutations > 0
                ? draws[unit]?.twoSided ?? .nan : Self.twoSided(result.zScore)
        }
        let q = FalseDiscoveryRate.qValues(of: p, method: .benjaminiHochberg)
        let rows = results.indices.map { unit -> [AreaResults.Cell] in
            let result = results[unit]
            var hotspotClass = HotspotClass.untested
            if isTested[unit], let result {
                let isHigh =
                    permutations > 0
                    ? draws[unit].map { $0.high < $0.low } ?? false : result.zScore > 0
                hotspotClass = HotspotClass(qValue: q[unit], isHigh: isHigh)
            }
            return [
                .init(result?.sum), .init(result?.expectation), .init(result?.variance),
                .init(result?.zScore), .init(p[unit]), .init(q[unit]),
                .text(hotspotClass.rawValue),
                .number(Double(weights.neighbourCount(of: unit))),
            ]
        }
        return AreaResults(
            columns: [
                "statistic", "expectation", "variance", "z", "p", "q", "class", "neighbours",
            ],
            rows: rows,
            report: [("Tested", String(isTested.count { $0 }))] + generalG(field, weights))
    }

    private func moran(_ field: [Double], _ weights: SpatialWeights) -> AreaResults {
        var report: [(String, String)] = []
        if let global = MoransI(of: field, weights: weights, style: style) {
            report = [
                ("Moran's I", Self.shown(global.statistic)),
                ("Expectation", Self.shown(global.expectation)),
                ("Variance (randomisation)", Self.shown(global.varianceUnderRandomisation)),
                ("z (randomisation)", Self.shown(global.zScoreUnderRandomisation)),
                ("z (normality)", Self.shown(global.zScoreUnderNormality)),
            ]
            report += globalTest(of: field, weights) {
                MoransI.pValues(
                    of: field, weights: weights, style: style, permutations: $0, seed: seed)
            }
        }
        return localTable(
            LocalMoran.results(of: field, weights: weights, style: style).map { result in
                result.map {
                    LocalUnit(
                        statistic: $0.statistic, expectation: $0.expectation,
                        variance: $0.variance, zScore: $0.zScore, kind: Self.name($0.quadrant))
                }
            },
            draws: permutations > 0
                ? ConditionalPermutation.localMoranPValues(
                    of: field, weights: weights, permutations: permutations, seed: seed) : [],
            kindColumn: "quadrant", report: report)
    }

    private func rates(_ cases: [Double], _ people: [Double]) -> AreaResults {
        let posterior = BetaBinomial(cases: cases, population: people)
        let marshall = EmpiricalBayes.marshall(cases: cases, population: people)
        let overall = cases.reduce(0, +) / people.reduce(0, +)
        let rows = cases.indices.map { unit -> [AreaResults.Cell] in
            var estimate: BetaBinomial.Estimate?
            if case .estimated(let found) = posterior?.outcomes[unit] { estimate = found }
            return [
                .init(posterior?.outcomes[unit].rate), .init(cases[unit] / people[unit]),
                .init(marshall[unit]), .init(estimate?.lower), .init(estimate?.upper),
                .init(estimate?.exceedance), .init(cases[unit] / people[unit] / overall),
                .text(Self.name(exceedance: estimate?.exceedance)),
            ]
        }
        return AreaResults(
            columns: [
                "statistic", "raw_rate", "marshall_rate", "lower", "upper", "exceedance",
                "excess_risk", "class",
            ],
            rows: rows,
            report: [("Overall rate", Self.shown(overall))])
    }

    /// Back to all areas of the file; those without figures get their id and nothing else.
    private func spread(
        _ results: inout AreaResults,
        over kept: [Int],
        weights: SpatialWeights?
    ) -> AreaResults {
        let classColumn = results.columns.firstIndex(of: "class")
        var rows = ids.map { id -> [AreaResults.Cell] in
            var row = Array(repeating: AreaResults.Cell.none, count: results.columns.count)
            if let classColumn { row[classColumn] = .text(HotspotClass.noData.rawValue) }
            return [.text(id)] + row
        }
        for (row, index) in zip(results.rows, kept) { rows[index] = [.text(ids[index])] + row }
        results.columns.insert("id", at: 0)
        results.rows = rows
        var report: [(String, String)] = [
            ("Areas", String(ids.count)), ("With figures", String(kept.count)),
        ]
        if let weights { report += Self.lines(weights.summary) }
        if permutations > 0, statistic.standardPermutations > 0 {
            report.append(("Permutations", String(permutations)))
            report.append(("Seed", String(seed)))
        }
        results.report = report + results.report
        return results
    }

    /// Of a normal z.
    static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    static func shown(_ value: Double) -> String { String(format: "%.6g", value) }

    static func name(_ quadrant: LocalMoran.Quadrant) -> String {
        switch quadrant {
        case .highHigh: "tinggi_tinggi"
        case .lowLow: "rendah_rendah"
        case .highLow: "tinggi_rendah"
        case .lowHigh: "rendah_tinggi"
        }
    }

    private static func name(exceedance: Double?) -> String {
        switch exceedance {
        case nil: HotspotClass.noVariation.rawValue
        case .some(0.95...): "hampir_pasti_di_atas"
        case .some(0.80...): "cenderung_di_atas"
        case .some(0.20...): "tidak_jelas"
        case .some(0.05...): "cenderung_di_bawah"
        default: "hampir_pasti_di_bawah"
        }
    }
}
