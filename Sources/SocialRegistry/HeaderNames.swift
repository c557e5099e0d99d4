/// The column names that mean something in some layout, as a tree of their letters.
///
/// A cell is followed letter by letter and given up at the first that leads nowhere, so that a cell
/// of data costs a letter or two. Small and capital letters are one, and whatever stands between
/// letters and digits is one blank, as in `RegistryHeader.reduced`.
struct HeaderNames: Sendable {
    /// What has been read so far: a known name, or the words that some known name begins with.
    struct Place: Hashable, Sendable {
        fileprivate let node: UInt16

        static let start = Place(node: 1)
        static let nowhere = Place(node: 0)
    }

    static let known = HeaderNames(layouts: RegistryLayout.all)

    /// How many names there are; they are numbered from 0.
    var count: Int { numbers.count }

    /// The nodes that follow node *n*, from 37*n* on: after a blank, 26 letters, 10 digits; 0: none.
    private var followers = Array(repeating: UInt16(0), count: 2 * Self.signCount)
    /// The number of the name that ends at a node, or -1.
    private var numberAtNode: [Int16] = [-1, -1]
    private var numbers: [String: Int] = [:]
    private var criteria: [LayoutCriteria] = []
    /// The numbers of the spellings of each field, in the order of `RegistryField.allCases`.
    private var spellings: [RegistryLayout.Subject: [[Int]]] = [:]

    private static let signCount = 37
    private static let blank = 0

    /// A layout in numbers of names and of fields.
    private struct LayoutCriteria {
        let layout: RegistryLayout
        let required: [Int]
        let requiredAny: [Int]
        let signature: [Int]
        let excluded: [Int]
    }

    /// `layouts` in the order in which ties go to the earlier.
    private init(layouts: [RegistryLayout]) {
        let fields = RegistryField.allCases
        for subject in RegistryLayout.Subject.allCases {
            spellings[subject] = fields.map { $0.spellings(in: subject).map { insert($0) } }
        }
        func indices(_ wanted: [RegistryField]) -> [Int] {
            fields.indices.filter { wanted.contains(fields[$0]) }
        }
        for layout in layouts {
            criteria.append(
                LayoutCriteria(
                    layout: layout, required: indices(layout.required),
                    requiredAny: indices(layout.requiredAny),
                    signature: layout.signature.map { insert($0) },
                    excluded: layout.excluded.map { insert($0) }))
        }
    }

    // MARK: Names

    /// Goes on from `place` with a text, trimmed or not; between two texts stands a blank.
    ///
    /// - Complexity: O(letters up to the first that leads nowhere).
    func place(
        after text: UnsafeBufferPointer<UInt8>,
        from place: Place = .start
    ) -> Place {
        var node = place.node
        var owesBlank = place != .start
        for index in text.indices {
            guard node != Place.nowhere.node else { return .nowhere }
            let byte = text[index]
            if byte >= 0x80 {
                node = self.node(afterScalars: text[index...], from: node, owesBlank)
                break
            }
            node = self.node(after: Self.sign(byte), from: node, &owesBlank)
        }
        // The beginning of a word is no place where a lower row could go on.
        guard
            numberAtNode[Int(node)] >= 0 || follower(of: node, Self.blank) != 0
                || node == Place.start.node
        else { return .nowhere }
        return Place(node: node)
    }

    func place(after text: String) -> Place {
        var text = text
        return text.withUTF8 { place(after: $0) }
    }

    /// The number of the name that ends here; nil when none does.
    func number(at place: Place) -> Int? {
        let number = Int(numberAtNode[Int(place.node)])
        return number < 0 ? nil : number
    }

    private func follower(of node: UInt16, _ sign: Int) -> UInt16 {
        followers[Int(node) * Self.signCount + sign]
    }

    private func node(after sign: Int, from node: UInt16, _ owesBlank: inout Bool) -> UInt16 {
        guard sign != Self.blank else {
            owesBlank = node != Place.start.node
            return node
        }
        var node = node
        if owesBlank {
            node = follower(of: node, Self.blank)
            owesBlank = false
        }
        return follower(of: node, sign)
    }

