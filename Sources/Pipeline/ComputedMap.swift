internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// All that a release shows, before it is written down.
struct ComputedMap {
    let register: RegistryRelease
    /// Placed or not.
    let keluarga: Int
    let boundarySet: BoundarySet
    /// By name.
    let otherBoundarySets: [String]
    let rule: ExtremePovertyRule
    /// By code; every desa of the boundary set is here, whether it has keluarga or not.
    let desa: [DesaIndicator]
    /// By code.
    let kecamatan: [KecamatanIndicator]
    let kabupaten: KabupatenIndicator
    let density: DensityMap
    /// Nil when the register is not complete: then there is no denominator and no test.
    let hotspots: HotspotRun?
    let further: FurtherResults
}

struct DesaIndicator {
    let desa: Desa
    let boundary: DesaBoundary
    let figures: AreaFigures
    let uncertainty: PlacementUncertainty
    let rate: RateEstimate?
    let finding: HotspotFinding
    let published: PublicFigures
    var further = FurtherFindings()
}

struct KecamatanIndicator {
    let code: KecamatanCode
    let name: String
    let areaKm2: Double
    /// Positions in `ComputedMap.desa`.
    let desa: [Int]
    let figures: AreaFigures
    let rate: RateEstimate?
    let published: PublicFigures
}

struct KabupatenIndicator {
    let code: KabupatenCode
    let areaKm2: Double
    /// Of all keluarga with a desa.
    let figures: AreaFigures
    let published: PublicFigures
    let unplaced: [UnplacedReason: Int]
}
