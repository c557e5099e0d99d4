/// A value of JSON (RFC 8259), whole numbers apart from others.
enum JSONValue: Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

/// Reads JSON strictly; a member named twice is an error, since either could be meant.
struct JSONReader {
    private let bytes: [UInt8]
    private var next = 0
    private var depth = 0

    /// An operator is an object and an array deep; coordinates lie below the last one.
    private static let deepest = 2 * FilterExpression.deepest + 40

    static func read(_ bytes: [UInt8]) throws(FilterError) -> JSONValue {
        guard bytes.count <= FilterExpression.longest else {
            throw FilterError(.tooLong, at: .pointer(""))
        }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value()
        reader.skipBlanks()
        guard reader.next == bytes.count else { throw reader.failure("the end of the JSON") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func failure(_ expected: String) -> FilterError {
        // A pointer has no place for damage: the byte is said in words.
        FilterError(.expected("\(expected) at byte \(next + 1)"), at: .pointer(""))
    }

    private mutating func skipBlanks() {
        while let byte = peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
    }

    private func peek() -> UInt8? { next < bytes.count ? bytes[next] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard peek() == byte else { return false }
        next += 1
        return true
    }

    private mutating func value() throws(FilterError) -> JSONValue {
        skipBlanks()
        guard let byte = peek() else { throw failure("a value") }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default:
            for (word, value) in Self.words where bytes[next...].starts(with: word.utf8) {
                next += word.utf8.count
                return value
            }
            throw failure("a value")
        }
    }

    private static let words: [(String, JSONValue)] = [
        ("true", .boolean(true)), ("false", .boolean(false)), ("null", .null),
    ]

    private mutating func open() throws(FilterError) {
        next += 1
        depth += 1
        guard depth <= Self.deepest else { throw FilterError(.tooDeep, at: .pointer("")) }
    }

    private mutating func array() throws(FilterError) -> JSONValue {
        try open()
        defer { depth -= 1 }
        if take(UInt8(ascii: "]")) { return .array([]) }
        var items: [JSONValue] = []
        repeat { items.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure(", or ]") }
        return .array(items)
    }

    private mutating func object() throws(FilterError) -> JSONValue {
        try open()
        defer { depth -= 1 }
        if take(UInt8(ascii: "}")) { return .object([:]) }
        var members: [String: JSONValue] = [:]
        repeat {
            skipBlanks()
            guard peek() == UInt8(ascii: "\"") else { throw failure("the name of a member") }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw failure(":") }
            let isNew = members.updateValue(try value(), forKey: name) == nil
            guard isNew else { throw failure("each member once") }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure(", or }") }
        return .object(members)
    }

    private mutating func number() throws(FilterError) -> JSONValue {
        let start = next
        var isInteger = true
        if peek() == UInt8(ascii: "-") { next += 1 }
        if peek() == UInt8(ascii: "0") {
            next += 1
        } else {
            try digits()
        }
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            next += 1
            try digits()
        }
        if let byte = peek(), byte & 0xDF == UInt8(ascii: "E") {
            isInteger = false
            next += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { next += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<next], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw failure("a number that a double can hold")
        }
        return .number(value)
    }

    private mutating func digits() throws(FilterError) {
        let start = next
        while let byte = peek(), (0x30...0x39).contains(byte) { next += 1 }
        guard next > start else { throw failure("a digit") }
    }

    private mutating func string() throws(FilterError) -> String {
        next += 1
        var content: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                next += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                next += 1
                content.append(contentsOf: try escaped().utf8)
            case 0..<0x20:
                throw failure("an escape instead of a control character")
            default:
                content.append(byte)
                next += 1
            }
        }
        throw failure("the end of the text")
    }

    private mutating func escaped() throws(FilterError) -> Character {
        guard let byte = peek() else { throw failure("the end of the text") }
        next += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Character(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try scalar())
        default: throw failure("an escape of JSON")
        }
    }

    /// What follows `\u`: a scalar, or two surrogates that make one.
    private mutating func scalar() throws(FilterError) -> Unicode.Scalar {
        let first = try codeUnit()
        guard UTF16.isLeadSurrogate(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw failure("a character") }
            return scalar
        }
        guard bytes[next...].starts(with: #"\u"#.utf8) else {
            throw failure("the second half of a character")
        }
        next += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second),
            let scalar = Unicode.Scalar(
                0x1_0000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
        else { throw failure("the second half of a character") }
        return scalar
    }

    private mutating func codeUnit() throws(FilterError) -> UInt16 {
        let digits = bytes[next...].prefix(4)
        guard digits.count == 4,
            digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits") }
        next += 4
        return unit
    }
}
