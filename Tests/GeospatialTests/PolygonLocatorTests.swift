import Foundation
import Geospatial
import TestSupport
import Testing

/// Counts the edges east of a point by the border rule of the locator, over every edge of an area.
func isInside(_ point: Coordinate, _ area: MultiPolygon) -> Bool {
    var crossings = 0
    for ring in area.polygons.flatMap(\.rings) {
        for index in ring.indices {
            var (lower, upper) = (ring[index], ring[(index + 1) % ring.count])
            if lower.latitude > upper.latitude { swap(&lower, &upper) }
            guard lower.latitude <= point.latitude, point.latitude < upper.latitude else {
                continue
            }
            let side = Orientation.sign(
                ax: lower.longitude, ay: lower.latitude, bx: upper.longitude, by: upper.latitude,
                px: point.longitude, py: point.latitude)
            if side > 0 { crossings += 1 }
        }
    }
    return !crossings.isMultiple(of: 2)
}

func owners(of point: Coordinate, among areas: [MultiPolygon]) -> [Int] {
    areas.indices.filter { isInside(point, areas[$0]) }
}

struct PolygonLocatorTests {
    static func ring(_ points: [(Double, Double)]) -> Polygon.Ring {
        points.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    /// Shapes that make trouble, in whole degrees so that points hit edges and vertices.
    static let shapes: [(name: String, areas: [MultiPolygon])] = [
        (
            "a ring and what fills it",
            [
                MultiPolygon([
                    Polygon(
                        exterior: ring([(0, 0), (8, 0), (8, 8), (0, 8)]),
                        holes: [ring([(2, 2), (2, 6), (6, 6), (6, 2)])])
                ]),
                MultiPolygon([Polygon(exterior: ring([(2, 2), (6, 2), (6, 6), (2, 6)]))]),
            ]
        ),
        (
            "parts of one area on both sides of another",
            [
                MultiPolygon([
                    Polygon(exterior: ring([(0, 0), (3, 0), (3, 8), (0, 8)])),
                    Polygon(exterior: ring([(5, 0), (8, 0), (8, 8), (5, 8)])),
                ]),
                MultiPolygon([Polygon(exterior: ring([(3, 0), (5, 0), (5, 8), (3, 8)]))]),
            ]
        ),
        (
            "steps with horizontal edges and slanted neighbours",
            [
                MultiPolygon([
                    Polygon(
                        exterior: ring([
                            (0, 0), (8, 0), (8, 2), (6, 2), (6, 4), (3, 4), (2, 6), (0, 6),
                        ]))
                ]),
                MultiPolygon([
                    Polygon(
                        exterior: ring([
                            (8, 2), (8, 8), (0, 8), (0, 6), (2, 6), (3, 4), (6, 4), (6, 2),
                        ]))
                ]),
            ]
        ),
        (
            "parts that touch in one vertex",
            [
                MultiPolygon([
                    Polygon(exterior: ring([(0, 0), (4, 0), (4, 4)])),
                    Polygon(exterior: ring([(4, 4), (8, 4), (8, 8)])),
                ])
            ]
        ),
    ]

    @Test("whole and halved degrees lie where counting every edge says", arguments: shapes.indices)
    func shapesAgree(_ index: Int) {
        let (name, areas) = Self.shapes[index]
        let locator = PolygonLocator(areas)
        for x in stride(from: -1.0, through: 9, by: 0.25) {
            for y in stride(from: -1.0, through: 9, by: 0.25) {
                let point = Coordinate(longitude: x, latitude: y)
                let owners = owners(of: point, among: areas)
                #expect(owners.count <= 1, "\(name): \(point)")
                #expect(locator.index(of: point) == owners.first, "\(name): \(point)")
            }
        }
    }

    @Test("a coverage gives each inner border point and vertex to exactly one area")
    func latticeBorders() {
        let lattice = Lattice(columns: 7, rows: 5)
        let locator = PolygonLocator(lattice.areas)
        let seed: UInt64 = 17
        var generator = SeededGenerator(seed: seed)
        var points: [Coordinate] = []
        for row in 1..<5 {
            for column in 1..<7 {
                let corner = lattice.areas[lattice.index(column: column, row: row)]
                    .polygons[0].exterior[0]
                let step = Double.random(in: 0..<1, using: &generator) / 64
                points.append(corner)
                points.append(
                    Coordinate(longitude: corner.longitude + step, latitude: corner.latitude))
                points.append(
                    Coordinate(longitude: corner.longitude, latitude: corner.latitude + step))
            }
        }
        for point in points {
            let owners = owners(of: point, among: lattice.areas)
            #expect(owners.count == 1, "seed \(seed): \(point)")
            #expect(locator.index(of: point) == owners.first, "seed \(seed): \(point)")
        }
    }

    @Test("random stars with holes agree with counting every edge")
    func randomStars() {
        for seed in UInt64(1)...12 {
            var generator = SeededGenerator(seed: seed)
            let areas = (0..<4).map { number in
                MultiPolygon([
                    Self.star(
                        centreX: Double(number % 2) * 8, centreY: Double(number / 2) * 8, &generator
                    )
                ])
            }
            let locator = PolygonLocator(areas, cellsPerArea: 64)
            for _ in 0..<500 {
                // Multiples of 1/16 hit rows of vertices; the others hit nothing special.
                let isRound = Bool.random(using: &generator)
                func ordinate(_ generator: inout SeededGenerator) -> Double {
                    let value = Double.random(in: -5...13, using: &generator)
                    return isRound ? (value * 16).rounded() / 16 : value
                }
                let point = Coordinate(
                    longitude: ordinate(&generator), latitude: ordinate(&generator))
                let owner = areas.indices.first { isInside(point, areas[$0]) }
                #expect(locator.index(of: point) == owner, "seed \(seed): \(point)")
            }
        }
    }

    private static func star(
        centreX: Double,
        centreY: Double,
        _ generator: inout SeededGenerator
    ) -> Polygon {
        let count = Int.random(in: 5...40, using: &generator)
        func ring(_ low: Double, _ high: Double, _ generator: inout SeededGenerator) -> Polygon.Ring
        {
            (0..<count).map { step in
                let angle = 2 * Double.pi * Double(step) / Double(count)
                let radius = Double.random(in: low...high, using: &generator)
                // Snapped, so that vertices share latitudes and some edges are horizontal.
                return Coordinate(
                    longitude: ((centreX + radius * cos(angle)) * 16).rounded() / 16,
                    latitude: ((centreY + radius * sin(angle)) * 16).rounded() / 16)
            }
        }
        return Polygon(exterior: ring(2, 4, &generator), holes: [ring(0.5, 1.5, &generator)])
    }

    @Test("where areas overlap, the one with the lowest index wins")
    func overlap() {
        let lattice = Lattice(columns: 1, rows: 1)
        let locator = PolygonLocator([lattice.areas[0], lattice.areas[0]])
        #expect(locator.index(of: lattice.areas[0].boundingBox!.center) == 0)
        #expect(locator.index(of: lattice.origin) == 0)
    }

    @Test("nothing contains a point outside, and no areas contain nothing")
    func outside() {
        let lattice = Lattice(columns: 2, rows: 2)
        let locator = PolygonLocator(lattice.areas)
        #expect(locator.index(of: Coordinate(longitude: 0, latitude: 0)) == nil)
        #expect(locator.index(of: Coordinate(longitude: .nan, latitude: -8)) == nil)
        #expect(locator.index(of: Coordinate(longitude: .infinity, latitude: -8)) == nil)
        let empty = PolygonLocator([])
        #expect(empty.index(of: Coordinate(longitude: 0, latitude: 0)) == nil)
        let hollow = PolygonLocator([MultiPolygon([]), lattice.areas[0]])
        #expect(hollow.index(of: lattice.areas[0].boundingBox!.center) == 1)
    }
}

@Suite("PolygonLocator on the map of the kabupaten")
struct RealDesaLocatorTests {
    struct Map {
        let areas: [MultiPolygon]
        let codes: [String]
        let locator: PolygonLocator

