import FeatureFilter
import Testing

struct TextFoldingTests {
    @Test(
        "text that differs in case alone folds to the same",
        arguments: [
            ["Krucil", "KRUCIL", "krucil"], ["Straße", "STRASSE", "strasse"],
            ["Οδος", "ΟΔΟΣ", "οδοσ"], ["Éa", "éA", "e\u{301}a", "E\u{301}A"], [""],
            ["København", "KØBENHAVN"],
        ])
    func ofCase(spellings: [String]) {
        let folded = Set(spellings.map { Array(TextFolding.ofCase.fold($0).utf8) })
        #expect(folded.count == 1)
    }

    @Test(
        "text that differs in accents alone folds to the same",
        arguments: [
            ["Chișinău", "Chisinau", "Chis\u{326}inau"], ["débárquér", "debarquer"],
            ["äöüéáí", "aoueai"], ["Łódź", "Lodz"], ["København", "Kobenhavn"], ["Krucil"],
        ])
    func ofAccents(spellings: [String]) {
        let folded = Set(spellings.map { Array(TextFolding.ofAccents.fold($0).utf8) })
        #expect(folded.count == 1)
    }

    @Test("case is kept by the one and accents by the other")
    func apart() {
        #expect(TextFolding.ofAccents.fold("Éa") == "Ea")
        #expect(TextFolding.ofCase.fold("Éa") == "éa")
        #expect(TextFolding.ofCase.fold("pa") != TextFolding.ofCase.fold("pá"))
        #expect(TextFolding.ofAccents.fold("日本が") == TextFolding.ofAccents.fold("日本か\u{3099}"))
    }
}
