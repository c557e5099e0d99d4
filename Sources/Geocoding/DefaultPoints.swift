public import Geospatial

/// Positions on which so many families lie that they cannot all live there: the balai desa, or the
/// place where a surveyor's device last had a fix.
public struct DefaultPoints: Sendable {
    /// From this many keluarga on, a spot is a default point.
    public static let leastKeluarga = 10

    private var counts: [Coordinate: Int] = [:]

    public init() {}

    public mutating func note(_ coordinate: Coordinate) {
        counts[coordinate, default: 0] += 1
    }

    public func contains(_ coordinate: Coordinate) -> Bool {
        (counts[coordinate] ?? 0) >= Self.leastKeluarga
    }
}
