/// A header that stands in two or three rows, as merged cells leave it.
///
/// ```
/// Koordinat |   | Kode     | Nama     becomes  Koordinat X | Koordinat Y | Kode Kemdagri | Desa
/// X         | Y | Kemdagri | Desa
/// ```
/// A text over several columns stands only in the first of them; it is carried to the right where
/// a lower row has something to add. Of the texts of a column the joined one counts when it is a
/// known name, otherwise the lowest that is known, otherwise the joined one.
enum HeaderRows {
    static let mostRows = 3

    /// One cell for each column out of `rows`, the upper row first.
    static func combined(_ rows: [[String]]) -> [String] {
        let width = rows.map(\.count).max() ?? 0
        let rows = carried(rows.map { $0 + Array(repeating: "", count: width - $0.count) })
        return (0..<width).map { column in
            let texts = rows.map { $0[column] }.filter { !$0.isEmpty }
            let joined = texts.joined(separator: " ")
            if isKnown(joined) { return joined }
            return texts.last(where: isKnown) ?? joined
        }
    }

    /// Whether a row below a header goes on with it.
    ///
    /// Half of its cells or more must make a known name together with what stands above them; a row
    /// of data does not.
    static func isContinuation(_ row: [String], of rows: [[String]]) -> Bool {
        let upper = combined(rows)
        var cells = 0
        var completed = 0
        for (column, cell) in row.enumerated() where !cell.isEmpty {
            cells += 1
            if column < upper.count, !upper[column].isEmpty, isKnown(upper[column] + " " + cell) {
                completed += 1
            }
        }
        return completed > 0 && completed * 2 >= cells
    }

    private static func isKnown(_ text: String) -> Bool {
        RegistryHeader.knownNames.contains(RegistryHeader.reduced(text))
    }

    private static func carried(_ rows: [[String]]) -> [[String]] {
        var result = rows
        for row in rows.indices.dropLast() {
            var text = ""
            for column in rows[row].indices {
                if !rows[row][column].isEmpty {
                    text = rows[row][column]
                } else if rows[(row + 1)...].contains(where: { !$0[column].isEmpty }) {
                    result[row][column] = text
                } else {
                    text = ""
                }
            }
        }
        return result
    }
}
