import Geospatial
import TestSupport
import Testing

@Suite("HexagonGrid")
struct HexagonGridTests {
    static let grid = HexagonGrid(widthMetres: 500)

    static func randomPoint(_ generator: inout SeededGenerator) -> PlanarPoint {
        PlanarPoint(
            x: .random(in: 700_000...780_000, using: &generator),
            y: .random(in: 9_110_000...9_150_000, using: &generator))
    }

    @Test("neighbours share both corners of their side to the bit")
    func sharedCorners() {
        let seed: UInt64 = 6
        var generator = SeededGenerator(seed: seed)
        let steps = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
        for width in [250.0, 500.0, 777.7, 1_000.0 / 3] {
            let grid = HexagonGrid(widthMetres: width)
            for _ in 0..<100 {
                let cell = grid.cell(at: Self.randomPoint(&generator))
                let corners = Set(grid.planarCorners(of: cell))
                for step in steps {
                    let neighbour = HexagonGrid.Cell(q: cell.q + step.0, r: cell.r + step.1)
                    let shared = corners.intersection(grid.planarCorners(of: neighbour))
                    #expect(shared.count == 2, "seed \(seed): \(cell), \(neighbour), \(width) m")
                }
            }
        }
    }

    @Test("corners run counter-clockwise around a cell of the stated area")
    func cornersAndArea() {
        let corners = Self.grid.planarCorners(of: HexagonGrid.Cell(q: 3, r: -2))
        var doubled = 0.0
        for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
            doubled += a.x * b.y - b.x * a.y
        }
        #expect(isClose(doubled / 2 / 1e6, Self.grid.cellAreaKm2, relative: 1e-9))
        // Side s of a regular hexagon 500 m wide: area 3√3/2 · s², s = 500/√3.
        #expect(isClose(Self.grid.cellAreaKm2, 0.216_506_350_946_109_66, relative: 1e-12))
    }

    @Test("every point lies in the hexagon of its cell")
    func pointLiesInItsCell() {
        let seed: UInt64 = 60
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let point = Self.randomPoint(&generator)
            let corners = Self.grid.planarCorners(of: Self.grid.cell(at: point))
            for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
                let side = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
                // A point on a side may be rounded to either cell: a millimetre of slack.
                #expect(side > -0.3, "seed \(seed): \(point)")
            }
        }
    }

    @Test("a coordinate's cell is the cell of its projected point")
    func coordinateAndPoint() {
        let coordinate = Coordinate(longitude: 113.4158, latitude: -7.7764)
        let point = TransverseMercator.utm49S.project(coordinate)
        #expect(Self.grid.cell(at: coordinate) == Self.grid.cell(at: point))
        let polygon = Self.grid.polygon(of: Self.grid.cell(at: coordinate))
        #expect(PolygonLocator([MultiPolygon([polygon])]).index(of: coordinate) == 0)
    }

    @Test("an id leads back to its cell, also left of and below the origin")
    func identifiersRoundTrip() {
        let seed: UInt64 = 600
        var generator = SeededGenerator(seed: seed)
        var seen: [Int: HexagonGrid.Cell] = [:]
        for _ in 0..<5_000 {
            let cell = HexagonGrid.Cell(
                q: .random(in: -99_999...99_999, using: &generator),
                r: .random(in: -99_999...99_999, using: &generator))
            #expect(HexagonGrid.Cell(id: cell.id) == cell, "seed \(seed)")
            #expect(cell.id > 0)
            #expect(seen[cell.id] == nil || seen[cell.id] == cell, "seed \(seed)")
            seen[cell.id] = cell
        }
    }

    @Test("the shares of an area over its cells add up to its area")
    func coverageAddsUp() {
        let lattice = Lattice(columns: 2, rows: 2, sideDegrees: 1.0 / 32)
        let hole = Polygon(
            exterior: lattice.areas[0].polygons[0].exterior,
            holes: [
                [(0.25, 0.25), (0.75, 0.5), (0.25, 0.75)].map {
                    Coordinate(
                        longitude: lattice.origin.longitude + $0.0 / 32,
                        latitude: lattice.origin.latitude + $0.1 / 32)
                }
            ])
        for area in lattice.areas + [MultiPolygon([hole])] {
            let coverage = Self.grid.coverage(of: area)
            let sum = coverage.reduce(0) { $0 + $1.areaKm2 }
            // The UTM plane differs from the ellipsoid by up to 0.1 % here.
            #expect(isClose(sum, EqualArea.areaKm2(area), relative: 0.002))
            #expect(Set(coverage.map(\.cell)).count == coverage.count)
            #expect(coverage.allSatisfy { $0.areaKm2 <= Self.grid.cellAreaKm2 * (1 + 1e-9) })
        }
    }

    @Test("neighbouring areas fill the cells between them, whatever their winding")
    func coverageOfNeighbours() {
        let lattice = Lattice(columns: 3, rows: 3)
        var filled: [HexagonGrid.Cell: Double] = [:]
        for area in lattice.areas {
            let reversed = MultiPolygon(
                area.polygons.map { Polygon(exterior: $0.exterior.reversed()) })
            for (cell, areaKm2) in Self.grid.coverage(of: reversed) {
                filled[cell, default: 0] += areaKm2
            }
        }
        let middle = lattice.areas[lattice.index(column: 1, row: 1)].boundingBox!.center
        let centre = Self.grid.cell(at: middle)
        #expect(isClose(filled[centre] ?? 0, Self.grid.cellAreaKm2, relative: 1e-9))
        #expect(Self.grid.coverage(of: MultiPolygon([])).isEmpty)
    }
}
