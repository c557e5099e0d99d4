internal import PovertyModel

enum CodeScheme {
    case bps, kemendagri

    var other: CodeScheme { self == .bps ? .kemendagri : .bps }

    func number(of desa: Desa) -> Int {
        switch self {
        case .bps: desa.bpsCode.number
        case .kemendagri: desa.code.number
        }
    }

    /// Digits of the desa within its kecamatan, as a power of ten.
    private var span: Int { self == .bps ? 1000 : 10_000 }

    func kecamatan(of code: Int) -> Int { code / span }

    /// A code of the kecamatan of `desa` that no desa has: serials from 900 (BPS) and 2900 or 1900
    /// (Kemendagri) are far beyond any in use.
    func unknownCode(near desa: Desa, generator: inout SeededGenerator) -> Int {
        let code = number(of: desa)
        let kind = self == .bps ? 0 : code % span / 1000 * 1000
        return code / span * span + kind + 900 + generator.index(below: 100)
    }
}

/// The written code of a desa and of its kecamatan.
struct WrittenCode {
    let kecamatan: [UInt8]
    let desa: [UInt8]

    init(
        _ dirt: DirtSet,
        scheme: CodeScheme,
        area: Int,
        registry: SimulatedRegistry,
        generator: inout SeededGenerator
    ) {
        let desa = registry.plan[area].desa
        let code = scheme.number(of: desa)
        let kecamatan = Array(String(scheme.kecamatan(of: code)).utf8)
        switch dirt.kind(of: RegistryDirt.codeGroup) {
        case .codeMissing:
            self.init(kecamatan: kecamatan, desa: [])
        case .codeUnknown:
            self.init(
                kecamatan: kecamatan,
                number: scheme.unknownCode(near: desa, generator: &generator)
            )
        case .codeOfNeighbour:
            let nearby = registry.sites[area].nearby
            let neighbour = nearby[generator.index(below: nearby.count)]
            self.init(
                kecamatan: kecamatan,
                number: scheme.number(of: registry.plan[neighbour].desa)
            )
        case .codeOfOtherScheme:
            let code = scheme.other.number(of: desa)
            self.init(
                kecamatan: Array(String(scheme.other.kecamatan(of: code)).utf8),
                number: code
            )
        case .codeDotted:
            self.init(
                kecamatan: Array(desa.code.kecamatan.dotted.utf8),
                desa: Array(desa.code.dotted.utf8)
            )
        case .codeFromSpreadsheet:
            self.init(kecamatan: kecamatan, desa: Self.exponential(code))
        default:
            self.init(kecamatan: kecamatan, number: code)
        }
    }

    var withTrailingBlank: WrittenCode {
        WrittenCode(kecamatan: kecamatan, desa: desa.isEmpty ? [] : desa + [UInt8(ascii: " ")])
    }

    private init(kecamatan: [UInt8], desa: [UInt8]) {
        self.kecamatan = kecamatan
        self.desa = desa
    }

    private init(kecamatan: [UInt8], number: Int) {
        self.init(kecamatan: kecamatan, desa: Array(String(number).utf8))
    }

    /// 3513010001 as a spreadsheet shows it in a narrow cell: `3.51301E+09`.
    private static func exponential(_ code: Int) -> [UInt8] {
        let sixDigits = Array(String((code + 5000) / 10_000).utf8)
        return sixDigits.prefix(1) + Array(".".utf8) + sixDigits.dropFirst() + Array("E+09".utf8)
    }
}

/// The written name of a desa.
enum WrittenName {
    static func bytes(
        of desa: Desa,
        dirt: DirtSet,
        generator: inout SeededGenerator
    ) -> [UInt8] {
        let name = Array(desa.name.uppercased().utf8)
        switch dirt.kind(of: RegistryDirt.nameGroup) {
        case .nameOtherSpelling:
            let other = desa.otherNames[generator.index(below: desa.otherNames.count)]
            return Array(other.uppercased().utf8)
        case .nameBlanks:
            return otherBlanks(name)
        case .nameLowerCase:
            return Array(desa.name.lowercased().utf8)
        case .namePrefixed:
            let prefix = generator.happens(0.5) ? "DS. " : "DESA "
            return Array(prefix.utf8) + name
        default:
            return name
        }
    }

    /// Without its blanks and apostrophes; with a blank in the middle when it has none.
    private static func otherBlanks(_ name: [UInt8]) -> [UInt8] {
        let joined = name.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "'") }
        guard joined.count == name.count else { return joined }
        let middle = name.count / 2
        return name[..<middle] + [UInt8(ascii: " ")] + name[middle...]
    }

    /// A blank in front, behind, or both, and the first blank inside doubled.
    static func withStrayBlanks(_ name: [UInt8], generator: inout SeededGenerator) -> [UInt8] {
        let blank = UInt8(ascii: " ")
        var result = name
        if let inside = name.firstIndex(of: blank) { result.insert(blank, at: inside) }
        let place = generator.index(below: 3)
        if place != 1 { result.insert(blank, at: 0) }
        if place != 0 { result.append(blank) }
        return result
    }
}

extension DirtSet {
    /// The set without what `desa` cannot have: another spelling where none is known becomes other
    /// blanks, the code of a neighbour where there is no other desa becomes a missing code.
    func possible(in desa: Desa, isAlone: Bool) -> DirtSet {
        if isEmpty { return self }
        var kinds = kinds
        if desa.otherNames.isEmpty, let index = kinds.firstIndex(of: .nameOtherSpelling) {
            kinds[index] = .nameBlanks
        }
        if isAlone, let index = kinds.firstIndex(of: .codeOfNeighbour) {
            kinds[index] = .codeMissing
        }
        return DirtSet(kinds)
    }
}
