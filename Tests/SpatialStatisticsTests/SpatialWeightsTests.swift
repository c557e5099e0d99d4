import SpatialStatistics
import Testing

@Suite struct SpatialWeightsTests {
    /// 0 - 1 - 2, 3 - 4, and 5 alone.
    private let weights = SpatialWeights(neighbours: [[1], [2, 0], [1], [4], [3], []])

    @Test("neighbours come in ascending order, whatever order they were given in")
    func order() {
        #expect(Array(weights.neighbours(of: 1)) == [0, 2])
        #expect(weights.neighbourCount(of: 1) == 2)
        #expect(weights.areLinked(1, to: 2))
        #expect(!weights.areLinked(0, to: 2))
        #expect(!weights.areLinked(5, to: 4))
    }

    @Test("the summary counts links, isolates and components")
    func summary() {
        let summary = weights.summary
        #expect(summary.units == 6)
        #expect(summary.links == 6)
        #expect(summary.isolates == 1)
        #expect(summary.components == 3)
        #expect(summary.fewestNeighbours == 0)
        #expect(summary.mostNeighbours == 2)
        #expect(summary.meanNeighbours == 1)
        #expect(summary.isSymmetric)
        #expect(weights.isolates == [5])
    }

    @Test("a one-way link is seen, and still connects a component")
    func oneWay() {
        let oneWay = SpatialWeights(neighbours: [[1], [], [1]])
        #expect(!oneWay.summary.isSymmetric)
        #expect(oneWay.summary.components == 1)
    }

    @Test("no units have an empty summary")
    func empty() {
        let summary = SpatialWeights(neighbours: []).summary
        #expect(summary.units == 0)
        #expect(summary.components == 0)
        #expect(summary.meanNeighbours == 0)
    }

    @Test("a unit that is dropped vanishes from the lists of its neighbours")
    func restriction() {
        let rest = weights.restricted(to: [true, false, true, true, true, true])
        #expect(rest.originalIndices == [0, 2, 3, 4, 5])
        #expect(rest.weights.isolates == [0, 1, 4])
        #expect(Array(rest.weights.neighbours(of: 2)) == [3])
        #expect(rest.extract(["a", "b", "c", "d", "e", "f"]) == ["a", "c", "d", "e", "f"])
        #expect(rest.expand([1, 2, 3, 4, 5]) == [1, nil, 2, 3, 4, 5])
    }

    @Test("keeping every unit changes nothing")
    func keepAll() {
        let rest = weights.restricted(to: [Bool](repeating: true, count: 6))
        #expect(rest.weights == weights)
    }

    @Test("a link that is added runs both ways and is not doubled")
    func linking() {
        let linked = weights.linking([(5, 4), (0, 1)])
        #expect(Array(linked.neighbours(of: 4)) == [3, 5])
        #expect(Array(linked.neighbours(of: 5)) == [4])
        #expect(linked.linkCount == weights.linkCount + 2)
    }
}
