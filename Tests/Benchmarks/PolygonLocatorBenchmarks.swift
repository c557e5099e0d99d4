internal import Foundation
internal import Geospatial

/// Positions located per second on one core, and the index of a country: built, kept, read again.
///
/// Two sets of points for each map: uniform in its extent, where much is sea, and only inside.
enum PolygonLocatorBenchmarks {
    private static let runs = 5
    private static let points = 1_000_000

    static func run(_ report: (String) -> Void) throws {
        let maps = [
            "geodata/desa.geojson", "../shared/data/probolinggo/probolinggo_desa.geojson",
            "../shared/data/jatim/jatim_desa.fgb",
            "../shared/data/indonesia/indonesia_desa_simplified.fgb",
        ]
        for path in maps {
            let file = BenchmarkPlace.root.appendingPathComponent(path)
            if FileManager.default.fileExists(atPath: file.path) {
                try measure(try areas(of: file), path, report)
            } else {
                report("  skipped: \(path) is not there")
            }
        }
    }

    private static func areas(of file: URL) throws -> [MultiPolygon] {
        let data = try Data(contentsOf: file)
        guard file.pathExtension == "fgb" else { return try GeoJSONAreas.read(data).map(\.area) }
        var reader = try FlatGeobufReader([UInt8](data))
        return try reader.rest().compactMap { feature in
            guard case .area(let area) = feature.geometry else { return nil }
            return area
        }
    }

    private static func measure(
        _ areas: [MultiPolygon],
        _ path: String,
        _ report: (String) -> Void
    ) throws {
        var locator = PolygonLocator([])
        let clock = ContinuousClock()
        let building = clock.measure { locator = PolygonLocator(areas) }.inSeconds
        var bytes: [UInt8] = []
        let writing = clock.measure { bytes = locator.encoded() }.inSeconds
        let reading = try clock.measure { locator = try PolygonLocator(encoded: bytes) }.inSeconds
        let vertices = areas.reduce(0) { $0 + $1.vertexCount }
        report(
            "  \(path): \(areas.count) areas, \(vertices) vertices, built in \(building.short) s; "
                + "\(bytes.count / 1_000_000) MB written in \(writing.short) s, read in "
                + "\(reading.short) s")
        guard let box = BoundingBox(enclosing: areas.compactMap(\.boundingBox)) else { return }
        var generator = SystemRandomNumberGenerator()
        func position(in box: BoundingBox) -> Coordinate {
            Coordinate(
                longitude: .random(in: box.west...box.east, using: &generator),
                latitude: .random(in: box.south...box.north, using: &generator))
        }
        measure(locator, (0..<points).map { _ in position(in: box) }, "in the extent", report)
        let boxes = areas.compactMap(\.boundingBox)
        var inside: [Coordinate] = []
        while inside.count < points {
            let drawn = (0..<points).map { _ in
                position(in: boxes[Int.random(in: boxes.indices, using: &generator)])
            }
            inside += zip(drawn, locator.indices(of: drawn)).filter { $0.1 >= 0 }.map(\.0)
                .prefix(points - inside.count)
        }
        measure(locator, inside, "inside", report)
    }

    private static func measure(
        _ locator: PolygonLocator,
        _ positions: [Coordinate],
        _ place: String,
        _ report: (String) -> Void
    ) {
        let clock = ContinuousClock()
        var inside = 0
        let times = (0..<runs).map { _ in
            clock.measure { inside = locator.indices(of: positions).count { $0 >= 0 } }.inSeconds
        }.sorted()
        let perSecond = Double(points) / times[runs / 2] / 1e6
        report(
            "    1,000,000 points \(place) (\(inside) found): median \(times[runs / 2].short) s "
                + "(\(times[0].short)–\(times[runs - 1].short)), \(perSecond.short) million/s")
    }
}
