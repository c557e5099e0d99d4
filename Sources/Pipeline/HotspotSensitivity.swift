internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics
public import SpatialStore

/// Tries the hotspot test in other ways and counts for each desa how many of them agree.
///
/// Other neighbours, another level, another boundary set, another test, counts at the ends of their
/// intervals. Nothing is published: it answers the planner who is about to move money.
public struct HotspotSensitivity {
    /// One way of doing it otherwise.
    public struct Variant: Sendable {
        public let name: String
        /// In words for the one who reads the table.
        public let text: String
        /// One for each desa, hot and cold at 5 % or less.
        let directions: [Direction]

        public var hot: Int { directions.count { $0 == .hot } }
        public var cold: Int { directions.count { $0 == .cold } }
    }

    enum Direction: String, Sendable {
        case hot = "panas"
        case cold = "dingin"
        case none = "-"
    }

    public struct Summary: Sendable {
        public let register: RegistryRelease
        /// As on the map.
        public let base: Variant
        /// Those that count for the score.
        public let variants: [Variant]
        /// Shown beside them, and part of no score: what a count map would say.
        public let contrast: Variant
        /// Of each desa: the share of variants that agree with the map.
        public let stability: [Double]

        public var stableHot: Int {
            base.directions.indices.count {
                base.directions[$0] == .hot && stability[$0] >= HotspotSensitivity.stableFrom
            }
        }
    }

    /// A desa is called stable when at least this share of the variants agree.
    public static let stableFrom = 0.8

    public let database: PovertyDatabase
    public let criteriaPath: String
    public let progress: any StepProgress

    public init(
        database: PovertyDatabase,
        criteriaPath: String,
        progress: any StepProgress
    ) {
        self.database = database
        self.criteriaPath = criteriaPath
        self.progress = progress
    }

    /// Runs all variants on the register of import `registerID`, or the newest full one; `output`
    /// names a CSV file with a row for each desa.
    public func run(registerID: Int64? = nil, output: String? = nil) throws -> Summary {
        let publication = ReleasePublication(
            database: database, criteriaPath: criteriaPath, progress: progress)
        let (register, boundarySet, rule) = try publication.sources(registerID: registerID)
        guard register.isFullRegister else {
            throw PipelineError.noDenominator(source: register.source)
        }
        let boundaries = try database.boundaries(of: boundarySet)
        let figuresByDesa = try database.figuresByDesa(of: register)
        let figures = boundaries.map { figuresByDesa[$0.desa] ?? AreaFigures() }
        let uncertainty = try UncertaintyComputation(
            database: database, rule: rule, boundaries: boundaries, figures: figures
        ).run(of: register).desa
        let trial = Trial(
            boundaries: boundaries,
            cases: figures.map { Double($0.desil.extreme(by: rule)) },
            population: figures.map { Double($0.keluarga) })
        let base = try trial.variant("peta", "as on the map", weights: trial.queen)
        var variants: [Variant] = []
        let plans = try self.plans(trial, boundarySet: boundarySet, uncertainty: uncertainty)
        for (number, plan) in plans.enumerated() {
            progress.report(
                "Trying variants", fraction: Double(number) / Double(plans.count + 1))
            variants.append(try plan())
        }
        let contrast = try trial.counts()
        progress.report("Trying variants", fraction: 1)
        let stability = boundaries.indices.map { index in
            Double(variants.count { $0.directions[index] == base.directions[index] })
                / Double(variants.count)
        }
        let summary = Summary(
            register: register, base: base, variants: variants, contrast: contrast,
            stability: stability)
        if let output { try write(summary, boundaries, to: output) }
        return summary
    }

    private func plans(
        _ trial: Trial,
        boundarySet: BoundarySet,
        uncertainty: [PlacementUncertainty]
    ) throws -> [() throws -> Variant] {
        let points = trial.points
        var plans: [() throws -> Variant] = [
            {
                try trial.variant(
                    "rook", "neighbours by a shared line",
                    weights: ContiguityWeights.rook(trial.areas))
            },
            {
                try trial.variant(
                    "knn6", "the six nearest desa", weights: DistanceWeights.nearest(6, of: points))
            },
            {
                try trial.variant(
                    "4km", "desa within 4 km", weights: DistanceWeights.band(4000, of: points))
            },
            {
                try trial.variant(
                    "6km", "desa within 6 km", weights: DistanceWeights.band(6000, of: points))
            },
            { try trial.variant("x1.35", "a level of 1.35", weights: trial.queen, ratio: 1.35) },
            { try trial.variant("x1.75", "a level of 1.75", weights: trial.queen, ratio: 1.75) },
            { try trial.variant("seed2", "another seed", weights: trial.queen, seed: 2) },
            { try trial.giStar() },
            {
                try trial.variant(
                    "bawah", "counts at the lower end of their interval", weights: trial.queen,
                    cases: uncertainty.map { Double($0.extreme.lowerBound) })
            },
            {
                try trial.variant(
                    "atas", "counts at the upper end of their interval", weights: trial.queen,
                    cases: zip(uncertainty, trial.population).map {
                        min(Double($0.extreme.upperBound), $1)
                    })
            },
        ]
        for set in try database.boundarySets() where set.id != boundarySet.id {
            let areas = Dictionary(
                uniqueKeysWithValues: try database.boundaries(of: set).map { ($0.desa, $0.area) })
            plans.append {
                try trial.variant(
                    set.name, "borders of \(set.name)",
                    weights: ContiguityWeights.queen(
                        trial.boundaries.map { areas[$0.desa] ?? MultiPolygon([]) }))
            }
        }
        return plans
    }

