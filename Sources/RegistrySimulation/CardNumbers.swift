/// Numbers that look drawn but never repeat: a multiplication by a number coprime to 10 visits
/// every remainder of a power of ten once.
struct CardNumbers: Sendable {
    private struct Series: Sendable {
        let count: UInt64
        let factor: UInt64
        let shift: UInt64

        func number(_ index: Int) -> UInt64 {
            let product = UInt64(index).multipliedFullWidth(by: factor)
            let remainder = count.dividingFullWidth(
                (high: product.high % count, low: product.low)
            ).remainder
            return (remainder + shift) % count
        }
    }

    private let cards: Series
    private let customers: Series
    private let p3keFamilies: Series

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: 5)
        func series(digits: Int, factor: UInt64) -> Series {
            let count = (0..<digits).reduce(1 as UInt64) { count, _ in count * 10 }
            return Series(count: count, factor: factor % count, shift: generator.next() % count)
        }
        cards = series(digits: 14, factor: 61_803_398_874_989)
        customers = series(digits: 10, factor: 7_320_508_077)
        p3keFamilies = series(digits: 9, factor: 414_213_563)
    }

    /// 16 digits, the first two 99.
    func card(_ index: Int) -> UInt64 {
        9_900_000_000_000_000 + cards.number(index)
    }

    /// 12 digits, the first two 99.
    func electricityCustomer(_ index: Int) -> UInt64 {
        990_000_000_000 + customers.number(index)
    }

    /// Up to nine digits.
    func p3ke(_ index: Int) -> UInt64 {
        p3keFamilies.number(index)
    }
}
