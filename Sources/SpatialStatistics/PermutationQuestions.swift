/// What a conditional permutation test has to answer, without the names of the units.
///
/// The null of a unit's neighbour sum is that of k values drawn from all values but its own, so a
/// p-value is a function of the multiset of all values, of the unit's own value, of k and of the
/// observed sum. Values are therefore sorted before anything is drawn, and units that agree in
/// those three are one question: the order in which the rows of a map arrive leaves no trace, and
/// equal units get equal p-values.
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
    }

    /// Ascending.
    let values: [Double]
    /// By own value, number of neighbours and observed sum.
    let questions: [Question]
    /// The question of each unit; nil for an isolate.
    private let questionOf: [Int?]

    /// - Complexity: O(*n* log *n* + *w* log *k*), *w* the stored weights.
    init(of values: [Double], weights: SpatialWeights) {
        let order = zip(values, 0..<values.count).sorted { $0.0 < $1.0 }
        let sorted = order.map(\.0)
        var ranks = [Int](repeating: 0, count: values.count)
        for (rank, entry) in order.enumerated() { ranks[entry.1] = rank }
        // The same values added in another order must tie.
        let tolerance = 1e-9 * max(abs(sorted.first ?? 0), abs(sorted.last ?? 0))

        var asked: [(own: Int, neighbours: Int, sum: Double, unit: Int)] = []
        asked.reserveCapacity(values.count)
        var own = 0
        var around: [Int] = []
        for (rank, entry) in order.enumerated() {
            if entry.0 != sorted[own] { own = rank }
            let neighbours = weights.neighbours(of: entry.1)
            guard !neighbours.isEmpty else { continue }
            // In ascending order, so that the rounding is the same whatever the units are called.
            around.removeAll(keepingCapacity: true)
            for neighbour in neighbours { around.append(ranks[neighbour]) }
            around.sort()
            let sum = around.reduce(0.0) { $0 + sorted[$1] }
            asked.append((own, neighbours.count, sum, entry.1))
        }
        asked.sort { ($0.own, $0.neighbours, $0.sum) < ($1.own, $1.neighbours, $1.sum) }
        var questions: [Question] = []
        var questionOf = [Int?](repeating: nil, count: values.count)
        for (place, one) in asked.enumerated() {
            let isNew =
                place == 0
                || (one.own, one.neighbours, one.sum)
                    != (asked[place - 1].own, asked[place - 1].neighbours, asked[place - 1].sum)
            if isNew {
                let limits = Limits(high: one.sum - tolerance, low: one.sum + tolerance)
                questions.append(
                    Question(own: one.own, neighbours: one.neighbours, limits: limits))
            }
            questionOf[one.unit] = questions.count - 1
        }
        self.values = sorted
        self.questions = questions
        self.questionOf = questionOf
    }

    /// The answers, one per question, given to each unit.
    func perUnit<Answer>(_ answers: [Answer]) -> [Answer?] {
        questionOf.map { question in question.map { answers[$0] } }
    }
}
