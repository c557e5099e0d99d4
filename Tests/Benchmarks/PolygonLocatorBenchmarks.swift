internal import Foundation
internal import Geospatial

/// Positions located per second on one core; the points are uniform in the extent.
enum PolygonLocatorBenchmarks {
    private static let runs = 5
    private static let points = 1_000_000

    static func run(_ report: (String) -> Void) throws {
        try measure("geodata/desa.geojson", report)
        let detail = "../shared/data/probolinggo/probolinggo_desa.geojson"
        let file = BenchmarkPlace.root.appendingPathComponent(detail)
        if FileManager.default.fileExists(atPath: file.path) {
            try measure(detail, report)
        } else {
            report("  full detail skipped: \(detail) is not there")
        }
    }

    private static func measure(_ path: String, _ report: (String) -> Void) throws {
        let file = BenchmarkPlace.root.appendingPathComponent(path)
        let areas = try GeoJSONAreas.read(Data(contentsOf: file)).map(\.area)
        var locator = PolygonLocator([])
        let clock = ContinuousClock()
        let building = clock.measure { locator = PolygonLocator(areas) }.inSeconds
        guard var box = areas.first?.boundingBox else { return }
        areas.compactMap(\.boundingBox).forEach { box.formUnion($0) }
        var generator = SystemRandomNumberGenerator()
        let positions = (0..<points).map { _ in
            Coordinate(
                longitude: .random(in: box.west...box.east, using: &generator),
                latitude: .random(in: box.south...box.north, using: &generator))
        }
        var inside = 0
        let times = (0..<runs).map { _ in
            clock.measure { inside = locator.indices(of: positions).count { $0 >= 0 } }.inSeconds
        }.sorted()
        let perSecond = Double(points) / times[runs / 2] / 1e6
        report(
            "  \(areas.count) areas, \(areas.reduce(0) { $0 + $1.vertexCount }) vertices, "
                + "built in \(building.short) s")
        report(
            "    1,000,000 points (\(inside) inside): median \(times[runs / 2].short) s "
                + "(\(times[0].short)–\(times[runs - 1].short)), \(perSecond.short) million/s")
    }
}
