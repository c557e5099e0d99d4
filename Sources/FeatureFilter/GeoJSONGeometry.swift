internal import Geospatial

/// A geometry object of GeoJSON (RFC 7946, 3.1) out of JSON that is already read.
enum GeoJSONGeometry {
    /// So many collections may stand in each other.
    private static let deepest = 16

    static func geometry(
        _ members: [String: JSONValue],
        at pointer: String,
        depth: Int = 0
    ) throws(FilterError) -> Geometry {
        guard case .string(let type) = members["type"] else {
            throw failure("a type of GeoJSON", at: pointer + "/type")
        }
        if type == "GeometryCollection" {
            return .collection(try collection(members["geometries"], at: pointer, depth: depth))
        }
        let inner = pointer + "/coordinates"
        guard case .array(let coordinates) = members["coordinates"] else {
            throw failure("an array", at: inner)
        }
        switch type {
        case "Point":
            return coordinates.isEmpty
                ? .multiPoint([]) : .point(try position(.array(coordinates), at: inner))
        case "MultiPoint": return .multiPoint(try positions(.array(coordinates), at: inner))
        case "LineString": return .lineString(try line(.array(coordinates), at: inner))
        case "MultiLineString":
            return .multiLineString(try each(coordinates, at: inner, line))
        case "Polygon": return .polygon(try polygon(.array(coordinates), at: inner))
        case "MultiPolygon":
            return .multiPolygon(MultiPolygon(try each(coordinates, at: inner, polygon)))
        default: throw failure("a type of GeoJSON", at: pointer + "/type")
        }
    }

    static func numbers(
        _ values: [JSONValue],
        at pointer: String
    ) throws(FilterError) -> [Double] {
        try each(values, at: pointer) { (value, pointer) throws(FilterError) in
            switch value {
            case .integer(let number): return Double(number)
            case .number(let number): return number
            default: throw failure("a number", at: pointer)
            }
        }
    }

    private static func failure(_ expected: String, at pointer: String) -> FilterError {
        FilterError(.expected(expected), at: .pointer(pointer))
    }

    private static func each<Part>(
        _ values: [JSONValue],
        at pointer: String,
        _ part: (JSONValue, String) throws(FilterError) -> Part
    ) throws(FilterError) -> [Part] {
        var parts: [Part] = []
        for (index, value) in values.enumerated() {
            parts.append(try part(value, "\(pointer)/\(index)"))
        }
        return parts
    }

    private static func array(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> [JSONValue] {
        guard case .array(let values) = value else { throw failure("an array", at: pointer) }
        return values
    }

    private static func collection(
        _ value: JSONValue?,
        at pointer: String,
        depth: Int
    ) throws(FilterError) -> [Geometry] {
        guard case .array(let values) = value else {
            throw failure("an array", at: pointer + "/geometries")
        }
        guard depth < deepest else { throw FilterError(.tooDeep, at: .pointer(pointer)) }
        return try each(values, at: pointer + "/geometries") {
            (value, pointer) throws(FilterError) in
            guard case .object(let members) = value else {
                throw failure("a GeoJSON geometry", at: pointer)
            }
            return try geometry(members, at: pointer, depth: depth + 1)
        }
    }

    /// Two numbers; heights and what else follows are left out.
    private static func position(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> Coordinate {
        let numbers = try numbers(try array(value, at: pointer), at: pointer)
        guard numbers.count >= 2 else { throw failure("two numbers", at: pointer) }
        return Coordinate(longitude: numbers[0], latitude: numbers[1])
    }

    private static func positions(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> [Coordinate] {
        try each(try array(value, at: pointer), at: pointer, position)
    }

    private static func line(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> [Coordinate] {
        let points = try positions(value, at: pointer)
        guard points.count != 1 else {
            throw failure("a line of two positions or more", at: pointer)
        }
        return points
    }

    private static func polygon(
        _ value: JSONValue,
        at pointer: String
    ) throws(FilterError) -> Polygon {
        let rings = try each(try array(value, at: pointer), at: pointer) {
            (value, pointer) throws(FilterError) in
            var ring = try positions(value, at: pointer)
            guard ring.count >= 4, ring.first == ring.last else {
                throw failure(
                    "a ring of four positions or more that ends where it began", at: pointer)
            }
            ring.removeLast()
            return ring
        }
        return Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))
    }
}
