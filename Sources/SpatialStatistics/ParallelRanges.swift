internal import Foundation

/// The numbers 0..<`count` in consecutive ranges of like length, at most one for each thread.
///
/// For work on each number that is too little to be dealt out by itself (`parallelMap`).
struct ParallelRanges: Sendable {
    /// In order; ends of ranges are starts of the next.
    let ranges: [Range<Int>]
    /// Who does the work; nil for threads that are woken each time.
    private let team: WorkTeam?

    /// Fewer numbers are not worth a second thread, where no other limit is given.
    static var least: Int { 4_096 }

    /// One range only for fewer than `least` numbers.
    init(_ count: Int, threads: Int, least: Int = Self.least, team: WorkTeam? = nil) {
        self.team = team
        let parts = count < least ? 1 : max(1, min(threads, count))
        ranges = (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    }

    /// Ranges that start where a run does; `startOfRun` gives the first number of a number's run.
    init(_ count: Int, threads: Int, team: WorkTeam?, startOfRun: (Int) -> Int) {
        self.team = team
        let even = ParallelRanges(count, threads: threads).ranges
        let starts = even.map { $0.isEmpty ? $0.lowerBound : startOfRun($0.lowerBound) }
        ranges = starts.indices.map {
            starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : count)
        }
    }

    /// Ranges of places whose `counts` together are about alike.
    init(counts: [Int], threads: Int, least: Int) {
        team = nil
        let total = counts.reduce(0, +)
        let parts = total < least ? 1 : max(1, min(threads, counts.count))
        var ranges: [Range<Int>] = []
        var (start, seen) = (0, 0)
        for (place, count) in counts.enumerated() {
            seen += count
            let isFull = seen * parts >= total * (ranges.count + 1)
            if isFull, ranges.count < parts - 1 {
                ranges.append(start..<place + 1)
                start = place + 1
            }
        }
        self.ranges = ranges + [start..<counts.count]
    }

    /// Runs `body` for each range, with the number of the range.
    func forEach(_ body: @Sendable (_ part: Int, _ range: Range<Int>) -> Void) {
        if let team, ranges.count > 1 {
            team.perform(ranges.count) { part in body(part, ranges[part]) }
        } else {
            ConditionalPermutation.inParallel(ranges.count, threads: ranges.count) { part in
                body(part, ranges[part])
            }
        }
    }

    /// `body` of each range, in their order.
    func map<Value: Sendable>(_ body: @Sendable (Range<Int>) -> Value) -> [Value] {
        array(of: ranges.count) { part, range, values in
            values.initializeElement(at: part, to: body(range))
        }
    }

    /// What the ranges before each range count together, and after them what all count.
    func offsets(_ countOf: @Sendable (Range<Int>) -> Int) -> [Int] {
        map(countOf).reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }

    /// An array of `count` values of which each range fills its own places.
    ///
    /// `fill` has to write each place of its range, or elsewhere so that all places are written
    /// once: the memory it gets has no values yet.
    func array<Value>(
        of count: Int,
        _ fill: @Sendable (_ part: Int, Range<Int>, UnsafeMutableBufferPointer<Value>) -> Void
    ) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            // Safe: no two ranges write the same place.
            nonisolated(unsafe) let places = buffer
            forEach { part, range in fill(part, range, places) }
            initialized = count
        }
    }

    /// Two arrays of which each range fills its own places, as with `array`.
    func arrays<First, Second>(
        of first: Int,
        _ second: Int,
        _ fill:
            @Sendable (
                _ part: Int, Range<Int>, UnsafeMutableBufferPointer<First>,
                UnsafeMutableBufferPointer<Second>
            ) -> Void
    ) -> ([First], [Second]) {
        var others: [Second] = []
        let ones: [First] = [First](unsafeUninitializedCapacity: first) { one, oneInitialized in
            // Safe: no two ranges write the same place.
            nonisolated(unsafe) let ones = one
            others = array(of: second) { part, range, others in fill(part, range, ones, others) }
            oneInitialized = first
        }
        return (ones, others)
    }
}

/// `value` of each of 0..<`count`, in that order, for values that are quickly computed.
func parallelArray<Value>(
    _ count: Int,
    threads: Int,
    _ value: @Sendable (Int) -> Value
) -> [Value] {
    ParallelRanges(count, threads: threads).array(of: count) { _, range, places in
        for index in range { places.initializeElement(at: index, to: value(index)) }
    }
}

/// `value` of each of 0..<`count`, in that order, dealt out in blocks: neighbours cost alike, and
/// two threads that write beside each other would wait for each other.
func parallelBlocks<Value>(
    _ count: Int,
    threads: Int,
    _ value: @Sendable (Int) -> Value
) -> [Value] {
    let size = 64
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
        // Safe: no two blocks write the same place.
        nonisolated(unsafe) let places = buffer
        let blocks = (count + size - 1) / size
        ConditionalPermutation.inParallel(blocks, threads: threads) { block in
            for index in block * size..<min(count, (block + 1) * size) {
                places.initializeElement(at: index, to: value(index))
            }
        }
        initialized = count
    }
}

/// The number of threads that was asked for, or one per core.
func threadCount(_ asked: Int?) -> Int {
    let threads = asked ?? ProcessInfo.processInfo.activeProcessorCount
    precondition(threads > 0, "\(threads) threads")
    return threads
}
