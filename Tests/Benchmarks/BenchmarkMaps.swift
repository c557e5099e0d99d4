internal import Foundation
internal import Geospatial
internal import SpatialStatistics

/// Real borders for benchmarks.
enum BenchmarkMaps {
    /// The areas of a file named from the package's root; nil where it is not there.
    static func areas(_ path: String) throws -> [MultiPolygon]? {
        let file = BenchmarkPlace.root.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let data = try Data(contentsOf: file)
        guard file.pathExtension == "fgb" else { return try GeoJSONAreas.read(data).map(\.area) }
        var reader = try FlatGeobufReader([UInt8](data))
        return try reader.rest().compactMap { feature in
            guard case .area(let area) = feature.geometry else { return nil }
            return area
        }
    }
}

/// Random points in a square, with a value each.
struct MadeUpPoints {
    let values: [Double]
    let points: [PlanarPoint]

    init(count: Int, side: Int) {
        var random = Xorshift(state: 20_261_124)
        values = (0..<count).map { _ in random.unit() + random.unit() * random.unit() }
        points = (0..<count).map { _ in
            PlanarPoint(x: random.unit() * Double(side), y: random.unit() * Double(side))
        }
    }
}

/// Families of each area, and how many of them are extremely poor, with more in one region.
struct MadeUpCounts {
    var cases: [Int] = []
    var population: [Int] = []
    var points: [PlanarPoint] = []

    init(_ areas: [MultiPolygon]) {
        var random = Xorshift(state: 3_513)
        for area in areas {
            let place = area.boundingBox?.center ?? Coordinate(longitude: 0, latitude: 0)
            points.append(BenchmarkMaps.plane(place))
            let families = 300 + Int(random.unit() * random.unit() * 2_500)
            population.append(families)
            cases.append((0..<families).count { _ in random.unit() < 0.05 })
        }
    }
}

/// Points spread over areas, more of them in some.
struct MadeUpFamilies {
    var points: [PlanarPoint] = []

    init(_ areas: [MultiPolygon], count: Int) {
        var random = Xorshift(state: 400_000)
        let boxes = areas.compactMap(\.boundingBox)
        points = (0..<count).map { _ in
            let box = boxes[Int(random.unit() * Double(boxes.count))]
            return BenchmarkMaps.plane(
                Coordinate(
                    longitude: box.west + random.unit() * (box.east - box.west),
                    latitude: box.south + random.unit() * (box.north - box.south)))
        }
    }

    func grid(cellSize: Double) -> SquareGrid {
        SquareGrid(
            low: PlanarPoint(x: points.map(\.x).min() ?? 0, y: points.map(\.y).min() ?? 0),
            high: PlanarPoint(x: points.map(\.x).max() ?? 0, y: points.map(\.y).max() ?? 0),
            cellSize: cellSize)
    }
}

extension BenchmarkMaps {
    /// UTM 49S, where Java lies.
    static func plane(_ place: Coordinate) -> PlanarPoint {
        TransverseMercator.utm49S.project(place)
    }
}

/// Marsaglia's generator: the same numbers on every machine.
struct Xorshift {
    var state: UInt64

    mutating func unit() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) / Double(1 << 53)
    }
}
