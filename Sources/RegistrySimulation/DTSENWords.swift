/// The answers of DTSEN in words, for files that have labels instead of integer codes.
///
/// The lists of the keluarga set are known. Those of the anggota set are assumed: they follow the
/// questionnaire of Regsosek 2022 and, for the columns of the KTP, the lists of Dukcapil.
enum DTSENWords {
    static let yes = Array("Ya".utf8)
    static let no = Array("Tidak".utf8)

    /// Empty where the question does not apply.
    static func label(of question: HousingQuestion, _ code: Int?) -> [UInt8] {
        code.map { housing[question.rawValue][$0 - question.firstCode] } ?? []
    }

    private static let housing: [[[UInt8]]] = HousingQuestion.allCases.map { question in
        switch question {
        case .ownership: words("Milik sendiri|Kontrak/sewa|Bebas sewa|Dinas|Lainnya")
        case .floor:
            words(
                "Marmer/granit|Keramik|Parket/vinil/karpet|Ubin/tegel/teraso|Kayu/papan|"
                    + "Semen/bata merah|Bambu|Tanah|Lainnya"
            )
        case .wall:
            words(
                "Tembok|Plesteran anyaman bambu/kawat|Kayu/papan/gypsum/GRC|Anyaman bambu|"
                    + "Batang kayu|Bambu|Lainnya"
            )
        case .roof:
            words("Beton|Genteng|Seng|Asbes|Bambu|Kayu/sirap|Jerami/ijuk/rumbia|Lainnya")
        case .water:
            words(
                "Air kemasan bermerk|Air isi ulang|Leding|Sumur bor/pompa|Sumur terlindung|"
                    + "Sumur tak terlindung|Mata air terlindung|Mata air tak terlindung|"
                    + "Air permukaan|Air hujan|Lainnya"
            )
        case .light:
            words(
                "Listrik PLN dengan meteran|Listrik PLN tanpa meteran|Listrik non-PLN|"
                    + "Bukan listrik"
            )
        case .power: words("450 watt|900 watt|1.300 watt|2.200 watt|> 2.200 watt")
        case .fuel:
            words(
                "Tidak memasak|Listrik|Elpiji 5,5 kg|Elpiji 12 kg|Elpiji 3 kg|Gas kota|Biogas|"
                    + "Minyak tanah|Briket|Arang|Kayu bakar|Lainnya"
            )
        case .toilet:
            words(
                "Sendiri|Bersama keluarga tertentu|MCK komunal|MCK umum|Ada, tidak digunakan|"
                    + "Tidak ada"
            )
        case .closet:
            words(
                "Leher angsa|Plengsengan dengan tutup|Plengsengan tanpa tutup|Cemplung/cubluk"
            )
        case .sewage:
            words(
                "Tangki septik|IPAL|Kolam/sawah/sungai/laut|Lubang tanah|"
                    + "Pantai/tanah lapang/kebun|Lainnya"
            )
        }
    }

    /// Whose codes run from 1.
    enum MemberQuestion: Int, CaseIterable {
        case sex, relation, maritalStatus, attendance, level, diploma, cardSchooling, yesNo, field
        case workStatus, turnover, nutrition, difficulty, sadness, illness
    }

    /// The code as it stands in the file, or its word; empty where the question does not apply.
    static func bytes(
        of question: MemberQuestion,
        _ code: Int?,
        usesLabels: Bool
    ) -> [UInt8] {
        guard let code else { return [] }
        return (usesLabels ? labels : codes)[question.rawValue][code - 1]
    }

    private static let codes: [[[UInt8]]] = labels.map { list in
        list.indices.map { Array(String($0 + 1).utf8) }
    }

