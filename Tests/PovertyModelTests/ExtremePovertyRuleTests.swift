import PovertyModel
import Testing

struct ExtremePovertyRuleTests {
    static func rule(_ id: String, since: String, highest: Int) -> ExtremePovertyRule {
        ExtremePovertyRule(
            id: id, name: "Desil \(highest)", inForceSince: CalendarDate(since)!,
            highestDesil: Desil(highest)!, basis: "An invented rule.")
    }

    static let rules = [
        rule("baru", since: "2026-04-01", highest: 2),
        rule("lama", since: "2025-01-01", highest: 1),
        rule("nanti", since: "2030-01-01", highest: 3),
    ]

    @Test(
        "the latest rule that had begun is in force, from its first day on",
        arguments: [
            ("2024-12-31", nil), ("2025-01-01", "lama"), ("2026-03-31", "lama"),
            ("2026-04-01", "baru"), ("2029-12-31", "baru"), ("2030-01-01", "nanti"),
        ]
    )
    func inForce(date: String, id: String?) {
        let found = ExtremePovertyRule.inForce(on: CalendarDate(date)!, among: Self.rules)
        #expect(found?.id == id)
    }

    @Test("the order of the rules does not matter, not even between two of one day")
    func order() {
        let rules = Self.rules + [Self.rule("awal", since: "2026-04-01", highest: 4)]
        let date = CalendarDate("2026-05-01")!
        for start in rules.indices {
            let turned = Array(rules[start...] + rules[..<start])
            #expect(ExtremePovertyRule.inForce(on: date, among: turned)?.id == "baru")
        }
        #expect(ExtremePovertyRule.inForce(on: date, among: []) == nil)
    }

    @Test("a keluarga counts up to the highest desil, and not without one")
    func isExtreme() {
        let rule = Self.rules[0]
        #expect(Desil.all.filter(rule.isExtreme).map(\.number) == [1, 2])
        #expect(!rule.isExtreme(nil))
    }
}
