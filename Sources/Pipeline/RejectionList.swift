internal import SocialRegistry

/// The rejected rows of a file in the sender's own layout, with what is wrong with each.
///
/// It holds the rows as they were received, so it is for the sender alone: only its owner may read it.
final class RejectionList {
    private let file: OutputFile
    private let delimiter: UInt8
    private(set) var count = 0

    /// Starts the list with the sender's header and three columns of ours.
    init(path: String, header: RegistryHeader, delimiter: UInt8) throws(PipelineError) {
        file = try OutputFile(path: path, isPrivate: true)
        self.delimiter = delimiter
        let names =
            header.columns.map { Self.quoted($0, delimiter) } + [
                "baris_asal", "alasan", "perbaikan",
            ]
        try file.write(Array(names.joined(separator: Self.text(delimiter)).utf8))
        try file.write([UInt8(ascii: "\n")])
    }

    func add(_ raw: UnsafeBufferPointer<UInt8>, _ rejected: RejectedRow) throws(PipelineError) {
        try file.write(raw)
        let cells = [String(rejected.row), rejected.reason.rawValue, rejected.reason.remedy]
        for cell in cells {
            try file.write(Array((Self.text(delimiter) + Self.quoted(cell, delimiter)).utf8))
        }
        try file.write([UInt8(ascii: "\n")])
        count += 1
    }

    func finish() throws(PipelineError) { try file.finish() }

    private static func text(_ delimiter: UInt8) -> String {
        String(decoding: [delimiter], as: UTF8.self)
    }

    private static func quoted(_ cell: String, _ delimiter: UInt8) -> String {
        let needsQuotes = cell.utf8.contains { $0 == delimiter || $0 == UInt8(ascii: "\"") }
        guard needsQuotes else { return cell }
        return "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
