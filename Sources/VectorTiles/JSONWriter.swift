/// JSON text (RFC 8259) as bytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    /// `expected` bytes are written without moving those before.
    init(expected: Int = 0) {
        bytes.reserveCapacity(expected)
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.append(contentsOf: more)
    }

    mutating func write(_ value: TileValue) {
        switch value {
        case .string(let text): write(text)
        case .int(let number): append(String(number))
        // The shortest text that reads back as the same number; JSON has no infinity and no NaN.
        case .double(let number): append(number.isFinite ? number.description : "null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .null: append("null")
        }
    }

    /// A string with what must be escaped escaped (RFC 8259, 7), all else as UTF-8.
    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append(#"\""#)
            case UInt8(ascii: "\\"): append(#"\\"#)
            case 0x08: append(#"\b"#)
            case 0x09: append(#"\t"#)
            case 0x0A: append(#"\n"#)
            case 0x0C: append(#"\f"#)
            case 0x0D: append(#"\r"#)
            case 0..<0x20:
                append(#"\u00"#)
                for digit in [byte >> 4, byte & 15] {
                    bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
                }
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `value` divided by 10^`decimals`, with all its decimals.
    mutating func write(_ value: Int, decimals: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        var digits = 0
        while rest > 0 || digits <= decimals {
            if digits == decimals, decimals > 0 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            digits += 1
        }
        bytes[start...].reverse()
    }
}
