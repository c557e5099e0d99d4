internal import Foundation
internal import SocialRegistry
internal import SpatialStore

/// A household file, whatever form it came in, with what was recognised in it.
struct RegistryFile {
    struct Sheet {
        let content: TableContent
        let recognition: RegistryRecognition

        var header: RegistryHeader { recognition.header }

        /// What is kept of it, so that its rows can be read again.
        var stored: RegistrySheet {
            let fields = header.fields.enumerated().compactMap { index, field in
                field.map { ($0.rawValue, index) }
            }
            return RegistrySheet(
                name: content.name ?? "", columns: header.columns,
                fields: Dictionary(uniqueKeysWithValues: fields))
        }
    }

    let file: InputFile
    /// Those with the header of one layout, the first that was found; they are read one after
    /// the other.
    let sheets: [Sheet]
    /// Names of sheets with no such header, which are not read.
    let otherSheets: [String]

    private static let headSize = 256 << 10

    var layout: RegistryLayout { sheets[0].header.layout }

    /// Recognises `file`, by the header or by what a mapping says of its columns.
    init(_ file: InputFile, mapping: ColumnMapping? = nil) throws {
        self.file = file
        var sheets: [Sheet] = []
        var others: [String] = []
        var failure: PipelineError?
        for content in try TableContent.all(file) {
            do {
                let sheet = try Self.recognise(content, mapping: mapping)
                if let first = sheets.first, first.header.layout.id != sheet.header.layout.id {
                    others.append(content.name ?? "")
                } else {
                    sheets.append(sheet)
                }
            } catch let error as PipelineError where error.isOfOneSheet {
                failure = failure ?? error
                others.append(content.name ?? "")
            }
        }
        guard !sheets.isEmpty else { throw failure ?? PipelineError.fileEmpty(path: file.path) }
        self.sheets = sheets
        otherSheets = others
    }

    private static func recognise(
        _ content: TableContent,
        mapping: ColumnMapping?
    ) throws -> Sheet {
        let head = try content.head(headSize)
        do {
            guard let mapping else {
                return Sheet(content: content, recognition: try RegistryRecognition(head: head))
            }
            switch try RegistryRecognition.mapped(head: head, by: mapping) {
            case .success(let recognition):
                return Sheet(content: content, recognition: recognition)
            case .failure(let problems):
                throw PipelineError.mappingDoesNotFit(
                    path: content.label, problems: problems.all.map(\.text))
            }
        } catch let failure as RegistryRecognition.Failure {
            throw switch failure {
            case .empty: PipelineError.fileEmpty(path: content.label)
            case .workbook, .notUTF8:
                PipelineError.fileNotUTF8(path: content.label, row: nil, column: nil)
            case .unknownLayout(let cells):
                PipelineError.fileUnknownLayout(path: content.label, firstCells: cells)
            }
        }
    }
}

extension PipelineError {
    /// Another sheet of the same workbook may do.
    fileprivate var isOfOneSheet: Bool {
        switch self {
        case .fileEmpty, .fileUnknownLayout, .mappingDoesNotFit: true
        default: false
        }
    }
}
