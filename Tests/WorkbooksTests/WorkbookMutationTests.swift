import TestSupport
import Testing

@testable import Workbooks

/// Whatever is done to a workbook, it gives text or an error, and soon.
struct WorkbookMutationTests {
    private static let limits: WorkbookLimits = {
        // Small, so that a hostile number of repetitions ends quickly in a debug build too.
        var limits = WorkbookLimits()
        limits.rows = 5_000
        limits.columns = 500
        limits.rowText = 20_000
        limits.sheetText = 200_000
        limits.unpackedBytes = 1 << 20
        return limits
    }()

    private static let sheet = """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46081.5</v></c></row>\
        <row r="2"><c r="A2" t="inlineStr"><is><t>a &amp; _x000A_</t></is></c>\
        <c r="D2" t="b"><v>1</v></c><c r="AB2"><v>1.5E+3</v></c></row>
        """
    private static let strings = "<si><t>satu</t></si><si><r><t>dua</t></r></si>"
    private static let styles = """
        <numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>\
        <cellXfs><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
        """
    private static let table = """
        <table:table table:name="A"><table:table-row table:number-rows-repeated="2">\
        <table:table-cell table:number-columns-repeated="3" office:value-type="float" \
        office:value="12"><text:p>12<text:s text:c="2"/></text:p></table:table-cell>\
        <table:table-cell office:value-type="date" office:date-value="2026-02-28"/>\
        </table:table-row></table:table>
        """

    private static func changed(
        _ text: String,
        _ generator: inout SeededGenerator
    ) -> String {
        var bytes = Array(text.utf8)
        let marks = Array("<>/&;\"'= 0159-eEsABZ_x[]".utf8)
        for _ in 0...Int.random(in: 0...2, using: &generator) {
            let position = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0...3, using: &generator) {
            case 0: bytes[position] = marks.randomElement(using: &generator) ?? 0
            case 1: bytes.remove(at: position)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
            default:
                // A digit more makes numbers large.
                bytes.insert(UInt8(ascii: "9"), at: position)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func read(_ bytes: [UInt8]) throws {
        let workbook = try WorkbookFixture.open(bytes, limits: limits)
        for index in workbook.sheets.indices {
            try workbook.stream(sheet: index) { _ in true }
        }
    }

    @Test("changed parts of an XLSX and of an ODS")
    func parts() throws {
        let seed: UInt64 = 1_124
        var generator = SeededGenerator(seed: seed)
        var failures = 0
        for round in 0..<3_000 {
            let bytes =
                switch round % 4 {
                case 0:
                    try WorkbookFixture.xlsx(
                        Self.changed(Self.sheet, &generator), strings: Self.strings,
                        styles: Self.styles)
                case 1:
                    try WorkbookFixture.xlsx(
                        Self.sheet, strings: Self.changed(Self.strings, &generator),
                        styles: Self.changed(Self.styles, &generator))
                default: try WorkbookFixture.ods(Self.changed(Self.table, &generator))
                }
            do {
                try Self.read(bytes)
            } catch {
                #expect(error is WorkbookError, "seed \(seed), round \(round)")
                failures += 1
            }
        }
        #expect(failures > 500)
    }

    @Test("changed bytes of the whole file")
    func files() throws {
        let seed: UInt64 = 2_411
        var generator = SeededGenerator(seed: seed)
        let files = [
            try WorkbookFixture.xlsx(Self.sheet, strings: Self.strings, styles: Self.styles),
            try WorkbookFixture.ods(Self.table),
        ]
        for round in 0..<3_000 {
            var bytes = files[round % 2]
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let position = Int.random(in: bytes.indices, using: &generator)
                bytes[position] = .random(in: 0...255, using: &generator)
            }
            if round % 10 == 0 { bytes.removeLast(.random(in: 0..<bytes.count, using: &generator)) }
            do {
                try Self.read(bytes)
            } catch {
                #expect(error is WorkbookError, "seed \(seed), round \(round)")
            }
        }
    }
}
