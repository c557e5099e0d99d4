internal import PovertyModel
internal import SpatialStore

/// What the release document says of the results beside the hotspots of its rule.
struct FurtherMethods: Encodable {
    struct Indicator: Encodable {
        struct Group: Encodable {
            /// As `kelompok_…` of its desa.
            let nomor: Int
            let jenis: String
            let jumlah_desa: Int
            let p: Double
        }

        let id: String
        let nama: String
        /// The names of its properties are `kelas_` and `kelompok_` with this.
        let sifat: String
        let berlaku_sejak: String
        let pembilang: String
        let penyebut: String
        /// First and last desil of the numerator.
        let desil: [Int]
        /// Of the denominator; null for all keluarga.
        let desil_penyebut: [Int]?
        let metode = "kelompok desa bertetangga di atas ambang"
        let koreksi = "tingkat salah seluruh peta (family-wise) untuk tiap indikator"
        let ulangan: Int
        let seed: UInt64
        let versi = PetaVersion.text
        let unit_diuji: Int
        let proporsi_biasa: Double
        let kelompok: [Group]
        let kelas: [String: Int]

        init(_ run: IndicatorRun) {
            let indicator = run.indicator
            id = indicator.id
            nama = indicator.name
            sifat = indicator.propertyName
            berlaku_sejak = indicator.inForceSince.iso
            pembilang = indicator.numeratorText
            penyebut = indicator.denominatorText
            desil = [indicator.counted.lowerBound.number, indicator.counted.upperBound.number]
            desil_penyebut = indicator.among.map { [$0.lowerBound.number, $0.upperBound.number] }
            ulangan = run.replicas
            seed = run.seed
            unit_diuji = run.tested
            proporsi_biasa = (run.typicalShare * 1e3).rounded() / 1e3
            kelompok = run.clusters.enumerated().map { number, cluster in
                Group(
                    nomor: number + 1, jenis: cluster.isHot ? "panas" : "dingin",
                    jumlah_desa: cluster.members.count, p: cluster.pValue)
            }
            kelas = Dictionary(grouping: run.findings, by: \.hotspotClass.rawValue)
                .mapValues(\.count)
        }
    }

    struct Change: Encodable {
        let sumber: String
        /// Of the register before.
        let tanggal: String
        let uji =
            "dua proporsi (skor, dengan keluarga yang sama di kedua register; "
            + "mid-p bila harapan < 5), dua sisi"
        let koreksi = "Benjamini-Hochberg"
        let tingkat = ChangeComputation.falseDiscoveryRate
        let penyebut = "seluruh keluarga dalam register masing-masing"
        let unit_diuji: Int
        let mid_p: Int
        /// How the families in both registers were known; null when none were.
        let pengenal: String?
        let keluarga_sama: Int?
        /// Of being extremely poor then and now.
        let korelasi: Double?
        let catatan: String
        let versi = PetaVersion.text
        /// Desa by `beda_kelas`; the rest are withheld.
        let kelas: [String: Int]

        init(_ run: ChangeRun, _ desa: [DesaIndicator]) {
            sumber = run.previous.source
            tanggal = run.previous.releaseDate.iso
            unit_diuji = run.tested
            mid_p = run.testedByMidP
            pengenal = run.pairing.map {
                $0.linkedAt == nil ? "nomor keluarga" : "hasil penautan (peta link)"
            }
            keluarga_sama = run.pairing?.families
            korelasi = run.pairing.map { Rounding.hundredths($0.correlation) }
            catatan =
                run.pairing == nil
                ? "Kedua register dianggap saling bebas, karena keluarga yang sama tidak dikenali; "
                    + "akibatnya terlalu sedikit desa yang tampak berubah, bukan terlalu banyak."
                : "Keluarga yang sama di kedua register diperhitungkan lewat korelasinya; "
                    + "mid-p menganggapnya saling bebas, jadi lebih berhati-hati."
            kelas = Dictionary(
                grouping: desa.compactMap(\.further.change?.change.rawValue), by: \.self
            ).mapValues(\.count)
        }
    }

