/// The local verification sheet (verval) with coordinates, after the one of Kabupaten Semarang.
public enum VervalLayout {
    /// The columns that `peta simulate` writes; the importer needs `nomor_KK` and both Koordinat.
    public static let columns: [String] = [
        "No", "ID Keluarga P3KE", "nomor_KK", "Kepala Keluarga", "Kecamatan", "Desa/Kelurahan",
        "Kode Kemdagri", "RT", "RW", "Koordinat_X", "Koordinat_Y",
        "status_keberadaan_target", "VERVAL_memenuhi_kriteria_P3KE", "status_verifikasi",
    ]

    /// Columns that the full sheet (103 of them) has besides, as far as their names are known.
    ///
    /// The six photo columns, the eight flags of need and one column for each programme are known
    /// only by what they hold; the names of photos and needs here are assumed.
    public static let furtherColumns: [String] = [
        "nama_perbaikan", "NIK_perbaikan", "VERVAL_alasan_tidak_memenuhi_kriteria_P3KE",
        "VERVAL_keterangan", "foto_KK", "foto_rumah_depan", "foto_atap", "foto_lantai",
        "foto_dinding", "foto_jamban", "butuh_rumah_layak_huni", "butuh_air_bersih",
        "butuh_jamban", "butuh_listrik_sendiri", "butuh_bekerja", "anak_tidak_sekolah",
        "berisiko_stunting", "disabilitas",
    ]
}
