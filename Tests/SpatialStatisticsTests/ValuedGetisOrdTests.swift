import Geospatial
import SpatialStatistics
import Testing

@Suite struct ValuedGetisOrdTests {
    @Test("scores with kernel and inverse distance weights agree with the formula")
    func reference() throws {
        let table = try ReferenceCase("columbus-crime").table
        let expected = try ReferenceTable("kernel-weights/getis-ord.csv")
        let points = zip(try table.numbers("x"), try table.numbers("y"))
            .map { PlanarPoint(x: $0, y: $1) }
        let values = try table.numbers("value")
        let kernel = KernelWeights.weights(
            .quadratic, bandwidth: .adaptiveByNearest(6), of: points)
        let inverse = InverseDistanceWeights.weights(
            cutoff: 2, leastDistance: 1e-6, of: points)
        for (column, weights) in [("kernel_star", kernel), ("inverse_distance", inverse)] {
            let found = GetisOrd.zScores(of: values, weights: weights)
            #expect(
                firstDisagreement(found, try expected.numbers(column), within: 1e-9) == nil,
                "\(column)")
            let rows = GetisOrd.zScores(of: values, weights: weights.rowStandardised)
            #expect(firstDisagreement(found, rows) == nil, "\(column)")
        }
    }

    @Test(
        "with equal weights they are those of binary ones", arguments: ReferenceCase.hotspotFolders)
    func binary(folder: String) throws {
        let reference = try ReferenceCase(folder)
        let values = try reference.table.numbers("value")
        let weights = reference.weights
        let gi = GetisOrd.zScores(of: values, weights: weights, statistic: .gi)
        #expect(
            firstDisagreement(GetisOrd.zScores(of: values, weights: ValuedWeights(weights)), gi)
                == nil)
        let withSelf = ValuedWeights(
            links: values.indices.map { unit in
                ([unit] + weights.neighbours(of: unit)).map { .init(to: $0, weight: 0.3) }
            }
        )
        let star = GetisOrd.zScores(of: values, weights: weights)
        #expect(firstDisagreement(GetisOrd.zScores(of: values, weights: withSelf), star) == nil)
    }

    @Test("no links, equal values, and weights that leave no room give no score")
    func degenerate() {
        let all: [[ValuedWeights.Link]] = [
            [], [.init(to: 0, weight: 2), .init(to: 2, weight: 2), .init(to: 3, weight: 2)],
            (0..<4).map { .init(to: $0, weight: 0.1) },
            [.init(to: 0, weight: 0)],
        ]
        let weights = ValuedWeights(links: all)
        #expect(GetisOrd.zScores(of: [1, 2, 3, 5], weights: weights).allSatisfy { $0.isNaN })
        let some = ValuedWeights(links: [[.init(to: 1, weight: 2)], [], [], []])
        #expect(GetisOrd.zScores(of: [1, 2, 3, 5], weights: some)[0].isFinite)
        #expect(GetisOrd.zScores(of: [0.1, 0.1, 0.1, 0.1], weights: some)[0].isNaN)
        let pair = ValuedWeights(links: [[.init(to: 1, weight: 2)], [.init(to: 0, weight: 1)]])
        #expect(GetisOrd.zScores(of: [1, 2], weights: pair).allSatisfy { $0.isNaN })
        #expect(GetisOrd.zScores(of: [], weights: ValuedWeights(links: [])).isEmpty)
    }
}
