internal import Geospatial

/// Filters written in CQL2 JSON (OGC 21-065r2); the same expressions as `CQL2Text`.
public enum CQL2JSON {
    /// - Complexity: O(length of `bytes`), which is bounded, as is how deep expressions stand in
    ///   each other.
    public static func parse(_ bytes: [UInt8]) throws(FilterError) -> FilterExpression {
        try expression(try JSONReader.read(bytes), at: "")
    }

    private static func failure(_ expected: String, at pointer: String) -> FilterError {
        FilterError(.expected(expected), at: .pointer(pointer))
    }

    private static func expression(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> FilterExpression {
        let place = FilterPlace.pointer(pointer)
        switch value {
        case .boolean(let flag): return try FilterExpression(.boolean(flag), at: place)
        case .integer(let number): return try FilterExpression(.integer(number), at: place)
        case .number(let number): return try FilterExpression(.number(number), at: place)
        case .string(let text): return try FilterExpression(.string(text), at: place)
        case .array: throw FilterError(.notSupported("an array"), at: place)
        case .null: throw failure("a property or a value", at: pointer)
        case .object(let members):
            if members["op"] != nil { return try operation(members, at: pointer) }
            if case .string(let name) = members["property"] {
                return try FilterExpression(.property(name), at: place)
            }
            if case .string(let text) = members["date"] {
                return try CQL2Call.date(text, at: place)
            }
            if case .string(let text) = members["timestamp"] {
                return try CQL2Call.timestamp(text, at: place)
            }
            if case .array(let ends) = members["interval"] {
                return try interval(ends, at: pointer)
            }
            if members["type"] != nil {
                let geometry = try GeoJSONGeometry.geometry(members, at: pointer)
                return try FilterExpression(.geometry(geometry), at: place)
            }
            if case .array(let numbers) = members["bbox"] {
                return try CQL2Call.box(
                    try GeoJSONGeometry.numbers(numbers, at: pointer + "/bbox"), at: place)
            }
            throw failure(
                "op, property, date, timestamp, interval, bbox or a GeoJSON geometry",
                at: pointer)
        }
    }

    private static func interval(
        _ ends: [JSONValue],
        at pointer: String
    ) throws(FilterError) -> FilterExpression {
        guard ends.count == 2 else { throw failure("two ends", at: pointer + "/interval") }
        var read: [FilterExpression] = []
        for (index, end) in ends.enumerated() {
            let inner = "\(pointer)/interval/\(index)"
            if case .string(let text) = end {
                read.append(try CQL2Call.intervalEnd(text, at: .pointer(inner)))
            } else {
                read.append(try expression(end, at: inner))
            }
        }
        return try FilterExpression(.interval(read[0], read[1]), at: .pointer(pointer))
    }

    private static func operation(
        _ members: [String: JSONValue],
        at pointer: String
    ) throws(FilterError) -> FilterExpression {
        let place = FilterPlace.pointer(pointer)
        guard case .string(let name) = members["op"] else {
            throw failure("the name of an operator", at: pointer + "/op")
        }
        guard case .array(let values) = members["args"] else {
            throw failure("an array", at: pointer + "/args")
        }
        // The list of IN is the one argument that is no expression.
        if name.lowercased() == "in" { return try membership(values, at: pointer) }
        var arguments: [FilterExpression] = []
        for (index, value) in values.enumerated() {
            arguments.append(try expression(value, at: "\(pointer)/args/\(index)"))
        }
        func need(_ count: Int) throws(FilterError) {
            guard arguments.count == count else {
                throw FilterError(
                    .argumentCount(function: name, expected: count, found: arguments.count),
                    at: place)
            }
        }
        func make(_ kind: FilterExpression.Kind) throws(FilterError) -> FilterExpression {
            try FilterExpression(kind, at: place)
        }
        if let comparison = ComparisonOperator(rawValue: name) {
            try need(2)
            return try make(.comparison(comparison, arguments[0], arguments[1]))
        }
        if let arithmetic = ArithmeticOperator(rawValue: name.lowercased()) {
            try need(2)
            return try make(.arithmetic(arithmetic, arguments[0], arguments[1]))
        }
        switch name.lowercased() {
        case "and", "or":
            guard arguments.count >= 2 else {
                throw FilterError(
                    .argumentCount(function: name, expected: 2, found: arguments.count),
                    at: place)
            }
            return try make(name.lowercased() == "and" ? .and(arguments) : .or(arguments))
        case "not":
            try need(1)
            return try make(.not(arguments[0]))
        case "isnull":
            try need(1)
            return try make(.isNull(arguments[0]))
        case "like":
            try need(2)
            return try make(.like(arguments[0], pattern: arguments[1]))
        case "between":
            try need(3)
            return try make(.between(arguments[0], lower: arguments[1], upper: arguments[2]))
        default:
            return try CQL2Call.expression(name, arguments, at: place)
        }
    }

    private static func membership(
        _ values: [JSONValue],
        at pointer: String
    ) throws(FilterError) -> FilterExpression {
        guard values.count == 2, case .array(let items) = values[1], !items.isEmpty else {
            throw failure("a value and an array of values", at: pointer + "/args")
        }
        let value = try expression(values[0], at: pointer + "/args/0")
        var list: [FilterExpression] = []
        for (index, item) in items.enumerated() {
            list.append(try expression(item, at: "\(pointer)/args/1/\(index)"))
        }
        return try FilterExpression(.isIn(value, list), at: .pointer(pointer))
    }
}
