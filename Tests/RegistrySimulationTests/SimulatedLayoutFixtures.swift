@testable import RegistrySimulation

/// A registry in all of its layouts, made once for the tests that look at it.
struct WrittenLayouts: Sendable {
    let registry: SimulatedRegistry
    /// Rows by column, for each layout.
    let tables: [SimulatedLayout: [[String: String]]]
    let identities: [[String: String]]

    init(configuration: SimulationConfiguration, seed: UInt64) {
        let registry = SimulatedRegistry(
            areas: squareDesa(columns: 6, rows: 4),
            configuration: configuration,
            seed: seed
        )
        self.registry = registry
        tables = Dictionary(
            uniqueKeysWithValues: SimulatedLayout.allCases.map { layout in
                (layout, table(written { registry.write(layout, to: $0) }))
            }
        )
        identities = table(written { registry.writeIdentityTruth(to: $0) })
    }

    subscript(layout: SimulatedLayout) -> [[String: String]] { tables[layout] ?? [] }

    static let keluargaCount = 2500

    /// Families without dirt of any kind.
    static let clean: WrittenLayouts = {
        var configuration = configured(keluargaCount, dirt: .none)
        configuration.identityDirt = .none
        return WrittenLayouts(configuration: configuration, seed: 61)
    }()

    /// Families with five to fifty times the usual dirt on identities.
    static let dirty: WrittenLayouts = {
        var configuration = configured(keluargaCount)
        configuration.identityDirt.nikMissing = 0.10
        configuration.identityDirt.nikRepeated = 0.05
        configuration.identityDirt.nikFromSpreadsheet = 0.03
        configuration.identityDirt.nikWithApostrophe = 0.05
        configuration.identityDirt.familyRepeated = 0.04
        configuration.identityDirt.birthDateLate = 0.10
        return WrittenLayouts(configuration: configuration, seed: 62)
    }()
}

/// A NIK taken apart, as the offices do.
struct ReadNIK {
    let isWoman: Bool
    let birthDate: String

    init?(_ text: String) {
        let digits = text.compactMap(\.wholeNumberValue)
        guard digits.count == 16, text.count == 16, text.hasPrefix("99") else { return nil }
        let day = digits[6] * 10 + digits[7]
        let year = digits[10] * 10 + digits[11]
        isWoman = day > 40
        let born = isWoman ? day - 40 : day
        // Nobody in a simulation is born before 1926 or after 2025.
        let century = year > 25 ? 1900 : 2000
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        birthDate = "\(century + year)-\(two(digits[8] * 10 + digits[9]))-\(two(born))"
    }
}
