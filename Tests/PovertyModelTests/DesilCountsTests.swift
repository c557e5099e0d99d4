import PovertyModel
import Testing

struct DesilCountsTests {
    @Test("a desil is 1 to 10")
    func desil() {
        #expect((-1...12).compactMap { Desil($0)?.number } == Array(1...10))
        #expect(Desil.all.map(\.number) == Array(1...10))
    }

    @Test("each desil and the unknown are counted apart")
    func counts() {
        var counts = DesilCounts()
        for desil in Desil.all { counts.add(desil.number * 10, desil: desil) }
        counts.add(7, desil: nil)
        #expect(Desil.all.map { counts[$0] } == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        #expect(counts.unknown == 7)
        #expect(counts.total == 557)
        #expect(counts.cells.count == 11)
    }

    @Test("the extreme poor are those up to the rule's desil, without the unknown")
    func extreme() {
        var counts = DesilCounts()
        for desil in Desil.all { counts.add(1, desil: desil) }
        counts.add(100, desil: nil)
        for highest in 1...10 {
            let rule = ExtremePovertyRuleTests.rule("x", since: "2026-01-01", highest: highest)
            #expect(counts.extreme(by: rule) == highest)
        }
    }

    @Test("adding two areas adds every figure")
    func addition() {
        var first = AreaFigures()
        first.desil.add(3, desil: Desil(1))
        first.placedBy = [.code: 3]
        first.matched = [.certain: 3]
        var second = AreaFigures()
        second.desil.add(2, desil: Desil(1))
        second.desil.add(4, desil: nil)
        second.placedBy = [.code: 1, .name: 5]
        second.matched = [.likely: 6]
        first.add(second)
        #expect(first.keluarga == 9)
        #expect(first.desil[Desil(1)!] == 5)
        #expect(first.placedBy == [.code: 4, .name: 5])
        #expect(first.matched == [.certain: 3, .likely: 6])
    }
}
