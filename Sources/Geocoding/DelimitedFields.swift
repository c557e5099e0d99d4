/// Splits lines of a delimited table into fields (RFC 4180), in place.
///
/// The importer has a parser of its own in SocialRegistry, which numbers records and reads files;
/// this one leaves lines where they are, since they go out again as they came in.
struct DelimitedFields: Sendable {
    let delimiter: UInt8

    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Finds the line that begins at `start`: where its content ends, where the next one begins,
    /// and its fields, quotes included.
    func line(
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        fields: inout [Range<Int>]
    ) -> (end: Int, next: Int) {
        fields.removeAll(keepingCapacity: true)
        var fieldStart = start
        var position = start
        while position < bytes.count, bytes[position] != Self.lineFeed {
            if bytes[position] == delimiter {
                fields.append(fieldStart..<position)
                fieldStart = position + 1
            } else if bytes[position] == Self.quote, position == fieldStart {
                position = closingQuote(in: bytes, after: position)
            }
            position += 1
        }
        position = min(position, bytes.count)
        var end = position
        if end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
        fields.append(fieldStart..<max(fieldStart, end))
        return (end, min(position + 1, bytes.count))
    }

    /// Where the quote that opens at `opening` closes; a doubled quote inside closes nothing.
    func closingQuote(in bytes: UnsafeBufferPointer<UInt8>, after opening: Int) -> Int {
        var position = opening + 1
        while position < bytes.count {
            if bytes[position] == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else {
                    return position
                }
                position += 1
            }
            position += 1
        }
        return bytes.count
    }

    /// A field that has no quotes, without the blanks around it; nil for one that has.
    func plainBytes(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ field: Range<Int>
    ) -> UnsafeBufferPointer<UInt8>? {
        let content = trimmed(bytes, field)
        return content.first == Self.quote ? nil : content
    }

    private func trimmed(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ field: Range<Int>
    ) -> UnsafeBufferPointer<UInt8> {
        var field = field
        while let first = field.first, bytes[first] <= 0x20 {
            field = first + 1..<field.upperBound
        }
        while let last = field.last, bytes[last] <= 0x20 { field = field.lowerBound..<last }
        return UnsafeBufferPointer(rebasing: bytes[field])
    }

    /// The text of a field, without its quotes and the blanks around it.
    func text(in bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> String {
        let content = trimmed(bytes, field)
        guard content.first == Self.quote, content.count > 1, content.last == Self.quote else {
            return String(decoding: content, as: UTF8.self)
        }
        var plain: [UInt8] = []
        var position = 1
        while position < content.count - 1 {
            plain.append(content[position])
            let isDoubled =
                content[position] == Self.quote && content[position + 1] == Self.quote
            position += isDoubled ? 2 : 1
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// Cuts a table into pieces of whole lines.
public struct TableLines: Sendable {
    /// What a table may be split at; of those that fit a header equally well the first is meant.
    private static let delimiters = Array(",;\t|".utf8)

    /// The delimiter by which a header line has the most fields; the comma when it has one field.
    public static func delimiter(ofHeader line: some Sequence<UInt8>) -> UInt8 {
        var fields: [Range<Int>] = []
        var best = (delimiter: delimiters[0], count: 0)
        Array(line).withUnsafeBufferPointer { line in
            for delimiter in delimiters {
                _ = DelimitedFields(delimiter: delimiter).line(in: line, from: 0, fields: &fields)
                if fields.count > best.count { best = (delimiter, fields.count) }
            }
        }
        return best.delimiter
    }

    private let fields: DelimitedFields

    public init(delimiter: UInt8) {
        fields = DelimitedFields(delimiter: delimiter)
    }

    /// The names of the columns that geocoding adds, in the order of their values.
    static let addedColumns = ["kode_desa", "match", "probability"]

    /// The line `header` with the names of the added columns, its line end kept.
    public func header(_ header: some Collection<UInt8>) -> [UInt8] {
        let line = Array(header)
        let end = (line.lastIndex { $0 != 10 && $0 != 13 } ?? -1) + 1
        let names = Self.addedColumns.flatMap { [fields.delimiter] + Array($0.utf8) }
        return line[..<end] + names + line[end...]
    }

    /// How many of `bytes`, which begin at the start of a line, are whole lines.
    ///
    /// A line end inside a quoted field ends no line.
    public func whole(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard bytes.contains(DelimitedFields.quote) else {
            return (bytes.lastIndex(of: DelimitedFields.lineFeed) ?? -1) + 1
        }
        var whole = 0
        var found: [Range<Int>] = []
        while whole < bytes.count {
            let line = fields.line(in: bytes, from: whole, fields: &found)
            // Without its line end the last line may go on.
            guard line.next > line.end, bytes[line.next - 1] == DelimitedFields.lineFeed else {
                break
            }
            whole = line.next
        }
        return whole
    }
}
