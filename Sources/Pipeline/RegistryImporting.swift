internal import Foundation
public import PovertyModel
public import SocialRegistry
public import SpatialStore

/// Reads a household file into the database.
public struct RegistryImporting {
    public struct Summary: Hashable, Sendable {
        public let imported: RegistryImport
        public let layoutTitle: String
        /// The same file was imported before; nothing changed.
        public let isRepeat: Bool
        public let rejected: [RejectedRow.Reason: Int]
        public let remarks: [RowRemark: Int]

        /// Rows read are rows stored and rows rejected: every row is in one of them.
        public var addsUp: Bool {
            imported.rowsRead == imported.rowsStored + rejected.values.reduce(0, +)
        }
    }

    public let database: PovertyDatabase
    public let seal: IdentitySeal
    public let progress: any StepProgress

    /// Simulated registers number their families in a province that does not exist.
    private static let simulatedPrefix = "99"

    public init(database: PovertyDatabase, seal: IdentitySeal, progress: any StepProgress) {
        self.database = database
        self.seal = seal
        self.progress = progress
    }

    /// Imports a file; `releaseDate` is the day it describes, which the file does not say.
    ///
    /// `rejections` names a file for the rejected rows as they were received; it is written only
    /// when there are any.
    public func run(
        path: String,
        releaseDate: CalendarDate,
        rejections: String? = nil
    ) throws -> Summary {
        let file = try InputFile(path: path)
        let text = try RegistryText(file)
        let recognition = text.recognition
        let layout = recognition.header.layout
        let digest = try hash(file)
        if let known = try database.registryImport(sha256: digest) {
            return try summary(of: known, layout: layout, isRepeat: true)
        }
        let description = RegistryFileDescription(
            layout: layout.id,
            source: layout.source,
            role: layout.role.rawValue,
            fileName: file.name,
            releaseDate: releaseDate,
            header: recognition.header.columns.joined(separator: "\u{1F}"))
        let list = try rejections.map { path in
            try RejectionList(
                path: path, header: recognition.header, delimiter: recognition.delimiter)
        }
        let imported = try database.importRegistry(description, seal: seal) { writer in
            try RegistryPass(
                text, writer: writer, rejections: list, progress: progress
            ).run(sha256: digest, simulatedPrefix: Self.simulatedPrefix)
        }
        if let list, list.count > 0 { try list.finish() }
        try database.checkpoint()
        return try summary(of: imported, layout: layout, isRepeat: false)
    }

    private func hash(_ file: InputFile) throws -> String {
        var digest = SHA256Digest()
        try file.forEachPiece { piece, _ in digest.update(piece) }
        return digest.finish()
    }

    private func summary(
        of imported: RegistryImport,
        layout: RegistryLayout,
        isRepeat: Bool
    ) throws -> Summary {
        let rejected = try database.rejectionCounts(of: imported).compactMap { name, count in
            RejectedRow.Reason(rawValue: name).map { ($0, count) }
        }
        let remarks = try database.remarkCounts(of: imported).compactMap { name, count in
            RowRemark(rawValue: name).map { ($0, count) }
        }
        return Summary(
            imported: imported,
            layoutTitle: layout.title,
            isRepeat: isRepeat,
            rejected: Dictionary(uniqueKeysWithValues: rejected),
            remarks: Dictionary(uniqueKeysWithValues: remarks))
    }
}

/// One reading of a file, from its header to its end.
private final class RegistryPass {
    private let text: RegistryText
    private let writer: RegistryWriter
    private let rejections: RejectionList?
    private let progress: any StepProgress
    private let header: RegistryHeader
    private var parser: DelimitedTextParser
    private var reader: RegistryReader
    private var rowsRead = 0
    private var remarks: [RowRemark: Int] = [:]
    private var hasSimulatedKey = false
    private var lastRow = (number: 0, fields: 0)

    init(
        _ text: RegistryText,
        writer: RegistryWriter,
        rejections: RejectionList?,
        progress: any StepProgress
    ) {
        self.text = text
        self.writer = writer
        self.rejections = rejections
        self.progress = progress
        header = text.recognition.header
        parser = DelimitedTextParser(delimiter: text.recognition.delimiter)
        reader = RegistryReader(header: text.recognition.header)
    }

    func run(sha256: String, simulatedPrefix: String) throws -> RegistryFileOutcome {
        let take = { [self] (row: DelimitedRow) throws -> Bool in
            if row.number > header.row { try self.take(row, simulatedPrefix: simulatedPrefix) }
            return true
        }
        let step = "Reading \(text.file.name)"
        do {
            try text.forEachPiece { piece, fraction in
                try parser.feed(piece, body: take)
                progress.report(step, fraction: fraction)
            }
            let isOpen = try parser.finish(body: take)
            if isOpen, lastRow.fields < header.columns.count {
                throw PipelineError.fileCut(path: text.file.path, row: lastRow.number)
            }
        } catch let failure as DelimitedTextParser.Failure {
            throw switch failure {
            case .endsInsideQuotes(let row), .recordTooLong(let row):
                PipelineError.fileQuoteOpen(path: text.file.path, row: row)
            }
        }
        guard rowsRead > 0 else { throw PipelineError.fileHasNoRows(path: text.file.path) }
        return RegistryFileOutcome(
            sha256: sha256,
            rowsRead: rowsRead,
            isSimulated: hasSimulatedKey,
            remarks: Dictionary(
                uniqueKeysWithValues: remarks.map { ($0.key.rawValue, $0.value) }))
    }

    private func take(_ row: DelimitedRow, simulatedPrefix: String) throws {
        lastRow = (row.number, row.count)
        if let column = row.firstFieldNotUTF8() {
            throw PipelineError.fileNotUTF8(
                path: text.file.path, row: row.number,
                column: column < header.columns.count ? header.columns[column] : nil)
        }
        switch reader.read(row) {
        case .blank:
            return
        case .rejected(let rejected):
            try writer.addRejected(
                row: rejected.row, column: rejected.column, reason: rejected.reason.rawValue,
                detail: rejected.detail)
            try rejections?.add(row.raw, rejected)
        case .position(let record):
            if record.key.hasPrefix(simulatedPrefix) { hasSimulatedKey = true }
            try writer.addPosition(
                row: record.row, key: record.key, x: record.x, y: record.y, raw: row.raw)
        case .keluarga(let record):
            if record.key?.hasPrefix(simulatedPrefix) == true { hasSimulatedKey = true }
            for remark in record.remarks { remarks[remark, default: 0] += 1 }
            try writer.addKeluarga(
                row: record.row, key: record.key, code: record.place.code,
                desaName: record.place.desaName, kecamatanName: record.place.kecamatanName,
                desil: record.desil, raw: row.raw)
        }
        rowsRead += 1
    }
}
