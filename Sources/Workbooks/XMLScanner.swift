/// Reads an XML document fed in pieces that may be cut anywhere, and tells a handler what it finds.
///
/// Elements, text, entities, CDATA, comments and processing instructions; names without prefixes.
/// Not a validating parser: it holds to what keeps the events sound (tags closed in order, one
/// tree, known entities) and passes bytes that are no UTF-8 on as they are. A document type is
/// refused, so no entity can grow. Memory: one piece and one tag.
struct XMLScanner {
    /// Of the part read, for errors.
    let part: String
    /// What is fed but not yet told, and how many bytes stood before it.
    private var rest: [UInt8] = []
    private var offset = 0
    private var openElements = XMLOpenElements()
    private var hasRoot = false
    /// Those of the tag being read are the first `spanCount`; the array never shrinks.
    private var spans: [XMLAttributes.Span] = []
    private var spanCount = 0
    private var decoded: [UInt8] = []

    static let longestToken = 1 << 20
    static let deepest = 256
    static let mostAttributes = 1_024
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(part: String) {
        self.part = part
    }

    /// Tells `handler` what is complete; the rest waits for the next piece.
    mutating func feed(
        _ piece: UnsafeBufferPointer<UInt8>,
        to handler: inout some XMLHandler
    ) throws {
        rest.append(contentsOf: piece)
        // Out of the struct while it is read, so that `self` can change meanwhile.
        var document = rest
        rest = []
        let used = try document.withUnsafeBufferPointer { try scan($0, &handler) }
        guard document.count - used <= Self.longestToken else { throw error(.tokenTooLong, used) }
        document.removeSubrange(..<used)
        rest = document
        offset += used
    }

    /// Says that the document is complete.
    mutating func finish() throws {
        guard hasRoot, openElements.isEmpty, rest.allSatisfy(Self.isBlank) else {
            throw error(.incomplete, rest.count)
        }
    }

    private func error(_ damage: WorkbookError.XMLDamage, _ position: Int) -> WorkbookError {
        .malformedXML(part: part, byte: offset + position, damage)
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The bytes used; what follows them is not complete.
    private mutating func scan(
        _ document: UnsafeBufferPointer<UInt8>,
        _ handler: inout some XMLHandler
    ) throws -> Int {
        var position = try offset == 0 ? afterByteOrderMark(document) : 0
        while position < document.count {
            let next: Int?
            if document[position] != UInt8(ascii: "<") {
                next = try scanText(document, position, &handler)
            } else if position + 1 == document.count {
                next = nil
            } else {
                switch document[position + 1] {
                case UInt8(ascii: "/"): next = try scanEndTag(document, position, &handler)
                case UInt8(ascii: "!"): next = try scanDeclaration(document, position, &handler)
                case UInt8(ascii: "?"): next = try scanInstruction(document, position)
                default: next = try scanStartTag(document, position, &handler)
                }
            }
            guard let next else { break }
            position = next
        }
        return position
    }

    private func afterByteOrderMark(_ document: UnsafeBufferPointer<UInt8>) throws -> Int {
        if document.starts(with: Self.byteOrderMark) { return Self.byteOrderMark.count }
        // UTF-16, either way round.
        if document.starts(with: [0xFE, 0xFF]) || document.starts(with: [0xFF, 0xFE])
            || document.prefix(4).contains(0)
        {
            throw error(.encodingNotUTF8, 0)
        }
        return 0
    }

    // MARK: Text

    private mutating func scanText(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ handler: inout some XMLHandler
    ) throws -> Int? {
        var position = start
        var isPlain = true
        while position < document.count {
            let byte = document[position]
            if byte == UInt8(ascii: "<") { break }
            if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "\r") { isPlain = false }
            position += 1
        }
        if position == document.count, !isPlain {
            // An entity or line end may be cut by the end of the piece.
            let tail = document[max(start, position - XMLEntities.longest)..<position]
            if let ampersand = tail.lastIndex(of: UInt8(ascii: "&")),
                !document[ampersand..<position].contains(UInt8(ascii: ";"))
            {
                position = ampersand
            } else if document[position - 1] == UInt8(ascii: "\r") {
                position -= 1
            }
            guard position > start else { return nil }
        }
        let text = UnsafeBufferPointer(rebasing: document[start..<position])
        guard !openElements.isEmpty else {
            if text.allSatisfy(Self.isBlank) { return position }
            // The byte order mark itself may be cut.
            if offset == 0, start == 0, Self.byteOrderMark.starts(with: text) { return nil }
            throw error(.markup, start)
        }
        if isPlain {
            try handler.text(text)
        } else {
            decoded.removeAll(keepingCapacity: true)
            guard XMLEntities.append(text, to: &decoded) else { throw error(.entity, start) }
            let bytes = decoded
            decoded = []
            try bytes.withUnsafeBufferPointer { try handler.text($0) }
            decoded = bytes
        }
        return position
    }

