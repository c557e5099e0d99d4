import SocialRegistry
import Testing

@testable import RegistrySimulation

@Suite struct P3KEWritersTests {
    private static let files: [(SimulatedLayout, RegistryLayout)] = [
        (.p3keKeluarga1, .p3keKeluarga1), (.p3keIndividu1, .p3keIndividu1),
        (.p3keKeluarga2, .p3keKeluarga2), (.p3keIndividu2, .p3keIndividu2),
    ]

    @Test("it lists the families of desil 1 to 4, once each without dirt")
    func families() {
        let made = WrittenLayouts.clean
        let listed = made[.dtsenKeluarga].filter { Int($0["desil_nasional"]!)! <= 4 }
        for layout in [SimulatedLayout.p3keKeluarga1, .p3keKeluarga2] {
            let rows = made[layout]
            #expect(rows.count == listed.count)
            #expect(Set(rows.map { $0["ID Keluarga P3KE"]! }).count == rows.count)
            for (row, keluarga) in zip(rows, listed) {
                #expect(row["Desil Kesejahteraan"] == keluarga["desil_nasional"])
                #expect(row["Alamat"] == keluarga["alamat"])
                let name = row["Kepala Keluarga"] ?? row["Nama Kepala Keluarga"]
                #expect(name == keluarga["nama_anggota_keluarga"])
                #expect(row["Desa/Kelurahan"] == keluarga["kelurahan_desa"])
            }
        }
    }

