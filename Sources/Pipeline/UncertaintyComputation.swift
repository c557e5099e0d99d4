internal import Geocoding
internal import PovertyModel
internal import SpatialStore

/// How far the counts may be off because some families may live next door.
struct UncertaintyComputation {
    struct Result {
        /// In the order of the boundaries.
        let desa: [PlacementUncertainty]
        let kecamatan: [KecamatanCode: PlacementUncertainty]
    }

    let database: PovertyDatabase
    let rule: ExtremePovertyRule
    let boundaries: [DesaBoundary]
    /// One for each boundary.
    let figures: [AreaFigures]

    func run(of register: RegistryRelease) throws -> Result {
        let kecamatan = Set(boundaries.map(\.desa.kecamatan)).sorted()
        let kecamatanIndex = Dictionary(
            uniqueKeysWithValues: kecamatan.enumerated().map { ($1, $0) })
        let desaIndex = Dictionary(
            uniqueKeysWithValues: boundaries.enumerated().map { ($1.desa, $0) })
        var byDesa = PlacementTally(desaCount: boundaries.count)
        var byKecamatan = PlacementTally(desaCount: kecamatan.count)
        try database.uncertainPlacements(of: register) { desa, desil, shares in
            let isExtreme = desil.map { $0 <= rule.highestDesil } ?? false
            // The rest to 1 is a place that nobody names, and is left where it is counted.
            let sum = shares.values.reduce(0, +)
            let known = shares.compactMap { code, share in
                desaIndex[code].map { (desa: $0, p: share / max(sum, 1)) }
            }
            byDesa.add(
                best: desa.flatMap { desaIndex[$0] }, probabilities: known, isExtreme: isExtreme)
            byKecamatan.add(
                best: desa.flatMap { kecamatanIndex[$0.kecamatan] },
                probabilities: known.compactMap { entry in
                    kecamatanIndex[boundaries[entry.desa].desa.kecamatan].map { ($0, entry.p) }
                },
                isExtreme: isExtreme)
        }
        let groups = Dictionary(grouping: boundaries.indices) { boundaries[$0].desa.kecamatan }
        var byCode: [KecamatanCode: PlacementUncertainty] = [:]
        for (code, counts) in zip(kecamatan, byKecamatan.counts()) {
            let sum = (groups[code] ?? []).reduce(into: AreaFigures()) { $0.add(figures[$1]) }
            byCode[code] = uncertainty(counts, figures: sum)
        }
        return Result(
            desa: zip(byDesa.counts(), figures).map { uncertainty($0, figures: $1) },
            kecamatan: byCode)
    }

    /// The families that are sure were not tallied: they are the rest of the count.
    private func uncertainty(
        _ counts: PlacementTally.Counts,
        figures: AreaFigures
    ) -> PlacementUncertainty {
        func range(_ interval: PlacementInterval, of count: Int) -> ClosedRange<Int> {
            let sure = count - interval.count
            let lower = min(count, sure + interval.lower)
            return max(0, lower)...max(count, sure + interval.upper)
        }
        return PlacementUncertainty(
            keluarga: range(counts.all, of: figures.keluarga),
            extreme: range(counts.extreme, of: figures.desil.extreme(by: rule)))
    }
}
