internal import Geospatial

/// What a queryable property holds.
public enum QueryableType: String, Hashable, Sendable, CaseIterable {
    case string, integer, number, boolean
    /// A day, as text `2026-02-28`.
    case date
    /// An instant, as text `2026-02-28T07:00:00Z`.
    case timestamp
    case geometry
}

/// A filter whose properties are known and whose types fit.
///
/// Its geometries are in CRS84 and there is no `box` in it.
public struct CheckedFilter: Hashable, Sendable {
    public let expression: FilterExpression
    public let queryables: [String: QueryableType]

    /// What `expression`, a part of this filter, comes to.
    public func type(of expression: FilterExpression) -> FilterType {
        switch expression.kind {
        case .and, .or, .not, .comparison, .like, .between, .isIn, .isNull, .spatial, .temporal,
            .boolean:
            .boolean
        case .folded, .string: .string
        case .integer: .integer
        case .number: .number
        case .arithmetic(let operation, let left, let right):
            switch operation {
            case .integerDivided: .integer
            case .divided, .power: .number
            default:
                type(of: left) == .integer && type(of: right) == .integer ? .integer : .number
            }
        case .date: .date
        case .timestamp: .timestamp
        case .interval, .openEnd: .interval
        case .geometry, .box: .geometry
        // There is no function besides those with a case of their own.
        case .function: .boolean
        case .property(let name): queryables[name].map(FilterType.init) ?? .string
        }
    }
}

/// What a part of a filter comes to.
public enum FilterType: String, Hashable, Sendable {
    case string, integer, number, boolean, date, timestamp, interval, geometry

    init(_ type: QueryableType) {
        switch type {
        case .string: self = .string
        case .integer: self = .integer
        case .number: self = .number
        case .boolean: self = .boolean
        case .date: self = .date
        case .timestamp: self = .timestamp
        case .geometry: self = .geometry
        }
    }

    public var isNumeric: Bool { self == .integer || self == .number }
    public var isInstant: Bool { self == .date || self == .timestamp }

    fileprivate var words: String {
        switch self {
        case .string: "text"
        case .integer, .number: "a number"
        case .boolean: "true or false"
        case .date: "a date"
        case .timestamp: "a timestamp"
        case .interval: "an interval"
        case .geometry: "a geometry"
        }
    }
}

/// Checks filters against the properties one may ask for.
public struct FilterCheck: Sendable {
    public let queryables: [String: QueryableType]
    public let referenceSystem: FilterReferenceSystem

    public init(
        queryables: [String: QueryableType],
        referenceSystem: FilterReferenceSystem = .crs84
    ) {
        self.queryables = queryables
        self.referenceSystem = referenceSystem
    }

    /// The filter with its geometries in CRS84, or the first thing that is wrong with it.
    public func check(_ filter: FilterExpression) throws(FilterError) -> CheckedFilter {
        let (expression, type) = try checked(filter)
        guard type == .boolean else { throw wrong(filter, type, "a condition") }
        return CheckedFilter(expression: expression, queryables: queryables)
    }

    private typealias Typed = (expression: FilterExpression, type: FilterType)

    private func wrong(
        _ expression: FilterExpression,
        _ type: FilterType,
        _ expected: String
    ) -> FilterError {
        FilterError(.wrongType(found: type.words, expected: expected), at: expression.place)
    }

    private func checked(_ expression: FilterExpression) throws(FilterError) -> Typed {
        func made(_ kind: FilterExpression.Kind, _ type: FilterType) throws(FilterError) -> Typed {
            (try FilterExpression(kind, at: expression.place), type)
        }
        switch expression.kind {
        case .and(let parts):
            return try made(.and(try conditions(parts)), .boolean)
        case .or(let parts):
            return try made(.or(try conditions(parts)), .boolean)
        case .not(let part):
            return try made(.not(try conditions([part])[0]), .boolean)
        case .comparison(let comparison, let left, let right):
            let sides = try comparable([left, right])
            return try made(.comparison(comparison, sides[0], sides[1]), .boolean)
        case .like(let value, let pattern):
            guard Self.isPattern(pattern) else {
                throw FilterError(
                    .expected("a pattern in quotes, or CASEI or ACCENTI of one"),
                    at: pattern.place)
            }
            return try made(
                .like(try text(value), pattern: try text(pattern)), .boolean)
        case .between(let value, let lower, let upper):
            let parts = try comparable([value, lower, upper])
            return try made(.between(parts[0], lower: parts[1], upper: parts[2]), .boolean)
        case .isIn(let value, let list):
            let parts = try comparable([value] + list)
            return try made(.isIn(parts[0], Array(parts.dropFirst())), .boolean)
        case .isNull(let part):
            return try made(.isNull(try checked(part).expression), .boolean)
        case .spatial(let relation, let left, let right):
            return try made(.spatial(relation, try geometry(left), try geometry(right)), .boolean)
        case .temporal(let relation, let left, let right):
            return try made(
                .temporal(relation, try time(left, relation), try time(right, relation)),
                .boolean)
        case .arithmetic(let operation, let left, let right):
            let kind = FilterExpression.Kind.arithmetic(
                operation, try number(left), try number(right))
            let made = try FilterExpression(kind, at: expression.place)
            let filter = CheckedFilter(expression: made, queryables: queryables)
            return (made, filter.type(of: made))
        case .folded(let folding, let part):
            return try made(.folded(folding, try text(part)), .string)
        case .function(let name, _):
            throw FilterError(.unknownFunction(name), at: expression.place)
        case .property(let name):
            guard let type = queryables[name] else {
                throw FilterError(
                    .unknownProperty(name, known: queryables.keys.sorted()),
                    at: expression.place)
            }
            return (expression, FilterType(type))
        case .boolean: return (expression, .boolean)
        case .integer: return (expression, .integer)
        case .number: return (expression, .number)
        case .string: return (expression, .string)
        case .date: return (expression, .date)
        case .timestamp: return (expression, .timestamp)
        case .openEnd:
            throw FilterError(.notSupported("an open end"), at: expression.place)
        case .interval(let start, let end):
            return try made(.interval(try intervalEnd(start), try intervalEnd(end)), .interval)
        case .geometry(let geometry):
            return try made(.geometry(try geographic(geometry, at: expression.place)), .geometry)
        case .box(let numbers):
            let box = FilterBox(numbers, in: referenceSystem)
            guard let geometry = box?.geometry else {
                throw FilterError(
                    .notValid("a box has its lower corner first and lies on the earth"),
                    at: expression.place)
            }
            return try made(.geometry(geometry), .geometry)
        }
    }

