/// What a conditional permutation test has to answer, without the names of the units.
///
/// The null of a unit's neighbour sum is that of k values drawn from all values but its own, so a
/// p-value is a function of the multiset of all values, of the unit's own value, of k and of the
/// observed sum. Values are therefore sorted before anything is drawn (`ObservedSums`), and units
/// that agree in those three are one question: the order in which the rows of a map arrive leaves
/// no trace, and equal units get equal p-values.
struct PermutationQuestions: Sendable {
    struct Question: Sendable {
        /// The lowest place in `values` of the unit's own value.
        ///
        /// Which of several equal values is left out of the draws does not matter.
        let own: Int
        let neighbours: Int
        let limits: Limits
    }

    /// What the sum of a replica is compared with.
    struct Limits: Sendable {
        /// A sum from here on is at least the observed one.
        let high: Double
        /// A sum up to here is at most the observed one.
        let low: Double

        @inline(__always)
        init(around sum: Double, tolerance: Double) {
            high = sum - tolerance
            low = sum + tolerance
        }
    }

    /// By own value, number of neighbours and observed sum.
    let questions: [Question]
    /// The question of the unit at each place of the ascending values; -1 for an isolate.
    let questionOf: [Int32]

    /// - Complexity: O(*n*), and O(*n* log *n*) where values are equal.
    init(_ observed: ObservedSums) {
        var asked: [(own: Int, neighbours: Int, sum: Double, place: Int)] = []
        asked.reserveCapacity(observed.places.count)
        for (place, one) in observed.places.enumerated() {
            let sum = observed.sums[place]
            guard sum.neighbours > 0 else { continue }
            asked.append((Int(one.own), Int(sum.neighbours), sum.value, place))
        }
        asked.sort { ($0.own, $0.neighbours, $0.sum) < ($1.own, $1.neighbours, $1.sum) }
        var questions: [Question] = []
        var questionOf = [Int32](repeating: -1, count: observed.places.count)
        for (place, one) in asked.enumerated() {
            let isNew =
                place == 0
                || (one.own, one.neighbours, one.sum)
                    != (asked[place - 1].own, asked[place - 1].neighbours, asked[place - 1].sum)
            if isNew {
                let limits = Limits(around: one.sum, tolerance: observed.tolerance)
                questions.append(
                    Question(own: one.own, neighbours: one.neighbours, limits: limits))
            }
            questionOf[one.place] = Int32(questions.count - 1)
        }
        self.questions = questions
        self.questionOf = questionOf
    }
}
