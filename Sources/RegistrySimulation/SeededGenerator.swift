/// The only source of chance in a simulation: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Each desa, each keluarga and each question about it has a stream of its own, so that the files
/// can be written in separate passes, in any order, and still tell of the same families.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The stream number `stream` of the family of streams that `seed` names.
    init(seed: UInt64, stream: UInt64) {
        state = Self.mixed(seed &+ Self.mixed(stream &* Self.increment &+ 1))
    }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mixed(state)
    }

    /// A number in 0 ..< 1.
    mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func happens(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// An integer in 0 ..< `count`; the bias is below `count` / 2^64.
    mutating func index(below count: Int) -> Int {
        precondition(count > 0, "no index below \(count)")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func integer(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + index(below: range.count)
    }

    /// Two independent standard normal numbers (Marsaglia's polar method).
    mutating func normalPair() -> (Double, Double) {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            let factor = (-2 * PortableMath.logarithm(square) / square).squareRoot()
            return (x * factor, y * factor)
        }
    }

    /// The index drawn with probability proportional to `weights`.
    mutating func index(weighedBy weights: [Double]) -> Int {
        var left = uniform() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }
}
