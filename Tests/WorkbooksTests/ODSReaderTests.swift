import Testing

@testable import Workbooks

struct ODSReaderTests {
    static func text(_ rows: String) throws -> String {
        try WorkbookFixture.text(
            WorkbookFixture.ods("<table:table table:name='A'>\(rows)</table:table>"))
    }

    static func cell(_ attributes: String, _ text: String) -> String {
        "<table:table-cell \(attributes)><text:p>\(text)</text:p></table:table-cell>"
    }

    @Test("every type of cell comes as a person reads it")
    func types() throws {
        let cells = [
            Self.cell("office:value-type='string'", "teks"),
            Self.cell("office:value-type='float' office:value='9935130101010001'", "9,9E+15"),
            Self.cell("office:value-type='float' office:value='7'", "007"),
            Self.cell("office:value-type='percentage' office:value='0.25'", "25%"),
            Self.cell("office:value-type='currency' office:value='1500.5'", "Rp1.500,50"),
            Self.cell("office:value-type='date' office:date-value='2026-02-28'", "28/02/26"),
            Self.cell(
                "office:value-type='date' office:date-value='2026-02-28T10:30:00'", "28/02/26"),
            Self.cell("office:value-type='time' office:time-value='PT10H30M00S'", "10.30"),
            Self.cell("office:value-type='boolean' office:boolean-value='true'", "BENAR"),
            Self.cell("office:value-type='boolean' office:boolean-value='false'", "SALAH"),
            Self.cell(
                "office:value-type='string' office:string-value='' calcext:value-type='error'",
                "#N/A"),
            Self.cell("office:value-type='string' office:string-value='utuh'", "tampak"),
        ]
        #expect(
            try Self.text("<table:table-row>\(cells.joined())</table:table-row>")
                == "teks,9935130101010001,007,0.25,1500.5,2026-02-28,2026-02-28 10:30:00,10:30:00,"
                + "TRUE,FALSE,#N/A,utuh\n")
    }

    @Test("paragraphs are lines; blanks as ODF counts them; comments and drawings left out")
    func paragraphs() throws {
        let text = try Self.text(
            """
            <table:table-row><table:table-cell office:value-type="string">\
            <office:annotation><dc:creator>x</dc:creator><text:p>catatan</text:p>\
            </office:annotation>\
            <text:p>satu  <text:span>dua</text:span><text:s text:c="3"/>\
            <text:a xlink:href="x">tiga</text:a><text:tab/>empat
              lima</text:p><text:p>baris<text:line-break/>akhir</text:p>\
            <draw:frame><draw:text-box><text:p>gambar</text:p></draw:text-box></draw:frame>\
            </table:table-cell></table:table-row>
            """)
        #expect(text == "\"satu dua   tiga\tempat lima\nbaris\nakhir\"\n")
    }

    @Test("repeated cells and rows are written out; empty ones to the sheet's end cost nothing")
    func repetitions() throws {
        let text = try Self.text(
            """
            <table:table-column table:number-columns-repeated="16384"/>\
            <table:table-header-rows><table:table-row table:number-rows-repeated="2">\
            <table:table-cell/>\
            \(Self.cell("table:number-columns-repeated='3'", "x"))\
            <table:table-cell table:number-columns-repeated="16380"/></table:table-row>\
            </table:table-header-rows><table:table-row-group>\
            <table:table-row table:number-rows-repeated="2"/>\
            <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>gabung\
            </text:p></table:table-cell><table:covered-table-cell><text:p>tertutup</text:p>\
            </table:covered-table-cell>\(Self.cell("", "y"))</table:table-row>\
            </table:table-row-group><table:table-row table:number-rows-repeated="1048571">\
            <table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            """)
        #expect(text == ",x,x,x\n,x,x,x\n\n\ngabung,,y,\n")
    }

    @Test("a row that is repeated into more text than any honest file has is refused at once")
    func repeatedWithoutEnd() throws {
        let text = String(repeating: "x", count: 500)
        func rows(_ count: Int) -> String {
            "<table:table-row table:number-rows-repeated='\(count)'>\(Self.cell("", text))"
                + "</table:table-row>"
        }
        #expect(
            ZipArchiveTests.error { try Self.text(rows(1_048_575)) }
                == .tooLarge(part: "content.xml", .repeatedRows))
        // Many rows of little text stay within it.
        #expect(try Self.text(rows(1_000)).utf8.count == 501_000)
    }

    @Test("more repetitions than a sheet has room for are refused where there is text")
    func tooMany() {
        func error(_ rows: String) -> WorkbookError? {
            ZipArchiveTests.error { try Self.text(rows) }
        }
        let part = "content.xml"
        let cell = Self.cell("", "x")
        #expect(
            error(
                "<table:table-row table:number-rows-repeated='1048577'>\(cell)</table:table-row>")
                == .tooLarge(part: part, .rows))
        #expect(
            error(
                "<table:table-row>\(Self.cell("table:number-columns-repeated='16385'", "x"))"
                    + "</table:table-row>") == .tooLarge(part: part, .columns))
        #expect(error(cell) == .malformedCell(part: part, row: 0, .cellsOutOfOrder))
        for number in ["0", "-1", "x", "", "99999999999999999999"] {
            #expect(
                error(
                    "<table:table-row table:number-rows-repeated='\(number)'>\(cell)"
                        + "</table:table-row>")
                    == .malformedCell(part: part, row: 1, .repetition), "\(number)")
        }
    }

    @Test("sheets have names, may be hidden, and each is read by itself")
    func sheets() throws {
        let row = "<table:table-row>\(Self.cell("", "isi"))</table:table-row>"
        let bytes = try WorkbookFixture.ods(
            """
            <table:table table:name="Satu &amp; dua" table:style-name="ta1">\
            <table:shapes><draw:frame><table:table table:name="dalam">\(row)</table:table>\
            </draw:frame></table:shapes></table:table>\
            <table:table table:name="Dua" table:style-name="ta2">\(row)\(row)</table:table>
            """)
        #expect(
            try WorkbookFixture.open(bytes).sheets == [
                WorkbookSheet(name: "Satu & dua", isHidden: false),
                WorkbookSheet(name: "Dua", isHidden: true),
            ])
        #expect(try WorkbookFixture.text(bytes, sheet: 0) == "")
        #expect(try WorkbookFixture.text(bytes, sheet: 1) == "isi\nisi\n")
    }

    @Test("a password is told, in the old way and the new")
    func encrypted() throws {
        func error(_ bytes: [UInt8]) -> WorkbookError? {
            ZipArchiveTests.error { try WorkbookFixture.open(bytes) }
        }
        let manifest = "<m:file-entry><m:encryption-data/></m:file-entry>"
        #expect(error(try WorkbookFixture.ods("", manifest: manifest)) == .encrypted)
        #expect(error(try WorkbookFixture.archive([("encrypted-package", "x")])) == .encrypted)
    }

    @Test("a manifest with a document type, as OpenOffice.org wrote it, does no harm")
    func oldManifest() throws {
        let content = """
            <d><office:spreadsheet><table:table table:name="A"><table:table-row>\
            \(Self.cell("", "x"))</table:table-row></table:table></office:spreadsheet></d>
            """
        let bytes = try WorkbookFixture.archive([
            ("META-INF/manifest.xml", "<!DOCTYPE m:manifest SYSTEM \"Manifest.dtd\"><m:manifest/>"),
            ("content.xml", content),
        ])
        #expect(try WorkbookFixture.text(bytes) == "x\n")
    }

    @Test("a text document is no workbook")
    func textDocument() throws {
        let bytes = try WorkbookFixture.archive([
            ("content.xml", "<office:document-content><office:text/></office:document-content>")
        ])
        #expect(ZipArchiveTests.error { try WorkbookFixture.open(bytes) } == .notAWorkbook)
    }
}
