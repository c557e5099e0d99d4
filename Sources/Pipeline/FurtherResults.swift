internal import PovertyModel
internal import VectorTiles

/// What a release finds beside the hotspots of its rule.
struct FurtherResults {
    var indicators: [IndicatorRun] = []

    /// By area; each of the results has one entry for each of `count` areas.
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
}

extension MapLayers {
    /// The properties of the results that a release has.
    static func furtherProperties(_ results: FurtherResults) -> [LayerProperty<DesaIndicator>] {
        results.indicators.enumerated().flatMap { number, run -> [LayerProperty<DesaIndicator>] in
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
    }
}
