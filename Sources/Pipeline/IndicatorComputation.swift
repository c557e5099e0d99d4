internal import PovertyModel
internal import SpatialStatistics

/// Hot and cold groups of one further indicator.
struct IndicatorRun {
    let indicator: PovertyIndicator
    /// One for each area; without Gi*.
    let findings: [HotspotFinding]
    let clusters: [HotspotRun.Cluster]
    let tested: Int
    /// The median share of the desa by keluarga: what "high" is measured against.
    let typicalShare: Double
    let replicas: Int
    let seed: UInt64
}

/// Tests every chosen indicator as `HotspotComputation` tests the share of the rule.
///
/// Each map keeps its own error rate; over several indicators they add up, which the release
/// document says.
struct IndicatorComputation {
    let rule: ExtremePovertyRule
    let indicators: [PovertyIndicator]
    let seed: UInt64

    /// One for each indicator in order.
    ///
    /// An indicator that is the rule's own share under another name is left out. An area without
    /// a keluarga has no data; one with keluarga, but none in the denominator, nobody to count.
    func run(weights: SpatialWeights, figures: [AreaFigures]) throws -> [IndicatorRun] {
        let own = PovertyIndicator(rule)
        return try indicators.filter { !$0.isSameShare(as: own) }.map { indicator in
            let scan = try HotspotComputation.groups(
                cases: figures.map { Double(indicator.cases(in: $0)) },
                population: figures.map { Double(indicator.population(in: $0)) },
                hasData: figures.map { $0.keluarga > 0 },
                weights: weights,
                seed: seed)
            return IndicatorRun(
                indicator: indicator,
                findings: figures.indices.map { HotspotFinding($0, of: scan) },
                clusters: scan.clusters.map(HotspotRun.Cluster.init),
                tested: scan.facts.tested,
                typicalShare: scan.facts.typicalRate ?? 0,
                replicas: HotspotComputation.replicas,
                seed: seed)
        }
    }
}

extension PovertyIndicator {
    /// Of `kelas_…` and `kelompok_…`.
    var propertyName: String { id.split(separator: "-").joined(separator: "_") }

    /// In words, for people.
    var numeratorText: String { "keluarga \(Self.text(counted))" }

    var denominatorText: String {
        among.map { "keluarga \(Self.text($0))" } ?? "seluruh keluarga dalam register"
    }

    private static func text(_ desil: ClosedRange<Desil>) -> String {
        desil.lowerBound == desil.upperBound
            ? "desil \(desil.lowerBound.number)"
            : "desil \(desil.lowerBound.number)–\(desil.upperBound.number)"
    }
}
