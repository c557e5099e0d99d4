import Testing

@testable import SpatialStatistics

@Suite struct RadixOrderTests {
    private struct Made: RadixOrder.Source {
        let values: [Double]
        let ranks: [Int]

        var count: Int { values.count }

        func item(_ index: Int) -> RadixOrder.Item {
            .init(rank: ranks[index], values[index], index: index)
        }
    }

    private func order(_ values: [Double], _ ranks: [Int], threads: Int) -> [Int] {
        RadixOrder(Made(values: values, ranks: ranks), threads: threads).items.map { Int($0.index) }
    }

    @Test(
        "items come by rank, value and index, whatever the number of threads",
        arguments: [0, 1, 2, 4_095, 4_096, 20_000])
    func sorted(count: Int) {
        var generator = SeededGenerator(seed: 5)
        let special: [Double] = [
            0, -0.0, 1, -1, .infinity, -.infinity, .leastNonzeroMagnitude, 1e308, -1e-300,
        ]
        let fields: [[Double]] = [
            (0..<count).map { _ in generator.unit() },
            (0..<count).map { _ in (generator.unit() - 0.5) * 1e6 },
            (0..<count).map { _ in (generator.unit() * 4).rounded() - 2 },
            (0..<count).map { _ in special[Int(generator.unit() * Double(special.count))] },
            (0..<count).map { _ in 1e9 + generator.unit() },
            [Double](repeating: -7.5, count: count),
        ]
        for (number, values) in fields.enumerated() {
            for most in [1, 3, 70_000] {
                let ranks = values.map { _ in Int(generator.unit() * Double(most)) }
                // A stable sort.
                let expected = values.indices.sorted {
                    (ranks[$0], values[$0], $0) < (ranks[$1], values[$1], $1)
                }
                for threads in [1, 2, 3, 16] {
                    #expect(
                        order(values, ranks, threads: threads) == expected,
                        "field \(number), ranks below \(most), \(threads) threads")
                }
            }
        }
    }
}
