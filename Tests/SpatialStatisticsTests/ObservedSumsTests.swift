import Testing

@testable import SpatialStatistics

@Suite struct ObservedSumsTests {
    /// Units with none to 40 neighbours, some of them more than are ordered by counting.
    private func map(_ count: Int, levels: Double) -> (values: [Double], weights: SpatialWeights) {
        var generator = SeededGenerator(seed: 12)
        let values = (0..<count).map { _ in
            levels > 0 ? (generator.unit() * levels).rounded() / 3 : generator.unit() - 0.5
        }
        let weights = SpatialWeights(
            neighbours: (0..<count).map { unit in
                var chosen = Set<Int>()
                for _ in 0..<unit % 41 { chosen.insert(Int(generator.unit() * Double(count))) }
                chosen.remove(unit)
                return Array(chosen)
            })
        return (values, weights)
    }

    @Test("sums are added in the order of their values, to the last bit", arguments: [0.0, 5])
    func sums(levels: Double) {
        let (values, weights) = map(6_000, levels: levels)
        for threads in [1, 2, 5] {
            let observed = ObservedSums(of: values, weights: weights, threads: threads)
            #expect(observed.places.map(\.value) == values.sorted())
            for (place, one) in observed.places.enumerated() {
                let unit = Int(one.unit)
                let around = weights.neighbours(of: unit).map { values[$0] }.sorted()
                #expect(values[unit] == one.value)
                #expect(observed.sums[place].value == around.reduce(0, +))
                #expect(observed.sums[place].neighbours == around.count)
                let own = Int(one.own)
                #expect(observed.places[own].value == one.value)
                #expect(own == 0 || observed.places[own - 1].value < one.value)
            }
        }
    }

    @Test("questions for shared draws are those of draws for each", arguments: [0.0, 1, 5])
    func questions(levels: Double) throws {
        let (values, weights) = map(5_000, levels: levels)
        for threads in [1, 3] {
            let observed = ObservedSums(of: values, weights: weights, threads: threads)
            let each = PermutationQuestions(observed)
            let shared = SharedQuestions(observed, threads: threads)
            #expect(shared.count == each.questions.count)
            #expect(shared.groups.map(\.neighbours) == Set(weights.neighbourCounts).sorted())
            #expect(shared.groups.flatMap { $0.range } == Array(0..<shared.count))
            for group in shared.groups {
                let sums = shared.sums[group.range]
                #expect(zip(sums, sums.dropFirst()).allSatisfy { $0 <= $1 })
            }
            for place in observed.places.indices {
                let (one, other) = (each.questionOf[place], shared.asked[place].question)
                #expect((one < 0) == (other < 0))
                guard one >= 0 else { continue }
                let sum = shared.sums[Int(other)]
                let limits = PermutationQuestions.Limits(
                    around: sum, tolerance: observed.tolerance)
                #expect(each.questions[Int(one)].limits.high == limits.high)
            }
            // Each question stands once with its own value.
            var seen: [Int32] = []
            for place in observed.places.indices {
                let (start, end) = (shared.own[place].start, shared.own[place + 1].start)
                guard start < end else { continue }
                #expect(observed.places[place].own == place)
                let owned = shared.owned[Int(start)..<Int(end)]
                let most = owned.map { shared.groups[Int($0.group)].neighbours }.max()
                #expect(most == Int(shared.own[place].mostNeighbours))
                for one in owned {
                    #expect(shared.groups[Int(one.group)].range.contains(Int(one.question)))
                }
                seen += owned.map(\.question)
            }
            #expect(seen.sorted() == (0..<Int32(shared.count)).map { $0 })
        }
    }
}

extension SpatialWeights {
    /// Of all units that have any.
    fileprivate var neighbourCounts: [Int] {
        (0..<count).map(neighbourCount).filter { $0 > 0 }
    }
}
