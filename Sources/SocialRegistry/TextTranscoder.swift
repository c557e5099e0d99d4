/// Turns a text of any known encoding into UTF-8, piece by piece.
public struct TextTranscoder: Sendable {
    public private(set) var encoding: TextEncoding
    /// Bytes that stand for no character, each given out as U+FFFD.
    ///
    /// Windows-1252 leaves 81, 8D, 8F, 90 and 9D (hexadecimal) undefined; in UTF-16 halves of
    /// pairs count, and a last odd byte.
    public private(set) var undefinedCount = 0

    /// The first byte of a unit of two that the next piece completes.
    private var oddByte: UInt8?
    /// The first half of a surrogate pair.
    private var highSurrogate: UInt16?
    private var isAtStart = true

    /// `.ascii` becomes UTF-8 or Windows-1252 with the first piece that has another byte.
    public init(encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// Whether the bytes are UTF-8 already, so that nobody has to copy them.
    public var isIdentity: Bool { encoding == .utf8 || encoding == .utf8WithMark }

    /// Appends the UTF-8 of `piece` to `output`.
    ///
    /// UTF-8 goes through unchanged, wrong bytes included: the parser names their row.
    public mutating func transcode(_ piece: some Collection<UInt8>, into output: inout [UInt8]) {
        let done: Void? = piece.withContiguousStorageIfAvailable { transcode($0, &output) }
        if done == nil { Array(piece).withUnsafeBufferPointer { transcode($0, &output) } }
    }

    private mutating func transcode(
        _ piece: UnsafeBufferPointer<UInt8>,
        _ output: inout [UInt8]
    ) {
        if encoding == .ascii, let other = piece.firstIndex(where: { $0 >= 0x80 }) {
            let rest = UTF8SequenceCount(piece[other...])
            encoding = rest.invalid > rest.valid ? .windows1252 : .utf8
        }
        switch encoding {
        case .ascii, .utf8, .utf8WithMark:
            output.append(contentsOf: piece)
        case .windows1252:
            transcodeWindows1252(piece, &output)
        case .utf16LittleEndian, .utf16BigEndian:
            output.reserveCapacity(output.count + piece.count)
            for byte in piece { takeUTF16(byte, &output) }
        }
    }

    /// Ends the text: half a character left over becomes U+FFFD.
    public mutating func finish(into output: inout [UInt8]) {
        if oddByte != nil || highSurrogate != nil { appendUndefined(&output) }
        oddByte = nil
        highSurrogate = nil
    }

    /// All of `bytes` at once.
    public static func utf8(of bytes: [UInt8], encoding: TextEncoding) -> [UInt8] {
        var transcoder = TextTranscoder(encoding: encoding)
        var output: [UInt8] = []
        transcoder.transcode(bytes, into: &output)
        transcoder.finish(into: &output)
        return output
    }

    private mutating func transcodeWindows1252(
        _ piece: UnsafeBufferPointer<UInt8>,
        _ output: inout [UInt8]
    ) {
        // Runs of plain bytes are copied at once: they are nearly all of the text.
        var start = 0
        for position in piece.indices where piece[position] >= 0x80 {
            output.append(contentsOf: piece[start..<position])
            appendWindows1252(piece[position], &output)
            start = position + 1
        }
        output.append(contentsOf: piece[start...])
    }

    private mutating func appendWindows1252(_ byte: UInt8, _ output: inout [UInt8]) {
        if byte >= 0xA0 {
            Self.append(UInt32(byte), &output)
        } else if let scalar = Self.windows1252[Int(byte) - 0x80] {
            Self.append(scalar, &output)
        } else {
            appendUndefined(&output)
        }
    }

    /// The characters of 80 to 9F.
    private static let windows1252: [UInt32?] = [
        0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil, 0x017D, nil,
        nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil, 0x017E, 0x0178,
    ]

    private mutating func takeUTF16(_ byte: UInt8, _ output: inout [UInt8]) {
        guard let first = oddByte else {
            oddByte = byte
            return
        }
        oddByte = nil
        let isLittle = encoding == .utf16LittleEndian
        let unit = UInt16(isLittle ? byte : first) << 8 | UInt16(isLittle ? first : byte)
        defer { isAtStart = false }
        if isAtStart, unit == 0xFEFF { return }
        if let high = highSurrogate {
            highSurrogate = nil
            if (0xDC00...0xDFFF).contains(unit) {
                Self.append(
                    0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00), &output)
                return
            }
            appendUndefined(&output)
        }
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF: appendUndefined(&output)
        default: Self.append(UInt32(unit), &output)
        }
    }

    private mutating func appendUndefined(_ output: inout [UInt8]) {
        undefinedCount += 1
        Self.append(0xFFFD, &output)
    }

    private static func append(_ scalar: UInt32, _ output: inout [UInt8]) {
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(scalar))
        case 0x80..<0x800:
            output.append(0xC0 | UInt8(scalar >> 6))
            output.append(0x80 | UInt8(scalar & 0x3F))
        case 0x800..<0x10000:
            output.append(0xE0 | UInt8(scalar >> 12))
            output.append(0x80 | UInt8(scalar >> 6 & 0x3F))
            output.append(0x80 | UInt8(scalar & 0x3F))
        default:
            output.append(0xF0 | UInt8(scalar >> 18))
            output.append(0x80 | UInt8(scalar >> 12 & 0x3F))
            output.append(0x80 | UInt8(scalar >> 6 & 0x3F))
            output.append(0x80 | UInt8(scalar & 0x3F))
        }
    }
}
