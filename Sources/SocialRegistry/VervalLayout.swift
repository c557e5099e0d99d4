/// The local verification sheet (verval) with coordinates, after the one of Kabupaten Semarang.
public enum VervalLayout {
    /// The columns that `peta simulate` writes; the importer needs `nomor_KK` and both Koordinat.
    public static let columns: [String] = [
        "No", "ID Keluarga P3KE", "nomor_KK", "Kepala Keluarga", "Kecamatan", "Desa/Kelurahan",
        "Kode Kemdagri", "RT", "RW", "Koordinat_X", "Koordinat_Y",
        "status_keberadaan_target", "VERVAL_memenuhi_kriteria_P3KE", "status_verifikasi",
    ]
}
