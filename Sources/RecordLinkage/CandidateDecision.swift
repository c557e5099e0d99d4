/// Chooses among candidates that compete for the same records.
struct CandidateDecision {
    struct Decided {
        let candidate: Candidate
        let probability: Double
    }

    /// Candidates no record of which is in another one, the most probable first.
    let decided: [Decided]

    /// `firstCount` and `secondCount` are the rows still without a partner, of `firstSize` and
    /// `secondSize`; pairs below the probability `least` are left out.
    init(
        _ candidates: [Candidate],
        firstSize: Int,
        secondSize: Int,
        firstCount: Int,
        secondCount: Int,
        from least: Double
    ) {
        guard !candidates.isEmpty else {
            decided = []
            return
        }
        var competition = Competition(
            candidates, firstSize: firstSize, secondSize: secondSize)
        let (first, second) = (Double(firstCount), Double(secondCount))
        // Half of the smaller file is expected in the other, until the sum of the probabilities
        // says better.
        var matches = 0.5 * min(first, second)
        var probabilities: [Double] = []
        for turn in 1...8 {
            // Two records without a partner meet with these odds: of the sets of one-to-one pairs
            // with `matches` pairs and those with one more, counted.
            let odds = matches / ((first - matches + 1) * (second - matches + 1))
            probabilities = competition.probabilities(
                priorOdds: odds, rounds: turn == 8 ? 10 : 3)
            matches = max(0.5, min(0.98 * min(first, second), probabilities.reduce(0, +)))
        }
        decided = Self.oneToOne(candidates, probabilities, least, firstSize, secondSize)
    }

    /// Takes the most probable pair, then the next of records that are free (ties: weight, rows).
    private static func oneToOne(
        _ candidates: [Candidate],
        _ probabilities: [Double],
        _ least: Double,
        _ firstSize: Int,
        _ secondSize: Int
    ) -> [Decided] {
        let order = candidates.indices.filter { probabilities[$0] >= least }.sorted {
            let (a, b) = (candidates[$0], candidates[$1])
            return (-probabilities[$0], -a.bits, a.first, a.second)
                < (-probabilities[$1], -b.bits, b.first, b.second)
        }
        var taken = (
            [Bool](repeating: false, count: firstSize),
            [Bool](repeating: false, count: secondSize)
        )
        var decided: [Decided] = []
        for index in order {
            let (a, b) = (Int(candidates[index].first), Int(candidates[index].second))
            guard !taken.0[a], !taken.1[b] else { continue }
            (taken.0[a], taken.1[b]) = (true, true)
            decided.append(
                Decided(candidate: candidates[index], probability: probabilities[index]))
        }
        return decided
    }
}
