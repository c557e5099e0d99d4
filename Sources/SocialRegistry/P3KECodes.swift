/// The value lists of P3KE; it writes labels only, version 1 in title case, version 2 in capitals.
public enum P3KECodes {
    /// The list of a column (its name reduced) of a version, 1 or 2.
    public static func list(for column: String, version: Int) -> CodeList? {
        precondition((1...2).contains(version), "P3KE has no version \(version)")
        let name = RegistryHeader.reduced(column)
        return (version == 1 ? first[name] : second[name]) ?? shared[name]
    }

    static let yesNo = CodeList("ya/tidak", labels: ["Ya", "Tidak"])
    static let yesNoUnknown = CodeList("ya/tidak/kosong", labels: ["Ya", "Tidak", "Kosong"])
    static let quality = CodeList(
        "kualitas", labels: ["Bagus/Kualitas Tinggi", "Jelek/Kualitas Rendah", "Kosong"])
    static let sex = CodeList("jenis kelamin", labels: ["Laki-laki", "Perempuan"])
    static let work = CodeList(
        "pekerjaan",
        labels: [
            "Tidak/Belum Bekerja", "Petani", "Nelayan", "Pedagang", "Pejabat Negara",
            "PNS/TNI/Polri", "Pegawai Swasta", "Wiraswasta", "Pensiunan", "Pekerja Lepas",
        ]
    )
    static let workStatus = CodeList(
        "status pekerjaan",
        labels: [
            "Berusaha Sendiri",
            "Berusaha Dibantu Buruh Tidak Tetap/Buruh Tidak Dibayar",
            "Berusaha Dibantu Buruh Tetap/Dibayar", "Buruh/Karyawan/Pegawai", "Pekerja Bebas",
            "Pekerja Keluarga/Tidak Dibayar", "Kosong",
        ]
    )
    static let marriage = CodeList(
        "status kawin", labels: ["Belum Kawin", "Kawin", "Cerai Hidup", "Cerai Mati"])
    static let relationship = CodeList(
        "hubungan dengan kepala keluarga",
        labels: ["Kepala Keluarga", "Istri", "Istri/Suami", "Anak", "Lainnya"]
    )
    static let matched2 = CodeList("padan", labels: ["Padan", "Tidak Padan", "Kosong"])

    private static let shared: [String: CodeList] = {
        var lists: [String: CodeList] = [
            "jenis kelamin": sex, "jenis kelamin kepala keluarga": sex,
            "status kawin": marriage, "status kawin kepala keluarga": marriage,
            "pekerjaan": work, "pekerjaan kepala keluarga": work,
            "status pekerjaan": workStatus, "status pekerjaan kepala keluarga": workStatus,
            "hubungan dengan kepala keluarga": relationship,
            "hubungan dengan kpl keluarga": relationship,
            "kualitas atap": quality, "kualitas dinding": quality, "kualitas lantai": quality,
            "jenis atap": CodeList(
                "jenis atap",
                labels: [
                    "Beton", "Genteng", "Asbes/Seng", "Kayu/Sirap", "Bambu",
                    "Jerami/Ijuk/Rumbia/Daun-daunan", "Lainnya",
                ],
                spellings: ["Jerami/Ijuk/Daun-daunan/Rumbia": "Jerami/Ijuk/Rumbia/Daun-daunan"]),
            "jenis dinding": CodeList(
                "jenis dinding", labels: ["Tembok", "Seng", "Kayu/Papan", "Bambu", "Lainnya"]),
            "jenis lantai": CodeList(
                "jenis lantai",
                labels: [
                    "Keramik/Granit/Marmer/Ubin/Tegel/Teraso", "Semen", "Kayu/Papan", "Bambu",
                    "Tanah", "Lainnya",
                ]),
            "bahan bakar memasak": CodeList(
                "bahan bakar memasak",
                labels: ["Listrik/Gas", "Minyak Tanah", "Arang/Kayu", "Lainnya"]),
            "sumber air minum": CodeList(
                "sumber air minum",
                labels: [
                    "Air Kemasan/Isi Ulang", "Ledeng/PAM", "Sumur Bor", "Sumur Terlindung",
                    "Sumur Tidak Terlindung", "Air Permukaan (Sungai, Danau, dll)", "Air Hujan",
                    "Lainnya",
                ]),
            "resiko stunting": CodeList(
                "risiko stunting",
                labels: [
                    "Beresiko Stunting", "Tidak Beresiko Stunting", "Bukan Target Sasaran",
                ]),
        ]
        for programme in ["bpnt", "bnpt", "bpum", "bst", "pkh", "sembako", "prakerja", "kur"] {
            lists["penerima " + programme] = yesNo
        }
        for flag in P3KELayout.ageFlags + ["Usia 22-50"] {
            lists[RegistryHeader.reduced(flag)] = yesNo
        }
        return lists
    }()

