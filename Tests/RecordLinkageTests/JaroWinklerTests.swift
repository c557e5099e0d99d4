import Testing

@testable import RecordLinkage

@Suite struct JaroWinklerTests {
    @Test(
        "the examples of Winkler (1990), to three decimals",
        arguments: [
            ("MARTHA", "MARHTA", 0.961), ("DWAYNE", "DUANE", 0.840), ("DIXON", "DICKSONX", 0.813),
            ("JONES", "JOHNSON", 0.832), ("ABROMS", "ABRAMS", 0.922),
            ("SHACKLEFORD", "SHACKELFORD", 0.982),
        ])
    func examples(_ a: String, _ b: String, _ expected: Double) {
        let similarity = JaroWinkler.similarity(Array(a.utf8), Array(b.utf8))
        #expect(abs(similarity - expected) < 0.0006, "\(a) \(b): \(similarity)")
    }

    @Test("equal is 1, nothing in common is 0, and the order of the two does not matter")
    func limits() {
        func similarity(_ a: String, _ b: String) -> Double {
            JaroWinkler.similarity(Array(a.utf8), Array(b.utf8))
        }
        #expect(similarity("SUTRISNO", "SUTRISNO") == 1)
        #expect(similarity("ABC", "XYZ") == 0)
        #expect(similarity("", "") == 1)
        #expect(similarity("", "A") == 0)
        #expect(similarity("KARTINI", "KATRINA") == similarity("KATRINA", "KARTINI"))
        let long = String(repeating: "AB", count: 80)
        #expect(similarity(long, long) == 1)
    }
}
