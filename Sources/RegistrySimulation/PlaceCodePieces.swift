internal import PovertyModel

/// The BPS code of a desa in four columns: province (2), kabupaten (2), kecamatan (3), desa (3).
///
/// Of the dirt on a code only what fits into pieces remains: missing, unknown, of a neighbour.
struct PlaceCodePieces: Sendable {
    private let registry: SimulatedRegistry
    private let area: Int

    static let groups: [[RegistryDirt]] = [RegistryDirt.codeGroup]

    init(_ context: AreaContext) {
        registry = context.registry
        area = context.area
    }

    func write(_ dirt: DirtSet, _ details: inout SeededGenerator, to row: inout CSVChunks) {
        let desa = registry.plan[area].desa
        var number = desa.bpsCode.number
        var isMissing = false
        switch dirt.kind(of: RegistryDirt.codeGroup) {
        case .codeMissing:
            isMissing = true
        case .codeUnknown:
            number = CodeScheme.bps.unknownCode(near: desa, generator: &details)
        case .codeOfNeighbour:
            let nearby = registry.sites[area].nearby
            number = registry.plan[nearby[details.index(below: nearby.count)]].desa.bpsCode.number
        default:
            break
        }
        row.field(number / 100_000_000)
        row.field(Self.digits(number / 1_000_000 % 100, count: 2))
        row.field(Self.digits(number / 1000 % 1000, count: 3))
        row.field(isMissing ? [] : Self.digits(number % 1000, count: 3))
    }

    static func digits(_ value: Int, count: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.appendDecimal(UInt64(value), width: count)
        return text
    }
}
