internal import PovertyModel

/// A family as it truly is, at one time.
struct PairedFamily: Sendable {
    var number: Int
    var words: [[UInt8]]
    var isWoman: Bool
    var birthDate: CalendarDate
    var nik: UInt64
    var card: UInt64
    /// From 0.
    var desa: Int
    var dusun: Int
    var rt: Int
    var rw: Int
}

/// Who lives where, and what becomes of a family between two registries.
struct PairedPopulation: Sendable {
    private static let desaPerKecamatan = 14
    private static let dusunPerDesa = 5

    let count: Int
    let desaCount: Int
    private let names: PairedNames
    private let niks: CardNumbers
    private let cards: CardNumbers

    init(count: Int, familiesPerDesa: Int, seed: UInt64) {
        self.count = count
        desaCount = max(1, count / familiesPerDesa)
        precondition(desaCount <= 99 * Self.desaPerKecamatan, "\(desaCount) desa in a kabupaten")
        names = PairedNames(seed: seed)
        niks = CardNumbers(seed: seed)
        cards = CardNumbers(seed: seed &+ 1)
    }

    func family(_ number: Int, _ generator: inout SeededGenerator) -> PairedFamily {
        let isWoman = generator.happens(0.18)
        let dusun = generator.index(below: Self.dusunPerDesa)
        return PairedFamily(
            number: number,
            words: names.draw(isWoman: isWoman, &generator),
            isWoman: isWoman,
            // The mean of two draws: few very young and very old heads.
            birthDate: birthDate(
                year: 1936 + (generator.index(below: 68) + generator.index(below: 68)) / 2,
                &generator),
            nik: niks.card(number),
            card: cards.card(number),
            desa: generator.index(below: desaCount),
            dusun: dusun,
            // As in `KeluargaStream`: each dusun is one RW of six RT.
            rt: dusun * 6 + generator.integer(in: 1...6),
            rw: dusun + 1
        )
    }

    /// What the second registry finds of a family of the first: it, and a family that left it.
    func later(
        _ family: PairedFamily,
        _ rates: PairedRates,
        _ generator: inout SeededGenerator
    ) -> [PairedFamily] {
        var family = family
        let oldCard = family.card
        var getsCard = generator.happens(rates.newCard)
        if generator.happens(rates.newNeighbourhood) {
            family.rt = generator.integer(in: 1...40)
            family.rw = generator.integer(in: 1...12)
        }
        var grown: [PairedFamily] = []
        if generator.happens(rates.split) {
            var child = family
            child.number = family.number + count
            replaceHead(&child, isWoman: generator.happens(0.1), youngerBy: 18...32, &generator)
            child.nik = niks.card(family.number + 2 * count)
            if !generator.happens(0.3) { child.card = cards.card(family.number + 2 * count) }
            grown.append(child)
        }
        if generator.happens(rates.otherHead) {
            let isSpouse = generator.happens(0.7)
            replaceHead(
                &family, isWoman: isSpouse, youngerBy: isSpouse ? -3...8 : 18...32, &generator)
            family.nik = niks.card(family.number + 3 * count)
            getsCard = getsCard || generator.happens(0.5)
        }
        if generator.happens(rates.moved) {
            move(&family, &generator)
            getsCard = getsCard || generator.happens(0.5)
        }
        family.card = getsCard ? cards.card(family.number + count) : oldCard
        return [family] + grown
    }

    private func replaceHead(
        _ family: inout PairedFamily,
        isWoman: Bool,
        youngerBy years: ClosedRange<Int>,
        _ generator: inout SeededGenerator
    ) {
        family.isWoman = isWoman
        family.words = names.draw(isWoman: isWoman, &generator)
        let year = min(2006, family.birthDate.year + generator.integer(in: years))
        family.birthDate = birthDate(year: year, &generator)
    }

    private func move(_ family: inout PairedFamily, _ generator: inout SeededGenerator) {
        family.desa =
            generator.happens(0.5)
            ? neighbour(of: family.desa, &generator) : generator.index(below: desaCount)
        family.dusun = generator.index(below: Self.dusunPerDesa)
        family.rt = family.dusun * 6 + generator.integer(in: 1...6)
        family.rw = family.dusun + 1
    }

    /// Another desa of the kecamatan, or the same if it has no other.
    func neighbour(of desa: Int, _ generator: inout SeededGenerator) -> Int {
        let start = desa / Self.desaPerKecamatan * Self.desaPerKecamatan
        let others = min(Self.desaPerKecamatan, desaCount - start)
        guard others > 1 else { return desa }
        let step = 1 + generator.index(below: others - 1)
        return start + (desa - start + step) % others
    }

    /// One head in twelve has a day that an official chose.
    private func birthDate(year: Int, _ generator: inout SeededGenerator) -> CalendarDate {
        var (month, day) = (1 + generator.index(below: 12), 1 + generator.index(below: 28))
        if generator.happens(1.0 / 12) {
            (month, day) = [(7, 1), (12, 31), (1, 1)][generator.index(below: 3)]
        }
        return CalendarDate(year: year, month: month, day: day) ?? .unixEpoch
    }

    func code(of desa: Int) -> DesaCode? {
        let (kecamatan, serial) = desa.quotientAndRemainder(dividingBy: Self.desaPerKecamatan)
        return DesaCode(number: 3_599_002_001 + (kecamatan + 1) * 10_000 + serial)
    }

    func dusunName(_ dusun: Int, of desa: Int) -> [UInt8] {
        NameLists.dusun[dusun == 0 ? 0 : 1 + (desa * 7 + dusun * 5) % (NameLists.dusun.count - 1)]
    }

    func otherName(isWoman: Bool, _ generator: inout SeededGenerator) -> [[UInt8]] {
        names.draw(isWoman: isWoman, &generator)
    }

    /// ID Keluarga of a row: other numbers in each registry.
    func registerNumber(_ family: Int, registry: Int) -> UInt64 {
        niks.p3ke(family * 2 + registry)
    }
}