    private func conditions(
        _ parts: [FilterExpression]
    ) throws(FilterError) -> [FilterExpression] {
        try parts.map { (part) throws(FilterError) in
            let (expression, type) = try checked(part)
            guard type == .boolean else { throw wrong(part, type, "a condition") }
            return expression
        }
    }

    /// All of them text, all numbers, all true or false, or all dates and timestamps.
    private func comparable(
        _ parts: [FilterExpression]
    ) throws(FilterError) -> [FilterExpression] {
        var typed = try parts.map { (part) throws(FilterError) in try checked(part) }
        if typed.contains(where: { $0.type.isInstant }) {
            typed = try typed.map { (one) throws(FilterError) in try time(of: one) }
        }
        for (part, (_, type)) in zip(parts, typed) {
            guard type != .geometry, type != .interval else {
                throw wrong(part, type, "a value that has an order")
            }
            let first = typed[0].type
            let fits =
                type == first || type.isNumeric && first.isNumeric
                || type.isInstant && first.isInstant
            guard fits else {
                throw FilterError(.differentTypes(first.words, type.words), at: part.place)
            }
        }
        return typed.map(\.expression)
    }

    /// Text that is a date or a timestamp counts as one beside a date or a timestamp, as the
    /// standard's own tests of IN have it.
    private func time(of typed: Typed) throws(FilterError) -> Typed {
        guard case .string(let text) = typed.expression.kind else { return typed }
        let place = typed.expression.place
        if TemporalText.isDate(text) {
            return (try FilterExpression(.date(text), at: place), .date)
        }
        guard let timestamp = TemporalText.timestamp(text) else { return typed }
        return (try FilterExpression(.timestamp(timestamp), at: place), .timestamp)
    }

    private static func isPattern(_ expression: FilterExpression) -> Bool {
        switch expression.kind {
        case .string: true
        case .folded(_, let part): isPattern(part)
        default: false
        }
    }

    private func text(_ part: FilterExpression) throws(FilterError) -> FilterExpression {
        let (expression, type) = try checked(part)
        guard type == .string else { throw wrong(part, type, "text") }
        return expression
    }

    private func number(_ part: FilterExpression) throws(FilterError) -> FilterExpression {
        let (expression, type) = try checked(part)
        guard type.isNumeric else { throw wrong(part, type, "a number") }
        return expression
    }

    private func geometry(_ part: FilterExpression) throws(FilterError) -> FilterExpression {
        let (expression, type) = try checked(part)
        guard type == .geometry else { throw wrong(part, type, "a geometry") }
        return expression
    }

    private func time(
        _ part: FilterExpression,
        _ relation: TemporalRelation
    ) throws(FilterError) -> FilterExpression {
        let (expression, type) = try checked(part)
        guard type == .interval || type.isInstant && relation.takesInstants else {
            throw wrong(
                part, type, relation.takesInstants ? "a time or an interval" : "an interval")
        }
        return expression
    }

    private func intervalEnd(
        _ part: FilterExpression
    ) throws(FilterError) -> FilterExpression {
        if case .openEnd = part.kind { return part }
        let (expression, type) = try checked(part)
        guard type.isInstant else { throw wrong(part, type, "a date or a timestamp") }
        return expression
    }

    /// The geometry in CRS84; a position that is not on the earth is an error, as the standard asks.
    private func geographic(
        _ geometry: Geometry,
        at place: FilterPlace
    ) throws(FilterError) -> Geometry {
        try geometry.mapCoordinates { (position) throws(FilterError) in
            guard let there = referenceSystem.geographic(position) else {
                throw FilterError(
                    .notValid("a position is not in the area of its reference system"), at: place)
            }
            return there
        }
    }
}
