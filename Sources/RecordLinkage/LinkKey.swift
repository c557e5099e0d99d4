/// The keyed hash (HMAC-SHA-256, cut to 16 bytes) of a NIK, No KK or ID Keluarga with its year.
///
/// Two keys agree when the number behind them agrees to the last digit; nothing can be read from
/// one. The caller hashes, with the same secret for both files.
public struct LinkKey: Hashable, Sendable, Comparable {
    let high: UInt64
    let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first 16 of `bytes`, high byte first; nil when there are fewer.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 16 else { return nil }
        func number(_ part: some Sequence<UInt8>) -> UInt64 {
            part.reduce(0) { $0 << 8 | UInt64($1) }
        }
        high = number(bytes.prefix(8))
        low = number(bytes.dropFirst(8).prefix(8))
    }

    public static func < (lhs: LinkKey, rhs: LinkKey) -> Bool {
        (lhs.high, lhs.low) < (rhs.high, rhs.low)
    }
}
