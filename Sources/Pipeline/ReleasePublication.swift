public import Foundation
internal import Geospatial
public import PovertyModel
internal import SpatialStatistics
public import SpatialStore
internal import VectorTiles

/// Computes everything that the map shows from a geocoded register, and publishes it as a release.
public struct ReleasePublication {
    public struct Options: Sendable {
        /// The number of the import to use; the newest register when nil.
        public var registerID: Int64?
        /// The id of the rule to use; the one in force on the register's date when nil.
        public var ruleID: String?
        public var permutations = HotspotComputation.standardPermutations
        public var seed: UInt64 = 1
        /// Of the smoothed density.
        public var kernel = SurfaceKernel.gaussian
        public var bandwidth = SurfaceBandwidth.scott
        /// Draw every shape even where an earlier release has it; the tiles say the same.
        public var drawsAnew = false

        public init() {}
    }

    public struct Summary: Sendable {
        public let releaseID: Int64
        /// The published release shows exactly this already, so it stays.
        public let isUnchanged: Bool
        public let register: RegistryRelease
        public let ruleName: String
        public let ruleDate: String
        public let keluarga: Int
        public let extreme: Int
        public let inDesa: Int
        public let withoutDesa: Int
        public let desa: Int
        public let classes: [HotspotClass: Int]
        /// Hot and cold desa at 5 % of each further indicator, by its name.
        public let indicators: [(name: String, hot: Int, cold: Int)]
        public let cells: Int
        public let tiles: Int
        public let tileBytes: Int
        /// Layers whose shapes no earlier release had.
        public let drawnLayers: Int
    }

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

    /// Computes and publishes; `now` is the time that the release bears.
    public func run(_ options: Options = Options(), now: Date = Date()) throws -> Summary {
        progress.report("Counting keluarga", fraction: 0)
        let source = try source(options)
        let register = source.register
        let rule = try rule(options, for: register)
        let map = try compute(source, rule: rule, options: options)
        progress.report("Drawing the layers", fraction: 0.5)
        let layers = try MapPyramid(
            map: map, settings: PyramidSettings(),
            published: { [database] name, digest in
                options.drawsAnew
                    ? nil : try database.publishedLayer(name, shapesDigest: digest)
            }
        ).layers()
        progress.report("Encoding tiles", fraction: 0.6)
        let tiles = try MapPyramid.encode(layers, isSimulated: register.isSimulated)
        progress.report("Publishing", fraction: 0.9)
        let content = ReleaseContent(
            map: map,
            layers: layers,
            tiles: tiles,
            desaDocument: try PublishedBlob(compressing: AreaDocuments.desa(map)),
            kecamatanDocument: try PublishedBlob(compressing: AreaDocuments.kecamatan(map)),
            boundaryDocument: try PublishedBlob(compressing: BoundaryDocument.geoJSON(map)))
        let hash = try content.hash()
        let (id, isUnchanged) = try publish(content, hash: hash, now: now)
        progress.report("Publishing", fraction: 1)
        return summary(map, content, releaseID: id, isUnchanged: isUnchanged)
    }

    /// The register to work on, what it was placed with, and the rule in force.
    func sources(
        registerID: Int64?
    ) throws -> (register: RegistryRelease, boundarySet: BoundarySet, rule: ExtremePovertyRule) {
        var options = Options()
        options.registerID = registerID
        let source = try source(options)
        return (source.register, source.boundarySet, try rule(options, for: source.register))
    }

    /// A register and what it was placed with.
    private struct Source {
        let register: RegistryRelease
        let boundarySet: BoundarySet
        let cellWidthMetres: Double
    }

    private func source(_ options: Options) throws -> Source {
        let register: RegistryRelease
        if let id = options.registerID {
            register = try database.register(id: id)
        } else {
            // The newest complete register; a partial one only when there is no complete one.
            let registers = try database.registers()
            register = registers.first(where: \.isFullRegister) ?? registers[0]
        }
        guard let boundarySet = try database.activeBoundarySet() else {
            throw PipelineError.noBoundarySet(database: database.path)
        }
        guard let geocoding = try database.geocoding(of: register),
            geocoding.boundarySetID == boundarySet.id
        else { throw PipelineError.notGeocoded(file: register.fileName) }
        return Source(
            register: register, boundarySet: boundarySet,
            cellWidthMetres: geocoding.cellWidthMetres)
    }

    private func rule(
        _ options: Options,
        for register: RegistryRelease
    ) throws -> ExtremePovertyRule {
        let rules = try CriteriaFile.read(path: criteriaPath)
        if let id = options.ruleID {
            guard let rule = rules.first(where: { $0.id == id }) else {
                throw PipelineError.unknownRule(id: id, known: rules.map(\.id))
            }
            return rule
        }
        guard let rule = ExtremePovertyRule.inForce(on: register.releaseDate, among: rules) else {
            throw PipelineError.noRuleInForce(date: register.releaseDate.iso, path: criteriaPath)
        }
        return rule
    }

