internal import SocialRegistry

/// What a household file is, told before anything of it is stored.
public struct RegistryDetection: Sendable {
    public let fileName: String
    public let layoutTitle: String
    /// What the file can serve for, in a few words.
    public let role: String
    public let delimiter: String
    public let headerRow: Int
    /// Each column with what peta takes it for; nil for one that is stored unread, encrypted.
    public let columns: [(name: String, field: String?)]
    public let rows: Int

    /// Recognises the file at `path` and counts the records under its header.
    public init(path: String) throws {
        let file = try InputFile(path: path)
        let text = try RegistryText(file)
        let recognition = text.recognition
        let header = recognition.header
        fileName = file.name + (text.sheet.map { ", sheet “\($0)”" } ?? "")
        layoutTitle = header.layout.title
        role =
            switch header.layout.role {
            case .fullRegister: "full register: gives counts and denominators"
            case .partialRegister: "partial register: gives counts, no hotspot test"
            case .positions: "positions of families that a register lists"
            }
        delimiter =
            switch recognition.delimiter {
            case UInt8(ascii: "\t"): "tab"
            default: String(decoding: [recognition.delimiter], as: UTF8.self)
            }
        headerRow = header.row
        let meaning = Dictionary(
            uniqueKeysWithValues: RegistryField.allCases.compactMap { field in
                header.position(of: field).map { ($0, field.english) }
            })
        columns = header.columns.enumerated().map { ($1, meaning[$0]) }
        var parser = DelimitedTextParser(delimiter: recognition.delimiter)
        var rows = 0
        let count = { (row: DelimitedRow) throws -> Bool in
            if row.number > header.row, !row.isBlank { rows += 1 }
            return true
        }
        do {
            try text.forEachPiece { piece, _ in try parser.feed(piece, body: count) }
            _ = try parser.finish(body: count)
        } catch is DelimitedTextParser.Failure {
            throw PipelineError.fileQuoteOpen(path: path, row: header.row + rows + 1)
        }
        self.rows = rows
    }
}

extension RegistryField {
    fileprivate var english: String {
        switch self {
        case .familyCardNumber: "No KK (key of the keluarga)"
        case .p3keID: "ID Keluarga P3KE (key of the keluarga)"
        case .desaCode: "code of the desa"
        case .desaName: "name of the desa"
        case .kecamatanName: "name of the kecamatan"
        case .desil: "desil"
        case .positionX: "longitude"
        case .positionY: "latitude"
        }
    }
}
