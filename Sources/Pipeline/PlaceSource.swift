internal import Foundation
internal import Geocoding
internal import SocialRegistry

/// A table of places as a stream of pieces of whole lines: a text file, or the first sheet with
/// a header of a workbook.
final class PlaceSource {
    let name: String
    let delimiter: UInt8
    let header: [String]
    /// As written, with its line end.
    let headerLine: [UInt8]

    private let content: TableContent

    /// A piece is cut so that each core has one.
    private static let pieceSize = 2 << 20
    private static let headSize = 256 << 10

    init(path: String) throws {
        let file = try InputFile(path: path)
        name = file.name
        let sheets = try TableContent.all(file)
        content = sheets.first { (try? $0.head(64))?.contains { $0 > 0x20 } == true } ?? sheets[0]
        let head = try content.head(Self.headSize)
        guard head.contains(where: { $0 > 0x20 }) else { throw PipelineError.fileEmpty(path: path) }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = head.starts(with: mark) ? mark.count : 0
        let end = head[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? head.count
        headerLine = Array(head[..<end])
        let line = Array(head[start..<end])
        delimiter = TableLines.delimiter(ofHeader: line)
        header = Self.fields(of: line, delimiter: delimiter)
    }

    private static func fields(of line: [UInt8], delimiter: UInt8) -> [String] {
        var names: [String] = []
        var parser = DelimitedTextParser(delimiter: delimiter)
        let take = { (row: DelimitedRow) in
            names = (0..<row.count).map(row.text)
            return false
        }
        // A header cut inside quotes names what it names.
        _ = try? parser.feed(line, body: take)
        if names.isEmpty { _ = try? parser.finish(body: take) }
        return names
    }

    /// Hands over the lines under the header, in batches of one piece for each core, with the
    /// share of the file read so far.
    func forEachBatch(
        cut: (UnsafeBufferPointer<UInt8>) -> Int,
        body: ([[UInt8]], Double) throws -> Void
    ) throws {
        let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
        var pending: [UInt8] = []
        var pieces: [[UInt8]] = []
        var toSkip = headerLine.count
        try content.forEachPiece { data, fraction in
            let skipped = min(toSkip, data.count)
            toSkip -= skipped
            pending.append(contentsOf: data.dropFirst(skipped))
            guard pending.count >= Self.pieceSize else { return }
            let whole = pending.withUnsafeBufferPointer(cut)
            guard whole > 0 else { return }
            pieces.append(Array(pending[..<whole]))
            pending.removeSubrange(..<whole)
            if pieces.count == cores {
                try body(pieces, fraction)
                pieces = []
            }
        }
        if !pending.isEmpty { pieces.append(pending) }
        if !pieces.isEmpty { try body(pieces, 1) }
    }
}
