internal import Geospatial
internal import PovertyModel

/// Where a desa lies, in the words that the invented size and risk depend on.
struct DesaSetting: Sendable {
    let areaKm2: Double
    let coastKm: Double
    /// To the nearer of Kraksaan and Kota Probolinggo.
    let townKm: Double

    init(_ area: SimulationArea, plane: LocalPlane) {
        areaKm2 = plane.areaKm2(area.geometry)
        let point = area.desa.labelPoint
        coastKm = plane.metres(from: point, toLine: Self.coast) / 1000
        townKm = (Self.towns.map { plane.metres(from: point, to: $0) }.min() ?? 0) / 1000
    }

    /// Houses by the sea: boats, fishers.
    var isCoastal: Bool { coastKm < 2 }

    /// The shore of the Madura Strait from Tongas to Paiton, twelve points read from
    /// `geodata/desa.geojson` to about 500 m.
    private static let coast: [Coordinate] = [
        (113.04, -7.720), (113.10, -7.700), (113.16, -7.725), (113.22, -7.735), (113.29, -7.760),
        (113.32, -7.770), (113.36, -7.738), (113.40, -7.734), (113.44, -7.722), (113.48, -7.698),
        (113.56, -7.705), (113.63, -7.710),
    ].map { Coordinate(longitude: $0.0, latitude: $0.1) }

    private static let towns = [
        Coordinate(longitude: 113.40, latitude: -7.755),
        Coordinate(longitude: 113.21, latitude: -7.755),
    ]
}

/// The smooth part of the risk of extreme poverty, before chance and before planted clusters.
///
/// No table of kecamatan or desa was published. Known is where it was said to be worse: Krucil,
/// Tongas, Gading, Pakuniran and Maron (the 25 desa of the 2021 pilot), and Tiris or Krucil first,
/// Kraksaan next in persons (press, 2022-24). The rest is assumed after the terrain: worse with
/// the distance from coast and towns up to the Tengger and the Argopuro, a little worse again in
/// the fishing desa of the shore.
enum BackgroundRisk {
    /// Factors on the risk by kecamatan (Kemendagri code); 1 where none is given.
    private static let kecamatanFactors: [Int: Double] = [
        351307: 1.12,  // Tiris
        351308: 1.12,  // Krucil
        351309: 1.10,  // Gading
        351310: 1.10,  // Pakuniran
        351323: 1.10,  // Tongas
        351317: 1.06,  // Maron
        351314: 1.04,  // Kraksaan
        351302: 1.05,  // Sumber
        351303: 1.05,  // Kuripan
        351324: 1.05,  // Lumbang
    ]

    private static let perKmFromCoast = 0.011
    private static let perKmFromTown = 0.010
    private static let shoreExcess = 0.12
    private static let shoreDepthKm = 1.5
    private static let range = 0.75...1.35

    /// Relative risks with a mean of about 1, each weighed by its `keluarga`.
    static func relativeRisks(
        of areas: [SimulationArea],
        settings: [DesaSetting],
        keluarga: [Int]
    ) -> [Double] {
        let raw = zip(areas, settings).map { area, setting in
            let shore = shoreExcess * PortableMath.exponential(-setting.coastKm / shoreDepthKm)
            let terrain = perKmFromCoast * setting.coastKm + perKmFromTown * setting.townKm
            let kecamatan = kecamatanFactors[area.desa.code.kecamatan.number] ?? 1
            return PortableMath.exponential(terrain + shore) * kecamatan
        }
        let total = keluarga.reduce(0, +)
        let mean =
            total == 0
            ? raw.reduce(0, +) / Double(raw.count)
            : zip(raw, keluarga).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(total)
        return raw.map { min(range.upperBound, max(range.lowerBound, $0 / mean)) }
    }
}
