internal import FeatureFilter
internal import Foundation
internal import GRDB
internal import Geospatial

/// A filter as a condition of SQL with three-valued logic, as CQL2 has it too.
///
/// The text is made of pieces that stand in this file and of the quoted names of columns; every
/// value of the filter is a bound argument. The connection needs `FilterFunctions` and, for
/// geometries, `SpatiaLite`.
struct FilterSQL {
    let text: String
    let arguments: StatementArguments

    /// - Precondition: `columns` has every property of the filter with the type it was checked for.
    init(_ filter: CheckedFilter, columns: [String: FilterColumn]) {
        var writer = FilterSQLWriter(filter: filter, columns: columns)
        writer.condition(filter.expression)
        text = writer.text
        arguments = StatementArguments(writer.values)
    }
}

struct FilterSQLWriter {
    let filter: CheckedFilter
    private let columns: [String: FilterColumn]
    private(set) var text = ""
    private(set) var values: [DatabaseValue] = []

    init(filter: CheckedFilter, columns: [String: FilterColumn]) {
        self.filter = filter
        self.columns = columns
    }

    /// Only what stands in the source can be written.
    mutating func write(_ piece: StaticString) {
        piece.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
    }

    mutating func bind(_ value: some DatabaseValueConvertible) {
        text += "?"
        values.append(value.databaseValue)
    }

    mutating func write(_ column: FilterColumn) {
        text += column.sql
    }

    mutating func writeBound(_ name: String, of column: FilterColumn) {
        text += FilterColumn.sql(name, in: column.table)
    }

    func column(_ name: String) -> FilterColumn {
        guard let column = columns[name] else {
            preconditionFailure("the table has no column for \(name)")
        }
        return column
    }

    /// Something that is true, false or NULL; in brackets where it has parts.
    mutating func condition(_ expression: FilterExpression) {
        switch expression.kind {
        case .and(let parts): chain(parts[...], " AND ")
        case .or(let parts): chain(parts[...], " OR ")
        case .not(let part):
            write("(NOT ")
            condition(part)
            write(")")
        case .comparison(let comparison, let left, let right):
            let writesSide = operand(of: [left, right])
            write("(")
            writesSide(&self, left)
            write(Self.sign(comparison))
            writesSide(&self, right)
            write(")")
        case .between(let value, let lower, let upper):
            let writesSide = operand(of: [value, lower, upper])
            write("(")
            writesSide(&self, value)
            write(" BETWEEN ")
            writesSide(&self, lower)
            write(" AND ")
            writesSide(&self, upper)
            write(")")
        case .isIn(let value, let list):
            let writesSide = operand(of: [value] + list)
            write("(")
            writesSide(&self, value)
            write(" IN (")
            for (index, item) in list.enumerated() {
                if index > 0 { write(",") }
                writesSide(&self, item)
            }
            write("))")
        case .like(let value, let pattern):
            // GLOB, since LIKE does not mind the case of A to Z.
            write("(")
            scalar(value)
            write(" GLOB ")
            bind(GlobPattern.glob(Self.literal(pattern)))
            write(")")
        case .isNull(let part): isNull(part)
        case .spatial(let relation, let left, let right): spatial(relation, left, right)
        case .temporal(let relation, let left, let right): temporal(relation, left, right)
        default: scalar(expression)
        }
    }

    /// Halves a long chain: SQLite takes expressions 1,000 deep, and a chain is as deep as long.
    private mutating func chain(_ parts: ArraySlice<FilterExpression>, _ link: StaticString) {
        write("(")
        if parts.count > 64 {
            let middle = (parts.startIndex + parts.endIndex) / 2
            chain(parts[..<middle], link)
            write(link)
            chain(parts[middle...], link)
        } else {
            for (index, part) in parts.enumerated() {
                if index > 0 { write(link) }
                condition(part)
            }
        }
        write(")")
    }

    private static func sign(_ comparison: ComparisonOperator) -> StaticString {
        switch comparison {
        case .equal: " = "
        case .notEqual: " <> "
        case .less: " < "
        case .greater: " > "
        case .lessOrEqual: " <= "
        case .greaterOrEqual: " >= "
        }
    }

