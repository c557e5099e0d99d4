import Testing

@testable import Workbooks

struct XLSXReaderTests {
    static func text(
        _ rows: String,
        strings: String? = nil,
        styles: String? = nil,
        workbookProperties: String = ""
    ) throws -> String {
        try WorkbookFixture.text(
            WorkbookFixture.xlsx(
                rows, strings: strings, styles: styles, workbookProperties: workbookProperties))
    }

    @Test("every type of cell comes as a person reads it")
    func types() throws {
        let text = try Self.text(
            """
            <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="str"><f>A1</f><v>rumus</v></c>\
            <c r="C1" t="inlineStr"><is><t>langsung</t></is></c><c r="D1" t="b"><v>1</v></c>\
            <c r="E1" t="b"><v>0</v></c><c r="F1" t="e"><v>#N/A</v></c>\
            <c r="G1" t="d"><v>2026-02-28T00:00:00</v></c><c r="H1" t="n"><v>1.5E3</v></c>\
            <c r="I1"><f>1+1</f><v>2</v></c></row>
            """, strings: "<si><t>nol</t></si><si><t>satu</t></si>")
        #expect(text == "satu,rumus,langsung,TRUE,FALSE,#N/A,2026-02-28,1500,2\n")
    }

    @Test("a NIK keeps its digits as a number and as text, and text that looks cut stays so")
    func nik() throws {
        let text = try Self.text(
            """
            <row r="1"><c r="A1"><v>9.935130101E+15</v></c><c r="B1"><v>9935130101010001</v></c>\
            <c r="C1" t="str"><v>9.93513E+15</v></c></row>
            """)
        #expect(text == "9935130101000000,9935130101010001,9.93513E+15\n")
    }

