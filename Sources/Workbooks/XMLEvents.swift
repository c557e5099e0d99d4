/// The name of an element or attribute without its prefix, valid only while the event is handled.
struct XMLName {
    let bytes: UnsafeBufferPointer<UInt8>

    @inline(__always)
    static func ~= (pattern: StaticString, name: XMLName) -> Bool { name == pattern }

    @inline(__always)
    static func == (name: XMLName, pattern: StaticString) -> Bool {
        pattern.withUTF8Buffer { pattern in
            guard pattern.count == name.bytes.count else { return false }
            for index in pattern.indices where pattern[index] != name.bytes[index] { return false }
            return true
        }
    }
}

/// The attributes of a start tag, valid only while the event is handled.
struct XMLAttributes {
    struct Span {
        var name: Range<Int>
        var value: Range<Int>
        var hasEntity: Bool
    }

    let document: UnsafeBufferPointer<UInt8>
    let spans: UnsafeBufferPointer<Span>

    var count: Int { spans.count }

    @inline(__always)
    func name(_ index: Int) -> XMLName {
        XMLName(bytes: UnsafeBufferPointer(rebasing: document[spans[index].name]))
    }

    /// The value as it stands in the tag, entities unread: right for numbers and key words.
    @inline(__always)
    func raw(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: document[spans[index].value])
    }

    /// The value with its entities resolved; what cannot be resolved stays as it is written.
    func bytes(_ index: Int) -> [UInt8] {
        guard spans[index].hasEntity else { return Array(raw(index)) }
        var bytes: [UInt8] = []
        XMLEntities.append(raw(index), to: &bytes)
        return bytes
    }

    func text(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

    /// The text of the first attribute of that name, whatever its prefix.
    func text(_ name: StaticString) -> String? {
        spans.indices.first { self.name($0) == name }.map(text)
    }
}

/// Takes the events of a document in order; whatever it throws ends the scan.
protocol XMLHandler {
    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws
    /// A part of the text between two tags, which may come in several parts.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
    mutating func end(_ name: XMLName) throws
}

/// The names of the elements that are open, from the outermost.
///
/// Its arrays never shrink: taking a name off is moving a mark.
struct XMLOpenElements {
    private var names: [UInt8] = []
    /// Where each name ends in `names`.
    private var ends: [Int] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    private var nameEnd: Int { count == 0 ? 0 : ends[count - 1] }

    @inline(__always)
    mutating func push(_ name: UnsafeBufferPointer<UInt8>) {
        var end = nameEnd
        for byte in name {
            if end < names.count { names[end] = byte } else { names.append(byte) }
            end += 1
        }
        if count < ends.count { ends[count] = end } else { ends.append(end) }
        count += 1
    }

    /// Takes the innermost name off if it is `name`.
    @inline(__always)
    mutating func pop(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count > 0 else { return false }
        let start = count == 1 ? 0 : ends[count - 2]
        guard ends[count - 1] - start == name.count else { return false }
        for index in name.indices where names[start + index] != name[index] { return false }
        count -= 1
        return true
    }
}

/// The five named entities of XML and character references.
enum XMLEntities {
    /// The longest: `&#x10FFFF;` with room for leading zeros.
    static let longest = 32

    /// Appends `text` with entities resolved and line ends made line feeds (XML 1.0, 2.11).
    ///
    /// - Returns: whether every entity is a known one; an unknown one is appended as written.
    @discardableResult
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        var isKnown = true
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "&") {
                let end = text[position...].prefix(longest).firstIndex(of: UInt8(ascii: ";"))
                if let end, let scalar = scalar(UnsafeBufferPointer(rebasing: text[position..<end]))
                {
                    bytes.append(contentsOf: String(Character(scalar)).utf8)
                    position = end + 1
                    continue
                }
                isKnown = false
            } else if byte == UInt8(ascii: "\r") {
                if position + 1 == text.count || text[position + 1] != UInt8(ascii: "\n") {
                    bytes.append(UInt8(ascii: "\n"))
                }
                position += 1
                continue
            }
            bytes.append(byte)
            position += 1
        }
        return isKnown
    }

    /// The character of `&name` or `&#number`, given without its semicolon.
    private static func scalar(_ entity: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        switch XMLName(bytes: UnsafeBufferPointer(rebasing: entity.dropFirst())) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard entity.count > 2, entity[1] == UInt8(ascii: "#") else { return nil }
        let isHexadecimal = entity[2] == UInt8(ascii: "x")
        let digits = entity[(isHexadecimal ? 3 : 2)...]
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
        else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10)
            .flatMap(Unicode.Scalar.init)
            .flatMap { $0.value == 0 ? nil : $0 }
    }
}
