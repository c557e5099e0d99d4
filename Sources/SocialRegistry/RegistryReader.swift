internal import PovertyModel

/// Turns the rows under a recognised header into records.
public struct RegistryReader {
    public enum Outcome {
        case keluarga(KeluargaRecord)
        case person(PersonRecord)
        case position(PositionRecord)
        case rejected(RejectedRow)
        /// An empty row, as spreadsheets leave at the end, or one that numbers the columns; it
        /// counts nowhere.
        case blank
    }

    public let header: RegistryHeader
    /// Of the No KK read so far.
    public private(set) var cardNumberRounding = RoundedNumberCount()
    /// Of the NIK read so far.
    public private(set) var nikRounding = RoundedNumberCount()

    private let columnCount: Int
    private let keys: FamilyKeyReader
    private let places: PlaceReader
    private let personColumn: Int
    private let nameColumn: Int
    private let relationshipColumn: Int
    private let desilColumn: Int
    private let percentileColumn: Int
    private let memberColumn: Int
    private let xColumn: Int
    private let yColumn: Int
    private let accuracyColumn: Int
    private var codeChecks: [CodeCheck]
    private var seenKeys: Set<UInt64> = []
    private var seenOddKeys: Set<String> = []
    /// Hash of the keluarga and the name with which a NIK stood first.
    private var firstOfNIK: [UInt64: Int] = [:]

    private static let absent = Int.max

    /// `year` is the year that the file describes, a part of the key in P3KE; without it a key is
    /// the ID alone, and two years' lists cannot stand beside each other.
    public init(header: RegistryHeader, year: Int? = nil) {
        self.header = header
        func column(_ field: RegistryField) -> Int { header.position(of: field) ?? Self.absent }
        columnCount = header.columns.count
        keys = FamilyKeyReader(header: header, year: year)
        places = PlaceReader(header: header)
        personColumn =
            header.layout.subject == .persons ? column(.personNIK) : column(.headNIK)
        nameColumn = column(.personName)
        relationshipColumn = column(.relationship)
        desilColumn = column(.desil)
        percentileColumn = column(.percentile)
        memberColumn = column(.memberCount)
        xColumn = column(.positionX)
        yColumn = column(.positionY)
        accuracyColumn = column(.gpsAccuracyMetres)
        codeChecks = header.columns.enumerated().compactMap { index, name in
            header.layout.codeList(for: name).map { CodeCheck(column: index, list: $0) }
        }
    }

    /// Reads on under the header of the next sheet: what stood in an earlier one is a repetition.
    public init(continuing earlier: RegistryReader, header: RegistryHeader, year: Int? = nil) {
        self.init(header: header, year: year)
        seenKeys = earlier.seenKeys
        seenOddKeys = earlier.seenOddKeys
        firstOfNIK = earlier.firstOfNIK
        cardNumberRounding = earlier.cardNumberRounding
        nikRounding = earlier.nikRounding
    }

    /// The columns in which values stood that their code list does not know, and how many.
    public var unknownCodes: [(column: String, count: Int)] {
        codeChecks.filter { $0.unknownCount > 0 }
            .map { (header.columns[$0.column], $0.unknownCount) }
    }

    public mutating func read(_ row: DelimitedRow) -> Outcome {
        if row.count != columnCount, let outcome = readUneven(row) { return outcome }
        if row.number <= header.row + 2, numbersColumns(row) { return .blank }
        let key = keys.read(row)
        let isKeyless: Bool
        switch key {
        case .none(let remark): isKeyless = remark != nil
        case .card(let number, _):
            isKeyless = false
            cardNumberRounding.note(number)
        case .id: isKeyless = false
        }
        if isKeyless || keys.scheme == .none, row.isBlank { return .blank }
        return switch header.layout.role {
        case .fullRegister, .partialRegister: readKeluarga(row, key)
        case .members, .personRegister: readPerson(row, key)
        case .positions: readPosition(row, key)
        }
    }

    // MARK: Keluarga

