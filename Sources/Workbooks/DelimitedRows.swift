/// Writes the cells of a sheet as delimited text (RFC 4180 with line feeds) in pieces.
///
/// Line *n* of the text is row *n* of the sheet: a row that is missing or empty gives an empty
/// line, but none is written after the last row with text. The other rows are padded with empty
/// fields to the widest of the first 20 rows with text, so that each has as many fields as the
/// header; a row with text farther to the right keeps it and is wider. Cells after the last one with
/// text add nothing. Line feeds inside a cell stay, inside quotes.
struct DelimitedRows {
    private let part: String
    private let delimiter: UInt8
    private let limits: WorkbookLimits
    private let body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    private var text: [UInt8] = []
    private var deliveredByteCount = 0
    private var repeatedByteCount = 0
    /// The number of the row being written, from 1, or of the last one.
    private(set) var row = 0
    private var isRowOpen = false
    /// Lines written, the open one not counted.
    private var lineCount = 0
    private var lineStart = 0
    private var fieldCount = 0
    /// The first rows with text until there are enough of them: where each ends, and its fields.
    private var held: [(end: Int, fieldCount: Int)] = []
    /// Nil while the first rows are held.
    private var width: Int?

    static let rowsForWidth = 20
    static let pieceSize = 1 << 20
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Thrown through the reader when `body` wants no more.
    struct Stopped: Error {}

    init(
        part: String,
        delimiter: UInt8,
        limits: WorkbookLimits,
        body: @escaping (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) {
        self.part = part
        self.delimiter = delimiter
        self.limits = limits
        self.body = body
    }

    /// Starts the row of that number, which is greater than the one before.
    mutating func beginRow(number: Int) throws {
        guard !isRowOpen, number > row else {
            throw WorkbookError.malformedCell(part: part, row: row, .rowsOutOfOrder)
        }
        row = number
        isRowOpen = true
    }

    /// Appends a cell of the row being written; cells come from left to right, `column` from 0.
    mutating func append(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws {
        guard !cell.isEmpty else { return }
        guard column < limits.columns else { throw tooLarge(.columns) }
        guard isRowOpen, column >= fieldCount else {
            throw WorkbookError.malformedCell(part: part, row: row, .cellsOutOfOrder)
        }
        if fieldCount == 0 {
            try beginLine()
        } else {
            text.append(delimiter)
        }
        text.append(contentsOf: repeatElement(delimiter, count: column - fieldCount))
        fieldCount = column + 1
        if needsQuotes(cell) {
            appendQuoted(cell)
        } else {
            text.append(contentsOf: cell)
        }
        guard text.count - lineStart <= limits.rowText else { throw tooLarge(.rowText) }
    }

    /// Ends the row, which stands `repetitions` times in the sheet.
    mutating func endRow(repetitions: Int = 1) throws {
        isRowOpen = false
        guard fieldCount > 0 else {
            row += repetitions - 1
            return
        }
        guard repetitions <= limits.rows - row + 1 else { throw tooLarge(.rows) }
        let line = repetitions > 1 ? Array(text[lineStart...]) : []
        let fields = fieldCount
        // Padding counts too: it is written as often.
        repeatedByteCount += max(line.count, width ?? 0) * (repetitions - 1)
        guard repeatedByteCount <= limits.repeatedText else { throw tooLarge(.repeatedRows) }
        try endLine()
        for _ in 1..<repetitions {
            text.append(contentsOf: line)
            fieldCount = fields
            row += 1
            try endLine()
        }
    }

    /// Hands over what is left.
    mutating func finish() throws {
        if width == nil { padHeldLines() }
        try deliver()
    }
}

extension DelimitedRows {
    private func tooLarge(_ limit: WorkbookError.WorkbookLimit) -> WorkbookError {
        .tooLarge(part: part, limit)
    }

    private mutating func beginLine() throws {
        guard row <= limits.rows else { throw tooLarge(.rows) }
        let missing = row - 1 - lineCount
        text.append(contentsOf: repeatElement(Self.lineFeed, count: missing))
        lineStart = text.count
    }

    private mutating func endLine() throws {
        if let width {
            let missing = max(0, width - fieldCount)
            text.append(contentsOf: repeatElement(delimiter, count: missing))
        } else {
            held.append((text.count, fieldCount))
        }
        text.append(Self.lineFeed)
        lineCount = row
        lineStart = text.count
        fieldCount = 0
        if width == nil, held.count == Self.rowsForWidth { padHeldLines() }
        if width != nil, text.count >= Self.pieceSize { try deliver() }
    }

    private mutating func padHeldLines() {
        let widest = held.reduce(0) { max($0, $1.fieldCount) }
        var padded: [UInt8] = []
        var start = 0
        for line in held {
            padded.append(contentsOf: text[start..<line.end])
            padded.append(contentsOf: repeatElement(delimiter, count: widest - line.fieldCount))
            start = line.end
        }
        padded.append(contentsOf: text[start...])
        text = padded
        lineStart = text.count
        held = []
        width = widest
    }

    private mutating func deliver() throws {
        guard !text.isEmpty else { return }
        deliveredByteCount += text.count
        guard deliveredByteCount <= limits.sheetText else { throw tooLarge(.sheetText) }
        guard try text.withUnsafeBufferPointer(body) else { throw Stopped() }
        text.removeAll(keepingCapacity: true)
        lineStart = 0
    }

    @inline(__always)
    private func needsQuotes(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in cell
        where byte == delimiter || byte == Self.quote || byte == Self.lineFeed
            || byte == Self.carriageReturn
        {
            return true
        }
        return false
    }

    private mutating func appendQuoted(_ cell: UnsafeBufferPointer<UInt8>) {
        text.append(Self.quote)
        for byte in cell {
            if byte == Self.quote { text.append(Self.quote) }
            text.append(byte)
        }
        text.append(Self.quote)
    }
}
