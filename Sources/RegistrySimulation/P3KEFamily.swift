/// What the keluarga and the individu file of one version of P3KE say alike of a family.
struct P3KEFamily: Sendable {
    let id: UInt64
    /// Of the row that lists the family once more.
    let repeatedID: UInt64?
    let place: WrittenPlaces.Texts
    let desil: [UInt8]
    let headDirt: NIKDirt?
    let headNIK: [UInt8]
    /// As `P3KEWords.matches`.
    let headMatch: Int
    let headBirthDay: SimulatedDay
    /// The head, by a wrong date, and all others are under 17.
    let hasNoAdult: Bool
    /// Which answer on the house is in no list.
    let spoiledAnswer: Int?
    /// For all that only one of the files asks.
    let generator: SeededGenerator

    /// Answers that can be spoiled.
    static let answerCount = 8

    private static let groups =
        WrittenPlaces.groups + [[.desilUnusable], [.housingCodeUnknown]]
    private static let unusableDesil = ["", "0", "11", "-"].map { Array($0.utf8) }

    init(
        _ family: SimulatedFamily,
        _ context: AreaContext,
        version: P3KEWords.Version,
        places: WrittenPlaces
    ) {
        let rates = context.registry.configuration.identityDirt
        var (dirt, generator) = context.dirt(Self.groups, of: family.keluarga)
        let isFirst = version == .first
        func number(_ index: Int) -> UInt64 {
            isFirst ? context.numbers.p3ke(index) : context.numbers.laterP3KE(index)
        }
        id = number(family.index)
        repeatedID =
            generator.happens(rates.familyRepeated)
            ? number(context.registry.configuration.keluargaCount + family.index) : nil

        let other = family.mistakenNIK(ofMember: 0)
        var nikDirt = rates.drawNIK(from: &generator)
        if nikDirt == .repeated, other == nil { nikDirt = nil }
        headDirt = nikDirt
        headNIK = NIKDirt.bytes(of: family.head.nik, nikDirt, other: other)
        headMatch = Self.match(nikDirt, &generator)

        let day = context.layout.day
        let isLate = generator.happens(rates.birthDateLate)
        let year = generator.integer(in: 2008...2020)
        let hasOtherAdult = family.members.dropFirst().contains { $0.age(on: day) >= 17 }
        let born = family.head.birthDay
        hasNoAdult = isLate && !hasOtherAdult && !isFirst
        headBirthDay =
            hasNoAdult
            ? SimulatedDay(year: year, month: born.month, day: born.day) : born

        if dirt.contains(.desilUnusable) {
            desil = Self.unusableDesil[generator.index(below: Self.unusableDesil.count)]
        } else {
            desil = Array(String(family.keluarga.desil).utf8)
        }
        spoiledAnswer =
            dirt.contains(.housingCodeUnknown)
            ? generator.index(below: Self.answerCount) : nil
        place = places.texts(dirt, &generator)
        self.generator = generator
    }

    static func match(_ dirt: NIKDirt?, _ generator: inout SeededGenerator) -> Int {
        let isKnown = generator.happens(0.94)
        return switch dirt {
        case .missing: 2
        case .repeated: 1
        case .fromSpreadsheet, .withApostrophe, nil: isKnown ? 0 : 1
        }
    }

}

extension CSVChunks {
    mutating func programmes(_ programmes: FamilyDetails.Programmes, _ words: P3KEWords) {
        let first: [FamilyDetails.Programmes] = [.bpnt, .bpum, .bst, .pkh, .sembako]
        for programme in first { field(words.yesNo(programmes.contains(programme))) }
        if words.version == .second {
            field(words.yesNo(programmes.contains(.prakerja)))
            field(words.yesNo(programmes.contains(.kur)))
        }
    }
}
