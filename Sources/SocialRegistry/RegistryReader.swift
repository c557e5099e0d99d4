internal import PovertyModel

/// Turns the rows under a recognised header into records.
public struct RegistryReader {
    public enum Outcome {
        case keluarga(KeluargaRecord)
        case position(PositionRecord)
        case rejected(RejectedRow)
        /// An empty row, as spreadsheets leave at the end; it counts nowhere.
        case blank
    }

    public let header: RegistryHeader
    private let columnCount: Int
    private let keyColumn: Int
    private let keyName: String
    private let isFamilyCard: Bool
    private let codeColumn: Int
    private let desaColumn: Int
    private let kecamatanColumn: Int
    private let desilColumn: Int
    private let xColumn: Int
    private let yColumn: Int
    private var seenKeys: Set<UInt64> = []
    private var seenOddKeys: Set<String> = []

    private static let absent = Int.max

    public init(header: RegistryHeader) {
        self.header = header
        columnCount = header.columns.count
        let familyCard = header.position(of: .familyCardNumber)
        isFamilyCard = familyCard != nil
        keyColumn = familyCard ?? header.position(of: .p3keID) ?? Self.absent
        keyName = keyColumn == Self.absent ? "" : header.columns[keyColumn]
        codeColumn = header.position(of: .desaCode) ?? Self.absent
        desaColumn = header.position(of: .desaName) ?? Self.absent
        kecamatanColumn = header.position(of: .kecamatanName) ?? Self.absent
        desilColumn = header.position(of: .desil) ?? Self.absent
        xColumn = header.position(of: .positionX) ?? Self.absent
        yColumn = header.position(of: .positionY) ?? Self.absent
    }

    public mutating func read(_ row: DelimitedRow) -> Outcome {
        if row.count != columnCount {
            if row.isBlank { return .blank }
            return .rejected(
                RejectedRow(
                    row: row.number,
                    column: nil,
                    reason: .wrongFieldCount,
                    detail: "\(row.count) fields instead of \(columnCount)"))
        }
        var remarks: [RowRemark] = []
        let key = readKey(row, remarks: &remarks)
        if header.layout.role == .positions, key == nil || !remarks.isEmpty {
            if row.isBlank { return .blank }
            return .rejected(
                RejectedRow(
                    row: row.number,
                    column: keyName,
                    reason: .noFamilyCardNumber,
                    detail: remarks == [.familyCardNumberDamaged] ? "not 16 digits" : "empty"))
        }
        if let key, isRepeated(key) {
            return .rejected(
                RejectedRow(
                    row: row.number,
                    column: keyName,
                    reason: .duplicateKeluarga,
                    detail: "stands in an earlier row"))
        }
        if let key, header.layout.role == .positions {
            return .position(
                PositionRecord(
                    row: row.number, key: key, x: row.text(xColumn), y: row.text(yColumn)))
        }
        if key == nil, row.isBlank { return .blank }
        let desil = readDesil(row, remarks: &remarks)
        return .keluarga(
            KeluargaRecord(
                row: row.number,
                key: key,
                place: WrittenPlace(
                    code: row.text(codeColumn),
                    desaName: row.text(desaColumn),
                    kecamatanName: row.text(kecamatanColumn)),
                desil: desil,
                remarks: remarks))
    }

    private func readKey(_ row: DelimitedRow, remarks: inout [RowRemark]) -> String? {
        var bytes = row.bytes(keyColumn)
        // A leading apostrophe is how a spreadsheet keeps digits as text.
        if bytes.first == UInt8(ascii: "'") { bytes = .init(rebasing: bytes.dropFirst()) }
        guard !bytes.isEmpty else {
            remarks.append(.familyCardNumberMissing)
            return nil
        }
        let digits = bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isFamilyCard, !digits || bytes.count != 16 {
            // 3.51301E+15 stands for many numbers, so it can identify nobody.
            remarks.append(.familyCardNumberDamaged)
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func isRepeated(_ key: String) -> Bool {
        // A number written without leading zeros or sign stands for itself.
        if key.utf8.count <= 18, key.utf8.first.map({ $0 > UInt8(ascii: "0") }) == true,
            let number = UInt64(key)
        {
            return !seenKeys.insert(number).inserted
        }
        return !seenOddKeys.insert(key).inserted
    }

    private func readDesil(_ row: DelimitedRow, remarks: inout [RowRemark]) -> Desil? {
        let bytes = row.bytes(desilColumn)
        if bytes.isEmpty {
            remarks.append(.desilMissing)
            return nil
        }
        guard let number = Int(row.text(desilColumn)), let desil = Desil(number) else {
            remarks.append(.desilOutOfRange)
            return nil
        }
        return desil
    }
}
