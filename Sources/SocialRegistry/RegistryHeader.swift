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
        let names = HeaderNames.known
        let numbers = cells.map { names.number(at: names.place(after: $0)) }
        guard let found = names.layout(of: numbers) else { return nil }
        self.init(layout: found.layout, row: row, columns: cells, positions: found.positions)
    }

    /// A header whose fields somebody has told, as `ColumnMapping` does.
    init(
        layout: RegistryLayout,
        row: Int,
        height: Int = 1,
        columns: [String],
        positions: [RegistryField: Int]
    ) {
        self.layout = layout
        self.row = row
        self.height = height
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

    /// Lower case, with each run of other characters than letters and digits as one blank.
    public static func reduced(_ name: String) -> String {
        var name = name
        if let reduced = name.withUTF8(reducedASCII) { return reduced }
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

    /// Nil when a byte is no ASCII.
    private static func reducedASCII(_ name: UnsafeBufferPointer<UInt8>) -> String? {
        guard name.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: name.count) { result in
            var count = 0
            var owesBlank = false
            for byte in name {
                let small = byte.lowercased
                guard byte.isDigit || small &- UInt8(ascii: "a") < 26 else {
                    owesBlank = count > 0
                    continue
                }
                if owesBlank {
                    result[count] = UInt8(ascii: " ")
                    count += 1
                    owesBlank = false
                }
                result[count] = small
                count += 1
            }
            return count
        }
    }
}
