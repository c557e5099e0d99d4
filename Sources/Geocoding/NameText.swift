/// The letters of a name in a row, without blanks: 1...26 stand for a–z, 27...36 for 0–9.
///
/// Fixed in size, so that reading a name allocates nothing.
struct NameLetters: Sendable {
    static let capacity = 40

    private(set) var codes = InlineArray<40, UInt8>(repeating: 0)
    private(set) var count = 0

    /// The letter `index`, 0 where there is none.
    subscript(index: Int) -> UInt8 {
        index >= 0 && index < count ? codes[index] : 0
    }

    var isEmpty: Bool { count == 0 }

    /// What does not fit is dropped: no name is that long.
    mutating func append(_ code: UInt8) {
        guard count < Self.capacity else { return }
        codes[count] = code
        count += 1
    }

    mutating func append(_ word: StaticString) {
        word.withUTF8Buffer { bytes in
            for byte in bytes { append(byte &- 96) }
        }
    }

    mutating func replaceLast(with code: UInt8) {
        codes[count - 1] = code
    }

    func prefix(_ length: Int) -> NameLetters {
        var part = NameLetters()
        for index in 0..<min(length, count) { part.append(codes[index]) }
        return part
    }

    func dropFirst(_ length: Int) -> NameLetters {
        var part = NameLetters()
        var index = length
        while index < count {
            part.append(codes[index])
            index += 1
        }
        return part
    }

    func hasPrefix(_ other: NameLetters) -> Bool {
        guard other.count <= count else { return false }
        for index in 0..<other.count where codes[index] != other.codes[index] { return false }
        return true
    }

    func hasSuffix(_ other: NameLetters) -> Bool {
        let shift = count - other.count
        guard shift >= 0 else { return false }
        for index in 0..<other.count where codes[shift + index] != other.codes[index] {
            return false
        }
        return true
    }

    func isEqual(to other: NameLetters) -> Bool {
        guard count == other.count else { return false }
        return hasPrefix(other)
    }

    var hash: UInt64 {
        var value: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in 0..<count {
            value = (value ^ UInt64(codes[index])) &* 0x0000_0100_0000_01B3
            value ^= value >> 29
        }
        return value
    }
}

/// A written name as words of lower-case letters and digits.
///
/// Marks on letters go, apostrophes join (Soka'an), everything else parts words. A digit inside a
/// word of letters becomes the letter that it looks like (K1dul).
struct NameText {
    private static let letterCapacity = 96
    private static let wordCapacity = 20

    private var letters = InlineArray<96, UInt8>(repeating: 0)
    private var ends = InlineArray<20, UInt8>(repeating: 0)
    private var length = 0
    private(set) var wordCount = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var position = 0
        var isAfterSmall = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            let isSmall = 0x61...0x7A ~= byte
            defer { isAfterSmall = isSmall }
            switch byte {
            case 0x61...0x7A: add(byte &- 96)
            case 0x41...0x5A:
                // DesaBago, GadingKl.
                if isAfterSmall { endWord() }
                add(byte &- 64)
            case 0x30...0x39: add(byte &- 21)
            case 0x27, 0x22, 0x60: break
            case 0..<0x80: endWord()
            default: fold(byte, bytes, &position)
            }
        }
        endWord()
    }

    func range(ofWord word: Int) -> Range<Int> {
        (word == 0 ? 0 : Int(ends[word - 1]))..<Int(ends[word])
    }

    func letter(_ index: Int) -> UInt8 { letters[index] }

    /// The word packed into five bits a letter; 0 for one with digits or more than twelve letters.
    func packedWord(_ word: Int) -> UInt64 {
        let range = range(ofWord: word)
        guard range.count <= 12 else { return 0 }
        var packed: UInt64 = 0
        for index in range {
            let letter = letters[index]
            if letter > 26 { return 0 }
            packed = packed << 5 | UInt64(letter)
        }
        return packed
    }

    static func pack(_ word: StaticString) -> UInt64 {
        word.withUTF8Buffer { bytes in
            bytes.reduce(0) { $0 << 5 | UInt64($1 &- 96) }
        }
    }

    /// The number that a word of digits writes; nil for another word, and from 100 on.
    func number(ofWord word: Int) -> Int? {
        let range = range(ofWord: word)
        guard range.count <= 2 else { return nil }
        var number = 0
        for index in range {
            guard letters[index] > 26 else { return nil }
            number = number * 10 + Int(letters[index]) - 27
        }
        return number
    }

    private mutating func add(_ code: UInt8) {
        guard length < Self.letterCapacity, wordCount < Self.wordCapacity else { return }
        letters[length] = code
        length += 1
    }

    private mutating func endWord() {
        let start = wordCount == 0 ? 0 : Int(ends[wordCount - 1])
        guard length > start, wordCount < Self.wordCapacity else { return }
        ends[wordCount] = UInt8(length)
        wordCount += 1
        var hasLetter = false
        var hasDigit = false
        for index in start..<length {
            if letters[index] > 26 { hasDigit = true } else { hasLetter = true }
        }
        guard hasLetter, hasDigit else { return }
        // 0 1 2 3 4 5 6 7 8 9 read as o i z e a s g t b g.
        let lookalikes: InlineArray<10, UInt8> = [15, 9, 26, 5, 1, 19, 7, 20, 2, 7]
        for index in start..<length where letters[index] > 26 {
            letters[index] = lookalikes[Int(letters[index]) - 27]
        }
    }

    /// Takes a character outside ASCII, whose first byte is `lead`.
    private mutating func fold(
        _ lead: UInt8,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) {
        var scalar = lead >= 0xE0 ? UInt32(lead & 0x0F) : UInt32(lead & 0x1F)
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 {
            scalar = scalar << 6 | UInt32(bytes[position] & 0x3F)
            position += 1
        }
        switch scalar {
        case 0xB4, 0x2B9...0x2BC, 0x300...0x36F, 0x2018...0x201F, 0x2032: break
        case 0xC0...0xC5, 0xE0...0xE5, 0x100...0x105: add(1)
        case 0xC7, 0xE7: add(3)
        case 0xC8...0xCB, 0xE8...0xEB, 0x112...0x11B: add(5)
        case 0xCC...0xCF, 0xEC...0xEF, 0x128...0x131: add(9)
        case 0xD1, 0xF1: add(14)
        case 0xD2...0xD6, 0xF2...0xF6, 0x14C...0x151: add(15)
        case 0xD9...0xDC, 0xF9...0xFC, 0x168...0x173: add(21)
        case 0xDD, 0xFD, 0xFF: add(25)
        default: endWord()
        }
    }
}

/// A fixed table from words to what they mean, found by one probe or a few.
struct WordTable<Meaning: Sendable>: Sendable {
    private var keys: [UInt64]
    private var meanings: [Meaning?]
    private let mask: Int

    init(_ entries: [(word: StaticString, meaning: Meaning)]) {
        var size = 16
        while size < entries.count * 3 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        meanings = Array(repeating: nil, count: size)
        mask = size - 1
        for entry in entries {
            let key = NameText.pack(entry.word)
            var slot = Self.slot(key, mask)
            while keys[slot] != 0 {
                precondition(keys[slot] != key, "\(entry.word) stands in the table twice")
                slot = (slot + 1) & mask
            }
            keys[slot] = key
            meanings[slot] = entry.meaning
        }
    }

    subscript(packed: UInt64) -> Meaning? {
        guard packed != 0 else { return nil }
        var slot = Self.slot(packed, mask)
        while keys[slot] != 0 {
            if keys[slot] == packed { return meanings[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private static func slot(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }
}
