internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// The results of a release as they are kept in the database: method, parameters, version and
/// seed beside each.
struct ReleaseResults {
    let map: ComputedMap

    func write(to writer: ReleaseWriter) throws {
        for result in try all() { try writer.addResult(result) }
    }

    func all() throws -> [IndicatorResult] {
        var results: [IndicatorResult] = []
        if let run = map.hotspots {
            results.append(
                try result(
                    PovertyIndicator(map.rule), method: "level-set-scan",
                    GroupParameters(
                        PovertyIndicator(map.rule), run.replicas, run.tested,
                        run.relevantRatio, run.typicalShare), seed: run.seed,
                    Groups(run.clusters, map.desa.map(\.finding), map)))
            results.append(
                try result(
                    PovertyIndicator(map.rule), method: "gi-star",
                    GiStarParameters(
                        neighbours: "queen", permutations: run.permutations,
                        zScoreBound: run.zScoreBound, overallShare: run.overallShare),
                    seed: run.seed,
                    map.desa.map {
                        GiStar(
                            code: $0.desa.code.dotted, z: $0.finding.zScore, p: $0.finding.pValue)
                    }))
        }
        for (number, run) in map.further.indicators.enumerated() {
            results.append(
                try result(
                    run.indicator, method: "level-set-scan",
                    GroupParameters(
                        run.indicator, run.replicas, run.tested,
                        HotspotComputation.relevantRatio, run.typicalShare), seed: run.seed,
                    Groups(run.clusters, map.desa.map { $0.further.indicators[number] }, map)))
        }
        results += try overTime()
        if let surface = map.further.surface {
            results.append(
                try result(
                    PovertyIndicator(map.rule), method: "kernel-ratio", SurfaceParameters(surface),
                    seed: surface.seed, SurfaceResult(surface, map.density)))
        }
        return results
    }

    private func overTime() throws -> [IndicatorResult] {
        var results: [IndicatorResult] = []
        let codes = map.desa.map(\.desa.code.dotted)
        if let change = map.further.change {
            results.append(
                try result(
                    PovertyIndicator(map.rule), method: "change", ChangeParameters(change),
                    seed: nil,
                    Dictionary(
                        uniqueKeysWithValues: zip(codes, change.desa).compactMap { code, desa in
                            desa.map { (code, $0) }
                        })))
        }
        if let scan = map.further.spaceTime {
            results.append(
                try result(
                    PovertyIndicator(map.rule), method: "space-time-scan",
                    SpaceTimeParameters(scan), seed: scan.seed,
                    [
                        "ongoing": scan.ongoing.map { SpaceTimeCluster($0, scan.dates, codes) },
                        "any": scan.any.map { SpaceTimeCluster($0, scan.dates, codes) },
                    ]))
        }
        return results
    }

    private func result(
        _ indicator: PovertyIndicator,
        method: String,
        _ parameters: some Encodable,
        seed: UInt64?,
        _ result: some Encodable
    ) throws -> IndicatorResult {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        return IndicatorResult(
            indicator: indicator.id, method: method, parameters: try json(parameters),
            version: PetaVersion.text, seed: seed, result: try json(result))
    }
}

private struct GroupParameters: Encodable {
    let numerator: String
    let denominator: String
    let inForceSince: String
    let neighbours = "queen"
    let correction = "family-wise"
    let replicas: Int
    let tested: Int
    let relevantRatio: Double
    let typicalShare: Double

    init(
        _ indicator: PovertyIndicator,
        _ replicas: Int,
        _ tested: Int,
        _ relevantRatio: Double,
        _ typicalShare: Double
    ) {
        numerator = indicator.numeratorText
        denominator = indicator.denominatorText
        inForceSince = indicator.inForceSince.iso
        self.replicas = replicas
        self.tested = tested
        self.relevantRatio = relevantRatio
        self.typicalShare = typicalShare
    }
}

private struct Groups: Encodable {
    struct Group: Encodable {
        let number: Int
        let isHot: Bool
        let pValue: Double
        let rateRatio: Double
        let members: [String]
    }

