internal import FeatureFilter
internal import Foundation
internal import Geospatial

/// Geometries into and out of bytes, and filters from text to a checked tree, on one core.
///
/// The peers are Foundation's JSONEncoder and JSONSerialization on the same rings.
enum GeometryBenchmarks {
    private static let runs = 7

    static func run(_ report: (String) -> Void) throws {
        let path = "geodata/desa.geojson"
        let data = try Data(contentsOf: BenchmarkPlace.root.appendingPathComponent(path))
        let areas = try GeoJSONAreas.read(data).map(\.area)
        let geometries = areas.map(Geometry.multiPolygon)
        let vertices = areas.reduce(0) { $0 + $1.vertexCount }
        let bytes = geometries.map(\.wellKnownBinary)
        report(
            "\(path): \(areas.count) areas, \(vertices) vertices; ns a vertex, median of \(runs)")
        func measure(_ name: String, per count: Int, _ body: () throws -> Int) rethrows {
            let clock = ContinuousClock()
            var seconds: [Double] = []
            var check = 0
            for _ in 0..<runs {
                let start = clock.now
                check = try body()
                seconds.append((clock.now - start).inSeconds)
            }
            seconds.sort()
            let nanoseconds = seconds.map { ($0 * 1e9 / Double(count)).rounded() }
            report(
                "  \(name): \(Int(nanoseconds[runs / 2])) "
                    + "(\(Int(nanoseconds[0]))-\(Int(nanoseconds[runs - 1]))), check \(check)")
        }
        measure("write WKB", per: vertices) {
            geometries.reduce(0) { $0 + $1.wellKnownBinary.count }
        }
        try measure("read WKB as geometry", per: vertices) {
            try bytes.reduce(0) {
                try $0 + (Geometry(wellKnownBinary: $1).boundingBox == nil ? 0 : 1)
            }
        }
        try measure("read WKB as area", per: vertices) {
            try bytes.reduce(0) { try $0 + WellKnownBinary.decode($1).polygons.count }
        }
        measure("write GeoJSON, 7 decimals", per: vertices) {
            geometries.reduce(0) { $0 + $1.geoJSON(decimals: 7).count }
        }
        let rings = areas.map { area in
            area.polygons.map { polygon in
                polygon.rings.map { ring in ring.map { [$0.longitude, $0.latitude] } }
            }
        }
        try measure("peer: JSONEncoder", per: vertices) {
            try rings.reduce(0) { try $0 + JSONEncoder().encode($1).count }
        }
        try measure("peer: JSONSerialization", per: vertices) {
            try rings.reduce(0) { try $0 + JSONSerialization.data(withJSONObject: $1).count }
        }
        try filters(report, measure)
    }

    private static let written = [
        "keluarga > 100 AND kecamatan IN ('Krucil','Sukapura')",
        "S_INTERSECTS(geom,POLYGON((113 -8,113.5 -8,113.5 -7.5,113 -7.5,113 -8)))",
        "casei(nama) LIKE casei('r_kaan%') OR NOT (persen BETWEEN 2.5 AND 7 / 2)",
        "T_DURING(INTERVAL(mulai,selesai),INTERVAL('2026-01-01','2026-12-31'))",
    ]

    private static func filters(
        _ report: (String) -> Void,
        _ measure: (String, Int, () throws -> Int) throws -> Void
    ) throws {
        let check = FilterCheck(queryables: [
            "keluarga": .integer, "kecamatan": .string, "nama": .string, "persen": .number,
            "mulai": .date, "selesai": .date, "geom": .geometry,
        ])
        let rounds = 20_000
        report("\(written.count) filters of some 70 characters, ns a filter")
        try measure("parse and check", rounds * written.count) {
            var checked = 0
            for _ in 0..<rounds {
                for text in written {
                    checked += try check.check(try CQL2Text.parse(text)).queryables.count
                }
            }
            return checked
        }
    }
}
