internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// What a release finds beside the hotspots of its rule.
struct FurtherResults {
    var indicators: [IndicatorRun] = []
    /// From the second register of a source on.
    var change: ChangeRun?
    /// From the third on.
    var spaceTime: SpaceTimeRun?
    var surface: DensitySurface?

    /// By area, what each of `count` areas has of the indicators; the rest is added later.
    func findings(count: Int) -> [FurtherFindings] {
        (0..<count).map { area in
            FurtherFindings(indicators: indicators.map { $0.findings[area] })
        }
    }
}

/// What of it concerns one desa.
struct FurtherFindings {
    /// One for each of `FurtherResults.indicators`.
    var indicators: [HotspotFinding] = []
    /// From 1, the clearest first.
    var spaceTimeCluster: Int?
    /// Nil where a share of this register or of the one before is withheld.
    var change: PublishedChange?
}

extension MapLayers {
    /// The properties of the results that a release has.
    static func furtherProperties(_ results: FurtherResults) -> [LayerProperty<DesaIndicator>] {
        var properties = results.indicators.enumerated().flatMap(indicatorProperties)
        if let change = results.change {
            let since = "dibanding register \(change.previous.releaseDate.iso)"
            properties += [
                .init("beda_persen", .number, "Selisih persen_ekstrem \(since) (poin persen)") {
                    .optional($0.further.change?.percent)
                },
                .init("beda_kelas", .string, "naik, turun atau tidak_berbeda \(since), FDR 5 %") {
                    .optional($0.further.change?.change.rawValue)
                },
            ]
        }
        if results.spaceTime != nil {
            properties.append(
                .init(
                    "kantong_waktu", .number,
                    "Nomor kantong ruang-waktu yang masih berlangsung, p paling banyak 5 %"
                ) { .optional($0.further.spaceTimeCluster) })
        }
        return properties
    }

    private static func indicatorProperties(
        _ number: Int,
        _ run: IndicatorRun
    ) -> [LayerProperty<DesaIndicator>] {
        let name = run.indicator.propertyName
        let share = "\(run.indicator.numeratorText) dari \(run.indicator.denominatorText)"
        return [
            .init("kelas_\(name)", .string, "Kelas titik panas: \(share)") {
                .string($0.further.indicators[number].hotspotClass.rawValue)
            },
            .init("kelompok_\(name)", .number, "Nomor kelompok: \(share)") {
                .optional($0.further.indicators[number].cluster)
            },
        ]
    }

    /// Of the smoothed surface; `surface` has one entry for each cell in `density`.
    ///
    /// A cell whose own count is withheld has none of them either.
    static func surfaceProperties(
        _ surface: DensitySurface,
        of density: DensityMap
    ) -> [LayerProperty<DensityCell>] {
        let smallCells = SmallCellRule.standard
        let byCell = Dictionary(
            uniqueKeysWithValues: zip(density.cells, surface.cells).compactMap { cell, smoothed in
                smallCells.isSmall(Int(cell.keluarga.rounded(.up)))
                    ? nil : smoothed.map { (cell.cell, $0) }
            })
        var properties: [LayerProperty<DensityCell>] = [
            .init("kepadatan_halus", .number, "Keluarga per km² daratan, dihaluskan") {
                .optional(byCell[$0.cell].map { Int($0.density.rounded()) })
            },
            .init("ekstrem_halus", .number, "Keluarga miskin ekstrem per km², dihaluskan") {
                .optional(
                    byCell[$0.cell].flatMap {
                        $0.isExtremeShown ? Rounding.tenths($0.extremeDensity) : nil
                    })
            },
        ]
        if surface.tested > 0 {
            properties += [
                .init("rasio", .number, "Proporsi miskin ekstrem di sekitar sel : kabupaten") {
                    // With the density it would give the withheld one back.
                    .optional(
                        byCell[$0.cell].flatMap {
                            $0.isExtremeShown ? $0.ratio.map(Rounding.hundredths) : nil
                        })
                },
                .init("rasio_kelas", .string, "tinggi, rendah atau tidak_nyata, FDR 5 %") {
                    .optional(byCell[$0.cell]?.ratioClass?.rawValue)
                },
            ]
        }
        return properties
    }
}