    private func write(
        _ summary: Summary,
        _ boundaries: [DesaBoundary],
        to path: String
    ) throws {
        let names = Dictionary(
            uniqueKeysWithValues: try database.gazetteer().map { ($0.code, $0) })
        let all = [summary.base] + summary.variants + [summary.contrast]
        let file = try OutputFile(path: path)
        let header =
            ["kode_desa", "nama_desa", "nama_kecamatan", "kestabilan"]
            + all.map { Self.quoted($0.name) }
        try file.write(Array((header.joined(separator: ",") + "\n").utf8))
        for (index, boundary) in boundaries.enumerated() {
            let desa = names[boundary.desa]
            let cells =
                [
                    boundary.desa.dotted, Self.quoted(desa?.name ?? ""),
                    Self.quoted(desa?.kecamatanName ?? ""),
                    String((summary.stability[index] * 100).rounded() / 100),
                ] + all.map { $0.directions[index].rawValue }
            try file.write(Array((cells.joined(separator: ",") + "\n").utf8))
        }
        try file.finish()
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(",") || text.contains("\"") else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}

/// The data on which all variants work.
private struct Trial {
    let boundaries: [DesaBoundary]
    let cases: [Double]
    let population: [Double]
    let areas: [MultiPolygon]
    let queen: SpatialWeights

    init(boundaries: [DesaBoundary], cases: [Double], population: [Double]) {
        self.boundaries = boundaries
        self.cases = cases
        self.population = population
        areas = boundaries.map(\.area)
        queen = ContiguityWeights.queen(areas)
    }

    private var hasData: [Bool] { population.map { $0 > 0 } }

    /// The middles of the desa, in metres.
    var points: [PlanarPoint] {
        areas.map { area in
            area.boundingBox.map { TransverseMercator.utm49S.project($0.center) }
                ?? PlanarPoint(x: 0, y: 0)
        }
    }

    func variant(
        _ name: String,
        _ text: String,
        weights: SpatialWeights,
        ratio: Double = HotspotComputation.relevantRatio,
        seed: UInt64 = 1,
        cases: [Double]? = nil,
        population: [Double]? = nil
    ) throws -> HotspotSensitivity.Variant {
        var options = LevelSetScan.Options(seed: seed)
        options.relevantRatio = ratio
        options.replicas = HotspotComputation.replicas
        let scan = try LevelSetScan(
            cases: cases ?? self.cases, population: population ?? self.population,
            hasData: hasData, weights: weights, options: options)
        return HotspotSensitivity.Variant(
            name: name, text: text,
            directions: scan.outcomes.map { outcome in
                guard case .tested(let unit) = outcome, let number = unit.cluster,
                    scan.clusters[number].pValue <= 0.05
                else { return .none }
                return scan.clusters[number].direction == .high ? .hot : .cold
            })
    }

    func giStar() throws -> HotspotSensitivity.Variant {
        let analysis = try HotspotAnalysis(
            cases: cases, population: population, hasData: hasData, weights: queen,
            permutations: HotspotComputation.standardPermutations, seed: 1,
            zScoreBound: HotspotComputation.zScoreBound)
        return HotspotSensitivity.Variant(
            name: "gistar", text: "Gi* of the standardised rate, FDR 5 %",
            directions: analysis.outcomes.map { outcome in
                guard case .tested(let unit) = outcome, unit.qBenjaminiHochberg <= 0.05 else {
                    return .none
                }
                return unit.direction == .high ? .hot : .cold
            })
    }

    /// What a map of counts shows, as if every desa had as many keluarga.
    ///
    /// Large desa come out hot. Usual, and wrong.
    func counts() throws -> HotspotSensitivity.Variant {
        let most = max(population.max() ?? 1, 1)
        return try variant(
            "jumlah", "the count in the place of the rate (a contrast, no part of the score)",
            weights: queen, population: population.map { $0 > 0 ? most : 0 })
    }
}
