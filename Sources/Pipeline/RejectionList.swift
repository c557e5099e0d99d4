internal import Foundation
internal import SocialRegistry
internal import Workbooks

/// The rejected rows of a file in the sender's own layout, with what is wrong with each.
///
/// It holds the rows as they were received, so it is for the sender alone: only its owner may read
/// it. A name that ends in `.xlsx` makes a workbook, any other delimited text.
final class RejectionList {
    private let file: OutputFile
    /// Nil for delimited text.
    private var workbook: XLSXWriter?
    private let delimiter: UInt8
    private let columnCount: Int
    private let hasSheets: Bool
    private(set) var count = 0

    /// The columns that follow the sender's own.
    static let ownColumns = ["baris_asal", "kolom", "alasan", "perbaikan"]

    /// Starts the list with the sender's header and columns of ours; with `hasSheets` also with
    /// one for the sheet.
    init(
        path: String,
        columns: [String],
        delimiter: UInt8,
        hasSheets: Bool
    ) throws {
        self.hasSheets = hasSheets
        self.delimiter = delimiter
        columnCount = columns.count
        let file = try OutputFile(path: path, isPrivate: true)
        self.file = file
        let names = columns + (hasSheets ? ["lembar_asal"] : []) + Self.ownColumns
        if path.lowercased().hasSuffix(".xlsx") {
            workbook = try XLSXWriter(sheets: [.init(name: "Ditolak")]) { try file.write($0) }
            try workbook?.append(row: names)
        } else {
            let line = names.map { Self.quoted($0, delimiter) }
                .joined(separator: Self.text(delimiter))
            try file.write(Array((line + "\n").utf8))
        }
    }

    func add(_ row: DelimitedRow, sheet: String?, _ rejected: RejectedRow) throws {
        let cells =
            (hasSheets ? [sheet ?? ""] : []) + [
                String(rejected.row), rejected.column ?? "", rejected.reason.rawValue,
                rejected.reason.remedy,
            ]
        count += 1
        guard workbook != nil else {
            try file.write(row.raw)
            for cell in cells {
                try file.write(Array((Self.text(delimiter) + Self.quoted(cell, delimiter)).utf8))
            }
            try file.write([UInt8(ascii: "\n")])
            return
        }
        // Fields beyond the header's stand behind our columns, so that these stay in line.
        for index in 0..<columnCount { try workbook?.append(row.bytes(index)) }
        for cell in cells { try workbook?.append(cell) }
        for index in stride(from: columnCount, to: row.count, by: 1) {
            try workbook?.append(row.bytes(index))
        }
        try workbook?.endRow()
    }

    func finish() throws {
        try workbook?.finish()
        try file.finish()
    }

    private static func text(_ delimiter: UInt8) -> String {
        String(decoding: [delimiter], as: UTF8.self)
    }

    private static func quoted(_ cell: String, _ delimiter: UInt8) -> String {
        let needsQuotes = cell.utf8.contains {
            $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        }
        guard needsQuotes else { return cell }
        return "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
