internal import PovertyModel

/// The written place of a family.
struct WrittenPlaces: Sendable {
    struct Texts: Sendable {
        let kecamatanCode: [UInt8]
        let kecamatan: [UInt8]
        let desaCode: [UInt8]
        let desa: [UInt8]
    }

    private let registry: SimulatedRegistry
    private let area: Int
    private let scheme: CodeScheme
    private let kecamatan: [UInt8]
    private let clean: Texts

    static let groups =
        [RegistryDirt.codeGroup, RegistryDirt.nameGroup, RegistryDirt.kecamatanGroup]
        + [[.strayBlanks]]
    private static let kinds = Array(groups.joined())

    init(_ context: AreaContext, scheme: CodeScheme) {
        registry = context.registry
        area = context.area
        self.scheme = scheme
        let desa = context.plan.desa
        let code = scheme.number(of: desa)
        kecamatan = Array(desa.kecamatanName.uppercased().utf8)
        clean = Texts(
            kecamatanCode: Array(String(scheme.kecamatan(of: code)).utf8),
            kecamatan: kecamatan,
            desaCode: Array(String(code).utf8),
            desa: Array(desa.name.uppercased().utf8)
        )
    }

    func texts(_ dirt: DirtSet, _ details: inout SeededGenerator) -> Texts {
        guard dirt.kind(of: Self.kinds) != nil else { return clean }
        var code = WrittenCode(
            dirt,
            scheme: scheme,
            area: area,
            registry: registry,
            generator: &details
        )
        var name = WrittenName.bytes(
            of: registry.plan[area].desa,
            dirt: dirt,
            generator: &details
        )
        if dirt.contains(.strayBlanks) {
            name = WrittenName.withStrayBlanks(name, generator: &details)
            code = code.withTrailingBlank
        }
        return Texts(
            kecamatanCode: code.kecamatan,
            kecamatan: dirt.contains(.kecamatanMissing) ? [] : kecamatan,
            desaCode: code.desa,
            desa: name
        )
    }
}