    /// The rest of a text from its first byte that is no ASCII on; known names are all ASCII.
    private func node(
        afterScalars rest: Slice<UnsafeBufferPointer<UInt8>>,
        from node: UInt16,
        _ owesBlank: Bool
    ) -> UInt16 {
        var node = node
        var owesBlank = owesBlank
        var bytes = rest.makeIterator()
        var codec = UTF8()
        while node != Place.nowhere.node {
            switch codec.decode(&bytes) {
            case .emptyInput: return node
            case .error: owesBlank = node != Place.start.node
            case .scalarValue(let scalar):
                for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
                    if scalar.isASCII {
                        let sign = Self.sign(UInt8(truncatingIfNeeded: scalar.value))
                        node = self.node(after: sign, from: node, &owesBlank)
                    } else if scalar.properties.isAlphabetic {
                        return Place.nowhere.node
                    } else {
                        owesBlank = node != Place.start.node
                    }
                }
            }
        }
        return node
    }

    /// Which of the followers an ASCII byte leads to.
    private static func sign(_ byte: UInt8) -> Int {
        if byte.isDigit { return Int(byte & 0x0F) + 27 }
        let letter = byte.lowercased &- UInt8(ascii: "a")
        return letter < 26 ? Int(letter) + 1 : blank
    }

    private mutating func insert(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        precondition(
            name.utf8.allSatisfy { $0 < 0x80 } && RegistryHeader.reduced(name) == name,
            "\(name) is no reduced name")
        var node = Place.start.node
        for byte in name.utf8 {
            let place = Int(node) * Self.signCount + Self.sign(byte)
            if followers[place] == 0 {
                precondition(numberAtNode.count < Int(UInt16.max), "too many column names")
                followers[place] = UInt16(numberAtNode.count)
                numberAtNode.append(-1)
                followers.append(contentsOf: repeatElement(0, count: Self.signCount))
            }
            node = followers[place]
        }
        let number = numbers.count
        numberAtNode[Int(node)] = Int16(number)
        numbers[name] = number
        return number
    }

    // MARK: Layouts

    /// Every layout needs so many columns.
    static let fewestColumns = 2

    /// The layout of a header and the column of each field.
    ///
    /// - Parameter columns: the number of each column's name, nil for one without meaning.
    /// - Returns: nil when it is the header of no layout.
    /// - Complexity: O(columns) where fewer than two mean something, otherwise O(columns + names).
    func layout(
        of columns: [Int?]
    ) -> (layout: RegistryLayout, positions: [RegistryField: Int])? {
        guard columns.count(where: { $0 != nil }) >= Self.fewestColumns else { return nil }
        // Of columns with the same name the first counts.
        var first: [Int?] = Array(repeating: nil, count: count)
        for (column, number) in columns.enumerated() {
            if let number, first[number] == nil { first[number] = column }
        }
        let placed = spellings.mapValues { Self.columns(of: $0, first) }
        var best: (layout: RegistryLayout, score: Int)?
        for layout in criteria {
            guard let columns = placed[layout.layout.subject],
                layout.required.allSatisfy({ columns[$0] != nil }),
                layout.requiredAny.isEmpty
                    || layout.requiredAny.contains(where: { columns[$0] != nil }),
                !layout.excluded.contains(where: { first[$0] != nil })
            else { continue }
            let score = layout.signature.count { first[$0] != nil }
            if score > best?.score ?? 0 { best = (layout.layout, score) }
        }
        guard let best, let columns = placed[best.layout.subject] else { return nil }
        var positions: [RegistryField: Int] = [:]
        for (field, column) in zip(RegistryField.allCases, columns) {
            if let column { positions[field] = column }
        }
        return (best.layout, positions)
    }

    /// The column of each field; no column serves two fields.
    private static func columns(of spellings: [[Int]], _ first: [Int?]) -> [Int?] {
        var isTaken = Array(repeating: false, count: first.count)
        return spellings.map { spellings in
            // The earlier spelling wins: "Kecamatan" may stand beside "nama kecamatan".
            guard let name = spellings.first(where: { first[$0] != nil && !isTaken[$0] })
            else { return nil }
            isTaken[name] = true
            return first[name]
        }
    }
}
