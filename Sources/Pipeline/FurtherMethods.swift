internal import PovertyModel

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

    let indikator: [Indicator]

    init(_ results: FurtherResults) {
        indikator = results.indicators.map(Indicator.init)
    }
}
