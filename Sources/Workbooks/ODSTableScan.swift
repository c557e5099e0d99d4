/// Turns one table of `content.xml` into rows of text (ODF 1.3 part 3, 9.1).
struct ODSTableScan: XMLHandler {
    private enum ValueType {
        case string, number, date, time, boolean
    }

    private let part: String
    private let sheet: Int
    private let limits: WorkbookLimits
    private var rows: DelimitedRows

    /// The last row of the sheet has been read.
    private(set) var isComplete = false
    private var depth = 0
    private var spreadsheetDepth: Int?
    private var tableCount = 0
    private var tableDepth: Int?
    private var cellDepth: Int?
    private var paragraphDepth: Int?
    /// Inside a comment, a footnote or a drawing, whose text is not the cell's.
    private var skippedDepth: Int?

    private var rowRepetitions = 1
    private var column = 0
    private var columnRepetitions = 1
    /// Behind a merged cell: what it holds is not seen.
    private var isCovered = false
    private var type = ValueType.string
    /// The value attribute of the cell, and its paragraphs as they are shown.
    private var value: [UInt8] = []
    private var hasValue = false
    private var shown: [UInt8] = []
    private var hasParagraph = false
    /// A blank before the next letter is one too many (ODF 1.3 part 3, 6.1.2).
    private var isAfterBlank = true

    /// More repetitions than any sheet has rows or columns; empty ones may be as many.
    private static let mostRepetitions = 1 << 32

    init(part: String, sheet: Int, limits: WorkbookLimits, rows: DelimitedRows) {
        self.part = part
        self.sheet = sheet
        self.limits = limits
        self.rows = rows
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        depth += 1
        guard !isComplete, skippedDepth == nil else { return }
        if paragraphDepth != nil {
            try startInParagraph(name, attributes)
        } else if let cellDepth {
            if name == "p", depth == cellDepth + 1 {
                beginParagraph()
            } else {
                skippedDepth = depth
            }
        } else if let tableDepth {
            switch name {
            case "table-cell": try beginCell(attributes, isCovered: false)
            case "covered-table-cell": try beginCell(attributes, isCovered: true)
            case "table-row": try beginRow(attributes)
            // Rows may stand in groups; anything else around them holds no cells.
            case "table-rows", "table-header-rows", "table-row-group": break
            default: if depth > tableDepth { skippedDepth = depth }
            }
        } else if name == "spreadsheet" {
            spreadsheetDepth = depth
        } else if name == "table", spreadsheetDepth == depth - 1 {
            if tableCount == sheet { tableDepth = depth }
            tableCount += 1
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard paragraphDepth != nil, skippedDepth == nil else { return }
        for byte in bytes {
            let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
            if !isBlank || !isAfterBlank { shown.append(isBlank ? 0x20 : byte) }
            isAfterBlank = isBlank
        }
        try checkLength()
    }

    mutating func end(_ name: XMLName) throws {
        defer { depth -= 1 }
        guard !isComplete else { return }
        if let skippedDepth {
            if skippedDepth == depth { self.skippedDepth = nil }
        } else if paragraphDepth == depth {
            paragraphDepth = nil
        } else if cellDepth == depth {
            try endCell()
            cellDepth = nil
        } else if tableDepth != nil, name == "table-row" {
            try rows.endRow(repetitions: rowRepetitions)
        } else if tableDepth == depth {
            tableDepth = nil
            isComplete = true
        } else if spreadsheetDepth == depth {
            spreadsheetDepth = nil
        }
    }

    mutating func finish() throws { try rows.finish() }
}

extension ODSTableScan {
    private func malformed(_ damage: WorkbookError.CellDamage) -> WorkbookError {
        .malformedCell(part: part, row: rows.row, damage)
    }

    private func checkLength() throws {
        guard shown.count <= limits.rowText else {
            throw WorkbookError.tooLarge(part: part, .rowText)
        }
    }

