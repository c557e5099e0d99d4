import Testing

@testable import RecordLinkage

@Suite struct HeadNameFormTests {
    private func form(_ name: String) -> String {
        HeadNameForm.words(of: name)
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    @Test(
        "titles, degrees and ways to write Muhammad fall away",
        arguments: [
            ("H. Moch. Rekadi, S.Pd", "MUHAMMAD REKADI"),
            ("M REKADI", "MUHAMMAD REKADI"),
            ("MOHAMMAD  REKADI", "MUHAMMAD REKADI"),
            ("HJ SITI REKASARI", "SITI REKASARI"),
            ("St. Rekasari", "SITI REKASARI"),
            ("ACH. REKATO", "AHMAD REKATO"),
            ("ALM. BUDI REKATO", "BUDI REKATO"),
            ("BUDI REKATO BIN REKADI", "BUDI REKATO"),
            ("BUDI REKATO (ALM)", "BUDI REKATO"),
            ("Syafi'i", "SYAFII"),
            ("", ""), ("123", ""), ("M", "M"), ("H", "H"),
            ("SATU DUA TIGA EMPAT LIMA", "SATU DUA TIGA EMPATLIMA"),
        ])
    func forms(_ written: String, _ expected: String) {
        #expect(form(written) == expected)
    }

    @Test(
        "names that sound alike have one skeleton",
        arguments: [
            ("DJAENAL", "ZAINAL"), ("ZAINAL", "JAENAL"), ("FITRI", "PITRI"),
            ("AMINAH", "AMINA"), ("SURYANI", "SURIANI"), ("ROCHMAT", "RAHMAT"),
            ("KHOTIJAH", "HOTIJA"), ("SOEKARNO", "SUKARNO"), ("TJIPTO", "CIPTO"),
            ("SYAMSUL", "SAMSUL"), ("MUHAMMAD", "MUHAMAD"), ("BUWANI", "BUANI"),
        ])
    func skeletons(_ a: String, _ b: String) {
        #expect(NameSkeleton.key(of: Array(a.utf8)) == NameSkeleton.key(of: Array(b.utf8)))
    }

    @Test("names that sound otherwise have other skeletons, and only no letters have none")
    func otherSkeletons() {
        func key(_ word: String) -> UInt64 { NameSkeleton.key(of: Array(word.utf8)) }
        #expect(key("SUTRISNO") != key("SUTIKNO"))
        #expect(key("ANI") != key("NANIK"))
        #expect(key("YAYU") != 0)
        #expect(key("") == 0)
        #expect(key("KARSONOKARSONOKARSONO") != 0)
    }
}
