/// The texts that cells share, one after another in one buffer.
struct XLSXSharedStrings: XMLHandler {
    var part = "The shared texts"
    private let limits: WorkbookLimits
    private var bytes: [UInt8] = []
    /// Where each text ends, in 32 bits, for the buffer is smaller than 4 GiB.
    private var ends: [UInt32] = []
    private var item = XLSXStringItem()

    init(limits: WorkbookLimits) {
        precondition(limits.sharedStrings < 1 << 32, "\(limits.sharedStrings) bytes of texts")
        self.limits = limits
    }

    var count: Int { ends.count }

    /// Gives the text at `index` to `body`, nil if there is none.
    @inline(__always)
    func with<T>(
        _ index: Int,
        _ body: (UnsafeBufferPointer<UInt8>?) throws -> T
    ) rethrows -> T {
        guard index >= 0, index < ends.count else { return try body(nil) }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        let end = Int(ends[index])
        return try bytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[start..<end]))
        }
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "si" { item.begin() } else { item.start(name) }
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) throws {
        guard item.isText else { return }
        guard bytes.count + item.bytes.count + text.count <= limits.sharedStrings else {
            throw WorkbookError.tooLarge(part: part, .sharedStrings)
        }
        item.bytes.append(contentsOf: text)
    }

    mutating func end(_ name: XMLName) {
        guard name == "si" else { return item.end(name) }
        XLSXEscapes.resolve(&item.bytes)
        bytes.append(contentsOf: item.bytes)
        ends.append(UInt32(bytes.count))
    }
}

/// The text of a string item: its runs joined, phonetic runs left out (ECMA-376 part 1, 18.4.8).
struct XLSXStringItem {
    var bytes: [UInt8] = []
    private(set) var isText = false
    private var isPhonetic = false

    mutating func begin() {
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
        isText = false
        isPhonetic = false
    }

    @inline(__always)
    mutating func start(_ name: XMLName) {
        switch name {
        case "t": isText = !isPhonetic
        case "rPh": isPhonetic = true
        default: break
        }
    }

    @inline(__always)
    mutating func end(_ name: XMLName) {
        switch name {
        case "t": isText = false
        case "rPh": isPhonetic = false
        default: break
        }
    }
}

/// `_x000D_`: how XLSX writes characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
enum XLSXEscapes {
    private static let underscore = UInt8(ascii: "_")

    /// Replaces the escapes in `text` by their characters.
    @inline(__always)
    static func resolve(_ text: inout [UInt8]) {
        guard text.count >= 7, text.contains(underscore) else { return }
        resolveFound(&text)
    }

    private static func resolveFound(_ text: inout [UInt8]) {
        var resolved: [UInt8] = []
        var position = 0
        while position < text.count {
            guard let unit = unit(text, at: position) else {
                resolved.append(text[position])
                position += 1
                continue
            }
            position += 7
            if UTF16.isLeadSurrogate(unit), let second = Self.unit(text, at: position),
                UTF16.isTrailSurrogate(second)
            {
                resolved.append(contentsOf: String(decoding: [unit, second], as: UTF16.self).utf8)
                position += 7
            } else {
                // Half a pair alone becomes U+FFFD.
                resolved.append(contentsOf: String(decoding: [unit], as: UTF16.self).utf8)
            }
        }
        text = resolved
    }

    /// The UTF-16 unit of the escape at `position`.
    private static func unit(_ text: [UInt8], at position: Int) -> UInt16? {
        guard position + 7 <= text.count, text[position] == underscore,
            text[position + 1] == UInt8(ascii: "x"), text[position + 6] == underscore
        else { return nil }
        var unit: UInt16 = 0
        for byte in text[(position + 2)..<(position + 6)] {
            guard let digit = hexadecimal(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
        default: nil
        }
    }

    /// Whether an escape stands at `position`, so that the text must be escaped to stay as it is.
    static func isEscape(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        unit(Array(text[position...].prefix(7)), at: 0) != nil
    }
}
