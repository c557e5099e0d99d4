/// The header row of a household file: which layout it is and where each field stands.
public struct RegistryHeader: Hashable, Sendable {
    public let layout: RegistryLayout
    /// The record in which the header stands, from 1; of a header of several rows the last.
    public let row: Int
    /// How many rows the header has, 1 to 3.
    public let height: Int
    /// Column names as written.
    public let columns: [String]
    private let positions: [RegistryField: Int]

    /// The header must stand in one of the first rows.
    public static let searchedRows = 20

    /// Recognises the header in `cells`; nil when the row is the header of no known layout.
    public init?(cells: [String], row: Int) {
        self.init(cells: cells, row: row, height: 1)
    }

    init?(cells: [String], row: Int, height: Int) {
        let names = cells.map(Self.reduced)
        let present = Set(names)
        let placed = Dictionary(
            uniqueKeysWithValues: RegistryLayout.Subject.allCases.map { subject in
                (subject, Self.positions(in: names, subject: subject))
            })
        // Ties go to the earlier layout of the list.
        var best: (layout: RegistryLayout, score: Int)?
        for layout in RegistryLayout.all {
            guard let positions = placed[layout.subject],
                layout.required.allSatisfy({ positions[$0] != nil }),
                layout.requiredAny.isEmpty
                    || layout.requiredAny.contains(where: { positions[$0] != nil }),
                !layout.excluded.contains(where: present.contains)
            else { continue }
            let score = layout.signature.count { present.contains($0) }
            if score > best?.score ?? 0 { best = (layout, score) }
        }
        guard let best, let positions = placed[best.layout.subject] else { return nil }
        layout = best.layout
        self.row = row
        self.height = height
        columns = cells
        self.positions = positions
    }

    /// A header whose fields somebody has told, as `ColumnMapping` does.
    init(layout: RegistryLayout, row: Int, columns: [String], positions: [RegistryField: Int]) {
        self.layout = layout
        self.row = row
        height = 1
        self.columns = columns
        self.positions = positions
    }

    /// Where a field stands; of columns with the same name the first.
    public func position(of field: RegistryField) -> Int? { positions[field] }

    /// The field that each column has, nil for one that is stored unread.
    public var fields: [RegistryField?] {
        var fields: [RegistryField?] = Array(repeating: nil, count: columns.count)
        for (field, position) in positions { fields[position] = field }
        return fields
    }

    /// Column names that stand more than once, as written the first time.
    public var repeatedColumns: [String] {
        var counts: [String: Int] = [:]
        return columns.filter { column in
            let name = Self.reduced(column)
            guard !name.isEmpty else { return false }
            counts[name, default: 0] += 1
            return counts[name] == 2
        }
    }

    /// The column of each field; no column serves two fields.
    private static func positions(
        in names: [String],
        subject: RegistryLayout.Subject
    ) -> [RegistryField: Int] {
        var first: [String: Int] = [:]
        for (index, name) in names.enumerated() where first[name] == nil { first[name] = index }
        var positions: [RegistryField: Int] = [:]
        var taken: Set<Int> = []
        for field in RegistryField.allCases {
            // The earlier spelling wins: "Kecamatan" may stand beside "nama kecamatan".
            for spelling in knownSpellings[subject]?[field] ?? [] {
                if let index = first[spelling], taken.insert(index).inserted {
                    positions[field] = index
                    break
                }
            }
        }
        return positions
    }

    private static let knownSpellings: [RegistryLayout.Subject: [RegistryField: [String]]] =
        Dictionary(
            uniqueKeysWithValues: RegistryLayout.Subject.allCases.map { subject in
                let spellings = RegistryField.allCases.map { ($0, $0.spellings(in: subject)) }
                return (subject, Dictionary(uniqueKeysWithValues: spellings))
            })

    /// Every name (reduced) that means something in some layout.
    static let knownNames: Set<String> = Set(
        knownSpellings.values.flatMap { $0.values.flatMap(\.self) }
            + RegistryLayout.all.flatMap(\.signature)
    )

    /// Lower case, with each run of other characters than letters and digits as one blank.
    public static func reduced(_ name: String) -> String {
        var result = ""
        for scalar in name.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else if !result.isEmpty, result.last != " " {
                result.append(" ")
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }
}
