import Testing

@testable import SpatialStatistics

@Suite struct ParallelRangesTests {
    @Test("ranges make up all numbers, and one is enough for few", arguments: [0, 1, 7, 5_000])
    func even(count: Int) {
        for threads in [1, 2, 3, 16] {
            let ranges = ParallelRanges(count, threads: threads, least: 5).ranges
            #expect(ranges.flatMap { $0 } == Array(0..<count))
            #expect(ranges.count == (count < 5 ? 1 : min(threads, count)))
            #expect(ranges.allSatisfy { $0.count >= count / ranges.count })
        }
    }

    @Test("ranges start where a run does, also where one run is all there is")
    func runs() {
        for length in [1, 3, 1_000, 9_000] {
            let ranges = ParallelRanges(9_000, threads: 4, team: nil) { $0 / length * length }
                .ranges
            #expect(ranges.flatMap { $0 } == Array(0..<9_000))
            #expect(ranges.allSatisfy { $0.isEmpty || $0.lowerBound % length == 0 })
        }
    }

    @Test("ranges weigh about alike, whichever places are heavy")
    func counts() {
        let fields = [
            [Int](repeating: 3, count: 1_000), (0..<1_000).map { $0 < 20 ? 500 : 1 },
            (0..<1_000).map { $0 == 999 ? 10_000 : 0 }, [], [4],
        ]
        for counts in fields {
            let ranges = ParallelRanges(counts: counts, threads: 4, least: 2).ranges
            #expect(ranges.flatMap { $0 } == Array(counts.indices))
            let most = ranges.map { counts[$0].reduce(0, +) }.max() ?? 0
            #expect(most <= counts.reduce(0, +) / 4 + (counts.max() ?? 0))
        }
    }

    @Test("each range fills its own places of one array or of two")
    func arrays() {
        let ranges = ParallelRanges(10_000, threads: 3)
        let numbers: [Int] = ranges.array(of: 10_000) { _, range, places in
            for index in range { places.initializeElement(at: 9_999 - index, to: index) }
        }
        #expect(numbers == (0..<10_000).reversed())
        let offsets = ranges.offsets { $0.count { $0 % 7 == 0 } }
        let (all, some): ([Int], [Int]) = ranges.arrays(of: 10_000, offsets[offsets.count - 1]) {
            part, range, all, some in
            var next = offsets[part]
            for index in range {
                all.initializeElement(at: index, to: -index)
                guard index % 7 == 0 else { continue }
                some.initializeElement(at: next, to: index)
                next += 1
            }
        }
        #expect(all == (0..<10_000).map { -$0 })
        #expect(some == Array(stride(from: 0, to: 10_000, by: 7)))
    }

    @Test("a team does every part of every step once, in time for the next")
    func team() {
        for threads in [1, 2, 3, 16] {
            let sums = WorkTeam.with(threads: threads, for: 10_000) { team in
                var values = [Int](repeating: 1, count: 10_000)
                for step in 0..<300 {
                    let before = values
                    let ranges = ParallelRanges(10_000, threads: threads, team: team)
                    values = ranges.array(of: 10_000) { _, range, places in
                        for index in range {
                            places.initializeElement(
                                at: index, to: before[9_999 - index] + (index + step) % 3)
                        }
                    }
                }
                return values
            }
            var expected = [Int](repeating: 1, count: 10_000)
            for step in 0..<300 {
                let before = expected
                for index in expected.indices {
                    expected[index] = before[9_999 - index] + (index + step) % 3
                }
            }
            #expect(sums == expected, "\(threads) threads")
        }
    }
}
