import Geospatial
import SpatialStatistics
import Testing

@Suite struct KernelWeightsTests {
    private static let kernels: [(name: String, kernel: KernelWeights.Kernel)] = [
        ("triangular", .triangular), ("uniform", .uniform), ("quadratic", .quadratic),
        ("quartic", .quartic), ("gaussian", .gaussian),
    ]

    private func points() throws -> [PlanarPoint] {
        let table = try ReferenceTable("kernel-weights/points.csv")
        return zip(try table.numbers("x"), try table.numbers("y"))
            .map { PlanarPoint(x: $0, y: $1) }
    }

    /// The links of the rows of a table that `isWanted`.
    private func links(_ table: ReferenceTable, _ isWanted: (Int) -> Bool) throws -> ValuedWeights {
        var rows = [[ValuedWeights.Link]](repeating: [], count: 10)
        let (from, to) = (try table.numbers("from"), try table.numbers("to"))
        let weights = try table.numbers("weight")
        for row in weights.indices where isWanted(row) {
            rows[Int(from[row])].append(.init(to: Int(to[row]), weight: weights[row]))
        }
        return ValuedWeights(links: rows)
    }

    private func disagreement(_ found: ValuedWeights, _ expected: ValuedWeights) -> String? {
        for unit in 0..<found.count {
            let (found, expected) = (found.links(of: unit), expected.links(of: unit))
            if found.map(\.unit) != expected.map(\.unit) { return "neighbours of unit \(unit)" }
            // The k-th nearest weighs about 1e-7: 1 - z has lost seven of its digits there.
            for (found, expected) in zip(found, expected)
            where abs(found.weight - expected.weight) > 1e-9 * max(expected.weight, 1e-6) {
                return "\(unit) to \(found.unit): \(found.weight), not \(expected.weight)"
            }
        }
        return nil
    }

    @Test("kernels agree with libpysal", arguments: kernels.map(\.name))
    func reference(name: String) throws {
        let table = try ReferenceTable("kernel-weights/kernel.csv")
        let kernel = try #require(Self.kernels.first { $0.name == name }).kernel
        let widths = (0..<10).map { 0.5 + 0.125 * Double($0) }
        let columns = try (
            kernel: table.text("kernel"), bandwidth: table.text("bandwidth"),
            diagonal: table.text("diagonal")
        )
        let cases: [(String, KernelWeights.Bandwidth, KernelWeights.OwnWeight)] = [
            ("fixed", .fixed(1.5), .kernel), ("fixedByNearest", .fixedByNearest(3), .kernel),
            ("adaptive", .adaptive(widths), .kernel),
            ("adaptiveByNearest", .adaptiveByNearest(4), .kernel),
            ("adaptiveByNearest", .adaptiveByNearest(4), .one),
        ]
        for (bandwidthName, bandwidth, own) in cases {
            let expected = try links(table) { row in
                columns.kernel[row] == name && columns.bandwidth[row] == bandwidthName
                    && columns.diagonal[row] == (own == .one ? "1" : "0")
            }
            try #require(expected.linkCount > 10)
            let found = KernelWeights.weights(
                kernel, bandwidth: bandwidth, own: own, of: try points())
            #expect(disagreement(found, expected) == nil, "\(bandwidthName)")
        }
    }

    @Test("inverse distances agree with libpysal", arguments: [(1, 1.5), (2, 1.5), (0.5, 4)])
    func inverseDistance(power: Double, cutoff: Double) throws {
        let table = try ReferenceTable("kernel-weights/inverse-distance.csv")
        let (powers, cutoffs) = (try table.numbers("power"), try table.numbers("cutoff"))
        let expected = try links(table) { powers[$0] == power && cutoffs[$0] == cutoff }
        try #require(expected.linkCount > 10)
        let found = InverseDistanceWeights.weights(
            power: power, cutoff: cutoff, leastDistance: 1e-6, of: try points())
        #expect(disagreement(found, expected) == nil)
        #expect(found.summary.isSymmetric)
    }

    @Test("every kernel falls to its edge, and none has weight there but two")
    func shapes() {
        for (name, kernel) in Self.kernels {
            let weights = stride(from: 0.0, through: 1, by: 0.125).map { kernel.weight(at: $0) }
            #expect(weights == weights.sorted(by: >), "\(name)")
            let hasEdge = kernel == .uniform || kernel == .gaussian
            #expect((kernel.weight(at: 1) > 0) == hasEdge, "\(name)")
        }
    }

    @Test("points on one spot, alone, or none at all give finite weights")
    func degenerate() {
        let spot = PlanarPoint(x: 700_000, y: 9_140_000)
        let heap = KernelWeights.weights(
            .triangular, bandwidth: .adaptiveByNearest(2), of: [spot, spot, spot, spot])
        #expect(heap.links(of: 3).map(\.weight) == [1, 1, 1])
        let far = PlanarPoint(x: 0, y: 0)
        let alone = KernelWeights.weights(
            .quadratic, bandwidth: .fixed(10), own: .absent, of: [spot, far])
        #expect(alone.neighbours.isolates == [0, 1])
        let own = KernelWeights.weights(.quadratic, bandwidth: .fixed(10), of: [spot, far])
        #expect(own.linkCount == 2 && own.weight(from: 1, to: 1) == 0.75)
        #expect(KernelWeights.weights(.uniform, bandwidth: .fixed(1), of: []).count == 0)
        let inverse = InverseDistanceWeights.weights(
            power: 2, cutoff: 100, leastDistance: 10, of: [spot, spot, far])
        #expect(inverse.weight(from: 0, to: 1).map { agree($0, 0.01) } == true)
        #expect(inverse.neighbours.isolates == [2])
    }

    @Test("the other end of a wider window is not in a narrower one")
    func oneWay() {
        let points = [0.0, 1, 3].map { PlanarPoint(x: $0, y: 0) }
        let weights = KernelWeights.weights(
            .triangular, bandwidth: .adaptive([4, 1.5, 0]), own: .absent, of: points)
        #expect(weights.links(of: 0).map(\.unit) == [1, 2])
        #expect(weights.weight(from: 0, to: 2) == 0.25)
        #expect(weights.weight(from: 1, to: 2) == nil)
        #expect(weights.links(of: 2).isEmpty)
        #expect(!weights.summary.isSymmetric)
    }
}
