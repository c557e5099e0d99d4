import Geospatial
import Testing

@testable import VectorTiles

@Suite("Layer geometry")
struct LayerGeometryTests {
    private let exact = PyramidSettings(tolerancePixels: 0, deepestTolerancePixels: 0)

    private func tile(_ column: Int, _ row: Int) -> TileCoordinate? {
        TileCoordinate(
            zoom: 14,
            column: Fixture.corner.x / 4096 + column,
            row: Fixture.corner.y / 4096 + row
        )
    }

    @Test("the tiles of a layer are those whose margin a feature reaches")
    func tiles() {
        // From 70 units within tile (0, 0) to 10 units over the border of tile (1, 0).
        let coverage = SimplifiedCoverage(
            CoverageTopology([
                Fixture.area([(70, 70), (4106, 70), (4106, 4000), (70, 4000)])
            ]),
            settings: exact
        )
        let layer = LayerGeometry(coverage)
        #expect(layer.tiles.filter { $0.zoom == 14 } == [tile(0, 0), tile(1, 0)])
        #expect(layer.tiles == layer.tiles.sorted())
        #expect(layer.limits.map(\.zoom) == Array(6...14))
        for tile in layer.tiles {
            #expect(layer.limits(at: tile.zoom)?.contains(tile) == true)
            #expect(layer.features(in: tile) == [0])
        }
    }

    @Test("a pyramid drawn zoom by zoom is the one drawn at once")
    func zoomByZoom() {
        let areas = [
            Fixture.area([(0, 0), (900, 40), (5000, 0), (5000, 4000), (700, 4100), (0, 4000)]),
            Fixture.area([(5000, 0), (9000, 0), (9000, 9000), (5000, 4000)]),
        ]
        let topology = CoverageTopology(areas)
        let whole = LayerGeometry(SimplifiedCoverage(topology))
        let pyramid = CoveragePyramid(topology)
        let attributes = LayerAttributes(name: "a", ids: [1, 2], keys: [], rows: [[], []])
        for zoom in 6...14 {
            let level = LayerGeometry(pyramid.coverage(zooms: zoom...zoom))
            #expect(level.tiles == whole.tiles.filter { $0.zoom == zoom })
            #expect(level.limits == whole.limits.filter { $0.zoom == zoom })
            for tile in level.tiles {
                let alone = TileEncoder.encode(tile, geometry: level, attributes: attributes)
                let among = TileEncoder.encode(tile, geometry: whole, attributes: attributes)
                #expect(alone == among)
            }
        }
    }

    @Test("thousands of areas, cut on several cores, stand in each tile in their order")
    func manyAreas() throws {
        let side = 80
        let areas = (0..<side * side).map { Fixture.square($0 % side * 40, $0 / side * 40, 40) }
        let coverage = SimplifiedCoverage(
            CoverageTopology(areas), settings: PyramidSettings(zooms: 13...14))
        let layer = LayerGeometry(coverage)
        let whole = try #require(tile(0, 0))
        #expect(layer.features(in: whole) == Array(areas.indices))
        let attributes = LayerAttributes(
            name: "a", ids: areas.indices.map { UInt64($0) }, keys: [], rows: areas.map { _ in [] })
        let decoded = try MVTDecoder.layers(
            TileEncoder.mvt(whole, geometry: layer, attributes: attributes))
        #expect(decoded[0].features.map(\.id) == areas.indices.map { UInt64($0) })
    }

    @Test("vertices on a coarser grid keep borders shared", arguments: [1, 2])
    func coarser(bits: Int) throws {
        let areas = try DesaFile(DesaFile.working).areas
        let coverage = SimplifiedCoverage(
            CoverageTopology(areas),
            settings: PyramidSettings(
                zooms: 6...11, tolerancePixels: 1, deepestTolerancePixels: 1, coarserBits: bits))
        for zoom in 6...11 {
            let polygons = try polygons(of: coverage, zoom: zoom)
            expectCoverage(polygons, "zoom \(zoom)")
            for point in polygons.joined().flatMap({ $0.rings.joined() }) {
                #expect(point.x % (1 << bits) == 0 && point.y % (1 << bits) == 0)
            }
        }
        #expect(coverage.statistics.allSatisfy { $0.conflicts == 0 })
        _ = LayerGeometry(coverage)
    }

