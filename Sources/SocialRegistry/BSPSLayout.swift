/// The checking sheet of BSPS/RTLH (house repair aid): a house, its front door and a verdict.
///
/// Known is what the sheet records: latitude and longitude at the front door, the accuracy of the
/// receiver in metres, the distance between the proposed and the visited house (below 50 m is in
/// order), two photos, MS or TMS (meets the conditions or not), three signatures. The column names
/// are assumed: plain ones, since no sheet with a machine-readable header is public.
public enum BSPSLayout {
    public static let columns: [String] = identity + position + verdict

    /// Assumed names.
    static let identity = ["No", "NIK", "nomor_KK", "Nama", "Kecamatan", "Desa", "Alamat"]
    /// Latitude first, as the sheet records it.
    static let position = ["Latitude", "Longitude", "Akurasi_GPS_m", "Jarak_m"]
    static let verdict = [
        "Foto_Tampak_Depan", "Foto_Bagian_Dalam", "Hasil_Verifikasi", "Keterangan",
    ]

    /// What `Hasil_Verifikasi` says: Memenuhi Syarat or Tidak Memenuhi Syarat.
    public static let meetsConditions = "MS"
    public static let failsConditions = "TMS"
}
