/// The consonants of a word as they sound, for finding names that are spelt in another way.
///
/// Made for names of Java and Madura and for Arabic names as they are written there: vowels, H
/// and Y fall away (`AMINAH`, `AMINA`; `SURYANI`, `SURIANI`; `ROHMAT`, `RACHMAT`), spellings of
/// before 1972 and sounds that are exchanged become one (`DJAENAL`, `ZAINAL`, `JAINAL`; `FITRI`,
/// `PITRI`). Own rules, no standard: they only choose which pairs are compared, never that they
/// agree.
enum NameSkeleton {
    /// Up to 12 consonants of 5 bits each, the first in the lowest bits; 0 for an empty word.
    ///
    /// A word that begins with a vowel begins with A; doubled consonants count once.
    static func key(of word: some Collection<UInt8>) -> UInt64 {
        let letters = Array(word)
        guard let first = letters.first else { return 0 }
        var key: UInt64 = 0
        var count = 0
        var last: UInt8 = 0
        func append(_ letter: UInt8) {
            guard letter != last, count < 12 else { return }
            key |= UInt64(letter - UInt8(ascii: "A") + 1) << UInt64(5 * count)
            count += 1
            last = letter
        }
        if isVowel(first) { append(UInt8(ascii: "A")) }
        var index = 0
        while index < letters.count {
            let next = index + 1 < letters.count ? letters[index + 1] : 0
            let (sound, length) = sound(letters[index], next, isFirst: index == 0)
            if let sound { append(sound) } else if length == 1 { last = 0 }
            index += length
        }
        // A word of H and Y alone.
        if key == 0 { append(first) }
        return key
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"),
            UInt8(ascii: "U"):
            true
        default: false
        }
    }

    /// The consonant that `letter`, followed by `next`, sounds as; nil for none.
    private static func sound(
        _ letter: UInt8,
        _ next: UInt8,
        isFirst: Bool
    ) -> (UInt8?, length: Int) {
        let pair = (UInt16(letter) << 8) | UInt16(next)
        switch pair {
        case Self.pair("DJ"), Self.pair("DZ"): return (UInt8(ascii: "J"), 2)
        case Self.pair("TJ"): return (UInt8(ascii: "C"), 2)
        case Self.pair("SJ"), Self.pair("SY"), Self.pair("SH"): return (UInt8(ascii: "S"), 2)
        case Self.pair("CH"), Self.pair("KH"): return (nil, 2)
        case Self.pair("NG"), Self.pair("NJ"), Self.pair("NY"): return (UInt8(ascii: "N"), 2)
        default: break
        }
        switch letter {
        case UInt8(ascii: "Z"): return (UInt8(ascii: "J"), 1)
        case UInt8(ascii: "F"), UInt8(ascii: "V"): return (UInt8(ascii: "P"), 1)
        case UInt8(ascii: "Q"): return (UInt8(ascii: "K"), 1)
        case UInt8(ascii: "X"): return (UInt8(ascii: "S"), 1)
        case UInt8(ascii: "H"), UInt8(ascii: "Y"): return (nil, 1)
        case UInt8(ascii: "W"): return (isFirst ? letter : nil, 1)
        default: return (isVowel(letter) ? nil : letter, 1)
        }
    }

    private static func pair(_ text: StaticString) -> UInt16 {
        text.withUTF8Buffer { UInt16($0[0]) << 8 | UInt16($0[1]) }
    }
}
