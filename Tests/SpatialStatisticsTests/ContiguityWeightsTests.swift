import Geospatial
import SpatialStatistics
import Testing

@Suite struct ContiguityWeightsTests {
    private func rectangle(
        _ west: Double,
        _ south: Double,
        width: Double = 1,
        height: Double = 1
    ) -> Polygon {
        Polygon(exterior: [
            Coordinate(longitude: west, latitude: south),
            Coordinate(longitude: west + width, latitude: south),
            Coordinate(longitude: west + width, latitude: south + height),
            Coordinate(longitude: west, latitude: south + height),
        ])
    }

    private func squares(columns: Int, rows: Int) -> [MultiPolygon] {
        (0..<columns * rows).map { unit in
            MultiPolygon([rectangle(Double(unit % columns), Double(unit / columns))])
        }
    }

    @Test("squares of a board are queen neighbours across a corner, rook neighbours across a side")
    func board() {
        let areas = squares(columns: 5, rows: 4)
        #expect(ContiguityWeights.queen(areas) == .lattice(columns: 5, rows: 4))
        let rook = ContiguityWeights.rook(areas)
        #expect(Array(rook.neighbours(of: 6)) == [1, 5, 7, 11])
        #expect(rook.linkCount == 2 * (4 * 4 + 5 * 3))
    }

    @Test("the number of threads leaves no trace, nor do places far from all others")
    func threads() {
        let board = squares(columns: 90, rows: 60)
        let far = MultiPolygon([rectangle(1e6, -1e6), rectangle(0, -1, width: 0.5)])
        let areas = board + [far, MultiPolygon([])]
        let queen = ContiguityWeights.queen(areas, threads: 1)
        let rook = ContiguityWeights.rook(areas, threads: 1)
        #expect(queen.linkCount == SpatialWeights.lattice(columns: 90, rows: 60).linkCount + 2)
        #expect(Array(queen.neighbours(of: board.count)) == [0])
        #expect(queen.isolates == [board.count + 1])
        for threads in [2, 3, 16] {
            #expect(ContiguityWeights.queen(areas, threads: threads) == queen)
            #expect(ContiguityWeights.rook(areas, threads: threads) == rook)
        }
        #expect(ContiguityWeights.queen([], threads: 2).count == 0)
    }

    @Test("a large board around the origin, where coordinates are 0 and -0, loses no link")
    func largeBoard() {
        let areas = (0..<120 * 110).map { unit in
            // West and south of the origin 0 is reached from below, as -0.
            let (column, row) = (Double(unit % 120) - 60, Double(unit / 120) - 50)
            let square = rectangle(column, row)
            return MultiPolygon([
                Polygon(
                    exterior: square.exterior.map { vertex in
                        Coordinate(
                            longitude: vertex.longitude == 0 && column < 0
                                ? -0.0 : vertex.longitude,
                            latitude: vertex.latitude == 0 && row < 0 ? -0.0 : vertex.latitude)
                    })
            ])
        }
        #expect(ContiguityWeights.queen(areas) == .lattice(columns: 120, rows: 110))
        #expect(ContiguityWeights.rook(areas).linkCount == 2 * (119 * 110 + 120 * 109))
    }

    @Test("an area touches the one in its hole, and an islet counts for its whole area")
    func holesAndParts() {
        let lake = rectangle(1, 1)
        let ring = Polygon(
            exterior: rectangle(0, 0, width: 3, height: 3).exterior,
            holes: [lake.exterior.reversed()]
        )
        let areas = [
            MultiPolygon([ring, rectangle(10, 10)]),
            MultiPolygon([lake]),
            MultiPolygon([rectangle(11, 10)]),
            MultiPolygon([rectangle(20, 20)]),
        ]
        for weights in [ContiguityWeights.queen(areas), ContiguityWeights.rook(areas)] {
            #expect(Array(weights.neighbours(of: 0)) == [1, 2])
            #expect(weights.isolates == [3])
        }
    }

    @Test("the edge from the last vertex of a ring back to the first counts")
    func closingEdge() {
        let one = MultiPolygon([
            Polygon(exterior: [
                Coordinate(longitude: 0, latitude: 1),
                Coordinate(longitude: -1, latitude: 0.5),
                Coordinate(longitude: 0, latitude: 0),
            ])
        ])
        let other = MultiPolygon([
            Polygon(exterior: [
                Coordinate(longitude: 0, latitude: 0),
                Coordinate(longitude: 1, latitude: 0.5),
                Coordinate(longitude: 0, latitude: 1),
            ])
        ])
        #expect(ContiguityWeights.rook([one, other]).linkCount == 2)
    }

    @Test("a vertex that differs in the last bit does not touch")
    func almost() {
        let areas = [
            MultiPolygon([rectangle(0, 0)]),
            MultiPolygon([rectangle(1.0.nextUp, 0)]),
        ]
        #expect(ContiguityWeights.queen(areas).linkCount == 0)
    }

    @Test("the order of the areas only renames them")
    func relabelling() {
        var generator = SeededGenerator(seed: 5)
        let areas = squares(columns: 6, rows: 6)
        let order = Array(0..<36).shuffled(using: &generator)
        #expect(
            ContiguityWeights.queen(SpatialStatisticsTests.relabelled(areas, order))
                == ContiguityWeights.queen(areas).relabelled(order)
        )
    }
}
