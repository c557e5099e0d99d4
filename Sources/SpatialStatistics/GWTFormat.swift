/// The GWT text form of weights that differ from link to link, as GeoDa and PySAL exchange it.
///
/// The first line holds `0 count layer key`, each other line `from to weight`. The form has no
/// place for a unit without links, so the ids of all units are given beside it when there are
/// such units. Ids hold no blanks.
public enum GWTFormat {
    public struct Content: Hashable, Sendable {
        /// `weights` counts units in this order.
        public let ids: [String]
        public let weights: ValuedWeights
        /// The layer and the key column the first line names.
        public let layer: String
        public let key: String
    }

    /// Reads `text`, with `ids` all units in the order wanted.
    ///
    /// Without ids, units come in the order in which they have their first own line, then those
    /// that are only linked to; fewer than the first line announces is then an error.
    public static func read(
        _ text: String,
        ids: [String]? = nil
    ) throws(GWTError) -> Content {
        var lines = FieldLines(text)
        guard let header = lines.next() else { throw .empty }
        guard header.fields.count == 4, let declared = Int(header.fields[1]), declared >= 0 else {
            throw .unreadableHeader(line: header.number)
        }
        // Numbers for ids as they come; which of them are units is known at the end.
        var numberOf: [Substring: Int] = [:]
        func number(_ id: Substring) -> Int {
            if let known = numberOf[id] { return known }
            numberOf[id] = numberOf.count
            return numberOf.count - 1
        }
        for id in ids ?? [] { _ = number(id[...]) }
        precondition(ids.map { $0.count == numberOf.count } ?? true, "an id is given twice")
        var entries: [(line: Int, from: Int, to: Int, weight: Double)] = []
        while let (line, fields) = lines.next() {
            guard fields.count == 3, let weight = Double(fields[2]), weight.isFinite else {
                throw .unreadableLink(line: line)
            }
            entries.append((line, number(fields[0]), number(fields[1]), weight))
            if let ids, numberOf.count > ids.count {
                let id = entries[entries.count - 1].from < ids.count ? fields[1] : fields[0]
                throw .unknownUnit(line: line, id: String(id))
            }
        }
        guard numberOf.count == declared else {
            throw .unitCount(declared: declared, found: numberOf.count)
        }

        let order = ids == nil ? firstLines(entries.map(\.from), declared) : Array(0..<declared)
        var rows = [[ValuedWeights.Link]](repeating: [], count: declared)
        var seen = Set<Int>(minimumCapacity: entries.count)
        for entry in entries {
            let (from, to) = (order[entry.from], order[entry.to])
            guard seen.insert(from * declared + to).inserted else {
                throw .repeatedLink(line: entry.line)
            }
            rows[from].append(.init(to: to, weight: entry.weight))
        }
        var names = [String](repeating: "", count: declared)
        for (id, number) in numberOf { names[order[number]] = String(id) }
        return Content(
            ids: names,
            weights: ValuedWeights(links: rows),
            layer: String(header.fields[2]),
            key: String(header.fields[3])
        )
    }

    /// The position of each number when those in `origins` come first, in that order.
    private static func firstLines(_ origins: [Int], _ count: Int) -> [Int] {
        var positions = [Int](repeating: -1, count: count)
        var next = 0
        for number in origins + Array(0..<count) where positions[number] < 0 {
            positions[number] = next
            next += 1
        }
        return positions
    }

    /// The text of `weights`; every line ends with a line feed.
    ///
    /// Weights are written with as many digits as it takes to read the same number again (other
    /// software writes six). Read with the same `ids`, the content is the same, isolates
    /// included.
    public static func write(
        _ weights: ValuedWeights,
        ids: [String],
        layer: String = "Unknown",
        key: String = "Unknown"
    ) -> String {
        precondition(ids.count == weights.count, "\(ids.count) ids for \(weights.count) units")
        precondition(Set(ids).count == ids.count, "GWT ids must differ from each other")
        precondition(
            (ids + [layer, key]).allSatisfy {
                !$0.isEmpty && !$0.contains(where: \.isWhitespace)
            },
            "GWT ids and names must be words without blanks"
        )
        var text = "0 \(weights.count) \(layer) \(key)\n"
        for (unit, id) in ids.enumerated() {
            for link in weights.links(of: unit) {
                text += "\(id) \(ids[link.unit]) \(link.weight)\n"
            }
        }
        return text
    }
}

/// Why a text is no GWT file; lines count from 1.
public enum GWTError: Error, Hashable, Sendable {
    case empty
    case unreadableHeader(line: Int)
    case unreadableLink(line: Int)
    case unitCount(declared: Int, found: Int)
    case unknownUnit(line: Int, id: String)
    case repeatedLink(line: Int)
}

extension GWTError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty:
            "The GWT file is empty."
        case .unreadableHeader(let line):
            "GWT line \(line): expected \"0 count layer key\"."
        case .unreadableLink(let line):
            "GWT line \(line): expected two ids without blanks and a finite weight."
        case .unitCount(let declared, let found):
            "GWT line 1 announces \(declared) units, \(found) are known. Units without links are "
                + "not in the file; give the ids of all units beside it."
        case .unknownUnit(let line, let id):
            "GWT line \(line): \(id) is none of the units given."
        case .repeatedLink(let line):
            "GWT line \(line): this link occurs a second time."
        }
    }
}

/// The lines of a text that are not blank, cut into fields; by bytes, since a file of a million
/// links has no time for characters.
private struct FieldLines {
    private let text: Substring.UTF8View
    private var position: Substring.UTF8View.Index
    private var number = 0

    init(_ text: String) {
        self.text = text[...].utf8
        position = self.text.startIndex
    }

    mutating func next() -> (number: Int, fields: [Substring])? {
        while position < text.endIndex {
            let line = text[position...].prefix { $0 != UInt8(ascii: "\n") }
            position = line.endIndex
            if position < text.endIndex { position = text.index(after: position) }
            number += 1
            // Blanks, tabs and the carriage return of Windows.
            let fields = line.split { $0 == 32 || $0 == 9 || $0 == 13 }
            if !fields.isEmpty { return (number, fields.map { Substring($0) }) }
        }
        return nil
    }
}
