/// A mapping made ready to be tried on many rows.
struct MappedColumns {
    private let mapping: ColumnMapping
    private let problems: [ColumnMapping.Problem]
    private let fields: [Field]
    /// The column names that some field asks for, reduced, numbered from 0.
    private let wanted: [String: Int]

    private struct Field {
        let field: RegistryField
        let name: String
        let columns: [String]
        /// The numbers of `columns`.
        let wanted: [Int]
    }

    init(_ mapping: ColumnMapping) {
        self.mapping = mapping
        problems = mapping.problems
        var wanted: [String: Int] = [:]
        fields = mapping.fields.compactMap { name, columns in
            guard let field = RegistryField(rawValue: name) else { return nil }
            let numbers = columns.map { column in
                let reduced = RegistryHeader.reduced(column)
                let number = wanted[reduced] ?? wanted.count
                wanted[reduced] = number
                return number
            }
            return Field(field: field, name: name, columns: columns, wanted: numbers)
        }
        self.wanted = wanted
    }

    /// The header that `cells` make, or everything that is wrong with it.
    func header(
        cells: [String],
        row: Int
    ) -> Result<RegistryHeader, ColumnMapping.Problems> {
        var first: [Int?] = Array(repeating: nil, count: wanted.count)
        for (index, cell) in cells.enumerated() {
            let name = RegistryHeader.reduced(cell)
            if !name.isEmpty, let number = wanted[name], first[number] == nil {
                first[number] = index
            }
        }
        var problems = problems
        var positions: [RegistryField: Int] = [:]
        var users: [Int: String] = [:]
        for field in fields {
            guard let position = field.wanted.lazy.compactMap({ first[$0] }).first else {
                problems.append(.columnMissing(field: field.name, columns: field.columns))
                continue
            }
            if let user = users[position] {
                problems.append(
                    .columnUsedTwice(column: cells[position], fields: [user, field.name]))
                continue
            }
            users[position] = field.name
            positions[field.field] = position
        }
        guard problems.isEmpty else { return .failure(ColumnMapping.Problems(all: problems)) }
        return .success(
            RegistryHeader(
                layout: mapping.layout, row: row, columns: cells, positions: positions))
    }
}
