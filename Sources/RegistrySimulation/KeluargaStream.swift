/// The families of one desa, one after the other; drawn anew in every pass, always the same.
struct KeluargaStream: Sequence, IteratorProtocol {
    /// Which questions on a family have a stream of chance of their own.
    private enum Aspect: UInt64 {
        case family, position, keluargaDirt, vervalDirt
    }

    private let registry: SimulatedRegistry
    private let plan: DesaPlan
    private let site: DesaSite
    private let numbers: CardNumbers
    /// Of desil 2 to 10.
    private let otherDesil: [Double]
    private let dusunShares: [Double]
    private var ordinal = 0
    private var extremeLeft: Int

    init(_ registry: SimulatedRegistry, area: Int) {
        self.registry = registry
        plan = registry.plan[area]
        site = registry.sites[area]
        numbers = CardNumbers(seed: registry.seed)
        otherDesil = Array(plan.desilProbabilities.dropFirst())
        dusunShares = site.dusun.map(\.share)
        extremeLeft = plan.extremeCount
    }

    mutating func next() -> SimulatedKeluarga? {
        guard ordinal < plan.keluargaCount else { return nil }
        defer { ordinal += 1 }
        var generator = generator(.family, of: ordinal)
        let desil = drawDesil(&generator)
        // Where in its national desil the family stands gives its rank in the kabupaten.
        let standing = generator.uniform()
        let above = desil == 1 ? 0 : DesilModel.cumulativeShares[desil - 2]
        let upTo = desil == 10 ? 1 : DesilModel.cumulativeShares[desil - 1]
        let rankInKabupaten = above + standing * (upTo - above)
        let rankInCountry = (Double(desil - 1) + standing) / 10
        let isNationalPBI = generator.happens(Self.nationalPBI[desil - 1])
        return SimulatedKeluarga(
            ordinal: ordinal,
            cardNumber: numbers.card(plan.firstKeluarga + ordinal),
            desil: desil,
            desilInProvince: Self.desil(ofRank: (rankInKabupaten + rankInCountry) / 2),
            desilInKabupaten: Self.desil(ofRank: rankInKabupaten),
            memberCount: registry.housing.memberCount(desil: desil, generator: &generator),
            head: Self.drawHead(desil: desil, &generator),
            address: drawAddress(&generator),
            isNationalPBI: isNationalPBI,
            isLocalPBI: !isNationalPBI && generator.happens(Self.localPBI[desil - 1]),
            house: drawHouse(desil: desil, &generator),
            assets: registry.housing.assets(
                desil: desil,
                isCoastal: plan.isCoastal,
                generator: &generator
            ),
            livestock: Self.drawLivestock(&generator),
            isInVerval: generator.happens(registry.configuration.vervalShare)
        )
    }

    func position(of keluarga: SimulatedKeluarga) -> MicroPosition {
        var generator = generator(.position, of: keluarga.ordinal)
        return site.housePosition(
            inDusun: keluarga.address.dusun,
            scatterMetres: registry.configuration.scatterMetres,
            generator: &generator
        )
    }

    /// The dirt on the DTSEN row, and the chance from which its details follow.
    func keluargaDirt(of keluarga: SimulatedKeluarga) -> (DirtSet, SeededGenerator) {
        dirt(RegistryDirt.keluargaGroups, .keluargaDirt, of: keluarga)
    }

    /// The dirt on the row of the verval sheet, and the chance from which its details follow.
    func vervalDirt(of keluarga: SimulatedKeluarga) -> (DirtSet, SeededGenerator) {
        dirt(RegistryDirt.vervalGroups, .vervalDirt, of: keluarga)
    }

    private func dirt(
        _ groups: [[RegistryDirt]],
        _ aspect: Aspect,
        of keluarga: SimulatedKeluarga
    ) -> (DirtSet, SeededGenerator) {
        var generator = generator(aspect, of: keluarga.ordinal)
        let set = registry.configuration.dirt.draw(groups, from: &generator)
        return (set.possible(in: plan.desa, isAlone: site.nearby.isEmpty), generator)
    }

    private func generator(_ aspect: Aspect, of ordinal: Int) -> SeededGenerator {
        SeededGenerator(seed: site.seed, stream: UInt64(ordinal) * 4 + aspect.rawValue)
    }

    /// Exactly `extremeCount` families of desil 1, spread evenly over the desa; the others by chance.
    private mutating func drawDesil(_ generator: inout SeededGenerator) -> Int {
        let familiesLeft = plan.keluargaCount - ordinal
        if generator.index(below: familiesLeft) < extremeLeft {
            extremeLeft -= 1
            return 1
        }
        return 2 + generator.index(weighedBy: otherDesil)
    }

    private static func desil(ofRank rank: Double) -> Int { Swift.min(10, 1 + Int(rank * 10)) }

    private static let nationalPBI = [0.85, 0.80, 0.72, 0.60, 0.40, 0.25, 0.14, 0.07, 0.03, 0.01]
    private static let localPBI = [0.50, 0.45, 0.40, 0.30, 0.20, 0.10, 0.05, 0.03, 0.01, 0.01]

    private static func drawHead(desil: Int, _ generator: inout SeededGenerator) -> HeadName {
        let isWoman = generator.happens(0.18)
        let given = (isWoman ? NameLists.women : NameLists.men).count
        return HeadName(
            isWoman: isWoman,
            given: generator.index(below: given),
            syllables: (
                generator.index(below: NameLists.syllables.count),
                generator.index(below: NameLists.syllables.count)
            ),
            ending: generator.index(below: NameLists.endings.count),
            title: desil >= 7 && generator.happens(0.06)
                ? generator.index(below: NameLists.titles.count) : nil
        )
    }

    private func drawAddress(_ generator: inout SeededGenerator) -> HouseAddress {
        let dusun = generator.index(weighedBy: dusunShares)
        return HouseAddress(
            dusun: dusun,
            // Each dusun is one RW with up to six RT.
            rt: dusun * 6 + generator.integer(in: 1...6),
            rw: dusun + 1,
            hasComma: generator.happens(0.08)
        )
    }

    private func drawHouse(desil: Int, _ generator: inout SeededGenerator) -> House {
        func answer(_ question: HousingQuestion) -> Int {
            registry.housing.answer(question, desil: desil, generator: &generator)
        }
        let light = answer(.light)
        let toilet = answer(.toilet)
        let size = 18 + 5 * desil
        return House(
            ownership: answer(.ownership),
            floor: answer(.floor),
            floorAreaM2: size + generator.index(below: size),
            wall: answer(.wall),
            roof: answer(.roof),
            water: answer(.water),
            light: light,
            power: light <= 2 ? answer(.power) : nil,
            electricityCustomer: light == 1
                ? numbers.electricityCustomer(plan.firstKeluarga + ordinal) : nil,
            fuel: answer(.fuel),
            toilet: toilet,
            closet: toilet <= 4 ? answer(.closet) : nil,
            sewage: toilet <= 4 ? answer(.sewage) : nil
        )
    }

    private static func drawLivestock(_ generator: inout SeededGenerator) -> Livestock {
        func herd(_ share: Double, upTo most: Int) -> Int {
            generator.happens(share) ? generator.integer(in: 1...most) : 0
        }
        return Livestock(
            cattle: herd(0.24, upTo: 3),
            buffaloes: herd(0.002, upTo: 2),
            horses: herd(0.003, upTo: 2),
            pigs: herd(0.0005, upTo: 4),
            goatsAndSheep: herd(0.17, upTo: 5)
        )
    }
}