    @Test("a tile within the limits may be empty")
    func limits() throws {
        let layer = LayerGeometry(
            SimplifiedCoverage(
                CoverageTopology([Fixture.square(0, 0, 500), Fixture.square(9000, 9000, 500)]),
                settings: exact
            )
        )
        let empty = try #require(tile(2, 0))
        #expect(layer.limits(at: 14)?.contains(empty) == true)
        #expect(!layer.tiles.contains(empty))
        #expect(layer.limits(at: 14)?.contains(try #require(tile(4, 0))) == false)
        #expect(LayerGeometry(points: []).limits.isEmpty)
    }

    @Test("islands below the grid are drawn as its smallest triangle")
    func islands() throws {
        let areas = [Fixture.square(0, 0, 4000), Fixture.square(9000, 500, 8)]
        let coverage = SimplifiedCoverage(CoverageTopology(areas))
        for (zoom, statistics) in zip(6...14, coverage.statistics) {
            #expect(statistics.zoom == zoom)
            #expect(statistics.vanishedRings == 0)
            let island = try polygons(of: coverage, zoom: zoom)[1]
            #expect(doubledArea(island) > 0, "zoom \(zoom)")
        }
        #expect(coverage.statistics[0].enlargedRings == 1)
        #expect(LayerGeometry(coverage).vanished.isEmpty)
    }

    @Test("an island too near to something else for that is reported")
    func vanishedIsland() {
        let areas = [Fixture.square(0, 0, 4000), Fixture.square(4010, 500, 8)]
        let coverage = SimplifiedCoverage(CoverageTopology(areas))
        #expect(coverage.statistics[0].vanishedRings == 1)
        let vanished = LayerGeometry(coverage).vanished
        #expect(vanished.contains(LayerGeometry.VanishedFeature(zoom: 6, feature: 1)))
        #expect(!vanished.contains { $0.zoom == 14 })
    }

    @Test("an enclave below the grid and its hole stay the same triangle")
    func enclave() throws {
        let inner = Fixture.corners(20_000, 20_000, 30)
        let coverage = SimplifiedCoverage(
            CoverageTopology([
                Fixture.area(Fixture.corners(0, 0, 40_000), holes: [inner]),
                Fixture.area(inner),
            ])
        )
        for zoom in 6...14 {
            let areas = try polygons(of: coverage, zoom: zoom)
            expectCoverage(areas, "zoom \(zoom)")
            #expect(areas[0].first?.holes.count == 1)
            #expect(doubledArea(areas[1]) > 0)
        }
    }

    @Test("neighbours have the same vertices along a border in every tile")
    func sharedBorder() throws {
        let coverage = SimplifiedCoverage(
            CoverageTopology([
                Fixture.area([
                    (-9000, -9000), (1000, -9000), (2777, 1311), (1000, 9001), (-9000, 9000),
                ]),
                Fixture.area([
                    (1000, -9000), (9000, -9000), (9000, 9000), (1000, 9001), (2777, 1311),
                ]),
            ]),
            settings: exact
        )
        let layer = LayerGeometry(coverage)
        let attributes = LayerAttributes(name: "a", ids: [1, 2], keys: [], rows: [[], []])
        for tile in layer.tiles {
            let bytes = TileEncoder.encode(tile, geometry: layer, attributes: attributes).mvt
            let features = try #require(try MVTDecoder.layers(bytes).first).features
            let areas = try features.map { feature in
                RingNesting.polygons(of: try MVTDecoder.rings(feature))
            }
            expectCoverage(areas)
        }
    }

