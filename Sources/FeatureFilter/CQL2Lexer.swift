internal import Geospatial

/// The words of CQL2 text, one at a time.
struct CQL2Lexer {
    enum Token: Hashable {
        /// A name or a keyword, as written; quoted ones are never keywords.
        case word(String, isQuoted: Bool)
        case string(String)
        case integer(Int64)
        case number(Double)
        /// One of `= <> < > <= >= + - * / % ^ ( ) ,`.
        case symbol(String)
        case end
    }

    private let bytes: [UInt8]
    private var next = 0
    /// Scalars before `next`.
    private var scalars = 0

    /// The token that stands at `place`.
    private(set) var token = Token.end
    private(set) var place = FilterPlace.character(1)
    private var tokenStart = 0
    private var tokenScalars = 0

    init(_ text: String) throws(FilterError) {
        bytes = Array(text.utf8)
        guard bytes.count <= FilterExpression.longest else {
            throw FilterError(.tooLong, at: .character(1))
        }
        try advance()
    }

    mutating func advance() throws(FilterError) {
        while let byte = peek(), Self.isBlank(byte) { take() }
        tokenStart = next
        tokenScalars = scalars
        place = .character(scalars + 1)
        token = try read()
    }

    /// Whether `(` follows the token.
    var isBeforeBracket: Bool {
        bytes[next...].first { !Self.isBlank($0) } == UInt8(ascii: "(")
    }

    /// The letters that follow the token, in capitals.
    var wordAhead: String {
        let rest = bytes[next...].drop(while: Self.isBlank)
        let letters = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
        return String(decoding: letters.map { $0 & 0xDF }, as: UTF8.self)
    }

    /// Reads well-known text that begins with the token, and goes on behind it.
    mutating func geometry() throws(FilterError) -> Geometry {
        var position = tokenStart
        do {
            let geometry = try WellKnownText.decodePrefix(of: bytes, from: &position)
            move(to: position)
            try advance()
            return geometry
        } catch let failure as WellKnownText.Failure {
            move(to: failure.byte)
            throw FilterError(.expected(failure.expected), at: .character(scalars + 1))
        } catch let error as FilterError {
            throw error
        } catch {
            preconditionFailure("neither reader throws anything else")
        }
    }

    private mutating func move(to position: Int) {
        next = tokenStart
        scalars = tokenScalars
        while next < min(position, bytes.count) { take() }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        next + ahead < bytes.count ? bytes[next + ahead] : nil
    }

    private mutating func take() {
        next += 1
        // The rest of a scalar does not count.
        if next == bytes.count || bytes[next] & 0xC0 != 0x80 { scalars += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func startsWord(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ":") || byte >= 0x80
    }

    private func failure(_ expected: String) -> FilterError {
        FilterError(.expected(expected), at: place)
    }

    private mutating func read() throws(FilterError) -> Token {
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "'"):
            return .string(try quoted(byte))
        case UInt8(ascii: "\""):
            let name = try quoted(byte)
            guard !name.isEmpty else { throw failure("the name of a property") }
            return .word(name, isQuoted: true)
        case _ where Self.isDigit(byte),
            UInt8(ascii: ".") where peek(1).map(Self.isDigit) ?? false:
            return try number()
        case _ where Self.startsWord(byte):
            while let byte = peek(),
                Self.startsWord(byte) || Self.isDigit(byte) || byte == UInt8(ascii: ".")
            {
                take()
            }
            return .word(
                String(decoding: bytes[tokenStart..<next], as: UTF8.self), isQuoted: false)
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            take()
            if peek() == UInt8(ascii: "=")
                || byte == UInt8(ascii: "<") && peek() == UInt8(ascii: ">")
            {
                take()
            }
            return .symbol(String(decoding: bytes[tokenStart..<next], as: UTF8.self))
        case _ where "=+-*/%^(),".utf8.contains(byte):
            take()
            return .symbol(String(decoding: [byte], as: UTF8.self))
        default:
            throw failure("a name, a value or an operator")
        }
    }

    /// What stands between two `mark`; a doubled mark stands for one.
    private mutating func quoted(_ mark: UInt8) throws(FilterError) -> String {
        take()
        var content: [UInt8] = []
        while let byte = peek() {
            take()
            if byte == mark {
                guard peek() == mark else { return String(decoding: content, as: UTF8.self) }
                take()
            } else if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "'"),
                let next = peek(), let escaped = Self.escapes[next]
            {
                take()
                content.append(escaped)
                continue
            }
            content.append(byte)
        }
        throw failure(
            mark == UInt8(ascii: "'") ? "a ' at the end of the text" : "a \" at the end of the name"
        )
    }

    /// What follows a backslash in a text, and what both mean.
    ///
    /// Before any other character the backslash stays: `\%` and `\_` mean something to LIKE.
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "r"): 0x0D,
    ]

    private mutating func number() throws(FilterError) -> Token {
        var isInteger = true
        takeDigits()
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            take()
            takeDigits()
        }
        if let byte = peek(), byte & 0xDF == UInt8(ascii: "E") {
            isInteger = false
            take()
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { take() }
            takeDigits()
        }
        if let byte = peek(), Self.startsWord(byte) { throw failure("a number") }
        let text = String(decoding: bytes[tokenStart..<next], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        // “1.” is a number of CQL2 and none of Swift's.
        let digits =
            text.last == "."
            ? text + "0" : text.replacing(".e", with: ".0e").replacing(".E", with: ".0e")
        guard let value = Double(digits), value.isFinite else { throw failure("a number") }
        return .number(value)
    }

    private mutating func takeDigits() {
        while let byte = peek(), Self.isDigit(byte) { take() }
    }
}
