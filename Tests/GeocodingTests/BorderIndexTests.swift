import Foundation
import Geospatial
import TestSupport
import Testing

@testable import Geocoding

/// Areas drawn in metres around a place near Probolinggo.
enum MetreDrawing {
    static let plane = MetricPlane(around: Coordinate(longitude: 113.4, latitude: -7.85))

    static func at(_ x: Double, _ y: Double) -> Coordinate {
        plane.unproject(PlanarPoint(x: x, y: y))
    }

    static func ring(_ points: [(Double, Double)]) -> [Coordinate] {
        points.map { at($0.0, $0.1) }
    }

    static func area(_ points: [(Double, Double)], holes: [[(Double, Double)]] = []) -> MultiPolygon
    {
        MultiPolygon([Polygon(exterior: ring(points), holes: holes.map(ring))])
    }

    static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double)
        -> MultiPolygon
    {
        area([(west, south), (east, south), (east, north), (west, north)])
    }

    /// Four squares of 2 km that meet at (0, 0): 10 south-west, 11 south-east, 12 north-west, 13.
    static let quarters: [(area: Int, polygon: MultiPolygon)] = [
        (10, box(-2000, -2000, 0, 0)), (11, box(0, -2000, 2000, 0)),
        (12, box(-2000, 0, 0, 2000)), (13, box(0, 0, 2000, 2000)),
    ]

    /// The share of the standard normal distribution below `z`.
    static func normal(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}

extension [AreaMass] {
    fileprivate func mass(of area: Int?) -> Double {
        first { $0.area == area }?.mass ?? 0
    }
}

@Suite struct BorderIndexTests {
    static let quarters = BorderIndex(MetreDrawing.quarters)

    @Test(
        "at a straight border the masses are those of the normal distribution",
        arguments: [-45.0, -20, -10, -1, -1e-6, 0, 1e-6, 0.3, 5, 17, 30, 52])
    func halfPlane(x: Double) {
        let masses = Self.quarters.masses(at: MetreDrawing.at(x, 1000), sigmaMetres: 10)
        // The plane of the index lies at another latitude than the drawing's: 1e-4 of a distance.
        let east = MetreDrawing.normal(x / 10)
        #expect((masses.mass(of: 13) - east).magnitude < 2e-6, "\(masses)")
        #expect((masses.mass(of: 12) - (1 - east)).magnitude < 2e-6, "\(masses)")
        #expect(masses.allSatisfy { $0.area == 12 || $0.area == 13 })
    }

    @Test(
        "at a corner the masses are products",
        arguments: [(0, 0), (3, -4), (-12, 7), (0.001, 15), (-20, -20), (1e-7, -1e-7)]
            as [(Double, Double)])
    func corner(x: Double, y: Double) {
        let masses = Self.quarters.masses(at: MetreDrawing.at(x, y), sigmaMetres: 10)
        let east = MetreDrawing.normal(x / 10)
        let north = MetreDrawing.normal(y / 10)
        let expected = [
            (10, (1 - east) * (1 - north)), (11, east * (1 - north)), (12, (1 - east) * north),
            (13, east * north),
        ]
        for (area, mass) in expected {
            #expect((masses.mass(of: area) - mass).magnitude < 2e-6, "\(area): \(masses)")
        }
        #expect(isClose(masses.reduce(0) { $0 + $1.mass }, 1, relative: 1e-12))
    }

