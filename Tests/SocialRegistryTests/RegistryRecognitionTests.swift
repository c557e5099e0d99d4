import SocialRegistry
import Testing

struct RegistryRecognitionTests {
    static func recognise(_ text: String) throws -> RegistryRecognition {
        try RegistryRecognition(head: Array(text.utf8))
    }

    @Test("each delimiter is found", arguments: [",", ";", "\t", "|"])
    func delimiters(_ delimiter: String) throws {
        for columns in [DTSENLayout.keluargaColumns, Fixture.p3ke1, VervalLayout.columns] {
            let text = columns.joined(separator: delimiter) + "\r\n"
            let found = try Self.recognise(text)
            #expect(found.delimiter == delimiter.utf8.first)
            #expect(found.header.row == 1)
            #expect(found.header.columns == columns)
        }
    }

    @Test(
        "the header may stand under titles and blank rows, up to row 20", arguments: [2, 4, 13, 20])
    func laterRow(_ row: Int) throws {
        let titles = "DAFTAR KELUARGA,,\n" + String(repeating: ",,\n", count: row - 2)
        let found = try Self.recognise(titles + Fixture.line(Fixture.p3ke2))
        #expect(found.header.row == row)
        #expect(found.header.layout.id == "p3ke-keluarga-2")
        #expect(throws: RegistryRecognition.Failure.self) {
            try Self.recognise(
                String(repeating: ",,\n", count: 20) + Fixture.line(Fixture.p3ke2))
        }
    }

    @Test("a byte order mark, quotes and a missing line end do not disturb")
    func marks() throws {
        let line = Fixture.line(DTSENLayout.keluargaColumns, delimiter: ";").dropLast()
        let found = try Self.recognise("\u{FEFF}" + line)
        #expect(found.header.columns == DTSENLayout.keluargaColumns)
    }

    @Test("a head that is cut in the middle of a row is enough")
    func cutHead() throws {
        let text = Fixture.line(Fixture.p3ke1) + "1,\"9000000"
        #expect(try Self.recognise(text).header.layout.id == "p3ke-keluarga-1")
    }

    @Test("an empty file is told", arguments: ["", " \r\n\n", "\t"])
    func empty(_ text: String) {
        #expect(throws: RegistryRecognition.Failure.empty) { try Self.recognise(text) }
    }

    @Test("a workbook is told by the mark of its archive")
    func workbook() {
        #expect(throws: RegistryRecognition.Failure.workbook) {
            try RegistryRecognition(head: [0x50, 0x4B, 3, 4, 0x14, 0, 6, 0])
        }
    }

    @Test("UTF-16 is read, with a byte order mark of either kind and without")
    func utf16() throws {
        let units = Array(Fixture.line(Fixture.p3ke1, delimiter: "\t").utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for (head, encoding) in [
            ([0xFF, 0xFE] + little, TextEncoding.utf16LittleEndian),
            ([0xFE, 0xFF] + big, .utf16BigEndian), (little, .utf16LittleEndian),
            (big, .utf16BigEndian),
        ] {
            let found = try RegistryRecognition(head: head)
            #expect(found.encoding == encoding)
            #expect(found.delimiter == UInt8(ascii: "\t"))
            #expect(found.header.columns == Fixture.p3ke1)
        }
    }

    @Test("bytes that only begin like UTF-16, or have zeros, are no text")
    func noText() {
        let text = Array(Fixture.line(Fixture.p3ke1).utf8)
        for head in [[0xFF, 0xFE] + text, text + [0, 0x41]] {
            #expect(throws: RegistryRecognition.Failure.notUTF8) {
                try RegistryRecognition(head: head)
            }
        }
    }

    @Test("an unknown file is told with the cells of its first row")
    func unknown() {
        #expect(
            throws: RegistryRecognition.Failure.unknownLayout(firstCells: ["kode", "nama", "luas"])
        ) {
            try Self.recognise("kode;nama;luas\n1;2;3\n")
        }
        #expect(throws: RegistryRecognition.Failure.self) { try Self.recognise("\"never closed\n") }
    }
}
