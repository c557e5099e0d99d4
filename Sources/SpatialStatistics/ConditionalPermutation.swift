internal import Dispatch

/// Pseudo p-values by conditional permutation: a unit keeps its value, its k neighbours are drawn
/// without replacement from all other units, R times; Anselin (1995), Geographical Analysis 27,
/// 93-115.
///
/// Given the unit's own value, Gi and Gi* both grow with the sum over the neighbours and with
/// nothing else, so one comparison of sums serves both and any weight style.
public enum ConditionalPermutation {
    /// How often the null sum reached the observed one.
    public struct PValues: Hashable, Sendable {
        /// Replicas whose sum is at least, at most, the observed one; a tie counts in both.
        public let atLeast: Int
        public let atMost: Int
        /// The replicas these counts are out of.
        public let replicas: Int

        /// (1 + #{sum* >= sum}) / (R + 1): small around a high spot.
        public var high: Double { Double(1 + atLeast) / Double(replicas + 1) }

        /// (1 + #{sum* <= sum}) / (R + 1): small around a low spot.
        public var low: Double { Double(1 + atMost) / Double(replicas + 1) }

        /// min(1, 2 min(high, low)), for those who did not say beforehand which side they meant.
        public var twoSided: Double { min(1, 2 * min(high, low)) }
    }

    /// Which draws serve which units.
    public enum Strategy: Hashable, Sendable {
        /// `perUnit` below 2,000 units, `shared` from there on.
        case automatic
        /// Every unit has R draws of its own: O(*n R k*).
        case perUnit
        /// The same R draws serve all units: O(*R* (*k* + *d* log *n*)), k the most neighbours
        /// and d the number of different neighbour counts. Each unit has R conditional draws
        /// as with `perUnit`; units share one Monte-Carlo error, so R should be large.
        case shared
    }

    /// Pseudo p-values of Gi and Gi* for each unit; nil for an isolate.
    ///
    /// Sums closer than 1e-9 max|x| are ties. All values equal: every sum ties and every p is 1.
    /// The result depends on the seed, but neither on the order of the units nor on the number
    /// of threads (nil: one per core); units of one value, one number of neighbours and one sum
    /// have one p. A value that is not finite is a wrong call. The calling thread waits.
    public static func pValues(
        of values: [Double],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        strategy: Strategy = .automatic,
        threads: Int? = nil
    ) -> [PValues?] {
        answers(of: values, weights, permutations, seed, strategy, threads) { _ in { $1 } }
    }

    /// Pseudo p-values of local Moran for each unit: those of the neighbour sum, with the tails
    /// exchanged where the unit lies below the mean.
    ///
    /// Nil for an isolate. A unit exactly at the mean has I = 0 in every replica and p = 1.
    public static func localMoranPValues(
        of values: [Double],
        weights: SpatialWeights,
        permutations: Int,
        seed: UInt64,
        strategy: Strategy = .automatic,
        threads: Int? = nil
    ) -> [PValues?] {
        answers(of: values, weights, permutations, seed, strategy, threads) { ascending in
            // In ascending order, for a mean to the last bit that is the same in any order.
            let mean = ascending.reduce(0) { $0 + $1.value } / Double(max(ascending.count, 1))
            return { value, p in
                if value > mean { return p }
                return value < mean
                    ? PValues(atLeast: p.atMost, atMost: p.atLeast, replicas: p.replicas)
                    : PValues(atLeast: p.replicas, atMost: p.replicas, replicas: p.replicas)
            }
        }
    }

