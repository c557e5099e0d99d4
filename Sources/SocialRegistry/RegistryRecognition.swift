/// Finds out what a delimited household file is from its first bytes.
public struct RegistryRecognition: Hashable, Sendable {
    public enum Failure: Error, Hashable, Sendable {
        case empty
        /// A workbook or an archive: the bytes of a ZIP file.
        case workbook
        case notUTF8
        /// None of the first rows is the header of a known layout.
        case unknownLayout(firstCells: [String])
    }

    public let delimiter: UInt8
    public let header: RegistryHeader

    private static let delimiters = [",", ";", "\t", "|"].compactMap(\.utf8.first)

    /// Recognises a file by its first bytes, some hundred thousand of them.
    public init(head: [UInt8]) throws(Failure) {
        guard head.contains(where: { $0 > 0x20 }) else { throw .empty }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .workbook }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) || head.contains(0) {
            throw .notUTF8
        }
        var firstCells: [String] = []
        for delimiter in Self.delimiters {
            let rows = Self.firstRows(of: head, delimiter: delimiter)
            for (index, cells) in rows.enumerated() {
                if let header = RegistryHeader(cells: cells, row: index + 1) {
                    self.delimiter = delimiter
                    self.header = header
                    return
                }
            }
            if let first = rows.first, first.count > firstCells.count { firstCells = first }
        }
        throw .unknownLayout(firstCells: firstCells)
    }

    private static func firstRows(of head: [UInt8], delimiter: UInt8) -> [[String]] {
        var rows: [[String]] = []
        var parser = DelimitedTextParser(delimiter: delimiter)
        let collect = { (row: DelimitedRow) in
            rows.append((0..<row.count).map(row.text))
            return rows.count < RegistryHeader.searchedRows
        }
        // A text that ends inside quotes has no complete row more to offer.
        _ = try? parser.feed(head, body: collect)
        if rows.count < RegistryHeader.searchedRows { _ = try? parser.finish(body: collect) }
        return rows
    }
}
