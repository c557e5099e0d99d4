/// The values that a column of a household file may have, as labels, most of them with a code.
///
/// A value that is not in the list is no error: it is kept as it is and counted.
public struct CodeList: Hashable, Sendable {
    public struct Value: Hashable, Sendable {
        /// Nil when the number is not known or the register writes labels only.
        public let code: Int?
        public let label: String
    }

    public let name: String
    public let values: [Value]
    /// Reduced label to index in `values`.
    private let labels: [[UInt8]: Int]
    private let codes: [Int: Int]

    /// A list of `numbered` labels, of others without number, and of other spellings of them.
    init(
        _ name: String,
        _ numbered: KeyValuePairs<Int, String> = [:],
        labels further: [String] = [],
        spellings: KeyValuePairs<String, String> = [:]
    ) {
        let values =
            numbered.map { Value(code: $0.key, label: $0.value) }
            + further.map { Value(code: nil, label: $0) }
        var labels: [[UInt8]: Int] = [:]
        for (index, value) in values.enumerated() {
            labels[Self.reduced(value.label.utf8)] = index
        }
        for (spelling, label) in spellings {
            guard let index = labels[Self.reduced(label.utf8)] else {
                preconditionFailure("\(name): \(spelling) is said to mean \(label), no value")
            }
            labels[Self.reduced(spelling.utf8)] = index
        }
        var codes: [Int: Int] = [:]
        for (index, value) in values.enumerated() {
            if let code = value.code { codes[code] = index }
        }
        self.name = name
        self.values = values
        self.labels = labels
        self.codes = codes
    }

    /// The value that a cell writes as code (`3`, `03`, `3.0`) or label, whatever its case, blanks
    /// and signs; nil for an unknown or empty one.
    public func value(of cell: UnsafeBufferPointer<UInt8>) -> Value? {
        let bytes = cell.trimmed
        if let number = (bytes.wholePart ?? bytes).decimalNumber, let index = codes[Int(number)] {
            return values[index]
        }
        return labels[Self.reduced(bytes)].map { values[$0] }
    }

    public func value(of text: String) -> Value? {
        Array(text.utf8).withUnsafeBufferPointer(value(of:))
    }

    /// A bit for each code from 0 to 9.
    var singleDigitCodes: UInt16 {
        codes.keys.reduce(0) { (0...9).contains($1) ? $0 | 1 << UInt16($1) : $0 }
    }

    /// Small letters and digits without what stands between them, but `<` and `>`, since
    /// `<= 900 watt` and `> 900 watt` are two values.
    private static func reduced(_ label: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(label.count)
        for byte in label {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "<"), UInt8(ascii: ">"), 0x80...:
                result.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                result.append(byte | 0x20)
            default:
                continue
            }
        }
        return result
    }
}

/// Looks at one column of each row for values that its list does not know.
///
/// One digit costs a look at a bit mask. A label is reduced and looked up once; after that its
/// hash is known. Two labels with one hash of 64 bits would only falsify a count.
struct CodeCheck: Sendable {
    let column: Int
    private(set) var unknownCount = 0
    private let list: CodeList
    private let digits: UInt16
    private var seen: [UInt64: Bool] = [:]

    private static let mostSeen = 4096

    init(column: Int, list: CodeList) {
        self.column = column
        self.list = list
        digits = list.singleDigitCodes
    }

    /// Whether the cell is empty or has a known value; counts it when not.
    mutating func accepts(_ row: DelimitedRow) -> Bool {
        let bytes = row.bytes(column)
        switch bytes.count {
        case 0:
            return true
        case 1 where bytes[0].isDigit:
            if digits & 1 << UInt16(bytes[0] & 0x0F) != 0 { return true }
        default:
            if isKnown(bytes) { return true }
        }
        unknownCount += 1
        return false
    }

    private mutating func isKnown(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if let known = seen[hash] { return known }
        let isKnown = list.value(of: bytes) != nil
        if seen.count < Self.mostSeen { seen[hash] = isKnown }
        return isKnown
    }
}
