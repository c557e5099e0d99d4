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
    private let laterP3KEFamilies: Series
    private let p3kePersons: Series
    private let persons: Series

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: 5)
        func series(digits: Int, factor: UInt64) -> Series {
            let count = (0..<digits).reduce(1 as UInt64) { count, _ in count * 10 }
            return Series(count: count, factor: factor % count, shift: generator.next() % count)
        }
        cards = series(digits: 14, factor: 61_803_398_874_989)
        customers = series(digits: 10, factor: 7_320_508_077)
        p3keFamilies = series(digits: 9, factor: 414_213_563)
        laterP3KEFamilies = series(digits: 9, factor: 732_050_807)
        p3kePersons = series(digits: 10, factor: 2_360_679_773)
        // Kabupaten and kecamatan 01 to 99, serial 0001 to 9999; the factor is the millionth prime.
        let combinations: UInt64 = 99 * 99 * 9999
        persons = Series(
            count: combinations,
            factor: 15_485_863,
            shift: generator.next() % combinations
        )
    }

    /// 16 digits, the first two 99.
    func card(_ index: Int) -> UInt64 {
        9_900_000_000_000_000 + cards.number(index)
    }

    /// 12 digits, the first two 99.
    func electricityCustomer(_ index: Int) -> UInt64 {
        990_000_000_000 + customers.number(index)
    }

    /// ID Keluarga P3KE of 2022, up to nine digits.
    func p3ke(_ index: Int) -> UInt64 {
        p3keFamilies.number(index)
    }

    /// ID Keluarga P3KE of 2023, up to nine digits: the same family has another one.
    func laterP3KE(_ index: Int) -> UInt64 {
        laterP3KEFamilies.number(index)
    }

    /// ID Individu P3KE, up to ten digits.
    func p3kePerson(_ index: Int) -> UInt64 {
        p3kePersons.number(index)
    }

    /// A NIK: 99 for a province that does not exist, kabupaten and kecamatan, the birth date
    /// `ddmmyy`, a serial.
    ///
    /// No two indices have the same kabupaten, kecamatan and serial, so none have the same NIK.
    func nik(_ index: Int, birthDate ddmmyy: Int) -> UInt64 {
        precondition(index >= 0 && UInt64(index) < persons.count, "too many persons")
        let number = persons.number(index)
        let serial = 1 + number % 9999
        let kecamatan = 1 + number / 9999 % 99
        let kabupaten = 1 + number / (9999 * 99)
        return 9_900_000_000_000_000 + (kabupaten * 100 + kecamatan) * 10_000_000_000
            + UInt64(ddmmyy) * 10_000 + serial
    }
}
