import PovertyModel
import Testing

@testable import RegistrySimulation

@Suite struct RegistryDirtTests {
    @Test("every kind has a rate between 0.2 % and 5 %, a bit and a word of its own")
    func usualRates() {
        let kinds = RegistryDirt.allCases
        #expect(kinds.allSatisfy { (0.002...0.05).contains(DirtRates.usual[$0]) })
        #expect(Set(kinds.map(\.word)).count == kinds.count)
        #expect(DirtSet(kinds).kinds == kinds)
        let grouped = Set((RegistryDirt.keluargaGroups + RegistryDirt.vervalGroups).joined())
        #expect(grouped == Set(kinds))
    }

    @Test("dirt comes at its rate")
    func rates() {
        let made = WrittenRegistry.squares
        // Squares of even index have another spelling; the others get other blanks instead.
        let withOther = Set(
            made.areas.filter { !$0.desa.otherNames.isEmpty }.map(\.desa.code.dotted)
        )
        let truth = table(made.truth).filter { withOther.contains($0["kode_desa"]!) }
        let files = [
            ("kotor_dtsen", RegistryDirt.keluargaGroups, truth),
            (
                "kotor_verval", RegistryDirt.vervalGroups,
                truth.filter { $0["longitude"] != "" }
            ),
        ]
        for (column, groups, rows) in files {
            for kind in groups.joined() {
                let count = rows.filter {
                    $0[column]!.split(separator: "|").contains { $0 == kind.word }
                }
                .count
                #expect(
                    isLikely(count, of: rows.count, share: DirtRates.usual[kind]),
                    "\(kind) in \(column): \(count) of \(rows.count)"
                )
            }
        }
    }

    @Test("dirt does not depend on the desil")
    func independence() {
        let truth = table(WrittenRegistry.squares.truth)
        let dirty = Double(truth.filter { $0["kotor_dtsen"] != "" }.count) / Double(truth.count)
        for desil in 1...10 {
            let group = truth.filter { $0["desil_nasional"] == String(desil) }
            let count = group.filter { $0["kotor_dtsen"] != "" }.count
            #expect(isLikely(count, of: group.count, share: dirty), "desil \(desil)")
        }
    }

    @Test("each dirt on a DTSEN row does what its word says, and nothing else is dirty")
    func appearance() {
        let made = WrittenRegistry.squares
        let desa = Dictionary(
            uniqueKeysWithValues: made.areas.map { ($0.desa.code.dotted, $0.desa) }
        )
        let codes = Set(made.areas.map(\.desa.bpsCode.text))
        let firstRows = Dictionary(
            table(made.dtsen).map { ($0["nomor_kartu_keluarga"]!, $0) },
            uniquingKeysWith: { a, _ in a }
        )
        for truth in table(made.truth) {
            let row = firstRows[truth["nomor_kartu_keluarga"]!]!
            let desa = desa[truth["kode_desa"]!]!
            let dirt = Set(truth["kotor_dtsen"]!.split(separator: "|").map(String.init))
            let isStray = dirt.contains("spasi_liar")
            let code = row["kode_kelurahan_desa"]!
            let bareCode = code.filter { $0 != " " }
            switch dirt.first(where: { $0.hasPrefix("kode_") && $0 != "kode_rumah_tidak_dikenal" })
            {
            case "kode_kosong": #expect(code == "")
            case "kode_tidak_dikenal":
                #expect(bareCode.count == 10 && !codes.contains(bareCode))
                #expect(bareCode.hasPrefix(String(desa.bpsCode.text.prefix(7))))
            case "kode_desa_tetangga":
                #expect(codes.contains(bareCode) && bareCode != desa.bpsCode.text)
            case "kode_skema_lain":
                #expect(bareCode == String(desa.code.number))
                #expect(row["kode_kecamatan"] == String(desa.code.kecamatan.number))
            case "kode_bertitik": #expect(bareCode == desa.code.dotted)
            case "kode_eksponen":
                #expect(bareCode == "3.5139\(desa.bpsCode.text.dropFirst(5).first!)E+09")
            default: #expect(bareCode == desa.bpsCode.text)
            }
            #expect(code.hasSuffix(" ") == (isStray && code != ""))

            let name = row["kelurahan_desa"]!
            if isStray {
                #expect(name.hasPrefix(" ") || name.hasSuffix(" "))
            } else {
                let official = desa.name.uppercased()
                let letters = name.filter { $0 != " " && $0 != "'" }
                switch dirt.first(where: { $0.hasPrefix("nama_") }) {
                case "nama_ejaan_lain": #expect(name == desa.otherNames[0].uppercased())
                case "nama_spasi":
                    #expect(name != official)
                    #expect(letters == official.filter { $0 != " " && $0 != "'" })
                case "nama_huruf_kecil": #expect(name == desa.name.lowercased())
                case "nama_berawalan":
                    #expect(["DS. " + official, "DESA " + official].contains(name))
                default: #expect(name == official)
                }
            }
            #expect((row["kecamatan"] == "") == dirt.contains("kecamatan_kosong"))
            let desil = row["desil_nasional"]!
            #expect(
                dirt.contains("desil_rusak")
                    ? ["", "0", "11", "-"].contains(desil) : desil == truth["desil_nasional"]
            )
        }
    }

    @Test("a code in the narrow cell of a spreadsheet keeps six digits")
    func exponent() {
        let registry = SimulatedRegistry(
            areas: RealDesa.areas,
            configuration: configured(330),
            seed: 1
        )
        var generator = SeededGenerator(seed: 1)
        let code = WrittenCode(
            DirtSet([.codeFromSpreadsheet]),
            scheme: .bps,
            area: 0,
            registry: registry,
            generator: &generator
        )
        #expect(String(decoding: code.desa, as: UTF8.self) == "3.51301E+09")
    }
}
