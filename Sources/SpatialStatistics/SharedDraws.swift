/// Conditional permutation for large maps: one sequence of draws serves every unit.
///
/// With binary weights the null of a neighbour sum depends on a unit only through its number of
/// neighbours k, and through its own value being left out. A replica draws the most neighbours any
/// unit has, and one more, one after the other; its first k values are then a draw for all units
/// with k neighbours. The sorted observed sums of those units are searched for the replica's sum,
/// which counts for all of them at once. For a unit that is among its own draws the next value of
/// the sequence takes its place: a random order of all without one is a random order of the
/// others. Every unit has R draws that are conditional ones exactly, without the bias of order
/// k/n that leaving the unit in would bring.
struct SharedDraws {
    private typealias PValues = ConditionalPermutation.PValues

    private let asked: SharedQuestions
    /// By ascending value.
    private let places: [ObservedSums.Place]

    /// For the places that `asked` was made of.
    init(_ asked: SharedQuestions, _ places: [ObservedSums.Place]) {
        self.asked = asked
        self.places = places
    }

    /// The p-values of each question.
    func answers(
        permutations: Int,
        seed: UInt64,
        threads: Int,
        team: WorkTeam? = nil
    ) -> [ConditionalPermutation.PValues] {
        let stream = CounterRandom.Stream(seed: seed, number: 0)
        let (stride, parts) = (
            placeCount, ParallelRanges(permutations, threads: threads, least: 1, team: team)
        )
        let counts: [Count] = parts.array(of: stride * parts.ranges.count) {
            part, replicas, counts in
            let own = UnsafeMutableBufferPointer(
                rebasing: counts[part * stride..<(part + 1) * stride])
            own.initialize(repeating: Count())
            tally(replicas, stream, own)
        }
        return answers(permutations, counts, threads, team)
    }

    /// The places of a replica's sum among the questions: group after group, one place more than
    /// the group has questions.
    private var placeCount: Int { asked.count + asked.groups.count }

    /// What the replicas of one thread counted at one of those places.
    private struct Count: Sendable {
        /// How many of them fell between which upper limits, and between which lower ones.
        var above: UInt32 = 0
        var below: UInt32 = 0
        /// What changes in the counts of the question by those that hold its own value.
        var atLeast: Int32 = 0
        var atMost: Int32 = 0
    }

    /// The p-values by what all threads counted, one after the other.
    ///
    /// A replica noted at place p of a group is at least the sum of every question before p, and
    /// one noted at q at most the sum of every question from q on. Each replica is noted once in
    /// each group, so that both follow from what was noted from the very first place on. Sums of
    /// whole numbers: how the replicas were shared out leaves no trace.
    private func answers(_ permutations: Int, _ counts: [Count], _ threads: Int, _ team: WorkTeam?)
        -> [PValues]
    {
        let (groups, places) = (asked.groups, placeCount)
        let ranges = ParallelRanges(places, threads: threads, team: team)
        let starts = stride(from: 0, to: counts.count, by: places)
        let noted = ranges.map { range in
            starts.reduce((above: 0, below: 0)) { sums, start in
                range.reduce(into: sums) {
                    $0.above += Int(counts[start + $1].above)
                    $0.below += Int(counts[start + $1].below)
                }
            }
        }
        return ranges.array(of: asked.count) { part, range, answers in
            var above = noted[..<part].reduce(0) { $0 + $1.above }
            var below = noted[..<part].reduce(0) { $0 + $1.below }
            var number = 0
            while number < groups.count, groups[number].range.upperBound + number < range.lowerBound
            {
                number += 1
            }
            for place in range {
                var (atLeast, atMost) = (0, 0)
                for start in starts {
                    let count = counts[start + place]
                    above += Int(count.above)
                    below += Int(count.below)
                    atLeast += Int(count.atLeast)
                    atMost += Int(count.atMost)
                }
                guard place - number < groups[number].range.upperBound else {
                    number += 1
                    continue
                }
                answers.initializeElement(
                    at: place - number,
                    to: PValues(
                        atLeast: (number + 1) * permutations - above + atLeast,
                        atMost: below - number * permutations + atMost,
                        replicas: permutations))
            }
        }
    }

