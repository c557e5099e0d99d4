/// A tenth of the population ordered by welfare; 1 is the poorest.
///
/// DTSEN ranks nationally (`desil_nasional`), P3KE likewise; a desil is a rank, not a rate that
/// BPS publishes.
public struct Desil: Hashable, Sendable, Comparable {
    public let number: Int

    public static let all: [Desil] = (1...10).compactMap(Desil.init)

    /// Nil unless `number` is 1 to 10.
    public init?(_ number: Int) {
        guard (1...10).contains(number) else { return nil }
        self.number = number
    }

    public static func < (lhs: Desil, rhs: Desil) -> Bool { lhs.number < rhs.number }
}
