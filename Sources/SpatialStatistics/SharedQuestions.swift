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

    /// What the unit at one place of the ascending values asks.
    struct Asked: Sendable {
        /// -1 for an isolate.
        let question: Int32
        /// Whether it is the lowest place that asks this.
        let isFirst: Bool
    }

    /// One place of the ascending values as an own value.
    struct Own: Sendable {
        /// Where the questions with this own value start in `owned`.
        ///
        /// They end where those of the next place start. Only the lowest place of equal values
        /// has any.
        let start: Int32
        /// The most neighbours that one of them has.
        let mostNeighbours: Int32
    }

    struct Owned: Sendable {
        let question: Int32
        let group: Int32
    }

    /// The observed sum of each question, flat: an array per group would cost a reference count,
    /// contended between threads, for every search.
    let sums: [Double]
    let tolerance: Double
    /// By ascending number of neighbours.
    let groups: [Group]
    /// For each place of the ascending values.
    let asked: [Asked]
    /// One for each place of the ascending values, and one more for the end of the last.
    let own: [Own]
    /// The questions by own value.
    let owned: [Owned]

    var count: Int { sums.count }

    /// - Complexity: O(*n*).
    init(_ observed: ObservedSums, threads: Int, team: WorkTeam? = nil) {
        let places = observed.places
        tolerance = observed.tolerance
        // Stable: those of one own value stand together among those that else agree.
        let order = RadixOrder(Sums(sums: observed.sums), threads: threads, team: team).items
        @Sendable func isNew(_ number: Int) -> Bool {
            // Isolates stand first, and ask nothing.
            guard order[number].rank > 0 else { return false }
            guard number > 0 else { return true }
            let (one, before) = (order[number], order[number - 1])
            return one.key != before.key || one.rank != before.rank
                || places[Int(one.index)].own != places[Int(before.index)].own
        }
        let ranges = ParallelRanges(order.count, threads: threads, team: team)
        let offsets = ranges.offsets { range in range.count(where: isNew) }
        (asked, sums) = ranges.arrays(of: order.count, offsets[offsets.count - 1]) {
            part, range, asked, sums in
            var next = offsets[part]
            for number in range {
                let (place, isFirst) = (Int(order[number].index), isNew(number))
                if isFirst {
                    sums.initializeElement(at: next, to: observed.sums[place].value)
                    next += 1
                }
                asked.initializeElement(
                    at: place, to: Asked(question: Int32(next - 1), isFirst: isFirst))
            }
        }
        groups = Self.groups(order, asked)
        (own, owned) = Self.own(places, asked, groups, threads, team)
    }

    /// By number of neighbours, then by sum.
    private struct Sums: RadixOrder.Source {
        let sums: [ObservedSums.Sum]

        var count: Int { sums.count }

        @inline(__always)
        func item(_ index: Int) -> RadixOrder.Item {
            .init(rank: Int(sums[index].neighbours), sums[index].value, index: index)
        }
    }

    private static func groups(_ order: [RadixOrder.Item], _ asked: [Asked]) -> [Group] {
        func question(_ number: Int) -> Int {
            number < order.count ? Int(asked[Int(order[number].index)].question) : -1
        }
        func end(of rank: UInt32) -> Int {
            var (first, last) = (0, order.count)
            while first < last {
                let middle = (first + last) / 2
                if order[middle].rank <= rank { first = middle + 1 } else { last = middle }
            }
            return first
        }
        let count = order.last.map { Int(asked[Int($0.index)].question) + 1 } ?? 0
        var groups: [Group] = []
        var start = end(of: 0)
        while start < order.count {
            let next = end(of: order[start].rank)
            groups.append(
                Group(
                    neighbours: Int(order[start].rank),
                    range: question(start)..<(next < order.count ? question(next) : count)))
            start = next
        }
        return groups
    }

    private static func own(
        _ places: [ObservedSums.Place],
        _ asked: [Asked],
        _ groups: [Group],
        _ threads: Int,
        _ team: WorkTeam?
    ) -> ([Own], [Owned]) {
        let runs = ParallelRanges(places.count, threads: threads, team: team) {
            Int(places[$0].own)
        }
        let offsets = runs.offsets { range in range.count { asked[$0].isFirst } }
        let end = offsets[offsets.count - 1]
        return runs.arrays(of: places.count + 1, end) { part, range, own, owned in
            var next = offsets[part]
            var place = range.lowerBound
            while place < range.upperBound {
                let (run, start) = (place, next)
                var most = 0
                while place < range.upperBound, places[place].own == run {
                    if asked[place].isFirst {
                        let question = asked[place].question
                        let group = Self.group(of: Int(question), groups)
                        owned.initializeElement(
                            at: next, to: Owned(question: question, group: Int32(group)))
                        most = max(most, groups[group].neighbours)
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
            if range.upperBound == places.count {
                own.initializeElement(
                    at: places.count, to: Own(start: Int32(end), mostNeighbours: 0))
            }
        }
    }

    private static func group(of question: Int, _ groups: [Group]) -> Int {
        var (first, last) = (0, groups.count - 1)
        while first < last {
            let middle = (first + last) / 2
            if groups[middle].range.upperBound <= question {
                first = middle + 1
            } else {
                last = middle
            }
        }
        return first
    }
}