    let groups: [Group]
    /// Of each desa, by code.
    let classes: [String: String]

    init(_ clusters: [HotspotRun.Cluster], _ findings: [HotspotFinding], _ map: ComputedMap) {
        groups = clusters.enumerated().map { number, cluster in
            Group(
                number: number + 1, isHot: cluster.isHot, pValue: cluster.pValue,
                rateRatio: cluster.ratio,
                members: cluster.members.map { map.desa[$0].desa.code.dotted })
        }
        classes = Dictionary(
            uniqueKeysWithValues: zip(map.desa, findings).map {
                ($0.desa.code.dotted, $1.hotspotClass.rawValue)
            })
    }
}

private struct GiStarParameters: Encodable {
    let neighbours: String
    let permutations: Int
    let zScoreBound: Double
    let overallShare: Double
}

private struct GiStar: Encodable {
    let code: String
    let z: Double?
    let p: Double?
}

private struct ChangeParameters: Encodable {
    let previousSource: String
    let previousDate: String
    let tested: Int
    let testedByMidP: Int
    let falseDiscoveryRate = ChangeComputation.falseDiscoveryRate
    let linkedAt: String?
    let familiesInBoth: Int?
    let correlation: Double?

    init(_ run: ChangeRun) {
        previousSource = run.previous.source
        previousDate = run.previous.releaseDate.iso
        tested = run.tested
        testedByMidP = run.testedByMidP
        linkedAt = run.pairing?.linkedAt
        familiesInBoth = run.pairing?.families
        correlation = run.pairing?.correlation
    }
}

private struct SpaceTimeParameters: Encodable {
    let dates: [String]
    let model = "poisson"
    let expected = "own mean share of each desa"
    let timeTrend = "removed"
    let replicas: Int
    let largestReportedShare = SpaceTimeComputation.reportedShare

    init(_ run: SpaceTimeRun) {
        dates = run.dates.map(\.iso)
        replicas = run.replicas
    }
}

private struct SpaceTimeCluster: Encodable {
    let members: [String]
    let from: String
    let to: String
    let cases: Int
    let expectedCases: Double
    let relativeRisk: Double
    let pValue: Double

    init(_ cluster: SpaceTimeRun.Cluster, _ dates: [CalendarDate], _ codes: [String]) {
        members = cluster.members.map { codes[$0] }
        from = dates[cluster.periods.lowerBound].iso
        to = dates[cluster.periods.upperBound].iso
        cases = cluster.cases
        expectedCases = cluster.expectedCases
        relativeRisk = cluster.relativeRisk
        pValue = cluster.pValue
    }
}

private struct SurfaceParameters: Encodable {
    let kernel: String
    let standardDeviationMetres: Double
    let edgeCorrection = "diggle"
    let replicas: Int
    let tested: Int
    let leastPeople = DensitySurfaceComputation.leastPeople
    let falseDiscoveryRate = DensitySurfaceComputation.falseDiscoveryRate

    init(_ surface: DensitySurface) {
        kernel = surface.kernel.rawValue
        standardDeviationMetres = surface.bandwidthMetres
        replicas = surface.replicas
        tested = surface.tested
    }
}

private struct SurfaceResult: Encodable {
    struct Cell: Encodable {
        let density: Double
        let extremeDensity: Double
        let ratio: Double?
        let pValue: Double?
        let ratioClass: String?
    }

    let globalPValue: Double?
    /// By the number of the cell.
    let cells: [String: Cell]

    init(_ surface: DensitySurface, _ density: DensityMap) {
        globalPValue = surface.globalPValue
        cells = Dictionary(
            uniqueKeysWithValues: zip(density.cells, surface.cells).compactMap { cell, smoothed in
                smoothed.map {
                    (
                        String(cell.cell.id),
                        Cell(
                            density: $0.density, extremeDensity: $0.extremeDensity,
                            ratio: $0.ratio, pValue: $0.pValue,
                            ratioClass: $0.ratioClass?.rawValue)
                    )
                }
            })
    }
}
