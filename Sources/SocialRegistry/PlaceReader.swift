/// Reads where a row says that its keluarga lives.
struct PlaceReader: Sendable {
    private let composes: Bool
    private let provinsiColumn: Int
    private let kabupatenColumn: Int
    private let kecamatanCodeColumn: Int
    private let codeColumn: Int
    private let desaColumn: Int
    private let kecamatanColumn: Int

    init(header: RegistryHeader) {
        func column(_ field: RegistryField) -> Int { header.position(of: field) ?? .max }
        composes = header.layout.composesDesaCode
        provinsiColumn = column(.provinsiCode)
        kabupatenColumn = column(.kabupatenCode)
        kecamatanCodeColumn = column(.kecamatanCode)
        codeColumn = column(.desaCode)
        desaColumn = column(.desaName)
        kecamatanColumn = column(.kecamatanName)
    }

    func place(_ row: DelimitedRow) -> WrittenPlace {
        WrittenPlace(
            code: code(row),
            desaName: row.text(desaColumn),
            kecamatanName: row.text(kecamatanColumn))
    }

    /// The code of the desa; of one in pieces ten digits when they fit together.
    func code(_ row: DelimitedRow) -> String {
        if composes, let code = composed(row) { return code }
        var bytes = row.bytes(codeColumn)
        if bytes.first == UInt8(ascii: "'") {
            bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst()).trimmed
        }
        // 3513010001.0: a number on its way through a table of numbers.
        if bytes.count > 10, let whole = bytes.wholePart, whole.count == 10,
            whole.decimalNumber != nil
        {
            bytes = whole
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts 35, 13, 010 and 001 together (BPS), or 35, 13, 01 and 2001 (Kemendagri).
    ///
    /// A piece may have lost its leading zeros or hold the pieces above it too (3513, 3513010). A
    /// desa of four digits says that the code is Kemendagri's.
    private func composed(_ row: DelimitedRow) -> String? {
        guard let provinsi = piece(row, provinsiColumn),
            let kabupaten = piece(row, kabupatenColumn),
            let kecamatan = piece(row, kecamatanCodeColumn), let desa = piece(row, codeColumn),
            (11...99).contains(provinsi)
        else { return nil }
        if desa >= 1_000_000_000 { return desa < 10_000_000_000 ? String(desa) : nil }
        let isKemendagri = (1000...9999).contains(desa)
        guard isKemendagri || desa < 1000 else { return nil }
        let span: UInt64 = isKemendagri ? 100 : 1000
        let kecamatanOnly = kecamatan % span
        guard kecamatan == kecamatanOnly || kecamatan / span % 100 == kabupaten % 100 else {
            return nil
        }
        let upper = (provinsi * 100 + kabupaten % 100) * span + kecamatanOnly
        return String(upper * (isKemendagri ? 10_000 : 1000) + desa)
    }

    private func piece(_ row: DelimitedRow, _ column: Int) -> UInt64? {
        let bytes = row.bytes(column)
        return (bytes.wholePart ?? bytes).decimalNumber
    }
}
