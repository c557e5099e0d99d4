/// Finds out what a delimited household file is from its first bytes.
public struct RegistryRecognition: Hashable, Sendable {
    public enum Failure: Error, Hashable, Sendable {
        case empty
        /// A workbook or an archive: the bytes of a ZIP file.
        case workbook
        /// Bytes that are text in no known encoding.
        case notUTF8
        /// None of the first rows is the header of a known layout.
        case unknownLayout(firstCells: [String])
    }

    /// How the file is written; everything else here is about its text in UTF-8.
    public let encoding: TextEncoding
    public let delimiter: UInt8
    public let header: RegistryHeader

    private static let delimiters = [",", ";", "\t", "|"].compactMap(\.utf8.first)

    /// Recognises a file by its first bytes, some hundred thousand of them, as they stand in it.
    public init(head: [UInt8]) throws(Failure) {
        let (encoding, text) = try Self.text(of: head)
        var firstCells: [String] = []
        var texts: [(delimiter: UInt8, rows: [[String]])] = []
        for delimiter in Self.delimiters {
            let rows = Self.firstRows(of: text, delimiter: delimiter)
            texts.append((delimiter, rows))
            if let first = rows.first, first.count > firstCells.count { firstCells = first }
        }
        // A header of one row first: a wider one could take a title for a part of it.
        for height in 1...HeaderRows.mostRows {
            for (delimiter, rows) in texts {
                if let header = Self.header(in: rows, height: height) {
                    self.encoding = encoding
                    self.delimiter = delimiter
                    self.header = header
                    return
                }
            }
        }
        throw .unknownLayout(firstCells: firstCells)
    }

    /// Reads the header by a mapping, whose delimiter and row count when it names them.
    ///
    /// - Returns: the recognition, or what is wrong with the mapping for this file.
    public static func mapped(
        head: [UInt8],
        by mapping: ColumnMapping
    ) throws(Failure) -> Result<RegistryRecognition, ColumnMapping.Problems> {
        let (encoding, text) = try Self.text(of: head)
        var best: ColumnMapping.Problems?
        for delimiter in mapping.delimiter.map({ [$0] }) ?? delimiters {
            let rows = firstRows(of: text, delimiter: delimiter)
            for (index, cells) in rows.enumerated() {
                if let row = mapping.headerRow, row != index + 1 { continue }
                switch mapping.header(cells: cells, row: index + 1) {
                case .success(let header):
                    return .success(
                        RegistryRecognition(
                            encoding: encoding, delimiter: delimiter, header: header))
                case .failure(let problems):
                    // The row with the fewest problems is most likely the header.
                    if problems.all.count < best?.all.count ?? .max { best = problems }
                }
            }
        }
        return .failure(best ?? ColumnMapping.Problems(all: [.noHeaderRow]))
    }

    private init(encoding: TextEncoding, delimiter: UInt8, header: RegistryHeader) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
    }

    private static func text(
        of head: [UInt8]
    ) throws(Failure) -> (TextEncoding, [UInt8]) {
        guard head.contains(where: { $0 > 0x20 }) else { throw .empty }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw .workbook }
        let encoding = TextEncoding(head: head)
        let text = TextTranscoder.utf8(of: head, encoding: encoding)
        if text.contains(0) { throw .notUTF8 }
        // A table in UTF-16 is mostly Latin; bytes that only begin like one are not.
        let isUTF16 = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
        if isUTF16, text.count(where: { $0 < 0x80 }) * 2 < text.count { throw .notUTF8 }
        return (encoding, text)
    }

    private static func header(in rows: [[String]], height: Int) -> RegistryHeader? {
        guard rows.count >= height else { return nil }
        for start in 0...(rows.count - height) {
            guard var header = header(of: rows[start..<start + height]) else { continue }
            // "ID Keluarga" is a name, and so is "ID Keluarga P3KE" with the row below it.
            var end = start + height
            while end < rows.count, end - start < HeaderRows.mostRows,
                HeaderRows.isContinuation(rows[end], of: Array(rows[start..<end])),
                let taller = self.header(of: rows[start...end])
            {
                header = taller
                end += 1
            }
            return header
        }
        return nil
    }

    private static func header(of rows: ArraySlice<[String]>) -> RegistryHeader? {
        guard let first = rows.first else { return nil }
        return RegistryHeader(
            cells: rows.count == 1 ? first : HeaderRows.combined(Array(rows)),
            row: rows.endIndex,
            height: rows.count)
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
