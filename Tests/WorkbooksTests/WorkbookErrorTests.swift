import Testing

@testable import Workbooks

struct WorkbookErrorTests {
    @Test("each error says what is wrong and what to do, in its own words")
    func words() {
        let part = "xl/worksheets/sheet1.xml"
        let errors: [WorkbookError] =
            [
                .notAWorkbook, .oldBinaryWorkbook, .binaryWorkbook, .encrypted,
                .unknownCompression(part: part, method: 9), .missingPart(part),
            ]
            + [.noDirectory, .directory, .localHeader, .content(part: part), .truncated].map {
                .damagedArchive($0)
            } + [.damagedArchive(.checksum(part: part))]
            + [
                .markup, .entity, .unbalanced, .incomplete, .encodingNotUTF8, .documentType,
                .nestedTooDeep, .tokenTooLong, .tooManyAttributes,
            ].map { .malformedXML(part: part, byte: 1, $0) }
            + [.reference, .rowsOutOfOrder, .cellsOutOfOrder, .sharedString, .repetition].map {
                .malformedCell(part: part, row: 1, $0)
            }
            + [
                .unpackedBytes, .compressionRatio, .rows, .columns, .rowText, .sheetText,
                .repeatedRows, .sharedStrings, .archiveEntries, .archiveBytes,
            ].map { .tooLarge(part: part, $0) }
        let words = errors.map(\.description)
        #expect(Set(words).count == errors.count)
        #expect(words.filter { !$0.hasSuffix(".") || !$0.contains(". ") } == [])
    }
}
