internal import PovertyModel
internal import SpatialStatistics

/// What has to be told beside a hotspot map so that anyone can repeat and judge it.
struct HotspotRun: Hashable {
    /// A group of hot or of cold desa.
    struct Cluster: Hashable {
        let isHot: Bool
        /// Positions among the areas of the run.
        let members: [Int]
        /// The share of extreme poor in the group over the typical share.
        let ratio: Double
        /// Among maps without clusters, the share of those that show so clear a group anywhere.
        let pValue: Double
    }

    /// R of the Gi* column.
    let permutations: Int
    /// R of the clusters.
    let replicas: Int
    let seed: UInt64
    /// From how many times the typical share a desa is high.
    let relevantRatio: Double
    let zScoreBound: Double
    let tested: Int
    /// b: the share of extreme poor over all areas of the run.
    let overallShare: Double
    /// The median share of the desa by keluarga: what "high" is measured against.
    let typicalShare: Double
    /// Undirected queen links among the areas of the run.
    let links: Int
    let untested: Int
    let clusters: [Cluster]
}

/// Finds hot and cold desa: members of a group of neighbouring desa whose shares are all high, or
/// all low, and lie together more than chance allows (`LevelSetScan`).
///
/// Gi* of the Assunção-Reis z over queen neighbours is computed beside it. It blurs the edge of a
/// cluster over its neighbours: of planted clusters it found half of the desa, the scan 98 %
/// (`swift run -c release Benchmarks power`). What is published as a number is Gi*, since the
/// desa's own z would give its count back.
struct HotspotComputation {
    /// With m = 330 areas a lone one can be found by Gi* at a false discovery rate q only when
    /// R + 1 ≥ 2m/q: 66,000 draws at 1 %.
    static let standardPermutations = 99_999
    static let replicas = 9_999

    /// Half as much again as the typical share: less is not worth a programme of its own, and
    /// the smooth rise of the risk towards the mountains would make spots of its own.
    static let relevantRatio = 1.5

    /// A desa further than this from the overall share counts as "unusual" and no more, in Gi*.
    static let zScoreBound = 2.0

    let rule: ExtremePovertyRule
    let permutations: Int
    let seed: UInt64

    /// A finding for each area, and the facts of the run.
    ///
    /// An area without any keluarga in a full register has no data: its rows are missing.
    func run(
        weights: SpatialWeights,
        figures: [AreaFigures]
    ) throws -> (findings: [HotspotFinding], run: HotspotRun) {
        let cases = figures.map { Double($0.desil.extreme(by: rule)) }
        let population = figures.map { Double($0.keluarga) }
        let hasData = figures.map { $0.keluarga > 0 }
        let analysis = try HotspotAnalysis(
            cases: cases,
            population: population,
            hasData: hasData,
            weights: weights,
            permutations: permutations,
            seed: seed,
            zScoreBound: Self.zScoreBound)
        let scan = try Self.groups(
            cases: cases, population: population, hasData: hasData, weights: weights, seed: seed)
        let findings = scan.outcomes.indices.map { finding($0, scan, analysis) }
        return (
            findings,
            HotspotRun(
                permutations: permutations,
                replicas: Self.replicas,
                seed: seed,
                relevantRatio: Self.relevantRatio,
                zScoreBound: Self.zScoreBound,
                tested: scan.facts.tested,
                overallShare: analysis.facts.overallRate ?? 0,
                typicalShare: scan.facts.typicalRate ?? 0,
                links: scan.facts.links / 2,
                untested: findings.count { $0.hotspotClass == .untested },
                clusters: scan.clusters.map(HotspotRun.Cluster.init))
        )
    }

    /// The test of the map, on any numerator and denominator.
    static func groups(
        cases: [Double],
        population: [Double],
        hasData: [Bool],
        weights: SpatialWeights,
        seed: UInt64
    ) throws -> LevelSetScan {
        var options = LevelSetScan.Options(seed: seed)
        options.relevantRatio = relevantRatio
        options.replicas = replicas
        return try LevelSetScan(
            cases: cases, population: population, hasData: hasData, weights: weights,
            options: options)
    }

    /// The findings when nothing was tested.
    static func withoutTest(count: Int) -> [HotspotFinding] {
        Array(
            repeating: HotspotFinding(
                hotspotClass: .noData, zScore: nil, pValue: nil, qValue: nil),
            count: count)
    }

    /// The class and q of the cluster, z and p of Gi*; no q for a desa of no cluster.
    private func finding(
        _ area: Int,
        _ scan: LevelSetScan,
        _ analysis: HotspotAnalysis
    ) -> HotspotFinding {
        var giStar: HotspotAnalysis.TestedUnit?
        if case .tested(let test) = analysis.outcomes[area] { giStar = test }
        return HotspotFinding(area, of: scan, giStar: giStar)
    }
}

extension HotspotRun.Cluster {
    init(_ cluster: LevelSetScan.Cluster) {
        self.init(
            isHot: cluster.direction == .high, members: cluster.members,
            ratio: cluster.rateRatio, pValue: cluster.pValue)
    }
}

extension HotspotFinding {
    /// What the scan says of an area; z and p are those of `giStar`.
    init(_ area: Int, of scan: LevelSetScan, giStar: HotspotAnalysis.TestedUnit? = nil) {
        func plain(_ hotspotClass: HotspotClass) -> HotspotFinding {
            HotspotFinding(hotspotClass: hotspotClass, zScore: nil, pValue: nil, qValue: nil)
        }
        switch scan.outcomes[area] {
        case .noData: self = plain(.noData)
        case .noPopulation: self = plain(.noKeluarga)
        case .untested: self = plain(.untested)
        case .noVariation: self = plain(.noVariation)
        case .tested(let unit):
            let cluster = unit.cluster.map { scan.clusters[$0] }
            self.init(
                hotspotClass: cluster.map {
                    HotspotClass(qValue: $0.pValue, isHigh: $0.direction == .high)
                } ?? .notSignificant,
                zScore: giStar?.giStar,
                pValue: giStar?.pTwoSided,
                qValue: cluster?.pValue,
                cluster: unit.cluster.map { $0 + 1 })
        }
    }
}
