/// The answers of P3KE in the words of each version: Title Case in 2022, upper case in 2023.
struct P3KEWords: Sendable {
    enum Version: Sendable {
        /// 2022.
        case first
        /// 2023.
        case second
    }

    let version: Version
    let yes: [UInt8]
    let no: [UInt8]
    let empty: [UInt8]
    let man: [UInt8]
    let woman: [UInt8]
    let normal: [UInt8]
    let familyRepeated: [UInt8]
    let nikMissing: [UInt8]
    let noAdult: [UInt8]
    let nikRepeated: [UInt8]
    let unknown: [UInt8]
    let good: [UInt8]
    let bad: [UInt8]
    /// By Dukcapil: match, no match, nothing to match.
    let matches: [[UInt8]]
    let relations: [[UInt8]]
    let maritalStatuses: [[UInt8]]
    let occupations: [[UInt8]]
    let workStatuses: [[UInt8]]
    /// By the raw value of `SchoolState`.
    let schooling: [[UInt8]]
    /// At risk, not at risk, not asked.
    let stunting: [[UInt8]]
    let ageGroups: [[UInt8]]
    private let answers: [[[UInt8]]]
    private let power: [[UInt8]]

    private enum Question: Int {
        case ownership, roof, wall, floor, light, fuel, water, toilet
    }

    static let first = P3KEWords(.first)
    static let second = P3KEWords(.second)

    private init(_ version: Version) {
        self.version = version
        let isFirst = version == .first
        func word(_ text: String) -> [UInt8] {
            Array((isFirst ? text : text.uppercased()).utf8)
        }
        func words(_ texts: String) -> [[UInt8]] {
            texts.split(separator: "|").map { word(String($0)) }
        }
        yes = word("Ya")
        no = word("Tidak")
        empty = word("Kosong")
        man = word("Laki-laki")
        woman = word("Perempuan")
        normal = word("Normal")
        familyRepeated = word("Keluarga Duplikat (NIK & Nama)")
        nikMissing = word("Keluarga NIK Kosong")
        noAdult = word("Keluarga Tidak Ada Usia 17+ Tahun")
        nikRepeated = word("NIK Duplikat")
        unknown = word("Tidak Terdefinisi")
        good = word("Bagus/Kualitas Tinggi")
        bad = word("Jelek/Kualitas Rendah")
        matches = words(isFirst ? "Ya|Tidak|Tidak" : "Padan|Tidak Padan|Kosong")
        relations = words("Kepala Keluarga|\(isFirst ? "Istri" : "Istri/Suami")|Anak|Lainnya")
        maritalStatuses = words("Belum Kawin|Kawin|Cerai Hidup|Cerai Mati")
        occupations = words(
            "Tidak/Belum Bekerja|Petani|Nelayan|Pedagang|Pejabat Negara|PNS/TNI/Polri|"
                + "Pegawai Swasta|Wiraswasta|Pensiunan|Pekerja Lepas"
        )
        workStatuses = words(
            "Kosong|Berusaha Sendiri|"
                + "Berusaha Dibantu Buruh Tidak Tetap/Buruh Tidak Dibayar|"
                + "Berusaha Dibantu Buruh Tetap/Dibayar|Buruh/Karyawan/Pegawai|Pekerja Bebas|"
                + "Pekerja Keluarga/Tidak Dibayar"
        )
        schooling = words(
            isFirst
                ? "Tidak/belum sekolah|Tidak tamat SD/sederajat|Siswa SD/sederajat|"
                    + "Siswa SMP/sederajat|Siswa SMA/sederajat|Mahasiswa Perguruan Tinggi|"
                    + "Tamat SD/sederajat|Tamat SMP/sederajat|Tamat SMA/sederajat|"
                    + "Tamat Perguruan Tinggi"
                : "Tidak/Belum Sekolah|Tdk Tamat SD/Sederajat|Masih SD/Sederajat|"
                    + "Masih SLTP/Sederajat|Masih SLTA/Sederajat|Masih PT/Akademi|"
                    + "Tamat SD/Sederajat|Tamat SLTP/Sederajat|Tamat SLTA/Sederajat|"
                    + "Tamat PT/Akademi"
        )
        stunting = words("Beresiko Stunting|Tidak Beresiko Stunting|Bukan Target Sasaran")
        ageGroups = words(
            "Usia < 5 Tahun|Usia 6-12 Tahun|Usia 13-15 Tahun|Usia 16-18 Tahun|"
                + "Usia 19 - 59 Tahun|Usia 60+ Tahun"
        )
        power = words("=< 900 Watt|> 900 Watt|Kosong")
        answers = [
            words(
                isFirst
                    ? "Milik Sendiri|Kontrak/Sewa|Bebas Sewa|Dinas|Lainnya|Menumpang"
                    : "Milik Sendiri|Kontrak/Sewa|Bebas Sewa/Menumpang|Dinas|Lainnya"
            ),
            words(
                // The stray blank stands in files of 2023.
                "Beton|Genteng|Asbes/Seng|Kayu/Sirap|Bambu|Jerami/Ijuk/Rumbia/"
                    + (isFirst ? "" : " ") + "Daun-daunan|Lainnya"
            ),
            words("Tembok|Seng|Kayu/Papan|Bambu|Lainnya"),
            words(
                "Keramik/Granit/Marmer/Ubin/Tegel/Teraso|Semen|Kayu/Papan|Bambu|Tanah|Lainnya"
            ),
            words(
                isFirst
                    ? "Listrik Pribadi s/d 900 Watt|Listrik Pribadi > 900 Watt|Listrik Bersama|"
                        + "Genset/solar cell|Non-Listrik"
                    : "Listrik PLN Meteran|Listrik PLN Non Meteran|Listrik Non-PLN|"
                        + "Bukan Listrik"
            ),
            words("Listrik/Gas|Minyak Tanah|Arang/Kayu|Lainnya"),
            words(
                "Air Kemasan/Isi Ulang|Ledeng/PAM|Sumur Bor|Sumur Terlindung|"
                    + "Sumur Tidak Terlindung|Air Permukaan (Sungai, Danau, dll)|Air Hujan|"
                    + "Lainnya"
            ),
            words(
                isFirst
                    ? "Ya, dengan Septic Tank|Ya, tanpa Septic Tank|Tidak, Jamban Umum/Bersama|"
                        + "Lainnya"
                    : "Milik Sendiri|Umum/Bersama|Lainnya"
            ),
        ]
    }