    /// The p-values of each unit's neighbour sum, as `turned` by the unit's own value; it gets all
    /// values in ascending order.
    private static func answers(
        of values: [Double],
        _ weights: SpatialWeights,
        _ permutations: Int,
        _ seed: UInt64,
        _ strategy: Strategy,
        _ threads: Int?,
        turned: (_ ascending: [ObservedSums.Place]) -> @Sendable (_ own: Double, PValues) -> PValues
    ) -> [PValues?] {
        precondition(
            values.count == weights.count,
            "\(values.count) values for \(weights.count) units"
        )
        precondition(
            permutations > 0 && permutations < Int(UInt32.max),
            "\(permutations) permutations"
        )
        let threads = threadCount(threads)
        for (unit, value) in values.enumerated() {
            precondition(value.isFinite, "the value of unit \(unit) is \(value)")
        }
        let isShared =
            switch strategy {
            case .automatic: values.count >= 2_000
            case .perUnit: false
            case .shared: true
            }
        // Draws for each unit are one long step.
        return WorkTeam.with(threads: isShared ? threads : 1, for: values.count) { team in
            let observed = ObservedSums(
                of: values, weights: weights, threads: threads, team: team)
            let answers: [PValues]
            let questionOf: @Sendable (_ place: Int) -> Int
            if isShared {
                let asked = SharedQuestions(observed, threads: threads, team: team)
                answers = SharedDraws(asked, observed.places)
                    .answers(permutations: permutations, seed: seed, threads: threads, team: team)
                questionOf = { Int(asked.asked[$0].question) }
            } else {
                let asked = PermutationQuestions(observed)
                answers = drawForEach(
                    asked, observed.places.map(\.value), permutations, seed, threads)
                questionOf = { Int(asked.questionOf[$0]) }
            }
            let turn = turned(observed.places)
            let ranges = ParallelRanges(values.count, threads: threads, team: team)
            return ranges.array(of: values.count) { _, range, units in
                for place in range {
                    let (one, question) = (observed.places[place], questionOf(place))
                    units.initializeElement(
                        at: Int(one.unit),
                        to: question < 0 ? nil : turn(one.value, answers[question]))
                }
            }
        }
    }

    private static func drawForEach(
        _ asked: PermutationQuestions,
        _ values: [Double],
        _ permutations: Int,
        _ seed: UInt64,
        _ threads: Int
    ) -> [PValues] {
        parallelMap(asked.questions.count, threads: threads) { number in
            let question = asked.questions[number]
            var others = values
            others.remove(at: question.own)
            return draw(
                question.neighbours,
                outOf: others,
                limits: question.limits,
                permutations: permutations,
                stream: CounterRandom.Stream(seed: seed, number: UInt64(number))
            )
        }
    }

    /// - Complexity: O(R k); a value drawn twice is drawn anew, and more than half of all values
    ///   are drawn by leaving out the rest.
    private static func draw(
        _ count: Int,
        outOf values: [Double],
        limits: PermutationQuestions.Limits,
        permutations: Int,
        stream: CounterRandom.Stream
    ) -> PValues {
        let takesRest = count > values.count - count
        let draws = takesRest ? values.count - count : count
        let total = takesRest ? values.reduce(0, +) : 0
        let sign = takesRest ? -1.0 : 1.0
        var lastReplica = [UInt32](repeating: .max, count: values.count)
        var atLeast = 0
        var atMost = 0
        lastReplica.withUnsafeMutableBufferPointer { lastReplica in
            values.withUnsafeBufferPointer { values in
                for replica in 0..<permutations {
                    let mark = UInt32(truncatingIfNeeded: replica)
                    var random = CounterRandom(stream, replica: replica)
                    var drawn = 0.0
                    var remaining = draws
                    while remaining > 0 {
                        let pick = random.next(below: values.count)
                        if lastReplica[pick] == mark { continue }
                        lastReplica[pick] = mark
                        drawn += values[pick]
                        remaining -= 1
                    }
                    let sum = total + sign * drawn
                    if sum >= limits.high { atLeast += 1 }
                    if sum <= limits.low { atMost += 1 }
                }
            }
        }
        return PValues(atLeast: atLeast, atMost: atMost, replicas: permutations)
    }

    /// Runs `body` for each of 0..<`count` on about `threads` threads.
    static func inParallel(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        if threads == 1 {
            for index in 0..<count { body(index) }
        } else {
            // Strided, so that neighbouring units of like cost spread over the threads.
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for index in stride(from: thread, to: count, by: threads) { body(index) }
            }
        }
    }
}