    private mutating func readKeluarga(
        _ row: DelimitedRow,
        _ key: FamilyKeyReader.Reading
    ) -> Outcome {
        if isRepeated(key) {
            return reject(row, .duplicateKeluarga, "stands in an earlier row")
        }
        var remarks = remarks(of: key)
        let desil = readDesil(row, remarks: &remarks)
        checkCodes(row, remarks: &remarks)
        return .keluarga(
            KeluargaRecord(
                row: row.number,
                key: key.text,
                place: places.place(row),
                desil: desil,
                remarks: remarks,
                memberCount: memberCount(row),
                position: position(row)))
    }

    private func readDesil(_ row: DelimitedRow, remarks: inout [RowRemark]) -> Desil? {
        let isRanked = desilColumn != Self.absent
        guard isRanked || percentileColumn != Self.absent else { return nil }
        let bytes = row.bytes(isRanked ? desilColumn : percentileColumn)
        if bytes.isEmpty {
            remarks.append(.desilMissing)
            return nil
        }
        let desil = isRanked ? DesilReading.read(bytes) : DesilReading.read(percentile: bytes)
        if desil == nil { remarks.append(.desilOutOfRange) }
        return desil
    }

    private func memberCount(_ row: DelimitedRow) -> Int? {
        let bytes = row.bytes(memberColumn)
        guard let number = (bytes.wholePart ?? bytes).decimalNumber, number <= 99 else {
            return nil
        }
        return Int(number)
    }

    private func position(_ row: DelimitedRow) -> WrittenPosition? {
        guard xColumn != Self.absent, yColumn != Self.absent,
            !row.bytes(xColumn).isEmpty || !row.bytes(yColumn).isEmpty
        else { return nil }
        return WrittenPosition(
            x: row.text(xColumn), y: row.text(yColumn),
            accuracyMetres: row.text(accuracyColumn))
    }

    // MARK: Persons

    private mutating func readPerson(
        _ row: DelimitedRow,
        _ key: FamilyKeyReader.Reading
    ) -> Outcome {
        if case .none(let remark) = key, header.layout.role == .members {
            return switch remark {
            case .registerIDMissing: reject(row, .noRegisterID, "empty")
            case .registerIDDamaged: reject(row, .noRegisterID, "damaged by a spreadsheet")
            default: rejectWithoutCard(row, remark)
            }
        }
        var remarks = remarks(of: key)
        let reading = IdentityNumber.read(row.bytes(personColumn))
        switch reading {
        case .exact: break
        case .repaired: remarks.append(.nikRepaired)
        case .missing: remarks.append(.nikMissing)
        case .rounded: remarks.append(.nikRounded)
        case .damaged: remarks.append(.nikDamaged)
        }
        let family = key.text
        if let number = reading.number {
            nikRounding.note(number)
            // Of another name it is a wrong NIK and not the same person again.
            var hasher = Hasher()
            hasher.combine(family)
            hasher.combine(bytes: UnsafeRawBufferPointer(row.bytes(nameColumn)))
            let hash = hasher.finalize()
            if let earlier = firstOfNIK[number] {
                if earlier == hash {
                    return reject(
                        row, .duplicatePerson, "stands in an earlier row of the keluarga",
                        column: personColumn)
                }
                remarks.append(.nikRepeated)
            } else {
                firstOfNIK[number] = hash
            }
        }
        checkCodes(row, remarks: &remarks)
        return .person(
            PersonRecord(
                row: row.number,
                personKey: reading.number.map(IdentityNumber.text),
                familyKey: family,
                place: places.place(row),
                isHead: Relationship.isHead(row.bytes(relationshipColumn)),
                remarks: remarks))
    }

    // MARK: Positions

