internal import Foundation
internal import PovertyModel
internal import SocialRegistry
internal import SpatialStore

/// One reading of a household file, from the header of its first sheet to the end of its last.
final class RegistryPass {
    private let registry: RegistryFile
    private let writer: RegistryWriter
    private let rejections: RejectionList?
    private let progress: any StepProgress
    private let year: Int
    private let kept: Set<SpecificData>

    private var reader: RegistryReader
    private var identity: IdentityReader?
    private var redaction: RowRedaction
    private var sheet = 0
    private var rowsRead = 0
    private var remarks: [RowRemark: Int] = [:]
    private var hasSimulatedNumber = false
    private var lastRow = (number: 0, fields: 0)
    private var redacted: [UInt8] = []
    /// Families of a register of persons that have their row already.
    private var seenFamilies: Set<String> = []
    private(set) var unknownCodes: [String: Int] = [:]

    /// Simulated registers number their families in a province that does not exist.
    private static let simulatedPrefix = "99"
    /// Rows of a sheet are numbered below this, so that the sheet can be told from the number.
    private static let mostRows = 1 << PovertyDatabase.sheetShift

    init(
        _ registry: RegistryFile,
        writer: RegistryWriter,
        rejections: RejectionList?,
        progress: any StepProgress,
        year: Int,
        kept: Set<SpecificData>
    ) {
        self.registry = registry
        self.writer = writer
        self.rejections = rejections
        self.progress = progress
        self.year = year
        self.kept = kept
        let first = registry.sheets[0]
        reader = RegistryReader(header: first.header, year: year)
        redaction = RowRedaction(
            header: first.header, delimiter: first.recognition.delimiter, keeping: kept)
    }

    func run(sha256: String) throws -> RegistryFileOutcome {
        let step = "Reading \(registry.file.name)"
        for (index, sheet) in registry.sheets.enumerated() {
            self.sheet = index
            let header = sheet.header
            if index > 0 {
                reader = RegistryReader(continuing: reader, header: header, year: year)
                redaction = RowRedaction(
                    header: header, delimiter: sheet.recognition.delimiter, keeping: kept)
            }
            // Only where a row of a keluarga has the number of its head as well.
            identity =
                header.position(of: .headNIK) != nil
                ? IdentityReader(header: header, year: year) : nil
            try read(sheet) { fraction in
                progress.report(step, fraction: fraction)
            }
            for (column, count) in reader.unknownCodes {
                unknownCodes[column, default: 0] += count
            }
        }
        guard rowsRead > 0 else { throw PipelineError.fileHasNoRows(path: registry.file.path) }
        return RegistryFileOutcome(
            sha256: sha256,
            rowsRead: rowsRead,
            isSimulated: hasSimulatedNumber,
            remarks: Dictionary(
                uniqueKeysWithValues: remarks.map { ($0.key.rawValue, $0.value) }))
    }

    private func read(_ sheet: RegistryFile.Sheet, report: (Double) -> Void) throws {
        var parser = DelimitedTextParser(delimiter: sheet.recognition.delimiter)
        let label = sheet.content.label
        let take = { [self] (row: DelimitedRow) throws -> Bool in
            if row.number > sheet.header.row { try self.take(row, of: sheet) }
            return true
        }
        do {
            try sheet.content.forEachPiece(encoding: sheet.recognition.encoding) {
                piece, fraction in
                try parser.feed(piece, body: take)
                report(fraction)
            }
            let isOpen = try parser.finish(body: take)
            if isOpen, lastRow.fields < sheet.header.columns.count {
                throw PipelineError.fileCut(path: label, row: lastRow.number)
            }
        } catch let failure as DelimitedTextParser.Failure {
            throw switch failure {
            case .endsInsideQuotes(let row), .recordTooLong(let row):
                PipelineError.fileQuoteOpen(path: label, row: row)
            }
        }
    }

