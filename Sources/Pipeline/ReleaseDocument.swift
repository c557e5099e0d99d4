internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// `/releases/current`: what the release is, by which rule and test, and the kabupaten's figures.
struct ReleaseDocument: Encodable {
    struct Register: Encodable {
        let sumber: String
        let tanggal: String
        let nama_berkas: String
        let lengkap: Bool
        let baris: Int
    }

    struct Criterion: Encodable {
        let id: String
        let nama: String
        let berlaku_sejak: String
        let keterangan: String
    }

    struct Boundaries: Encodable {
        let nama: String
        let tanggal: String
        let sumber: String
        let lisensi: String
        let atribusi: [String]
        let catatan: String
        /// Standard deviation of its lines; null when it is not stated.
        let ketelitian_m: Double?
    }

    struct Kabupaten: Encodable {
        let kode: String
        let nama: String
        let keluarga: Int?
        let keluarga_ekstrem: Int?
        let persen_ekstrem: Double?
        let luas_km2: Double
        let kepadatan: Double?
        let desil: [Int?]
        /// Keluarga placed by each means, of 100.
        let ditempatkan_persen: [String: Int]
        /// Null when it is a small count.
        let tanpa_desa: Int?
    }

    struct Hotspots: Encodable {
        struct Group: Encodable {
            /// As `kelompok` of its desa.
            let nomor: Int
            let jenis: String
            let jumlah_desa: Int
            let p: Double
        }

        let statistik: String
        let ketetanggaan = "queen"
        let uji = "pengundian ulang nilai desa di atas peta, dua sisi"
        /// Draws of the groups.
        let ulangan: Int
        let seed: UInt64
        /// From how many times the typical share a desa is high.
        let rasio: Double
        /// The typical share, to a tenth of a percent.
        let proporsi_biasa: Double
        let kelompok: [Group]
        /// What `z_gi` is, and how often it was permuted.
        let statistik_z: String
        let permutasi: Int
        let unit_diuji: Int
        let tanpa_tetangga: Int
        let proporsi_keseluruhan: Double
        let koreksi = "tingkat salah seluruh peta (family-wise)"
        let penyebut = "seluruh keluarga dalam register"
    }

    struct Density: Encodable {
        let sel_m: Int
        let jumlah_sel: Int
        let bentuk = "segi enam, UTM 49S"
        let cara = "titik rumah dihitung di selnya; sisanya disebar menurut luas dalam desa"
    }

    struct Method: Encodable {
        let titik_panas: Hotspots?
        let kepadatan: Density
        let selang = "beta-binomial empirical Bayes, 95 %, diperlebar oleh ketidakpastian letak"
        let penempatan = "kode, koordinat, nama, surveyor, alamat; peluang Bayes"
        /// Boundary sets that were heard beside the active one where they disagree.
        let batas_pembanding: [String]
        let penutupan = "jumlah 1-4 ditutup, dengan penutupan pelengkap"
    }

    struct Breaks: Encodable {
        // Fixed, so that the colours of two years can be compared.
        let persen_ekstrem = [1.0, 2, 4, 6, 9]
        let kepadatan = [50.0, 100, 250, 500, 1000]
    }

    let id: Int64
    let terbit_pada: String
    let data_simulasi: Bool
    let register: Register
    let kriteria: Criterion
    let batas: Boundaries
    let kabupaten: Kabupaten
    let metode: Method
    /// The same for everything beside the hotspots of the rule.
    let hasil_lain: FurtherMethods
    let versi = PetaVersion.text
    let rentang = Breaks()
    let kelas_titik_panas: [String: Int]

    init(_ map: ComputedMap, id: Int64, publishedAt: String) {
        self.id = id
        terbit_pada = publishedAt
        data_simulasi = map.register.isSimulated
        register = Register(
            sumber: map.register.source,
            tanggal: map.register.releaseDate.iso,
            nama_berkas: map.register.imports.count == 1
                ? map.register.fileName : "\(map.register.imports.count) berkas",
            lengkap: map.hotspots != nil,
            baris: map.register.rowsRead)
        kriteria = Criterion(
            id: map.rule.id,
            nama: map.rule.name,
            berlaku_sejak: map.rule.inForceSince.iso,
            keterangan: map.rule.basis)
        batas = Boundaries(
            nama: map.boundarySet.name,
            tanggal: map.boundarySet.date.iso,
            sumber: map.boundarySet.source,
            lisensi: map.boundarySet.licence,
            atribusi: map.boundarySet.attribution,
            catatan: "Batas indikatif, bukan acuan penegasan batas",
            ketelitian_m: map.boundarySet.accuracyMetres > 0
                ? map.boundarySet.accuracyMetres : nil)
        let area = map.kabupaten
        let withoutDesa = area.unplaced.values.reduce(0, +)
        kabupaten = Kabupaten(
            kode: area.code.dotted,
            nama: area.code == .probolinggo
                ? "Kabupaten Probolinggo" : "Kabupaten \(area.code.dotted)",
            keluarga: area.published.keluarga,
            keluarga_ekstrem: area.published.extreme,
            persen_ekstrem: area.published.extremePercent,
            luas_km2: Rounding.tenths(area.areaKm2),
            kepadatan: area.published.keluargaPerKm2,
            desil: area.published.desil,
            ditempatkan_persen: Dictionary(
                uniqueKeysWithValues: area.published.placedPercent.map {
                    ($0.key.rawValue, $0.value)
                }),
            tanpa_desa: SmallCellRule.standard.isSmall(withoutDesa) ? nil : withoutDesa)
        metode = Method(
            titik_panas: map.hotspots.map {
                Hotspots(
                    statistik: "kelompok desa bertetangga di atas ambang",
                    ulangan: $0.replicas,
                    seed: $0.seed,
                    rasio: $0.relevantRatio,
                    proporsi_biasa: ($0.typicalShare * 1e3).rounded() / 1e3,
                    kelompok: $0.clusters.enumerated().map { number, cluster in
                        Hotspots.Group(
                            nomor: number + 1, jenis: cluster.isHot ? "panas" : "dingin",
                            jumlah_desa: cluster.members.count, p: cluster.pValue)
                    },
                    statistik_z: "Gi* dari z Assunção-Reis, z dibatasi ±"
                        + "\(Int($0.zScoreBound))",
                    permutasi: $0.permutations,
                    unit_diuji: $0.tested,
                    tanpa_tetangga: $0.untested,
                    proporsi_keseluruhan: ($0.overallShare * 1e6).rounded() / 1e6)
            },
            kepadatan: Density(
                sel_m: Int(map.density.grid.widthMetres), jumlah_sel: map.density.cells.count),
            batas_pembanding: map.otherBoundarySets)
        hasil_lain = FurtherMethods(map)
        kelas_titik_panas = Dictionary(
            grouping: map.desa, by: \.finding.hotspotClass.rawValue
        ).mapValues(\.count)
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
