import Foundation
import SpatialStatistics
import TestSupport
import Testing

@Suite struct ProportionChangeTests {
    private typealias Count = ProportionChange.Count

    @Test func independentCountsGiveTheChiSquareOfTwoProportions() {
        // X² = (0.2)² / (0.4 · 0.6 · 2/50) = 25/6.
        let result = ProportionChange.test(
            Count(cases: 15, people: 50), Count(cases: 25, people: 50))
        #expect(result.method == .score)
        #expect(abs(result.difference - 0.2) < 1e-12)
        #expect(abs(result.pValue - erfc((25.0 / 12).squareRoot())) < 1e-12)
        #expect(abs(result.pValue - 0.041227) < 1e-6)
    }

    @Test func theSamePeopleTwiceGiveNearlyMcNemar() throws {
        // 50 both times, 10 only before, 20 only after: McNemar's z is 10 / sqrt 30.
        let pairs = ProportionChange.Pairs(people: 200, before: 60, after: 70, bothTimes: 50)
        let correlation = try #require(ProportionChange.correlation(of: [pairs]))
        #expect(abs(correlation - 0.6634) < 1e-4)
        let result = ProportionChange.test(
            Count(cases: 60, people: 200), Count(cases: 70, people: 200), inBoth: 200,
            correlation: correlation)
        let mcNemar = erfc(10 / 30.0.squareRoot() / 2.0.squareRoot())
        #expect(abs(result.pValue / mcNemar - 1) < 0.05, "\(result.pValue), \(mcNemar)")
    }

    @Test func fewCasesAreTestedExactly() {
        let result = ProportionChange.test(
            Count(cases: 1, people: 20), Count(cases: 6, people: 25))
        #expect(result.method == .midP)
        // 7 cases among 45 people of whom 25 are in the second count, in whole numbers.
        func choose(_ n: Int, _ k: Int) -> Double {
            (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
        }
        let all = choose(45, 7)
        let tail = choose(25, 6) * choose(20, 1) / all / 2 + choose(25, 7) / all
        #expect(abs(result.pValue - 2 * tail) < 1e-12)
        let same = ProportionChange.test(
            Count(cases: 2, people: 30), Count(cases: 2, people: 30))
        #expect(abs(same.pValue - 1) < 1e-12)
        let none = ProportionChange.test(
            Count(cases: 0, people: 30), Count(cases: 0, people: 40))
        #expect(none.difference == 0 && none.pValue == 1)
    }

    @Test func theOtherWayRoundTheSameIsSaid() {
        for (one, other) in [
            (Count(cases: 3, people: 40), Count(cases: 11, people: 55)),
            (Count(cases: 30, people: 400), Count(cases: 61, people: 550)),
        ] {
            let there = ProportionChange.test(one, other, inBoth: 30, correlation: 0.5)
            let back = ProportionChange.test(other, one, inBoth: 30, correlation: 0.5)
            #expect(abs(there.difference + back.difference) < 1e-15)
            #expect(abs(there.pValue - back.pValue) < 1e-12)
        }
    }

    @Test func withoutChangeTheLevelHoldsAndIndependenceWouldFindTooLittle() {
        var random = SeededGenerator(seed: 7)
        print("seed 7")
        var rejected = 0
        var rejectedAsIndependent = 0
        let runs = 2_000
        for _ in 0..<runs {
            // 270 families in both lists, of which seven of ten keep what they were.
            var before = 0
            var after = 0
            var both = 0
            for _ in 0..<270 {
                let was = Double.random(in: 0..<1, using: &random) < 0.1
                let keeps = Double.random(in: 0..<1, using: &random) < 0.7
                let isNow = keeps ? was : Double.random(in: 0..<1, using: &random) < 0.1
                before += was ? 1 : 0
                after += isNow ? 1 : 0
                both += was && isNow ? 1 : 0
            }
            for _ in 0..<30 {
                before += Double.random(in: 0..<1, using: &random) < 0.1 ? 1 : 0
                after += Double.random(in: 0..<1, using: &random) < 0.1 ? 1 : 0
            }
            let (one, other) = (
                Count(cases: before, people: 300), Count(cases: after, people: 300)
            )
            let paired = ProportionChange.test(one, other, inBoth: 270, correlation: 0.7)
            if paired.pValue <= 0.05 { rejected += 1 }
            if ProportionChange.test(one, other).pValue <= 0.05 { rejectedAsIndependent += 1 }
        }
        let share = Double(rejected) / Double(runs)
        #expect((0.035...0.065).contains(share), "\(share)")
        #expect(Double(rejectedAsIndependent) / Double(runs) < 0.01)
    }

    @Test func theCorrelationIsThatWithinPlaces() throws {
        // Two places that differ much, in each of which now and then have nothing in common.
        let places = [
            ProportionChange.Pairs(people: 100, before: 20, after: 20, bothTimes: 4),
            ProportionChange.Pairs(people: 100, before: 80, after: 80, bothTimes: 64),
        ]
        #expect(abs(try #require(ProportionChange.correlation(of: places))) < 1e-12)
        #expect(ProportionChange.correlation(of: []) == nil)
    }
}
