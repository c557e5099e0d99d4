import Testing

@testable import RecordLinkage

@Suite struct CompetitionTests {
    private func candidates(_ pairs: [(Int32, Int32, Float)]) -> [Candidate] {
        pairs.map { Candidate(first: $0.0, second: $0.1, bits: $0.2) }
    }

    /// By listing every one-to-one set of pairs.
    private func enumerated(_ pairs: [(Int32, Int32, Float)]) -> [Double] {
        var total = 0.0
        var with = [Double](repeating: 0, count: pairs.count)
        for set in 0..<(1 << pairs.count) {
            let chosen = pairs.indices.filter { set >> $0 & 1 == 1 }
            guard Set(chosen.map { pairs[$0].0 }).count == chosen.count,
                Set(chosen.map { pairs[$0].1 }).count == chosen.count
            else { continue }
            let weight = chosen.reduce(1.0) { product, index in
                var odds = product
                for _ in 0..<Int(abs(pairs[index].2)) { odds *= pairs[index].2 < 0 ? 0.5 : 2 }
                return odds
            }
            total += weight
            for index in chosen { with[index] += weight }
        }
        return with.map { $0 / total }
    }

    @Test("a pair alone has the probability of its odds")
    func alone() {
        var competition = Competition(candidates([(0, 0, 3)]), firstSize: 1, secondSize: 1)
        #expect(abs(competition.probabilities(priorOdds: 1, rounds: 2)[0] - 8.0 / 9) < 1e-12)
        #expect(abs(competition.probabilities(priorOdds: 0.125, rounds: 2)[0] - 0.5) < 1e-12)
    }

    @Test("on a chain of candidates the probabilities are those of all one-to-one sets")
    func chain() {
        let pairs: [(Int32, Int32, Float)] = [
            (0, 0, 5), (0, 1, 4), (1, 1, 3), (1, 2, -1), (2, 2, 2), (3, 2, 1),
        ]
        var competition = Competition(candidates(pairs), firstSize: 4, secondSize: 3)
        let found = competition.probabilities(priorOdds: 1, rounds: 12)
        for (found, expected) in zip(found, enumerated(pairs)) {
            #expect(abs(found - expected) < 1e-6)
        }
    }

    @Test("two namesakes share, unless one of them has a surer partner")
    func namesakes() {
        var two = Competition(
            candidates([(0, 0, 10), (0, 1, 10)]), firstSize: 1, secondSize: 2)
        let shared = two.probabilities(priorOdds: 1, rounds: 12)
        #expect(abs(shared[0] - shared[1]) < 1e-12 && shared[0] < 0.5)
        var three = Competition(
            candidates([(0, 0, 10), (0, 1, 10), (1, 1, 20)]), firstSize: 2, secondSize: 2)
        let freed = three.probabilities(priorOdds: 1, rounds: 12)
        #expect(freed[0] > 0.99)
    }

    @Test("the decision is one to one, the most probable pair first")
    func decision() {
        let decision = CandidateDecision(
            candidates([(0, 0, 8), (0, 1, 20), (1, 1, 9), (1, 0, 19)]),
            firstSize: 2, secondSize: 2, firstCount: 2, secondCount: 2, from: 0.5)
        let pairs = decision.decided.map { [$0.candidate.first, $0.candidate.second] }
        #expect(Set(pairs) == [[0, 1], [1, 0]])
    }
}
