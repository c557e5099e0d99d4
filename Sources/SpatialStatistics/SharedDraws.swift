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
    /// The questions of one number of neighbours: a range of `questions`.
    private struct Group {
        let neighbours: Int
        let range: Range<Int>
    }

    /// Ascending.
    private let values: [Double]
    /// By ascending number of neighbours.
    private let groups: [Group]
    /// Group after group, within a group by ascending observed sum.
    private let questions: [PermutationQuestions.Question]
    /// The number of each of `questions` where they were asked.
    private let numbers: [Int]
    /// The limits of `questions`, flat: an array per group would cost a reference count, contended
    /// between threads, for every search.
    private let high: [Double]
    private let low: [Double]
    /// The number of each question's group.
    private let groupOf: [Int]
    /// The questions by own value: where those of each place of `values` start in `owned`.
    private let ownedStarts: [Int32]
    private let owned: [Int32]
    /// For each place of `values` the most neighbours that one of its questions has.
    private let mostOfOwn: [Int32]

    init(_ asked: PermutationQuestions) {
        values = asked.values
        let numbers = asked.questions.indices.sorted { one, other in
            let (first, second) = (asked.questions[one], asked.questions[other])
            return (first.neighbours, first.limits.high, one)
                < (second.neighbours, second.limits.high, other)
        }
        let questions = numbers.map { asked.questions[$0] }
        var groups: [Group] = []
        var groupOf: [Int] = []
        var starts = [Int32](repeating: 0, count: asked.values.count + 1)
        var most = [Int32](repeating: 0, count: asked.values.count)
        for (place, question) in questions.enumerated() {
            let start =
                groups.last?.neighbours == question.neighbours
                ? groups.removeLast().range.lowerBound : place
            groups.append(Group(neighbours: question.neighbours, range: start..<(place + 1)))
            groupOf.append(groups.count - 1)
            starts[question.own + 1] += 1
            most[question.own] = max(most[question.own], Int32(question.neighbours))
        }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
        var next = starts
        var owned = [Int32](repeating: 0, count: questions.count)
        for (place, question) in questions.enumerated() {
            owned[Int(next[question.own])] = Int32(place)
            next[question.own] += 1
        }
        self.numbers = numbers
        self.questions = questions
        self.groups = groups
        self.groupOf = groupOf
        ownedStarts = starts
        self.owned = owned
        mostOfOwn = most
        high = questions.map(\.limits.high)
        low = questions.map(\.limits.low)
    }

    /// The p-values in the order in which the questions were asked.
    func answers(
        permutations: Int,
        seed: UInt64,
        threads: Int
    ) -> [ConditionalPermutation.PValues] {
        let stream = CounterRandom.Stream(seed: seed, number: 0)
        let tallies = parallelParts(of: permutations, threads: threads) { tally($0, stream) }
        // Sums of whole numbers: how the replicas were shared out leaves no trace.
        var total = Tally(questions: questions.count, groups: groups.count)
        for part in tallies { total.add(part) }
        let (atLeast, atMost) = counts(total)
        var answers = [ConditionalPermutation.PValues](
            repeating: .init(atLeast: 0, atMost: 0, replicas: permutations),
            count: questions.count
        )
        for (place, number) in numbers.enumerated() {
            answers[number] = .init(
                atLeast: atLeast[place], atMost: atMost[place], replicas: permutations)
        }
        return answers
    }

    private func counts(_ total: Tally) -> (atLeast: [Int], atMost: [Int]) {
        var atLeast = total.own.map { Int($0.atLeast) }
        var atMost = total.own.map { Int($0.atMost) }
        for (index, group) in groups.enumerated() {
            // Every group has one place more than it has questions. A replica noted at place p
            // is at least the sum of every question before p ...
            var reached = 0
            for place in group.range.reversed() {
                reached += Int(total.above[place + 1 + index])
                atLeast[place] += reached
            }
            // ... and one noted at q is at most the sum of every question from q on.
            reached = 0
            for place in group.range {
                reached += Int(total.below[place + index])
                atMost[place] += reached
            }
        }
        return (atLeast, atMost)
    }

    /// Counts over a range of replicas.
    private struct Tally {
        /// What changes in the counts of a question by the replicas that hold its own value.
        struct Own {
            var atLeast: Int32 = 0
            var atMost: Int32 = 0
        }

        /// Group after group, one place more than the group has questions: how many replicas
        /// fell between which upper limits, and between which lower ones.
        var above: [UInt32]
        var below: [UInt32]
        var own: [Own]

        init(questions: Int, groups: Int) {
            above = [UInt32](repeating: 0, count: questions + groups)
            below = above
            own = [Own](repeating: Own(), count: questions)
        }

        mutating func add(_ other: Tally) {
            for place in above.indices {
                above[place] += other.above[place]
                below[place] += other.below[place]
            }
            for question in own.indices {
                own[question].atLeast += other.own[question].atLeast
                own[question].atMost += other.own[question].atMost
            }
        }
    }

    private func tally(_ replicas: Range<Int>, _ stream: CounterRandom.Stream) -> Tally {
        var tally = Tally(questions: questions.count, groups: groups.count)
        guard let most = groups.last?.neighbours else { return tally }
        var lastReplica = [UInt32](repeating: .max, count: values.count)
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
                    let pick = random.next(below: values.count)
                    if lastReplica[pick] == mark { continue }
                    lastReplica[pick] = mark
                    picks[drawn] = pick
                    sum += values[pick]
                    drawn += 1
                }
                guard index < groups.count else { break }
                sums[index] = sum
                let range = groups[index].range
                let above = endOfHigh(atMost: sum, in: range)
                let below = endOfLow(below: sum, in: range.lowerBound..<above)
                tally.above[above + index] += 1
                tally.below[below + index] += 1
            }
            replaceOwn(picks, sums, &tally)
        }
        return tally
    }

    /// For the units that are among their own draws: takes off what was counted with them, and
    /// adds what the replica is without them.
    @inline(__always)
    private func replaceOwn(_ picks: [Int], _ sums: [Double], _ tally: inout Tally) {
        for position in picks.indices {
            let pick = picks[position]
            guard position < mostOfOwn[pick] else { continue }
            // By index: a slice would cost a reference count, contended between threads.
            for index in Int(ownedStarts[pick])..<Int(ownedStarts[pick + 1]) {
                let place = Int(owned[index])
                let question = questions[place]
                guard position < question.neighbours else { continue }
                let sum = sums[groupOf[place]]
                let without = sum - values[pick] + values[picks[question.neighbours]]
                let (high, low) = (question.limits.high, question.limits.low)
                tally.own[place].atLeast += (without >= high ? 1 : 0) - (sum >= high ? 1 : 0)
                tally.own[place].atMost += (without <= low ? 1 : 0) - (sum <= low ? 1 : 0)
            }
        }
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
