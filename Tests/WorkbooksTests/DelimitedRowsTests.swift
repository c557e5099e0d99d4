import Testing

@testable import Workbooks

struct DelimitedRowsTests {
    static func text(
        delimiter: UInt8 = UInt8(ascii: ","),
        limits: WorkbookLimits = WorkbookLimits(),
        _ fill: (inout DelimitedRows) throws -> Void
    ) throws -> String {
        var text: [UInt8] = []
        try withoutActuallyEscaping({ (piece: UnsafeBufferPointer<UInt8>) in
            text += piece
            return true
        }) { body in
            var rows = DelimitedRows(
                part: "p", delimiter: delimiter, limits: limits, body: body)
            try fill(&rows)
            try rows.finish()
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func append(
        _ rows: inout DelimitedRows,
        row: Int,
        _ cells: [Int: String],
        repetitions: Int = 1
    ) throws {
        try rows.beginRow(number: row)
        for (column, cell) in cells.sorted(by: { $0.key < $1.key }) {
            try Array(cell.utf8).withUnsafeBufferPointer { try rows.append($0, column: column) }
        }
        try rows.endRow(repetitions: repetitions)
    }

    @Test("missing rows and cells are empty lines and fields, rows are padded to the widest")
    func gaps() throws {
        let text = try Self.text { rows in
            try Self.append(&rows, row: 2, [1: "judul"])
            try Self.append(&rows, row: 3, [:])
            try Self.append(&rows, row: 5, [0: "a", 2: "c"])
            try Self.append(&rows, row: 6, [0: "", 1: "b", 5: ""])
            try Self.append(&rows, row: 9, [:])
        }
        #expect(text == "\n,judul,\n\n\na,,c\n,b,\n")
    }

    @Test("a later row is padded to the width of the first twenty, and a wider one stays wider")
    func width() throws {
        let text = try Self.text { rows in
            for row in 1...20 { try Self.append(&rows, row: row, [0: "a", 2: "c"]) }
            try Self.append(&rows, row: 21, [0: "x"])
            try Self.append(&rows, row: 22, [4: "e"])
            try Self.append(&rows, row: 24, [2: "z"])
        }
        #expect(text.hasSuffix("a,,c\nx,,\n,,,,e\n\n,,z\n"))
    }

    @Test("quotes are set where they are needed and only there")
    func quotes() throws {
        let text = try Self.text(delimiter: UInt8(ascii: ";")) { rows in
            try Self.append(
                &rows, row: 1, [0: "a;b", 1: "c,d", 2: "e\"f", 3: "g\nh", 4: "i\rj", 5: " k "])
        }
        #expect(text == "\"a;b\";c,d;\"e\"\"f\";\"g\nh\";\"i\rj\"; k \n")
    }

    @Test("a repeated row is written as often as it stands, also beyond the first twenty")
    func repetitions() throws {
        let text = try Self.text { rows in
            try Self.append(&rows, row: 1, [0: "a", 1: "b"])
            try Self.append(&rows, row: 2, [0: "\"x"], repetitions: 25)
            try Self.append(&rows, row: 27, [:], repetitions: 1 << 30)
        }
        #expect(text == "a,b\n" + String(repeating: "\"\"\"x\",\n", count: 25))
    }

    @Test("rows and cells out of order and more than the limits are told")
    func refused() {
        func error(_ fill: (inout DelimitedRows) throws -> Void) -> WorkbookError? {
            var limits = WorkbookLimits()
            limits.rowText = 1_000
            limits.sheetText = 100_000
            return ZipArchiveTests.error { try Self.text(limits: limits, fill) }
        }
        #expect(
            error { rows in
                try rows.beginRow(number: 2)
                try rows.beginRow(number: 2)
            } == .malformedCell(part: "p", row: 2, .rowsOutOfOrder))
        #expect(
            error { rows in
                try rows.beginRow(number: 1)
                for column in [1, 0] {
                    try [0x61].withUnsafeBufferPointer { try rows.append($0, column: column) }
                }
            } == .malformedCell(part: "p", row: 1, .cellsOutOfOrder))
        #expect(
            error { rows in
                try rows.beginRow(number: 1)
                try rows.beginRow(number: 2)
            } == .malformedCell(part: "p", row: 1, .rowsOutOfOrder))
        #expect(
            error { rows in
                try [0x61].withUnsafeBufferPointer { try rows.append($0, column: 0) }
            } == .malformedCell(part: "p", row: 0, .cellsOutOfOrder))
        #expect(
            error { try Self.append(&$0, row: 1_048_577, [0: "a"]) } == .tooLarge(part: "p", .rows))
        #expect(
            error { try Self.append(&$0, row: 1_048_576, [0: "a"], repetitions: 2) }
                == .tooLarge(part: "p", .rows))
        #expect(
            error { try Self.append(&$0, row: 1, [16_384: "a"]) } == .tooLarge(part: "p", .columns))
        #expect(
            error { try Self.append(&$0, row: 1, [0: String(repeating: "a", count: 1_001)]) }
                == .tooLarge(part: "p", .rowText))
        #expect(
            error { try Self.append(&$0, row: 1, [0: "desa"], repetitions: 30_000) }
                == .tooLarge(part: "p", .sheetText))
    }

    @Test("the last row of the format is still written")
    func lastRow() throws {
        let text = try Self.text { try Self.append(&$0, row: 1_048_576, [0: "a"]) }
        #expect(text.utf8.count == 1_048_577)
    }
}
