internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// How each desa became hot or cold over the registers of one source.
///
/// Earlier registers speak with what was published of them under the same rule, so a trend needs
/// their releases, not their families.
struct TrendComputation {
    let database: PovertyDatabase
    let register: RegistryRelease
    let rule: ExtremePovertyRule

    func run(
        _ findings: [HotspotFinding],
        boundaries: [DesaBoundary]
    ) throws -> [HotspotFinding] {
        let earlier = try database.earlierFindings(
            source: register.source, before: register.releaseDate, ruleID: rule.id)
        guard earlier.count + 1 >= HotspotTrend.leastRegisters else { return findings }
        return zip(findings, boundaries).map { finding, boundary in
            let past = earlier.map { $0[boundary.desa] }
            let steps =
                past.map { Self.step($0?.hotspotClass, $0?.zScore) }
                + [Self.step(finding.hotspotClass, finding.zScore)]
            var found = finding
            found.trend = Self.trend(EmergingHotspots.outcome(of: steps))
            return found
        }
    }

    /// Hot and cold are those of the map at 5 %; the trend is that of Gi*.
    private static func step(
        _ hotspotClass: HotspotClass?,
        _ zScore: Double?
    ) -> EmergingHotspots.Step {
        let significance: EmergingHotspots.Significance =
            switch hotspotClass {
            case .hot99, .hot95: .hot
            case .cold99, .cold95: .cold
            default: .neither
            }
        return EmergingHotspots.Step(zScore: zScore, significance: significance)
    }

    private static func trend(_ outcome: EmergingHotspots.Outcome) -> HotspotTrend? {
        guard case .pattern(let pattern, _) = outcome else { return nil }
        return switch pattern {
        case .new: .new
        case .consecutive: .consecutive
        case .intensifying: .intensifying
        case .persistent: .persistent
        case .diminishing: .diminishing
        case .sporadic: .sporadic
        case .oscillating: .oscillating
        case .historical: .historical
        }
    }
}