    private func tally(
        _ replicas: Range<Int>,
        _ stream: CounterRandom.Stream,
        _ counts: UnsafeMutableBufferPointer<Count>
    ) {
        let groups = asked.groups
        guard let most = groups.last?.neighbours else { return }
        var lastReplica = [UInt32](repeating: .max, count: places.count)
        // One more than any unit needs, to take the place of the unit itself.
        var picks = [Int](repeating: 0, count: most + 1)
        var sums = [Double](repeating: 0, count: groups.count)
        for replica in replicas {
            let mark = UInt32(truncatingIfNeeded: replica)
            var random = CounterRandom(stream, replica: replica)
            var sum = 0.0
            var drawn = 0
            for index in 0...groups.count {
                let wanted = index < groups.count ? groups[index].neighbours : most + 1
                while drawn < wanted {
                    let pick = random.next(below: places.count)
                    if lastReplica[pick] == mark { continue }
                    lastReplica[pick] = mark
                    picks[drawn] = pick
                    sum += places[pick].value
                    drawn += 1
                }
                guard index < groups.count else { break }
                sums[index] = sum
                let range = groups[index].range
                let above = endOfHigh(atMost: sum, in: range)
                let below = endOfLow(below: sum, in: range.lowerBound..<above)
                counts[above + index].above += 1
                counts[below + index].below += 1
            }
            replaceOwn(picks, sums, counts)
        }
    }

    /// For the units that are among their own draws: takes off what was counted with them, and
    /// adds what the replica is without them.
    @inline(__always)
    private func replaceOwn(
        _ picks: [Int],
        _ sums: [Double],
        _ counts: UnsafeMutableBufferPointer<Count>
    ) {
        for position in picks.indices {
            let pick = picks[position]
            guard position < asked.own[pick].mostNeighbours else { continue }
            // By index: a slice would cost a reference count, contended between threads.
            for index in Int(asked.own[pick].start)..<Int(asked.own[pick + 1].start) {
                let (place, group) = (
                    Int(asked.owned[index].question), Int(asked.owned[index].group)
                )
                let neighbours = asked.groups[group].neighbours
                guard position < neighbours else { continue }
                let sum = sums[group]
                let without = sum - places[pick].value + places[picks[neighbours]].value
                let limits = PermutationQuestions.Limits(
                    around: asked.sums[place], tolerance: asked.tolerance)
                counts[place + group].atLeast +=
                    (without >= limits.high ? 1 : 0) - (sum >= limits.high ? 1 : 0)
                counts[place + group].atMost +=
                    (without <= limits.low ? 1 : 0) - (sum <= limits.low ? 1 : 0)
            }
        }
    }

    /// The end of those upper limits in `range` that are <= `sum`.
    private func endOfHigh(atMost sum: Double, in range: Range<Int>) -> Int {
        var first = range.lowerBound
        var last = range.upperBound
        while first < last {
            let middle = (first + last) >> 1
            if asked.sums[middle] - asked.tolerance <= sum {
                first = middle + 1
            } else {
                last = middle
            }
        }
        return first
    }

    /// The end of those lower limits in `range` that are < `sum`.
    private func endOfLow(below sum: Double, in range: Range<Int>) -> Int {
        // Only a tie tells this search from the one before, so it nearly always ends here.
        if range.isEmpty || asked.sums[range.upperBound - 1] + asked.tolerance < sum {
            return range.upperBound
        }
        var first = range.lowerBound
        var last = range.upperBound - 1
        while first < last {
            let middle = (first + last) >> 1
            if asked.sums[middle] + asked.tolerance < sum {
                first = middle + 1
            } else {
                last = middle
            }
        }
        return first
    }
}
