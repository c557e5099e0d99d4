import SocialRegistry
import Testing

@Suite("Headers of several rows and in later rows")
struct HeaderRowsTests {
    static func recognise(_ rows: [[String]]) throws -> RegistryHeader {
        let text = rows.map { Fixture.line($0) }.joined()
        return try RegistryRecognition(head: Array(text.utf8)).header
    }

    static let data = Fixture.row(Fixture.p3ke1, ["Desil Kesejahteraan": "1"], filler: "9")

    @Test("a name split over two or three rows is put together", arguments: [2, 3])
    func splitNames(_ height: Int) throws {
        var rows = Array(repeating: Array(repeating: "", count: Fixture.p3ke1.count), count: height)
        for (column, name) in Fixture.p3ke1.enumerated() {
            let words = name.split(separator: " ")
            for (index, word) in words.enumerated() {
                let row = min(index, height - 1)
                rows[row][column] += (rows[row][column].isEmpty ? "" : " ") + word
            }
        }
        let header = try Self.recognise([["DAFTAR"]] + rows + [Self.data])
        #expect(header.layout.id == "p3ke-keluarga-1")
        #expect(header.row == 1 + height)
        #expect(header.height == height)
        #expect(header.columns == Fixture.p3ke1)
    }

    @Test("a group over several columns does not disturb the names under it")
    func groups() throws {
        let upper = ["Lokasi", "", "Identitas", "", "Koordinat", ""]
        let lower = ["Kecamatan", "Desa", "nomor KK", "Nama", "X", "Y"]
        let header = try Self.recognise([upper, lower, ["a", "b", "1", "c", "113", "-7"]])
        #expect(header.layout.id == "verval")
        #expect(header.position(of: .positionX) == 4)
        #expect(header.position(of: .positionY) == 5)
        #expect(header.position(of: .familyCardNumber) == 2)
        #expect(header.position(of: .kecamatanName) == 0)
        #expect(header.row == 2)
    }

    @Test("a row that numbers the columns is no row of data")
    func numbering() throws {
        for numbers in [
            (1...Fixture.p3ke1.count).map(String.init),
            (1...Fixture.p3ke1.count).map { "(\($0))" },
        ] {
            let text = [Fixture.p3ke1, numbers, Self.data].map { Fixture.line($0) }.joined()
            let result = try RegistryReaderTests.read(text: text)
            #expect(result.blank == 1)
            #expect(result.keluarga.map(\.row) == [3])
        }
    }

    @Test("data that begins in row 13 is found under its header in row 12")
    func printedList() throws {
        let titles = Array(repeating: ["DAFTAR KELUARGA", "KABUPATEN REKAAN"], count: 11)
        let header = try Self.recognise(titles + [Fixture.p3ke1, Self.data])
        #expect(header.row == 12)
        #expect(header.height == 1)
    }

    @Test("columns of the same name are told and the first one counts")
    func repeated() throws {
        let columns = VervalLayout.columns + ["RT", "Kecamatan", "rt"]
        let header = try #require(RegistryHeader(cells: columns, row: 1))
        #expect(header.position(of: .rt) == VervalLayout.columns.firstIndex(of: "RT"))
        #expect(header.repeatedColumns == ["RT", "Kecamatan"])
    }

    @Test("rows of anything are no header")
    func noHeader() {
        #expect(throws: RegistryRecognition.Failure.self) {
            try Self.recognise([["a", "b"], ["", "c"], ["desil", "kode"], ["desa", "1"]])
        }
    }
}
