/// The keluarga set of DTSEN (Inpres 4/2025): 52 variables, one row for each keluarga.
public enum DTSENLayout {
    /// Column names in the order of the set.
    public static let keluargaColumns: [String] =
        location + identity + welfare + housing + assets + livestock

    static let location = [
        "kode_provinsi", "provinsi", "kode_kabupaten_kota", "kabupaten_kota",
        "kode_kecamatan", "kecamatan", "kode_kelurahan_desa", "kelurahan_desa",
    ]
    static let identity = [
        "alamat", "nomor_kartu_keluarga", "nama_anggota_keluarga", "id_pelanggan_pln",
        "jumlah_anggota_keluarga",
    ]
    static let welfare = [
        "desil_nasional", "desil_provinsi", "desil_kabupaten_kota", "pbi_nas", "pbi_pemda",
    ]
    static let housing = [
        "status_kepemilikan_rumah", "jenis_lantai_terluas", "luas_lantai",
        "jenis_dinding_terluas", "jenis_atap_terluas", "sumber_air_minum_utama",
        "sumber_penerangan_utama", "daya_terpasang", "bahan_bakar_utama_memasak",
        "fasilitas_bab", "jenis_kloset", "pembuangan_akhir_tinja",
    ]
    static let assets = [
        "kepemilikan_aset", "aset_bergerak_tabung_gas", "aset_bergerak_lemari_es",
        "aset_bergerak_ac", "aset_bergerak_pemanas_air", "aset_bergerak_telepon_rumah",
        "aset_bergerak_tv_datar", "aset_bergerak_emas_perhiasan",
        "aset_bergerak_komputer_laptop_tablet", "aset_bergerak_sepeda_motor",
        "aset_bergerak_sepeda", "aset_bergerak_mobil", "aset_bergerak_perahu",
        "aset_bergerak_kapal_perahu_motor", "aset_bergerak_smartphone",
        "aset_tidak_bergerak_lahan_lainnya", "aset_tidak_bergerak_rumah_lainnya",
    ]
    static let livestock = [
        "jumlah_ternak_sapi", "jumlah_ternak_kerbau", "jumlah_ternak_kuda",
        "jumlah_ternak_babi", "jumlah_ternak_kambing_domba",
    ]
}
