import PovertyModel
import Testing

@Suite struct PovertyIndicatorTests {
    private func indicator(
        _ id: String,
        since date: String,
        _ highest: Int,
        among: Int? = nil
    ) throws -> PovertyIndicator {
        PovertyIndicator(
            id: id, name: id, inForceSince: try #require(CalendarDate(date)),
            counted: Desil.all[0]...Desil.all[highest - 1],
            among: among.map { Desil.all[0]...Desil.all[$0 - 1] })
    }

    @Test func unknownDesilCountOnlyInTheDenominatorOfAllKeluarga() throws {
        var figures = AreaFigures()
        for number in 1...10 { figures.desil.add(number, desil: Desil(number)) }
        figures.desil.add(100, desil: nil)
        let ofAll = try indicator("a", since: "2025-01-01", 2)
        #expect(ofAll.cases(in: figures) == 3)
        #expect(ofAll.population(in: figures) == 155)
        let ofFour = try indicator("b", since: "2025-01-01", 2, among: 4)
        #expect(ofFour.cases(in: figures) == 3)
        #expect(ofFour.population(in: figures) == 10)
    }

    @Test func ofOneIdTheLatestThatHadBegunIsInForce() throws {
        let all = [
            try indicator("a", since: "2025-01-01", 1), try indicator("b", since: "2025-01-01", 2),
            try indicator("a", since: "2026-01-01", 3), try indicator("c", since: "2027-01-01", 4),
        ]
        func ids(_ date: String) throws -> [String] {
            PovertyIndicator.inForce(on: try #require(CalendarDate(date)), among: all)
                .map { "\($0.id)\($0.counted.upperBound.number)" }
        }
        #expect(try ids("2024-12-31").isEmpty)
        #expect(try ids("2025-06-01") == ["a1", "b2"])
        #expect(try ids("2026-06-01") == ["a3", "b2"])
        #expect(try ids("2027-06-01") == ["a3", "b2", "c4"])
    }

    @Test func theRuleIsAnIndicatorOfItsOwn() throws {
        let rule = ExtremePovertyRule(
            id: "r", name: "R", inForceSince: .unixEpoch, highestDesil: Desil.all[0], basis: "")
        let standard = PovertyIndicator.standard
        #expect(standard.map(\.id) == ["desil-1", "desil-1-2", "desil-1-4"])
        #expect(
            standard.map { $0.isSameShare(as: PovertyIndicator(rule)) } == [true, false, false])
    }

    @Test(arguments: ["", "1a", "Desil", "desil 1", "desil_1", "é", "a234567890123456789012345"])
    func aKeyIsSmallLettersDigitsAndHyphens(text: String) {
        #expect(!PovertyIndicator.isKey(text))
        #expect(PovertyIndicator.isKey("desil-1-2"))
    }
}
