internal import PovertyModel
internal import SocialRegistry
internal import SpatialStore

/// Reads the identity out of rows that were stored, as their file wrote them.
struct StoredRows {
    private let readers: [IdentityReader]
    private let delimiter: UInt8

    init(of imported: RegistryImport, in database: PovertyDatabase) throws {
        let (sheets, delimiter) = try database.sheets(of: imported)
        self.delimiter = delimiter.utf8.first ?? UInt8(ascii: ",")
        readers = sheets.map { sheet in
            let header = RegistryHeader(
                restoring: imported.layout, role: imported.role, source: imported.source,
                columns: sheet.columns, fields: sheet.fields)
            return IdentityReader(header: header, year: imported.releaseDate.year)
        }
    }

    /// Nil for a row that can no longer be split, which is none that was stored.
    func identity(_ row: OpenedRow) -> IdentityFields? {
        var found: IdentityFields?
        var parser = DelimitedTextParser(delimiter: delimiter)
        let reader = readers[min(row.sheet, readers.count - 1)]
        let take = { (record: DelimitedRow) in
            found = reader.read(record)
            return false
        }
        _ = try? parser.feed(row.bytes, body: take)
        if found == nil { _ = try? parser.finish(body: take) }
        return found
    }

    /// The numbers from which the keys of the row are made, as the import made them.
    func numbers(_ row: OpenedRow, isOfPersons: Bool) -> RowNumbers {
        guard let identity = identity(row) else { return RowNumbers(key: nil) }
        let nik = identity.nik.map(FamilyKey.nik)
        if isOfPersons {
            return RowNumbers(key: identity.familyKey, personKey: identity.nikText)
        }
        // A sheet without a No KK knows the family by the NIK of its head.
        let key = identity.familyKey ?? nik
        return RowNumbers(
            key: key, otherKeys: [nik].compactMap(\.self).filter { $0 != key })
    }
}
