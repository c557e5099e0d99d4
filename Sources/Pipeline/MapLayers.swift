internal import Geospatial
internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// The layers of the published map and every property they carry.
///
/// A new published indicator is a line here.
enum MapLayers {
    static let desa = "desa"
    static let kecamatan = "kecamatan"
    static let density = "kepadatan"
    static let labels = "label"

    /// In a sliver of land a few houses make a false peak, so no density is shown.
    private static let leastLandKm2 = 0.2

    static func desaProperties(_ map: ComputedMap) -> [LayerProperty<DesaIndicator>] {
        [
            .init("kode_desa", .string, "Kode Kemendagri") { .string($0.desa.code.dotted) },
            .init("kode_bps", .string, "Kode BPS 2020") { .string($0.desa.bpsCode.text) },
            .init("nama_desa", .string, "Nama desa atau kelurahan") { .string($0.desa.name) },
            .init("jenis", .string, "desa atau kelurahan") { .string($0.desa.kind.rawValue) },
            .init("kode_kecamatan", .string, "Kode Kemendagri kecamatan") {
                .string($0.desa.code.kecamatan.dotted)
            },
            .init("nama_kecamatan", .string, "Nama kecamatan") { .string($0.desa.kecamatanName) },
            .init("luas_km2", .number, "Luas menurut peta batas ini (km²)") {
                .double(Rounding.hundredths($0.boundary.areaKm2))
            },
        ] + figures(\.published) + [
            .init(
                "kelas", .string,
                "Kelas titik panas: kelompok desa bertetangga, uji seluruh peta 1/5/10 %"
            ) {
                .string($0.finding.hotspotClass.rawValue)
            },
            .init("kelompok", .number, "Nomor kelompok titik panas atau dingin") {
                .optional($0.finding.cluster)
            },
            .init("tren", .string, "Perjalanan titik panas antar register, mulai tiga register") {
                .optional($0.finding.trend?.rawValue)
            },
            .init("z_gi", .number, "Gi* (nilai z, satu desimal)") {
                .optional($0.finding.zScore.map(Rounding.tenths))
            },
            .init("tepi", .boolean, "Berbatasan darat dengan luar kabupaten") {
                .bool(!$0.desa.outerNeighbours.isEmpty)
            },
        ] + furtherProperties(map.further)
    }

    static func kecamatanProperties(
        _ desa: [DesaIndicator]
    ) -> [LayerProperty<KecamatanIndicator>] {
        [
            .init("kode_kecamatan", .string, "Kode Kemendagri") { .string($0.code.dotted) },
            .init("nama_kecamatan", .string, "Nama kecamatan") { .string($0.name) },
            .init("jumlah_desa", .number, "Jumlah desa dan kelurahan") { .int($0.desa.count) },
            .init("desa_panas", .number, "Jumlah desa titik panas pada 95 %") { kecamatan in
                .int(kecamatan.desa.count { desa[$0].finding.hotspotClass.isHot })
            },
            .init("luas_km2", .number, "Luas menurut peta batas ini (km²)") {
                .double(Rounding.hundredths($0.areaKm2))
            },
        ] + figures(\.published)
    }

