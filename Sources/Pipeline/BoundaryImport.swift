internal import Foundation
internal import Geocoding
public import Geospatial
internal import PovertyModel
public import SpatialStore

/// Loads the gazetteer and a boundary set into the database.
public struct BoundaryImport {
    public struct Summary: Hashable, Sendable {
        public let desa: Int
        public let kecamatan: Int
        public let vertices: Int
        public let areaKm2: Double
        /// Polygons whose code is missing or no desa of the gazetteer.
        public let withoutDesa: Int
        /// Polygons that share their code with an earlier one and were joined to it.
        public let joined: Int
        /// Desa of the gazetteer that no polygon covers.
        public let withoutPolygon: Int
        /// Polygons that crossed themselves and were made valid.
        public let madeValid: Int
        /// What was mended while the file was read.
        public let notes: GeoJSONAreas.Notes
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
            ],
            // A point within about 60 m of a border can fall on the other side: two deviations.
            accuracyMetres: 30)
    }

    public func run(
        gazetteerPath: String,
        boundaryPath: String,
        set: BoundarySet
    ) throws -> Summary {
        let units = try GazetteerFile.read(path: gazetteerPath)
        let features = try Self.features(path: boundaryPath, layer: nil)
        try database.saveGazetteer(units)
        return try save(features, path: boundaryPath, set: set)
    }

    /// Imports a further set for the gazetteer that is there; it becomes the active one.
    ///
    /// Whatever GDAL reads: GeoJSON, GeoPackage, Shapefile, FlatGeobuf. `layer` names a table,
    /// `referenceSystem` (such as EPSG:32749) what a file without one is in.
    public func add(
        path: String,
        layer: String?,
        referenceSystem: String?,
        set: BoundarySet
    ) throws -> Summary {
        let features = try Self.features(
            path: path, layer: layer, referenceSystem: referenceSystem)
        return try save(features, path: path, set: set)
    }

    private func save(
        _ features: [GeoJSONAreas.Feature],
        path: String,
        set: BoundarySet
    ) throws -> Summary {
        let gazetteer = Gazetteer(try database.gazetteer())
        var areas: [DesaCode: MultiPolygon] = [:]
        var (withoutDesa, joined) = (0, 0)
        var notes = GeoJSONAreas.Notes()
        for feature in features {
            notes += feature.notes
            guard let index = Self.desa(of: feature, gazetteer) else {
                withoutDesa += 1
                continue
            }
            let code = gazetteer.desa[index].code
            if areas[code] != nil { joined += 1 }
            areas[code, default: MultiPolygon([])].polygons += feature.area.polygons
        }
        guard !areas.isEmpty else { throw PipelineError.noAreas(path: path) }
        let boundaries = areas.sorted { $0.key < $1.key }.map { code, area in
            DesaBoundary(desa: code, areaKm2: EqualArea.areaKm2(area), area: area)
        }
        let madeValid = try database.invalidCount(of: boundaries.map(\.area))
        try database.saveBoundarySet(set, boundaries: boundaries)
        return Summary(
            desa: boundaries.count,
            kecamatan: Set(boundaries.map(\.desa.kecamatan)).count,
            vertices: boundaries.reduce(0) { $0 + $1.area.vertexCount },
            areaKm2: boundaries.reduce(0) { $0 + $1.areaKm2 },
            withoutDesa: withoutDesa,
            joined: joined,
            withoutPolygon: gazetteer.desa.count - boundaries.count,
            madeValid: madeValid,
            notes: notes)
    }

    /// The spellings of code columns in use: this project's, Kepmendagri lists, BIG (KDEPUM,
    /// KDEBPS), BPS and OCHA.
    private static let codeColumns = [
        "kode_desa", "kode_kemendagri", "kdepum", "kode", "kode_bps", "kdebps", "village_code",
        "adm4_pcode",
    ]

    private static func desa(of feature: GeoJSONAreas.Feature, _ gazetteer: Gazetteer) -> Int? {
        let properties = Dictionary(
            feature.properties.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
        for column in codeColumns {
            guard let written = properties[column] else { continue }
            // OCHA writes the country before the digits: ID3513010001.
            let digits = written.drop { !$0.isNumber }
            if let index = gazetteer.index(code: String(digits)) { return index }
        }
        return nil
    }

    static func features(
        path: String,
        layer: String?,
        referenceSystem: String? = nil
    ) throws -> [GeoJSONAreas.Feature] {
        let file = try InputFile(path: path)
        let isGeoJSON = ["geojson", "json"].contains(
            URL(fileURLWithPath: path).pathExtension.lowercased())
        let data =
            isGeoJSON && referenceSystem == nil
            ? Data(try file.head(file.byteCount))
            : try converted(
                path: path, layer: layer ?? finestPolygonLayer(of: path),
                referenceSystem: referenceSystem)
        do {
            let features = try GeoJSONAreas.read(data)
            guard !isGeoJSON else { return features }
            // Other forms wind the other way by their own rules.
            return features.map { feature in
                var notes = feature.notes
                notes.turnedRings = 0
                return GeoJSONAreas.Feature(
                    properties: feature.properties, area: feature.area, notes: notes)
            }
        } catch {
            throw pipelineError(error, path: path)
        }
    }

    /// The layer with the most polygons in a file with several: desa are finer than kecamatan.
    ///
    /// Nil where there is nothing to choose.
    static func finestPolygonLayer(of path: String) throws -> String? {
        let layers = try GeographicTable.layers(path: path)
        guard layers.count > 1 else { return nil }
        var best: (name: String, features: Int)?
        for layer in layers {
            let (output, status) = try GDALTool.run(
                "ogrinfo", ["-ro", "-so", path, layer])
            let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
            func value(_ name: String) -> Substring? {
                lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
            }
            guard status == 0, value("Geometry: ")?.contains("Polygon") == true,
                let features = value("Feature Count: ").flatMap({ Int($0) })
            else { continue }
            if features > best?.features ?? 0 { best = (layer, features) }
        }
        return best?.name
    }

    /// The file as GeoJSON in EPSG:4326.
    ///
    /// By GDAL: it knows the forms, the projections and the encodings of attributes.
    private static func converted(
        path: String,
        layer: String?,
        referenceSystem: String?
    ) throws -> Data {
        // 12 decimals: neighbours that share a vertex go on sharing it.
        var arguments = [
            "-f", "GeoJSON", "/vsistdout/", path, "-t_srs", "EPSG:4326", "-lco",
            "COORDINATE_PRECISION=12",
        ]
        if let referenceSystem { arguments += ["-s_srs", referenceSystem] }
        if let layer { arguments.append(layer) }
        let (output, status) = try GDALTool.run("ogr2ogr", arguments)
        guard status == 0, !output.isEmpty else {
            throw PipelineError.notConverted(path: path)
        }
        return output
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
                problem: "no ring encloses anything, or a position lacks a number")
        }
    }
}