    @Test("an area far larger or far smaller than the uncertainty is taken exactly")
    func sizes() {
        let speck = BorderIndex([(7, MetreDrawing.box(-1, -1, 1, 1))])
        let share = MetreDrawing.normal(1 / 50.0) - MetreDrawing.normal(-1 / 50.0)
        let masses = speck.masses(at: MetreDrawing.at(0, 0), sigmaMetres: 50)
        #expect((masses.mass(of: 7) - share * share).magnitude < 1e-6)
        #expect((masses.mass(of: nil) - (1 - share * share)).magnitude < 1e-6)
        #expect(
            Self.quarters.masses(at: MetreDrawing.at(1000, 1000), sigmaMetres: 100)
                == [AreaMass(area: 13, mass: 1)])
        let wide = Self.quarters.masses(at: MetreDrawing.at(0, 0), sigmaMetres: 3000)
        let inside = MetreDrawing.normal(2.0 / 3) - 0.5
        #expect((wide.mass(of: 11) - inside * inside).magnitude < 1e-4)
    }

    /// The mass of a convex polygon by fine strips, each of them exact.
    static func strips(_ points: [(Double, Double)], x: Double, y: Double, sigma: Double) -> Double
    {
        let step = 1e-3
        var sum = 0.0
        for strip in -7000..<7000 {
            let v = (Double(strip) + 0.5) * step
            let level = y + v * sigma
            var crossings: [Double] = []
            for side in points.indices {
                let a = points[side]
                let b = points[(side + 1) % points.count]
                guard (a.1 > level) != (b.1 > level) else { continue }
                crossings.append(a.0 + (level - a.1) / (b.1 - a.1) * (b.0 - a.0))
            }
            guard crossings.count == 2 else { continue }
            let east = MetreDrawing.normal((max(crossings[0], crossings[1]) - x) / sigma)
            let west = MetreDrawing.normal((min(crossings[0], crossings[1]) - x) / sigma)
            sum += (east - west) * exp(-v * v / 2)
        }
        return sum * step / (2 * .pi).squareRoot()
    }

    @Test(
        "an area with a hole, and the area in the hole, agree with a sum of strips",
        arguments: [(0, 0), (31, 5), (-40, -62), (95, 95)] as [(Double, Double)])
    func hole(x: Double, y: Double) {
        // A triangle in a square: no symmetry that could hide an error.
        let triangle = [(-30.0, -50.0), (60, -20), (10, 45)]
        let index = BorderIndex([
            (
                1,
                MetreDrawing.area(
                    [(-100, -100), (100, -100), (100, 100), (-100, 100)], holes: [triangle])
            ),
            (2, MetreDrawing.area(triangle)),
        ])
        let masses = index.masses(at: MetreDrawing.at(x, y), sigmaMetres: 25)
        let inner = Self.strips(triangle, x: x, y: y, sigma: 25)
        let square = Self.strips(
            [(-100, -100), (100, -100), (100, 100), (-100, 100)], x: x, y: y, sigma: 25)
        #expect((masses.mass(of: 2) - inner).magnitude < 2e-6, "\(masses), \(inner)")
        #expect((masses.mass(of: 1) - (square - inner)).magnitude < 2e-6, "\(masses)")
        #expect((masses.mass(of: nil) - (1 - square)).magnitude < 2e-6, "\(masses)")
    }

    @Test("masses of a coverage of crooked areas add up to 1", arguments: [1, 2] as [UInt64])
    func coverage(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let side = 6
        // A lattice of 200 m with vertices pushed about.
        let corners = (0...side).map { row in
            (0...side).map { column in
                let isRim = row == 0 || column == 0 || row == side || column == side
                func push() -> Double {
                    isRim ? 0 : Double.random(in: -80...80, using: &generator)
                }
                return (Double(column) * 200 + push(), Double(row) * 200 + push())
            }
        }
        var areas: [(area: Int, polygon: MultiPolygon)] = []
        for row in 0..<side {
            for column in 0..<side {
                areas.append(
                    (
                        areas.count,
                        MetreDrawing.area([
                            corners[row][column], corners[row][column + 1],
                            corners[row + 1][column + 1], corners[row + 1][column],
                        ])
                    ))
            }
        }
        let index = BorderIndex(areas)
        for _ in 0..<400 {
            // Some at a vertex or on an edge.
            let corner = corners[Int.random(in: 2..<side - 1, using: &generator)][3]
            let isCorner = Int.random(in: 0..<4, using: &generator) == 0
            let x = isCorner ? corner.0 : Double.random(in: 400...800, using: &generator)
            let y = isCorner ? corner.1 : Double.random(in: 400...800, using: &generator)
            let sigma = Double.random(in: 1...45, using: &generator)
            let masses = index.masses(at: MetreDrawing.at(x, y), sigmaMetres: sigma)
            #expect(masses.mass(of: nil) < 1e-6, "seed \(seed), \(x), \(y), \(sigma): \(masses)")
            #expect(isClose(masses.reduce(0) { $0 + $1.mass }, 1, relative: 1e-12))
            #expect(masses.allSatisfy { $0.mass > 0 })
            #expect(masses.map(\.mass) == masses.map(\.mass).sorted(by: >))
        }
    }

    @Test("a micrometre from a vertex nothing jumps")
    func continuity() {
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1)] {
            for scale in [1e-12, 1e-10, 1e-8, 1e-7, 1e-6] {
                let place = MetreDrawing.at(Double(dx) * scale, Double(dy) * scale)
                let masses = Self.quarters.masses(at: place, sigmaMetres: 5)
                #expect(masses.count == 4)
                #expect(masses.allSatisfy { ($0.mass - 0.25).magnitude < 1e-5 }, "\(masses)")
            }
        }
    }

    @Test("where areas overlap both have a share")
    func overlap() {
        let index = BorderIndex([
            (1, MetreDrawing.box(-1000, -1000, 30, 1000)),
            (2, MetreDrawing.box(-30, -1000, 1000, 1000)),
        ])
        let masses = index.masses(at: MetreDrawing.at(0, 0), sigmaMetres: 10)
        #expect((masses.mass(of: 1) - 0.5).magnitude < 1e-6)
        #expect((masses.mass(of: 2) - 0.5).magnitude < 1e-6)
        let eastern = index.masses(at: MetreDrawing.at(30, 0), sigmaMetres: 5)
        #expect(isClose(eastern.mass(of: 2), 1 / 1.5, relative: 1e-4))
    }

    @Test("the nearest border has its distance, its areas and its place")
    func nearest() throws {
        let place = MetreDrawing.at(70, 900)
        let border = try #require(Self.quarters.nearestBorder(to: place))
        #expect(isClose(border.metres, 70, relative: 1e-3))
        #expect(Set(border.areas) == [12, 13])
        #expect(Self.quarters.hasBorder(within: 71, of: place))
        #expect(!Self.quarters.hasBorder(within: 69, of: place))
        let beyond = try #require(Self.quarters.nearestBorder(to: MetreDrawing.at(900, 12_000)))
        #expect(isClose(beyond.metres, 10_000, relative: 2e-3))
        #expect(beyond.areas == [13])
        #expect(BorderIndex([]).nearestBorder(to: place) == nil)
    }

    @Test("distances agree with a look at every edge", arguments: [3] as [UInt64])
    func distances(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let points = (0..<40).map { step in
            let angle = Double(step) / 40 * 2 * .pi
            let radius = Double.random(in: 500...4000, using: &generator)
            return (radius * cos(angle), radius * sin(angle))
        }
        let index = BorderIndex([(1, MetreDrawing.area(points))])
        for _ in 0..<300 {
            let x = Double.random(in: -6000...6000, using: &generator)
            let y = Double.random(in: -6000...6000, using: &generator)
            let least = points.indices.map { place in
                let a = points[place]
                let b = points[(place + 1) % points.count]
                let edge = BorderEdge(ax: a.0, ay: a.1, bx: b.0, by: b.1, left: 0, right: -1)
                return edge.squaredDistance(to: PlanarPoint(x: x, y: y)).squareRoot()
            }.min()
            let found = try #require(index.nearestBorder(to: MetreDrawing.at(x, y))).metres
            #expect(
                isClose(found, try #require(least), relative: 1e-3, absolute: 0.01),
                "seed \(seed): \(x), \(y)")
        }
    }

    @Test("a position off the globe is outside, and nothing traps")
    func offGlobe() {
        for value in [1e9, -1e300, .infinity, .nan] {
            let place = Coordinate(longitude: value, latitude: -7.8)
            let masses = Self.quarters.masses(at: place, sigmaMetres: 10)
            #expect(masses == [AreaMass(area: nil, mass: 1)])
            _ = Self.quarters.nearestBorder(to: place)
            _ = Self.quarters.hasBorder(within: 10, of: place)
        }
    }
}
