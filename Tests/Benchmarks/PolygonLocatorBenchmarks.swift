internal import Foundation
internal import Geospatial

/// Positions located per second on one core; the points are uniform in the extent.
enum PolygonLocatorBenchmarks {
    private static let runs = 5
    private static let points = 1_000_000

    static func run(_ report: (String) -> Void) throws {
        let file = BenchmarkPlace.root.appendingPathComponent("geodata/desa.geojson")
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
            clock.measure { inside = positions.count { locator.index(of: $0) != nil } }.inSeconds
        }.sorted()
        let perSecond = Double(points) / times[runs / 2] / 1e6
        report("  330 desa, \(areas.reduce(0) { $0 + $1.vertexCount }) vertices")
        report("  building: \(building.short) s")
        report(
            "  1,000,000 points (\(inside) inside): median \(times[runs / 2].short) s "
                + "(\(times[0].short)–\(times[runs - 1].short)), \(perSecond.short) million/s")
    }
}
