import Geospatial
import PovertyModel
import SocialRegistry
import Testing

@testable import RegistrySimulation

@Suite struct OtherLayoutWritersTests {
    @Test("the truth of identities finds each family in every layout")
    func identities() throws {
        let made = WrittenLayouts.clean
        #expect(made.identities.count == WrittenLayouts.keluargaCount)
        #expect(
            made.identities.map { $0["keluarga"]! }
                == (0..<WrittenLayouts.keluargaCount).map(String.init))
        let byCard = Dictionary(
            uniqueKeysWithValues: made.identities.map { ($0["nomor_kartu_keluarga"]!, $0) }
        )
        let byHead = Dictionary(
            uniqueKeysWithValues: made.identities.map { ($0["nik_kepala"]!, $0) }
        )
        for (layout, column, truth) in [
            (SimulatedLayout.p3keKeluarga1, "NIK", "id_p3ke_2022"),
            (.p3keKeluarga2, "NIK Kepala Keluarga", "id_p3ke_2023"),
        ] {
            for row in made[layout] {
                let family = try #require(byHead[row[column]!])
                #expect(row["ID Keluarga P3KE"] == family[truth])
                #expect(row["Kode Kemdagri"] == family["kode_desa"]!.filter { $0 != "." })
            }
            #expect(made.identities.filter { $0[truth] != "" }.count == made[layout].count)
        }
        for row in made[.verval] {
            let family = try #require(byCard[row["nomor_KK"]!])
            if family["id_p3ke_2022"] != "" {
                #expect(row["ID Keluarga P3KE"] == family["id_p3ke_2022"])
            }
        }
        #expect(
            made.identities.allSatisfy {
                $0["id_p3ke_2022"] == "" || $0["id_p3ke_2022"] != $0["id_p3ke_2023"]
            })
        for row in made[.bsps] {
            let family = try #require(byCard[row["nomor_KK"]!])
            #expect(family["nik_kepala"] == row["NIK"])
        }
    }

    @Test("a person has the same name, NIK and birth date in every layout")
    func persons() throws {
        let made = WrittenLayouts.clean
        let anggota = Dictionary(
            uniqueKeysWithValues: made[.dtsenAnggota].map {
                ($0["nomor_induk_kependudukan"]!, $0)
            }
        )
        for row in made[.dtks] {
            let person = try #require(anggota[row["NIK"]!])
            #expect(person["nama"] == row["Nama"])
            #expect(person["nomor_kartu_keluarga"] == row["NOKK"])
        }
        for row in made[.p3keIndividu2] {
            let person = try #require(anggota[row["NIK"]!])
            #expect(person["nama"] == row["Nama"])
            #expect(person["tanggal_lahir"] == row["Tanggal Lahir"])
            #expect(
                (person["jenis_kelamin"] == "2") == (row["Jenis Kelamin"] == "PEREMPUAN"))
        }
        for person in anggota.values {
            let read = try #require(ReadNIK(person["nomor_induk_kependudukan"]!))
            #expect(read.birthDate == person["tanggal_lahir"])
            #expect(read.isWoman == (person["jenis_kelamin"] == "2"))
        }
    }

    @Test("DTSEN has all members, older registers those born by then")
    func memberCounts() {
        let made = WrittenLayouts.clean
        let keluarga = made[.dtsenKeluarga]
        let members = Dictionary(grouping: made[.dtsenAnggota]) { $0["nomor_kartu_keluarga"]! }
        for row in keluarga {
            let family = members[row["nomor_kartu_keluarga"]!]!
            #expect(String(family.count) == row["jumlah_anggota_keluarga"])
            #expect(family[0]["nama"] == row["nama_anggota_keluarga"])
            #expect(family.filter { $0["status_hubungan_keluarga"] == "1" }.count == 1)
        }
        for (layout, column, latest) in [
            (SimulatedLayout.p3keIndividu2, "Tanggal Lahir", "2023-06-30"),
            (.dtsenAnggota, "tanggal_lahir", "2026-02-01"),
        ] {
            let dates = made[layout].map { $0[column]! }
            #expect(dates.allSatisfy { $0 <= latest })
        }
        #expect(made[.p3keIndividu1].count < made[.p3keIndividu2].count)
        #expect(made[.p3keIndividu2].count < made[.dtks].count)
        for (row, family) in zip(made[.regsosek], keluarga) {
            #expect(
                Int(row["jumlah_anggota_keluarga"]!)! <= Int(family["jumlah_anggota_keluarga"]!)!)
            #expect(row["no_kk"] == family["nomor_kartu_keluarga"])
        }
    }

    @Test("the lowest forty percent are in DTKS and BDT, everybody is in Regsosek")
    func coverage() {
        let made = WrittenLayouts.clean
        let low = made[.dtsenKeluarga].filter { Int($0["desil_nasional"]!)! <= 4 }
        #expect(made[.bdt].count == low.count)
        #expect(Set(made[.dtks].map { $0["NOKK"]! }).count == low.count)
        #expect(made[.regsosek].count == WrittenLayouts.keluargaCount)
        for (row, family) in zip(made[.bdt], low) {
            #expect(row["Nama_KRT"] == family["nama_anggota_keluarga"])
            let percentile = Int(row["Percentile"]!)!
            #expect((percentile - 1) / 10 + 1 == Int(family["desil_nasional"]!)!)
        }
    }

    @Test("codes in pieces make the BPS code")
    func pieces() {
        let made = WrittenLayouts.clean
        let truth = made.identities
        let desa = Dictionary(
            uniqueKeysWithValues: made.registry.plan.map { ($0.desa.code.dotted, $0.desa) }
        )
        for (row, family) in zip(made[.regsosek], truth) {
            let code = ["kode_provinsi", "kode_kabupaten", "kode_kecamatan", "kode_desa"]
                .map { row[$0]! }
            #expect(code.map(\.count) == [2, 2, 3, 3])
            #expect(code.joined() == desa[family["kode_desa"]!]!.bpsCode.text)
        }
        for row in made[.bdt] {
            // 99 stands in the place of the province.
            let code = ["KDKAB", "KDKEC", "KDDESA"].map { row[$0]! }
            #expect(row["IDBDT"]!.hasPrefix("99" + code.joined()))
        }
        let broken = WrittenLayouts.dirty[.regsosek].filter { $0["kode_desa"] == "" }
        #expect(
            isLikely(
                broken.count, of: WrittenLayouts.keluargaCount, share: DirtRates.usual[.codeMissing]
            ))
    }

    @Test("health columns are there and mostly say no; disability of DTKS holds commas")
    func health() {
        let made = WrittenLayouts.clean
        let persons = made[.dtsenAnggota]
        for column in ["penglihatan", "berjalan_atau_naik_tangga", "kesedihan_depresi"] {
            let hard = persons.filter { !["4", ""].contains($0[column]!) }
            #expect(!hard.isEmpty && hard.count < persons.count / 50, "\(column)")
        }
        let ill = persons.filter { $0["penyakit_kronis"] != "1" }
        #expect(ill.count > persons.count / 100 && ill.count < persons.count / 8)
        let children = persons.filter { $0["kondisi_gizi"] != "" }
        #expect(children.allSatisfy { $0["tanggal_lahir"]! > "2021-01-31" })
        #expect(made[.dtks].contains { $0["keterangan_disabilitas"]!.contains(#"","tingkat""#) })
        #expect(
            persons.allSatisfy {
                ($0["rt_ktp"]!.count, $0["rw_ktp"]!.count) == (3, 3)
                    && $0["alamat_ktp"]!.contains($0["dusun_ktp"]!)
            })
    }

    @Test("the front door of BSPS is near the true one, latitude first")
    func frontDoors() throws {
        let made = WrittenLayouts.clean
        let plane = LocalPlane(latitude: -7.95)
        var truth: [String: Coordinate] = [:]
        for area in made.registry.plan.indices {
            let stream = KeluargaStream(made.registry, area: area)
            for keluarga in stream {
                truth[String(keluarga.cardNumber)] = stream.position(of: keluarga).coordinate
            }
        }
        #expect(made[.bsps].count > 10)
        for row in made[.bsps] {
            let point = Coordinate(
                longitude: try #require(Double(row["Longitude"]!)),
                latitude: try #require(Double(row["Latitude"]!))
            )
            let accuracy = try #require(Int(row["Akurasi_GPS_m"]!))
            #expect((3...24).contains(accuracy))
            // Four standard deviations, each half the accuracy, and rounding.
            let metres = plane.metres(from: point, to: try #require(truth[row["nomor_KK"]!]))
            #expect(metres < 2.5 * Double(accuracy) + 1)
            let distance = try #require(Int(row["Jarak_m"]!))
            if distance >= 50 { #expect(row["Hasil_Verifikasi"] == BSPSLayout.failsConditions) }
        }
    }

    @Test("about 3,000 houses at the published size are in BSPS")
    func housesInBSPS() {
        let registry = SimulatedRegistry(
            areas: squareDesa(columns: 6, rows: 4),
            configuration: configured(20_000),
            seed: 9
        )
        let rows = registry.write(.bsps) { _ in }
        #expect((100...240).contains(rows), "\(rows)")
    }

    @Test("codes and names are dirty at their rates in P3KE and DTKS")
    func dirtyPlaces() {
        let made = WrittenLayouts.dirty
        let rows = made[.p3keKeluarga1]
        let missing = rows.filter { $0["Kode Kemdagri"] == "" }.count
        #expect(isLikely(missing, of: rows.count, share: DirtRates.usual[.codeMissing]))
        let other = rows.filter {
            let code = $0["Kode Kemdagri"]!.filter { $0 != " " }
            return code.count == 10 && Array(code)[6] == "0"
        }
        #expect(isLikely(other.count, of: rows.count, share: DirtRates.usual[.codeOfOtherScheme]))
        let noKecamatan = made[.dtks].filter { $0["kecamatan"] == "" }.count
        #expect(noKecamatan > 0)
        let unknown = rows.filter { $0.values.contains("Tidak Terdefinisi") }.count
        #expect(isLikely(unknown, of: rows.count, share: DirtRates.usual[.housingCodeUnknown]))
    }
}
