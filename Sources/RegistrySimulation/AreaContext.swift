/// Questions on a family, each with a stream of chance of its own, apart from `KeluargaStream`.
enum FamilyAspect: UInt64 {
    case members, details, p3ke1, p3ke2, dtsenAnggota, dtks, bdt, regsosek, bsps
    /// Whether a file that takes some families takes this one.
    case choice

    /// Keluarga and individu of a version share their dirt: they come from one base.
    init(_ layout: SimulatedLayout) {
        switch layout {
        case .p3keKeluarga1, .p3keIndividu1: self = .p3ke1
        case .p3keKeluarga2, .p3keIndividu2: self = .p3ke2
        case .dtsenKeluarga, .dtsenAnggota: self = .dtsenAnggota
        case .dtks: self = .dtks
        case .bdt: self = .bdt
        case .regsosek: self = .regsosek
        case .verval, .bsps: self = .bsps
        }
    }
}

/// What the writer of a desa needs to know.
struct AreaContext: Sendable {
    let registry: SimulatedRegistry
    let area: Int
    let layout: SimulatedLayout
    let writing: SimulationWriting
    let positions: WrittenPositions
    let numbers: CardNumbers
    let stream: KeluargaStream
    private let membership: SimulatedMembers

    init(
        registry: SimulatedRegistry,
        area: Int,
        layout: SimulatedLayout,
        writing: SimulationWriting,
        positions: WrittenPositions
    ) {
        self.registry = registry
        self.area = area
        self.layout = layout
        self.writing = writing
        self.positions = positions
        numbers = CardNumbers(seed: registry.seed)
        stream = KeluargaStream(registry, area: area)
        membership = SimulatedMembers(registry, area: area)
    }

    var plan: DesaPlan { registry.plan[area] }

    /// What a part of a row is built in.
    var emptyFields: CSVChunks { CSVChunks(smallWithDelimiter: writing.delimiter) }

    func family(
        _ keluarga: SimulatedKeluarga,
        after precedingHeadNIK: UInt64?
    ) -> SimulatedFamily {
        let day = layout.day
        let members = membership.members(of: keluarga)
        return SimulatedFamily(
            keluarga: keluarga,
            index: plan.firstKeluarga + keluarga.ordinal,
            members: members.filter { $0.birthDay <= day },
            details: membership.details(of: keluarga),
            address: keluarga.address.bytes(
                dusunName: registry.sites[area].dusun[keluarga.address.dusun].name
            ),
            precedingHeadNIK: precedingHeadNIK
        )
    }

    /// Whether a file of `share` of the families has this one.
    func chooses(_ keluarga: SimulatedKeluarga, share: Double) -> Bool {
        var generator = membership.generator(.choice, of: keluarga.ordinal)
        return generator.happens(share)
    }

    /// The dirt on the rows of a family in this layout, and the chance from which all else follows.
    func dirt(
        _ groups: [[RegistryDirt]],
        of keluarga: SimulatedKeluarga
    ) -> (DirtSet, SeededGenerator) {
        var generator = membership.generator(FamilyAspect(layout), of: keluarga.ordinal)
        let set = registry.configuration.dirt.draw(groups, from: &generator)
        let isAlone = registry.sites[area].nearby.isEmpty
        return (set.possible(in: plan.desa, isAlone: isAlone), generator)
    }
}