    private static let first: [String: CodeList] = [
        "padan dukcapil": yesNo,
        "memiliki simpanan uang perhiasan ternak lainnya": yesNo,
        "pendidikan": CodeList(
            "pendidikan",
            labels: [
                "Tidak/belum sekolah", "Tidak tamat SD/sederajat", "Siswa SD/sederajat",
                "Siswa SMP/sederajat", "Siswa SMA/sederajat", "Tamat SD/sederajat",
                "Tamat SMP/sederajat", "Tamat SMA/sederajat", "Mahasiswa Perguruan Tinggi",
                "Tamat Perguruan Tinggi",
            ]),
        "kepemilikan rumah": CodeList(
            "kepemilikan rumah",
            labels: [
                "Milik Sendiri", "Kontrak/Sewa", "Bebas Sewa", "Menumpang", "Dinas", "Lainnya",
            ]),
        "sumber penerangan": CodeList(
            "sumber penerangan",
            labels: [
                "Listrik Pribadi s/d 900 Watt", "Listrik Pribadi > 900 Watt", "Listrik Bersama",
                "Genset/solar cell", "Non-Listrik",
            ]),
        "memiliki fasilitas buang air besar": CodeList(
            "fasilitas buang air besar",
            labels: [
                "Ya, dengan Septic Tank", "Ya, tanpa Septic Tank",
                "Tidak, Jamban Umum/Bersama", "Lainnya",
            ]),
    ]

    private static let second: [String: CodeList] = {
        let schooling = CodeList(
            "pendidikan",
            labels: [
                "Tidak/Belum Sekolah", "Tdk Tamat SD/Sederajat", "Masih SD/Sederajat",
                "Masih SLTP/Sederajat", "Masih SLTA/Sederajat", "Masih PT/Akademi",
                "Tamat SD/Sederajat", "Tamat SLTP/Sederajat", "Tamat SLTA/Sederajat",
                "Tamat PT/Akademi",
            ],
            spellings: ["Tidak Tamat SD/Sederajat": "Tdk Tamat SD/Sederajat"])
        let ages = ["< 5", "6-12", "13-15", "16-18", "19 - 59", "60+"]
        return [
            "padan dukcapil": matched2,
            "nik kepala keluarga padan kemdagri": matched2,
            "prioritas verval": CodeList(
                "prioritas verval",
                labels: [
                    "Normal", "Keluarga Duplikat (NIK & Nama)", "Keluarga NIK Kosong",
                    "Keluarga Tidak Ada Usia 17+ Tahun", "NIK Duplikat",
                ]),
            "memiliki simpanan uang perhiasan ternak lainnya": yesNoUnknown,
            "pendidikan": schooling,
            "pendidikan kepala keluarga": schooling,
            "kepemilikan rumah": CodeList(
                "kepemilikan rumah",
                labels: [
                    "Milik Sendiri", "Kontrak/Sewa", "Bebas Sewa/Menumpang", "Dinas", "Lainnya",
                ]),
            "sumber penerangan": CodeList(
                "sumber penerangan",
                labels: [
                    "Listrik PLN Meteran", "Listrik PLN Non Meteran", "Listrik Non-PLN",
                    "Bukan Listrik",
                ]),
            "daya listrik terpasang": CodeList(
                "daya listrik terpasang", labels: ["=< 900 Watt", "> 900 Watt", "Kosong"]),
            "memiliki fasilitas buang air besar": CodeList(
                "fasilitas buang air besar",
                labels: ["Milik Sendiri", "Umum/Bersama", "Kosong", "Lainnya"]),
            "kelompok usia 2023": CodeList(
                "kelompok usia 2023",
                labels: ages.map { "USIA \($0) TAHUN" },
                spellings: [
                    "< 5": "USIA < 5 TAHUN", "6-12": "USIA 6-12 TAHUN",
                    "13-15": "USIA 13-15 TAHUN", "16-18": "USIA 16-18 TAHUN",
                    "19 - 59": "USIA 19 - 59 TAHUN", "60+": "USIA 60+ TAHUN",
                ]),
        ]
    }()
}

extension RegistryLayout {
    /// The code list of a column, where one is known.
    ///
    /// BDT, Regsosek, DTKS and the DTSEN anggota set have codes too, but no public list of them.
    public func codeList(for column: String) -> CodeList? {
        switch id {
        case Self.dtsenKeluarga.id, Self.dtsenAnggota.id:
            DTSENCodes.listsByReducedName[RegistryHeader.reduced(column)]
        case Self.p3keKeluarga1.id, Self.p3keIndividu1.id:
            P3KECodes.list(for: column, version: 1)
        case Self.p3keKeluarga2.id, Self.p3keIndividu2.id:
            P3KECodes.list(for: column, version: 2)
        default:
            nil
        }
    }
}
