import PovertyModel
import SocialRegistry
import Testing

@testable import RegistrySimulation

@Suite struct DTSENKeluargaWriterTests {
    @Test("every row has the 52 fields of the layout, dirt or not")
    func wellFormed() {
        for made in [WrittenRegistry.squares, .cleanKabupaten] {
            let rows = parsedCSV(made.dtsen)
            #expect(rows[0] == DTSENLayout.keluargaColumns)
            #expect(rows.allSatisfy { $0.count == 52 })
        }
    }

    @Test("some names and addresses have a comma and are quoted")
    func quoting() {
        let rows = table(WrittenRegistry.squares.dtsen)
        #expect(rows.contains { $0["alamat"]!.contains(", RT ") })
        #expect(rows.contains { $0["nama_anggota_keluarga"]!.contains(", S.") })
    }

    @Test("the writer reports its rows; repeated cards are the planned duplicates and no others")
    func duplicates() {
        let made = WrittenRegistry.squares
        let rows = table(made.dtsen)
        let count = made.registry.writeDTSEN { _ in }
        #expect(rows.count == count)
        let byCard = Dictionary(grouping: rows) { $0["nomor_kartu_keluarga"]! }
        #expect(byCard.count == 8000)
        #expect(byCard.keys.allSatisfy { $0.count == 16 && $0.hasPrefix("99") })
        for row in table(made.truth) {
            let dirt = row["kotor_dtsen"]!.split(separator: "|")
            let copies = byCard[row["nomor_kartu_keluarga"]!]!
            let isOther = dirt.contains("ganda_desil_lain")
            #expect(copies.count == (isOther || dirt.contains("ganda") ? 2 : 1))
            if copies.count == 2 {
                #expect((copies[0]["desil_nasional"] != copies[1]["desil_nasional"]) == isOther)
                #expect(copies[0]["kelurahan_desa"] == copies[1]["kelurahan_desa"])
            }
        }
    }

    @Test("without dirt every code, name and desil is the true one")
    func clean() {
        let made = WrittenRegistry.cleanKabupaten
        let desa = Dictionary(
            uniqueKeysWithValues: made.areas.map { ($0.desa.code.dotted, $0.desa) }
        )
        let (rows, truth) = (table(made.dtsen), table(made.truth))
        #expect(rows.count == truth.count)
        for (row, truth) in zip(rows, truth) {
            let desa = desa[truth["kode_desa"]!]!
            #expect(row["kode_kelurahan_desa"] == desa.bpsCode.text)
            #expect(row["kode_kecamatan"] == String(desa.bpsCode.text.prefix(7)))
            #expect(row["kelurahan_desa"] == desa.name.uppercased())
            #expect(row["kecamatan"] == desa.kecamatanName.uppercased())
            #expect(row["kode_kabupaten_kota"] == "3513")
            #expect(row["desil_nasional"] == truth["desil_nasional"])
            #expect(truth["kotor_dtsen"] == "" && truth["kotor_verval"] == "")
        }
    }

    @Test("codes are those of the lists, and the poor live in poorer houses")
    func housing() {
        let rows = table(WrittenRegistry.cleanKabupaten.dtsen)
        let lists: [(String, ClosedRange<Int>)] = [
            ("status_kepemilikan_rumah", 1...5), ("jenis_lantai_terluas", 1...9),
            ("jenis_dinding_terluas", 1...7), ("jenis_atap_terluas", 1...8),
            ("sumber_air_minum_utama", 1...11), ("sumber_penerangan_utama", 1...4),
            ("bahan_bakar_utama_memasak", 0...11), ("fasilitas_bab", 1...6),
            ("kepemilikan_aset", 1...2), ("aset_bergerak_mobil", 1...2),
            ("desil_provinsi", 1...10), ("desil_kabupaten_kota", 1...10),
            ("jumlah_anggota_keluarga", 1...8), ("luas_lantai", 15...150),
            ("jumlah_ternak_sapi", 0...3),
        ]
        for (column, codes) in lists {
            #expect(rows.allSatisfy { codes.contains(Int($0[column]!)!) }, "\(column)")
        }
        #expect(
            rows.allSatisfy {
                ($0["daya_terpasang"] == "") == (Int($0["sumber_penerangan_utama"]!)! > 2)
            }
        )
        func share(_ column: String, _ code: String, _ desil: ClosedRange<Int>) -> Double {
            let group = rows.filter { desil.contains(Int($0["desil_nasional"]!)!) }
            return Double(group.filter { $0[column] == code }.count) / Double(group.count)
        }
        #expect(
            share("jenis_lantai_terluas", "8", 1...2) > 4
                * share("jenis_lantai_terluas", "8", 9...10)
        )
        #expect(share("fasilitas_bab", "1", 9...10) > 1.5 * share("fasilitas_bab", "1", 1...2))
        let members = rows.reduce(0) { $0 + Int($1["jumlah_anggota_keluarga"]!)! }
        #expect(abs(Double(members) / 6000 - 3.1) < 0.1)
    }
}
