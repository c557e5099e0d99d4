internal import Foundation
internal import SocialRegistry

/// A household file as delimited text, whatever form it came in, with what was recognised.
struct RegistryText {
    let file: InputFile
    let recognition: RegistryRecognition
    /// Nil for a file that is text itself.
    let sheet: String?

    private static let headSize = 256 << 10

    /// Recognises `file`; of a workbook the first sheet with the header of a known layout.
    init(_ file: InputFile) throws {
        self.file = file
        do {
            recognition = try RegistryRecognition(head: file.head(Self.headSize))
            sheet = nil
        } catch RegistryRecognition.Failure.workbook {
            (recognition, sheet) = try Self.workbook(file)
        } catch let failure as RegistryRecognition.Failure {
            throw Self.error(failure, path: file.path)
        }
    }

    private static func workbook(
        _ file: InputFile
    ) throws -> (RegistryRecognition, String?) {
        var failure = RegistryRecognition.Failure.empty
        for sheet in try WorkbookText.sheets(path: file.path) {
            do {
                let text = WorkbookText(path: file.path, sheet: sheet)
                return (try RegistryRecognition(head: text.head(headSize)), sheet)
            } catch let found as RegistryRecognition.Failure {
                failure = found
            }
        }
        throw error(failure, path: file.path)
    }

    /// Hands over the text piece by piece, with the share of the file read so far.
    func forEachPiece(_ body: (Data, Double) throws -> Void) throws {
        guard let sheet else {
            try file.forEachPiece { piece, position in
                try body(piece, Double(position) / Double(max(file.byteCount, 1)))
            }
            return
        }
        // How much text a workbook holds is known only at its end.
        try WorkbookText(path: file.path, sheet: sheet).forEachPiece { try body($0, 0) }
        try body(Data(), 1)
    }

    private static func error(
        _ failure: RegistryRecognition.Failure,
        path: String
    ) -> PipelineError {
        switch failure {
        case .empty: .fileEmpty(path: path)
        case .workbook: .fileIsWorkbook(path: path)
        case .notUTF8: .fileNotUTF8(path: path, row: nil, column: nil)
        case .unknownLayout(let cells): .fileUnknownLayout(path: path, firstCells: cells)
        }
    }
}
