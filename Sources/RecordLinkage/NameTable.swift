internal import Foundation

/// Every distinct name of both files once, ready to be compared.
///
/// Number 0 is the missing name.
struct NameTable: Sendable {
    struct Entry: Sendable {
        /// Where the letters without blanks begin in `letters`.
        var start: Int32 = 0
        var letterCount: UInt8 = 0
        var wordCount: UInt8 = 0
        /// Numbers of the words, 0 from `wordCount` on.
        var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        /// Where each word ends, counted from `start`.
        var ends: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        /// Bit i: the letter number i of the alphabet occurs.
        var alphabet: UInt32 = 0
        var firstSkeleton: UInt64 = 0
        var lastSkeleton: UInt64 = 0
        var wholeSkeleton: UInt64 = 0
    }

    private(set) var entries: [Entry] = [Entry()]
    private(set) var letters: [UInt8] = []
    /// Records of the first and of the second file that bear the name.
    private(set) var counts: [(first: UInt32, second: UInt32)] = [(0, 0)]
    /// Base-2 logarithm of how much rarer the name is than the average name of two that agree.
    private(set) var rarity: [Float] = [0]

    private var numbers: [[UInt8]: UInt32] = [:]
    private var written: [String: UInt32] = [:]
    private var wordNumbers: [[UInt8]: UInt32] = [:]

    /// The number of a written name, counted once for the file.
    mutating func insert(_ name: String, inSecond: Bool) -> UInt32 {
        let number: UInt32
        if let known = written[name] {
            number = known
        } else {
            number = self.number(of: HeadNameForm.words(of: name))
            written[name] = number
        }
        if inSecond {
            counts[Int(number)].second += 1
        } else {
            counts[Int(number)].first += 1
        }
        return number
    }

    private mutating func number(of words: [[UInt8]]) -> UInt32 {
        if words.isEmpty { return 0 }
        let key = Array(words.joined(separator: [UInt8(ascii: " ")]))
        if let known = numbers[key] { return known }
        let number = UInt32(entries.count)
        numbers[key] = number
        entries.append(entry(of: words))
        counts.append((0, 0))
        return number
    }

    private mutating func entry(of words: [[UInt8]]) -> Entry {
        var entry = Entry()
        entry.start = Int32(letters.count)
        entry.wordCount = UInt8(words.count)
        for (index, word) in words.enumerated() {
            letters += word.prefix(60 - min(60, letters.count - Int(entry.start)))
            let end = UInt8(letters.count - Int(entry.start))
            let id = wordNumber(word)
            switch index {
            case 0: (entry.words.0, entry.ends.0) = (id, end)
            case 1: (entry.words.1, entry.ends.1) = (id, end)
            case 2: (entry.words.2, entry.ends.2) = (id, end)
            default: (entry.words.3, entry.ends.3) = (id, end)
            }
            for letter in word { entry.alphabet |= 1 << UInt32(letter & 31) }
            let skeleton = NameSkeleton.key(of: word)
            if index == 0 { entry.firstSkeleton = skeleton }
            entry.lastSkeleton = skeleton
            entry.wholeSkeleton = BlockingKey.mixed(entry.wholeSkeleton, skeleton)
        }
        entry.letterCount = UInt8(letters.count - Int(entry.start))
        return entry
    }

    private mutating func wordNumber(_ word: [UInt8]) -> UInt32 {
        if let known = wordNumbers[word] { return known }
        let number = UInt32(wordNumbers.count + 1)
        wordNumbers[word] = number
        return number
    }

    /// Sets `rarity` and forgets what only reading needed.
    mutating func finish() {
        let total = counts.dropFirst().reduce(0.0) { $0 + Double($1.first) + Double($1.second) }
        let agreement = counts.dropFirst().reduce(0.0) {
            let share = (Double($1.first) + Double($1.second)) / max(1, total)
            return $0 + share * share
        }
        rarity = counts.enumerated().map { number, count in
            // A name that agrees is borne at least twice.
            let share = max(2, Double(count.first) + Double(count.second)) / max(1, total)
            return number == 0 || agreement == 0 ? 0 : Float(log2(agreement / share))
        }
        numbers = [:]
        written = [:]
        wordNumbers = [:]
    }
}
