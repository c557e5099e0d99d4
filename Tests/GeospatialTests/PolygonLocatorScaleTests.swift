import Foundation
import TestSupport
import Testing

@testable import Geospatial

@Suite("PolygonLocator on hard maps")
struct PolygonLocatorScaleTests {
    private static func checked(
        _ areas: [MultiPolygon],
        _ points: [Coordinate],
        _ note: String
    ) {
        let locator = PolygonLocator(areas)
        let boxes = areas.map(\.boundingBox)
        let found = locator.indices(of: points)
        for (point, index) in zip(points, found) {
            let owner = areas.indices.first {
                boxes[$0]?.contains(point) == true && isInside(point, areas[$0])
            }
            #expect(Int(index) == owner ?? -1, "\(note): \(point)")
        }
    }

    private static func coordinate(_ x: Double, _ y: Double) -> Coordinate {
        Coordinate(longitude: x, latitude: y)
    }

    @Test("a wheel of 200 areas around one vertex: a leaf of more areas than a set holds")
    func wheel() {
        let seed: UInt64 = 200
        var generator = SeededGenerator(seed: seed)
        let rim = (0..<200).map { step in
            let angle = 2 * Double.pi * Double(step) / 200
            return Self.coordinate(113 + cos(angle), -8 + sin(angle))
        }
        let hub = Self.coordinate(113, -8)
        let areas = rim.indices.map {
            MultiPolygon([Polygon(exterior: [hub, rim[$0], rim[($0 + 1) % rim.count]])])
        }
        var points = [hub] + rim
        for power in 0..<16 {
            let radius = pow(10, -Double(power))
            for _ in 0..<20 {
                points.append(
                    Self.coordinate(
                        113 + .random(in: -radius...radius, using: &generator),
                        -8 + .random(in: -radius...radius, using: &generator)))
            }
        }
        Self.checked(areas, points, "seed \(seed)")
        let owners = areas.indices.filter { isInside(hub, areas[$0]) }
        #expect(owners.count == 1)
    }

    @Test("forty areas on top of each other: the lowest index wins, also at the others' borders")
    func pile() {
        let seed: UInt64 = 40
        var generator = SeededGenerator(seed: seed)
        let areas = (0..<40).map { number in
            let half = 0.02 * Double(40 - number % 7 * 5 - number / 7)
            let (x, y) = (113 + 0.01 * Double(number % 5), -8 + 0.01 * Double(number % 3))
            return MultiPolygon([
                Polygon(exterior: [
                    Self.coordinate(x - half, y - half), Self.coordinate(x + half, y - half),
                    Self.coordinate(x + half, y + half), Self.coordinate(x - half, y + half),
                ])
            ])
        }.reversed().map { $0 }
        let points = (0..<800).map { _ in
            Self.coordinate(
                113 + .random(in: -1...1, using: &generator),
                -8 + .random(in: -1...1, using: &generator))
        }
        Self.checked(areas, points + areas.flatMap { $0.polygons[0].exterior }, "seed \(seed)")
    }

    @Test("small islands far apart, one of them with a border of many vertices")
    func islands() {
        let seed: UInt64 = 17_000
        var generator = SeededGenerator(seed: seed)
        func island(_ x: Double, _ y: Double, _ radius: Double, _ count: Int) -> MultiPolygon {
            MultiPolygon([
                Polygon(
                    exterior: (0..<count).map { step in
                        let angle = 2 * Double.pi * Double(step) / Double(count)
                        let r = radius * Double.random(in: 0.5...1, using: &generator)
                        return Self.coordinate(x + r * cos(angle), y + r * sin(angle))
                    })
            ])
        }
        let places = [(95.0, 5.0, 0.01, 5), (141, -9, 0.3, 40), (113.3, -8, 0.002, 3_000)]
        let areas = places.map { island($0.0, $0.1, $0.2, $0.3) }
        var points: [Coordinate] = []
        for (x, y, radius, _) in places {
            for _ in 0..<300 {
                points.append(
                    Self.coordinate(
                        x + .random(in: -radius...radius, using: &generator),
                        y + .random(in: -radius...radius, using: &generator)))
            }
        }
        for area in areas {
            let ring = area.polygons[0].exterior
            points += ring.prefix(100)
            points += zip(ring, ring.dropFirst()).prefix(100).map {
                Self.coordinate(
                    ($0.longitude + $1.longitude) / 2, ($0.latitude + $1.latitude) / 2)
            }
        }
        for _ in 0..<500 {
            points.append(
                Self.coordinate(
                    .random(in: 94...142, using: &generator),
                    .random(in: -10...6, using: &generator)))
        }
        Self.checked(areas, points, "seed \(seed)")
    }

