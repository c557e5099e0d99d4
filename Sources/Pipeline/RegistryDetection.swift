internal import SocialRegistry

/// What a household file is, told before anything of it is stored.
public struct RegistryDetection: Sendable {
    public struct Column: Hashable, Sendable {
        public let name: String
        /// What peta takes it for; nil for one that is stored unread, encrypted.
        public let field: String?
        /// It holds specific personal data, which is left out unless it is asked for.
        public let specific: String?
    }

    public struct Sheet: Sendable {
        /// The file, or the file and the sheet.
        public let name: String
        public let encoding: String
        public let delimiter: String
        /// Of a header of several rows the last.
        public let headerRow: Int
        public let rows: Int
        public let columns: [Column]
        /// Names that stand more than once; the first one counts.
        public let repeatedColumns: [String]
    }

    public let layoutTitle: String
    /// What the file can serve for, in a few words.
    public let role: String
    public let sheets: [Sheet]
    /// Sheets that would not be read.
    public let otherSheets: [String]

    /// Recognises the file at `path`, or reads it by the YAML file `mapping`, and counts the
    /// records under its header.
    public init(path: String, mapping: String? = nil) throws {
        try self.init(
            InputFile(path: path), mapping: mapping.map { try InputFile(path: $0) })
    }

    /// The same of a text or workbook in memory, and of a mapping in memory.
    public init(memory: [UInt8], mapping: [UInt8]? = nil) throws {
        try self.init(
            InputFile(memory: memory, path: "table"),
            mapping: mapping.map { InputFile(memory: $0, path: "mapping") })
    }

    private init(_ file: InputFile, mapping: InputFile?) throws {
        let registry = try RegistryFile(file, mapping: try mapping.map { try MappingFile.read($0) })
        layoutTitle = registry.layout.title
        role = registry.layout.role.english
        otherSheets = registry.otherSheets
        sheets = try registry.sheets.map { try Self.sheet($0, of: file) }
    }

    private static func sheet(
        _ sheet: RegistryFile.Sheet,
        of file: InputFile
    ) throws -> Sheet {
        let header = sheet.header
        let specific = Dictionary(
            uniqueKeysWithValues: header.specificColumns.map { ($0.index, $0.kind.rawValue) })
        return Sheet(
            name: file.name + (sheet.content.name.map { ", sheet “\($0)”" } ?? ""),
            encoding: sheet.recognition.encoding.rawValue,
            delimiter: sheet.recognition.delimiter == UInt8(ascii: "\t")
                ? "tab" : String(decoding: [sheet.recognition.delimiter], as: UTF8.self),
            headerRow: header.row,
            rows: try rows(of: sheet),
            columns: zip(header.columns, header.fields).enumerated().map { index, column in
                Column(
                    name: column.0, field: column.1?.english, specific: specific[index])
            },
            repeatedColumns: header.repeatedColumns)
    }

    private static func rows(of sheet: RegistryFile.Sheet) throws -> Int {
        var parser = DelimitedTextParser(delimiter: sheet.recognition.delimiter)
        var rows = 0
        let count = { (row: DelimitedRow) throws -> Bool in
            if row.number > sheet.header.row, !row.isBlank { rows += 1 }
            return true
        }
        do {
            try sheet.content.forEachPiece(encoding: sheet.recognition.encoding) { piece, _ in
                try parser.feed(piece, body: count)
            }
            _ = try parser.finish(body: count)
        } catch is DelimitedTextParser.Failure {
            throw PipelineError.fileQuoteOpen(
                path: sheet.content.label, row: sheet.header.row + rows + 1)
        }
        return rows
    }
}

extension RegistryLayout.Role {
    fileprivate var english: String {
        switch self {
        case .fullRegister: "full register: gives counts and denominators"
        case .partialRegister: "partial register: gives counts, no hotspot test"
        case .members: "persons of the families that a register lists"
        case .personRegister: "persons, whose No KK are a partial register of families"
        case .positions: "positions of families that a register lists"
        }
    }

    /// Its rows are, or stand for, keluarga.
    var hasKeluarga: Bool {
        switch self {
        case .fullRegister, .partialRegister, .personRegister: true
        case .members, .positions: false
        }
    }
}

extension RegistryField {
    fileprivate var english: String {
        switch self {
        case .familyCardNumber: "No KK (key of the keluarga)"
        case .p3keID: "ID Keluarga P3KE (key of the keluarga, with the year)"
        case .bdtID: "ID of BDT (key of the keluarga)"
        case .personID: "ID of the person"
        case .headNIK: "NIK of the head"
        case .personNIK: "NIK"
        case .headName: "name of the head"
        case .personName: "name"
        case .relationship: "relationship to the head"
        case .birthDate: "birth date"
        case .sex: "sex"
        case .desaCode: "code of the desa"
        case .desaName: "name of the desa"
        case .kecamatanCode: "code of the kecamatan"
        case .kecamatanName: "name of the kecamatan"
        case .kabupatenCode: "code of the kabupaten"
        case .kabupatenName: "name of the kabupaten"
        case .provinsiCode: "code of the province"
        case .desil: "desil"
        case .percentile: "percentile"
        case .address: "address"
        case .rt: "RT"
        case .rw: "RW"
        case .dusun: "dusun"
        case .slsCode: "code of the SLS"
        case .subSLSCode: "code of the sub-SLS"
        case .slsName: "name of the SLS"
        case .buildingNumber: "number of the building"
        case .familyNumber: "number of the keluarga"
        case .memberCount: "number of members"
        case .electricityCustomer: "PLN customer"
        case .dataYear: "year of the data"
        case .vervalPriority: "priority of verification"
        case .positionX: "longitude"
        case .positionY: "latitude"
        case .gpsAccuracyMetres: "accuracy of the position, m"
        case .distanceMetres: "distance from the proposed place, m"
        case .verdict: "verdict"
        }
    }
}
