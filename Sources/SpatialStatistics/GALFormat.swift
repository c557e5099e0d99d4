/// The GAL text form of binary weights, as GeoDa, PySAL and spdep exchange it.
///
/// The first line holds the number of units (or `0 count layer key`); then for each unit a line
/// `id k` and a line with the ids of its k neighbours. With k = 0 the second line is empty or
/// left out. Ids hold no blanks.
public enum GALFormat {
    public struct Content: Hashable, Sendable {
        /// The ids in the order of the file; `weights` counts units in this order.
        public let ids: [String]
        public let weights: SpatialWeights
    }

    public static func read(_ text: String) throws(GALError) -> Content {
        var lines = Lines(text)
        guard let header = lines.next() else { throw .empty }
        let declared = try unitCount(header)
        var units: [(line: Int, id: Substring, neighbours: Lines.Line?)] = []
        while let line = lines.next() {
            guard line.fields.count == 2, let count = Int(line.fields[1]), count >= 0 else {
                throw .unreadableUnit(line: line.number)
            }
            var neighbours: Lines.Line?
            if count > 0 {
                let list = lines.next() ?? Lines.Line(number: line.number, fields: [])
                guard list.fields.count == count else {
                    throw .neighbourCount(
                        line: list.number,
                        declared: count,
                        found: list.fields.count
                    )
                }
                neighbours = list
            }
            units.append((line.number, line.fields[0], neighbours))
        }
        guard units.count == declared else {
            throw .unitCount(declared: declared, found: units.count)
        }
        var indexOf: [Substring: Int] = [:]
        for (index, unit) in units.enumerated() {
            guard indexOf.updateValue(index, forKey: unit.id) == nil else {
                throw .repeatedUnit(line: unit.line, id: String(unit.id))
            }
        }
        var rows: [[Int]] = []
        rows.reserveCapacity(units.count)
        for (index, unit) in units.enumerated() {
            guard let list = unit.neighbours else {
                rows.append([])
                continue
            }
            rows.append(try row(of: index, list, indexOf))
        }
        return Content(ids: units.map { String($0.id) }, weights: SpatialWeights(neighbours: rows))
    }

    /// The text of `weights`; every line ends with a line feed.
    public static func write(_ weights: SpatialWeights, ids: [String]) -> String {
        precondition(ids.count == weights.count, "\(ids.count) ids for \(weights.count) units")
        precondition(Set(ids).count == ids.count, "GAL ids must differ from each other")
        precondition(
            ids.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) },
            "GAL ids must be words without blanks"
        )
        var text = "\(weights.count)\n"
        for (unit, id) in ids.enumerated() {
            text += "\(id) \(weights.neighbourCount(of: unit))\n"
            text += weights.neighbours(of: unit).map { ids[$0] }.joined(separator: " ")
            text += "\n"
        }
        return text
    }

    private static func unitCount(_ header: Lines.Line) throws(GALError) -> Int {
        let fields = header.fields
        let field = fields.count == 1 ? fields.first : fields.count == 4 ? fields[1] : nil
        guard let field, let count = Int(field), count >= 0 else {
            throw .unreadableHeader(line: header.number)
        }
        return count
    }

    private static func row(
        of unit: Int,
        _ list: Lines.Line,
        _ indexOf: [Substring: Int]
    ) throws(GALError) -> [Int] {
        var row: [Int] = []
        var isListed = Set<Int>(minimumCapacity: list.fields.count)
        for field in list.fields {
            guard let neighbour = indexOf[field] else {
                throw .unknownNeighbour(line: list.number, id: String(field))
            }
            guard neighbour != unit else {
                throw .ownNeighbour(line: list.number, id: String(field))
            }
            guard isListed.insert(neighbour).inserted else {
                throw .repeatedNeighbour(line: list.number, id: String(field))
            }
            row.append(neighbour)
        }
        return row
    }
}

/// Why a text is no GAL file; lines count from 1.
public enum GALError: Error, Hashable, Sendable {
    case empty
    case unreadableHeader(line: Int)
    case unreadableUnit(line: Int)
    case neighbourCount(line: Int, declared: Int, found: Int)
    case unitCount(declared: Int, found: Int)
    case repeatedUnit(line: Int, id: String)
    case unknownNeighbour(line: Int, id: String)
    case ownNeighbour(line: Int, id: String)
    case repeatedNeighbour(line: Int, id: String)
}

extension GALError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty:
            "The GAL file is empty."
        case .unreadableHeader(let line):
            "GAL line \(line): expected the number of units, alone or as \"0 count layer key\"."
        case .unreadableUnit(let line):
            "GAL line \(line): expected an id without blanks and a number of neighbours."
        case .neighbourCount(let line, let declared, let found):
            "GAL line \(line): \(declared) neighbours were announced, \(found) are listed."
        case .unitCount(let declared, let found):
            "GAL line 1 announces \(declared) units, the file holds \(found)."
        case .repeatedUnit(let line, let id):
            "GAL line \(line): unit \(id) occurs a second time."
        case .unknownNeighbour(let line, let id):
            "GAL line \(line): neighbour \(id) is no unit of this file."
        case .ownNeighbour(let line, let id):
            "GAL line \(line): unit \(id) is listed as its own neighbour."
        case .repeatedNeighbour(let line, let id):
            "GAL line \(line): neighbour \(id) is listed twice."
        }
    }
}

/// The lines of a text that are not blank, cut into fields.
private struct Lines {
    struct Line {
        let number: Int
        let fields: [Substring]
    }

    private let rest: [Substring]
    private var position = 0

    init(_ text: String) {
        rest = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    mutating func next() -> Line? {
        while position < rest.count {
            position += 1
            let fields = rest[position - 1].split(whereSeparator: \.isWhitespace)
            if !fields.isEmpty { return Line(number: position, fields: fields) }
        }
        return nil
    }
}