        init() throws {
            let file = ProjectRoot.folder.appending(path: "geodata/desa.geojson")
            let features = try GeoJSONAreas.read(Data(contentsOf: file))
            areas = features.map(\.area)
            codes = features.map { $0.properties["kode_desa"] ?? "" }
            locator = PolygonLocator(areas)
        }
    }

    static let map = Result { try Map() }

    @Test("each label point of the gazetteer lies in its desa")
    func labelPoints() throws {
        let map = try Self.map.get()
        let file = ProjectRoot.folder.appending(path: "geodata/gazetteer.csv")
        let lines = try String(contentsOf: file, encoding: .utf8)
            .split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
        let header = lines[0]
        let code = try #require(header.firstIndex(of: "kode_desa"))
        let longitude = try #require(header.firstIndex(of: "titik_lon"))
        let latitude = try #require(header.firstIndex(of: "titik_lat"))
        #expect(lines.count == 331)
        for line in lines.dropFirst() {
            let point = Coordinate(
                longitude: try #require(Double(line[longitude])),
                latitude: try #require(Double(line[latitude])))
            let index = try #require(map.locator.index(of: point), "\(line[code]) is nowhere")
            #expect(map.codes[index] == String(line[code]))
        }
    }

    @Test("a point on a shared border, or as near as doubles come, belongs to one desa")
    func sharedBorders() throws {
        let map = try Self.map.get()
        struct Side: Hashable {
            let lower: Coordinate
            let upper: Coordinate
        }
        var uses: [Side: Int] = [:]
        for ring in map.areas.flatMap(\.polygons).flatMap(\.rings) {
            for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
                let isUpwards = (a.latitude, a.longitude) < (b.latitude, b.longitude)
                uses[isUpwards ? Side(lower: a, upper: b) : Side(lower: b, upper: a), default: 0] +=
                    1
            }
        }
        let shared = uses.filter { $0.value == 2 }.keys
            .sorted {
                ($0.lower.longitude, $0.lower.latitude) < ($1.lower.longitude, $1.lower.latitude)
            }
        #expect(shared.count > 5_000)
        #expect(uses.values.allSatisfy { $0 <= 2 })
        let boxes = map.areas.map(\.boundingBox)
        let seed: UInt64 = 3513
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let side = shared[Int.random(in: shared.indices, using: &generator)]
            let t = Double.random(in: 0..<1, using: &generator)
            let point = Coordinate(
                longitude: side.lower.longitude + t * (side.upper.longitude - side.lower.longitude),
                latitude: side.lower.latitude + t * (side.upper.latitude - side.lower.latitude))
            let owners = map.areas.indices.filter {
                boxes[$0]?.contains(point) == true && isInside(point, map.areas[$0])
            }
            #expect(owners.count == 1, "seed \(seed): \(point)")
            #expect(map.locator.index(of: point) == owners.first, "seed \(seed): \(point)")
        }
    }