    private func take(_ row: DelimitedRow, of sheet: RegistryFile.Sheet) throws {
        lastRow = (row.number, row.count)
        let label = sheet.content.label
        guard row.number < Self.mostRows else { throw PipelineError.fileTooLong(path: label) }
        if let column = row.firstFieldNotUTF8() {
            let names = sheet.header.columns
            throw PipelineError.fileNotUTF8(
                path: label, row: row.number, column: column < names.count ? names[column] : nil)
        }
        switch reader.read(row) {
        case .blank:
            return
        case .rejected(let rejected):
            try reject(row, rejected)
        case .position(let record):
            note(record.key, record.remarks)
            try withStored(row, key: record.key) { stored in
                try writer.addPosition(
                    stored,
                    fix: WrittenFix(x: record.x, y: record.y, accuracy: record.accuracyMetres),
                    place: StoredPlaceText(record.place))
            }
        case .keluarga(let record):
            note(record.key, record.remarks)
            let isStored = try withStored(row, key: record.key) { stored in
                try writer.addKeluarga(
                    stored,
                    place: StoredPlaceText(record.place) ?? .empty,
                    addressPlace: addressPlace(row),
                    desil: record.desil,
                    fix: record.position.map {
                        WrittenFix(x: $0.x, y: $0.y, accuracy: $0.accuracyMetres)
                    })
            }
            if !isStored { try rejectDuplicate(row) }
        case .person(let record):
            note(record.familyKey ?? record.personKey, record.remarks)
            try addPerson(row, record)
        }
        rowsRead += 1
    }

    private func addPerson(_ row: DelimitedRow, _ record: PersonRecord) throws {
        // In a register of persons the first of a family stands for it.
        var family: StoredPlaceText?
        if sheetLayout.role == .personRegister,
            record.familyKey.map({ seenFamilies.insert($0).inserted }) ?? true
        {
            family = StoredPlaceText(record.place) ?? .empty
        }
        try withStored(row, key: record.familyKey) { stored in
            try writer.addPerson(stored, personKey: record.personKey, family: family)
        }
    }

    private var sheetLayout: RegistryLayout { registry.sheets[sheet].header.layout }

    private func note(_ number: String?, _ remarks: [RowRemark]) {
        if let number, FamilyKey.number(in: number).hasPrefix(Self.simulatedPrefix) {
            hasSimulatedNumber = true
        }
        for remark in remarks { self.remarks[remark, default: 0] += 1 }
    }

    /// Hands over the row as it is stored: its number, its keys, and its bytes without specific
    /// data.
    private func withStored<T>(
        _ row: DelimitedRow,
        key: String?,
        _ body: (StoredRow) throws -> T
    ) throws -> T {
        let number = sheet * Self.mostRows + row.number
        let others = otherKeys(row).filter { $0 != key }
        if redaction.isIdentity {
            return try body(
                StoredRow(row: number, key: key, otherKeys: others, raw: row.raw))
        }
        redacted.removeAll(keepingCapacity: true)
        redaction.append(row.raw, to: &redacted)
        return try redacted.withUnsafeBufferPointer {
            try body(StoredRow(row: number, key: key, otherKeys: others, raw: $0))
        }
    }

    /// The NIK of the head, under which a sheet may know the family that a register numbers.
    private func otherKeys(_ row: DelimitedRow) -> [String] {
        guard let nik = identity?.nik(row) else { return [] }
        return [FamilyKey.nik(nik)]
    }

    /// The desa that the address names, where it does.
    private func addressPlace(_ row: DelimitedRow) -> StoredPlaceText? {
        guard let column = registry.sheets[sheet].header.position(of: .address) else { return nil }
        let bytes = row.bytes(column)
        guard AddressText.mayNameDesa(bytes) else { return nil }
        let address = AddressText.parse(bytes)
        guard let desa = address.desaName else { return nil }
        return StoredPlaceText(
            code: "", desaName: desa, kecamatanName: address.kecamatanName ?? "")
    }

    private func reject(_ row: DelimitedRow, _ rejected: RejectedRow) throws {
        try writer.addRejected(
            row: sheet * Self.mostRows + rejected.row, column: rejected.column,
            reason: rejected.reason.rawValue, detail: rejected.detail)
        try rejections?.add(row, sheet: registry.sheets[sheet].content.name, rejected)
    }

    private func rejectDuplicate(_ row: DelimitedRow) throws {
        try reject(
            row,
            RejectedRow(
                row: row.number, column: nil, reason: .duplicateKeluarga,
                detail: "stands in another file of this register"))
    }
}

extension StoredPlaceText {
    static let empty = StoredPlaceText(code: "", desaName: "", kecamatanName: "")

    /// Nil when nothing is written.
    init?(_ place: WrittenPlace) {
        guard !place.code.isEmpty || !place.desaName.isEmpty || !place.kecamatanName.isEmpty
        else { return nil }
        self.init(
            code: place.code, desaName: place.desaName, kecamatanName: place.kecamatanName)
    }
}