    private func compute(
        _ source: Source,
        rule: ExtremePovertyRule,
        options: Options
    ) throws -> ComputedMap {
        let (register, boundarySet) = (source.register, source.boundarySet)
        let boundaries = try database.boundaries(of: boundarySet)
        let figuresByDesa = try database.figuresByDesa(of: register)
        let figures = boundaries.map { figuresByDesa[$0.desa] ?? AreaFigures() }
        let gazetteer = Dictionary(
            uniqueKeysWithValues: try database.gazetteer().map { ($0.code, $0) })

        progress.report("Testing for hotspots", fraction: 0.2)
        var findings = HotspotComputation.withoutTest(count: boundaries.count)
        var run: HotspotRun?
        var further = FurtherResults()
        if register.isFullRegister {
            let weights = ContiguityWeights.queen(boundaries.map(\.area))
            let tested = try HotspotComputation(
                rule: rule, permutations: options.permutations, seed: options.seed
            ).run(weights: weights, figures: figures)
            findings = try TrendComputation(
                database: database, register: register, rule: rule
            ).run(tested.findings, boundaries: boundaries)
            run = tested.run
            further.indicators = try IndicatorComputation(
                rule: rule,
                indicators: PovertyIndicator.inForce(
                    on: register.releaseDate,
                    among: try CriteriaFile.indicators(path: criteriaPath)),
                seed: options.seed
            ).run(weights: weights, figures: figures)
        }
        progress.report("Computing densities", fraction: 0.4)
        let density = DensityComputation(rule: rule, widthMetres: source.cellWidthMetres).run(
            boundaries: boundaries,
            figures: figures,
            counts: try database.countsByCell(of: register))
        further.surface = DensitySurfaceComputation(
            kernel: options.kernel, bandwidth: options.bandwidth, seed: options.seed,
            isFullRegister: register.isFullRegister
        ).run(density)
        let uncertainty = try UncertaintyComputation(
            database: database, rule: rule, boundaries: boundaries, figures: figures
        ).run(of: register)
        let areas = IndicatorAggregation(
            gazetteer: gazetteer,
            boundaries: boundaries,
            rule: rule,
            figures: figures,
            uncertainty: uncertainty.desa,
            kecamatanUncertainty: uncertainty.kecamatan,
            unplaced: try database.unplacedCounts(of: register)
        ).run(findings: findings, further: further.findings(count: boundaries.count))
        var desa = areas.desa
        if register.isFullRegister {
            try TimeComparison(
                registers: EarlierRegisters(
                    database: database, register: register, boundarySet: boundarySet,
                    boundaries: boundaries, gazetteer: gazetteer, rule: rule),
                figures: figures, seed: options.seed
            ).run(&desa, &further)
        }
        return ComputedMap(
            register: register,
            keluarga: try database.keluargaCount(of: register),
            boundarySet: boundarySet,
            otherBoundarySets: try database.comparedBoundarySets(to: boundarySet).map(\.name),
            rule: rule,
            desa: desa,
            kecamatan: areas.kecamatan,
            kabupaten: areas.kabupaten,
            density: density,
            hotspots: run,
            further: further)
    }

    private func publish(
        _ content: ReleaseContent,
        hash: String,
        now: Date
    ) throws -> (id: Int64, isUnchanged: Bool) {
        if let published = try database.publishedRelease(), published.contentHash == hash {
            return (published.id, true)
        }
        let publishedAt = now.ISO8601Format()
        let map = content.map
        let origin = ReleaseOrigin(
            contentHash: hash,
            publishedAt: publishedAt,
            isSimulated: map.register.isSimulated,
            importIDs: map.register.imports.map(\.id),
            boundarySetID: map.boundarySet.id,
            ruleID: map.rule.id)
        let id = try database.publish(origin) { writer, id in
            try content.write(to: writer, releaseID: id, publishedAt: publishedAt)
        }
        try database.checkpoint()
        return (id, false)
    }

    private func summary(
        _ map: ComputedMap,
        _ content: ReleaseContent,
        releaseID: Int64,
        isUnchanged: Bool
    ) -> Summary {
        let inDesa = map.desa.reduce(0) { $0 + $1.figures.keluarga }
        return Summary(
            releaseID: releaseID,
            isUnchanged: isUnchanged,
            register: map.register,
            ruleName: map.rule.name,
            ruleDate: map.rule.inForceSince.iso,
            keluarga: map.keluarga,
            extreme: map.kabupaten.figures.desil.extreme(by: map.rule),
            inDesa: inDesa,
            withoutDesa: map.kabupaten.unplaced.values.reduce(0, +),
            desa: map.desa.count,
            classes: Dictionary(grouping: map.desa, by: \.finding.hotspotClass)
                .mapValues(\.count),
            indicators: map.further.indicators.map { run in
                (
                    name: run.indicator.name,
                    hot: run.findings.count { $0.hotspotClass.isHot },
                    cold: run.findings.count { $0.hotspotClass.isCold }
                )
            },
            cells: map.density.cells.count,
            tiles: content.tiles.count,
            tileBytes: content.tiles.reduce(0) { $0 + $1.blob.gzip.count },
            drawnLayers: content.layers.count(where: \.shapes.isDrawn))
    }
}
