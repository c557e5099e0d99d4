/// What a linkage can be asked to do otherwise.
public struct LinkageSettings: Sendable, Hashable {
    /// From this posterior probability on a pair is the same family.
    public var sameFrom = 0.95
    /// From this posterior probability on a pair is shown to a person.
    public var likelyFrom = 0.5
    /// Use keys (NIK, No KK, ID Keluarga); without them only the comparison is left.
    public var usesKeys = true
    /// Blocks with more pairs are left out, and counted.
    public var maxPairsPerBlock = 1_000_000
    /// Random pairs that show how often fields agree by chance.
    public var randomPairs = 2_000_000
    /// Of the random pairs; everything else is without chance.
    public var seed: UInt64 = 1
    /// Changes the time, never the result.
    public var threads = 2

    public init() {}

    func check() {
        precondition(
            0 < likelyFrom && likelyFrom <= sameFrom && sameFrom <= 1,
            "classes from \(likelyFrom) and \(sameFrom)"
        )
        precondition(threads > 0 && randomPairs > 0, "\(threads) threads, \(randomPairs) pairs")
        precondition(maxPairsPerBlock > 0, "blocks of \(maxPairsPerBlock) pairs")
    }
}
