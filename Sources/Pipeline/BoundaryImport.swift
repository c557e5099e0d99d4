internal import Foundation
internal import Geospatial
internal import PovertyModel
public import SpatialStore

/// Loads the gazetteer and a boundary set into the database.
public struct BoundaryImport {
    public struct Summary: Hashable, Sendable {
        public let desa: Int
        public let kecamatan: Int
        public let vertices: Int
        public let areaKm2: Double
    }

    public let database: PovertyDatabase

    public init(database: PovertyDatabase) {
        self.database = database
    }

    /// Loads the tracing that comes with the product.
    public func importOwnTracing(folder: String) throws -> Summary {
        try run(
            gazetteerPath: folder + "/gazetteer.csv",
            boundaryPath: folder + "/desa.geojson",
            set: Self.ownTracing)
    }

    /// The project's own tracing, `geodata/desa.geojson`.
    public static var ownTracing: BoundarySet {
        BoundarySet(
            name: "Peta kerja 1:100.000",
            date: CalendarDate(year: 2026, month: 11, day: 24) ?? .unixEpoch,
            source: "Gambar ulang sendiri dari batas desa BPS 2020 (OCHA/HDX COD-AB Indonesia)",
            licence: "CC BY-IGO",
            attribution: [
                "Batas desa: gambar ulang sendiri menurut BPS 2020 via OCHA/HDX COD-AB Indonesia, "
                    + "CC BY-IGO",
                "Kode dan nama wilayah: Kepmendagri 300.2.2-2430/2025",
            ])
    }

    public func run(
        gazetteerPath: String,
        boundaryPath: String,
        set: BoundarySet
    ) throws -> Summary {
        let units = try GazetteerFile.read(path: gazetteerPath)
        let boundaries = try Self.readBoundaries(path: boundaryPath)
        try database.saveGazetteer(units)
        try database.saveBoundarySet(set, boundaries: boundaries)
        return Summary(
            desa: boundaries.count,
            kecamatan: Set(boundaries.map(\.desa.kecamatan)).count,
            vertices: boundaries.reduce(0) { $0 + $1.area.vertexCount },
            areaKm2: boundaries.reduce(0) { $0 + $1.areaKm2 })
    }

    /// Reads polygons with a property `kode_desa`; polygons with the same code form one area.
    static func readBoundaries(path: String) throws -> [DesaBoundary] {
        let file = try InputFile(path: path)
        let features: [GeoJSONAreas.Feature]
        do {
            features = try GeoJSONAreas.read(Data(try file.head(file.byteCount)))
        } catch let failure as GeoJSONAreas.Failure {
            throw pipelineError(failure, path: path)
        }
        var areas: [DesaCode: MultiPolygon] = [:]
        for feature in features {
            guard let code = feature.properties["kode_desa"].flatMap({ DesaCode($0) }) else {
                continue
            }
            areas[code, default: MultiPolygon([])].polygons += feature.area.polygons
        }
        guard !areas.isEmpty else { throw PipelineError.noAreas(path: path) }
        return areas.sorted { $0.key < $1.key }.map { code, area in
            DesaBoundary(desa: code, areaKm2: EqualArea.areaKm2(area), area: area)
        }
    }

    private static func pipelineError(
        _ failure: GeoJSONAreas.Failure,
        path: String
    ) -> PipelineError {
        switch failure {
        case .notJSON, .notAFeatureCollection: .notGeoJSON(path: path)
        case .noFeatures: .noAreas(path: path)
        case .unsupportedGeometry(let index, let type):
            .brokenArea(path: path, feature: index + 1, problem: "\(type) is no polygon")
        case .invalidRing(let index):
            .brokenArea(
                path: path, feature: index + 1,
                problem: "a ring is not closed or has fewer than four positions")
        }
    }
}
