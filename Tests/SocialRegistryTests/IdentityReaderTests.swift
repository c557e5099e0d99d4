import PovertyModel
import SocialRegistry
import Testing

@Suite("What linking needs of a row")
struct IdentityReaderTests {
    static func read(
        _ columns: [String],
        _ values: [String: String],
        year: Int? = nil
    ) throws -> IdentityFields {
        let header = try #require(RegistryHeader(cells: columns, row: 1))
        let reader = IdentityReader(header: header, year: year)
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        var found: IdentityFields?
        let line = Fixture.line(Fixture.row(columns, values, filler: ""))
        try parser.feed(Array(line.utf8)) { row in
            found = reader.read(row)
            return true
        }
        return try #require(found)
    }

    @Test("a P3KE keluarga gives its head and the parts of the address")
    func p3ke() throws {
        let fields = try Self.read(
            P3KELayout.keluarga1Columns,
            [
                "ID Keluarga P3KE": "990000001", "NIK": "9913914101800001",
                "Kepala Keluarga": "SITI REKAAN", "Jenis Kelamin": "PEREMPUAN",
                "Tanggal Lahir": "1/1/1980 0:00:00", "Kode Kemdagri": "3513912001",
                "Desa/Kelurahan": "REKAAN LOR", "Kecamatan": "KARANGREKA",
                "Alamat": "DUSUN KRAJAN RT 003 RW 001",
            ],
            year: 2022)
        #expect(fields.nik == 9_913_914_101_800_001)
        #expect(fields.cardNumber == nil)
        #expect(fields.familyKey == "p3ke:2022:990000001")
        #expect(fields.name == "SITI REKAAN")
        #expect(fields.birthDate?.iso == "1980-01-01")
        #expect(fields.isWoman == true && fields.isHead)
        #expect(fields.desaCode == "3513912001" && fields.desaName == "REKAAN LOR")
        #expect(fields.kecamatanName == "KARANGREKA")
        #expect(fields.rt == 3 && fields.rw == 1 && fields.dusun == "KRAJAN")
    }

    @Test("a member gives his own data, with RT and RW of the KTP")
    func anggota() throws {
        let fields = try Self.read(
            DTSENLayout.anggotaColumns,
            [
                "nomor_induk_kependudukan": "'9913910101800001", "nama": "BUDI REKAAN",
                "nomor_kartu_keluarga": "9900000000000001", "tanggal_lahir": "29221",
                "jenis_kelamin": "1", "status_hubungan_keluarga": "Kepala Keluarga",
                "rt_ktp": "003", "rw_ktp": "1.0", "dusun_ktp": "KRAJAN",
                "kode_kelurahan_desa_ktp": "3513910001", "alamat_ktp": "DUSUN LAIN RT 9 RW 9",
            ])
        #expect(fields.nik == 9_913_910_101_800_001)
        #expect(fields.cardNumber == 9_900_000_000_000_001)
        #expect(fields.familyKey == "9900000000000001")
        #expect(fields.birthDate?.iso == "1980-01-01")
        #expect(fields.isWoman == false && fields.isHead)
        #expect(fields.rt == 3 && fields.rw == 1 && fields.dusun == "KRAJAN")
        #expect(fields.address == "DUSUN LAIN RT 9 RW 9")
        #expect(fields.desaCode == "3513910001")
    }

    @Test("BDT says the RT in the name of the SLS")
    func bdt() throws {
        let fields = try Self.read(
            BDTLayout.columns,
            [
                "IDBDT": "99217", "Nama_KRT": "BUDI", "Nama_SLS": "RT 003 RW 001 DUSUN KRAJAN",
                "KDPROP": "35", "KDKAB": "13", "KDKEC": "91", "KDDESA": "1",
                "Nomor_PLN": "990000000001",
            ])
        #expect(fields.name == "BUDI")
        #expect(fields.rt == 3 && fields.rw == 1 && fields.dusun == "KRAJAN")
        #expect(fields.desaCode == "3513091001")
        #expect(fields.electricityCustomer == "990000000001")
    }

    @Test("a row of nothing gives nothing")
    func empty() throws {
        let fields = try Self.read(DTSENLayout.keluargaColumns, [:])
        #expect(fields.nik == nil && fields.cardNumber == nil && fields.familyKey == nil)
        #expect(fields.birthDate == nil && fields.isWoman == nil && fields.rt == nil)
        #expect(fields.name.isEmpty && fields.dusun.isEmpty)
    }
}
