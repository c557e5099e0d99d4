internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// Sums keluarga over desa, kecamatan and kabupaten and decides what of it may be published.
struct IndicatorAggregation {
    let gazetteer: [DesaCode: Desa]
    let boundaries: [DesaBoundary]
    let rule: ExtremePovertyRule
    /// One for each boundary.
    let figures: [AreaFigures]
    /// One for each boundary.
    let uncertainty: [PlacementUncertainty]
    /// By kecamatan: what is uncertain between its own desa is not uncertain here.
    let kecamatanUncertainty: [KecamatanCode: PlacementUncertainty]
    let unplaced: [UnplacedReason: Int]
    let smallCells = SmallCellRule.standard

    /// The cells that make up the extreme count.
    private var precious: Range<Int> { 0..<rule.highestDesil.number }

    private var harmless: Range<Int> { DesilCounts.unknownCell..<DesilCounts.unknownCell + 1 }

    struct Result {
        let desa: [DesaIndicator]
        let kecamatan: [KecamatanIndicator]
        let kabupaten: KabupatenIndicator
    }

    /// Sums and decides; `findings` and `further` have one entry for each boundary.
    func run(findings: [HotspotFinding], further: [FurtherFindings]) -> Result {
        let groups = Dictionary(grouping: boundaries.indices) { boundaries[$0].desa.kecamatan }
            .sorted { $0.key < $1.key }
        let sums = groups.map { group in sum(group.value.map { figures[$0] }) }

        // From the top down: what the kabupaten hides, its kecamatan hide together, and so on.
        let kabupatenFigures = sum(sums)
        let kabupatenMask = hiddenCells(
            of: [kabupatenFigures], hiddenTotals: Array(repeating: false, count: 11))[0]
        let topMask = hiddenCells(of: sums, hiddenTotals: kabupatenMask)
        var masks: [[Bool]] = Array(repeating: [], count: boundaries.count)
        for (group, hiddenTotals) in zip(groups, topMask) {
            let hidden = hiddenCells(
                of: group.value.map { figures[$0] }, hiddenTotals: hiddenTotals)
            for (index, row) in zip(group.value, hidden) { masks[index] = row }
        }

        let desaRates = zip(rates(figures), boundaries.indices).map { rate, index in
            rate?.widened(by: uncertainty[index], keluarga: figures[index].keluarga)
        }
        let desa = boundaries.indices.compactMap { index -> DesaIndicator? in
            guard let unit = gazetteer[boundaries[index].desa] else { return nil }
            return DesaIndicator(
                desa: unit,
                boundary: boundaries[index],
                figures: figures[index],
                uncertainty: uncertainty[index],
                rate: desaRates[index],
                finding: findings[index],
                published: published(
                    figures[index], masks[index], desaRates[index], uncertainty[index],
                    boundaries[index].areaKm2),
                further: further[index])
        }
        let kecamatanRates = rates(sums)
        let kecamatan = groups.indices.map { index -> KecamatanIndicator in
            let members = groups[index].value
            let areaKm2 = members.reduce(0) { $0 + boundaries[$1].areaKm2 }
            return KecamatanIndicator(
                code: groups[index].key,
                name: members.first.flatMap { gazetteer[boundaries[$0].desa]?.kecamatanName } ?? "",
                areaKm2: areaKm2,
                desa: members,
                figures: sums[index],
                rate: kecamatanRates[index],
                published: published(
                    sums[index], topMask[index], kecamatanRates[index],
                    kecamatanUncertainty[groups[index].key], areaKm2))
        }
        return Result(
            desa: desa, kecamatan: kecamatan, kabupaten: kabupaten(kabupatenFigures, kabupatenMask))
    }

    /// Only keluarga with a desa: else the few without one could be read off by subtraction.
    private func kabupaten(_ figures: AreaFigures, _ hidden: [Bool]) -> KabupatenIndicator {
        let areaKm2 = boundaries.reduce(0) { $0 + $1.areaKm2 }
        return KabupatenIndicator(
            code: boundaries.first?.desa.kecamatan.kabupaten ?? .probolinggo,
            areaKm2: areaKm2,
            figures: figures,
            published: published(figures, hidden, nil, nil, areaKm2),
            unplaced: unplaced)
    }

    private func hiddenCells(of figures: [AreaFigures], hiddenTotals: [Bool]) -> [[Bool]] {
        smallCells.hiddenCells(
            of: figures.map(\.desil.cells), hiddenTotals: hiddenTotals, precious: precious,
            harmless: harmless)
    }

    private func sum(_ figures: [AreaFigures]) -> AreaFigures {
        figures.reduce(into: AreaFigures()) { $0.add($1) }
    }

    private func published(
        _ figures: AreaFigures,
        _ hidden: [Bool],
        _ rate: RateEstimate?,
        _ uncertainty: PlacementUncertainty?,
        _ areaKm2: Double
    ) -> PublicFigures {
        PublicFigures(
            figures, hiddenCells: hidden, extremeBy: rule, rate: rate, uncertainty: uncertainty,
            areaKm2: areaKm2, smallCells: smallCells)
    }

    /// Beta-binomial estimates over the areas that have keluarga.
    private func rates(_ figures: [AreaFigures]) -> [RateEstimate?] {
        let populated = figures.indices.filter { figures[$0].keluarga > 0 }
        let estimate = BetaBinomial(
            cases: populated.map { Double(figures[$0].desil.extreme(by: rule)) },
            population: populated.map { Double(figures[$0].keluarga) })
        var rates: [RateEstimate?] = Array(repeating: nil, count: figures.count)
        for (index, outcome) in zip(populated, estimate?.outcomes ?? []) {
            if case .estimated(let posterior) = outcome {
                rates[index] = RateEstimate(
                    share: posterior.mean,
                    lower: posterior.lower,
                    upper: posterior.upper,
                    exceedance: posterior.exceedance)
            }
        }
        return rates
    }
}