    @Test("points are in the tiles whose margin they lie in")
    func points() throws {
        let layer = LayerGeometry(
            points: [
                Fixture.coordinate(2000, 2000), Fixture.coordinate(-64, 100),
                Fixture.coordinate(-65, 100),
            ])
        #expect(layer.kind == .points)
        #expect(layer.features(in: try #require(tile(0, 0))) == [0, 1])
        #expect(layer.features(in: try #require(tile(-1, 0))) == [1, 2])
        let attributes = LayerAttributes(
            name: "label",
            ids: [1, 2, 3],
            keys: [],
            rows: [[], [], []]
        )
        let encoded = TileEncoder.encode(
            try #require(tile(0, 0)),
            geometry: layer,
            attributes: attributes
        )
        let features = try #require(try MVTDecoder.layers(encoded.mvt).first).features
        let decoded = try features.map { try MVTDecoder.rings($0) }
        #expect(decoded == [[[GridPoint(x: 2000, y: 2000)]], [[GridPoint(x: -64, y: 100)]]])
    }

    @Test("a random coverage stays one at every zoom", arguments: UInt64(1)...8)
    func randomCoverage(seed: UInt64) throws {
        let areas = RandomCoverage.areas(seed: seed)
        let topology = CoverageTopology(areas)
        #expect(topology.flaws == CoverageTopology.Flaws(), "seed \(seed)")
        let coverage = SimplifiedCoverage(topology, settings: PyramidSettings(zooms: 4...14))
        for statistics in coverage.statistics { #expect(statistics.conflicts == 0) }
        for zoom in 4...14 {
            let all = try polygons(of: coverage, zoom: zoom)
            expectCoverage(all, "seed \(seed), zoom \(zoom)")
            let whole = try polygons(
                of: coverage,
                zoom: zoom,
                dissolvedBy: areas.map { _ in 0 }
            )
            // Without gaps the areas add up to what their outermost border encloses.
            #expect(whole[0].allSatisfy { $0.holes.isEmpty }, "seed \(seed), zoom \(zoom)")
            #expect(doubledArea(whole[0]) == all.reduce(0) { $0 + doubledArea($1) })
        }
    }

    @Test("the whole pyramid is the same every time")
    func deterministic() {
        let areas = RandomCoverage.areas(seed: 99)
        func bytes() -> [EncodedTile] {
            let layer = LayerGeometry(SimplifiedCoverage(CoverageTopology(areas)))
            let attributes = LayerAttributes(
                name: "a",
                ids: areas.indices.map(UInt64.init),
                keys: ["n"],
                rows: areas.indices.map { [.int($0 % 5)] }
            )
            return layer.tiles.map {
                TileEncoder.encode($0, geometry: layer, attributes: attributes)
            }
        }
        #expect(bytes() == bytes())
    }
}

/// A lattice of areas with crooked borders, many of them smaller than a coarse grid.
private enum RandomCoverage {
    static let side = 9

    static func areas(seed: UInt64) -> [MultiPolygon] {
        var random = SeededGenerator(seed: seed)
        let size = 700
        var borders: [[(Int, Int)]] = []
        // Border `2 (row × n + column)` runs east from a lattice point, the next one south. Its
        // vertices leave the straight line by less than half a cell, in a zone of their own.
        let points = side + 1
        for row in 0..<points {
            for column in 0..<points {
                for direction in 0...1 {
                    let origin = (column * size, row * size)
                    var border = [origin]
                    for step in 1..<12 {
                        let along = step * size / 12
                        let room = min(along, size - along) * 8 / 10
                        let off = Int.random(in: -room...room, using: &random)
                        let zigzag = Bool.random(using: &random) ? off : off / 40
                        border.append(
                            direction == 0
                                ? (origin.0 + along, origin.1 + zigzag)
                                : (origin.0 + zigzag, origin.1 + along)
                        )
                    }
                    border.append(
                        direction == 0 ? (origin.0 + size, origin.1) : (origin.0, origin.1 + size)
                    )
                    borders.append(border)
                }
            }
        }
        func border(_ column: Int, _ row: Int, _ direction: Int) -> [(Int, Int)] {
            borders[2 * (row * points + column) + direction]
        }
        return (0..<side * side).map { cell in
            let (column, row) = (cell % side, cell / side)
            let ring =
                border(column, row, 0).dropLast() + border(column + 1, row, 1).dropLast()
                + border(column, row + 1, 0).reversed().dropLast()
                + border(column, row, 1).reversed().dropLast()
            return Fixture.area(Array(ring))
        }
    }
}
