internal import Foundation
internal import PovertyModel
internal import SpatialStore

/// The true counts and results of an area as they are kept, for time series and reports.
struct FiguresRecord: Encodable {
    let keluarga: Int
    /// Desil 1 to 10, then unknown.
    let desil: [Int]
    let extreme: Int
    let areaKm2: Double
    let placedBy: [String: Int]
    let matched: [String: Int]
    let rate: Rate?
    let finding: Finding?

    struct Rate: Encodable {
        let mean: Double
        let lower: Double
        let upper: Double
        let exceedance: Double
    }

    struct Finding: Encodable {
        let hotspotClass: String
        let zScore: Double?
        let pValue: Double?
        let qValue: Double?
    }

    init(
        _ figures: AreaFigures,
        rule: ExtremePovertyRule,
        areaKm2: Double,
        rate: RateEstimate?,
        finding: HotspotFinding? = nil
    ) {
        keluarga = figures.keluarga
        desil = figures.desil.cells
        extreme = figures.desil.extreme(by: rule)
        self.areaKm2 = areaKm2
        placedBy = Dictionary(
            uniqueKeysWithValues: figures.placedBy.map { ($0.key.rawValue, $0.value) })
        matched = Dictionary(
            uniqueKeysWithValues: figures.matched.map { ($0.key.rawValue, $0.value) })
        self.rate = rate.map {
            Rate(mean: $0.share, lower: $0.lower, upper: $0.upper, exceedance: $0.exceedance)
        }
        self.finding = finding.map {
            Finding(
                hotspotClass: $0.hotspotClass.rawValue, zScore: $0.zScore, pValue: $0.pValue,
                qValue: $0.qValue)
        }
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
