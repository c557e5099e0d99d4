import Foundation
import Geospatial
import VectorTiles

/// From desa boundaries to the bytes of all tiles, zoom 6 to 14, on one core.
enum VectorTilesBenchmarks {
    private static let rounds = 11

    static func run(_ report: (String) -> Void) {
        for (name, url) in files {
            guard let desa = try? Desa(url) else {
                report("VectorTiles, \(name): no file, skipped")
                continue
            }
            measure(desa, name, report)
        }
    }

    private static func measure(_ desa: Desa, _ name: String, _ report: (String) -> Void) {
        let vertices = desa.areas.reduce(0) { $0 + $1.vertexCount }
        report("VectorTiles, \(name): \(desa.areas.count) areas, \(vertices) vertices")
        let attributes = LayerAttributes(
            name: "desa",
            ids: desa.ids,
            keys: ["nama", "luas_km2"],
            rows: desa.rows
        )

        let topology = CoverageTopology(desa.areas)
        let coverage = SimplifiedCoverage(topology)
        let layer = LayerGeometry(coverage)
        time("arcs", report) { _ = CoverageTopology(desa.areas) }
        time("simplify and round, 9 zooms", report) { _ = SimplifiedCoverage(topology) }
        time("cut desa into tiles", report) { _ = LayerGeometry(coverage) }
        time("cut kecamatan into tiles", report) {
            _ = LayerGeometry(coverage, dissolvedBy: desa.kecamatan)
        }
        time("encode all tiles, GeoJSON and MVT", report) { _ = encode(layer, attributes) }
        time("everything, desa", report) {
            let coverage = SimplifiedCoverage(CoverageTopology(desa.areas))
            _ = encode(LayerGeometry(coverage), attributes)
        }

        let tiles = encode(layer, attributes)
        let geoJSON = tiles.reduce(0) { $0 + $1.geoJSON.count }
        let mvt = tiles.reduce(0) { $0 + $1.mvt.count }
        report("  \(tiles.count) tiles: \(geoJSON) bytes of GeoJSON, \(mvt) bytes of MVT")
        let largest = tiles.map(\.geoJSON.count).max() ?? 0
        report("  largest GeoJSON tile: \(largest) bytes")
        let conflicts = coverage.statistics.reduce(0) { $0 + $1.conflicts }
        report("  conflicts over all zooms: \(conflicts)")
    }

    private static func encode(
        _ layer: LayerGeometry,
        _ attributes: LayerAttributes
    ) -> [EncodedTile] {
        layer.tiles.map { TileEncoder.encode($0, geometry: layer, attributes: attributes) }
    }

    private static func time(_ step: String, _ report: (String) -> Void, _ body: () -> Void) {
        let clock = ContinuousClock()
        let times = (0..<rounds).map { _ in
            clock.measure(body) / .milliseconds(1)
        }.sorted()
        func text(_ milliseconds: Double) -> String { String(format: "%.1f", milliseconds) }
        report(
            "  \(step): median \(text(times[rounds / 2])) ms,"
                + " \(text(times[0])) to \(text(times[rounds - 1])) ms, \(rounds) runs"
        )
    }

    private static var files: [(String, URL)] {
        var project = URL(filePath: #filePath)
        for _ in 0..<3 { project.deleteLastPathComponent() }
        let fullDetail = "../shared/data/probolinggo/probolinggo_desa.geojson"
        return [
            ("geodata/desa.geojson", project.appending(path: "geodata/desa.geojson")),
            ("full detail", project.appending(path: fullDetail).standardized),
        ]
    }

    private struct Unreadable: Error {}

    private struct Desa {
        var areas: [MultiPolygon] = []
        var ids: [UInt64] = []
        var rows: [[TileValue]] = []
        var kecamatan: [Int] = []

        init(_ url: URL) throws {
            let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
            guard let features = (root as? [String: Any])?["features"] as? [[String: Any]] else {
                throw Unreadable()
            }
            var groups: [String: Int] = [:]
            for feature in features {
                guard let properties = feature["properties"] as? [String: Any],
                    let code = properties["kode_bps"] as? String, let id = UInt64(code),
                    let name = (properties["nama_desa"] ?? properties["nama_kemendagri"])
                        as? String,
                    let size = properties["luas_km2"] as? Double,
                    let geometry = feature["geometry"] as? [String: Any]
                else { throw Unreadable() }
                areas.append(try Self.area(geometry))
                ids.append(id)
                rows.append([.string(name), .double(size)])
                let group = groups[String(code.prefix(7)), default: groups.count]
                groups[String(code.prefix(7))] = group
                kecamatan.append(group)
            }
        }

        private static func area(_ geometry: [String: Any]) throws -> MultiPolygon {
            let polygons: [[[[Double]]]]
            switch geometry["coordinates"] {
            case let polygon as [[[Double]]]: polygons = [polygon]
            case let several as [[[[Double]]]]: polygons = several
            default: throw Unreadable()
            }
            return MultiPolygon(
                polygons.map { rings in
                    let open = rings.map { ring in
                        ring.dropLast().map { Coordinate(longitude: $0[0], latitude: $0[1]) }
                    }
                    return Polygon(exterior: open[0], holes: Array(open.dropFirst()))
                }
            )
        }
    }
}
