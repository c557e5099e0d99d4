extension Geometry {
    /// Reads well-known text (OGC 06-103r4 section 7), all of `text`.
    public init(wellKnownText text: String) throws(WellKnownText.Failure) {
        var reader = WellKnownTextReader(bytes: Array(text.utf8), position: 0)
        self = try reader.geometry(depth: 0)
        reader.skipBlanks()
        guard reader.isAtEnd else { throw reader.expected("the end of the geometry") }
    }
}

/// Geometries as well-known text (OGC 06-103r4 section 7): words in any case, `EMPTY`, heights and
/// measures read over.
public enum WellKnownText {
    public struct Failure: Error, Hashable, Sendable {
        /// The byte (UTF-8, from 0) where the text is no longer understood.
        public let byte: Int
        /// What should stand there.
        public let expected: String
    }

    /// The words a geometry begins with, in capitals.
    public static let words: Set<String> = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ]

    /// Reads the geometry that begins at byte `position` and moves `position` behind it.
    public static func decodePrefix(
        of bytes: [UInt8],
        from position: inout Int
    ) throws(Failure) -> Geometry {
        var reader = WellKnownTextReader(bytes: bytes, position: position)
        let geometry = try reader.geometry(depth: 0)
        position = reader.position
        return geometry
    }
}

private struct WellKnownTextReader {
    typealias Failure = WellKnownText.Failure

    /// How many numbers a position has: two to four, or as Z, M or ZM say.
    typealias Dimensions = ClosedRange<Int>

    let bytes: [UInt8]
    private(set) var position: Int

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position == bytes.count }

    func expected(_ what: String) -> Failure {
        Failure(byte: position, expected: what)
    }

    mutating func geometry(depth: Int) throws(Failure) -> Geometry {
        let start = position
        let word = word()
        guard WellKnownText.words.contains(word) else {
            position = start
            skipBlanks()
            throw expected("a geometry such as POINT(113.2 -7.8)")
        }
        let dimensions = dimensions()
        let isEmpty = takeEmpty()
        switch word {
        case "POINT":
            guard !isEmpty else { return .multiPoint([]) }
            return .point(
                try inBrackets { (reader) throws(Failure) in
                    try reader.coordinate(dimensions)
                })
        case "LINESTRING":
            return .lineString(isEmpty ? [] : try line(dimensions))
        case "POLYGON":
            return .polygon(isEmpty ? Polygon(exterior: []) : try polygon(dimensions))
        case "MULTIPOINT":
            guard !isEmpty else { return .multiPoint([]) }
            return .multiPoint(
                try list { (reader) throws(Failure) in
                    try reader.pointOfMany(dimensions)
                })
        case "MULTILINESTRING":
            guard !isEmpty else { return .multiLineString([]) }
            return .multiLineString(
                try list { (reader) throws(Failure) in
                    reader.takeEmpty() ? [] : try reader.line(dimensions)
                })
        case "MULTIPOLYGON":
            guard !isEmpty else { return .multiPolygon(MultiPolygon([])) }
            return .multiPolygon(
                MultiPolygon(
                    try list { (reader) throws(Failure) in
                        reader.takeEmpty()
                            ? Polygon(exterior: []) : try reader.polygon(dimensions)
                    }))
        default:
            guard !isEmpty else { return .collection([]) }
            guard depth < Geometry.deepest else {
                throw expected("no more than \(Geometry.deepest) collections in each other")
            }
            return .collection(
                try list { (reader) throws(Failure) in
                    try reader.geometry(depth: depth + 1)
                })
        }
    }

    mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
    }

    /// The letters that follow, in capitals.
    private mutating func word() -> String {
        skipBlanks()
        let start = position
        while position < bytes.count, Self.isLetter(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position].map { $0 & 0xDF }, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }

    private mutating func dimensions() -> Dimensions {
        let start = position
        switch word() {
        case "Z", "M": return 3...3
        case "ZM": return 4...4
        default:
            position = start
            // `POINT(1 2 3)`: older writers leave the letter out.
            return 2...4
        }
    }

    private mutating func takeEmpty() -> Bool {
        let start = position
        if word() == "EMPTY" { return true }
        position = start
        return false
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func inBrackets<Part>(
        _ part: (inout Self) throws(Failure) -> Part
    ) throws(Failure) -> Part {
        guard take(UInt8(ascii: "(")) else { throw expected("( or EMPTY") }
        let value = try part(&self)
        guard take(UInt8(ascii: ")")) else { throw expected(")") }
        return value
    }

    private mutating func list<Part>(
        _ part: (inout Self) throws(Failure) -> Part
    ) throws(Failure) -> [Part] {
        guard take(UInt8(ascii: "(")) else { throw expected("( or EMPTY") }
        var parts: [Part] = []
        repeat { parts.append(try part(&self)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: ")")) else { throw expected(", or )") }
        return parts
    }

    /// The points of a MultiPoint stand in brackets, or without in older texts.
    private mutating func pointOfMany(_ dimensions: Dimensions) throws(Failure) -> Coordinate {
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "(") else {
            return try coordinate(dimensions)
        }
        return try inBrackets { (reader) throws(Failure) in try reader.coordinate(dimensions) }
    }

    private mutating func coordinates(_ dimensions: Dimensions) throws(Failure) -> [Coordinate] {
        try list { (reader) throws(Failure) in try reader.coordinate(dimensions) }
    }

    private mutating func line(_ dimensions: Dimensions) throws(Failure) -> [Coordinate] {
        let points = try coordinates(dimensions)
        guard points.count >= 2 else { throw expected("a line of two positions or more") }
        return points
    }

    private mutating func polygon(_ dimensions: Dimensions) throws(Failure) -> Polygon {
        let rings = try list { (reader) throws(Failure) in
            var ring = try reader.coordinates(dimensions)
            guard ring.count >= 4, ring.first == ring.last else {
                throw reader.expected("a ring of four positions or more that ends where it began")
            }
            ring.removeLast()
            return ring
        }
        return Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))
    }

    private mutating func coordinate(_ dimensions: Dimensions) throws(Failure) -> Coordinate {
        let x = try number()
        let y = try number()
        var count = 2
        while count < dimensions.upperBound, isAtNumber() {
            _ = try number()
            count += 1
        }
        guard dimensions.contains(count) else { throw expected("a number") }
        return Coordinate(longitude: x, latitude: y)
    }

    private mutating func isAtNumber() -> Bool {
        skipBlanks()
        return position < bytes.count && Self.numberBytes.contains(bytes[position])
    }

    private static let numberBytes = Array("0123456789+-.eE".utf8)

    private mutating func number() throws(Failure) -> Double {
        skipBlanks()
        let start = position
        while position < bytes.count, Self.numberBytes.contains(bytes[position]) { position += 1 }
        guard start < position,
            let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)),
            value.isFinite
        else {
            position = start
            throw expected("a number")
        }
        return value
    }
}
