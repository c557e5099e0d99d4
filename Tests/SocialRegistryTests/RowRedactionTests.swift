import SocialRegistry
import TestSupport
import Testing

@Suite("Specific data and how they are left out")
struct RowRedactionTests {
    static func redacted(_ text: String, _ columns: [Int], delimiter: String = ",") -> String {
        let redaction = RowRedaction(columns: columns, delimiter: Array(delimiter.utf8)[0])
        let bytes = Array(text.utf8).withUnsafeBufferPointer(redaction.redacted)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("fields are emptied and the others stay as they were written")
    func fields() {
        #expect(Self.redacted("a,b,c", [1]) == "a,,c")
        #expect(Self.redacted("a,b,c", [0, 2]) == ",b,")
        #expect(Self.redacted("a,\"b,\"\"x\"\"\",c", [1]) == "a,,c")
        #expect(Self.redacted("\"a,1\",b,\"c\"", [1]) == "\"a,1\",,\"c\"")
        #expect(Self.redacted("SOKA\"AN,b", [1]) == "SOKA\"AN,")
        #expect(Self.redacted("a;b,1;c", [1], delimiter: ";") == "a;;c")
        #expect(Self.redacted("a", [4]) == "a")
        #expect(Self.redacted("", [0]) == "")
        #expect(Self.redacted("a,b", []) == "a,b")
    }

    @Test("a redacted record has the same fields but for the emptied ones")
    func fuzz() throws {
        let seed: UInt64 = 27
        var generator = SeededGenerator(seed: seed)
        let bytes = Array("ab,\"; \r".utf8) + [0xFF]
        for round in 0..<20_000 {
            let text = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
                bytes[Int.random(in: 0..<bytes.count, using: &generator)]
            }
            let columns = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                Int.random(in: 0...4, using: &generator)
            }
            let before = ParsedText(text)
            guard before.failure == nil, let row = before.rows.first, let raw = before.raws.first
            else { continue }
            let redaction = RowRedaction(columns: columns, delimiter: UInt8(ascii: ","))
            let redacted = raw.withUnsafeBufferPointer(redaction.redacted)
            let after = ParsedText(redacted + [0x0A]).rows.first ?? [""]
            let expected = row.enumerated().map { columns.contains($0) ? "" : $1 }
            if after != expected { Issue.record("seed \(seed), round \(round): \(text)") }
        }
    }

    @Test("each column of health, children and finance is marked")
    func marked() {
        let anggota = RegistryLayout.dtsenAnggota.specificColumns
        #expect(
            anggota.suffix(12) == DTSENLayout.anggotaColumns[24..<36]
                && anggota.contains("omzet_usaha_utama") && anggota.contains("partisipasi_sekolah"))
        #expect(!anggota.contains("nama") && !anggota.contains("ijazah_tertinggi_yang_dimiliki"))
        #expect(
            RegistryLayout.p3keKeluarga1.specificColumns == [
                "Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya", "Resiko Stunting",
            ])
        #expect(
            RegistryLayout.p3keIndividu1.specificColumns == [
                "Usia dibawah 7 tahun", "Usia 7-12", "Usia 13-15", "Usia 16-18",
                "Resiko Stunting",
            ])
        #expect(
            RegistryLayout.dtks.specificColumns == ["isAktifHamil", "keterangan_disabilitas"])
        #expect(RegistryLayout.dtsenKeluarga.specificColumns.isEmpty)
        #expect(
            RegistryLayout.verval.specificColumns == [
                "anak_tidak_sekolah", "berisiko_stunting", "disabilitas",
            ])
        #expect(SpecificData.kind(ofColumn: "Ada anggota difabel?") == .health)
    }

    @Test("kinds that somebody asked for are kept")
    func kept() throws {
        let header = try #require(RegistryHeader(cells: DTSENLayout.anggotaColumns, row: 1))
        let all = RowRedaction(header: header, delimiter: UInt8(ascii: ","))
        let some = RowRedaction(
            header: header, delimiter: UInt8(ascii: ","), keeping: [.health, .children])
        #expect(all.columns.count == 15)
        #expect(some.columns == [22])
    }
}
