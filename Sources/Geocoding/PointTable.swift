public import Geospatial

/// Adds to each line of a delimited table the code of the area its position lies in.
///
/// To a line it appends `kode_desa`, `match` and `probability`; the rest, line ends included, stays as
/// it is: `certain` and 1 inside an area, `outside` and 0 outside of all, `none` and 0 where the
/// longitude or the latitude cannot be read. Blank lines stay blank. Quotes follow RFC 4180: one
/// opens a quoted field only at the start of the field.
///
/// A value holds no state of a file: several tasks may process different pieces at once.
public struct PointTable: Sendable {
    private let delimiter: UInt8
    private let fields: DelimitedFields
    private let longitudeColumn: Int
    private let latitudeColumn: Int
    private let locator: PolygonLocator
    /// What is appended for area `i`: `endings[bounds[i]..<bounds[i + 1]]`; the last two are those
    /// for outside and none.
    private let endings: [UInt8]
    private let bounds: [Int]
    private let longestEnding: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    /// Lines between two calls of the locator; their positions stay in the first-level cache.
    private static let batch = 1024

    /// How many lines had which outcome.
    public struct Counts: Hashable, Sendable {
        public var certain = 0
        public var outside = 0
        public var unreadable = 0
        public var blank = 0

        public init() {}

        public static func += (total: inout Counts, part: Counts) {
            total.certain += part.certain
            total.outside += part.outside
            total.unreadable += part.unreadable
            total.blank += part.blank
        }
    }

    /// The names of the three columns, in the order of their values.
    public static let columns = TableLines.addedColumns

    /// - Parameters:
    ///   - delimiter: the byte between two fields.
    ///   - longitudeColumn: which field, from 0, holds the longitude in degrees.
    ///   - latitudeColumn: which field holds the latitude.
    ///   - locator: the areas.
    ///   - codes: the code of each area of `locator` as UTF-8, without delimiter or quote.
    public init(
        delimiter: UInt8 = UInt8(ascii: ","),
        longitudeColumn: Int,
        latitudeColumn: Int,
        locator: PolygonLocator,
        codes: [[UInt8]]
    ) {
        precondition(
            longitudeColumn >= 0 && latitudeColumn >= 0 && longitudeColumn != latitudeColumn,
            "longitude in column \(longitudeColumn), latitude in column \(latitudeColumn)")
        self.delimiter = delimiter
        fields = DelimitedFields(delimiter: delimiter)
        self.longitudeColumn = longitudeColumn
        self.latitudeColumn = latitudeColumn
        self.locator = locator
        let separator = String(decoding: [delimiter], as: UTF8.self)
        func ending(_ match: String, _ probability: Int) -> [UInt8] {
            Array("\(separator)\(match)\(separator)\(probability)".utf8)
        }
        let certain = ending("certain", 1)
        var endings: [UInt8] = []
        var bounds = [0]
        for code in codes {
            endings += [delimiter] + code + certain
            bounds.append(endings.count)
        }
        for match in ["outside", "none"] {
            endings += [delimiter] + ending(match, 0)
            bounds.append(endings.count)
        }
        self.endings = endings
        self.bounds = bounds
        longestEnding = zip(bounds, bounds.dropFirst()).map { $1 - $0 }.max() ?? 0
    }

    /// The line `header` with the names of the new columns, its line end kept.
    public func header(_ header: [UInt8]) -> [UInt8] {
        TableLines(delimiter: delimiter).header(header)
    }

    /// How many of `bytes`, which begin at the start of a line, are whole lines.
    ///
    /// A line end inside a quoted field ends no line.
    public func wholeLines(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        TableLines(delimiter: delimiter).whole(in: bytes)
    }

