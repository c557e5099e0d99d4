internal import PovertyModel
internal import SpatialStore

/// A full register of the same source before the one of the release.
struct EarlierRegister {
    let register: RegistryRelease
    /// True counts, in the order of the boundaries.
    let figures: [AreaFigures]
    /// What of them may be published, likewise.
    let published: [PublicFigures?]
}

/// The earlier registers with which a release can be compared.
struct EarlierRegisters {
    /// With this one at most twelve: three years of a quarterly register.
    static let most = 11

    let database: PovertyDatabase
    let register: RegistryRelease
    let boundarySet: BoundarySet
    let boundaries: [DesaBoundary]
    let gazetteer: [DesaCode: Desa]
    let rule: ExtremePovertyRule

    /// Oldest first; one that is neither released nor placed on this boundary set is left out.
    ///
    /// The counts are those of its last release: what was said then and what is compared now
    /// are the same. A register without one is counted from its families.
    func load() throws -> [EarlierRegister] {
        let candidates = try database.registers().filter {
            $0.isFullRegister && $0.source == register.source
                && $0.releaseDate < register.releaseDate
        }
        return try candidates.prefix(Self.most).reversed().compactMap { earlier in
            guard let byDesa = try counts(of: earlier) else { return nil }
            let figures = boundaries.map { byDesa[$0.desa] ?? AreaFigures() }
            return EarlierRegister(
                register: earlier, figures: figures, published: published(figures))
        }
    }

    private func counts(of earlier: RegistryRelease) throws -> [DesaCode: AreaFigures]? {
        if let released = try database.releasedFigures(of: earlier, boundarySet: boundarySet) {
            return released
        }
        guard try database.geocoding(of: earlier)?.boundarySetID == boundarySet.id else {
            return nil
        }
        return try database.figuresByDesa(of: earlier)
    }

    /// The same suppression as in the release of that register.
    private func published(_ figures: [AreaFigures]) -> [PublicFigures?] {
        let areas = IndicatorAggregation(
            gazetteer: gazetteer,
            boundaries: boundaries,
            rule: rule,
            figures: figures,
            uncertainty: figures.map {
                let extreme = $0.desil.extreme(by: rule)
                return PlacementUncertainty(
                    keluarga: $0.keluarga...$0.keluarga, extreme: extreme...extreme)
            },
            kecamatanUncertainty: [:],
            unplaced: [:]
        ).run(
            findings: HotspotComputation.withoutTest(count: figures.count),
            further: FurtherResults().findings(count: figures.count))
        let byCode = Dictionary(
            uniqueKeysWithValues: areas.desa.map { ($0.desa.code, $0.published) })
        return boundaries.map { byCode[$0.desa] }
    }
}
