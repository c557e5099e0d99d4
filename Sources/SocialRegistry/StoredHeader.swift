extension RegistryHeader {
    /// A header as it was when its file was imported, from what was stored of it.
    ///
    /// - Parameters:
    ///   - layoutID: of a layout of today, or of none: then `role` and `source` speak for it.
    ///   - role: the raw value of the layout's role.
    ///   - source: the register it came from.
    ///   - columns: the names as written.
    ///   - fields: the column, from 0, of each field by its raw value.
    public init(
        restoring layoutID: String,
        role: String,
        source: String,
        columns: [String],
        fields: [String: Int]
    ) {
        let known = RegistryLayout.all.first { $0.id == layoutID }
        let layout =
            known
            ?? RegistryLayout(
                id: layoutID, title: source, source: source,
                role: RegistryLayout.Role(rawValue: role) ?? .partialRegister, required: [],
                signature: [])
        var positions: [RegistryField: Int] = [:]
        for (name, position) in fields where columns.indices.contains(position) {
            if let field = RegistryField(rawValue: name) { positions[field] = position }
        }
        self.init(layout: layout, row: 1, columns: columns, positions: positions)
    }
}
