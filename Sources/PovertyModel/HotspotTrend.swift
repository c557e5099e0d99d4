/// How a hot or cold desa came to be so over the registers of its source.
///
/// The words of emerging-hotspot analysis; what each asks is in SpatialStatistics.
public enum HotspotTrend: String, CaseIterable, Sendable {
    case new = "baru"
    case consecutive = "berturut"
    case intensifying = "menguat"
    case persistent = "bertahan"
    case diminishing = "melemah"
    case sporadic = "sporadis"
    case oscillating = "berayun"
    case historical = "riwayat"

    /// With fewer registers than this there is no trend to speak of.
    public static let leastRegisters = 3
}
