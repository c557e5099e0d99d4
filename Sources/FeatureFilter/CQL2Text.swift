internal import Geospatial

/// Filters written in CQL2 text (OGC 21-065r2).
///
/// Keywords and functions are read in any case, names of properties exactly. Brackets may stand
/// around any expression. What a name stands for is for `FilterCheck` to say.
public enum CQL2Text {
    /// - Complexity: O(length of `text`), which is bounded, as is how deep expressions stand in
    ///   each other.
    public static func parse(_ text: String) throws(FilterError) -> FilterExpression {
        var parser = CQL2TextParser(lexer: try CQL2Lexer(text))
        let filter = try parser.expression()
        guard parser.lexer.token == .end else {
            throw parser.failure("AND, OR or the end of the filter")
        }
        return filter
    }
}

private struct CQL2TextParser {
    var lexer: CQL2Lexer
    /// How many brackets and NOT are open: these cost stack before there is an expression.
    private var open = 0

    init(lexer: CQL2Lexer) { self.lexer = lexer }

    func failure(_ expected: String) -> FilterError {
        FilterError(.expected(expected), at: lexer.place)
    }

    /// Several with OR between them.
    mutating func expression() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        var parts = [try conjunction()]
        while try take(keyword: "OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : try FilterExpression(.or(parts), at: place)
    }

