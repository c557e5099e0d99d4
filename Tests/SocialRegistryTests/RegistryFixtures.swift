import SocialRegistry

/// Headers as the layouts write them, and rows of invented people.
enum Fixture {
    static let p3ke1 = [
        "No", "ID Keluarga P3KE", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan",
        "Kode Kemdagri", "Desil Kesejahteraan", "Alamat", "Kepala Keluarga", "NIK",
        "Padan Dukcapil", "Jenis Kelamin", "Tanggal Lahir", "Resiko Stunting",
    ]
    static let p3ke2 = [
        "ID Keluarga P3KE", "Dimuktakhirkan Tahun", "Provinsi", "Kabupaten/Kota", "Kecamatan",
        "Desa/Kelurahan", "Kode Kemdagri", "Desil Kesejahteraan", "Persentil", "Prioritas Verval",
        "Alamat", "Nama Kepala Keluarga", "NIK Kepala Keluarga",
        "NIK Kepala Keluarga Padan Kemdagri",
    ]

    /// A row with `values` under the named columns and `filler` under all others.
    static func row(_ columns: [String], _ values: [String: String], filler: String = "x")
        -> [String]
    {
        columns.map { values[$0] ?? filler }
    }

    /// One line of a file; every value in quotes.
    static func line(_ cells: [String], delimiter: String = ",") -> String {
        cells.map {
            "\""
                + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(
                    separator: "\"\"") + "\""
        }
        .joined(separator: delimiter) + "\n"
    }

    static func dtsen(card: String, desil: String, code: String = "3513910001") -> [String] {
        row(
            DTSENLayout.keluargaColumns,
            [
                "kode_kelurahan_desa": code, "kelurahan_desa": "REKAAN LOR",
                "kecamatan": "KARANGREKA", "nomor_kartu_keluarga": card, "desil_nasional": desil,
                "alamat": "DUSUN RAHASIA RT 1", "nama_anggota_keluarga": "BUDI REKAAN",
            ],
            filler: "")
    }
}