    @Test("every value is in the list of its column and version, in the casing of the version")
    func values() {
        let made = WrittenLayouts.clean
        for (layout, known) in Self.files {
            let isSecond = layout == .p3keKeluarga2 || layout == .p3keIndividu2
            var seen: [String: Set<String>] = [:]
            for row in made[layout] {
                for column in layout.columns { seen[column, default: []].insert(row[column]!) }
            }
            for column in layout.columns {
                guard let list = known.codeList(for: column) else { continue }
                for value in seen[column]! {
                    #expect(list.value(of: value) != nil, "\(layout) \(column): \(value)")
                    #expect((value == value.uppercased()) == isSecond || value == "60+")
                }
            }
            if layout == .p3keKeluarga1 {
                #expect(seen["Memiliki Fasilitas Buang Air Besar"]!.count == 4)
                #expect(
                    seen["Memiliki Fasilitas Buang Air Besar"]!.contains("Ya, tanpa Septic Tank"))
            }
            if layout == .p3keKeluarga2 {
                #expect(seen["Jenis Atap"]!.contains("JERAMI/IJUK/RUMBIA/ DAUN-DAUNAN"))
                #expect(seen["Prioritas Verval"] == ["NORMAL"])
                #expect(seen["Dimuktakhirkan Tahun"] == ["2023"])
            }
        }
    }

    @Test("the house agrees with that of DTSEN")
    func houses() {
        let made = WrittenLayouts.clean
        let listed = made[.dtsenKeluarga].filter { Int($0["desil_nasional"]!)! <= 4 }
        for (row, keluarga) in zip(made[.p3keKeluarga1], listed) {
            #expect((row["Jenis Lantai"] == "Tanah") == (keluarga["jenis_lantai_terluas"] == "8"))
            #expect((row["Jenis Atap"] == "Genteng") == (keluarga["jenis_atap_terluas"] == "2"))
            #expect(
                (row["Sumber Penerangan"] == "Non-Listrik")
                    == (keluarga["sumber_penerangan_utama"] == "4"))
            #expect(
                (row["Sumber Air Minum"] == "Air Hujan")
                    == (keluarga["sumber_air_minum_utama"] == "10"))
            #expect(
                (row["Bahan Bakar Memasak"] == "Minyak Tanah")
                    == (keluarga["bahan_bakar_utama_memasak"] == "7"))
            let isOwn = row["Memiliki Fasilitas Buang Air Besar"]!.hasPrefix("Ya,")
            #expect(isOwn == (keluarga["fasilitas_bab"] == "1"))
        }
    }

    @Test("dates are text with midnight in 2022 and plain in 2023; codes have no dots")
    func dates() throws {
        let made = WrittenLayouts.clean
        for (first, second) in zip(made[.p3keKeluarga1], made[.p3keKeluarga2]) {
            let date = try #require(first["Tanggal Lahir"])
            #expect(date.hasSuffix(" 0:00:00"))
            let parts = date.dropLast(8).split(separator: "/").compactMap { Int($0) }
            #expect(parts.count == 3)
            let iso = try #require(second["Tanggal Lahir Kepala Keluarga"])
            #expect(iso.split(separator: "-").reversed().compactMap { Int($0) } == parts)
            let code = try #require(first["Kode Kemdagri"])
            #expect(code.count == 10 && code == second["Kode Kemdagri"])
        }
    }

    @Test("heads of the two files agree, and each member is born when the file was made")
    func individu() throws {
        for (made, isClean) in [(WrittenLayouts.clean, true), (.dirty, false)] {
            for (keluarga, individu, name, nik, born) in [
                (
                    SimulatedLayout.p3keKeluarga1, SimulatedLayout.p3keIndividu1,
                    "Kepala Keluarga", "NIK", "Tanggal Lahir"
                ),
                (
                    .p3keKeluarga2, .p3keIndividu2, "Nama Kepala Keluarga", "NIK Kepala Keluarga",
                    "Tanggal Lahir Kepala Keluarga"
                ),
            ] {
                let families = Dictionary(
                    grouping: made[individu],
                    by: { $0["ID Keluarga P3KE"]! }
                )
                #expect(families.count == made[keluarga].count)
                for row in made[keluarga] {
                    let members = try #require(families[row["ID Keluarga P3KE"]!])
                    #expect(members[0]["Nama"] == row[name])
                    #expect(members[0]["NIK"] == row[nik])
                    #expect(members[0]["Tanggal Lahir"] == row[born])
                    for column in ["Kode Kemdagri", "Desa/Kelurahan", "Desil Kesejahteraan"] {
                        #expect(members.allSatisfy { $0[column] == row[column] })
                    }
                    #expect(
                        members.filter {
                            $0["Hubungan dengan Kepala Keluarga"]!.lowercased()
                                == "kepala keluarga"
                        }.count == 1)
                }
                let ids = Set(made[individu].map { $0["ID Individu"]! })
                #expect(ids.count == made[individu].count)
                if isClean {
                    #expect(
                        made[individu].allSatisfy { ReadNIK($0["NIK"]!) != nil })
                }
            }
        }
    }

    @Test("one age flag is set in 2022, and the group holds the age in 2023")
    func ages() throws {
        let flags = P3KELayout.individu1Columns.filter { $0.hasPrefix("Usia") }
        #expect(flags.count == 7)
        for row in WrittenLayouts.clean[.p3keIndividu1] {
            #expect(flags.filter { row[$0] == "Ya" }.count == 1)
        }
        for row in WrittenLayouts.clean[.p3keIndividu2] {
            let age = try #require(Int(row["Usia 2023"]!))
            let year = try #require(Int(row["Tanggal Lahir"]!.prefix(4)))
            #expect(age == 2023 - year)
            if age >= 60 { #expect(row["Kelompok Usia 2023"] == "USIA 60+ TAHUN") }
            if (6...12).contains(age) { #expect(row["Kelompok Usia 2023"] == "USIA 6-12 TAHUN") }
        }
    }

    @Test("Prioritas Verval tells the dirt on the identity of a keluarga")
    func priorities() throws {
        let made = WrittenLayouts.dirty
        let rows = made[.p3keKeluarga2]
        let byPriority = Dictionary(grouping: rows) { $0["Prioritas Verval"]! }
        #expect(byPriority.count == 4)
        for row in byPriority["KELUARGA NIK KOSONG"]! {
            #expect(row["NIK Kepala Keluarga"] == "")
            #expect(row["NIK Kepala Keluarga Padan Kemdagri"] == "KOSONG")
        }
        for row in byPriority["KELUARGA TIDAK ADA USIA 17+ TAHUN"]! {
            let year = try #require(Int(row["Tanggal Lahir Kepala Keluarga"]!.prefix(4)))
            #expect(year >= 2008)
        }
        let repeated = byPriority["KELUARGA DUPLIKAT (NIK & NAMA)"]!
        let same = Dictionary(grouping: repeated) {
            [$0["Nama Kepala Keluarga"]!, $0["Alamat"]!, $0["Tanggal Lahir Kepala Keluarga"]!]
        }
        #expect(same.values.allSatisfy { $0.count == 2 })
        #expect(isLikely(same.count, of: rows.count - same.count, share: 0.04))
        #expect(Set(rows.map { $0["ID Keluarga P3KE"]! }).count == rows.count)
    }

    @Test("a NIK is missing, repeated, exponential or quoted at its rate, and the rest is whole")
    func dirtyNIK() {
        let rows = WrittenLayouts.dirty[.p3keIndividu2]
        let nik = rows.map { $0["NIK"]! }
        func count(_ isCounted: (String) -> Bool) -> Int { nik.filter(isCounted).count }
        #expect(isLikely(count(\.isEmpty), of: rows.count, share: 0.10))
        #expect(isLikely(count { $0.hasSuffix("E+15") }, of: rows.count, share: 0.03))
        #expect(isLikely(count { $0.hasPrefix("'99") }, of: rows.count, share: 0.05))
        #expect(
            nik.allSatisfy {
                $0.isEmpty || $0.hasPrefix("9.9") && $0.hasSuffix("E+15") && $0.count == 11
                    || ReadNIK($0.hasPrefix("'") ? String($0.dropFirst()) : $0) != nil
            })
        let families = Dictionary(grouping: rows) { $0["ID Keluarga P3KE"]! }
        var repeats = 0
        for members in families.values {
            let byNIK = Dictionary(grouping: members) { $0["NIK"]! }
            for (nik, members) in byNIK where nik != "" && members.count > 1 {
                repeats += 1
                #expect(members.allSatisfy { $0["Prioritas Verval"] == "NIK DUPLIKAT" })
            }
        }
        #expect(repeats > 20)
    }

    @Test("the NIK of some heads is that of another head, and Prioritas Verval of individu says so")
    func repeatedHeads() {
        let made = WrittenLayouts.dirty
        let heads = made[.p3keIndividu2].filter {
            $0["Hubungan dengan Kepala Keluarga"] == "KEPALA KELUARGA"
        }
        let families = made[.p3keKeluarga2]
        #expect(heads.map { $0["NIK"] } == families.map { $0["NIK Kepala Keluarga"] })
        let truth = Dictionary(
            uniqueKeysWithValues: made.identities.filter { $0["id_p3ke_2023"] != "" }
                .map { ($0["id_p3ke_2023"]!, $0) }
        )
        let wholeNIK = Set(made.identities.map { $0["nik_kepala"]! })
        var wrong = 0
        for head in heads {
            guard let family = truth[head["ID Keluarga P3KE"]!],
                wholeNIK.contains(head["NIK"]!), head["NIK"] != family["nik_kepala"]
            else { continue }
            wrong += 1
            #expect(head["Prioritas Verval"] == "NIK DUPLIKAT")
        }
        #expect(isLikely(wrong, of: families.count, share: 0.05))
    }
}
