extension RegistryLayout {
    /// Ties go to the earlier one.
    public static let all: [RegistryLayout] = [
        dtsenKeluarga, dtsenAnggota, p3keKeluarga2, p3keKeluarga1, p3keIndividu2, p3keIndividu1,
        dtks, bdt, regsosek, verval, bsps, positionList,
    ]

    /// Columns that only a list of persons has.
    private static let personColumns = [
        "id individu", "hubungan dengan kepala keluarga", "hubungan dengan kpl keluarga",
        "status hubungan keluarga", "idsemesta",
    ]

    /// DTSEN keluarga set, 52 variables (2025-).
    public static let dtsenKeluarga = RegistryLayout(
        id: "dtsen-keluarga",
        title: "DTSEN keluarga",
        source: "DTSEN",
        role: .fullRegister,
        required: [.familyCardNumber, .desaCode, .desil],
        signature: ["desil nasional", "nomor kartu keluarga", "kode kelurahan desa"],
        excluded: personColumns
    )

    /// DTSEN anggota set, 48 variables.
    public static let dtsenAnggota = RegistryLayout(
        id: "dtsen-anggota",
        title: "DTSEN anggota",
        source: "DTSEN",
        role: .members,
        required: [.familyCardNumber, .personNIK],
        signature: [
            "nomor induk kependudukan", "status hubungan keluarga", "partisipasi sekolah",
            "jenjang tertinggi yang diduduki", "kode kelurahan desa ktp",
        ]
    )

    /// P3KE keluarga, version 2 (2023).
    public static let p3keKeluarga2 = RegistryLayout(
        id: "p3ke-keluarga-2",
        title: "P3KE keluarga versi 2",
        source: "P3KE",
        role: .partialRegister,
        required: [.p3keID, .desil, .desaName],
        signature: ["desil kesejahteraan", "id keluarga p3ke", "persentil", "prioritas verval"],
        excluded: personColumns
    )

    /// P3KE keluarga, version 1 (2022).
    public static let p3keKeluarga1 = RegistryLayout(
        id: "p3ke-keluarga-1",
        title: "P3KE keluarga versi 1",
        source: "P3KE",
        role: .partialRegister,
        required: [.p3keID, .desil, .desaName],
        signature: ["desil kesejahteraan", "id keluarga p3ke", "padan dukcapil"],
        excluded: personColumns
    )

    /// P3KE individu, version 2 (2023).
    public static let p3keIndividu2 = RegistryLayout(
        id: "p3ke-individu-2",
        title: "P3KE individu versi 2",
        source: "P3KE",
        role: .members,
        required: [.p3keID, .personName],
        requiredAny: [.personID, .relationship],
        signature: [
            "id individu", "id keluarga p3ke", "persentil", "prioritas verval", "usia 2023",
            "kelompok usia 2023", "dimuktakhirkan tahun", "penerima prakerja", "penerima kur",
        ]
    )

    /// P3KE individu, version 1 (2022).
    public static let p3keIndividu1 = RegistryLayout(
        id: "p3ke-individu-1",
        title: "P3KE individu versi 1",
        source: "P3KE",
        role: .members,
        required: [.p3keID, .personName],
        requiredAny: [.personID, .relationship],
        signature: [
            "id individu", "id keluarga p3ke", "padan dukcapil", "usia dibawah 7 tahun",
            "usia 7 12", "usia 13 15", "usia 16 18", "usia 19 21", "usia 22 59", "usia 22 50",
            "usia 60 tahun keatas",
        ]
    )

    /// DTKS person list of SIKS-NG; its No KK are the families, and it has no desil.
    public static let dtks = RegistryLayout(
        id: "dtks",
        title: "DTKS orang",
        source: "DTKS",
        role: .personRegister,
        required: [.familyCardNumber, .personNIK],
        signature: [
            "idsemesta", "first sk", "verifyid", "isaktifhamil", "bnpt ppkm", "rutilahu",
            "periode pkh", "is nonaktif", "masih hidup label",
        ]
    )

    /// BDT rumah tangga, 2015 to 2019.
    public static let bdt = RegistryLayout(
        id: "bdt",
        title: "BDT rumah tangga",
        source: "BDT",
        role: .partialRegister,
        required: [.bdtID, .provinsiCode, .kabupatenCode, .kecamatanCode, .desaCode],
        signature: ["idbdt", "ruta6", "kdprop", "kddesa", "nama krt", "percentile"],
        composesDesaCode: true
    )

    /// Regsosek keluarga, 2022.
    public static let regsosek = RegistryLayout(
        id: "regsosek",
        title: "Regsosek keluarga",
        source: "Regsosek",
        role: .partialRegister,
        required: [.provinsiCode, .kabupatenCode, .kecamatanCode, .desaCode, .slsCode],
        requiredAny: [.familyNumber, .familyCardNumber],
        signature: [
            "kode sls non sls", "kode sub sls", "no urut bangunan tinggal",
            "no urut keluarga verif", "kode landmark wilkerstat",
        ],
        excluded: personColumns,
        composesDesaCode: true
    )

    /// A local verification sheet with positions.
    public static let verval = RegistryLayout(
        id: "verval",
        title: "lembar verval",
        source: "verval",
        role: .positions,
        required: [.familyCardNumber, .positionX, .positionY],
        signature: [
            "koordinat x", "koordinat y", "verval memenuhi kriteria p3ke",
            "status keberadaan target", "status verifikasi", "nama perbaikan", "nik perbaikan",
            "verval keterangan",
        ]
    )

    /// The checking sheet of house repair aid, positions at the front door.
    public static let bsps = RegistryLayout(
        id: "bsps",
        title: "lembar BSPS/RTLH",
        source: "BSPS",
        role: .positions,
        required: [.positionX, .positionY],
        requiredAny: [.familyCardNumber, .headNIK],
        signature: [
            "akurasi gps m", "akurasi gps", "akurasi m", "jarak m", "hasil verifikasi",
            "ms tms", "keterangan ms tms", "foto tampak depan",
        ]
    )

    /// Any table of families with longitude and latitude, as local applications export it.
    public static let positionList = RegistryLayout(
        id: "posisi",
        title: "daftar posisi",
        source: "posisi",
        role: .positions,
        required: [.positionX, .positionY],
        requiredAny: [.familyCardNumber, .headNIK],
        signature: ["longitude", "lon", "lng", "bujur", "latitude", "lat", "lintang"]
    )
}
