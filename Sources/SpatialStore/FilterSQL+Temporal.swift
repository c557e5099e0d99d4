internal import FeatureFilter
internal import GRDB

/// How finely times are compared: where a date meets a timestamp, the timestamp counts by its day
/// (UTC).
enum TimeResolution {
    /// Dates as text, which is in the order of time.
    case day
    /// Julian days, which SQLite makes of every way to write a timestamp, to the millisecond.
    case instant
}

extension FilterSQLWriter {
    func resolution(of parts: [FilterExpression]) -> TimeResolution {
        let ends = parts.flatMap { part in
            if case .interval(let start, let end) = part.kind { [start, end] } else { [part] }
        }
        return ends.contains { filter.type(of: $0) == .date } ? .day : .instant
    }

    mutating func instant(_ expression: FilterExpression, _ resolution: TimeResolution) {
        switch resolution {
        case .day where filter.type(of: expression) == .date: scalar(expression)
        case .day:
            write("date(")
            scalar(expression)
            write(")")
        case .instant:
            write("julianday(")
            scalar(expression)
            write(")")
        }
    }

    /// A relation of two closed intervals; an instant is one whose ends are the same.
    ///
    /// The definitions are those of the OWL Time ontology (W3C/OGC 16-071r3), which CQL2 names.
    mutating func temporal(
        _ relation: TemporalRelation,
        _ left: FilterExpression,
        _ right: FilterExpression
    ) {
        let resolution = resolution(of: [left, right])
        let a = TimeSpan(left)
        let b = TimeSpan(right)
        func compare(_ left: TimeSpan.End, _ sign: StaticString, _ right: TimeSpan.End) {
            write("(")
            write(left, resolution)
            write(sign)
            write(right, resolution)
            write(")")
        }
        func both(
            _ first: (TimeSpan.End, StaticString, TimeSpan.End),
            _ link: StaticString,
            _ second: (TimeSpan.End, StaticString, TimeSpan.End)
        ) {
            write("(")
            compare(first.0, first.1, first.2)
            write(link)
            compare(second.0, second.1, second.2)
            write(")")
        }
        switch relation {
        case .after: compare(a.start, " > ", b.end)
        case .before: compare(a.end, " < ", b.start)
        case .disjoint: both((a.end, " < ", b.start), " OR ", (a.start, " > ", b.end))
        case .intersects: both((a.end, " >= ", b.start), " AND ", (a.start, " <= ", b.end))
        case .equals: both((a.start, " = ", b.start), " AND ", (a.end, " = ", b.end))
        case .contains: both((a.start, " < ", b.start), " AND ", (a.end, " > ", b.end))
        case .during: both((a.start, " > ", b.start), " AND ", (a.end, " < ", b.end))
        case .finishedBy: both((a.start, " < ", b.start), " AND ", (a.end, " = ", b.end))
        case .finishes: both((a.start, " > ", b.start), " AND ", (a.end, " = ", b.end))
        case .startedBy: both((a.start, " = ", b.start), " AND ", (a.end, " > ", b.end))
        case .starts: both((a.start, " = ", b.start), " AND ", (a.end, " < ", b.end))
        case .meets: compare(a.end, " = ", b.start)
        case .metBy: compare(a.start, " = ", b.end)
        case .overlaps:
            write("(")
            both((a.start, " < ", b.start), " AND ", (a.end, " > ", b.start))
            write(" AND ")
            compare(a.end, " < ", b.end)
            write(")")
        case .overlappedBy:
            write("(")
            both((a.start, " > ", b.start), " AND ", (a.start, " < ", b.end))
            write(" AND ")
            compare(a.end, " > ", b.end)
            write(")")
        }
    }

    private mutating func write(_ end: TimeSpan.End, _ resolution: TimeResolution) {
        switch (end, resolution) {
        case (.time(let expression), _): instant(expression, resolution)
        // Before and after everything: the infinite numbers, and what sorts around digits.
        case (.openStart, .instant): write("-9e999")
        case (.openEnd, .instant): write("9e999")
        case (.openStart, .day): write("''")
        case (.openEnd, .day): write("'~'")
        }
    }
}

private struct TimeSpan {
    enum End {
        case time(FilterExpression)
        case openStart
        case openEnd
    }

    let start: End
    let end: End

    init(_ expression: FilterExpression) {
        guard case .interval(let start, let end) = expression.kind else {
            self.start = .time(expression)
            self.end = .time(expression)
            return
        }
        self.start = if case .openEnd = start.kind { .openStart } else { .time(start) }
        self.end = if case .openEnd = end.kind { .openEnd } else { .time(end) }
    }
}
