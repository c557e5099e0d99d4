import Geospatial
import SpatialStatistics
import Testing

@Suite struct DistanceWeightsTests {
    private func randomPoints(_ count: Int, seed: UInt64) -> [PlanarPoint] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            // A third of the points in one small heap, some of them on one spot.
            index % 3 == 0
                ? PlanarPoint(x: 5 + (generator.unit() * 20).rounded() / 1_000, y: 5)
                : PlanarPoint(x: generator.unit() * 100, y: generator.unit() * 10)
        }
    }

    private func distance(_ one: PlanarPoint, _ other: PlanarPoint) -> Double {
        let (dx, dy) = (one.x - other.x, one.y - other.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    @Test("the nearest points are those a full search finds", arguments: [1, 8, 40])
    func nearest(count: Int) {
        let points = randomPoints(300, seed: UInt64(count))
        let weights = DistanceWeights.nearest(count, of: points)
        for (unit, point) in points.enumerated() {
            let all = points.indices.filter { $0 != unit }
                .sorted { (distance(point, points[$0]), $0) < (distance(point, points[$1]), $1) }
            #expect(Array(weights.neighbours(of: unit)) == all.prefix(count).sorted())
        }
    }

    @Test("the band holds the points a full search finds", arguments: [0, 0.003, 2.5, 200])
    func band(width: Double) {
        let points = randomPoints(200, seed: 3)
        let weights = DistanceWeights.band(width, of: points)
        #expect(weights.summary.isSymmetric)
        for (unit, point) in points.enumerated() {
            let all = points.indices.filter { $0 != unit && distance(point, points[$0]) <= width }
            #expect(Array(weights.neighbours(of: unit)) == Array(all))
        }
    }

    @Test("the grid of Getis and Ord has the neighbours of the reference", arguments: [30, 150])
    func reference(distance: Int) throws {
        let reference = try ReferenceCase("getisord1996-d\(distance)")
        let points = zip(try reference.table.numbers("x"), try reference.table.numbers("y"))
            .map { PlanarPoint(x: $0, y: $1) }
        #expect(DistanceWeights.band(Double(distance), of: points) == reference.weights)
    }

    @Test("one point, or points on one spot, are no trouble")
    func degenerate() {
        let spot = PlanarPoint(x: 700_000, y: 9_140_000)
        #expect(DistanceWeights.nearest(0, of: [spot]).isolates == [0])
        #expect(DistanceWeights.band(5, of: [spot]).isolates == [0])
        #expect(DistanceWeights.band(5, of: []).count == 0)
        let heap = DistanceWeights.nearest(2, of: [spot, spot, spot, spot])
        #expect(Array(heap.neighbours(of: 3)) == [0, 1])
    }

    @Test("an isolate is tied both ways to the nearest point, and the tie is named")
    func isolates() {
        let points = [0.0, 1, 2, 9].map { PlanarPoint(x: $0, y: 0) }
        let (weights, added) = DistanceWeights.linkingIsolates(
            of: DistanceWeights.band(1, of: points),
            at: points
        )
        #expect(added.map { [$0.0, $0.1] } == [[3, 2]])
        #expect(Array(weights.neighbours(of: 2)) == [1, 3])
        #expect(weights.isolates.isEmpty)
    }

    @Test(
        "points of a real map have the neighbours of the reference",
        .enabled(
            if: SharedCases.hotspotFolder != nil,
            "needs shared/cases/hotspot beside the checkout, which may not be committed"
        )
    )
    func sharedMap() throws {
        let table = try ReferenceTable(text: SharedCases.text("probolinggo_idm_input.csv"))
        let points = zip(try table.numbers("x"), try table.numbers("y"))
            .map { PlanarPoint(x: $0, y: $1) }
        for (name, weights) in [
            ("knn8", DistanceWeights.nearest(8, of: points)),
            ("dist5km", DistanceWeights.band(5_000, of: points)),
            ("dist8km", DistanceWeights.band(8_000, of: points)),
        ] {
            let text = try SharedCases.text("probolinggo_idm_\(name)_in.gal")
            let expected = try GALFormat.read(text)
            #expect(try expected.ids == table.text("id"))
            #expect(expected.weights == weights, "\(name)")
        }
    }

    @Test("the number of threads leaves no trace")
    func threads() {
        var generator = SeededGenerator(seed: 6)
        let points = (0..<3_000).map { _ in
            PlanarPoint(x: (generator.unit() * 40).rounded(), y: generator.unit() * 40)
        }
        let one = DistanceWeights.nearest(6, of: points, threads: 1)
        for threads in [2, 3, 16] {
            #expect(DistanceWeights.nearest(6, of: points, threads: threads) == one)
        }
    }
}
