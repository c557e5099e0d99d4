/// Conditional permutation for large maps: one sequence of draws serves every unit.
///
/// With binary weights the null of a neighbour sum depends on a unit only through its number of
/// neighbours k, and through its own value being left out. A replica draws the most neighbours any
/// unit has, one after the other; its first k values are then a draw for all units with k
/// neighbours. The sorted observed sums of those units are searched for the replica's sum, which
/// counts for all of them at once. Replicas that happen to hold the unit itself are taken off its
/// counts, so that the draws left are conditional ones exactly, without the bias of order k/n.
struct SharedDraws {
    /// The units with one number of neighbours: a range of `units`.
    private struct Group {
        let neighbours: Int
        let range: Range<Int>
    }

    private let values: [Double]
    private let limits: [ObservedSums.Limits]
    /// By ascending number of neighbours.
    private let groups: [Group]
    /// Group after group, within a group by ascending observed sum.
    private let units: [Int]
    /// The limits of `units`, flat: an array per group would cost a reference count, contended
    /// between threads, for every search.
    private let high: [Double]
    private let low: [Double]
    /// The number of each unit's group; -1 for an isolate.
    private let groupOf: [Int]
    private let neighbourCounts: [Int]

    init(_ values: [Double], _ weights: SpatialWeights, _ observed: ObservedSums) {
        self.values = values
        limits = observed.limits
        neighbourCounts = values.indices.map { weights.neighbourCount(of: $0) }
        let unitsByCount = Dictionary(grouping: values.indices) {
            weights.neighbourCount(of: $0)
        }
        var groups: [Group] = []
        var units: [Int] = []
        var groupOf = [Int](repeating: -1, count: values.count)
        for neighbours in unitsByCount.keys.filter({ $0 > 0 }).sorted() {
            let ascending = unitsByCount[neighbours, default: []].sorted {
                (observed.limits[$0].high, $0) < (observed.limits[$1].high, $1)
            }
            for unit in ascending { groupOf[unit] = groups.count }
            let range = units.count..<(units.count + ascending.count)
            groups.append(Group(neighbours: neighbours, range: range))
            units += ascending
        }
        self.groups = groups
        self.units = units
        high = units.map { observed.limits[$0].high }
        low = units.map { observed.limits[$0].low }
        self.groupOf = groupOf
    }

    func pValues(
        permutations: Int,
        seed: UInt64,
        threads: Int
    ) -> [ConditionalPermutation.PValues?] {
        let stream = CounterRandom.Stream(seed: seed, number: 0)
        let tallies = parallelParts(of: permutations, threads: threads) { tally($0, stream) }
        // Sums of whole numbers: how the replicas were shared out leaves no trace.
        var total = Tally(unitCount: values.count, groups: groups.count)
        for part in tallies { total.add(part) }
        return pValues(total, permutations: permutations)
    }

    private func pValues(
        _ total: Tally,
        permutations: Int
    ) -> [ConditionalPermutation.PValues?] {
        var results = [ConditionalPermutation.PValues?](repeating: nil, count: values.count)
        for (index, group) in groups.enumerated() {
            // Every group has one place more than it has units.
            let shift = index
            // A replica noted at place p is at least the sum of every unit before p ...
            var atLeast = 0
            for rank in group.range.reversed() {
                atLeast += Int(total.above[rank + 1 + shift])
                let unit = units[rank]
                results[unit] = ConditionalPermutation.PValues(
                    atLeast: atLeast - Int(total.own[unit].atLeast),
                    atMost: 0,
                    replicas: permutations - Int(total.own[unit].replicas)
                )
            }
            // ... and one noted at q is at most the sum of every unit from q on.
            var atMost = 0
            for rank in group.range {
                atMost += Int(total.below[rank + shift])
                let unit = units[rank]
                guard let sofar = results[unit] else { continue }
                results[unit] = ConditionalPermutation.PValues(
                    atLeast: sofar.atLeast,
                    atMost: atMost - Int(total.own[unit].atMost),
                    replicas: sofar.replicas
                )
            }
        }
        return results
    }

    /// Counts over a range of replicas.
    private struct Tally {
        /// What the replicas that hold the unit itself contributed to its counts.
        struct Own {
            var replicas: UInt32 = 0
            var atLeast: UInt32 = 0
            var atMost: UInt32 = 0
        }

        /// Group after group, one place more than the group has units: how many replicas fell
        /// between which upper limits, and between which lower ones.
        var above: [UInt32]
        var below: [UInt32]
        var own: [Own]

        init(unitCount: Int, groups: Int) {
            above = [UInt32](repeating: 0, count: unitCount + groups)
            below = above
            own = [Own](repeating: Own(), count: unitCount)
        }

        mutating func add(_ other: Tally) {
            for place in above.indices {
                above[place] += other.above[place]
                below[place] += other.below[place]
            }
            for unit in own.indices {
                own[unit].replicas += other.own[unit].replicas
                own[unit].atLeast += other.own[unit].atLeast
                own[unit].atMost += other.own[unit].atMost
            }
        }
    }

    private func tally(_ replicas: Range<Int>, _ stream: CounterRandom.Stream) -> Tally {
        var tally = Tally(unitCount: values.count, groups: groups.count)
        let most = groups.last?.neighbours ?? 0
        var lastReplica = [UInt32](repeating: .max, count: values.count)
        var picks = [Int](repeating: 0, count: most)
        var sums = [Double](repeating: 0, count: groups.count)
        for replica in replicas {
            let mark = UInt32(truncatingIfNeeded: replica)
            var random = CounterRandom(stream, replica: replica)
            var sum = 0.0
            var drawn = 0
            for index in groups.indices {
                let group = groups[index]
                while drawn < group.neighbours {
                    let pick = random.next(below: values.count)
                    if lastReplica[pick] == mark { continue }
                    lastReplica[pick] = mark
                    picks[drawn] = pick
                    sum += values[pick]
                    drawn += 1
                }
                sums[index] = sum
                let above = endOfHigh(atMost: sum, in: group.range)
                let below = endOfLow(below: sum, in: group.range.lowerBound..<above)
                tally.above[above + index] += 1
                tally.below[below + index] += 1
            }
            for (position, unit) in picks.enumerated() where position < neighbourCounts[unit] {
                let sum = sums[groupOf[unit]]
                tally.own[unit].replicas += 1
                if sum >= limits[unit].high { tally.own[unit].atLeast += 1 }
                if sum <= limits[unit].low { tally.own[unit].atMost += 1 }
            }
        }
        return tally
    }

    /// The end of those limits in `range` of `high` that are <= `sum`.
    private func endOfHigh(atMost sum: Double, in range: Range<Int>) -> Int {
        var first = range.lowerBound
        var last = range.upperBound
        while first < last {
            let middle = (first + last) >> 1
            if high[middle] <= sum { first = middle + 1 } else { last = middle }
        }
        return first
    }

    /// The end of those limits in `range` of `low` that are < `sum`.
    private func endOfLow(below sum: Double, in range: Range<Int>) -> Int {
        // Only a tie tells this search from the one before, so it nearly always ends here.
        if range.isEmpty || low[range.upperBound - 1] < sum { return range.upperBound }
        var first = range.lowerBound
        var last = range.upperBound - 1
        while first < last {
            let middle = (first + last) >> 1
            if low[middle] < sum { first = middle + 1 } else { last = middle }
        }
        return first
    }
}
