/// The keluarga file of Regsosek 2022 with its place codes in pieces.
///
/// Known are the place codes, the two running numbers, the landmark and that answers are `kd_`
/// codes. Assumed are the columns of the head and the choice of `kd_` columns, since BPS hands no
/// layout to a kabupaten; a file that differs is read through a mapping.
public enum RegsosekLayout {
    /// The desa is `kode_provinsi` (2), `kode_kabupaten` (2), `kode_kecamatan` (3), `kode_desa` (3).
    public static let columns: [String] = place + numbers + head + housing

    static let place = [
        "kode_provinsi", "kode_kabupaten", "kode_kecamatan", "kode_desa", "kode_sls_non_sls",
        "kode_sub_sls", "nama_sls_non_sls",
    ]
    static let numbers = [
        "no_urut_bangunan_tinggal", "no_urut_keluarga_verif", "kode_landmark_wilkerstat",
    ]
    /// Assumed.
    static let head = ["nama_kepala_keluarga", "no_kk", "alamat", "jumlah_anggota_keluarga"]
    /// Assumed in their choice.
    static let housing = [
        "kd_stat_bangunan_tinggal", "luas_lantai", "kd_jenis_lantai_terluas",
        "kd_jenis_dinding", "kd_jenis_atap", "kd_sumber_air_minum",
        "kd_sumber_penerangan_utama", "kd_daya_terpasang", "kd_bahan_bakar_memasak",
        "kd_fas_tempat_bab", "kd_jenis_kloset", "kd_pembuangan_akhir_tinja",
    ]
}