    private static let labels: [[[UInt8]]] = MemberQuestion.allCases.map { question in
        switch question {
        case .sex: words("Laki-laki|Perempuan")
        case .relation:
            words(
                "Kepala keluarga|Istri/suami|Anak|Menantu|Cucu|Orang tua/mertua|"
                    + "Pembantu/sopir|Lainnya"
            )
        case .maritalStatus: words("Belum kawin|Kawin/nikah|Cerai hidup|Cerai mati")
        case .attendance: words("Tidak/belum pernah sekolah|Masih sekolah|Tidak bersekolah lagi")
        case .level:
            words(
                "Paket A|SDLB|SD|MI|SPM/PDF Ula|Paket B|SMPLB|SMP|MTs|SPM/PDF Wustha|Paket C|"
                    + "SMLB|SMA|MA|SMK|MAK|SPM/PDF Ulya|D1/D2/D3|D4/S1|Profesi|S2|S3"
            )
        case .diploma:
            words(
                "Paket A|SDLB|SD|MI|SPM/PDF Ula|Paket B|SMPLB|SMP|MTs|SPM/PDF Wustha|Paket C|"
                    + "SMLB|SMA|MA|SMK|MAK|SPM/PDF Ulya|D1/D2/D3|D4/S1|Profesi|S2|S3|"
                    + "Tidak punya ijazah"
            )
        case .cardSchooling:
            words(
                "Tidak/belum sekolah|Belum tamat SD/sederajat|Tamat SD/sederajat|"
                    + "SLTP/sederajat|SLTA/sederajat|Diploma I/II|Akademi/Diploma III/S.Muda|"
                    + "Diploma IV/Strata I|Strata II|Strata III"
            )
        case .yesNo: words("Ya|Tidak")
        case .field:
            words(
                "Pertanian tanaman padi dan palawija|Hortikultura|Perkebunan|Perikanan|"
                    + "Peternakan|Kehutanan dan pertanian lainnya|Pertambangan/penggalian|"
                    + "Industri pengolahan|Pengadaan listrik, gas|Pengelolaan air, limbah|"
                    + "Konstruksi|Perdagangan|Pengangkutan dan pergudangan|"
                    + "Penyediaan akomodasi dan makan minum|Informasi dan komunikasi|"
                    + "Keuangan dan asuransi|Real estat|Aktivitas profesional|"
                    + "Aktivitas penyewaan|Administrasi pemerintahan|Pendidikan|Kesehatan"
            )
        case .workStatus:
            words(
                "Berusaha sendiri|Berusaha dibantu buruh tidak tetap/tidak dibayar|"
                    + "Berusaha dibantu buruh tetap/dibayar|Buruh/karyawan/pegawai|"
                    + "Pekerja bebas|Pekerja keluarga/tidak dibayar"
            )
        case .turnover:
            words("< 5 juta|5 - < 15 juta|15 - < 25 juta|25 - < 167 juta|>= 167 juta")
        case .nutrition: words("Kurang gizi|Kerdil (stunting)|Tidak ada catatan")
        case .difficulty:
            words(
                "Ya, sama sekali tidak bisa|Ya, banyak kesulitan|Ya, sedikit kesulitan|"
                    + "Tidak mengalami kesulitan"
            )
        case .sadness: words("Setiap hari|Setiap minggu|Setiap bulan|Tidak pernah")
        case .illness:
            words(
                "Tidak ada|Hipertensi|Rematik|Asma|Masalah jantung|Diabetes|Tuberkulosis|"
                    + "Stroke|Kanker|Lainnya"
            )
        }
    }

    /// pekerjaan_ktp: the codes of Dukcapil have gaps.
    static func cardWork(
        _ member: SimulatedMember,
        on day: SimulatedDay,
        usesLabels: Bool
    ) -> [UInt8] {
        let entry: Int
        switch member.occupation(on: day) {
        case .none:
            let isAdult = member.age(on: day) >= 18
            let state = member.schoolState(on: day)
            let attends =
                (SchoolState.attendsPrimary.rawValue...SchoolState.attendsHigher.rawValue)
                .contains(state.rawValue)
            entry = attends ? 2 : isAdult && member.isWoman ? 1 : 0
        case .pensioner: entry = 3
        case .official, .civilServant: entry = 4
        case .trader: entry = 5
        case .farmer: entry = 6
        case .fisher: entry = 7
        case .employee: entry = 8
        case .casual: entry = 9
        case .selfEmployed: entry = 10
        }
        return usesLabels ? cardWorkLabels[entry] : cardWorkCodes[entry]
    }

    private static let cardWorkCodes = words("1|2|3|4|5|8|9|11|15|19|88")
    private static let cardWorkLabels = words(
        "Belum/tidak bekerja|Mengurus rumah tangga|Pelajar/mahasiswa|Pensiunan|"
            + "Pegawai negeri sipil|Perdagangan|Petani/pekebun|Nelayan/perikanan|"
            + "Karyawan swasta|Buruh harian lepas|Wiraswasta"
    )

    private static func words(_ text: String) -> [[UInt8]] {
        text.split(separator: "|").map { Array($0.utf8) }
    }
}
