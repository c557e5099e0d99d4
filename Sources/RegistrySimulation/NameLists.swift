/// Words for people and places that do not exist.
///
/// Every second word of a name begins with REKA ("rekaan": made up) and two drawn syllables, so
/// that nobody takes a row for a person, by eye or by search.
enum NameLists {
    static let men = bytes(
        """
        ABDUL ACHMAD AGUS ALI ANWAR ARIF BAMBANG BUDI DARMAN DEDI DJOKO EDI EKO FAISAL GUNAWAN HADI \
        HASAN HENDRA IMAM IRFAN JAELANI JUNAIDI KARYONO KUSNADI LUKMAN MADRAI MISNADI MOCHAMMAD \
        MUHAMMAD NASIR NUR PAIMAN PONIRAN RAHMAT RIDWAN ROHIM RUDI SAIFUL SALAM SAMSUL SENEMO \
        SLAMET SUGENG SUPAR SUTRISNO SYAFII TAUFIK TOHA UMAR USMAN WAHYU WIDODO YUSUF ZAINAL
        """
    )
    static let women = bytes(
        """
        AISYAH AMINAH ANI ASMA ATIK BUANI DEWI DIAN ENDANG ERNA FATIMAH FITRI HALIMAH HANIFAH INDAH \
        ISTI JAMILAH JUMIATI KHOTIJAH KUSTINI LASMI LILIK MARYAM MISTI MUNAWAROH NANIK NUR PONIYEM \
        RATNA RINI ROHANI RUKMINI SALAMA SARI SITI SRI SULASTRI SUMIATI SURYANI SUTIK TIMA TUTIK \
        UMI WATI WULAN YANTI YULI ZAHRA ZUBAIDAH
        """
    )
    static let syllables = bytes(
        "BA DI GU HO JA KI LO MA NE PU RA SO TI WA YO DA KU LA MI NO RU SE TA WI"
    )
    static let endings = bytes("H N NG R S NTO WAN NI TI SIH")
    static let titles = bytes("S.PD S.E S.AG S.SOS")

    /// The first is the old centre of every desa.
    static let dusun = bytes(
        """
        KRAJAN TENGAH LOR KIDUL WETAN KULON SUMBER GUNUNGAN PASAR LANGGAR SAWAHAN TEGALAN KEBONAN \
        BANDARAN BARAT TIMUR SELATAN UTARA DAWUHAN PANDAN WARINGIN DURENAN NANGKAAN JATIAN KALIAN
        """
    )

    static let madeUp = Array(" REKA".utf8)
    static let comma = Array(", ".utf8)
    static let dusunPrefix = Array("DUSUN ".utf8)
    static let rtPrefix = Array(" RT ".utf8)
    static let rwPrefix = Array(" RW ".utf8)

    private static func bytes(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }
}
