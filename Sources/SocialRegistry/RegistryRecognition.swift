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
        // Where a delimiter does not occur a row is one cell, and no header.
        let present = Self.present(Self.delimiters, in: text)
        var tables: [HeaderRows] = []
        // A header of one row first: a wider one could take a title for a part of it.
        for height in 1...HeaderRows.mostRows {
            for (index, delimiter) in present.enumerated() {
                if index == tables.count {
                    tables.append(HeaderRows(text, delimiter: delimiter))
                }
                if let header = tables[index].header(height: height) {
                    self.encoding = encoding
                    self.delimiter = delimiter
                    self.header = header
                    return
                }
            }
        }
        throw .unknownLayout(firstCells: Self.firstCells(of: text))
    }

    /// Reads the header by a mapping, whose delimiter and row count when it names them.
    ///
    /// - Returns: the recognition, or what is wrong with the mapping for this file.
    public static func mapped(
        head: [UInt8],
        by mapping: ColumnMapping
    ) throws(Failure) -> Result<RegistryRecognition, ColumnMapping.Problems> {
        let (encoding, text) = try Self.text(of: head)
        let columns = MappedColumns(mapping)
        var best: ColumnMapping.Problems?
        for delimiter in mapping.delimiter.map({ [$0] }) ?? differing(in: text) {
            let rows = HeaderRows(text, delimiter: delimiter)
            for index in 0..<rows.count {
                if let row = mapping.headerRow, row != index + 1 { continue }
                switch columns.header(cells: rows.texts(index), row: index + 1) {
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

    private static func present(_ delimiters: [UInt8], in text: [UInt8]) -> [UInt8] {
        var occurs = Array(repeating: false, count: 256)
        for byte in text { occurs[Int(byte)] = true }
        return delimiters.filter { occurs[Int($0)] }
    }

    /// The delimiters that split the text in different ways: of those that do not occur the first.
    private static func differing(in text: [UInt8]) -> [UInt8] {
        let present = present(delimiters, in: text)
        let absent = delimiters.first { !present.contains($0) }
        return delimiters.filter { present.contains($0) || $0 == absent }
    }

    /// The cells of the first row, by the delimiter with the most of them.
    private static func firstCells(of text: [UInt8]) -> [String] {
        var cells: [String] = []
        for delimiter in differing(in: text) {
            let rows = HeaderRows(text, delimiter: delimiter, count: 1)
            guard rows.count > 0 else { continue }
            let first = rows.texts(0)
            if first.count > cells.count { cells = first }
        }
        return cells
    }
}
