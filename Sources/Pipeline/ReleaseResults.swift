internal import Foundation
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
