/// The parts of a written XLSX workbook that say what it is made of.
enum XLSXTemplate {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    private static let longestName = 31

    /// Path and content of each part but the sheets, in the order in which they are written.
    static func parts(sheetNames: [String]) -> [(path: String, content: String)] {
        [
            ("[Content_Types].xml", contentTypes(count: sheetNames.count)),
            (
                "_rels/.rels",
                relationships([(office + "/officeDocument", "xl/workbook.xml")])
            ),
            ("xl/workbook.xml", workbook(sheetNames)),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(
                    sheetNames.indices.map {
                        (office + "/worksheet", "worksheets/sheet\($0 + 1).xml")
                    } + [(office + "/styles", "styles.xml")])
            ),
            ("xl/styles.xml", styles),
        ]
    }

    private static func contentTypes(count: Int) -> String {
        let sheets = (1...count).map {
            "<Override PartName=\"/xl/worksheets/sheet\($0).xml\""
                + " ContentType=\"\(types).worksheet+xml\"/>"
        }
        return head + "<Types xmlns=\"\(package)/content-types\">"
            + "<Default Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(types).sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(types).styles+xml\"/>"
            + sheets.joined() + "</Types>"
    }

    private static func relationships(_ targets: [(type: String, path: String)]) -> String {
        let list = targets.enumerated().map { index, target in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(target.type)\""
                + " Target=\"\(target.path)\"/>"
        }
        return head + "<Relationships xmlns=\"\(package)/relationships\">\(list.joined())"
            + "</Relationships>"
    }

    private static func workbook(_ sheetNames: [String]) -> String {
        let sheets = sheetNames.enumerated().map { index, name in
            "<sheet name=\"\(escaped(name))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
        }
        return head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\">"
            + "<bookViews><workbookView/></bookViews>"
            + "<sheets>\(sheets.joined())</sheets></workbook>"
    }

    /// Cell styles: 0 general, 1 text (format 49, `@`), 2 text in bold.
    private static let styles =
        head + "<styleSheet xmlns=\"\(main)\">"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>"
        + "</borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
        + "</cellStyleXfs><cellXfs count=\"3\">"
        + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
        + " applyNumberFormat=\"1\"/>"
        + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
        + " applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs>"
        + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
        + "</cellStyles></styleSheet>"

    /// A sheet up to its first row.
    static func sheetHead(isFirst: Bool, hasHeader: Bool, columnWidths: [Double]) -> String {
        let pane =
            hasHeader
            ? "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
            : ""
        // New rows of these columns are text too.
        let columns = columnWidths.enumerated().map { index, width in
            "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(min(max(width, 1), 255))\""
                + " style=\"1\" customWidth=\"1\"/>"
        }
        return head + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView"
            + (isFirst ? " tabSelected=\"1\"" : "") + " workbookViewId=\"0\">\(pane)</sheetView>"
            + "</sheetViews>" + (columns.isEmpty ? "" : "<cols>\(columns.joined())</cols>")
            + "<sheetData>"
    }

    /// A sheet after its last row; without the green corners that say "number stored as text".
    static let sheetTail =
        "</sheetData><ignoredErrors><ignoredError sqref=\"A1:XFD1048576\""
        + " numberStoredAsText=\"1\"/></ignoredErrors></worksheet>"

    /// The names made fit for Excel: none empty, too long, with a forbidden sign, or twice.
    static func sheetNames(_ wanted: [String]) -> [String] {
        var taken: Set<String> = []
        return wanted.enumerated().map { index, name in
            var fit = String(
                String.UnicodeScalarView(
                    name.unicodeScalars.map {
                        $0.value < 0x20 || "[]:*?/\\".unicodeScalars.contains($0) ? "-" : $0
                    }))
            while fit.hasPrefix("'") { fit.removeFirst() }
            while fit.utf16.count > longestName || fit.hasSuffix("'") { fit.removeLast() }
            if fit.isEmpty || taken.contains(fit.lowercased()) { fit = "Sheet\(index + 1)" }
            while taken.contains(fit.lowercased()) { fit += "-" }
            taken.insert(fit.lowercased())
            return fit
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