    // MARK: Tags

    private mutating func scanStartTag(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ handler: inout some XMLHandler
    ) throws -> Int? {
        let nameStart = start + 1
        guard let nameEnd = Self.endOfName(document, nameStart) else { return nil }
        guard nameEnd > nameStart else { throw error(.markup, start) }
        spanCount = 0
        guard let (end, isEmpty) = try scanAttributes(document, nameEnd) else { return nil }
        if openElements.isEmpty {
            guard !hasRoot else { throw error(.unbalanced, start) }
            hasRoot = true
        }
        guard openElements.count < Self.deepest else { throw error(.nestedTooDeep, start) }
        let name = XMLName(
            bytes: Self.withoutPrefix(.init(rebasing: document[nameStart..<nameEnd])))
        let spans = spans
        let spanCount = spanCount
        try spans.withUnsafeBufferPointer {
            let found = UnsafeBufferPointer(rebasing: $0[..<spanCount])
            try handler.start(name, XMLAttributes(document: document, spans: found))
        }
        if isEmpty {
            try handler.end(name)
        } else {
            openElements.push(.init(rebasing: document[nameStart..<nameEnd]))
        }
        return end
    }

    /// Fills `spans`; the position behind the tag and whether it is an empty element.
    @inline(__always)
    private mutating func scanAttributes(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int
    ) throws -> (end: Int, isEmpty: Bool)? {
        var position = start
        while true {
            while position < document.count, Self.isBlank(document[position]) { position += 1 }
            guard position < document.count else { return nil }
            if document[position] == UInt8(ascii: ">") { return (position + 1, false) }
            if document[position] == UInt8(ascii: "/") {
                guard position + 1 < document.count else { return nil }
                guard document[position + 1] == UInt8(ascii: ">") else {
                    throw error(.markup, position)
                }
                return (position + 2, true)
            }
            let nameStart = position
            guard let nameEnd = Self.endOfName(document, nameStart) else { return nil }
            position = nameEnd
            while position < document.count, Self.isBlank(document[position]) { position += 1 }
            guard position < document.count else { return nil }
            guard nameEnd > nameStart, document[position] == UInt8(ascii: "=") else {
                throw error(.markup, position)
            }
            position += 1
            while position < document.count, Self.isBlank(document[position]) { position += 1 }
            guard position < document.count else { return nil }
            let quote = document[position]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw error(.markup, position)
            }
            position += 1
            let valueStart = position
            var hasEntity = false
            while position < document.count, document[position] != quote {
                if document[position] == UInt8(ascii: "&") { hasEntity = true }
                if document[position] == UInt8(ascii: "<") { throw error(.markup, position) }
                position += 1
            }
            guard position < document.count else { return nil }
            guard spanCount < Self.mostAttributes else {
                throw error(.tooManyAttributes, nameStart)
            }
            let prefix = document[nameStart..<nameEnd].lastIndex(of: UInt8(ascii: ":"))
            let span = XMLAttributes.Span(
                name: (prefix.map { $0 + 1 } ?? nameStart)..<nameEnd,
                value: valueStart..<position, hasEntity: hasEntity)
            if spanCount < spans.count { spans[spanCount] = span } else { spans.append(span) }
            spanCount += 1
            position += 1
        }
    }

    private mutating func scanEndTag(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ handler: inout some XMLHandler
    ) throws -> Int? {
        let nameStart = start + 2
        guard let nameEnd = Self.endOfName(document, nameStart) else { return nil }
        var position = nameEnd
        while position < document.count, Self.isBlank(document[position]) { position += 1 }
        guard position < document.count else { return nil }
        guard document[position] == UInt8(ascii: ">") else { throw error(.markup, position) }
        let name = UnsafeBufferPointer(rebasing: document[nameStart..<nameEnd])
        guard openElements.pop(name) else { throw error(.unbalanced, start) }
        try handler.end(XMLName(bytes: Self.withoutPrefix(name)))
        return position + 1
    }

    @inline(__always)
    private static func endOfName(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int
    ) -> Int? {
        var position = start
        while position < document.count {
            switch document[position] {
            case 0...0x20, UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="),
                UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"):
                return position
            default: position += 1
            }
        }
        return nil
    }

    @inline(__always)
    private static func withoutPrefix(
        _ name: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return UnsafeBufferPointer(rebasing: name[(colon + 1)...])
    }

    // MARK: Declarations

    private mutating func scanDeclaration(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ handler: inout some XMLHandler
    ) throws -> Int? {
        let tail = document[start...]
        if tail.starts(with: "<!--".utf8) {
            return Self.end(of: "-->", in: document, from: start + 4)
        }
        if tail.starts(with: "<![CDATA[".utf8) {
            guard !openElements.isEmpty else { throw error(.markup, start) }
            let textStart = start + 9
            guard let end = Self.end(of: "]]>", in: document, from: textStart) else { return nil }
            try handler.text(.init(rebasing: document[textStart..<end - 3]))
            return end
        }
        if tail.starts(with: "<!DOCTYPE".utf8) { throw error(.documentType, start) }
        // Cut before it can be told which it is.
        let isBeginning = ["<!--", "<![CDATA[", "<!DOCTYPE"].contains {
            $0.utf8.starts(with: tail.prefix(9))
        }
        guard isBeginning else { throw error(.markup, start) }
        return nil
    }

    private func scanInstruction(
        _ document: UnsafeBufferPointer<UInt8>,
        _ start: Int
    ) throws -> Int? {
        guard let end = Self.end(of: "?>", in: document, from: start + 2) else { return nil }
        let content = String(decoding: document[(start + 2)..<(end - 2)], as: UTF8.self)
        guard content.hasPrefix("xml "), let encoding = Self.encoding(content) else { return end }
        guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding) else {
            throw error(.encodingNotUTF8, start)
        }
        return end
    }

    /// The encoding of `xml version="1.0" encoding="UTF-8"`, in lower case.
    private static func encoding(_ declaration: String) -> String? {
        let words = declaration.lowercased().split { " =\t\r\n".contains($0) }
        guard let index = words.firstIndex(of: "encoding"), index + 1 < words.count else {
            return nil
        }
        return String(words[index + 1].filter { $0 != "\"" && $0 != "'" })
    }

    /// The position behind the first `mark` from `start` on.
    private static func end(
        of mark: StaticString,
        in document: UnsafeBufferPointer<UInt8>,
        from start: Int
    ) -> Int? {
        mark.withUTF8Buffer { mark in
            var position = start
            while position + mark.count <= document.count {
                if document[position] == mark[0], document[position...].starts(with: mark) {
                    return position + mark.count
                }
                position += 1
            }
            return nil
        }
    }
}
