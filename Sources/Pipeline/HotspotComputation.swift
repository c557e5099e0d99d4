internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics

/// What has to be told beside a hotspot map so that anyone can repeat and judge it.
struct HotspotRun: Hashable {
    let permutations: Int
    let seed: UInt64
    let zScoreBound: Double
    /// m: the areas over which the false discovery rate is controlled.
    let tested: Int
    /// b: the share of extreme poor over all areas of the run.
    let overallShare: Double
    /// Undirected queen links among the areas of the run.
    let links: Int
    let untested: Int
}

/// Finds hot and cold desa: Gi* of the Assunção-Reis z over queen neighbours, tested by conditional
/// permutation, adjusted by Benjamini and Hochberg.
struct HotspotComputation {
    /// With m = 330 areas a lone one can be found at a false discovery rate q only when
    /// R + 1 ≥ 2m/q: 66,000 draws at 1 %.
    static let standardPermutations = 99_999

    /// A desa further than this from the overall share counts as "unusual" and no more.
    ///
    /// Without a bound one very poor group of desa hides the others: of the planted clusters of 20
    /// simulated registers, 5 registers lost one. With any bound from 1.5 to 2.5 none did, and
    /// null maps stay at their level (`swift run -c release Benchmarks clusters`).
    static let zScoreBound = 2.0

    let rule: ExtremePovertyRule
    let permutations: Int
    let seed: UInt64

    /// A finding for each area, and the facts of the run.
    ///
    /// An area without any keluarga in a full register has no data: its rows are missing.
    func run(
        areas: [MultiPolygon],
        figures: [AreaFigures]
    ) throws -> (findings: [HotspotFinding], run: HotspotRun) {
        let analysis = try HotspotAnalysis(
            cases: figures.map { Double($0.desil.extreme(by: rule)) },
            population: figures.map { Double($0.keluarga) },
            hasData: figures.map { $0.keluarga > 0 },
            weights: ContiguityWeights.queen(areas),
            permutations: permutations,
            seed: seed,
            zScoreBound: Self.zScoreBound)
        let findings = analysis.outcomes.map(finding)
        return (
            findings,
            HotspotRun(
                permutations: permutations,
                seed: seed,
                zScoreBound: Self.zScoreBound,
                tested: analysis.facts.tested,
                overallShare: analysis.facts.overallRate ?? 0,
                links: analysis.facts.links / 2,
                untested: findings.count { $0.hotspotClass == .untested })
        )
    }

    /// The findings when nothing was tested.
    static func withoutTest(count: Int) -> [HotspotFinding] {
        Array(
            repeating: HotspotFinding(
                hotspotClass: .noData, zScore: nil, pValue: nil, qValue: nil),
            count: count)
    }

    private func finding(_ outcome: HotspotAnalysis.Outcome) -> HotspotFinding {
        func plain(_ hotspotClass: HotspotClass) -> HotspotFinding {
            HotspotFinding(hotspotClass: hotspotClass, zScore: nil, pValue: nil, qValue: nil)
        }
        switch outcome {
        case .noData: return plain(.noData)
        case .noPopulation: return plain(.noKeluarga)
        case .untested: return plain(.untested)
        case .noVariation: return plain(.noVariation)
        case .tested(let unit):
            return HotspotFinding(
                hotspotClass: HotspotClass(
                    qValue: unit.qBenjaminiHochberg, isHigh: unit.direction == .high),
                zScore: unit.giStar,
                pValue: unit.pTwoSided,
                qValue: unit.qBenjaminiHochberg)
        }
    }
}
