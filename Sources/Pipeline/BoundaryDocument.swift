internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// `/releases/{id}/batas.json`: the desa with their polygons in full detail and everything of the
/// gazetteer that finds them by name, as GeoJSON; the server geocodes with it.
enum BoundaryDocument {
    static let name = "batas"

    private struct Properties: Encodable {
        let kode_desa: String
        let kode_bps: String
        let nama_desa: String
        let jenis: String
        let nama_kecamatan: String
        let nama_lain: String
        let tetangga_luar: String
        let kode_lama: String
        /// Standard deviation of the lines, in metres; 0 is not stated.
        let ketelitian_m: String
    }

    /// Feature ids are the codes without dots, as in the tiles.
    static func geoJSON(_ map: ComputedMap) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = Array(#"{"type":"FeatureCollection","features":["#.utf8)
        for (number, area) in map.desa.enumerated() {
            let desa = area.desa
            let properties = Properties(
                kode_desa: desa.code.dotted,
                kode_bps: desa.bpsCode.text,
                nama_desa: desa.name,
                jenis: desa.kind.rawValue,
                nama_kecamatan: desa.kecamatanName,
                nama_lain: desa.otherNames.joined(separator: "|"),
                tetangga_luar: desa.outerNeighbours.joined(separator: "|"),
                kode_lama: desa.formerCodes.map(String.init).joined(separator: "|"),
                ketelitian_m: "\(map.boundarySet.accuracyMetres)")
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array(
                #"{"type":"Feature","id":\#(desa.code.number),"properties":"#.utf8)
            bytes += try encoder.encode(properties)
            bytes += Array(#","geometry":"#.utf8)
            append(area.boundary.area, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes += Array("]}".utf8)
        return bytes
    }

    private static func append(_ area: MultiPolygon, to bytes: inout [UInt8]) {
        func list<T>(_ items: [T], _ write: (T) -> Void) {
            bytes.append(UInt8(ascii: "["))
            for (number, item) in items.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                write(item)
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes += Array(#"{"type":"MultiPolygon","coordinates":"#.utf8)
        list(area.polygons) { polygon in
            list([polygon.exterior] + polygon.holes) { ring in
                // RFC 7946 repeats the first position at the end.
                list(ring + ring.prefix(1)) { position in
                    // All digits: neighbours that share a vertex go on sharing it.
                    bytes += Array("[\(position.longitude),\(position.latitude)]".utf8)
                }
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }
}
