/// How the bytes of a text file stand for characters.
public enum TextEncoding: String, CaseIterable, Sendable {
    /// No byte beyond 127 so far, which says nothing about the rest of the file.
    case ascii = "ASCII"
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 (BOM)"
    case windows1252 = "Windows-1252"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    /// The encoding of a text that begins with `head`.
    ///
    /// UTF-16 is known by its byte order mark, or without one by a zero in every second byte of
    /// the first 64. Bytes that are mostly no UTF-8 are Windows-1252, which Excel writes as "CSV";
    /// a single wrong byte among many right ones is damage and not another encoding.
    public init(head: [UInt8]) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8WithMark
        } else if head.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if head.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else if let byZeros = Self.utf16ByZeros(head) {
            self = byZeros
        } else {
            let count = UTF8SequenceCount(head)
            self =
                count.valid == 0 && count.invalid == 0
                ? .ascii : count.valid >= count.invalid ? .utf8 : .windows1252
        }
    }

    private static func utf16ByZeros(_ head: [UInt8]) -> TextEncoding? {
        let sample = head.prefix(64)
        guard sample.count >= 4 else { return nil }
        var zeros = [0, 0]
        for (index, byte) in sample.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        let half = sample.count / 2
        if zeros[0] == 0, zeros[1] * 4 >= half * 3 { return .utf16LittleEndian }
        if zeros[1] == 0, zeros[0] * 4 >= half * 3 { return .utf16BigEndian }
        return nil
    }
}

/// How many characters of several bytes a text has, and how many bytes that belong to none.
///
/// A sequence cut by the end of the text counts as neither.
struct UTF8SequenceCount: Equatable {
    var valid = 0
    var invalid = 0

    init(_ bytes: some Sequence<UInt8>) {
        // Following bytes still expected, and the range of the next one.
        var expected = 0
        var range: ClosedRange<UInt8> = 0x80...0xBF
        var begun = 0
        for byte in bytes {
            if expected == 0, byte < 0x80 { continue }
            if expected > 0 {
                if range.contains(byte) {
                    expected -= 1
                    begun += 1
                    range = 0x80...0xBF
                    if expected == 0 { valid += 1 }
                    continue
                }
                invalid += begun
                expected = 0
            }
            begun = 1
            range = 0x80...0xBF
            switch byte {
            case 0..<0x80: continue
            case 0xC2...0xDF: expected = 1
            case 0xE0: (expected, range) = (2, 0xA0...0xBF)
            case 0xED: (expected, range) = (2, 0x80...0x9F)
            case 0xE1...0xEF: expected = 2
            case 0xF0: (expected, range) = (3, 0x90...0xBF)
            case 0xF4: (expected, range) = (3, 0x80...0x8F)
            case 0xF1...0xF3: expected = 3
            default: invalid += 1
            }
        }
    }
}
