/// Reads the sheets of an Office Open XML workbook (ECMA-376, transitional and strict).
final class XLSXReader {
    let sheets: [WorkbookSheet]
    private let archive: ZipArchive
    private let limits: WorkbookLimits
    private let sheetPaths: [String]
    private let dateSystem: CellDate.System
    private let sharedStringsPath: String?
    private let stylesPath: String?
    /// Read with the first sheet and kept for the others.
    private var loaded: (strings: XLSXSharedStrings, styles: XLSXStyles)?

    /// Nil for an archive that is something else.
    init?(archive: ZipArchive, limits: WorkbookLimits) throws {
        let package = try XLSXRelationships(archive: archive, of: "")
        guard let path = package.first(ofType: "officeDocument")?.path else { return nil }
        if path.lowercased().hasSuffix(".bin") { throw WorkbookError.binaryWorkbook }
        var part = XLSXWorkbookPart()
        try archive.scan(path, &part)
        // A text document is an Office Open XML archive too.
        guard part.isWorkbook else { return nil }
        let relationships = try XLSXRelationships(archive: archive, of: path)
        // Chart sheets and macro sheets have no cells.
        let listed = part.sheets.compactMap { sheet in
            relationships.first(withIdentifier: sheet.relationship, ofType: "worksheet").map {
                (sheet: WorkbookSheet(name: sheet.name, isHidden: sheet.isHidden), path: $0.path)
            }
        }
        sheets = listed.map(\.sheet)
        sheetPaths = listed.map(\.path)
        dateSystem = part.dateSystem
        sharedStringsPath = relationships.first(ofType: "sharedStrings")?.path
        stylesPath = relationships.first(ofType: "styles")?.path
        self.archive = archive
        self.limits = limits
    }

    /// Throws `DelimitedRows.Stopped` when `body` wants no more.
    func stream(
        sheet index: Int,
        delimiter: UInt8,
        _ body: @escaping (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        let (strings, styles) = try load()
        let path = sheetPaths[index]
        var sheet = XLSXSheetScan(
            part: path, strings: strings, styles: styles, dateSystem: dateSystem,
            limits: limits,
            rows: DelimitedRows(part: path, delimiter: delimiter, limits: limits, body: body))
        try archive.scan(path, &sheet)
        try sheet.finish()
    }

    private func load() throws -> (strings: XLSXSharedStrings, styles: XLSXStyles) {
        if let loaded { return loaded }
        var strings = XLSXSharedStrings(limits: limits)
        var styles = XLSXStyles()
        // A workbook without texts or formats need not have these parts.
        if let path = sharedStringsPath, archive.entry(named: path) != nil {
            strings.part = path
            try archive.scan(path, &strings)
        }
        if let path = stylesPath, archive.entry(named: path) != nil {
            try archive.scan(path, &styles)
        }
        loaded = (strings, styles)
        return (strings, styles)
    }
}

extension ZipArchive {
    /// Reads the XML of a part; it must be there.
    func scan(_ path: String, _ handler: inout some XMLHandler) throws {
        guard let entry = entry(named: path) else { throw WorkbookError.missingPart(path) }
        var scanner = XMLScanner(part: path)
        try stream(entry) { piece in
            try scanner.feed(piece, to: &handler)
            return true
        }
        try scanner.finish()
    }
}
