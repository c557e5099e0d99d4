internal import PovertyModel

/// The mistakes of somebody who writes a name, a number or a date.
enum PairedMistakes {
    private static let vowels = Array("AEIOU".utf8)
    private static let consonants = Array("BCDGHJKLMNPRSTWY".utf8)
    /// Sounds that are written in two ways, each way round.
    private static let sounds: [([UInt8], [UInt8])] = [
        ("Z", "J"), ("J", "Z"), ("F", "P"), ("P", "F"), ("U", "OE"), ("KH", "H"), ("CH", "H"),
        ("DJ", "J"), ("SY", "S"), ("Y", "I"), ("I", "Y"), ("D", "DH"), ("T", "TH"), ("V", "F"),
        ("A", "O"), ("O", "A"), ("NG", "N"), ("K", "Q"), ("IY", "I"), ("AH", "A"), ("A", "AH"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
    private static let muhammad = ["M.", "MOH.", "MOH", "MOCH.", "MOCHAMAD", "MOHAMMAD", "MUHAMAD"]
        .map { Array($0.utf8) }
    private static let muhammadInFull = Array("MUHAMMAD".utf8)
    private static let degrees = [", S.PD", ", S.E", ", S.SOS", ", S.AG"].map { Array($0.utf8) }

    /// The words of a name as one registry writes them.
    static func name(
        _ words: [[UInt8]],
        isWoman: Bool,
        _ rates: PairedRates,
        _ generator: inout SeededGenerator
    ) -> String {
        var words = words
        // Each office has its own way to write Muhammad; that is no mistake and has no rate.
        if rates != .none, words.count > 1, words[0] == muhammadInFull, generator.happens(0.5) {
            words[0] = muhammad[generator.index(below: muhammad.count)]
        }
        if words.count > 1 {
            if generator.happens(rates.nameInitial) {
                words[0] = [words[0][0]] + (generator.happens(0.5) ? [UInt8(ascii: ".")] : [])
            }
            if generator.happens(rates.nameWordMissing) {
                words.remove(at: generator.index(below: words.count))
            }
        }
        if words.count > 1 {
            if generator.happens(rates.nameWordsExchanged) { words.swapAt(0, 1) }
            if generator.happens(rates.nameWordsJoined) {
                words = [words[0] + words[1]] + words.dropFirst(2)
            }
        }
        if generator.happens(rates.nameMisspelt) {
            for _ in 0..<(generator.happens(0.3) ? 2 : 1) {
                let index = generator.index(below: words.count)
                words[index] = misspelt(words[index], &generator)
            }
        }
        var text = Array(words.joined(separator: [UInt8(ascii: " ")]))
        if generator.happens(rates.nameTitled) {
            switch generator.index(below: 4) {
            case 0: text += degrees[generator.index(below: degrees.count)]
            case 1: text = Array("ALM. ".utf8) + text
            default: text = Array((isWoman ? "HJ. " : "H. ").utf8) + text
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func misspelt(_ word: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        guard word.count > 2 else { return word }
        var word = word
        let index = 1 + generator.index(below: word.count - 1)
        switch generator.index(below: 6) {
        case 0: word.remove(at: index)
        case 1: word.swapAt(index - 1, index)
        case 2: word.insert(word[index], at: index)
        case 3:
            let kind = vowels.contains(word[index]) ? vowels : consonants
            word[index] = kind[generator.index(below: kind.count)]
        default:
            let fitting = sounds.filter { place(of: $0.0, in: word) != nil }
            guard !fitting.isEmpty else {
                word.remove(at: index)
                break
            }
            let (old, new) = fitting[generator.index(below: fitting.count)]
            if let start = place(of: old, in: word) {
                word.replaceSubrange(start..<start + old.count, with: new)
            }
        }
        return word
    }

    private static func place(of part: [UInt8], in word: [UInt8]) -> Int? {
        guard part.count <= word.count else { return nil }
        return (0...word.count - part.count).first { word[$0...].starts(with: part) }
    }

    /// One of the last 14 of 16 digits is another, or two neighbours are exchanged.
    static func number(_ number: UInt64, _ generator: inout SeededGenerator) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<generator.index(below: 13) { power *= 10 }
        let (low, high) = (number / power % 10, number / (power * 10) % 10)
        if low != high, generator.happens(0.5) {
            return number - low * power - high * power * 10 + high * power + low * power * 10
        }
        let other = (low + 1 + UInt64(generator.index(below: 9))) % 10
        return number - low * power + other * power
    }

    static func date(_ date: CalendarDate, _ generator: inout SeededGenerator) -> CalendarDate {
        func digit(_ number: Int, _ power: Int, _ generator: inout SeededGenerator) -> Int {
            let old = number / power % 10
            return number + ((old + 1 + generator.index(below: 9)) % 10 - old) * power
        }
        // Most other digits give a day that does not exist, and nobody writes those.
        for _ in 0..<20 {
            var (year, month, day) = (date.year, date.month, date.day)
            switch generator.index(below: 4) {
            case 0: (month, day) = (day, month)
            case 1: day = digit(day, generator.happens(0.7) ? 1 : 10, &generator)
            case 2: month = digit(month, 1, &generator)
            default:
                if generator.happens(0.5) {
                    year += generator.happens(0.5) ? 1 : -1
                } else {
                    year = digit(year, generator.happens(0.5) ? 1 : 10, &generator)
                }
            }
            if let other = CalendarDate(year: year, month: month, day: day), other != date {
                return other
            }
        }
        return date
    }
}
