/// The members of the families of one desa; drawn anew in every pass, always the same.
///
/// Known is the number of members of each family (`KeluargaStream`); kinship and ages come from
/// `KinPlace`; schooling, work and health are assumed here, after the desil.
struct SimulatedMembers: Sendable {
    private let numbers: CardNumbers
    private let firstKeluarga: Int
    private let isCoastal: Bool
    private let seed: UInt64

    /// Ages are those at the end of this year.
    private static let year = 2025
    private static let mostMembers = 8
    /// Apart from the streams of `KeluargaStream`, which draw from the seed of the desa itself.
    private static let seedMask: UInt64 = 0xA076_1D64_78BD_642F
    private static let streamsPerFamily: UInt64 = 16

    init(_ registry: SimulatedRegistry, area: Int) {
        numbers = CardNumbers(seed: registry.seed)
        firstKeluarga = registry.plan[area].firstKeluarga
        isCoastal = registry.plan[area].isCoastal
        seed = registry.sites[area].seed ^ Self.seedMask
    }

    func generator(_ aspect: FamilyAspect, of ordinal: Int) -> SeededGenerator {
        SeededGenerator(
            seed: seed,
            stream: UInt64(ordinal) * Self.streamsPerFamily + aspect.rawValue
        )
    }

    /// The head first, `memberCount` in all.
    func members(of keluarga: SimulatedKeluarga) -> [SimulatedMember] {
        let count = keluarga.memberCount
        precondition(count <= Self.mostMembers, "a family of \(count)")
        var generator = generator(.members, of: keluarga.ordinal)
        let places = KinPlace.family(keluarga, &generator)
        return places.enumerated().map { position, place in
            member(
                place,
                name: position == 0 ? keluarga.head : Self.name(place, &generator),
                index: (firstKeluarga + keluarga.ordinal) * Self.mostMembers + position,
                desil: keluarga.desil,
                &generator
            )
        }
    }

    private static func name(_ place: KinPlace, _ generator: inout SeededGenerator) -> HeadName {
        HeadName(
            isWoman: place.isWoman,
            given: generator.index(
                below: (place.isWoman ? NameLists.women : NameLists.men).count
            ),
            syllables: (
                generator.index(below: NameLists.syllables.count),
                generator.index(below: NameLists.syllables.count)
            ),
            ending: generator.index(below: NameLists.endings.count),
            title: nil
        )
    }

    private func member(
        _ place: KinPlace,
        name: HeadName,
        index: Int,
        desil: Int,
        _ generator: inout SeededGenerator
    ) -> SimulatedMember {
        let month = generator.integer(in: 1...12)
        let birthDay = SimulatedDay(
            year: Self.year - place.age,
            month: month,
            // 28 in February, so that no year makes the day impossible.
            day: generator.integer(
                in: 1...[31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1])
        )
        let schooling = Self.schooling(bornIn: birthDay.year, desil: desil, &generator)
        let work = Self.work(
            place,
            schooling: schooling,
            desil: desil,
            isCoastal: isCoastal,
            &generator
        )
        // The day is 40 higher for a woman.
        let dayInNIK = birthDay.day + (place.isWoman ? 40 : 0)
        return SimulatedMember(
            nik: numbers.nik(
                index,
                birthDate: dayInNIK * 10_000 + month * 100 + birthDay.year % 100
            ),
            index: index,
            name: name,
            birthDay: birthDay,
            relation: place.relation,
            maritalStatus: place.maritalStatus,
            schooling: schooling,
            work: work,
            workStatus: Self.workStatus(work, &generator),
            difficulty: generator.happens(place.age > 65 ? 0.10 : 0.012)
                ? generator.index(below: 10) : nil,
            illness: generator.happens(place.age > 45 ? 0.12 : 0.01)
                ? generator.integer(in: 2...10) : 1,
            isPregnant: place.isWoman && place.maritalStatus == .married
                && (19...42).contains(place.age) && generator.happens(0.05)
        )
    }

