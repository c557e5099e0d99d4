import TestSupport
import Testing

@testable import Workbooks

struct XLSXWriterTests {
    @Test("what is written is read again: text as it was, whatever it holds")
    func roundTrip() throws {
        let cells = [
            "nik", "9935130101010001", "007", " kiri", "kanan ", "a,b", "kutip \"", "dua\nbaris",
            "<&>'\"", "_x000D_", "_x005F_", "tab\tdi dalam", "cr\r lf", "\u{1}\u{1F}", "é東🌞",
            "\u{FFFE}\u{FFFF}", "=1+1", "TRUE", "2026-02-28", "_", "__x0041_",
        ]
        let bytes = try WorkbookFixture.written([.init(name: "Ditolak")]) { writer in
            try writer.append(row: cells)
            try writer.append(row: [])
            try writer.append(row: ["", "", "x"])
        }
        let expected = cells.map { cell in
            cell.contains { ",\"\n\r".contains($0) }
                ? "\""
                    + cell.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\"" : cell
        }.joined(separator: ",")
        let padding = String(repeating: ",", count: cells.count - 3)
        #expect(try WorkbookFixture.text(bytes) == "\(expected)\n\n,,x\(padding)\n")
    }

    @Test("random text comes back, and the same rows give the same bytes")
    func randomRoundTrip() throws {
        for seed in UInt64(1)...20 {
            var generator = SeededGenerator(seed: seed)
            let letters = Array("ab_x05F< >&\"\n\t\r,;é東\u{2}").map(String.init)
            let rows = (0..<50).map { _ in
                ["x"]
                    + (0..<8).map { _ in
                        (0..<Int.random(in: 0...12, using: &generator))
                            .map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
                    } + ["y"]
            }
            func write() throws -> [UInt8] {
                try WorkbookFixture.written([.init(name: "A")]) { writer in
                    for row in rows { try writer.append(row: row) }
                }
            }
            let bytes = try write()
            #expect(try write() == bytes)
            let text = try DelimitedRowsTests.text { output in
                for (index, row) in rows.enumerated() {
                    let cells = Dictionary(uniqueKeysWithValues: row.enumerated().map { ($0, $1) })
                    try DelimitedRowsTests.append(&output, row: index + 1, cells)
                }
            }
            #expect(try WorkbookFixture.text(bytes) == text, "seed \(seed)")
        }
    }

    @Test("several sheets, with names made fit for Excel")
    func sheets() throws {
        let names = ["a/b:c*?[d]\\", "'x'", "", String(repeating: "é", count: 40), "X", "x"]
        let bytes = try WorkbookFixture.written(names.map { .init(name: $0) }) { writer in
            for index in names.indices {
                if index > 0 { try writer.nextSheet() }
                try writer.append(row: ["isi \(index)"])
            }
        }
        #expect(
            try WorkbookFixture.open(bytes).sheets.map(\.name) == [
                "a-b-c---d--", "x", "Sheet3", String(repeating: "é", count: 31), "Sheet5", "Sheet6",
            ])
        #expect(try WorkbookFixture.text(bytes, sheet: 5) == "isi 5\n")
    }

    @Test("a cell is cut at 32,767 characters, between two of them")
    func longCell() throws {
        let bytes = try WorkbookFixture.written([.init(name: "A")]) { writer in
            try writer.append(row: [
                String(repeating: "a", count: 40_000), String(repeating: "🌞", count: 20_000),
            ])
        }
        let fields = try WorkbookFixture.text(bytes).dropLast().split(separator: ",")
        #expect(fields.map(\.utf16.count) == [32_767, 32_766])
    }

    @Test("bytes that are no UTF-8 become U+FFFD")
    func notUTF8() throws {
        let bytes = try WorkbookFixture.written([.init(name: "A")]) { writer in
            try [0x61, 0xFF, 0x62].withUnsafeBufferPointer { try writer.append($0) }
            try writer.endRow()
        }
        #expect(try WorkbookFixture.text(bytes) == "a\u{FFFD}b\n")
    }

    @Test("a header is bold and frozen, the other cells are text, columns have their widths")
    func layout() throws {
        func sheet(_ layout: XLSXWriter.Sheet) throws -> String {
            let bytes = try WorkbookFixture.written([layout]) { writer in
                try writer.append(row: ["a"])
                try writer.append(row: ["b"])
            }
            let archive = try ZipArchiveTests.open(bytes)
            let entry = try #require(archive.entry(named: "xl/worksheets/sheet1.xml"))
            return String(decoding: try archive.bytes(entry), as: UTF8.self)
        }
        let plain = try sheet(.init(name: "A", hasHeader: false))
        #expect(!plain.contains("frozen") && !plain.contains("<cols>"))
        #expect(plain.contains("<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>a</t></is></c>"))
        let headed = try sheet(.init(name: "A", columnWidths: [12, 30.5]))
        #expect(headed.contains("state=\"frozen\""))
        #expect(headed.contains("max=\"2\" width=\"30.5\""))
        #expect(headed.contains("<c r=\"A1\" s=\"2\"") && headed.contains("<c r=\"A2\" s=\"1\""))
    }

    @Test("the columns are A to Z, AA to ZZ, AAA to XFD, and no more")
    func columns() throws {
        let names = [0, 25, 26, 701, 702, 16_383].map {
            String(decoding: XLSXWriter.columnName($0), as: UTF8.self)
        }
        #expect(names == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
        #expect(
            ZipArchiveTests.error {
                try WorkbookFixture.written([.init(name: "A")]) { writer in
                    for _ in 0...16_384 { try writer.append("x") }
                }
            } == .tooLarge(part: "A", .columns))
    }
}