    private mutating func beginRow(_ attributes: XMLAttributes) throws {
        try rows.beginRow(number: rows.row + 1)
        column = 0
        rowRepetitions = 1
        for index in 0..<attributes.count
        where attributes.name(index) == "number-rows-repeated" {
            rowRepetitions = try repetitions(attributes.raw(index))
        }
    }

    private mutating func beginCell(_ attributes: XMLAttributes, isCovered: Bool) throws {
        cellDepth = depth
        self.isCovered = isCovered
        columnRepetitions = 1
        type = .string
        value.removeAll(keepingCapacity: true)
        shown.removeAll(keepingCapacity: true)
        hasValue = false
        hasParagraph = false
        var isError = false
        for index in 0..<attributes.count {
            switch attributes.name(index) {
            case "number-columns-repeated":
                columnRepetitions = try repetitions(attributes.raw(index))
            case "value-type":
                // Also of the namespace `calcext`, which alone knows errors.
                let word = XMLName(bytes: attributes.raw(index))
                if word == "error" { isError = true } else { type = Self.type(word) }
            case "value", "date-value", "time-value", "boolean-value", "string-value":
                value = attributes.bytes(index)
                hasValue = true
            default: break
            }
        }
        if isError {
            type = .string
            hasValue = false
        }
    }

    private mutating func endCell() throws {
        let start = column
        column += columnRepetitions
        guard !isCovered else { return }
        var text: [UInt8] = []
        if hasValue {
            value.withUnsafeBufferPointer { value in
                switch type {
                case .string: text.append(contentsOf: value)
                case .number: CellNumber.append(value, to: &text)
                case .date: CellDate.append(iso: value, to: &text)
                case .time: CellDate.append(duration: value, to: &text)
                case .boolean:
                    let isTrue = XMLName(bytes: value) == "true"
                    text.append(contentsOf: (isTrue ? "TRUE" : "FALSE").utf8)
                }
            }
            if type == .number, showsLeadingZeros(of: text) { text = shown }
        } else {
            text = shown
        }
        guard !text.isEmpty else { return }
        try text.withUnsafeBufferPointer { text in
            for column in start..<start + columnRepetitions {
                try rows.append(text, column: column)
            }
        }
    }

    /// Whether the cell shows `number` with zeros before it, as a format such as `000` does.
    private func showsLeadingZeros(of number: [UInt8]) -> Bool {
        let extra = shown.count - number.count
        return extra > 0 && shown[extra...].elementsEqual(number)
            && shown.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && shown[..<extra].allSatisfy { $0 == UInt8(ascii: "0") }
    }

    private mutating func beginParagraph() {
        paragraphDepth = depth
        if hasParagraph { shown.append(UInt8(ascii: "\n")) }
        hasParagraph = true
        isAfterBlank = true
    }

    private mutating func startInParagraph(
        _ name: XMLName,
        _ attributes: XMLAttributes
    ) throws {
        switch name {
        case "s":
            let count = attributes.text("c").flatMap { Int($0) } ?? 1
            shown.append(contentsOf: repeatElement(0x20, count: min(max(count, 0), 32_767)))
            isAfterBlank = false
        case "tab":
            shown.append(0x09)
            isAfterBlank = false
        case "line-break":
            shown.append(UInt8(ascii: "\n"))
            isAfterBlank = true
        case "annotation", "note", "ruby-text", "frame", "custom-shape": skippedDepth = depth
        // Links and spans: their text is the cell's.
        default: break
        }
        try checkLength()
    }

    private func repetitions(_ digits: UnsafeBufferPointer<UInt8>) throws -> Int {
        guard let number = Int(String(decoding: digits, as: UTF8.self)),
            1...Self.mostRepetitions ~= number
        else { throw malformed(.repetition) }
        return number
    }

    private static func type(_ word: XMLName) -> ValueType {
        switch word {
        case "float", "percentage", "currency": .number
        case "date": .date
        case "time": .time
        case "boolean": .boolean
        default: .string
        }
    }
}
