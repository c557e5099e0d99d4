import Testing

@testable import Workbooks

/// Workbooks made by hand, part by part, and what is read of them.
enum WorkbookFixture {
    static func archive(_ parts: [(path: String, content: String)]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ (piece: [UInt8]) in bytes += piece }) { write in
            var archive = ZipWriter(write: write)
            for (path, content) in parts { try archive.add(path, content) }
            try archive.finish()
        }
        return bytes
    }

    /// An XLSX with the rows given as the content of `sheetData`.
    static func xlsx(
        _ rows: String,
        strings: String? = nil,
        styles: String? = nil,
        workbookProperties: String = ""
    ) throws -> [UInt8] {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        var parts = [
            (
                "_rels/.rels",
                """
                <Relationships><Relationship Id="a" Type="\(type)officeDocument" \
                Target="xl/workbook.xml"/></Relationships>
                """
            ),
            (
                "xl/workbook.xml",
                """
                <x:workbook>\(workbookProperties)<x:sheets>
                <x:sheet name="Data" sheetId="9" r:id="s"/></x:sheets></x:workbook>
                """
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships><Relationship Id="s" Type="\(type)worksheet" \
                Target="worksheets/sheet1.xml"/>
                <Relationship Id="t" Type="\(type)sharedStrings" Target="/xl/sharedStrings.xml"/>
                <Relationship Id="u" Type="\(type)styles" Target="./styles.xml"/></Relationships>
                """
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData>\(rows)</sheetData></worksheet>"
            ),
        ]
        if let strings { parts.append(("xl/sharedStrings.xml", "<sst>\(strings)</sst>")) }
        if let styles {
            parts.append(("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"))
        }
        return try archive(parts)
    }

    /// An ODS with the content of `office:spreadsheet`.
    static func ods(_ tables: String, manifest: String = "") throws -> [UInt8] {
        try archive([
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<m:manifest>\(manifest)</m:manifest>"),
            (
                "content.xml",
                """
                <office:document-content><office:automatic-styles>\
                <style:style style:name="ta2"><style:table-properties table:display="false"/>\
                </style:style></office:automatic-styles><office:body><office:spreadsheet>\
                \(tables)</office:spreadsheet></office:body></office:document-content>
                """
            ),
        ])
    }

    static func open(
        _ bytes: [UInt8],
        limits: WorkbookLimits = WorkbookLimits()
    ) throws -> Workbook {
        try Workbook(byteCount: bytes.count, limits: limits) { offset, count in
            Array(bytes[offset..<min(offset + count, bytes.count)])
        }
    }

    static func text(
        _ bytes: [UInt8],
        sheet: Int = 0,
        limits: WorkbookLimits = WorkbookLimits()
    ) throws -> String {
        var text: [UInt8] = []
        try open(bytes, limits: limits).stream(sheet: sheet) { piece in
            text += piece
            return true
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func written(
        _ sheets: [XLSXWriter.Sheet],
        _ body: (inout XLSXWriter) throws -> Void
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ (piece: [UInt8]) in bytes += piece }) { write in
            var writer = try XLSXWriter(sheets: sheets, write: write)
            try body(&writer)
            try writer.finish()
        }
        return bytes
    }
}
