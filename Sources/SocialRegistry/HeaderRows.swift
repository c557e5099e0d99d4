/// The first rows of a text, split at one delimiter, in which a header is looked for.
///
/// A header may stand in two or three rows, as merged cells leave it:
/// ```
/// Koordinat |   | Kode     | Nama     becomes  Koordinat X | Koordinat Y | Kode Kemdagri | Desa
/// X         | Y | Kemdagri | Desa
/// ```
/// A text over several columns stands only in the first of them; it is carried to the right where
/// a lower row has something to add. Of the texts of a column the joined one counts when it is a
/// known name, otherwise the lowest that is known, otherwise the joined one.
struct HeaderRows {
    static let mostRows = 3

    /// The cells' bytes without quotes and surrounding blanks, one after the other.
    private var bytes: [UInt8] = []
    private var cells: [Cell] = []
    private var rows: [Range<Int>] = []

    private struct Cell {
        let bytes: Range<Int>
        /// Where the text alone leads among the known names.
        let place: HeaderNames.Place
    }

    /// What stands over a column.
    private struct Heading {
        /// Cells from the upper to the lower row, -1 for none.
        var parts = InlineArray<3, Int>(repeating: -1)
        /// The part that counts alone; nil: all of them, joined.
        var single: Int?
        var isEmpty = true
        var place = HeaderNames.Place.start
        var number: Int?
    }

    /// The first rows of `text`, at most `count`.
    init(_ text: [UInt8], delimiter: UInt8, count: Int = RegistryHeader.searchedRows) {
        var parser = DelimitedTextParser(delimiter: delimiter)
        let names = HeaderNames.known
        var (bytes, cells, rows) = (self.bytes, self.cells, self.rows)
        let collect = { (row: DelimitedRow) in
            let start = cells.count
            for column in 0..<row.count {
                let text = row.bytes(column)
                let range = bytes.count..<bytes.count + text.count
                bytes.append(contentsOf: text)
                cells.append(Cell(bytes: range, place: names.place(after: text)))
            }
            rows.append(start..<cells.count)
            return rows.count < count
        }
        // A text that ends inside quotes has no complete row more to offer.
        _ = try? parser.feed(text, body: collect)
        if rows.count < count { _ = try? parser.finish(body: collect) }
        (self.bytes, self.cells, self.rows) = (bytes, cells, rows)
    }

    var count: Int { rows.count }

    /// The cells of a row, from 0.
    func texts(_ row: Int) -> [String] { rows[row].map(text) }

    /// The first header of `height` rows or, where a row below goes on with it, of more.
    func header(height: Int) -> RegistryHeader? {
        guard rows.count >= height else { return nil }
        for start in 0...(rows.count - height) {
            guard var header = header(of: start..<start + height) else { continue }
            // "ID Keluarga" is a name, and so is "ID Keluarga P3KE" with the row below it.
            var end = start + height
            while end < rows.count, end - start < Self.mostRows,
                isContinuation(end, of: start..<end),
                let taller = self.header(of: start..<end + 1)
            {
                header = taller
                end += 1
            }
            return header
        }
        return nil
    }

    private func header(of header: Range<Int>) -> RegistryHeader? {
        // Rows of data mostly have no word of a known name.
        guard header.contains(where: { rows[$0].contains { cells[$0].place != .nowhere } }) else {
            return nil
        }
        var numbers: [Int?] = []
        forEachHeading(of: header) { numbers.append($0.number) }
        guard let found = HeaderNames.known.layout(of: numbers) else { return nil }
        var columns: [String] = []
        columns.reserveCapacity(numbers.count)
        forEachHeading(of: header) { columns.append(text($0)) }
        return RegistryHeader(
            layout: found.layout, row: header.upperBound, height: header.count, columns: columns,
            positions: found.positions)
    }

    /// Whether a row below a header goes on with it.
    ///
    /// Half of its cells or more must make a known name together with what stands above them; a row
    /// of data does not.
    private func isContinuation(_ row: Int, of header: Range<Int>) -> Bool {
        let names = HeaderNames.known
        let lower = rows[row]
        var filled = 0
        for cell in lower where !cells[cell].bytes.isEmpty { filled += 1 }
        var completed = 0
        var cell = lower.lowerBound
        forEachHeading(of: header) { heading in
            defer { cell += 1 }
            guard cell < lower.upperBound, !cells[cell].bytes.isEmpty, !heading.isEmpty else {
                return
            }
            let place = place(after: cell, from: heading.place)
            if names.number(at: place) != nil { completed += 1 }
        }
        return completed > 0 && completed * 2 >= filled
    }

    // MARK: Columns

    /// Hands over what stands over each column, from the left.
    private func forEachHeading(of header: Range<Int>, _ body: (Heading) -> Void) {
        let width = header.reduce(0) { max($0, rows[$1].count) }
        var carried = InlineArray<3, Int>(repeating: -1)
        for column in 0..<width {
            var heading = Heading()
            var hasLower = false
            for row in header.reversed() {
                let part = row - header.lowerBound
                if let cell = filledCell(row, column) {
                    carried[part] = cell
                    heading.parts[part] = cell
                    hasLower = true
                } else if hasLower {
                    heading.parts[part] = carried[part]
                } else {
                    carried[part] = -1
                }
            }
            name(&heading)
            body(heading)
        }
    }

    /// The cell, unless there is none or nothing in it.
    private func filledCell(_ row: Int, _ column: Int) -> Int? {
        guard column < rows[row].count else { return nil }
        let cell = rows[row].lowerBound + column
        return cells[cell].bytes.isEmpty ? nil : cell
    }

    private func name(_ heading: inout Heading) {
        let names = HeaderNames.known
        var lowestKnown = -1
        for part in heading.parts.indices where heading.parts[part] >= 0 {
            let cell = heading.parts[part]
            if names.number(at: cells[cell].place) != nil { lowestKnown = cell }
            heading.place =
                heading.isEmpty
                ? cells[cell].place : place(after: cell, from: heading.place)
            heading.isEmpty = false
        }
        guard !heading.isEmpty else { return }
        heading.number = names.number(at: heading.place)
        if heading.number == nil, lowestKnown >= 0 {
            heading.single = lowestKnown
            heading.place = cells[lowestKnown].place
            heading.number = names.number(at: heading.place)
        }
    }

    private func place(after cell: Int, from place: HeaderNames.Place) -> HeaderNames.Place {
        guard place != .nowhere else { return .nowhere }
        return bytes.withUnsafeBufferPointer {
            HeaderNames.known.place(
                after: UnsafeBufferPointer(rebasing: $0[cells[cell].bytes]), from: place)
        }
    }

    private func text(_ cell: Int) -> String {
        String(decoding: bytes[cells[cell].bytes], as: UTF8.self)
    }

    private func text(_ heading: Heading) -> String {
        if let single = heading.single { return text(single) }
        var result = ""
        for part in heading.parts.indices where heading.parts[part] >= 0 {
            if !result.isEmpty { result += " " }
            result += text(heading.parts[part])
        }
        return result
    }
}
