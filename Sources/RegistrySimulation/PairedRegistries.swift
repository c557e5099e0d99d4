public import PovertyModel

/// What a registry writes of a family.
public enum PairedLayout: Sendable, Hashable, CaseIterable {
    /// NIK, name, birth date and sex of the head, address, ID Keluarga; no No KK.
    case p3ke
    /// All of it: DTSEN keluarga joined to the head in the anggota set.
    case dtsenWithMembers
    /// No KK, name of the head, address: the DTSEN keluarga set alone.
    case dtsenFamiliesOnly
}

/// A row of one of two registries; nil where its layout or its writer leaves a gap.
public struct PairedRow: Sendable, Hashable {
    /// The truth: rows of one family have one number, in both registries.
    public let family: Int
    /// 16 digits that begin with 99, a province that does not exist.
    public let nik: UInt64?
    /// 16 digits that begin with 99.
    public let cardNumber: UInt64?
    /// ID Keluarga: new in each registry, as between two years of P3KE.
    public let registerNumber: UInt64?
    public let headName: String
    public let birthDate: CalendarDate?
    public let isWoman: Bool?
    /// Of kabupaten 35.99, which does not exist.
    public let desa: DesaCode?
    public let address: String
}

/// Two registries of one invented population, with errors, changes, and the truth about both.
///
/// Nothing in it is from a register: families, names and numbers are drawn. Namesakes are as
/// frequent as in a desa (`PairedNames`). The rates of errors are assumed (`PairedRates`). The same
/// arguments give the same rows on any machine.
public struct PairedRegistries: Sendable {
    public let first: [PairedRow]
    public let second: [PairedRow]

    /// Draws both registries.
    ///
    /// - Parameters:
    ///   - families: families of each registry; rows are a few more (duplicates, split families).
    ///   - layouts: of the first and of the second.
    ///   - rates: what goes wrong.
    ///   - familiesPerDesa: 387,794 keluarga in 330 desa are 1,175; fewer would leave hardly any
    ///     namesakes in a desa and make linking easy.
    ///   - seed: names the pair.
    public init(
        families: Int,
        layouts: (first: PairedLayout, second: PairedLayout),
        rates: PairedRates = .usual,
        familiesPerDesa: Int = 1175,
        seed: UInt64
    ) {
        precondition(families > 0 && familiesPerDesa > 0, "\(families) families")
        rates.check()
        let own = Int(Double(families) * rates.onlyInOne)
        let population = PairedPopulation(
            count: families + own, familiesPerDesa: familiesPerDesa, seed: seed)
        var first: [PairedRow] = []
        var second: [PairedRow] = []
        for number in 0..<families + own {
            var generator = SeededGenerator(seed: seed, stream: UInt64(number) + 100)
            let family = population.family(number, &generator)
            let writer = PairedWriter(population: population, rates: rates)
            if number < families {
                first += writer.rows(of: family, layouts.first, registry: 1, &generator)
            }
            if number >= families {
                second += writer.rows(of: family, layouts.second, registry: 2, &generator)
            } else if number >= own {
                for later in population.later(family, rates, &generator) {
                    second += writer.rows(of: later, layouts.second, registry: 2, &generator)
                }
            }
        }
        // The order must not tell who belongs together.
        var generator = SeededGenerator(seed: seed, stream: 2)
        generator.shuffle(&first)
        generator.shuffle(&second)
        (self.first, self.second) = (first, second)
    }
}

extension SeededGenerator {
    /// Fisher and Yates; the library's own `shuffle` may draw otherwise in another version.
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, index(below: last + 1))
        }
    }
}
