import PovertyModel
import TestSupport
import Testing

struct AdministrativeCodeTests {
    @Test("a desa code is read with and without dots and written with them")
    func reads() throws {
        for text in ["35.13.01.2001", "3513012001"] {
            let code = try #require(DesaCode(text))
            #expect(code.number == 3_513_012_001)
            #expect(code.dotted == "35.13.01.2001")
            #expect(code.kecamatan.dotted == "35.13.01")
            #expect(code.kecamatan.kabupaten == .probolinggo)
            #expect(code.kecamatan.kabupaten.dotted == "35.13")
        }
        #expect(DesaCode("35.13.14.1008")?.number == 3_513_141_008)
        #expect(KecamatanCode("35.13.01") == KecamatanCode("351301"))
    }

    @Test(
        "what is no Kemendagri code of a desa is refused",
        arguments: [
            "", ".", "35.13.01", "35.13.01.200", "35.13.01.20011", "3513010001", "35.13.01.3001",
            "35.13.01.2OO1", "35-13-01-2001", " 3513012001", "3513012001.0", "3.513012001E9",
            "0513012001", "-3513012001", "٣٥١٣٠١٢٠٠١", "99999999999999999999999999",
        ]
    )
    func refuses(_ text: String) {
        #expect(DesaCode(text) == nil)
    }

    @Test("the seventh digit tells the two schemes apart")
    func seventhDigit() {
        for digit in 0...9 {
            let number = 3_513_010_001 + digit * 1_000
            #expect((DesaCode(number: number) != nil) == [1, 2].contains(digit))
        }
        #expect(BPSDesaCode("3513010001")?.text == "3513010001")
        #expect(BPSDesaCode("35.13.010.001")?.number == 3_513_010_001)
        #expect(BPSDesaCode("351301000") == nil)
        #expect(BPSDesaCode(number: 351_301_000) == nil)
    }

    @Test("kecamatan codes have six digits")
    func kecamatan() {
        #expect(KecamatanCode(number: 99_999) == nil)
        #expect(KecamatanCode(number: 1_000_000) == nil)
        #expect(KecamatanCode("35.13") == nil)
        #expect(KecamatanCode("35.13.1a") == nil)
    }

    @Test("every code of a made-up kabupaten leads back to itself, in order")
    func roundTrips() {
        let codes = Lattice(columns: 9, rows: 12).desa.map(\.code)
        #expect(codes.map { DesaCode($0.dotted) } == codes)
        #expect(codes.sorted() == codes)
        #expect(Set(codes.map(\.kecamatan)).count == 3)
    }
}
