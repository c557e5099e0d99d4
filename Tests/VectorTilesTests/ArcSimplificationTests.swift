import Geospatial
import Testing

@testable import VectorTiles

@Suite("Arc simplification")
struct ArcSimplificationTests {
    private func kept(
        _ areas: [MultiPolygon],
        zoom: Int,
        pixels: Double = 0.5
    ) -> [Int] {
        let topology = CoverageTopology(areas)
        let settings = PyramidSettings(tolerancePixels: pixels, deepestTolerancePixels: 0)
        let simplification = ArcSimplification(topology, settings: settings)
        let arcs = simplification.arcs(of: topology, zoom: zoom)
        return arcs.indices.map { arcs[$0].count }
    }

    @Test("a vertex goes when the edge without it stays within the tolerance")
    func tolerance() {
        // 64 units of zoom 14 from the edge: half a pixel is 8 units there, 64 at zoom 11.
        for (height, zoom) in [(63, 12), (64, 12), (65, 11)] {
            let area = Fixture.area([(0, 0), (100, -height), (200, 0), (200, 200), (0, 200)])
            let topology = CoverageTopology([area])
            let simplification = ArcSimplification(topology, settings: PyramidSettings())
            let tip = GridPoint(
                x: (Fixture.corner.x + 100) * 16, y: (Fixture.corner.y - height) * 16)
            let vertex = topology.points.firstIndex(of: tip)
            #expect(vertex.map { Int(simplification.shallowestZoom[$0]) } == zoom, "\(height)")
        }
    }

    @Test("no vertex of the source is farther from the drawn arc than the tolerance")
    func bounded() throws {
        let topology = CoverageTopology(try DesaFile(DesaFile.working).areas)
        let simplification = ArcSimplification(topology, settings: PyramidSettings())
        for zoom in [6, 9, 12] {
            let side = 0.5 * Double(1 << (TileGrid.baseBits - 8 - zoom))
            let drawn = simplification.arcs(of: topology, zoom: zoom)
            for arc in topology.arcs.indices {
                let chain = drawn[arc].map { topology.points[Int($0)] }
                var edge = 0
                var most = 0.0
                for vertex in topology.arcs[arc] {
                    let point = topology.points[Int(vertex)]
                    if edge + 1 < chain.count - 1, point == chain[edge + 1] { edge += 1 }
                    most = max(most, Self.distance(of: point, chain[edge], chain[edge + 1]))
                }
                #expect(most <= side + 1e-6, "arc \(arc) at zoom \(zoom)")
            }
        }
    }

    private static func distance(of p: GridPoint, _ a: GridPoint, _ b: GridPoint) -> Double {
        let (u, w) = (b - a, p - a)
        let part = min(1, max(0, Double(w.dot(u)) / max(1, Double(u.dot(u)))))
        let (x, y) = (Double(w.x) - part * Double(u.x), Double(w.y) - part * Double(u.y))
        return (x * x + y * y).squareRoot()
    }

    @Test("the vertices of a zoom are a subset of those of the next")
    func nested() throws {
        let desa = try DesaFile(DesaFile.working)
        let topology = CoverageTopology(desa.areas)
        let simplification = ArcSimplification(topology, settings: PyramidSettings())
        let counts = (6...14).map { zoom in
            simplification.shallowestZoom.count { Int($0) <= zoom }
        }
        #expect(counts == counts.sorted())
        #expect(counts[0] < counts[8])
    }

    @Test("an island keeps three vertices")
    func islandKeepsTriangle() {
        let octagon = [(3, 0), (7, 0), (10, 3), (10, 7), (7, 10), (3, 10), (0, 7), (0, 3)]
        #expect(kept([Fixture.area(octagon)], zoom: 6) == [4])
    }

    @Test("of two arcs between the same nodes one keeps a vertex")
    func lens() {
        // A lens between two large neighbours: both of its sides are nearly straight.
        let upper = [(0, 0), (50, -4), (100, 0)]
        let lower = [(0, 0), (50, 4), (100, 0)]
        let lens = Fixture.area([(0, 0), (50, -4), (100, 0), (50, 4)])
        let above = Fixture.area(upper + [(100, -9000), (0, -9000)])
        let below = Fixture.area(lower + [(100, 9000), (0, 9000)])
        #expect(kept([lens, above, below], zoom: 6).sorted().prefix(2) == [2, 3])
    }

    @Test("a vertex stays while another area's vertex lies in its triangle")
    func blockedByNeighbour() throws {
        // A flat bay with an islet in it: cutting the bay off would put the islet on land.
        let land = Fixture.area([(0, 0), (400, 60), (800, 0), (800, 900), (0, 900)])
        let islet = Fixture.area([(395, 10), (405, 10), (400, 20)])
        let coverage = SimplifiedCoverage(
            CoverageTopology([land, islet]),
            settings: PyramidSettings(tolerancePixels: 4)
        )
        for zoom in 6...14 { expectCoverage(try polygons(of: coverage, zoom: zoom)) }
        let alone = kept([land], zoom: 12, pixels: 4)
        let withIslet = kept([land, islet], zoom: 12, pixels: 4)
        #expect(withIslet[0] > alone[0])
    }

    @Test("tolerance 0 keeps every vertex")
    func noSimplification() {
        let area = Fixture.area([(0, 0), (50, 0), (100, 0), (100, 100), (0, 100)])
        #expect(kept([area], zoom: 6, pixels: 0) == [6])
    }
}