    /// How the sides of a comparison are written: times have to be made comparable first.
    private func operand(
        of sides: [FilterExpression]
    ) -> (inout FilterSQLWriter, FilterExpression) -> Void {
        guard filter.type(of: sides[0]).isInstant else { return { $0.scalar($1) } }
        let resolution = resolution(of: sides)
        return { $0.instant($1, resolution) }
    }

    private mutating func isNull(_ part: FilterExpression) {
        if case .interval(let start, let end) = part.kind {
            write("(")
            isNull(start)
            write(" OR ")
            isNull(end)
            write(")")
        } else if case .openEnd = part.kind {
            write("0")
        } else {
            write("(")
            condition(part)
            write(" IS NULL)")
        }
    }

    /// A value as it stands in its column.
    mutating func scalar(_ expression: FilterExpression) {
        switch expression.kind {
        case .property(let name): write(column(name))
        case .boolean(let flag): write(flag ? "1" : "0")
        case .integer(let number): bind(number)
        case .number(let number): bind(number)
        case .string(let text), .date(let text), .timestamp(let text): bind(text)
        case .geometry(let geometry):
            write("GeomFromWKB(")
            bind(Data(geometry.wellKnownBinary))
            write(",4326)")
        case .folded(let folding, let part):
            if Self.isLiteral(part) {
                bind(Self.literal(expression))
            } else {
                write(FilterFunctions.name(of: folding))
                write("(")
                scalar(part)
                write(")")
            }
        case .arithmetic(let operation, let left, let right):
            arithmetic(operation, left, right)
        case .function, .interval, .openEnd, .box:
            preconditionFailure("a checked filter has no such value")
        case .and, .or, .not, .comparison, .like, .between, .isIn, .isNull, .spatial, .temporal:
            condition(expression)
        }
    }

    private mutating func arithmetic(
        _ operation: ArithmeticOperator,
        _ left: FilterExpression,
        _ right: FilterExpression
    ) {
        func parts(_ before: StaticString, _ between: StaticString, _ after: StaticString) {
            write(before)
            scalar(left)
            write(between)
            scalar(right)
            write(after)
        }
        switch operation {
        case .plus: parts("(", " + ", ")")
        case .minus: parts("(", " - ", ")")
        case .times: parts("(", " * ", ")")
        // Of two integers SQLite would give the whole part alone.
        case .divided: parts("(CAST(", " AS REAL) / ", ")")
        case .integerDivided: parts("CAST(", " / ", " AS INTEGER)")
        // % cuts its sides to integers first.
        case .modulo:
            if filter.type(of: left) == .integer, filter.type(of: right) == .integer {
                parts("(", " % ", ")")
            } else {
                parts("mod(", ",", ")")
            }
        case .power: parts("pow(", ",", ")")
        }
    }

    private static func isLiteral(_ expression: FilterExpression) -> Bool {
        switch expression.kind {
        case .string: true
        case .folded(_, let part): isLiteral(part)
        default: false
        }
    }

    /// The text of a literal, folded as it says.
    private static func literal(_ expression: FilterExpression) -> String {
        switch expression.kind {
        case .string(let text): text
        case .folded(let folding, let part): folding.fold(literal(part))
        default: preconditionFailure("no literal")
        }
    }
}

/// Patterns of LIKE in CQL2 (`%`, `_`, `\` before one of them) as those of SQLite's GLOB.
enum GlobPattern {
    static func glob(_ pattern: String) -> String {
        var glob = ""
        var scalars = pattern.unicodeScalars.makeIterator()
        func literal(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "*", "?", "[":
                glob += "["
                glob.unicodeScalars.append(scalar)
                glob += "]"
            default: glob.unicodeScalars.append(scalar)
            }
        }
        while let scalar = scalars.next() {
            switch scalar {
            // Two in a row say no more than one, and cost SQLite time.
            case "%": if glob.unicodeScalars.last != "*" { glob += "*" }
            case "_": glob += "?"
            case "\\": literal(scalars.next() ?? scalar)
            default: literal(scalar)
            }
        }
        return glob
    }
}
