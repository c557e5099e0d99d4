internal import Geospatial

/// What text and JSON share: from the name of a function and its arguments to an expression.
enum CQL2Call {
    private static let spatial = names(SpatialRelation.allCases)
    private static let temporal = names(TemporalRelation.allCases)
    private static let folding = names(TextFolding.allCases)

    private static func names<Relation: RawRepresentable<String>>(
        _ all: [Relation]
    ) -> [String: Relation] {
        Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue.lowercased(), $0) })
    }

    /// The expression that the function `name`, in any case, makes of its arguments.
    static func expression(
        _ name: String,
        _ arguments: [FilterExpression],
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        let key = name.lowercased()
        func need(_ count: Int) throws(FilterError) {
            guard arguments.count == count else {
                throw FilterError(
                    .argumentCount(function: name, expected: count, found: arguments.count),
                    at: place)
            }
        }
        if let relation = spatial[key] {
            try need(2)
            return try FilterExpression(
                .spatial(relation, arguments[0], arguments[1]), at: place)
        }
        if let relation = temporal[key] {
            try need(2)
            return try FilterExpression(
                .temporal(relation, arguments[0], arguments[1]), at: place)
        }
        if let folding = folding[key] {
            try need(1)
            return try FilterExpression(.folded(folding, arguments[0]), at: place)
        }
        return try FilterExpression(.function(name, arguments), at: place)
    }

    static func date(_ text: String, at place: FilterPlace) throws(FilterError) -> FilterExpression
    {
        guard TemporalText.isDate(text) else {
            throw FilterError(.notValid("a date is written 2026-02-28"), at: place)
        }
        return try FilterExpression(.date(text), at: place)
    }

    static func timestamp(
        _ text: String,
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        guard let timestamp = TemporalText.timestamp(text) else {
            throw FilterError(
                .notValid("a timestamp is written 2026-02-28T07:00:00Z"), at: place)
        }
        return try FilterExpression(.timestamp(timestamp), at: place)
    }

    /// An end of an interval that is text: a date, a timestamp or `..`.
    static func intervalEnd(
        _ text: String,
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        if text == ".." { return try FilterExpression(.openEnd, at: place) }
        return text.utf8.count == 10 ? try date(text, at: place) : try timestamp(text, at: place)
    }

    /// Four numbers, or six with heights, which are left out.
    static func box(
        _ numbers: [Double],
        at place: FilterPlace
    ) throws(FilterError) -> FilterExpression {
        switch numbers.count {
        case 4: return try FilterExpression(.box(numbers), at: place)
        case 6:
            let flat = [numbers[0], numbers[1], numbers[3], numbers[4]]
            return try FilterExpression(.box(flat), at: place)
        default:
            throw FilterError(
                .argumentCount(function: "BBOX", expected: 4, found: numbers.count), at: place)
        }
    }
}