    func yesNo(_ value: Bool) -> [UInt8] { value ? yes : no }

    func sex(isWoman: Bool) -> [UInt8] { isWoman ? woman : man }

    func relation(_ relation: FamilyRelation) -> [UInt8] {
        switch relation {
        case .head: relations[0]
        case .spouse: relations[1]
        case .child: relations[2]
        case .childInLaw, .grandchild, .parent, .other: relations[3]
        }
    }

    func workStatus(of member: SimulatedMember, on day: SimulatedDay) -> [UInt8] {
        switch member.occupation(on: day) {
        case .none, .pensioner: workStatuses[0]
        default: workStatuses[member.workStatus]
        }
    }

    func ageGroup(_ age: Int) -> [UInt8] {
        // The files have no group for the age of five; it is put with the younger.
        let limits = [5, 12, 15, 18, 59]
        return ageGroups[limits.firstIndex { age <= $0 } ?? limits.count]
    }

    func ownership(_ house: House) -> [UInt8] {
        let code = house.ownership == 5 && version == .first ? 6 : house.ownership
        return answers[Question.ownership.rawValue][code - 1]
    }

    /// From the codes of DTSEN: beton, genteng, seng, asbes, bambu, kayu, jerami, lainnya.
    func roof(_ house: House) -> [UInt8] {
        answers[Question.roof.rawValue][[0, 1, 2, 2, 4, 3, 5, 6][house.roof - 1]]
    }

    /// From tembok, plesteran, kayu, anyaman bambu, batang kayu, bambu, lainnya.
    func wall(_ house: House) -> [UInt8] {
        answers[Question.wall.rawValue][[0, 0, 2, 3, 2, 3, 4][house.wall - 1]]
    }

    /// From marmer, keramik, parket, ubin, kayu, semen, bambu, tanah, lainnya.
    func floor(_ house: House) -> [UInt8] {
        answers[Question.floor.rawValue][[0, 0, 5, 0, 2, 1, 3, 4, 5][house.floor - 1]]
    }

    func light(_ house: House) -> [UInt8] {
        let answers = answers[Question.light.rawValue]
        guard version == .first else { return answers[house.light - 1] }
        return switch house.light {
        case 1: answers[(house.power ?? 1) <= 2 ? 0 : 1]
        case 2: answers[2]
        case 3: answers[3]
        default: answers[4]
        }
    }

    func power(_ house: House) -> [UInt8] {
        house.power.map { power[$0 <= 2 ? 0 : 1] } ?? power[2]
    }

    /// From 0 tidak memasak to 11 lainnya.
    func fuel(_ house: House) -> [UInt8] {
        answers[Question.fuel.rawValue][[3, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 3][house.fuel]]
    }

    /// Springs are counted with the wells.
    func water(_ house: House) -> [UInt8] {
        answers[Question.water.rawValue][[0, 0, 1, 2, 3, 4, 3, 4, 5, 6, 7][house.water - 1]]
    }

    func toilet(_ house: House) -> [UInt8] {
        let answers = answers[Question.toilet.rawValue]
        switch (house.toilet, version) {
        case (1, .first): return answers[(house.sewage ?? 6) <= 2 ? 0 : 1]
        case (1, .second): return answers[0]
        case (2...4, .first): return answers[2]
        case (2...4, .second): return answers[1]
        default: return answers[answers.count - 1]
        }
    }

    /// A young child or a woman of child-bearing age makes a family a target.
    func stunting(of family: SimulatedFamily, on day: SimulatedDay) -> [UInt8] {
        let isTarget = family.members.contains { member in
            let age = member.age(on: day)
            return age < 5
                || member.isWoman && member.maritalStatus == .married && (15...49).contains(age)
        }
        guard isTarget else { return stunting[2] }
        let house = family.keluarga.house
        let isAtRisk = house.toilet != 1 || [6, 8, 9, 10].contains(house.water)
        return stunting[isAtRisk ? 0 : 1]
    }
}
