/// The household (rumah tangga) file of BDT, 2015 to 2019: integer codes, the lowest 40 %.
///
/// A rumah tangga is not a keluarga, but the file knows nothing smaller with a place.
public enum BDTLayout {
    /// Column names are known; the order is that of the questionnaire.
    public static let columns: [String] =
        [
            "IDBDT", "RUTA6", "NoPesertaPBDT", "NoPesertaPKH", "NoPesertaKKS2016",
            "NoPesertaPBI", "PesertaKIP", "KDPROP", "KDKAB", "KDKEC", "KDDESA", "Alamat",
            "Nama_SLS", "Nama_KRT", "Jumlah_ART", "Jumlah_Keluarga",
        ] + housing + assets + livestock + programmes + ["Sta_keberadaan_RT", "Percentile"]

    static let housing = [
        "Sta_bangunan", "Sta_lahan", "Luas_lantai", "Lantai", "Dinding", "Kondisi_dinding",
        "Atap", "Kondisi_atap", "Jumlah_kamar", "Sumber_airminum", "cara_proleh_airminum",
        "Sumber_penerangan", "Daya", "Nomor_PLN", "bb_masak", "Fasbab", "Kloset",
        "Buang_tinja",
    ]
    static let assets = [
        "Ada_tabung_gas", "Ada_lemari_es", "Ada_ac", "Ada_pemanas", "Ada_telepon", "Ada_tv",
        "Ada_emas", "Ada_laptop", "Ada_sepeda", "Ada_motor", "Ada_mobil", "Ada_perahu",
        "Ada_motor_tempel", "Ada_perahu_motor", "Ada_kapal", "Aset_tak_bergerak", "Luas_atb",
        "Rumah_lain",
    ]
    static let livestock = [
        "Jumlah_sapi", "Jumlah_kerbau", "Jumlah_kuda", "Jumlah_babi", "Jumlah_kambing",
    ]
    static let programmes = [
        "Sta_art_usaha", "Sta_kks", "Sta_kip", "Sta_kis", "Sta_bpjs_mandiri", "Sta_jamsostek",
        "Sta_asuransi", "Sta_pkh", "Sta_rastra", "Sta_kur",
    ]
}
