public import Geospatial
public import PovertyModel

/// A desa with its boundary: what a simulation needs to know of the real world.
public struct SimulationArea: Sendable {
    public let desa: Desa
    public let geometry: MultiPolygon

    public init(desa: Desa, geometry: MultiPolygon) {
        self.desa = desa
        self.geometry = geometry
    }
}