    private mutating func conjunction() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        var parts = [try negation()]
        while try take(keyword: "AND") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : try FilterExpression(.and(parts), at: place)
    }

    private mutating func negation() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        guard try take(keyword: "NOT") else { return try predicate() }
        return try FilterExpression(
            .not(try nested { (parser) throws(FilterError) in try parser.negation() }),
            at: place)
    }

    private mutating func predicate() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        let value = try sum()
        if case .symbol(let symbol) = lexer.token,
            let comparison = ComparisonOperator(rawValue: symbol)
        {
            try lexer.advance()
            return try FilterExpression(.comparison(comparison, value, try sum()), at: place)
        }
        if try take(keyword: "IS") {
            let isNegated = try take(keyword: "NOT")
            guard try take(keyword: "NULL") else { throw failure("NULL") }
            return try negated(isNegated, .isNull(value), at: place)
        }
        let isNegated = try take(keyword: "NOT")
        if try take(keyword: "LIKE") {
            return try negated(isNegated, .like(value, pattern: try sum()), at: place)
        }
        if try take(keyword: "BETWEEN") {
            let lower = try sum()
            guard try take(keyword: "AND") else { throw failure("AND") }
            return try negated(
                isNegated, .between(value, lower: lower, upper: try sum()), at: place)
        }
        if try take(keyword: "IN") {
            guard try take(symbol: "(") else { throw failure("(") }
            return try negated(isNegated, .isIn(value, try list()), at: place)
        }
        guard !isNegated else { throw failure("LIKE, BETWEEN or IN") }
        return value
    }

    private func negated(
        _ isNegated: Bool,
        _ kind: FilterExpression.Kind,
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        let expression = try FilterExpression(kind, at: place)
        return isNegated ? try FilterExpression(.not(expression), at: place) : expression
    }

    private mutating func sum() throws(FilterError) -> FilterExpression {
        var value = try product()
        while case .symbol(let symbol) = lexer.token, symbol == "+" || symbol == "-",
            let operation = ArithmeticOperator(rawValue: symbol)
        {
            try lexer.advance()
            value = try FilterExpression(
                .arithmetic(operation, value, try product()), at: value.place)
        }
        return value
    }

    private mutating func product() throws(FilterError) -> FilterExpression {
        var value = try power()
        while let operation = productOperator() {
            try lexer.advance()
            value = try FilterExpression(
                .arithmetic(operation, value, try power()), at: value.place)
        }
        return value
    }

    private func productOperator() -> ArithmeticOperator? {
        switch lexer.token {
        case .symbol("*"): .times
        case .symbol("/"): .divided
        case .symbol("%"): .modulo
        case .word(let word, isQuoted: false) where word.lowercased() == "div": .integerDivided
        default: nil
        }
    }

    /// `2 ^ 3 ^ 2` is 2 ^ 9, `-2 ^ 2` is 4: a sign belongs to its number.
    private mutating func power() throws(FilterError) -> FilterExpression {
        let base = try signed()
        guard try take(symbol: "^") else { return base }
        let exponent = try nested { (parser) throws(FilterError) in try parser.power() }
        return try FilterExpression(.arithmetic(.power, base, exponent), at: base.place)
    }

    private mutating func signed() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        if try take(symbol: "+") {
            switch lexer.token {
            case .integer, .number: return try primary()
            default: throw failure("a number")
            }
        }
        guard try take(symbol: "-") else { return try primary() }
        let value = try primary()
        switch value.kind {
        case .integer(let number): return try FilterExpression(.integer(-number), at: place)
        case .number(let number): return try FilterExpression(.number(-number), at: place)
        default:
            let minusOne = try FilterExpression(.integer(-1), at: place)
            return try FilterExpression(.arithmetic(.times, minusOne, value), at: place)
        }
    }

    private mutating func primary() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        switch lexer.token {
        case .string(let text):
            try lexer.advance()
            return try FilterExpression(.string(text), at: place)
        case .integer(let number):
            try lexer.advance()
            return try FilterExpression(.integer(number), at: place)
        case .number(let number):
            try lexer.advance()
            return try FilterExpression(.number(number), at: place)
        case .symbol("("):
            try lexer.advance()
            let inner = try nested { (parser) throws(FilterError) in try parser.expression() }
            if lexer.token == .symbol(",") {
                throw FilterError(.notSupported("an array"), at: place)
            }
            guard try take(symbol: ")") else { throw failure(")") }
            return inner
        case .word(let name, isQuoted: true):
            try lexer.advance()
            return try FilterExpression(.property(name), at: place)
        case .word(let name, isQuoted: false):
            return try named(name, at: place)
        case .symbol, .end:
            throw failure("a property or a value")
        }
    }

    private static let reserved: Set<String> = [
        "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV",
    ]

    private mutating func named(
        _ name: String,
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        let word = name.uppercased()
        if WellKnownText.words.contains(word), lexer.isBeforeBracket || isBeforeGeometryWord {
            return try FilterExpression(.geometry(try lexer.geometry()), at: place)
        }
        guard !Self.reserved.contains(word) else { throw failure("a property or a value") }
        let isCall = lexer.isBeforeBracket
        try lexer.advance()
        guard isCall else {
            switch word {
            case "TRUE": return try FilterExpression(.boolean(true), at: place)
            case "FALSE": return try FilterExpression(.boolean(false), at: place)
            default: return try FilterExpression(.property(name), at: place)
            }
        }
        try lexer.advance()
        switch word {
        case "DATE": return try CQL2Call.date(try text(), at: place)
        case "TIMESTAMP": return try CQL2Call.timestamp(try text(), at: place)
        case "INTERVAL":
            let start = try intervalEnd()
            guard try take(symbol: ",") else { throw failure(", and the end of the interval") }
            let end = try intervalEnd()
            guard try take(symbol: ")") else { throw failure(")") }
            return try FilterExpression(.interval(start, end), at: place)
        case "BBOX": return try CQL2Call.box(try numbers(), at: place)
        case "A_EQUALS", "A_CONTAINS", "A_CONTAINEDBY", "A_OVERLAPS":
            throw FilterError(.notSupported("an array"), at: place)
        default:
            let isEmpty = try take(symbol: ")")
            return try CQL2Call.expression(name, isEmpty ? [] : try list(), at: place)
        }
    }

    /// `POINT EMPTY` and `POINT Z (1 2 3)` are geometries, a lone `point` is a property.
    private var isBeforeGeometryWord: Bool {
        ["Z", "M", "ZM", "EMPTY"].contains(lexer.wordAhead)
    }

    /// The rest of `'text')`.
    private mutating func text() throws(FilterError) -> String {
        guard case .string(let text) = lexer.token else { throw failure("text in ' '") }
        try lexer.advance()
        guard try take(symbol: ")") else { throw failure(")") }
        return text
    }

    private mutating func intervalEnd() throws(FilterError) -> FilterExpression {
        let place = lexer.place
        switch lexer.token {
        case .string(let text):
            try lexer.advance()
            return try CQL2Call.intervalEnd(text, at: place)
        case .word:
            return try primary()
        default:
            throw failure("a date, a timestamp, '..' or a property")
        }
    }

    /// The rest of `1,2,3,4)`.
    private mutating func numbers() throws(FilterError) -> [Double] {
        var numbers: [Double] = []
        repeat {
            let isNegative = try take(symbol: "-")
            if !isNegative { _ = try take(symbol: "+") }
            switch lexer.token {
            case .integer(let number): numbers.append(isNegative ? -Double(number) : Double(number))
            case .number(let number): numbers.append(isNegative ? -number : number)
            default: throw failure("a number")
            }
            try lexer.advance()
        } while try take(symbol: ",")
        guard try take(symbol: ")") else { throw failure(", or )") }
        return numbers
    }

    /// The rest of `a,b,c)`.
    private mutating func list() throws(FilterError) -> [FilterExpression] {
        var parts: [FilterExpression] = []
        repeat {
            parts.append(try nested { (parser) throws(FilterError) in try parser.expression() })
        } while try take(symbol: ",")
        guard try take(symbol: ")") else { throw failure(", or )") }
        return parts
    }

    private mutating func nested(
        _ part: (inout Self) throws(FilterError) -> FilterExpression
    ) throws(FilterError) -> FilterExpression {
        // Brackets that say nothing make no expression deeper: twice as many are allowed.
        guard open < 2 * FilterExpression.deepest else {
            throw FilterError(.tooDeep, at: lexer.place)
        }
        open += 1
        defer { open -= 1 }
        return try part(&self)
    }

    private mutating func take(keyword: String) throws(FilterError) -> Bool {
        guard case .word(let word, isQuoted: false) = lexer.token, word.uppercased() == keyword
        else { return false }
        try lexer.advance()
        return true
    }

    private mutating func take(symbol: String) throws(FilterError) -> Bool {
        guard lexer.token == .symbol(symbol) else { return false }
        try lexer.advance()
        return true
    }
}
