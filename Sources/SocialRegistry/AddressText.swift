/// What an address in one line says: `DSN KRAJAN RT 03/RW 1 DS. KLENANG KIDUL KEC. BANYUANYAR`.
///
/// `DS` is short for desa and for dusun. Where the address has both, the first is the dusun; where
/// it has one, `DS` is the desa when `RT`, `RW`, a dusun or a street stands before it or a kecamatan
/// follows, and otherwise the dusun.
public struct AddressText: Hashable, Sendable {
    public var dusun: String?
    public var rt: Int?
    public var rw: Int?
    public var desaName: String?
    public var kecamatanName: String?
    /// Street, lane or block, with its word: `JL MAWAR 3`.
    public var street: String?

    public init() {}

    public static func parse(_ text: String) -> AddressText {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    /// Reads the bytes of a cell in one pass; names come out as written.
    ///
    /// Unknown words before the first known one are the dusun when nothing else is, since addresses
    /// such as `KRAJAN RT 3 RW 1` leave the word out.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> AddressText {
        var scan = AddressScan(bytes: bytes)
        return scan.run()
    }
}

/// One pass over an address.
private struct AddressScan {
    private enum Part {
        case none, dusun, desa, ambiguousDS, kecamatan, street, skipped
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var result = AddressText()
    private var part = Part.none
    /// The bytes of the name being read; empty before its first word.
    private var nameStart = 0
    private var nameEnd = 0
    private var leading: Range<Int>?
    private var ambiguous: Range<Int>?
    /// RT, RW, a dusun or a street stood before the ambiguous DS.
    private var ambiguousIsLate = false

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func run() -> AddressText {
        while let word = nextWord() {
            let isKey = take(word)
            if !isKey {
                if nameEnd == nameStart { nameStart = word.lowerBound }
                nameEnd = word.upperBound
            }
        }
        close()
        settle()
        return result
    }

    /// The next run of letters or digits, cut after `longest`; a comma ends the name before it.
    private mutating func nextWord(longest: Int = .max) -> Range<Int>? {
        while position < bytes.count, !Self.isWordByte(bytes[position]) {
            if bytes[position] == UInt8(ascii: ",") || bytes[position] == UInt8(ascii: ";") {
                close()
            }
            position += 1
        }
        guard position < bytes.count else { return nil }
        let start = position
        let startsWithDigit = bytes[position].isDigit
        while position < bytes.count, position - start < longest,
            Self.isWordByte(bytes[position])
        {
            // RT03 is two words.
            if !startsWithDigit, bytes[position].isDigit, isNumbered(start..<position) { break }
            position += 1
        }
        return start..<position
    }

    private func isNumbered(_ range: Range<Int>) -> Bool {
        let word = slice(range)
        return word.isWord("rt") || word.isWord("rw")
    }

    /// Whether the word begins another part of the address; then it has been dealt with.
    private mutating func take(_ word: Range<Int>) -> Bool {
        let text = slice(word)
        guard (2...10).contains(text.count) else { return false }
        switch text[0].lowercased {
        case UInt8(ascii: "r"):
            if text.isWord("rt") {
                takeRT()
                return true
            }
            if text.isWord("rw") {
                takeNumber(\.rw)
                return true
            }
        case UInt8(ascii: "d"):
            if text.isWord("dusun") || text.isWord("dsn") || text.isWord("dukuh") {
                return begin(.dusun)
            }
            if text.isWord("ds") { return begin(.ambiguousDS) }
            if text.isWord("desa") { return begin(.desa) }
        case UInt8(ascii: "k"):
            if text.isWord("kel") || text.isWord("kelurahan") { return begin(.desa) }
            if text.isWord("kec") || text.isWord("kecamatan") { return begin(.kecamatan) }
            if text.isWord("kab") || text.isWord("kabupaten") { return begin(.skipped) }
            // In "Kec. Kota Anyar" it is the beginning of a name.
            if text.isWord("kota"), part == .none || nameEnd > nameStart {
                return begin(.skipped)
            }
        case UInt8(ascii: "l"):
            if text.isWord("lingk") || text.isWord("lingkungan") { return begin(.dusun) }
        case UInt8(ascii: "j"):
            if text.isWord("jl") || text.isWord("jln") || text.isWord("jalan") {
                return begin(.street, from: word)
            }
        case UInt8(ascii: "g"):
            if text.isWord("gg") || text.isWord("gang") { return begin(.street, from: word) }
        case UInt8(ascii: "b"):
            if text.isWord("blok"), part != .street { return begin(.street, from: word) }
        case UInt8(ascii: "p"):
            if text.isWord("prov") || text.isWord("provinsi") { return begin(.skipped) }
        default:
            break
        }
        return false
    }

