/// Writes an XLSX workbook row by row; one piece is held in memory, never a sheet.
///
/// Every cell is text and formatted as text, so that a NIK keeps its digits also when the person
/// edits it, and texts stand in the cells themselves: a table of shared texts would have to be kept
/// until the end. The same rows give the same bytes.
public struct XLSXWriter {
    public struct Sheet: Sendable {
        let name: String
        let columnWidths: [Double]
        let hasHeader: Bool

        /// - Parameters:
        ///   - name: made fit for Excel where it is not: at most 31 characters, none of `[]:*?/\`.
        ///   - columnWidths: in characters, from the first column on.
        ///   - hasHeader: the first row is bold and stays in sight.
        public init(name: String, columnWidths: [Double] = [], hasHeader: Bool = true) {
            self.name = name
            self.columnWidths = columnWidths
            self.hasHeader = hasHeader
        }
    }

    private var archive: ZipWriter
    private let sheets: [Sheet]
    private var sheetIndex = 0
    private var row = 1
    private var column = 0
    private var xml: [UInt8] = []
    /// `A` to `XFD`, as far as they were needed.
    private var columnNames: [[UInt8]] = []
    private var rowDigits: [UInt8] = Array("1".utf8)

    private static let pieceSize = 1 << 16
    private static let limits = WorkbookLimits()
    /// In UTF-16 units; Excel takes a longer cell for damage of the file.
    static let longestCell = 32_767

    /// Starts the workbook and its first sheet.
    ///
    /// `level` is that of zlib: 1 is fast, 9 small. `write` takes the file's next bytes.
    public init(
        sheets: [Sheet],
        level: Int32 = 6,
        write: @escaping ZipWriter.Write
    ) throws {
        precondition(!sheets.isEmpty, "a workbook without a sheet")
        self.sheets = sheets
        archive = ZipWriter(level: level, write: write)
        let names = XLSXTemplate.sheetNames(sheets.map(\.name))
        for (name, content) in XLSXTemplate.parts(sheetNames: names) {
            try archive.add(name, content)
        }
        try beginSheet()
    }

    /// Appends the next cell of the row; an empty one stays empty.
    ///
    /// Bytes that are no UTF-8 become U+FFFD; what is longer than 32,767 characters is cut, as no
    /// workbook can hold it.
    public mutating func append(_ cell: UnsafeBufferPointer<UInt8>) throws {
        guard column < Self.limits.columns else {
            throw WorkbookError.tooLarge(part: sheets[sheetIndex].name, .columns)
        }
        if column == 0 { try beginRow() }
        column += 1
        guard !cell.isEmpty else { return }
        xml.append(contentsOf: "<c r=\"".utf8)
        appendColumnName()
        xml.append(contentsOf: rowDigits)
        let isHeader = row == 1 && sheets[sheetIndex].hasHeader
        xml.append(contentsOf: (isHeader ? "\" s=\"2\"" : "\" s=\"1\"").utf8)
        xml.append(contentsOf: " t=\"inlineStr\"><is><t".utf8)
        XLSXText.append(cell, to: &xml)
        xml.append(contentsOf: "</t></is></c>".utf8)
        if xml.count >= Self.pieceSize { try flush() }
    }

    public mutating func append(_ cell: String) throws {
        var cell = cell
        try cell.withUTF8 { try append($0) }
    }

    public mutating func endRow() throws {
        if column > 0 { xml.append(contentsOf: "</row>".utf8) }
        row += 1
        column = 0
        rowDigits = Array(String(row).utf8)
    }

    public mutating func append(row cells: [String]) throws {
        for cell in cells { try append(cell) }
        try endRow()
    }

    /// Ends the sheet and starts the next of those named at the beginning.
    public mutating func nextSheet() throws {
        precondition(sheetIndex + 1 < sheets.count, "there are only \(sheets.count) sheets")
        try endSheet()
        sheetIndex += 1
        try beginSheet()
    }

    /// Ends the last sheet and the workbook.
    public mutating func finish() throws {
        precondition(sheetIndex + 1 == sheets.count, "sheet \(sheetIndex + 2) was not written")
        try endSheet()
        try archive.finish()
    }
}

extension XLSXWriter {
    private mutating func beginSheet() throws {
        row = 1
        column = 0
        rowDigits = Array("1".utf8)
        try archive.begin("xl/worksheets/sheet\(sheetIndex + 1).xml")
        let sheet = sheets[sheetIndex]
        xml.append(
            contentsOf: XLSXTemplate.sheetHead(
                isFirst: sheetIndex == 0, hasHeader: sheet.hasHeader,
                columnWidths: sheet.columnWidths
            ).utf8)
    }