    /// The figures that every area has.
    static func figures<Area>(
        _ path: @escaping (Area) -> PublicFigures
    ) -> [LayerProperty<Area>] {
        let desil = Desil.all.map { desil in
            LayerProperty<Area>(
                "desil_\(desil.number)", .number, "Keluarga pada desil \(desil.number)"
            ) { .optional(path($0).desil[desil.number - 1]) }
        }
        let means = PlacementMeans.allCases.map { means in
            LayerProperty<Area>(
                "persen_\(means.rawValue)", .number,
                "Keluarga yang ditempatkan menurut \(means.rawValue) (%)"
            ) { .optional(path($0).placedPercent[means]) }
        }
        return [
            .init("keluarga", .number, "Keluarga dalam register") { .optional(path($0).keluarga) }
        ] + desil + [
            .init("keluarga_ekstrem", .number, "Keluarga miskin ekstrem menurut kriteria") {
                .optional(path($0).extreme)
            },
            .init("keluarga_dari", .number, "Jumlah keluarga paling sedikit (selang lokasi 95 %)") {
                .optional(path($0).keluargaRange?.lowerBound)
            },
            .init("keluarga_sampai", .number, "Jumlah keluarga paling banyak (selang lokasi)") {
                .optional(path($0).keluargaRange?.upperBound)
            },
            .init("ekstrem_dari", .number, "Keluarga miskin ekstrem paling sedikit (95 %)") {
                .optional(path($0).extremeRange?.lowerBound)
            },
            .init("ekstrem_sampai", .number, "Keluarga miskin ekstrem paling banyak (95 %)") {
                .optional(path($0).extremeRange?.upperBound)
            },
            .init("persen_ekstrem", .number, "Keluarga miskin ekstrem per 100 keluarga") {
                .optional(path($0).extremePercent)
            },
            .init("batas_bawah", .number, "Batas bawah selang 95 % proporsi (%)") {
                .optional(path($0).lowerPercent)
            },
            .init("batas_atas", .number, "Batas atas selang 95 % proporsi (%)") {
                .optional(path($0).upperPercent)
            },
            .init("peluang_di_atas", .number, "Peluang proporsi di atas rata-rata (0-1)") {
                .optional(path($0).exceedance)
            },
            .init("kepadatan", .number, "Keluarga per km²") { .optional(path($0).keluargaPerKm2) },
            .init("kepadatan_ekstrem", .number, "Keluarga miskin ekstrem per km²") {
                .optional(path($0).extremePerKm2)
            },
        ] + means + [
            .init("tertutup", .boolean, "Ada angka yang ditutup karena kecil (1-4)") {
                .bool(path($0).isWithheld)
            }
        ]
    }

    static func densityProperties(_ map: ComputedMap) -> [LayerProperty<DensityCell>] {
        let smallCells = SmallCellRule.standard
        // A cell is shown when its estimate, rounded, is not a small count.
        func shown(_ estimate: Double) -> Bool { !smallCells.isSmall(Int(estimate.rounded(.up))) }
        func density(_ estimate: Double, _ cell: DensityCell) -> TileValue {
            guard shown(estimate), cell.landKm2 >= leastLandKm2 else { return .null }
            return .double(Rounding.tenths(estimate / cell.landKm2))
        }
        return [
            .init("keluarga", .number, "Perkiraan keluarga dalam sel") {
                shown($0.keluarga) ? .int(Int($0.keluarga.rounded())) : .null
            },
            .init("kepadatan", .number, "Keluarga per km² daratan") { density($0.keluarga, $0) },
            .init("kepadatan_ekstrem", .number, "Keluarga miskin ekstrem per km² daratan") {
                shown($0.keluarga) ? density($0.extreme, $0) : .null
            },
            .init("persen_titik", .number, "Bagian yang dihitung dari titik rumah (%)") {
                shown($0.keluarga) && $0.keluarga > 0
                    ? .int(Int((100 * Double($0.keluargaByPosition) / $0.keluarga).rounded()))
                    : .null
            },
        ] + (map.further.surface.map { surfaceProperties($0, of: map.density) } ?? [])
    }

    struct Label {
        let id: Int
        let code: String
        let name: String
        let kind: String
        /// 1 is placed first.
        let rank: Int
        let point: Coordinate
    }

    static var labelProperties: [LayerProperty<Label>] {
        [
            .init("kode", .string, "Kode Kemendagri") { .string($0.code) },
            .init("nama", .string, "Nama") { .string($0.name) },
            .init("jenis", .string, "kecamatan atau desa") { .string($0.kind) },
            .init("peringkat", .number, "Urutan penempatan label, 1 lebih dahulu") {
                .int($0.rank)
            },
        ]
    }
}
