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

extension FamilyKey {
    /// The key under which a family is known by the NIK of its head.
    public static func nik(_ number: UInt64) -> String { nikPrefix + IdentityNumber.text(number) }
}

extension IdentityFields {
    /// The 16 digits of the NIK; secret.
    public var nikText: String? { nik.map(IdentityNumber.text) }
}

extension AddressText {
    /// Whether an address may name its desa, told by its words alone: faster than parsing, since
    /// most addresses name none.
    public static func mayNameDesa(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while position + 1 < bytes.count {
            // A word begins here.
            let isStart = position == 0 || !isLetter(bytes[position - 1])
            if isStart {
                let (first, second) = (bytes[position] | 0x20, bytes[position + 1] | 0x20)
                if first == UInt8(ascii: "d"),
                    second == UInt8(ascii: "s") || second == UInt8(ascii: "e")
                {
                    return true
                }
                if first == UInt8(ascii: "k"), second == UInt8(ascii: "e") { return true }
            }
            position += 1
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
