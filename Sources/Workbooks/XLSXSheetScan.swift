/// Turns the XML of a worksheet into rows of text (ECMA-376 part 1, 18.3).
struct XLSXSheetScan: XMLHandler {
    private enum CellType {
        case number, sharedString, string, inlineString, boolean, error, date
    }

    private let part: String
    private let strings: XLSXSharedStrings
    private let styles: XLSXStyles
    private let dateSystem: CellDate.System
    private let limits: WorkbookLimits
    private var rows: DelimitedRows

    private var isInData = false
    private var isInCell = false
    private var isInValue = false
    /// Of the cell being read, from 0; between cells, of the one before.
    private var column = -1
    private var type = CellType.number
    private var style = 0
    /// The content of `v`, or the text of an inline string.
    private var item = XLSXStringItem()
    private var shown: [UInt8] = []

    init(
        part: String,
        strings: XLSXSharedStrings,
        styles: XLSXStyles,
        dateSystem: CellDate.System,
        limits: WorkbookLimits,
        rows: DelimitedRows
    ) {
        self.part = part
        self.strings = strings
        self.styles = styles
        self.dateSystem = dateSystem
        self.limits = limits
        self.rows = rows
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        if isInCell {
            if name == "v" { isInValue = true } else { item.start(name) }
        } else if isInData {
            switch name {
            case "c": try beginCell(attributes)
            case "row": try beginRow(attributes)
            default: break
            }
        } else if name == "sheetData" {
            isInData = true
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard isInValue || (isInCell && item.isText && type == .inlineString) else { return }
        item.bytes.append(contentsOf: bytes)
        // The row would be refused at its end; until then a cell must not grow.
        guard item.bytes.count <= limits.rowText else {
            throw WorkbookError.tooLarge(part: part, .rowText)
        }
    }

    mutating func end(_ name: XMLName) throws {
        if isInCell {
            switch name {
            case "c": try endCell()
            case "v": isInValue = false
            default: item.end(name)
            }
        } else if isInData {
            if name == "row" { try rows.endRow() } else if name == "sheetData" { isInData = false }
        }
    }

    mutating func finish() throws { try rows.finish() }
}

extension XLSXSheetScan {
    private mutating func beginRow(_ attributes: XMLAttributes) throws {
        var number = rows.row + 1
        for index in 0..<attributes.count where attributes.name(index) == "r" {
            guard let written = Self.wholeNumber(attributes.raw(index)) else {
                throw malformed(.reference)
            }
            number = written
        }
        try rows.beginRow(number: number)
        column = -1
    }

    private mutating func beginCell(_ attributes: XMLAttributes) throws {
        isInCell = true
        isInValue = false
        item.begin()
        type = .number
        style = 0
        column += 1
        for index in 0..<attributes.count {
            let value = attributes.raw(index)
            switch attributes.name(index) {
            case "r": column = try columnOfCell(value)
            case "t": type = Self.type(value)
            case "s": style = Self.wholeNumber(value) ?? 0
            default: break
            }
        }
    }

    private mutating func endCell() throws {
        isInCell = false
        guard !item.bytes.isEmpty else { return }
        switch type {
        case .sharedString: return try appendShared()
        case .number:
            shown.removeAll(keepingCapacity: true)
            let format = styles[style]
            item.bytes.withUnsafeBufferPointer { format.append($0, dateSystem, to: &shown) }
            return try append(shown)
        case .string, .inlineString: XLSXEscapes.resolve(&item.bytes)
        case .boolean:
            if item.bytes == [UInt8(ascii: "1")] {
                item.bytes = Array("TRUE".utf8)
            } else if item.bytes == [UInt8(ascii: "0")] {
                item.bytes = Array("FALSE".utf8)
            }
        case .date:
            shown.removeAll(keepingCapacity: true)
            item.bytes.withUnsafeBufferPointer { CellDate.append(iso: $0, to: &shown) }
            return try append(shown)
        case .error: break
        }
        try append(item.bytes)
    }

    private mutating func appendShared() throws {
        guard let index = item.bytes.withUnsafeBufferPointer(Self.wholeNumber) else {
            throw malformed(.sharedString)
        }
        try strings.with(index) { text in
            guard let text else { throw malformed(.sharedString) }
            try rows.append(text, column: column)
        }
    }

    private mutating func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBufferPointer { try rows.append($0, column: column) }
    }

    private func malformed(_ damage: WorkbookError.CellDamage) -> WorkbookError {
        .malformedCell(part: part, row: rows.row, damage)
    }

    /// The column, from 0, of a reference such as `AZ12`, which is in the row being read.
    private func columnOfCell(_ reference: UnsafeBufferPointer<UInt8>) throws -> Int {
        var position = 0
        var column = 0
        while position < reference.count, position < 3 {
            // Letters of either case.
            let letter = Int(reference[position] | 0x20) - 0x61
            guard 0..<26 ~= letter else { break }
            column = column * 26 + letter + 1
            position += 1
        }
        guard position > 0,
            Self.wholeNumber(UnsafeBufferPointer(rebasing: reference[position...])) == rows.row
        else { throw malformed(.reference) }
        return column - 1
    }

    @inline(__always)
    private static func wholeNumber(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
        guard 1...10 ~= digits.count else { return nil }
        var number = 0
        for byte in digits {
            let digit = Int(byte) - 0x30
            guard 0...9 ~= digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private static func type(_ value: UnsafeBufferPointer<UInt8>) -> CellType {
        switch XMLName(bytes: value) {
        case "s": .sharedString
        case "str": .string
        case "inlineStr": .inlineString
        case "b": .boolean
        case "e": .error
        case "d": .date
        default: .number
        }
    }
}