    /// Percent of those born before 1965, before 1985 and later who come to each level.
    private static let levels: [[Double]] = [
        [25, 35, 27, 7, 5, 1], [6, 18, 42, 17, 14, 3], [1, 4, 25, 30, 33, 7],
    ]

    private static func schooling(
        bornIn year: Int,
        desil: Int,
        _ generator: inout SeededGenerator
    ) -> Int {
        let weights = levels[year < 1965 ? 0 : year < 1985 ? 1 : 2]
        let level = generator.index(weighedBy: weights)
        // The poor get the lower, the rich the higher of two draws.
        if desil >= 7 { return max(level, generator.index(weighedBy: weights)) }
        return desil <= 3 ? min(level, generator.index(weighedBy: weights)) : level
    }

    /// Percent of adult men and women in each kind of work, inland; fishers are at the coast.
    private static let menAtWork: [Double] = [10, 36, 0, 8, 0.05, 2, 10, 10, 2, 22]
    private static let womenAtWork: [Double] = [52, 18, 0, 10, 0.02, 1.5, 5, 6, 0.5, 7]

    private static func work(
        _ place: KinPlace,
        schooling: Int,
        desil: Int,
        isCoastal: Bool,
        _ generator: inout SeededGenerator
    ) -> Occupation {
        let chance = generator.uniform()
        if place.age >= 72, chance < 0.6 { return .none }
        let drawn = generator.index(weighedBy: place.isWoman ? womenAtWork : menAtWork)
        guard let work = Occupation(rawValue: drawn) else { return .none }
        switch work {
        case .farmer where isCoastal && !place.isWoman && chance < 0.4: return .fisher
        // Offices ask for a school and leave no one poor.
        case .civilServant where schooling < 4 || desil <= 2,
            .official where schooling < 4 || desil <= 5:
            return .casual
        case .pensioner where place.age < 58 || desil <= 2: return .farmer
        default: return work
        }
    }

    private static func workStatus(
        _ work: Occupation,
        _ generator: inout SeededGenerator
    ) -> Int {
        let chance = generator.uniform()
        return switch work {
        case .farmer: chance < 0.3 ? 1 : chance < 0.6 ? 2 : chance < 0.63 ? 3 : chance < 0.8 ? 5 : 6
        case .fisher, .trader, .selfEmployed:
            chance < 0.6 ? 1 : chance < 0.85 ? 2 : chance < 0.92 ? 3 : 6
        case .official, .civilServant, .employee: 4
        case .casual: 5
        case .none, .pensioner: 1
        }
    }

    /// Percent of the families of the poorest and of the richest desil with each programme, in the
    /// order of their bits.
    private static let programmeShares: [(poorest: Double, richest: Double)] = [
        (62, 1), (11, 4), (24, 1), (38, 0), (55, 1), (3, 5), (4, 12),
    ]

    func details(of keluarga: SimulatedKeluarga) -> FamilyDetails {
        var generator = generator(.details, of: keluarga.ordinal)
        let standing = Double(keluarga.desil - 1) / 9
        var programmes: UInt8 = 0
        for (bit, share) in Self.programmeShares.enumerated() {
            let percent = share.poorest + (share.richest - share.poorest) * standing
            if generator.happens(percent / 100) { programmes |= 1 << UInt8(bit) }
        }
        let good = 0.25 + 0.7 * standing
        return FamilyDetails(
            programmes: FamilyDetails.Programmes(rawValue: programmes),
            hasSavings: generator.happens(0.15 + 0.6 * standing),
            percentile: (keluarga.desil - 1) * 10 + generator.integer(in: 1...10),
            hasGoodRoof: generator.happens(good),
            hasGoodWall: generator.happens(good),
            hasGoodFloor: generator.happens(good),
            roomCount: generator.integer(in: 1...4)
        )
    }
}
