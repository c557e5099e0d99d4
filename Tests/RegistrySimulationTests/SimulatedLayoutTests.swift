import PovertyModel
import SocialRegistry
import Testing

@testable import RegistrySimulation

@Suite struct SimulatedLayoutTests {
    private static let small = SimulatedRegistry(
        areas: squareDesa(columns: 4, rows: 3),
        configuration: configured(900),
        seed: 7
    )

    private static let tiny = SimulatedRegistry(
        areas: squareDesa(columns: 2, rows: 2),
        configuration: configured(250),
        seed: 7
    )

    @Test("every row has the fields of its layout", arguments: SimulatedLayout.allCases)
    func wellFormed(layout: SimulatedLayout) {
        let registry = Self.small
        let rows = parsedCSV(written { registry.write(layout, to: $0) })
        #expect(rows[0] == layout.columns)
        #expect(rows.allSatisfy { $0.count == layout.columns.count })
        #expect(registry.write(layout) { _ in } == rows.count - 1)
        #expect(rows.count > 3)
    }

    /// Renew the numbers when the simulation is changed on purpose; they must not depend on the
    /// machine.
    @Test("the bytes are those of every machine")
    func golden() {
        let registry = Self.small
        let expected: [UInt64] = [
            6_325_408_424_659_307_536,
            4_168_704_141_715_303_798,
            1_533_446_895_862_820_144,
            11_725_454_185_866_750_143,
            7_619_684_280_748_179_434,
            13_850_875_030_114_253_187,
            15_306_939_667_661_073_085,
            9_020_689_999_369_947_530,
            2_359_397_604_702_659_548,
            13_739_050_677_138_864_927,
            721_249_381_326_254_764,
        ]
        for (layout, expected) in zip(SimulatedLayout.allCases, expected) {
            #expect(hash(written { registry.write(layout, to: $0) }) == expected, "\(layout)")
        }
        let truth = hash(written { registry.writeIdentityTruth(to: $0) })
        #expect(truth == 6_278_570_741_439_093_011)
    }

    @Test("another seed gives other bytes", arguments: SimulatedLayout.allCases)
    func seeds(layout: SimulatedLayout) {
        let registry = Self.small
        let other = SimulatedRegistry(
            areas: squareDesa(columns: 4, rows: 3),
            configuration: configured(900),
            seed: 8
        )
        #expect(
            hash(written { registry.write(layout, to: $0) })
                != hash(written { other.write(layout, to: $0) })
        )
    }

    @Test("the older ways to write DTSEN and verval give the same bytes")
    func olderWriters() {
        let registry = Self.small
        #expect(
            written { registry.write(.dtsenKeluarga, to: $0) }
                == written { registry.writeDTSEN(to: $0) }
        )
        #expect(
            written { registry.write(.verval, to: $0) }
                == written { registry.writeVerval(to: $0) }
        )
    }

    @Test(
        "another delimiter says the same and quotes what holds it",
        arguments: SimulatedLayout.allCases
    )
    func delimiters(layout: SimulatedLayout) {
        let registry = Self.tiny
        let plain = parsedCSV(written { registry.write(layout, to: $0) })
        let comma = UInt8(ascii: ",")
        for byte in Array(";\t|".utf8) {
            let bytes = written {
                registry.write(layout, SimulationWriting(delimiter: byte), to: $0)
            }
            // Commas and the delimiter change places, and back after the reading.
            func swapped(_ bytes: some Sequence<UInt8>) -> [UInt8] {
                bytes.map { $0 == byte ? comma : $0 == comma ? byte : $0 }
            }
            let rows = parsedCSV(swapped(bytes)).map { row in
                row.map { String(decoding: swapped($0.utf8), as: UTF8.self) }
            }
            #expect(rows == plain)
        }
    }

    @Test("titles stand above the header, as wide as the table", arguments: [2, 4, 13])
    func headerRow(row: Int) {
        let registry = Self.tiny
        let plain = parsedCSV(written { registry.write(.p3keKeluarga1, to: $0) })
        let writing = SimulationWriting(headerRow: row)
        let titled = parsedCSV(written { registry.write(.p3keKeluarga1, writing, to: $0) })
        #expect(Array(titled.dropFirst(row - 1)) == plain)
        #expect(titled[0][0] == "P3KE KELUARGA 2022 (SIMULASI)")
        #expect(titled.allSatisfy { $0.count == plain[0].count })
    }

    @Test("header typos change names of columns and nothing below")
    func headerTypos() {
        let registry = Self.tiny
        let writing = SimulationWriting(hasHeaderTypos: true)
        for layout in [SimulatedLayout.p3keIndividu1, .p3keKeluarga2] {
            let plain = parsedCSV(written { registry.write(layout, to: $0) })
            let misspelt = parsedCSV(written { registry.write(layout, writing, to: $0) })
            #expect(misspelt[0] != plain[0])
            #expect(misspelt[0].contains("Penerima BNPT"))
            #expect(misspelt.dropFirst() == plain.dropFirst())
        }
    }

    @Test("DTSEN with labels says in words what the codes say")
    func labels() {
        let registry = WrittenLayouts.clean.registry
        let writing = SimulationWriting(usesLabels: true)
        for layout in [SimulatedLayout.dtsenKeluarga, .dtsenAnggota] {
            let coded = WrittenLayouts.clean[layout]
            let labelled = table(written { registry.write(layout, writing, to: $0) })
            #expect(coded.count == labelled.count)
            var words: [String: [String: Set<String>]] = [:]
            for (code, label) in zip(coded, labelled) {
                for column in layout.columns {
                    words[column, default: [:]][code[column]!, default: []]
                        .insert(label[column]!)
                }
            }
            for column in layout.columns {
                let meanings = words[column]!
                #expect(meanings.values.allSatisfy { $0.count == 1 }, "\(column)")
                guard let list = DTSENCodes.list(for: column), column.hasPrefix("pbi") == false
                else { continue }
                for (code, labels) in meanings where code != "" {
                    let label = labels.first!
                    #expect(label.first!.isLetter || label.hasSuffix("watt"), "\(column)")
                    #expect(list.value(of: label)?.code == Int(code), "\(column) \(code)")
                }
            }
        }
    }

    @Test("an error of the caller stops the writing", arguments: SimulatedLayout.allCases)
    func callerError(layout: SimulatedLayout) {
        struct DiskFull: Error {}
        let registry = Self.tiny
        #expect(throws: DiskFull.self) { try registry.write(layout) { _ in throw DiskFull() } }
    }

    @Test("one desa alone and hardly any families are no trouble", arguments: [0, 1, 30])
    func smallest(keluarga: Int) {
        var configuration = configured(keluarga, dirt: DirtRates(every: 0.1))
        configuration.identityDirt.nikRepeated = 0.5
        let registry = SimulatedRegistry(
            areas: squareDesa(columns: 1, rows: 1),
            configuration: configuration,
            seed: 1
        )
        for layout in SimulatedLayout.allCases {
            let rows = parsedCSV(written { registry.write(layout, to: $0) })
            #expect(rows.allSatisfy { $0.count == layout.columns.count })
            #expect(registry.write(layout) { _ in } == rows.count - 1)
        }
        #expect(registry.writeIdentityTruth { _ in } == keluarga)
    }
}
