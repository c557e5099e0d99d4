/// Random numbers that depend on a seed, a stream and a replica only, so that it does not matter
/// which thread draws them, or when.
///
/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators",
/// OOPSLA), started at a hashed counter. Replicas are segments of one cycle of 2^64: among
/// 33 million of ten numbers, two overlap with a chance of about 1 in 1,700, and do no harm.
struct CounterRandom {
    /// The part of the start shared by all replicas of one stream.
    struct Stream {
        fileprivate let key: UInt64

        init(seed: UInt64, number: UInt64) {
            key = mix(mix(seed &+ golden) &+ golden &* (number &+ 1))
        }
    }

    private var state: UInt64

    @inline(__always)
    init(_ stream: Stream, replica: Int) {
        // Another odd step than the generator's own: replicas must not be shifted copies.
        state = mix(stream.key &+ 0xD1B5_4A32_D192_ED03 &* UInt64(truncatingIfNeeded: replica))
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= golden
        return mix(state)
    }

    /// A number in 0..<`bound`, each with the same chance up to `bound`/2^64.
    @inline(__always)
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}

private let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

/// The finaliser of SplitMix64: every input bit reaches every output bit.
@inline(__always)
private func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}
