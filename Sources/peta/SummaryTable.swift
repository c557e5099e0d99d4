/// What a step did, as two aligned columns under a title.
struct SummaryTable {
    enum Row {
        case count(String, Int)
        /// A part of the count above it.
        case part(String, Int)
        case text(String, String)
        case rule
    }

    let title: String
    var rows: [Row] = []

    init(_ title: String) {
        self.title = title
    }

    mutating func count(_ name: String, _ value: Int) { rows.append(.count(name, value)) }
    mutating func text(_ name: String, _ value: String) { rows.append(.text(name, value)) }
    mutating func rule() { rows.append(.rule) }

    mutating func parts(_ counts: [String: Int]) {
        for (name, value) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            rows.append(.part(name, value))
        }
    }

    var text: String {
        let cells = rows.map { row -> (String, String)? in
            switch row {
            case .count(let name, let value): (name, Self.grouped(value))
            case .part(let name, let value): ("  " + name, Self.grouped(value))
            case .text(let name, let value): (name, value)
            case .rule: nil
            }
        }
        let nameWidth = cells.compactMap { $0?.0.count }.max() ?? 0
        let valueWidth = cells.compactMap { $0?.1.count }.max() ?? 0
        var lines = [title, String(repeating: "─", count: nameWidth + 2 + valueWidth)]
        for cell in cells {
            guard let (name, value) = cell else {
                lines.append(lines[1])
                continue
            }
            let gap = nameWidth + 2 + valueWidth - name.count - value.count
            lines.append(name + String(repeating: " ", count: gap) + value)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `387,794`: the command line speaks English.
    static func grouped(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
