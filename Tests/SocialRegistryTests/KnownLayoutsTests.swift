import PovertyModel
import SocialRegistry
import Testing

@Suite("Every layout, from header to record")
struct KnownLayoutsTests {
    typealias Result = RegistryReaderTests.Result

    static func read(
        _ columns: [String],
        _ values: [[String: String]],
        year: Int? = nil
    ) throws -> Result {
        let rows = values.map { Fixture.row(columns, $0, filler: "") }
        let text = ([columns] + rows).map { Fixture.line($0) }.joined()
        return try RegistryReaderTests.read(text: text, year: year)
    }

    static func header(_ columns: [String]) throws -> RegistryHeader {
        try #require(RegistryHeader(cells: columns, row: 1))
    }

    @Test(
        "each list of columns is recognised as its layout, in any order",
        arguments: RegistryLayout.all.filter { !$0.columns.isEmpty }.map(\.id))
    func recognised(_ id: String) throws {
        let layout = try #require(RegistryLayout.all.first { $0.id == id })
        #expect(try Self.header(layout.columns).layout.id == id)
        #expect(try Self.header(layout.columns.reversed()).layout.id == id)
        #expect(try Self.header(layout.columns.map { $0.uppercased() }).layout.id == id)
        #expect(Set(layout.columns).count == layout.columns.count)
    }

    @Test("the lists have as many columns as the registers say")
    func counts() {
        #expect(DTSENLayout.keluargaColumns.count == 52)
        #expect(DTSENLayout.anggotaColumns.count == 48)
        #expect(P3KELayout.keluarga1Columns.count == 31)
        #expect(P3KELayout.individu1Columns.count == 31)
        // Version 2 has eleven columns more, and no running number.
        #expect(P3KELayout.keluarga2Columns.count == 41)
        #expect((65...80).contains(BDTLayout.columns.count))
    }

    @Test("no column of any layout serves two fields")
    func oneFieldEach() throws {
        for layout in RegistryLayout.all where !layout.columns.isEmpty {
            let header = try Self.header(layout.columns)
            let positions = RegistryField.allCases.compactMap(header.position)
            #expect(Set(positions).count == positions.count, "\(layout.id)")
            #expect(header.fields.count { $0 != nil } == positions.count)
        }
    }

