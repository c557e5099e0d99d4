/// The columns of P3KE, version 1 (2022) and version 2 (2023), as the files name them.
///
/// The names are known from files of both versions. The order of version 1 is known too; that of
/// version 2 is likely, so nothing here relies on it.
public enum P3KELayout {
    /// KELUARGA, version 1: a running number and 30 columns.
    public static let keluarga1Columns: [String] =
        ["No"] + place + head1 + housing1 + programmes1 + [stunting]

    /// INDIVIDU, version 1; ages are Ya/Tidak flags.
    public static let individu1Columns: [String] =
        place + person + ["Tanggal Lahir", "Status Kawin", "Pekerjaan", "Pendidikan"] + ageFlags
        + programmes1 + [stunting]

    /// KELUARGA, version 2: what concerns the head says so in its name.
    public static let keluarga2Columns: [String] =
        place2 + head2 + housing2 + programmes2 + [stunting]

    /// INDIVIDU, version 2: one age and one age group instead of the flags.
    ///
    /// Whether this file has Resiko Stunting is not known; it is assumed.
    public static let individu2Columns: [String] =
        place2 + person
        + [
            "Tanggal Lahir", "Usia 2023", "Kelompok Usia 2023", "Status Kawin", "Pekerjaan",
            "Status Pekerjaan", "Pendidikan",
        ] + programmes2 + [stunting]

    static let stunting = "Resiko Stunting"
    static let savings = "Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya"
    static let ageFlags = [
        "Usia dibawah 7 tahun", "Usia 7-12", "Usia 13-15", "Usia 16-18", "Usia 19-21",
        "Usia 22-59", "Usia 60 tahun keatas",
    ]

    private static let place = [
        "ID Keluarga P3KE", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan",
        "Kode Kemdagri", "Desil Kesejahteraan", "Alamat",
    ]
    private static let place2 = [
        "ID Keluarga P3KE", "Dimuktakhirkan Tahun", "Provinsi", "Kabupaten/Kota", "Kecamatan",
        "Desa/Kelurahan", "Kode Kemdagri", "Desil Kesejahteraan", "Persentil",
        "Prioritas Verval", "Alamat",
    ]
    private static let head1 = [
        "Kepala Keluarga", "NIK", "Padan Dukcapil", "Jenis Kelamin", "Tanggal Lahir",
        "Pekerjaan", "Pendidikan",
    ]
    private static let head2 = [
        "Nama Kepala Keluarga", "NIK Kepala Keluarga", "NIK Kepala Keluarga Padan Kemdagri",
        "Jenis Kelamin Kepala Keluarga", "Tanggal Lahir Kepala Keluarga",
        "Status Kawin Kepala Keluarga", "Pekerjaan Kepala Keluarga",
        "Status Pekerjaan Kepala Keluarga", "Pendidikan Kepala Keluarga",
    ]
    private static let person = [
        "ID Individu", "Nama", "NIK", "Padan Dukcapil", "Jenis Kelamin",
        "Hubungan dengan Kepala Keluarga",
    ]
    private static let housing1 = [
        "Kepemilikan Rumah", savings, "Jenis Atap", "Jenis Dinding", "Jenis Lantai",
        "Sumber Penerangan", "Bahan Bakar Memasak", "Sumber Air Minum",
        "Memiliki Fasilitas Buang Air Besar",
    ]
    private static let housing2 = [
        "Kepemilikan Rumah", savings, "Jenis Atap", "Kualitas Atap", "Jenis Dinding",
        "Kualitas Dinding", "Jenis Lantai", "Kualitas Lantai", "Sumber Penerangan",
        "Daya Listrik Terpasang", "Bahan Bakar Memasak", "Sumber Air Minum",
        "Memiliki fasilitas Buang Air Besar",
    ]
    private static let programmes1 = [
        "Penerima BPNT", "Penerima BPUM", "Penerima BST", "Penerima PKH", "Penerima SEMBAKO",
    ]
    private static let programmes2 = programmes1 + ["Penerima Prakerja", "Penerima KUR"]
}
