/// The code lists of the DTSEN keluarga set.
///
/// Labels without a number are values of P3KE rows merged into DTSEN; their numbers are not known.
public enum DTSENCodes {
    /// The list of a column, by its name in the set.
    public static func list(for column: String) -> CodeList? { lists[column] }

    static let lists: [String: CodeList] = {
        var lists: [String: CodeList] = [
            "status_kepemilikan_rumah": ownership, "jenis_lantai_terluas": floor,
            "jenis_dinding_terluas": wall, "jenis_atap_terluas": roof,
            "sumber_air_minum_utama": water, "sumber_penerangan_utama": lighting,
            "daya_terpasang": power, "bahan_bakar_utama_memasak": fuel, "fasilitas_bab": toilet,
            "jenis_kloset": closet, "pembuangan_akhir_tinja": disposal,
            "pbi_nas": yesNo, "pbi_pemda": yesNo,
        ]
        for asset in DTSENLayout.assets where asset != "kepemilikan_aset" { lists[asset] = yesNo }
        return lists
    }()

    /// The lists by the names of their columns, reduced.
    static let listsByReducedName = Dictionary(
        uniqueKeysWithValues: lists.map { (RegistryHeader.reduced($0.key), $0.value) })

    public static let yesNo = CodeList("ya/tidak", [1: "Ya", 2: "Tidak"])

    public static let ownership = CodeList(
        "status kepemilikan rumah",
        [1: "Milik sendiri", 2: "Kontrak/sewa", 3: "Bebas sewa", 4: "Dinas", 5: "Lainnya"],
        labels: ["Menumpang"]
    )

    public static let floor = CodeList(
        "jenis lantai",
        [
            1: "Marmer/granit", 2: "Keramik", 3: "Parket/vinil/karpet", 4: "Ubin/tegel/teraso",
            5: "Kayu/papan", 6: "Semen/bata merah", 7: "Bambu", 8: "Tanah", 9: "Lainnya",
        ],
        labels: ["Keramik/granit/marmer/ubin/tegel/teraso"],
        spellings: ["Semen": "Semen/bata merah"]
    )

    public static let wall = CodeList(
        "jenis dinding",
        [
            1: "Tembok", 2: "Plesteran anyaman bambu/kawat", 3: "Kayu/papan/gypsum/GRC",
            4: "Anyaman bambu", 5: "Batang kayu", 6: "Bambu", 7: "Lainnya",
        ],
        labels: ["Seng", "Kayu/papan"]
    )

    public static let roof = CodeList(
        "jenis atap",
        [
            1: "Beton", 2: "Genteng", 3: "Seng", 4: "Asbes", 5: "Bambu", 6: "Kayu/sirap",
            7: "Jerami/ijuk/rumbia", 8: "Lainnya",
        ],
        labels: ["Asbes/seng"],
        spellings: ["Jerami/ijuk/rumbia/daun-daunan": "Jerami/ijuk/rumbia"]
    )

    public static let water = CodeList(
        "sumber air minum",
        [
            1: "Air kemasan bermerk", 2: "Air isi ulang", 3: "Leding", 4: "Sumur bor/pompa",
            5: "Sumur terlindung", 6: "Sumur tak terlindung", 7: "Mata air terlindung",
            8: "Mata air tak terlindung", 9: "Air permukaan", 10: "Air hujan", 11: "Lainnya",
        ],
        labels: ["Air kemasan/isi ulang"],
        spellings: [
            "Kemasan bermerk": "Air kemasan bermerk", "Isi ulang": "Air isi ulang",
            "Ledeng": "Leding", "Ledeng/PAM": "Leding", "Sumur bor": "Sumur bor/pompa",
            "Sumur tidak terlindung": "Sumur tak terlindung",
            "Mata air tidak terlindung": "Mata air tak terlindung",
            "Air permukaan (sungai, danau, dll)": "Air permukaan",
        ]
    )

    public static let lighting = CodeList(
        "sumber penerangan",
        [
            1: "Listrik PLN dengan meteran", 2: "Listrik PLN tanpa meteran",
            3: "Listrik non-PLN", 4: "Bukan listrik",
        ],
        spellings: [
            "PLN meteran": "Listrik PLN dengan meteran",
            "Listrik PLN meteran": "Listrik PLN dengan meteran",
            "PLN tanpa meteran": "Listrik PLN tanpa meteran",
            "Listrik PLN non meteran": "Listrik PLN tanpa meteran",
            "Non-PLN": "Listrik non-PLN",
        ]
    )

    public static let power = CodeList(
        "daya terpasang",
        [
            1: "450 watt", 2: "900 watt", 3: "1.300 watt", 4: "2.200 watt", 5: "> 2.200 watt",
        ],
        labels: ["<= 900 watt", "> 900 watt"],
        spellings: [
            "450": "450 watt", "900": "900 watt", "1.300": "1.300 watt", "2.200": "2.200 watt",
            "> 2.200": "> 2.200 watt", "450 VA": "450 watt", "900 VA": "900 watt",
            "1300 VA": "1.300 watt", "2200 VA": "2.200 watt",
        ]
    )

    public static let fuel = CodeList(
        "bahan bakar memasak",
        [
            0: "Tidak memasak di rumah", 1: "Listrik", 2: "Gas elpiji 5,5 kg",
            3: "Gas elpiji 12 kg", 4: "Gas elpiji 3 kg", 5: "Gas kota", 6: "Biogas",
            7: "Minyak tanah", 8: "Briket", 9: "Arang", 10: "Kayu bakar", 11: "Lainnya",
        ],
        labels: ["Listrik/gas", "Arang/kayu"],
        spellings: [
            "Tidak memasak": "Tidak memasak di rumah", "Elpiji 5,5": "Gas elpiji 5,5 kg",
            "Elpiji 5,5 kg": "Gas elpiji 5,5 kg", "Elpiji 12": "Gas elpiji 12 kg",
            "Elpiji 12 kg": "Gas elpiji 12 kg", "Elpiji 3 kg": "Gas elpiji 3 kg",
        ]
    )

    public static let toilet = CodeList(
        "fasilitas BAB",
        [
            1: "Ada, digunakan sendiri", 2: "Ada, digunakan bersama keluarga tertentu",
            3: "Ada, di MCK komunal", 4: "Ada, di MCK umum", 5: "Ada, tidak digunakan",
            6: "Tidak ada fasilitas",
        ],
        spellings: [
            "Sendiri": "Ada, digunakan sendiri", "Milik sendiri": "Ada, digunakan sendiri",
            "Bersama keluarga tertentu": "Ada, digunakan bersama keluarga tertentu",
            "MCK komunal": "Ada, di MCK komunal", "MCK umum": "Ada, di MCK umum",
            "Tidak ada": "Tidak ada fasilitas",
        ]
    )

    public static let closet = CodeList(
        "jenis kloset",
        [
            1: "Leher angsa", 2: "Plengsengan dengan tutup", 3: "Plengsengan tanpa tutup",
            4: "Cemplung/cubluk",
        ],
        spellings: ["Plengsengan tutup": "Plengsengan dengan tutup"]
    )

    public static let disposal = CodeList(
        "pembuangan akhir tinja",
        [
            1: "Tangki septik", 2: "IPAL", 3: "Kolam/sawah/sungai/laut", 4: "Lubang tanah",
            5: "Pantai/tanah lapang/kebun", 6: "Lainnya",
        ],
        labels: ["Tanpa tangki septik"],
        spellings: ["Kolam/sawah/sungai/danau/laut": "Kolam/sawah/sungai/laut"]
    )
}