    @Test("rows and cells that are left out are empty, with and without references")
    func gaps() throws {
        let text = try Self.text(
            """
            <row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row>\
            <row><c><v>3</v></c><c/><c><v>4</v></c></row><row r="7"><c r="C7" s="1"/>\
            <c r="D7"><v>5</v></c></row>
            """)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 8)
        #expect(lines[0] == "")
        #expect(lines[1] == ",1" + String(repeating: ",", count: 25) + "2")
        #expect(lines[2] == "3,,4" + String(repeating: ",", count: 24))
        #expect(lines[3...5].joined() == "")
        #expect(lines[6] == ",,,5" + String(repeating: ",", count: 23))
    }

    @Test("runs of a shared text are joined, phonetic runs left out, blanks and escapes kept")
    func sharedTexts() throws {
        let text = try Self.text(
            """
            <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>\
            <c t="s"><v>3</v></c><c t="s"><v>4</v></c></row>
            """,
            strings: """
                <si><r><rPr><b/></rPr><t>Kec. </t></r><r><t>Sumber </t></r></si>
                <si><t>東</t><rPh sb="0" eb="1"><t>ひがし</t></rPh><phoneticPr fontId="1"/></si>
                <si><t>a_x000A_b_x005F_x000A_ &amp; _xD83C__xDF1E_</t></si><si><t/></si>
                <si><t>_x00g0_ _</t></si>
                """)
        #expect(text == "Kec. Sumber ,東,\"a\nb_x000A_ & 🌞\",,_x00g0_ _\n")
    }

    @Test("numbers in a date format are dates, in both systems")
    func dates() throws {
        let rows = """
            <row><c s="1"><v>46081</v></c><c s="2"><v>46081.5</v></c><c s="3"><v>0.4375</v></c>\
            <c s="4"><v>7</v></c><c s="0"><v>46081</v></c><c s="99"><v>1</v></c>\
            <c s="1" t="str"><v>teks</v></c><c s="1"><v>-3</v></c></row>
            """
        let styles = """
            <numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>
            <numFmt numFmtId="165" formatCode="000"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/>
            <xf numFmtId="165"/></cellXfs><dxfs><xf numFmtId="14"/></dxfs>
            """
        #expect(
            try Self.text(rows, styles: styles)
                == "2026-02-28,2026-02-28 12:00:00,10:30:00,007,46081,1,teks,-3\n")
        #expect(
            try Self.text(
                rows, styles: styles, workbookProperties: "<x:workbookPr date1904=\"1\"/>"
            ).hasPrefix("2030-03-01,2030-03-01 12:00:00,10:30:00,"))
    }

    @Test("sheets come in the order of their tabs, with their names and whether they are hidden")
    func sheets() throws {
        let type = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
        func sheet(_ cell: String) -> String {
            "<worksheet><sheetData><row><c t='str'><v>\(cell)</v></c></row></sheetData></worksheet>"
        }
        let bytes = try WorkbookFixture.archive([
            (
                "_rels/.rels",
                "<R><Relationship Id='x' Type='\(type)officeDocument' Target='/xl/Book.xml'/></R>"
            ),
            (
                "xl/book.xml",
                """
                <workbook><sheets><sheet name="Lembar &amp; 1" sheetId="3" r:id="b"/>\
                <sheet name="Grafik" sheetId="5" r:id="c"/>\
                <sheet name="Sandi" sheetId="1" state="veryHidden" r:id="a"/></sheets></workbook>
                """
            ),
            (
                "xl/_rels/Book.xml.rels",
                """
                <R><Relationship Id='a' Type='\(type)worksheet' Target='../lain/satu.xml'/>
                <Relationship Id='b' Type='\(type)worksheet' Target='worksheets/dua.xml'/>
                <Relationship Id='c' Type='\(type)chartsheet' Target='chartsheets/c.xml'/></R>
                """
            ),
            ("lain/satu.xml", sheet("satu")), ("xl/worksheets/dua.xml", sheet("dua")),
        ])
        #expect(
            try WorkbookFixture.open(bytes).sheets == [
                WorkbookSheet(name: "Lembar & 1", isHidden: false),
                WorkbookSheet(name: "Sandi", isHidden: true),
            ])
        #expect(try WorkbookFixture.text(bytes, sheet: 0) == "dua\n")
        #expect(try WorkbookFixture.text(bytes, sheet: 1) == "satu\n")
    }

    @Test("cells outside the data, such as those of extensions, are left out")
    func outsideData() throws {
        let bytes = try WorkbookFixture.xlsx(
            "<row><c><v>1</v><extLst><ext><t>x</t></ext></extLst></c></row></sheetData>"
                + "<extLst><row><c><v>2</v></c></row></extLst><sheetData>")
        #expect(try WorkbookFixture.text(bytes) == "1\n")
    }

    @Test("damage of cells is told with the row")
    func damage() {
        func error(_ rows: String, strings: String? = nil) -> WorkbookError? {
            ZipArchiveTests.error { try Self.text(rows, strings: strings) }
        }
        let part = "xl/worksheets/sheet1.xml"
        #expect(
            error("<row r='3'><c t='s'><v>1</v></c></row>", strings: "<si><t>a</t></si>")
                == .malformedCell(part: part, row: 3, .sharedString))
        #expect(
            error("<row><c t='s'><v>-1</v></c></row>")
                == .malformedCell(part: part, row: 1, .sharedString))
        #expect(
            error("<row r='2'/><row r='1'/>") == .malformedCell(part: part, row: 2, .rowsOutOfOrder)
        )
        for reference in ["1", "A", "A0", "A2", "ABCD1", "A-1", "", "Ä1", "A99999999999999999999"] {
            #expect(
                error("<row><c r='\(reference)'><v>1</v></c></row>")
                    == .malformedCell(part: part, row: 1, .reference), "\(reference)")
        }
        #expect(error("<row><c r='ZZZ1'><v>1</v></c></row>") == .tooLarge(part: part, .columns))
        #expect(
            error("<row r='4'/><c><v>1</v></c>")
                == .malformedCell(part: part, row: 4, .cellsOutOfOrder))
        #expect(
            error("<row r='4'><c><v>1</v></c><row/></row>")
                == .malformedCell(part: part, row: 4, .rowsOutOfOrder))
        #expect(error("<row r='0'/>") == .malformedCell(part: part, row: 0, .rowsOutOfOrder))
        #expect(error("<row r='x'/>") == .malformedCell(part: part, row: 0, .reference))
    }

    @Test("shared texts beyond the limit are refused")
    func sharedLimit() throws {
        var limits = WorkbookLimits()
        limits.sharedStrings = 1_000
        let bytes = try WorkbookFixture.xlsx(
            "", strings: "<si><t>\(String(repeating: "a", count: 1_001))</t></si>")
        #expect(
            ZipArchiveTests.error { try WorkbookFixture.text(bytes, limits: limits) }
                == .tooLarge(part: "xl/sharedStrings.xml", .sharedStrings))
    }

    @Test("a missing sheet, another kind of document and the refused kinds are told apart")
    func otherFiles() throws {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        func package(_ target: String, _ content: String) throws -> [UInt8] {
            try WorkbookFixture.archive([
                (
                    "_rels/.rels",
                    "<R><Relationship Id='x' Type='\(type)officeDocument' Target='\(target)'/></R>"
                ), (target, content),
            ])
        }
        func error(_ bytes: [UInt8]) -> WorkbookError? {
            ZipArchiveTests.error { try WorkbookFixture.open(bytes) }
        }
        #expect(error(try package("word/document.xml", "<w:document/>")) == .notAWorkbook)
        #expect(error(try package("xl/workbook.bin", "")) == .binaryWorkbook)
        #expect(error(try WorkbookFixture.archive([("a.txt", "a")])) == .notAWorkbook)
        #expect(error(Array("nik,nama\n".utf8)) == .notAWorkbook)
        #expect(error([]) == .notAWorkbook)
        var old: [UInt8] = Array(repeating: 0, count: 4_096)
        old.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        #expect(error(old) == .oldBinaryWorkbook)
        old[30] = 9
        old[48] = 2
        #expect(error(old) == .oldBinaryWorkbook)
        let name = Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())
        old.replaceSubrange(1_664..<1_664 + name.count, with: name)
        #expect(error(old) == .encrypted)
    }

    @Test("text comes in pieces, and stops when it is no longer wanted")
    func pieces() throws {
        let rows = (1...60_000).map { "<row><c t='str'><v>kolom pertama \($0)</v></c><c/></row>" }
        let bytes = try WorkbookFixture.xlsx(rows.joined())
        var sizes: [Int] = []
        try WorkbookFixture.open(bytes).stream(sheet: 0) { piece in
            sizes.append(piece.count)
            return true
        }
        #expect(sizes.count == 2)
        #expect(sizes[0] >= 1 << 20 && sizes[0] < (1 << 20) + 100)
        var count = 0
        try WorkbookFixture.open(bytes).stream(sheet: 0) { _ in
            count += 1
            return false
        }
        #expect(count == 1)
    }

    struct Refusal: Error {}

    @Test("an error of the one who takes the text comes through")
    func errorOfTaker() throws {
        let workbook = try WorkbookFixture.open(WorkbookFixture.xlsx("<row><c><v>1</v></c></row>"))
        #expect(throws: Refusal.self) {
            try workbook.stream(sheet: 0) { _ in throw Refusal() }
        }
    }
}