    private mutating func readPosition(
        _ row: DelimitedRow,
        _ key: FamilyKeyReader.Reading
    ) -> Outcome {
        var key = key
        var remarks: [RowRemark] = []
        if case .none(let remark) = key {
            guard let nik = IdentityNumber.read(row.bytes(personColumn)).number else {
                if row.isBlank { return .blank }
                return rejectWithoutCard(row, remark)
            }
            key = .id(FamilyKey.nikPrefix + IdentityNumber.text(nik), number: nil)
            if let remark { remarks.append(remark) }
        }
        if isRepeated(key) {
            return reject(row, .duplicateKeluarga, "stands in an earlier row")
        }
        guard let text = key.text else { return rejectWithoutCard(row, nil) }
        return .position(
            PositionRecord(
                row: row.number, key: text, x: row.text(xColumn), y: row.text(yColumn),
                accuracyMetres: row.text(accuracyColumn), place: places.place(row),
                remarks: remarks + self.remarks(of: key)))
    }

    // MARK: What all have

    /// What a row with another number of fields is; nil when only empty ones are too many.
    private func readUneven(_ row: DelimitedRow) -> Outcome? {
        if row.isBlank { return .blank }
        if row.count > columnCount,
            (columnCount..<row.count).allSatisfy({ row.bytes($0).isEmpty })
        {
            return nil
        }
        return .rejected(
            RejectedRow(
                row: row.number,
                column: nil,
                reason: .wrongFieldCount,
                detail: "\(row.count) fields instead of \(columnCount)"))
    }

    /// Whether the row only numbers the columns: 1, 2, 3 or (1), (2), (3).
    private func numbersColumns(_ row: DelimitedRow) -> Bool {
        var last: UInt64?
        var count = 0
        for index in 0..<row.count {
            var bytes = row.bytes(index)
            if bytes.isEmpty { continue }
            if bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")"), bytes.count > 2 {
                bytes = UnsafeBufferPointer(rebasing: bytes[1..<bytes.count - 1])
            }
            guard let number = bytes.decimalNumber, number <= 200,
                last.map({ number == $0 + 1 }) ?? (number <= 2)
            else { return false }
            last = number
            count += 1
        }
        // Three cells could be a small table's first row.
        return count >= 5
    }

    private func remarks(of key: FamilyKeyReader.Reading) -> [RowRemark] {
        switch key {
        case .card(_, isRepaired: true): [.familyCardNumberRepaired]
        case .none(let remark?): [remark]
        default: []
        }
    }

    private mutating func isRepeated(_ key: FamilyKeyReader.Reading) -> Bool {
        switch key {
        case .card(let number, _), .id(_, number: let number?):
            !seenKeys.insert(number).inserted
        case .id(let text, number: nil): !seenOddKeys.insert(text).inserted
        case .none: false
        }
    }

    private mutating func checkCodes(_ row: DelimitedRow, remarks: inout [RowRemark]) {
        var areKnown = true
        for index in codeChecks.indices where !codeChecks[index].accepts(row) { areKnown = false }
        if !areKnown { remarks.append(.unknownCode) }
    }

    private func reject(
        _ row: DelimitedRow,
        _ reason: RejectedRow.Reason,
        _ detail: String,
        column: Int? = nil
    ) -> Outcome {
        .rejected(
            RejectedRow(
                row: row.number,
                column: (column ?? keys.column).map { header.columns[$0] },
                reason: reason,
                detail: detail))
    }

    private func rejectWithoutCard(_ row: DelimitedRow, _ remark: RowRemark?) -> Outcome {
        switch remark {
        case .familyCardNumberRounded:
            reject(row, .familyCardNumberRounded, "digits lost to E+15")
        case .familyCardNumberDamaged: reject(row, .noFamilyCardNumber, "not 16 digits")
        default: reject(row, .noFamilyCardNumber, "empty")
        }
    }
}

/// What a row of a person says about its place in the keluarga.
enum Relationship {
    /// `Kepala Keluarga`, or 1, which every questionnaire of BPS gives the head.
    static func isHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if bytes.count == 1 { return bytes[0] == UInt8(ascii: "1") }
        return bytes.isWord("kepala keluarga") || bytes.isWord("kepala rumah tangga")
            || bytes.isWord("kepala") || bytes.isWord("01") || bytes.isWord("1.0")
    }
}
