internal import Foundation
public import PovertyModel
public import SocialRegistry
public import SpatialStore

/// Reads a household file into the database.
public struct RegistryImporting {
    public struct Options: Sendable {
        /// A YAML file that says what the columns are, for a layout that peta does not know.
        public var mapping: String?
        /// A file for the rejected rows as they were received; written only when there are any.
        public var rejections: String?
        /// The import that this file corrects, when it is not the one of the same name and day.
        public var replaces: Int64?
        /// Specific personal data that is kept; all other is left out.
        public var keptSpecific: Set<SpecificData> = []

        public init() {}
    }

    public struct Summary: Hashable, Sendable {
        public let imported: RegistryImport
        public let layoutTitle: String
        /// The same file was imported before; nothing changed.
        public let isRepeat: Bool
        /// The import whose place this one took.
        public let replaced: Int64?
        public let rejected: [RejectedRow.Reason: Int]
        public let remarks: [RowRemark: Int]
        /// Values that no code list knows, by column; they are kept as they are.
        public let unknownCodes: [String: Int]
        /// Columns of specific personal data that were left out.
        public let leftOut: [String]
        /// Sheets that were not read, since they are of no or another layout.
        public let otherSheets: [String]

        /// Rows read are rows stored and rows rejected: every row is in one of them.
        public var addsUp: Bool {
            imported.rowsRead == imported.rowsStored + rejected.values.reduce(0, +)
        }
    }

    public let database: PovertyDatabase
    public let seal: IdentitySeal
    public let progress: any StepProgress

    public init(database: PovertyDatabase, seal: IdentitySeal, progress: any StepProgress) {
        self.database = database
        self.seal = seal
        self.progress = progress
    }

    /// Imports a file; `releaseDate` is the day it describes, which the file does not say.
    public func run(
        path: String,
        releaseDate: CalendarDate,
        options: Options = Options()
    ) throws -> Summary {
        let file = try InputFile(path: path)
        let mapping = try options.mapping.map(MappingFile.read)
        let registry = try RegistryFile(file, mapping: mapping)
        let layout = registry.layout
        let digest = try hash(file)
        if let known = try database.registryImport(sha256: digest) {
            return try summary(of: known, layout: layout, isRepeat: true)
        }
        let replaced = try replacedImport(
            options.replaces, layout: layout, fileName: file.name, date: releaseDate)
        let first = registry.sheets[0]
        let description = RegistryFileDescription(
            layout: layout.id,
            source: layout.source,
            role: layout.role.rawValue,
            fileName: file.name,
            releaseDate: releaseDate,
            sheets: registry.sheets.map(\.stored),
            delimiter: String(decoding: [first.recognition.delimiter], as: UTF8.self),
            keepsSpecific: !options.keptSpecific.isEmpty)
        let list = try options.rejections.map { path in
            try RejectionList(
                path: path, columns: first.header.columns,
                delimiter: first.recognition.delimiter, hasSheets: registry.sheets.count > 1)
        }
        var unknownCodes: [String: Int] = [:]
        let imported = try database.importRegistry(
            description, replacing: replaced, seal: seal
        ) { writer in
            let pass = RegistryPass(
                registry, writer: writer, rejections: list, progress: progress,
                year: mapping?.year ?? releaseDate.year, kept: options.keptSpecific)
            defer { unknownCodes = pass.unknownCodes }
            return try pass.run(sha256: digest)
        }
        if let list, list.count > 0 { try list.finish() }
        try database.checkpoint()
        return try summary(
            of: imported, layout: layout, isRepeat: false, replaced: replaced?.id,
            unknownCodes: unknownCodes,
            leftOut: first.header.specificColumns
                .filter { !options.keptSpecific.contains($0.kind) }
                .map { first.header.columns[$0.index] },
            otherSheets: registry.otherSheets)
    }

    private func hash(_ file: InputFile) throws -> String {
        var digest = SHA256Digest()
        try file.forEachPiece { piece, _ in digest.update(piece) }
        return digest.finish()
    }

    /// The import that was named, or the one of the same layout, day and name: a file that comes
    /// again with another content is a corrected one.
    private func replacedImport(
        _ id: Int64?,
        layout: RegistryLayout,
        fileName: String,
        date: CalendarDate
    ) throws -> RegistryImport? {
        let current = try database.registryImports().filter { $0.replacedBy == nil }
        guard let id else {
            return current.first {
                $0.layout == layout.id && $0.source == layout.source && $0.releaseDate == date
                    && $0.fileName == fileName
            }
        }
        guard let named = current.first(where: { $0.id == id }) else {
            throw PipelineError.unknownRegister(id: id, known: current.map(\.id))
        }
        return named
    }

    private func summary(
        of imported: RegistryImport,
        layout: RegistryLayout,
        isRepeat: Bool,
        replaced: Int64? = nil,
        unknownCodes: [String: Int] = [:],
        leftOut: [String] = [],
        otherSheets: [String] = []
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
            replaced: replaced,
            rejected: Dictionary(uniqueKeysWithValues: rejected),
            remarks: Dictionary(uniqueKeysWithValues: remarks),
            unknownCodes: unknownCodes,
            leftOut: leftOut,
            otherSheets: otherSheets)
    }
}