    @Test("random points lie where counting every edge says")
    func randomPoints() throws {
        let map = try Self.map.get()
        var box = try #require(map.areas[0].boundingBox)
        let boxes = map.areas.map(\.boundingBox)
        boxes.forEach { if let other = $0 { box.formUnion(other) } }
        let seed: UInt64 = 330
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let point = Coordinate(
                longitude: .random(in: box.west...box.east, using: &generator),
                latitude: .random(in: box.south...box.north, using: &generator))
            let owner = map.areas.indices.first {
                boxes[$0]?.contains(point) == true && isInside(point, map.areas[$0])
            }
            #expect(map.locator.index(of: point) == owner, "seed \(seed): \(point)")
        }
    }

    @Test("many positions at once are found like one by one")
    func manyAtOnce() {
        let areas = Lattice(columns: 6, rows: 4).areas
        let locator = PolygonLocator(areas)
        var generator = SeededGenerator(seed: 11)
        let points = (0..<5000).map { _ in
            Coordinate(
                longitude: .random(in: 113.2...113.4, using: &generator),
                latitude: .random(in: -8.02 ... -7.9, using: &generator))
        }
        let found = locator.indices(of: points)
        #expect(found.contains(-1))
        #expect(found.contains { $0 >= 0 })
        for (point, index) in zip(points, found) {
            #expect(locator.index(of: point) ?? -1 == Int(index), "\(point), seed 11")
        }
    }
}
