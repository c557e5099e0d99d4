import SocialRegistry
import TestSupport
import Testing

@Suite("Addresses in one line")
struct AddressTextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        var dusun: String?
        var rt: Int?
        var rw: Int?
        var desa: String?
        var kecamatan: String?
        var street: String?
        var testDescription: String { text }
    }

    @Test(
        "each part is found",
        arguments: [
            Case(
                text: "DSN KRAJAN RT 03/RW 1 DS. REKAAN KIDUL KEC. KARANGREKA", dusun: "KRAJAN",
                rt: 3, rw: 1, desa: "REKAAN KIDUL", kecamatan: "KARANGREKA"),
            Case(text: "DUSUN KRAJAN RT 003 RW 001", dusun: "KRAJAN", rt: 3, rw: 1),
            Case(text: "DUSUN KRAJAN, RT 003 RW 001", dusun: "KRAJAN", rt: 3, rw: 1),
            Case(text: "Dusun Krajan II RT.03 RW.01", dusun: "Krajan II", rt: 3, rw: 1),
            Case(text: "KRAJAN RT 003/001", dusun: "KRAJAN", rt: 3, rw: 1),
            Case(text: "RT/RW 3/1 DSN KRAJAN", dusun: "KRAJAN", rt: 3, rw: 1),
            Case(text: "RT/RW : 003 / 001", rt: 3, rw: 1),
            Case(text: "RT03RW01 DESA REKAAN", rt: 3, rw: 1, desa: "REKAAN"),
            Case(text: "rt3/rw1", rt: 3, rw: 1),
            Case(text: "RT 3 - 1", rt: 3, rw: 1),
            Case(text: "RT 000 RW 000 DUSUN KULON", dusun: "KULON"),
            Case(
                text: "DS KRAJAN RT 1 RW 2 DS REKAAN LOR", dusun: "KRAJAN", rt: 1, rw: 2,
                desa: "REKAAN LOR"),
            Case(
                text: "DS KRAJAN RT 1 RW 2 DESA REKAAN", dusun: "KRAJAN", rt: 1, rw: 2,
                desa: "REKAAN"),
            Case(text: "DS KRAJAN RT 1 RW 2", dusun: "KRAJAN", rt: 1, rw: 2),
            Case(text: "RT 1 RW 2 DS REKAAN", rt: 1, rw: 2, desa: "REKAAN"),
            Case(text: "DS. REKAAN KEC. KARANGREKA", desa: "REKAAN", kecamatan: "KARANGREKA"),
            Case(
                text: "KEL. REKAAN WETAN KECAMATAN KOTA REKA KAB. PROBOLINGGO",
                desa: "REKAAN WETAN",
                kecamatan: "KOTA REKA"),
            Case(
                text: "JL MAWAR NO 3 RT 2 RW 1 KELURAHAN REKAAN", rt: 2, rw: 1, desa: "REKAAN",
                street: "JL MAWAR NO 3"),
            Case(text: "BLOK TENGAH RT 2", rt: 2, street: "BLOK TENGAH"),
            Case(text: "LINGKUNGAN SOKA'AN RT 12", dusun: "SOKA'AN", rt: 12),
            Case(text: "RT 3", rt: 3), Case(text: "RT"), Case(text: ""), Case(text: " ,. /"),
            Case(text: "DUSUN"), Case(text: "RT 12345"),
        ])
    func parts(_ expected: Case) {
        let parsed = AddressText.parse(expected.text)
        #expect(parsed.dusun == expected.dusun)
        #expect(parsed.rt == expected.rt)
        #expect(parsed.rw == expected.rw)
        #expect(parsed.desaName == expected.desa)
        #expect(parsed.kecamatanName == expected.kecamatan)
        #expect(parsed.street == expected.street)
    }

    @Test("no words in any order stop the reading, and what it names stands in the text")
    func fuzz() {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        let words = [
            "RT", "RW", "RT/RW", "DS", "DSN", "DUSUN", "DESA", "KEC.", "KOTA", "JL", "BLOK", "3",
            "003/001", "/", ",", "-", "KRAJAN", "SOKA'AN", "é", "'", "0", "12345678901234567890",
        ]
        for round in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &generator))
                .map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
                .joined(separator: Bool.random(using: &generator) ? " " : "")
            let parsed = AddressText.parse(text)
            let names = [
                parsed.dusun, parsed.desaName, parsed.kecamatanName, parsed.street,
            ].compactMap(\.self)
            let numbers = [parsed.rt, parsed.rw].compactMap(\.self)
            if !names.allSatisfy({ !$0.isEmpty && text.contains($0) })
                || !numbers.allSatisfy((1...999).contains)
            {
                Issue.record("seed \(seed), round \(round): \(text)")
            }
        }
    }
}