    struct SpaceTime: Encodable {
        struct Cluster: Encodable {
            let nomor: Int
            let jumlah_desa: Int
            let kode_desa: [String]
            let dari: String
            let sampai: String
            /// Null when it would give a withheld count away.
            let risiko_relatif: Double?
            let p: Double
        }

        /// Dates, oldest first.
        let register: [String]
        let metode = "pindai ruang-waktu Kulldorff, Poisson, lingkaran dan selang register"
        let acuan = "proporsi rata-rata desa itu sendiri di semua register"
        let tren_umum = "dihapus: jumlah tiap register dipertahankan"
        let ulangan: Int
        let seed: UInt64
        let zona_paling_besar = SpaceTimeComputation.reportedShare
        let tingkat = SpaceTimeComputation.largestPValue
        let catatan =
            "Keluarga yang sama ada di tiap register, jadi jumlahnya berubah lebih sedikit daripada "
            + "dugaan Poisson: yang ditemukan terlalu sedikit, bukan terlalu banyak. Kantong yang "
            + "tetap tinggi sejak awal tampak pada titik panas, bukan di sini."
        let versi = PetaVersion.text
        /// Up to the newest register; `nomor` is `kantong_waktu` of its desa.
        let berlangsung: [Cluster]
        /// Over any registers.
        let pernah: [Cluster]

        init(_ run: SpaceTimeRun, _ desa: [DesaIndicator]) {
            register = run.dates.map(\.iso)
            ulangan = run.replicas
            seed = run.seed
            func listed(_ clusters: [SpaceTimeRun.Cluster]) -> [Cluster] {
                clusters.enumerated().map { number, cluster in
                    Cluster(
                        nomor: number + 1,
                        jumlah_desa: cluster.members.count,
                        kode_desa: cluster.members.map { desa[$0].desa.code.dotted },
                        dari: run.dates[cluster.periods.lowerBound].iso,
                        sampai: run.dates[cluster.periods.upperBound].iso,
                        risiko_relatif: cluster.isRiskShown
                            ? Rounding.tenths(cluster.relativeRisk) : nil,
                        p: cluster.pValue)
                }
            }
            berlangsung = listed(run.ongoing)
            pernah = listed(run.any)
        }
    }

    struct Surface: Encodable {
        let inti: String
        /// Standard deviation.
        let lebar_m: Int
        let cara_lebar: String
        let koreksi_tepi = "Diggle, pada luas daratan kabupaten dalam tiap sel"
        let keluarga_paling_sedikit = Int(DensitySurfaceComputation.leastPeople)
        let rasio: String?
        let koreksi: String?
        let tingkat = DensitySurfaceComputation.falseDiscoveryRate
        let ulangan: Int?
        let seed: UInt64?
        let sel_diuji: Int
        /// Of the whole map.
        let p_peta: Double?
        let versi = PetaVersion.text
        /// Cells by `rasio_kelas`.
        let kelas: [String: Int]

        init(_ surface: DensitySurface) {
            inti = surface.kernel == .gaussian ? "Gauss" : "kuartik"
            lebar_m = Int(surface.bandwidthMetres.rounded())
            cara_lebar = surface.bandwidthText
            let isTested = surface.tested > 0
            rasio =
                isTested
                ? "Kelsall-Diggle: kepadatan miskin ekstrem dibagi kepadatan keluarga; "
                    + "undian label" : nil
            koreksi = isTested ? "Benjamini-Hochberg" : nil
            ulangan = isTested ? surface.replicas : nil
            seed = isTested ? surface.seed : nil
            sel_diuji = surface.tested
            p_peta = surface.globalPValue
            kelas = Dictionary(
                grouping: surface.cells.compactMap { $0?.ratioClass?.rawValue }, by: \.self
            ).mapValues(\.count)
        }
    }

    let indikator: [Indicator]
    let perubahan: Change?
    let kantong_waktu: SpaceTime?
    let permukaan: Surface?

    init(_ map: ComputedMap) {
        let results = map.further
        indikator = results.indicators.map(Indicator.init)
        perubahan = results.change.map { Change($0, map.desa) }
        kantong_waktu = results.spaceTime.map { SpaceTime($0, map.desa) }
        permukaan = results.surface.map(Surface.init)
    }
}