    /// Takes `RT 3`, `RT. 003 / 001` and `RT/RW 3/1`.
    private mutating func takeRT() {
        let afterRT = position
        // Three bytes tell RW from all else; a longer look ahead for each RT would be quadratic.
        if let next = nextWord(longest: 3), slice(next).isWord("rw"), number(at: position) != nil {
            // RT/RW: both numbers follow.
            takeNumber(\.rt)
            if let rw = number(afterSlashAt: position) ?? number(at: position) { take(rw: rw) }
            return
        }
        position = afterRT
        takeNumber(\.rt)
        if let rw = number(afterSlashAt: position) { take(rw: rw) }
    }

    private mutating func take(rw: (value: Int, end: Int)) {
        if result.rw == nil, rw.value > 0 { result.rw = rw.value }
        position = rw.end
    }

    private mutating func takeNumber(_ field: WritableKeyPath<AddressText, Int?>) {
        let number = number(at: position)
        close()
        part = .none
        guard let number else { return }
        // 000 is what forms write for none.
        if result[keyPath: field] == nil, number.value > 0 { result[keyPath: field] = number.value }
        position = number.end
    }

    /// The number that follows, behind dots, blanks, colons and `NO`-less signs; up to 999.
    private func number(at start: Int) -> (value: Int, end: Int)? {
        var position = start
        while position < bytes.count, !Self.isWordByte(bytes[position]) {
            if bytes[position] == UInt8(ascii: ",") { return nil }
            position += 1
        }
        var value = 0
        let first = position
        while position < bytes.count, bytes[position].isDigit, position - first < 4 {
            value = value * 10 + Int(bytes[position] & 0x0F)
            position += 1
        }
        guard (1...3).contains(position - first) else { return nil }
        return (value, position)
    }

    /// The number behind `/` or `-`, the RW of `RT 003/001`.
    private func number(afterSlashAt start: Int) -> (value: Int, end: Int)? {
        var position = start
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        guard position < bytes.count,
            bytes[position] == UInt8(ascii: "/") || bytes[position] == UInt8(ascii: "-")
        else { return nil }
        position += 1
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        guard position < bytes.count, bytes[position].isDigit else { return nil }
        return number(at: position)
    }

    private mutating func begin(_ next: Part, from word: Range<Int>? = nil) -> Bool {
        close()
        part = next
        if let word {
            nameStart = word.lowerBound
            nameEnd = word.upperBound
        }
        if next == .ambiguousDS, ambiguous == nil {
            ambiguousIsLate =
                result.rt != nil || result.rw != nil || result.dusun != nil
                || result.street != nil || leading != nil
        }
        return true
    }

    /// Ends the name being read and keeps it.
    private mutating func close() {
        defer {
            nameStart = 0
            nameEnd = 0
        }
        guard nameEnd > nameStart else { return }
        let range = nameStart..<nameEnd
        switch part {
        case .none:
            if leading == nil, ambiguous == nil, !bytes[range.lowerBound].isDigit,
                result == AddressText()
            {
                leading = range
            }
        case .dusun: if result.dusun == nil { result.dusun = text(range) }
        case .desa: if result.desaName == nil { result.desaName = text(range) }
        case .kecamatan: if result.kecamatanName == nil { result.kecamatanName = text(range) }
        case .street: if result.street == nil { result.street = text(range) }
        case .ambiguousDS:
            if let first = ambiguous {
                // The second DS is the desa, the first was the dusun.
                if result.dusun == nil { result.dusun = text(first) }
                if result.desaName == nil { result.desaName = text(range) }
                ambiguous = nil
            } else {
                ambiguous = range
            }
        case .skipped: break
        }
        part = .none
    }

    private mutating func settle() {
        if let ambiguous {
            let isDesa =
                result.desaName == nil
                && (ambiguousIsLate || result.dusun != nil || result.kecamatanName != nil)
            if isDesa {
                result.desaName = text(ambiguous)
            } else if result.dusun == nil {
                result.dusun = text(ambiguous)
            }
        }
        if result.dusun == nil, let leading { result.dusun = text(leading) }
    }

    private func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range])
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Letters, digits, apostrophes and everything beyond ASCII.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
            || byte.lowercased &- UInt8(ascii: "a") < 26
    }
}

extension AddressText {
    /// Whether an address may name its desa, told by its words alone: faster than parsing, since
    /// most addresses name none.
    public static func mayNameDesa(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        while position + 1 < bytes.count {
            // A word begins here.
            let isStart = position == 0 || !isLetter(bytes[position - 1])
            if isStart {
                let (first, second) = (bytes[position] | 0x20, bytes[position + 1] | 0x20)
                if first == UInt8(ascii: "d"),
                    second == UInt8(ascii: "s") || second == UInt8(ascii: "e")
                {
                    return true
                }
                if first == UInt8(ascii: "k"), second == UInt8(ascii: "e") { return true }
            }
            position += 1
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