    private mutating func beginRow() throws {
        guard row <= Self.limits.rows else {
            throw WorkbookError.tooLarge(part: sheets[sheetIndex].name, .rows)
        }
        xml.append(contentsOf: "<row r=\"".utf8)
        xml.append(contentsOf: rowDigits)
        xml.append(contentsOf: "\">".utf8)
    }

    private mutating func endSheet() throws {
        precondition(column == 0, "row \(row) was not ended")
        xml.append(contentsOf: XLSXTemplate.sheetTail.utf8)
        try flush()
        try archive.end()
    }

    private mutating func appendColumnName() {
        while columnNames.count < column {
            columnNames.append(Self.columnName(columnNames.count))
        }
        xml.append(contentsOf: columnNames[column - 1])
    }

    /// The letters of a column, from 0: digits to the base of 26 that has no zero.
    static func columnName(_ column: Int) -> [UInt8] {
        var letters: [UInt8] = []
        var rest = column + 1
        while rest > 0 {
            letters.insert(UInt8(ascii: "A") + UInt8((rest - 1) % 26), at: 0)
            rest = (rest - 1) / 26
        }
        return letters
    }

    private mutating func flush() throws {
        let piece = xml
        xml = []
        try piece.withUnsafeBufferPointer { try archive.append($0) }
        xml = piece
        xml.removeAll(keepingCapacity: true)
    }
}

/// The text of a cell as XLSX wants it inside `t`.
enum XLSXText {
    /// Appends the rest of the start tag, ` xml:space="preserve">` or `>`, and the escaped text.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to xml: inout [UInt8]) {
        // What is plain ASCII and short, nearly every cell, needs neither check.
        if text.count > XLSXWriter.longestCell || text.contains(where: { $0 >= 0x80 }) {
            var valid = cut(String(decoding: text, as: UTF8.self))
            valid.withUTF8 { appendValid($0, to: &xml) }
        } else {
            appendValid(text, to: &xml)
        }
    }

    private static func cut(_ text: String) -> String {
        guard text.utf16.count > XLSXWriter.longestCell else { return text }
        // Between two characters, so that none is halved.
        var count = 0
        let end = text.firstIndex { character in
            count += character.utf16.count
            return count > XLSXWriter.longestCell
        }
        return String(text[..<(end ?? text.endIndex)])
    }

    private static func appendValid(_ text: UnsafeBufferPointer<UInt8>, to xml: inout [UInt8]) {
        let keepsBlanks =
            isBlank(text.first) || isBlank(text.last) || text.contains(UInt8(ascii: "\n"))
        xml.append(contentsOf: (keepsBlanks ? " xml:space=\"preserve\">" : ">").utf8)
        var plainStart = 0
        for position in text.indices {
            let byte = text[position]
            // Letters, digits and blanks first: the bytes below pass one comparison.
            guard
                byte < 0x20 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x5F
                    || byte == 0xEF
            else { continue }
            guard let escape = escape(text, at: position) else { continue }
            xml.append(contentsOf: text[plainStart..<position])
            xml.append(contentsOf: escape.bytes.utf8)
            plainStart = position + escape.length
        }
        xml.append(contentsOf: text[plainStart...])
    }

    private static func isBlank(_ byte: UInt8?) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A
    }

    /// What stands for the `length` bytes at `position`; nil if they stay.
    private static func escape(
        _ text: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> (bytes: String, length: Int)? {
        switch text[position] {
        case UInt8(ascii: "&"): return ("&amp;", 1)
        case UInt8(ascii: "<"): return ("&lt;", 1)
        case UInt8(ascii: ">"): return ("&gt;", 1)
        case UInt8(ascii: "_"):
            return XLSXEscapes.isEscape(text, at: position) ? ("_x005F_", 1) : nil
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): return nil
        case 0xEF:
            // U+FFFE and U+FFFF are no characters of XML.
            let rest = text[position...]
            if rest.starts(with: [0xEF, 0xBF, 0xBE]) { return ("_xFFFE_", 3) }
            return rest.starts(with: [0xEF, 0xBF, 0xBF]) ? ("_xFFFF_", 3) : nil
        case let control:
            let digits = String(control, radix: 16, uppercase: true)
            return ("_x00\(digits.count == 1 ? "0" : "")\(digits)_", 1)
        }
    }
}
