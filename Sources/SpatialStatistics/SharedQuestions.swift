/// The questions of a map in the order in which `SharedDraws` looks for a replica's sum.
///
/// Units that agree in their own value, number of neighbours and observed sum are one question, as
/// in `PermutationQuestions`; here they lie group after group, one for each number of neighbours,
/// and within a group by ascending observed sum.
struct SharedQuestions: Sendable {
    /// The questions of one number of neighbours: a range of all.
    struct Group: Sendable {
        let neighbours: Int
        let range: Range<Int>
    }

    /// Of one place of the ascending values.
    struct Own: Sendable {
        /// Where the questions with this own value start in `owned`.
        ///
        /// They end where those of the next place start. Only the lowest place of equal values
        /// has any.
        let start: Int32
        /// The most neighbours that one of them has.
        let mostNeighbours: Int32
    }

    /// By ascending number of neighbours.
    let groups: [Group]
    /// The number of each question's group.
    let groupOf: [Int32]
    /// What a sum is compared with, flat: an array per group would cost a reference count,
    /// contended between threads, for every search.
    let high: [Double]
    let low: [Double]
    /// One for each place of the ascending values, and one more for the end of the last.
    let own: [Own]
    /// The questions by own value.
    let owned: [Int32]
    /// The question of the unit at each place of the ascending values; -1 for an isolate.
    let questionOf: [Int32]

    var count: Int { high.count }

    /// - Complexity: O(*n*).
    init(_ observed: ObservedSums, weights: SpatialWeights, threads: Int) {
        let places = Places(observed, weights, threads)
        let firsts = places.firsts
        groups = Self.groups(firsts) { weights.neighbourCount(of: Int(observed.units[$0])) }
        groupOf = Self.groupOf(groups, firsts.count, threads)
        let sums = parallelArray(firsts.count, threads: threads) {
            observed.sums[Int(observed.units[Int(firsts[$0])])]
        }
        let tolerance = observed.tolerance
        high = parallelArray(firsts.count, threads: threads) {
            PermutationQuestions.Limits(around: sums[$0], tolerance: tolerance).high
        }
        low = parallelArray(firsts.count, threads: threads) {
            PermutationQuestions.Limits(around: sums[$0], tolerance: tolerance).low
        }
        questionOf = places.questionOf
        let runs = ParallelRanges(observed.own.count, threads: threads) { Int(observed.own[$0]) }
        let offsets = runs.offsets { range in range.count(where: places.isFirst) }
        owned = runs.array(of: firsts.count) { part, range, owned in
            var next = offsets[part]
            for place in range where places.isFirst(place) {
                owned.initializeElement(at: next, to: places.questionOf[place])
                next += 1
            }
        }
        own = Self.own(runs, offsets, places, observed.own, groups, groupOf)
    }

    /// Which units ask the same, found with the places sorted by what they ask.
    private struct Places: Sendable {
        let questionOf: [Int32]
        /// Of each question the lowest place that asks it.
        let firsts: [Int32]

        init(_ observed: ObservedSums, _ weights: SpatialWeights, _ threads: Int) {
            let (units, own) = (observed.units, observed.own)
            // Stable: those of one own value stand together among those that else agree.
            let order = RadixOrder(units.count, threads: threads) { place in
                let unit = Int(units[place])
                return .init(
                    rank: weights.neighbourCount(of: unit), observed.sums[unit], index: place)
            }.items
            @Sendable func isNew(_ number: Int) -> Bool {
                // Isolates stand first, and ask nothing.
                guard order[number].rank > 0 else { return false }
                guard number > 0 else { return true }
                let (one, before) = (order[number], order[number - 1])
                return one.key != before.key || one.rank != before.rank
                    || own[Int(one.index)] != own[Int(before.index)]
            }
            let ranges = ParallelRanges(order.count, threads: threads)
            let offsets = ranges.offsets { range in range.count(where: isNew) }
            questionOf = ranges.array(of: order.count) { part, range, questionOf in
                var question = offsets[part] - 1
                for number in range {
                    if isNew(number) { question += 1 }
                    questionOf.initializeElement(
                        at: Int(order[number].index), to: Int32(question))
                }
            }
            firsts = ranges.array(of: offsets[offsets.count - 1]) { part, range, firsts in
                var question = offsets[part]
                for number in range where isNew(number) {
                    firsts.initializeElement(at: question, to: Int32(order[number].index))
                    question += 1
                }
            }
        }

        @Sendable
        func isFirst(_ place: Int) -> Bool {
            let question = Int(questionOf[place])
            return question >= 0 && firsts[question] == place
        }
    }

    private static func groups(_ firsts: [Int32], _ neighbours: (Int) -> Int) -> [Group] {
        var groups: [Group] = []
        var start = 0
        while start < firsts.count {
            let count = neighbours(Int(firsts[start]))
            var (end, last) = (start + 1, firsts.count)
            while end < last {
                let middle = (end + last) / 2
                if neighbours(Int(firsts[middle])) == count {
                    end = middle + 1
                } else {
                    last = middle
                }
            }
            groups.append(Group(neighbours: count, range: start..<end))
            start = end
        }
        return groups
    }

    private static func groupOf(_ groups: [Group], _ count: Int, _ threads: Int) -> [Int32] {
        ParallelRanges(count, threads: threads).array(of: count) { _, range, groupOf in
            for (number, group) in groups.enumerated() {
                for question in group.range.clamped(to: range) {
                    groupOf.initializeElement(at: question, to: Int32(number))
                }
            }
        }
    }

    private static func own(
        _ runs: ParallelRanges,
        _ offsets: [Int],
        _ places: Places,
        _ lowest: [Int32],
        _ groups: [Group],
        _ groupOf: [Int32]
    ) -> [Own] {
        let end = Own(start: Int32(offsets[offsets.count - 1]), mostNeighbours: 0)
        return runs.array(of: lowest.count + 1) { part, range, own in
            var next = offsets[part]
            var place = range.lowerBound
            while place < range.upperBound {
                let (run, start) = (place, next)
                var most = 0
                while place < range.upperBound, lowest[place] == run {
                    if places.isFirst(place) {
                        let group = groupOf[Int(places.questionOf[place])]
                        most = max(most, groups[Int(group)].neighbours)
                        next += 1
                    }
                    place += 1
                }
                own.initializeElement(
                    at: run, to: Own(start: Int32(start), mostNeighbours: Int32(most)))
                for equal in run + 1..<place {
                    own.initializeElement(
                        at: equal, to: Own(start: Int32(next), mostNeighbours: 0))
                }
            }
            if range.upperBound == lowest.count { own.initializeElement(at: lowest.count, to: end) }
        }
    }
}