    /// Appends `lines` with their new columns to `output`.
    ///
    /// `lines` are whole lines without the header; the last may lack its line end.
    ///
    /// - Complexity: O(bytes), and nothing is kept for a line.
    public func append(
        _ lines: UnsafeBufferPointer<UInt8>,
        to output: inout [UInt8]
    ) -> Counts {
        var counts = Counts()
        var start = 0
        var batch: [Line] = []
        var positions: [Coordinate] = []
        batch.reserveCapacity(Self.batch)
        positions.reserveCapacity(Self.batch)
        while start < lines.count {
            let first = start
            batch.removeAll(keepingCapacity: true)
            positions.removeAll(keepingCapacity: true)
            while start < lines.count, batch.count < Self.batch {
                let (line, position) = line(in: lines, from: start)
                batch.append(line)
                positions.append(position)
                start = line.next
            }
            let found = locator.indices(of: positions)
            let room = start - first + batch.count * longestEnding
            let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                count = write(
                    batch, found, from: first, of: lines, to: buffer, counts: &counts)
            }
            output.append(contentsOf: part)
        }
        return counts
    }

    private enum Content: UInt8 {
        case position, unreadable, blank
    }

    private struct Line {
        /// Where the content ends and the line end begins.
        var end: Int
        var next: Int
        var content: Content
    }

    private func write(
        _ batch: [Line],
        _ found: [Int32],
        from first: Int,
        of lines: UnsafeBufferPointer<UInt8>,
        to buffer: UnsafeMutableBufferPointer<UInt8>,
        counts: inout Counts
    ) -> Int {
        guard let target = buffer.baseAddress, let source = lines.baseAddress else { return 0 }
        var written = 0
        var start = first
        let outside = bounds.count - 3
        endings.withUnsafeBufferPointer { endings in
            for (line, area) in zip(batch, found) {
                (target + written).update(from: source + start, count: line.end - start)
                written += line.end - start
                let number: Int
                switch line.content {
                case .position where area >= 0:
                    number = Int(area)
                    counts.certain += 1
                case .position:
                    number = outside
                    counts.outside += 1
                case .unreadable:
                    number = outside + 1
                    counts.unreadable += 1
                case .blank:
                    number = -1
                    counts.blank += 1
                }
                if number >= 0, let text = endings.baseAddress {
                    let length = bounds[number + 1] - bounds[number]
                    (target + written).update(from: text + bounds[number], count: length)
                    written += length
                }
                (target + written).update(from: source + line.end, count: line.next - line.end)
                written += line.next - line.end
                start = line.next
            }
        }
        return written
    }

    /// The line that begins at `start`, and its position where it has one.
    private func line(
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int
    ) -> (Line, Coordinate) {
        var longitude = start..<start
        var latitude = start..<start
        var column = 0
        var fieldStart = start
        var position = start
        while true {
            let isAtEnd = position >= bytes.count
            if isAtEnd || bytes[position] == delimiter || bytes[position] == Self.lineFeed {
                // A quote that never closes leads one byte beyond the end.
                let fieldEnd = min(position, bytes.count)
                if column == longitudeColumn { longitude = fieldStart..<fieldEnd }
                if column == latitudeColumn { latitude = fieldStart..<fieldEnd }
                if isAtEnd || bytes[position] == Self.lineFeed { break }
                column += 1
                fieldStart = position + 1
            } else if bytes[position] == Self.quote, position == fieldStart {
                position = fields.closingQuote(in: bytes, after: position)
            }
            position += 1
        }
        position = min(position, bytes.count)
        var line = Line(
            end: position, next: min(position + 1, bytes.count), content: .unreadable)
        if line.end > start, bytes[line.end - 1] == Self.carriageReturn { line.end -= 1 }
        if line.end == start { line.content = .blank }
        guard let x = number(in: bytes, longitude), let y = number(in: bytes, latitude) else {
            return (line, Coordinate(longitude: .nan, latitude: .nan))
        }
        line.content = .position
        return (line, Coordinate(longitude: x, latitude: y))
    }

    private func number(in bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Double? {
        var field = field
        while let last = field.last, bytes[last] <= 0x20 { field = field.lowerBound..<last }
        if let first = field.first, bytes[first] == Self.quote {
            guard field.count > 1, bytes[field.upperBound - 1] == Self.quote else { return nil }
            field = first + 1..<field.upperBound - 1
        }
        return DecimalText.value(of: bytes, field)
    }
}
