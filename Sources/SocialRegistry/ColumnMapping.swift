/// Which columns of a table stand for which fields, told by somebody who knows the table.
public struct ColumnMapping: Sendable {
    /// What is wrong with a mapping, in words for the one who wrote it.
    public enum Problem: Hashable, Sendable {
        case unknownField(String)
        /// None of these columns stands in the header.
        case columnMissing(field: String, columns: [String])
        case columnUsedTwice(column: String, fields: [String])
        case fieldMissing(String)
        /// One of these fields is needed.
        case fieldsMissing([String])
        case noHeaderRow

        public var text: String {
            switch self {
            case .unknownField(let name):
                "Field “\(name)” is unknown; known are "
                    + RegistryField.allCases.map(\.rawValue).joined(separator: ", ") + "."
            case .columnMissing(let field, let columns):
                "Field “\(field)”: the header has no column "
                    + columns.map { "“\($0)”" }.joined(separator: " or ") + "."
            case .columnUsedTwice(let column, let fields):
                "Column “\(column)” stands for \(fields.joined(separator: " and "));"
                    + " it can stand for one field only."
            case .fieldMissing(let field):
                "Field “\(field)” is needed and not mapped."
            case .fieldsMissing(let fields):
                "One of the fields \(fields.joined(separator: ", ")) is needed."
            case .noHeaderRow:
                "The file has no row that could be the header."
            }
        }
    }

    public struct Problems: Error, Hashable, Sendable {
        public let all: [Problem]
    }

    public let role: RegistryLayout.Role
    /// The register it comes from, such as `DTSEN`.
    public let source: String
    /// What people call the file.
    public let title: String
    /// Field name (of `RegistryField`) and the columns that may stand for it, the first first.
    public let fields: [(name: String, columns: [String])]
    /// Nil: found by trying.
    public let delimiter: UInt8?
    /// From 1; nil: the first row that has all columns.
    public let headerRow: Int?
    /// The year the data describe, for registers whose IDs change each year.
    public let year: Int?
    public let composesDesaCode: Bool

    public init(
        role: RegistryLayout.Role,
        source: String,
        title: String,
        fields: [(name: String, columns: [String])],
        delimiter: UInt8? = nil,
        headerRow: Int? = nil,
        year: Int? = nil,
        composesDesaCode: Bool = false
    ) {
        self.role = role
        self.source = source
        self.title = title
        self.fields = fields
        self.delimiter = delimiter
        self.headerRow = headerRow
        self.year = year
        self.composesDesaCode = composesDesaCode
    }

    /// What the fields themselves lack, whatever the file.
    public var problems: [Problem] {
        var problems: [Problem] = []
        for (name, _) in fields where RegistryField(rawValue: name) == nil {
            problems.append(.unknownField(name))
        }
        let mapped = Set(fields.compactMap { RegistryField(rawValue: $0.name) })
        for field in required where !mapped.contains(field) {
            problems.append(.fieldMissing(field.rawValue))
        }
        for choice in requiredAny where mapped.isDisjoint(with: choice) {
            problems.append(.fieldsMissing(choice.map(\.rawValue)))
        }
        return problems
    }

    /// The header that `cells` make by this mapping, or everything that is wrong with it.
    public func header(cells: [String], row: Int) -> Result<RegistryHeader, Problems> {
        MappedColumns(self).header(cells: cells, row: row)
    }

    /// The layout of a file that is read by this mapping.
    var layout: RegistryLayout {
        RegistryLayout(
            id: "pemetaan",
            title: title,
            source: source,
            role: role,
            required: required,
            signature: [],
            composesDesaCode: composesDesaCode)
    }

    private var required: [RegistryField] {
        switch role {
        case .fullRegister, .partialRegister:
            composesDesaCode ? [.provinsiCode, .kabupatenCode, .kecamatanCode, .desaCode] : []
        case .members, .personRegister: []
        case .positions: [.positionX, .positionY]
        }
    }

    /// Of each group one is needed.
    private var requiredAny: [[RegistryField]] {
        switch role {
        case .fullRegister, .partialRegister:
            // Without a number a keluarga still counts; without a place it does not.
            [[.desaCode, .desaName, .address, .slsName]]
        case .members: [[.familyCardNumber, .p3keID]]
        case .personRegister: [[.familyCardNumber], [.personNIK, .personName]]
        case .positions: [[.familyCardNumber, .headNIK, .p3keID]]
        }
    }
}