    @Test("long thin slivers that cross a whole row of cells")
    func slivers() {
        let seed: UInt64 = 9
        var generator = SeededGenerator(seed: seed)
        // Neighbouring stripes, each 1e-8 degree high at one end and 0.01 at the other.
        let heights = (0...12).map { Double($0) }
        let areas = zip(heights, heights.dropFirst()).map { low, high in
            MultiPolygon([
                Polygon(exterior: [
                    Self.coordinate(113, -8 + low * 1e-8), Self.coordinate(114, -8 + low * 0.01),
                    Self.coordinate(114, -8 + high * 0.01), Self.coordinate(113, -8 + high * 1e-8),
                ])
            ])
        }
        let points = (0..<1_500).map { number -> Coordinate in
            let reach = pow(10, -Double(number % 9))
            let x = Double.random(in: 0...reach, using: &generator)
            return Self.coordinate(
                113 + x, -8 + .random(in: -0.01...0.14, using: &generator) * max(x, 1e-6))
        }
        Self.checked(areas, points, "seed \(seed)")
    }

    @Test("areas that lie in a plane of metres, and a single triangle of no height")
    func oddBoxes() {
        let metres = MultiPolygon([
            Polygon(exterior: [
                Self.coordinate(700_000, 9_100_000), Self.coordinate(760_000, 9_100_000),
                Self.coordinate(760_000, 9_160_000),
            ])
        ])
        let locator = PolygonLocator([metres])
        #expect(locator.index(of: Self.coordinate(750_000, 9_110_000)) == 0)
        #expect(locator.index(of: Self.coordinate(710_000, 9_150_000)) == nil)
        let flat = PolygonLocator([
            MultiPolygon([
                Polygon(exterior: [
                    Self.coordinate(1, 1), Self.coordinate(2, 1), Self.coordinate(3, 1),
                ])
            ])
        ])
        #expect(flat.index(of: Self.coordinate(2, 1)) == nil)
        // Whatever a damaged file brings, the locator answers; what, nobody can say.
        let wild = PolygonLocator([
            MultiPolygon([
                Polygon(exterior: [
                    Self.coordinate(-1e308, -1e308), Self.coordinate(1e308, 0),
                    Self.coordinate(0, 1e308),
                ])
            ])
        ])
        _ = wild.index(of: Self.coordinate(0, 0))
        let none = PolygonLocator([
            MultiPolygon([
                Polygon(exterior: [
                    Self.coordinate(.nan, 0), Self.coordinate(1, .nan), Self.coordinate(1, 1),
                ])
            ])
        ])
        _ = none.index(of: Self.coordinate(0.5, 0.5))
    }

    @Test("one by one gives what many at once give, on a block that is not full")
    func singly() {
        let areas = Lattice(columns: 9, rows: 7).areas
        let locator = PolygonLocator(areas)
        let seed: UInt64 = 257
        var generator = SeededGenerator(seed: seed)
        let points = (0..<257).map { _ in
            Self.coordinate(
                .random(in: 113.2...113.42, using: &generator),
                .random(in: -8.02 ... -7.88, using: &generator))
        }
        let found = locator.indices(of: points)
        #expect(points.map { Int32(locator.index(of: $0) ?? -1) } == found, "seed \(seed)")
        #expect(locator.indices(of: []) == [])
    }
}

@Suite("PolygonLocator on East Java and Indonesia")
struct CountryLocatorTests {
    /// The boundary files are not part of the project; where they are missing the tests say so.
    static let files = ["jatim/jatim_desa.fgb", "indonesia/indonesia_desa_simplified.fgb"]

    static func file(_ name: String) -> URL? {
        guard let file = ProjectRoot.sharedFolder?.appending(path: "data/\(name)"),
            FileManager.default.fileExists(atPath: file.path)
        else { return nil }
        return file
    }

    @Test(
        "vertices and points of shared borders belong to one desa",
        .enabled("the boundary files of ../shared/data are missing") {
            files.allSatisfy { file($0) != nil }
        }, arguments: files)
    func borders(_ name: String) throws {
        let file = try #require(Self.file(name))
        var reader = try FlatGeobufReader([UInt8](Data(contentsOf: file)))
        // A part of the file is enough: the tests run unoptimized.
        var areas: [MultiPolygon] = []
        while areas.count < 400, let feature = try reader.next() {
            if case .area(let area) = feature.geometry { areas.append(area) }
        }
        let locator = PolygonLocator(areas)
        let boxes = areas.map(\.boundingBox)
        let seed: UInt64 = 8_575
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let area = areas[Int.random(in: areas.indices, using: &generator)]
            let ring = area.polygons[0].exterior
            let place = Int.random(in: ring.indices, using: &generator)
            let (a, b) = (ring[place], ring[(place + 1) % ring.count])
            let t = Double.random(in: 0..<1, using: &generator)
            let onEdge = Coordinate(
                longitude: a.longitude + t * (b.longitude - a.longitude),
                latitude: a.latitude + t * (b.latitude - a.latitude))
            for point in [a, onEdge] {
                let owners = areas.indices.filter {
                    boxes[$0]?.contains(point) == true && isInside(point, areas[$0])
                }
                #expect(owners.count <= 1, "seed \(seed): \(point)")
                #expect(locator.index(of: point) == owners.first, "seed \(seed): \(point)")
            }
        }
    }
}
