import Geospatial
import Testing

@testable import VectorTiles

@Suite("Coverage topology")
struct CoverageTopologyTests {
    @Test("two neighbours share one arc in opposite directions")
    func sharedArc() {
        let topology = CoverageTopology([
            Fixture.square(0, 0, 100), Fixture.square(100, 0, 100),
        ])
        #expect(topology.arcCount == 3)
        #expect(topology.nodeCount == 2)
        #expect(topology.vertexCount == 6)
        let shared = topology.areas[0].filter { topology.areas[1].contains($0 ^ 1) }
        #expect(shared.count == 1)
        #expect(topology.flaws == CoverageTopology.Flaws())
    }

    @Test("an enclave and its hole are the same ring")
    func enclave() {
        let inner = Fixture.corners(40, 40, 20)
        let topology = CoverageTopology([
            Fixture.area(Fixture.corners(0, 0, 100), holes: [inner]),
            Fixture.area(inner.reversed()),
        ])
        #expect(topology.arcCount == 2)
        #expect(topology.isRing == [true, true])
        #expect(topology.areas[1].first.map { topology.areas[0].contains($0 ^ 1) } == true)
    }

    @Test("the order in which a ring is written does not matter")
    func windingIsNormalised() {
        let turned = MultiPolygon(
            Fixture.square(0, 0, 100).polygons.map { Polygon(exterior: $0.exterior.reversed()) }
        )
        let topology = CoverageTopology([turned, Fixture.square(100, 0, 100)])
        #expect(topology.arcCount == 3)
        #expect(topology.flaws.overlappingArcs == 0)
    }

    @Test("a neighbour that lacks a vertex on a common edge gets it")
    func missingVertex() throws {
        let topology = CoverageTopology([
            Fixture.area([(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)]),
            Fixture.square(100, 0, 100),
        ])
        #expect(topology.arcCount == 3)
        let coverage = SimplifiedCoverage(
            topology,
            settings: PyramidSettings(zooms: 12...14, tolerancePixels: 0)
        )
        expectCoverage(try polygons(of: coverage, zoom: 14))
    }

    @Test("a missing vertex off the edge leaves the borders apart, without crossing")
    func missingVertexOffEdge() throws {
        let topology = CoverageTopology([
            Fixture.area([(0, 0), (100, 0), (97, 50), (100, 100), (0, 100)]),
            Fixture.square(100, 0, 100),
        ])
        #expect(topology.arcCount == 4)
        let coverage = SimplifiedCoverage(topology)
        for zoom in 6...14 { expectCoverage(try polygons(of: coverage, zoom: zoom)) }
    }

    @Test("areas that touch in a corner share only a node")
    func cornerTouch() {
        let topology = CoverageTopology([
            Fixture.square(0, 0, 100), Fixture.square(100, 100, 100),
        ])
        #expect(topology.nodeCount == 1)
        #expect(topology.arcCount == 2)
    }

    @Test("spikes, repeated vertices and rings of two points are removed")
    func dirtyRings() {
        let topology = CoverageTopology([
            Fixture.area([(0, 0), (0, 0), (100, 0), (150, 0), (100, 0), (100, 100), (0, 100)]),
            Fixture.area([(300, 0), (400, 0), (300, 0)]),
            MultiPolygon([]),
        ])
        #expect(topology.arcCount == 1)
        #expect(topology.arcs[0].count == 5)
        #expect(topology.flaws.collapsedRings == 1)
        #expect(topology.areas[2].isEmpty)
    }

    @Test("overlapping areas are reported and each stays valid by itself")
    func overlap() throws {
        let topology = CoverageTopology([
            Fixture.square(0, 0, 100), Fixture.square(50, 50, 100),
        ])
        #expect(topology.flaws.crossings == 2)
        let coverage = SimplifiedCoverage(
            topology,
            settings: PyramidSettings(tolerancePixels: 0, deepestTolerancePixels: 0)
        )
        #expect(coverage.statistics.allSatisfy { $0.conflicts == 0 })
        for area in try polygons(of: coverage, zoom: 14) {
            expectCoverage([area])
            #expect(doubledArea(area) == 20_000)
        }
    }

    @Test("the same area twice is reported")
    func duplicate() {
        let topology = CoverageTopology([Fixture.square(0, 0, 9), Fixture.square(0, 0, 9)])
        #expect(topology.flaws.overlappingArcs == 1)
    }

    @Test("dissolving drops the arcs between members and keeps the rest")
    func dissolve() throws {
        let topology = CoverageTopology([
            Fixture.square(0, 0, 100), Fixture.square(100, 0, 100), Fixture.square(200, 0, 100),
        ])
        let groups = topology.areas(dissolvedBy: [0, 0, 1])
        #expect(groups.count == 2)
        let coverage = SimplifiedCoverage(
            topology,
            settings: PyramidSettings(tolerancePixels: 0, deepestTolerancePixels: 0)
        )
        let dissolved = try polygons(of: coverage, zoom: 14, dissolvedBy: [0, 0, 1])
        #expect(dissolved.map(doubledArea) == [40_000, 20_000])
        expectCoverage(dissolved)
    }

    @Test("a group around an area of another group gets a hole")
    func dissolveWithHole() throws {
        let areas = (0..<9).map { Fixture.square($0 % 3 * 100, $0 / 3 * 100, 100) }
        let coverage = SimplifiedCoverage(CoverageTopology(areas))
        let groups = (0..<9).map { $0 == 4 ? 1 : 0 }
        let dissolved = try polygons(of: coverage, zoom: 14, dissolvedBy: groups)
        #expect(dissolved[0].count == 1)
        #expect(dissolved[0].first?.holes.count == 1)
        expectCoverage(dissolved)
    }
}
