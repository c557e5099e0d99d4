public import Geospatial

/// A filter of CQL2 (OGC 21-065r2) or a part of it, however it was written.
///
/// Two expressions are equal when they mean the same tree; where they were read does not count.
public struct FilterExpression: Sendable {
    public indirect enum Kind: Hashable, Sendable {
        case and([FilterExpression])
        case or([FilterExpression])
        case not(FilterExpression)
        case comparison(ComparisonOperator, FilterExpression, FilterExpression)
        case like(FilterExpression, pattern: FilterExpression)
        case between(FilterExpression, lower: FilterExpression, upper: FilterExpression)
        case isIn(FilterExpression, [FilterExpression])
        case isNull(FilterExpression)
        case spatial(SpatialRelation, FilterExpression, FilterExpression)
        case temporal(TemporalRelation, FilterExpression, FilterExpression)
        case arithmetic(ArithmeticOperator, FilterExpression, FilterExpression)
        /// CASEI and ACCENTI.
        case folded(TextFolding, FilterExpression)
        case function(String, [FilterExpression])

        case property(String)
        case boolean(Bool)
        case integer(Int64)
        case number(Double)
        case string(String)
        /// A day, `2026-02-28`.
        case date(String)
        /// An instant, `2026-02-28T07:00:00Z`.
        case timestamp(String)
        /// Both ends belong to it; each is a date, a timestamp, a property or open.
        case interval(FilterExpression, FilterExpression)
        /// `..`, the end of an interval that has none.
        case openEnd
        case geometry(Geometry)
        /// The four numbers of a BBOX as they stand: first and second axis, low and high.
        case box([Double])
    }

    public let kind: Kind
    public let place: FilterPlace
    /// How many expressions stand in each other, this one counted.
    let depth: Int

    /// Deeper ones are refused: SQLite's parser has a stack of 100 entries.
    static let deepest = 24
    /// Longer filters are refused, in bytes.
    static let longest = 65_536

    init(_ kind: Kind, at place: FilterPlace) throws(FilterError) {
        self.kind = kind
        self.place = place
        depth = 1 + (kind.parts.lazy.map(\.depth).max() ?? 0)
        guard depth <= Self.deepest else { throw FilterError(.tooDeep, at: place) }
    }
}

extension FilterExpression: Hashable {
    public static func == (left: FilterExpression, right: FilterExpression) -> Bool {
        left.kind == right.kind
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
    }
}

extension FilterExpression.Kind {
    /// The expressions directly inside.
    var parts: [FilterExpression] {
        switch self {
        case .and(let parts), .or(let parts), .function(_, let parts): parts
        case .not(let part), .isNull(let part), .folded(_, let part): [part]
        case .comparison(_, let left, let right), .spatial(_, let left, let right),
            .temporal(_, let left, let right), .arithmetic(_, let left, let right),
            .like(let left, let right), .interval(let left, let right):
            [left, right]
        case .between(let value, let lower, let upper): [value, lower, upper]
        case .isIn(let value, let list): [value] + list
        case .property, .boolean, .integer, .number, .string, .date, .timestamp, .openEnd,
            .geometry, .box:
            []
        }
    }
}

/// The raw values are the operators of CQL2 JSON; text has the same.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
}

public enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    /// 7 / 2 is 3.5.
    case divided = "/"
    case modulo = "%"
    /// 7 div 2 is 3.
    case integerDivided = "div"
    case power = "^"
}

/// The raw values are the operators of CQL2 JSON; text has them in any case.
public enum SpatialRelation: String, Hashable, Sendable, CaseIterable {
    case intersects = "s_intersects"
    case equals = "s_equals"
    case disjoint = "s_disjoint"
    case touches = "s_touches"
    case within = "s_within"
    case overlaps = "s_overlaps"
    case crosses = "s_crosses"
    case contains = "s_contains"
}

/// The raw values are the operators of CQL2 JSON; text has them in any case.
public enum TemporalRelation: String, Hashable, Sendable, CaseIterable {
    case after = "t_after"
    case before = "t_before"
    case disjoint = "t_disjoint"
    case equals = "t_equals"
    case intersects = "t_intersects"
    case contains = "t_contains"
    case during = "t_during"
    case finishedBy = "t_finishedBy"
    case finishes = "t_finishes"
    case meets = "t_meets"
    case metBy = "t_metBy"
    case overlappedBy = "t_overlappedBy"
    case overlaps = "t_overlaps"
    case startedBy = "t_startedBy"
    case starts = "t_starts"

    /// Only these five may have an instant on a side; with another it is an error of the asker.
    var takesInstants: Bool {
        switch self {
        case .after, .before, .disjoint, .equals, .intersects: true
        default: false
        }
    }
}
