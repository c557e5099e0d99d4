internal import Foundation
internal import Geocoding
internal import Geospatial
internal import NIOCore
internal import PovertyModel
internal import SpatialStore
internal import Synchronization

/// A geocoder on the boundaries of a release, without anything of a keluarga.
struct ServedGeocoder: Sendable {
    let geocoder: Geocoder
    /// Positions are repaired so that they fall into it.
    let extent: BoundingBox

    /// How far beyond the boundaries a position is still taken as written correctly, in degrees.
    private static let extentMargin = 0.02

    /// Reads `batas.json` of a release; nil when it has no such document, as old ones.
    init?(_ document: Data) {
        guard let features = try? GeoJSONAreas.read(document) else { return nil }
        var units: [Desa] = []
        var polygons: [(desa: Int, area: MultiPolygon)] = []
        var accuracyMetres = 0.0
        for feature in features {
            guard let desa = Self.desa(feature) else { continue }
            polygons.append((units.count, feature.area))
            units.append(desa)
            accuracyMetres = feature.properties["ketelitian_m"].flatMap { Double($0) } ?? 0
        }
        guard let box = BoundingBox(enclosing: polygons.compactMap(\.area.boundingBox)) else {
            return nil
        }
        let borders = BorderIndex(polygons.map { (area: $0.desa, polygon: $0.area) })
        geocoder = Geocoder(
            gazetteer: Gazetteer(units), polygons: polygons,
            borders: BorderUncertainty(
                sets: [(index: borders, accuracyMetres: accuracyMetres, weight: 1)]))
        extent = BoundingBox(
            west: box.west - Self.extentMargin, south: box.south - Self.extentMargin,
            east: box.east + Self.extentMargin, north: box.north + Self.extentMargin)
    }

    private static func desa(_ feature: GeoJSONAreas.Feature) -> Desa? {
        let properties = feature.properties
        func list(_ name: String) -> [String] {
            (properties[name] ?? "").split(separator: "|").map(String.init)
        }
        guard let code = properties["kode_desa"].flatMap({ DesaCode($0) }),
            let bpsCode = properties["kode_bps"].flatMap({ BPSDesaCode($0) }),
            let name = properties["nama_desa"], let point = feature.area.boundingBox?.center
        else { return nil }
        return Desa(
            code: code,
            bpsCode: bpsCode,
            name: name,
            kind: properties["jenis"].flatMap(Desa.Kind.init) ?? .desa,
            kecamatanName: properties["nama_kecamatan"] ?? "",
            otherNames: list("nama_lain"),
            labelPoint: point,
            outerNeighbours: list("tetangga_luar"),
            formerCodes: list("kode_lama").compactMap { Int($0) })
    }
}

/// The geocoder of the release that was asked last; made when somebody first asks.
final class GeocoderShelf: Sendable {
    private let kept = Mutex<(release: Int64, geocoder: ServedGeocoder)?>(nil)

    /// Takes some tenths of a second for the first question to a release.
    func geocoder(of release: ServedRelease) throws -> ServedGeocoder? {
        try kept.withLock { kept in
            if let kept, kept.release == release.id { return kept.geocoder }
            guard let document = release.document("batas"),
                let geocoder = ServedGeocoder(
                    Data(try document.plain().readableBytesView))
            else { return nil }
            kept = (release.id, geocoder)
            return geocoder
        }
    }
}
