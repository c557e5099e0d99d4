/// How the share of an area differs from that of the register before.
public enum ShareChange: String, CaseIterable, Sendable {
    case higher = "naik"
    case lower = "turun"
    /// The difference is no larger than chance makes it.
    case notDifferent = "tidak_berbeda"
}

/// How the share of cases around a cell stands to that of the whole map.
public enum RatioClass: String, CaseIterable, Sendable {
    case higher = "tinggi"
    case lower = "rendah"
    case notDifferent = "tidak_nyata"
}
