internal import Foundation

/// A sheet of an Excel workbook as comma-separated text, read by GDAL.
///
/// `ogr2ogr` runs beside and its text comes through a pipe, so nothing of the sheet is written to
/// disk. All cells are read as text: typed columns would lose the leading zeros of codes. ODS is
/// not read this way: on 100,000 rows GDAL 3.6 stopped at 45,109 and reported no error.
struct WorkbookText {
    let path: String
    let sheet: String

    private static let pieceSize = 1 << 20
    private static let settings = [
        // The header may stand in any row, so no row is taken for one here.
        "--config", "OGR_XLSX_HEADERS", "DISABLE", "--config", "OGR_XLSX_FIELD_TYPES", "STRING",
    ]

    /// The names of the sheets of the workbook at `path`.
    static func sheets(path: String) throws -> [String] {
        let (output, status) = try GDALTool.run(
            "ogrinfo", settings + ["-ro", "-q", path])
        guard status == 0 else { throw PipelineError.fileIsWorkbook(path: path) }
        // `1: Sheet name (None)`, one a line.
        return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard let colon = line.range(of: ": "), Int(line[..<colon.lowerBound]) != nil else {
                return nil
            }
            let rest = line[colon.upperBound...]
            let end = rest.range(of: " (", options: .backwards)?.lowerBound ?? rest.endIndex
            return String(rest[..<end])
        }
    }

    /// The first bytes of the sheet's text.
    func head(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try stream { piece in
            bytes += piece
            return bytes.count < count
        }
        return Array(bytes.prefix(count))
    }

    /// Hands over the text piece by piece.
    func forEachPiece(_ body: (Data) throws -> Void) throws {
        try stream { piece in
            try body(piece)
            return true
        }
    }

    private func stream(_ body: (Data) throws -> Bool) throws {
        let process = GDALTool.process(
            "ogr2ogr",
            ["-f", "CSV", "/vsistdout/", path, sheet, "-lco", "STRING_QUOTING=IF_NEEDED"]
                + Self.settings)
        let pipe = Pipe()
        process.standardOutput = pipe
        try GDALTool.start(process)
        defer {
            if process.isRunning { process.terminate() }
            process.waitUntilExit()
        }
        let reader = pipe.fileHandleForReading
        var hasSkippedNames = false
        while let piece = try reader.read(upToCount: Self.pieceSize), !piece.isEmpty {
            var piece = piece
            if !hasSkippedNames {
                // Field1,Field2,…: GDAL's own names for columns without a header.
                guard let end = piece.firstIndex(of: UInt8(ascii: "\n")) else { continue }
                piece = Data(piece[(end + 1)...])
                hasSkippedNames = true
            }
            if try !body(piece) { return }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PipelineError.fileIsWorkbook(path: path) }
    }
}
