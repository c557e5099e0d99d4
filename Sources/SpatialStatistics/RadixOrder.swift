/// Items by ascending rank and key; of equal ones the lower index first.
///
/// The items are dealt into one part for each thread by limits that a sample suggests, and each
/// part is sorted by digits of eleven bits, the last one first. The order does not depend on the
/// number of parts.
/// - Complexity: O(*n* *d*), *d* the digits in which the items differ, at most 9.
struct RadixOrder: Sendable {
    struct Item: Sendable {
        let key: UInt64
        /// Counts before the key.
        let rank: UInt32
        let index: UInt32

        @inline(__always)
        init(rank: Int = 0, _ value: Double, index: Int) {
            key = Self.key(of: value)
            self.rank = UInt32(truncatingIfNeeded: rank)
            self.index = UInt32(truncatingIfNeeded: index)
        }

        /// A whole number that orders as `value` does; both zeros have the same one.
        @inline(__always)
        private static func key(of value: Double) -> UInt64 {
            let bits = (value + 0).bitPattern
            return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
        }

        /// Ranks and keys only.
        fileprivate static func precedes(_ one: Item, _ other: Item) -> Bool {
            one.isBefore(other) == 1
        }

        /// 1 where it precedes `other`, else 0: without a branch, which the processor would guess
        /// wrong every other time.
        @inline(__always)
        fileprivate func isBefore(_ other: Item) -> Int {
            let isLower = rank < other.rank ? 1 : 0
            let isEqual = rank == other.rank ? 1 : 0
            let isLess = key < other.key ? 1 : 0
            return isLower | (isEqual & isLess)
        }

        @inline(__always)
        fileprivate func digit(_ number: Int) -> Int {
            let bits =
                number < 6
                ? key >> UInt64(11 * number) : UInt64(rank) >> UInt64(11 * (number - 6))
            return Int(truncatingIfNeeded: bits & 0x7FF)
        }
    }

    /// Where items come from.
    ///
    /// A type of its own, not a closure: the compiler then knows what it calls for each item.
    protocol Source: Sendable {
        var count: Int { get }
        /// With its place here as index.
        func item(_ index: Int) -> Item
    }

    /// In their order.
    let items: [Item]

    /// Each item of `source` is asked for more than once.
    init<Items: Source>(_ source: Items, threads: Int, team: WorkTeam? = nil) {
        let count = source.count
        let chunks = ParallelRanges(count, threads: threads, team: team)
        let limits = Self.limits(source, parts: chunks.ranges.count)
        let ends = Self.ends(chunks, limits, source)
        let scratch = UnsafeMutableBufferPointer<Item>.allocate(capacity: count)
        defer { scratch.deallocate() }
        // Safe: the chunks write different places, and so do the parts after them.
        nonisolated(unsafe) let other = scratch
        items = [Item](unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let items = buffer
            chunks.forEach { chunk, range in
                Self.deal(range, ends.starts(ofChunk: chunk), limits, to: items, source)
            }
            // There are as many parts as chunks.
            chunks.forEach { part, _ in
                let range = ends.part(part)
                Self.sort(
                    UnsafeMutableBufferPointer(rebasing: items[range]),
                    UnsafeMutableBufferPointer(rebasing: other[range]))
            }
            initialized = count
        }
    }

    // MARK: - Parts

    /// The lowest items of all parts but the first, as a sample has them.
    private static func limits<Items: Source>(_ source: Items, parts: Int) -> [Item] {
        guard parts > 1 else { return [] }
        let size = 128 * parts
        let sample = (0..<size).map { source.item(source.count * $0 / size) }.sorted(
            by: Item.precedes)
        return (1..<parts).map { sample[128 * $0] }
    }

    @inline(__always)
    private static func part(of item: Item, _ limits: [Item]) -> Int {
        var part = 0
        for limit in limits { part += 1 - item.isBefore(limit) }
        return part
    }

    /// Where the items of each chunk go in each part.
    private struct Ends {
        /// Part after part, within a part chunk after chunk; one more than there are of both.
        let starts: [Int]
        let chunks: Int

        func starts(ofChunk chunk: Int) -> [Int] {
            stride(from: chunk, to: starts.count - 1, by: chunks).map { starts[$0] }
        }

        func part(_ number: Int) -> Range<Int> {
            starts[number * chunks]..<starts[(number + 1) * chunks]
        }
    }

    private static func ends<Items: Source>(
        _ chunks: ParallelRanges,
        _ limits: [Item],
        _ source: Items
    ) -> Ends {
        let held = chunks.map { range -> [Int] in
            guard !limits.isEmpty else { return [range.count] }
            // Limit by limit: counters in memory would wait for each other.
            var last = range.count
            let held = limits.map { limit in
                var kept = 0
                for index in range { kept += 1 - source.item(index).isBefore(limit) }
                defer { last = kept }
                return last - kept
            }
            return held + [last]
        }
        var starts = [0]
        for part in 0...limits.count {
            for chunk in held.indices {
                starts.append(starts[starts.count - 1] + held[chunk][part])
            }
        }
        return Ends(starts: starts, chunks: held.count)
    }

    /// Writes the items of a chunk where `starts` says that those of each part go.
    private static func deal<Items: Source>(
        _ range: Range<Int>,
        _ starts: [Int],
        _ limits: [Item],
        to items: UnsafeMutableBufferPointer<Item>,
        _ source: Items
    ) {
        guard limits.count == 1 else {
            var next = starts
            for index in range {
                let one = source.item(index)
                let part = part(of: one, limits)
                items.initializeElement(at: next[part], to: one)
                next[part] += 1
            }
            return
        }
        // Of two parts both ends stay in registers.
        var (low, high) = (starts[0], starts[1])
        for index in range {
            let one = source.item(index)
            let isLow = one.isBefore(limits[0])
            items.initializeElement(at: high + (low - high) * isLow, to: one)
            low += isLow
            high += 1 - isLow
        }
    }

    // MARK: - Digits

    /// Sorts `items`; what is in `scratch` does not matter.
    private static func sort(
        _ items: UnsafeMutableBufferPointer<Item>,
        _ scratch: UnsafeMutableBufferPointer<Item>
    ) {
        guard let first = items.first else { return }
        var (key, rank): (UInt64, UInt32) = (0, 0)
        for item in items {
            key |= item.key ^ first.key
            rank |= item.rank ^ first.rank
        }
        var (source, target) = (items, scratch)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2_048) { next in
            for digit in 0..<9 {
                let differs =
                    digit < 6 ? key >> (11 * digit) : UInt64(rank >> (11 * (digit - 6)))
                guard differs & 0x7FF != 0 else { continue }
                deal(source, target, digit, next)
                swap(&source, &target)
            }
        }
        if source.baseAddress != items.baseAddress {
            _ = items.update(fromContentsOf: source)
        }
    }

    @inline(__always)
    private static func deal(
        _ source: UnsafeMutableBufferPointer<Item>,
        _ target: UnsafeMutableBufferPointer<Item>,
        _ digit: Int,
        _ next: UnsafeMutableBufferPointer<UInt32>
    ) {
        next.initialize(repeating: 0)
        for item in source { next[item.digit(digit)] += 1 }
        var start: UInt32 = 0
        for value in next.indices { (next[value], start) = (start, start + next[value]) }
        for item in source {
            let value = item.digit(digit)
            target.initializeElement(at: Int(next[value]), to: item)
            next[value] += 1
        }
    }
}
