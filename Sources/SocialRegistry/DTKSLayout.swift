/// The person list of DTKS as SIKS-NG exports it: no desil, no housing, no position.
public enum DTKSLayout {
    /// Column names are known; their order is assumed.
    ///
    /// Each programme but ATENSI has a `periode_` column beside it. `BNPT_PPKM` is the spelling of
    /// the export.
    public static let columns: [String] =
        [
            "provinsi", "kabupaten", "kecamatan", "desa_kelurahan", "prop_capil", "kab_capil",
            "id_kec", "id_desa", "Alamat", "NIK", "NOKK", "Nama", "idsemesta", "FIRST_SK",
            "verifyid", "counter",
        ]
        + programmes.flatMap { $0 == "ATENSI" ? [$0] : [$0, "periode_" + $0] }
        + [
            "isAktifHamil", "keterangan_disabilitas", "keterangan_meninggal",
            "masih_hidup_label", "padankan_at", "is_nonaktif", "deleted_label",
        ]

    static let programmes = [
        "ATENSI", "BLT", "BLT_BBM", "BNPT_PPKM", "BPNT", "BST", "PBI", "PENA", "PERMAKANAN",
        "PKH", "RUTILAHU", "SEMBAKO_ADAPTIF", "YAPI",
    ]
}
