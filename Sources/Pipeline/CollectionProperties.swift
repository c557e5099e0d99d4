internal import PovertyModel
internal import VectorTiles

/// The properties of collections that are no layer of the tiles.
extension MapLayers {
    static var kabupatenProperties: [LayerProperty<KabupatenIndicator>] {
        [
            .init("kode_kabupaten", .string, "Kode Kemendagri") { .string($0.code.dotted) },
            .init("luas_km2", .number, "Luas menurut peta batas ini (km²)") {
                .double(Rounding.hundredths($0.areaKm2))
            },
        ] + figures(\.published)
    }

    /// No sums of the members: with the figures of each desa they would open what is withheld.
    static var hotspotProperties: [LayerProperty<HotspotGroup>] {
        [
            .init("kelompok", .number, "Nomor kelompok, seperti pada desanya") {
                .int($0.number)
            },
            .init("jenis", .string, "panas atau dingin") { .string($0.isHot ? "panas" : "dingin") },
            .init("kelas", .string, "Kelas: uji seluruh peta 1/5/10 %") {
                .string(HotspotClass(qValue: $0.pValue, isHigh: $0.isHot).rawValue)
            },
            .init("p", .number, "Nilai p seluruh peta (family-wise)") { .double($0.pValue) },
            .init("jumlah_desa", .number, "Jumlah desa dan kelurahan") { .int($0.desa.count) },
            .init("kode_desa", .string, "Kode Kemendagri desa anggota, dipisah koma") {
                .string($0.desa.map(\.desa.code.dotted).joined(separator: ","))
            },
        ]
    }
}