    @Test("NIK and Nama are the head's in a list of keluarga, the person's in one of persons")
    func whose() throws {
        let keluarga = try Self.header(P3KELayout.keluarga1Columns)
        #expect(keluarga.fields[10] == .headNIK)
        #expect(keluarga.fields[9] == .headName)
        let individu = try Self.header(P3KELayout.individu1Columns)
        let nik = try #require(individu.columns.firstIndex(of: "NIK"))
        #expect(individu.position(of: .personNIK) == nik)
        #expect(individu.position(of: .headNIK) == nil)
        let second = try Self.header(P3KELayout.keluarga2Columns)
        #expect(
            second.columns[try #require(second.position(of: .headNIK))] == "NIK Kepala Keluarga")
        #expect(
            second.columns[try #require(second.position(of: .birthDate))]
                == "Tanggal Lahir Kepala Keluarga")
        let dtsen = try Self.header(DTSENLayout.keluargaColumns)
        #expect(
            dtsen.columns[try #require(dtsen.position(of: .headName))] == "nama_anggota_keluarga")
    }

    @Test(
        "spellings and typos in use are understood",
        arguments: [
            ("Hubungan dengan Kepala Keluarga", "Hubungan Dengan Kpl. Keluarga"),
            ("Penerima BPNT", "Penerima BNPT"), ("Usia 22-59", "Usia 22-50"),
            ("Kode Kemdagri", "Kode Kemendagri"), ("Kabupaten/Kota", "Kabupaten"),
            ("Desa/Kelurahan", "Desa"), ("Nama", "Nama  Lengkap"),
        ])
    func typos(usual: String, variant: String) throws {
        let columns = P3KELayout.individu1Columns
        let index = try #require(columns.firstIndex(of: usual))
        var changed = columns
        changed[index] = variant
        let header = try Self.header(changed)
        #expect(header.layout.id == "p3ke-individu-1")
        #expect(header.fields == (try Self.header(columns)).fields)
        // The code list is found under the other name too.
        #expect(
            (header.layout.codeList(for: variant) == nil)
                == (header.layout.codeList(for: usual) == nil))
    }

    @Test("the DTSEN variant of another province is read")
    func lampung() throws {
        let columns = DTSENLayout.keluargaColumns.map {
            switch $0 {
            case "nama_anggota_keluarga": "nama_kepala_keluarga"
            case "luas_lantai": "luas_bangunan_tempat_tinggal"
            default: $0
            }
        }
        let header = try Self.header(columns)
        #expect(header.layout.id == "dtsen-keluarga")
        #expect(header.position(of: .headName) == 10)
        let persons = DTSENLayout.anggotaColumns.map { $0 == "tanggal_lahir" ? "umur" : $0 }
        #expect(try Self.header(persons + ["nama_sekolah"]).layout.id == "dtsen-anggota")
    }

    @Test("P3KE keys carry the year of the list")
    func p3keYear() throws {
        let values = ["ID Keluarga P3KE": "990000001", "Desil Kesejahteraan": "Desil 1"]
        for columns in [P3KELayout.keluarga1Columns, P3KELayout.keluarga2Columns] {
            let result = try Self.read(columns, [values, values], year: 2023)
            #expect(result.keluarga.map(\.key) == ["p3ke:2023:990000001"])
            #expect(result.keluarga.first?.desil == Desil(1))
            #expect(result.rejected.map(\.reason) == [.duplicateKeluarga])
        }
        #expect(FamilyKey.number(in: "p3ke:2023:990000001") == "990000001")
        #expect(FamilyKey.number(in: "9900000000000001") == "9900000000000001")
        #expect(FamilyKey.number(in: "regsosek:3513010001:1:2") == "regsosek:3513010001:1:2")
    }

    @Test("P3KE individu rows become persons of their keluarga")
    func p3keIndividu() throws {
        for columns in [P3KELayout.individu1Columns, P3KELayout.individu2Columns] {
            let result = try Self.read(
                columns,
                [
                    [
                        "ID Keluarga P3KE": "990000001", "NIK": "9913910101800001",
                        "Hubungan dengan Kepala Keluarga": "KEPALA KELUARGA",
                        "Kode Kemdagri": "3513912001", "Desa/Kelurahan": "REKAAN LOR",
                    ],
                    [
                        "ID Keluarga P3KE": "990000001", "NIK": "",
                        "Hubungan dengan Kepala Keluarga": "Istri",
                    ],
                    [
                        "ID Keluarga P3KE": "990000002", "NIK": "9913910101800001",
                        "Hubungan dengan Kepala Keluarga": "Anak",
                    ],
                    ["ID Keluarga P3KE": "990000001", "NIK": "9913910101800001"],
                    [
                        "ID Keluarga P3KE": "990000001", "NIK": "9913910101800001",
                        "Nama": "ORANG LAIN",
                    ],
                    ["ID Keluarga P3KE": "", "NIK": "9913910101800002"],
                ],
                year: 2022)
            #expect(
                result.persons.map(\.familyKey) == [
                    "p3ke:2022:990000001", "p3ke:2022:990000001", "p3ke:2022:990000002",
                    "p3ke:2022:990000001",
                ])
            #expect(
                result.persons.map(\.personKey)
                    == ["9913910101800001", nil, "9913910101800001", "9913910101800001"])
            #expect(result.persons.map(\.isHead) == [true, false, false, false])
            #expect(
                result.persons.map(\.remarks) == [
                    [], [.nikMissing], [.nikRepeated], [.nikRepeated],
                ])
            #expect(result.persons.first?.place.code == "3513912001")
            #expect(result.rejected.map(\.reason) == [.duplicatePerson, .noRegisterID])
            #expect(result.rejected.map(\.column) == ["NIK", "ID Keluarga P3KE"])
        }
    }

    @Test("DTSEN anggota rows join their keluarga by No KK")
    func anggota() throws {
        let result = try Self.read(
            DTSENLayout.anggotaColumns,
            [
                [
                    "nomor_kartu_keluarga": "9900000000000001",
                    "nomor_induk_kependudukan": "9913910101800001",
                    "status_hubungan_keluarga": "1", "kode_kelurahan_desa_ktp": "3513910001",
                    "kelurahan_desa_ktp": "REKAAN LOR", "kecamatan_ktp": "KARANGREKA",
                ],
                [
                    "nomor_kartu_keluarga": "9900000000000001",
                    "nomor_induk_kependudukan": "9.91391E+15", "status_hubungan_keluarga": "3",
                ],
                [
                    "nomor_kartu_keluarga": "",
                    "nomor_induk_kependudukan": "9913910101800003",
                ],
            ])
        #expect(result.persons.map(\.isHead) == [true, false])
        #expect(result.persons.map(\.remarks) == [[], [.nikRounded]])
        #expect(
            result.persons.first?.place
                == WrittenPlace(
                    code: "3513910001", desaName: "REKAAN LOR", kecamatanName: "KARANGREKA"))
        #expect(result.rejected.map(\.reason) == [.noFamilyCardNumber])
    }

    @Test("DTKS persons keep their row without No KK, since no other list has it")
    func dtks() throws {
        let result = try Self.read(
            DTKSLayout.columns,
            [
                ["NIK": "9913910101800001", "NOKK": "9900000000000001", "id_desa": "3513910001"],
                ["NIK": "9913910101800002", "NOKK": ""],
                ["NIK": "9913910101800003", "NOKK": "99000000000001"],
            ])
        #expect(result.persons.map(\.familyKey) == ["9900000000000001", nil, nil])
        #expect(
            result.persons.map(\.remarks) == [
                [], [.familyCardNumberMissing], [.familyCardNumberDamaged],
            ])
        #expect(result.persons.first?.place.code == "3513910001")
        #expect(try Self.header(DTKSLayout.columns).layout.role == .personRegister)
    }

    @Test(
        "BDT puts the code of the desa together and ranks by percentile",
        arguments: [
            (["35", "13", "010", "001"], "3513010001"), (["35", "13", "10", "1"], "3513010001"),
            (["35", "3513", "3513010", "1"], "3513010001"),
            (["35", "13", "01", "2001"], "3513012001"),
            (["35.0", "13.0", "1.0", "2001"], "3513012001"),
            (["35", "13", "020", "3513010001"], "3513010001"),
            // Pieces that contradict each other stay as they are written.
            (["35", "13", "3514010", "7"], "7"), (["", "13", "010", "001"], "001"),
        ])
    func bdt(pieces: [String], code: String) throws {
        var values = ["IDBDT": "9900000000000217", "Percentile": "11", "Jumlah_ART": "4"]
        for (column, piece) in zip(["KDPROP", "KDKAB", "KDKEC", "KDDESA"], pieces) {
            values[column] = piece
        }
        let keluarga = try #require(try Self.read(BDTLayout.columns, [values]).keluarga.first)
        #expect(keluarga.place.code == code)
        #expect(keluarga.key == "bdt:9900000000000217")
        #expect(keluarga.desil == Desil(2))
        #expect(keluarga.memberCount == 4)
        #expect(keluarga.remarks.isEmpty)
    }

    @Test("percentiles fall into tenths")
    func percentiles() throws {
        let rows = ["1", "10", "11", "40", "100", "0", "101", ""].enumerated().map {
            ["IDBDT": "99\($0.offset)", "Percentile": $0.element]
        }
        let keluarga = try Self.read(BDTLayout.columns, rows).keluarga
        #expect(keluarga.map { $0.desil?.number } == [1, 1, 2, 4, 10, nil, nil, nil])
    }

    @Test("Regsosek has no desil, and a key of its own where the No KK column is missing")
    func regsosek() throws {
        let values = [
            "kode_provinsi": "35", "kode_kabupaten": "13", "kode_kecamatan": "010",
            "kode_desa": "001", "kode_sls_non_sls": "0003", "kode_sub_sls": "00",
            "no_urut_bangunan_tinggal": "012", "no_urut_keluarga_verif": "014",
            "no_kk": "9900000000000001",
        ]
        let full = try #require(try Self.read(RegsosekLayout.columns, [values]).keluarga.first)
        #expect(full.key == "9900000000000001")
        #expect(full.place.code == "3513010001")
        #expect(full.desil == nil && full.remarks.isEmpty)
        var other = values
        other["no_urut_bangunan_tinggal"] = "12"
        let result = try Self.read(
            RegsosekLayout.columns.filter { $0 != "no_kk" }, [values, other])
        #expect(result.keluarga.map(\.key) == ["regsosek:3513010001:3:0:12:14"])
        #expect(result.rejected.map(\.reason) == [.duplicateKeluarga])
    }

    @Test("a BSPS sheet gives positions by No KK or NIK")
    func bsps() throws {
        let position = ["Latitude": "-7.77", "Longitude": "113.41", "Akurasi_GPS_m": "4"]
        let result = try Self.read(
            BSPSLayout.columns,
            [
                position.merging(["nomor_KK": "9900000000000001"]) { $1 },
                position.merging(["nomor_KK": "9.9E+15", "NIK": "9913910101800001"]) { $1 },
                position.merging(["NIK": "9913910101800001"]) { $1 },
                position.merging(["NIK": "RAHASIA"]) { $1 },
            ])
        #expect(result.positions.map(\.key) == ["9900000000000001", "nik:9913910101800001"])
        #expect(result.positions.map(\.x) == ["113.41", "113.41"])
        #expect(result.positions.map(\.y) == ["-7.77", "-7.77"])
        #expect(result.positions.map(\.accuracyMetres) == ["4", "4"])
        #expect(result.positions.map(\.remarks) == [[], [.familyCardNumberRounded]])
        #expect(result.rejected.map(\.reason) == [.duplicateKeluarga, .noFamilyCardNumber])
    }

    @Test("a plain table with NIK, longitude and latitude gives positions")
    func positionList() throws {
        let header = try Self.header(["no", "nik", "nama", "lat", "lng"])
        #expect(header.layout.id == "posisi")
        #expect(header.position(of: .positionX) == 4)
    }

    @Test("the full verval sheet is one of positions even with all columns of P3KE")
    func vervalSuperset() throws {
        let columns =
            P3KELayout.keluarga2Columns + ["RT", "RW", "Koordinat_X", "Koordinat_Y", "nomor_KK"]
            + VervalLayout.furtherColumns
            + ["status_keberadaan_target", "status_verifikasi", "VERVAL_memenuhi_kriteria_P3KE"]
        #expect(try Self.header(columns).layout.id == "verval")
    }

    @Test("a register with coordinates keeps them")
    func keluargaWithPosition() throws {
        let columns = P3KELayout.keluarga1Columns + ["lat", "lng"]
        let result = try Self.read(
            columns,
            [
                ["ID Keluarga P3KE": "991", "lat": "-7,77", "lng": "113,41"],
                ["ID Keluarga P3KE": "992"],
            ])
        #expect(result.keluarga.map { $0.position?.x } == ["113,41", nil])
        #expect(result.keluarga.map { $0.position?.y } == ["-7,77", nil])
    }
}
