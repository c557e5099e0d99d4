/// Compares names of a `NameTable` by number; borrows its storage.
struct NameComparison {
    private let entries: UnsafeBufferPointer<NameTable.Entry>
    private let letters: UnsafeBufferPointer<UInt8>
    private let rarity: UnsafeBufferPointer<Float>

    /// From this similarity on two words count as one word, spelt in two ways.
    private static let wordThreshold = 0.88

    static func with<Result>(_ names: NameTable, _ body: (NameComparison) -> Result) -> Result {
        names.entries.withUnsafeBufferPointer { entries in
            names.letters.withUnsafeBufferPointer { letters in
                names.rarity.withUnsafeBufferPointer { rarity in
                    body(NameComparison(entries: entries, letters: letters, rarity: rarity))
                }
            }
        }
    }

    /// Bits to add to the weight of `level` for how rare the names are.
    ///
    /// The whole rarity where the names agree, half of that of the more frequent one where they
    /// agree in part (term-frequency adjustment, Linacre et al. 2022).
    func rarity(_ a: UInt32, _ b: UInt32, at level: NameLevel) -> Float {
        switch level {
        case .equal: rarity[Int(a)]
        case .rearranged: min(rarity[Int(a)], rarity[Int(b)])
        case .close, .partial, .near: min(rarity[Int(a)], rarity[Int(b)]) / 2
        case .missing, .oneWord, .different: 0
        }
    }

    func level(_ numberA: UInt32, _ numberB: UInt32) -> NameLevel {
        if numberA == 0 || numberB == 0 { return .missing }
        if numberA == numberB { return .equal }
        let (a, b) = (entries[Int(numberA)], entries[Int(numberB)])
        let whole = wholeSimilarity(a, b)
        if whole == 1 { return .rearranged }
        let words = wordAgreement(a, b)
        if words.isRearranged { return .rearranged }
        if whole >= 0.92 { return .close }
        if words.allOfShorter { return words.isPartial ? .partial : .close }
        if whole >= 0.85 { return .near }
        return words.hasFullWord ? .oneWord : .different
    }

    /// Jaro-Winkler of the letters without blanks; 0 where it cannot reach 0.85.
    private func wholeSimilarity(_ a: NameTable.Entry, _ b: NameTable.Entry) -> Double {
        let (countA, countB) = (Double(a.letterCount), Double(b.letterCount))
        // Letters that the other name has nowhere find no partner.
        let mostA = countA - Double((a.alphabet & ~b.alphabet).nonzeroBitCount)
        let mostB = countB - Double((b.alphabet & ~a.alphabet).nonzeroBitCount)
        let most = min(mostA, mostB)
        // 0.75 with a common beginning of four letters becomes 0.85.
        guard most / countA + most / countB + 1 >= 2.25 else { return 0 }
        let (lettersA, lettersB) = (span(a, 0, a.letterCount), span(b, 0, b.letterCount))
        if lettersA.count == lettersB.count, lettersA.elementsEqual(lettersB) { return 1 }
        return min(0.999, JaroWinkler.similarity(lettersA, lettersB))
    }

    private struct WordAgreement {
        /// The same words, in whatever order.
        var isRearranged = false
        /// Every word of the shorter name has a partner, at least one a full word.
        var allOfShorter = false
        /// A partner is an initial, or the longer name has words more.
        var isPartial = false
        /// A word of four letters or more agrees.
        var hasFullWord = false
    }

    private func wordAgreement(_ a: NameTable.Entry, _ b: NameTable.Entry) -> WordAgreement {
        let (short, long) = a.wordCount <= b.wordCount ? (a, b) : (b, a)
        var agreement = WordAgreement()
        var taken: UInt8 = 0
        var (matched, equal, initials, full) = (0, 0, 0, 0)
        for i in 0..<Int(short.wordCount) {
            var best = 0.0
            var partner = -1
            for j in 0..<Int(long.wordCount) where taken >> UInt8(j) & 1 == 0 {
                let similarity = wordSimilarity(short, i, long, j)
                if similarity > best { (best, partner) = (similarity, j) }
            }
            guard partner >= 0 else { continue }
            taken |= 1 << UInt8(partner)
            matched += 1
            if best == 1 { equal += 1 }
            if best == Self.initial { initials += 1 } else { full += 1 }
            if best != Self.initial, word(short, i).count >= 4 { agreement.hasFullWord = true }
        }
        let sameCount = short.wordCount == long.wordCount
        agreement.isRearranged = sameCount && equal == Int(short.wordCount)
        agreement.allOfShorter = matched == Int(short.wordCount) && full > 0
        agreement.isPartial = !sameCount || initials > 0
        return agreement
    }

    private static let initial = 0.5

    /// 1 for the same word, `initial` for a word and its first letter, 0 below `wordThreshold`.
    private func wordSimilarity(
        _ a: NameTable.Entry, _ i: Int, _ b: NameTable.Entry, _ j: Int
    ) -> Double {
        if Self.pick(a.words, i) == Self.pick(b.words, j) { return 1 }
        let (wordA, wordB) = (word(a, i), word(b, j))
        guard let first = wordA.first, let other = wordB.first else { return 0 }
        if wordA.count == 1 || wordB.count == 1 { return first == other ? Self.initial : 0 }
        guard wordA.count > 3, wordB.count > 3, abs(wordA.count - wordB.count) < 4 else { return 0 }
        // Without a common first letter nothing is added to the Jaro similarity; with four common
        // ones 0.8 becomes 0.88.
        let least = first == other ? 2.4 : 3 * Self.wordThreshold
        guard Self.mostShared(wordA, wordB) + 1 >= least else { return 0 }
        let similarity = JaroWinkler.similarity(wordA, wordB)
        return similarity >= Self.wordThreshold ? min(0.999, similarity) : 0
    }

    /// The most that the two shares of letters with a partner can add up to.
    private static func mostShared(
        _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
    ) -> Double {
        let (inA, inB) = (alphabet(a), alphabet(b))
        let most = min(
            a.count - (inA & ~inB).nonzeroBitCount, b.count - (inB & ~inA).nonzeroBitCount)
        return Double(most) / Double(a.count) + Double(most) / Double(b.count)
    }

    private static func alphabet(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var letters: UInt32 = 0
        for letter in word { letters |= 1 << UInt32(letter & 31) }
        return letters
    }

    private func word(_ entry: NameTable.Entry, _ index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = index == 0 ? 0 : Self.pick(entry.ends, index - 1)
        return span(entry, start, Self.pick(entry.ends, index))
    }

    private func span(_ entry: NameTable.Entry, _ from: UInt8, _ to: UInt8)
        -> UnsafeBufferPointer<UInt8>
    {
        let start = Int(entry.start)
        return UnsafeBufferPointer(rebasing: letters[start + Int(from)..<start + Int(to)])
    }

    private static func pick<Value>(_ values: (Value, Value, Value, Value), _ index: Int) -> Value {
        switch index {
        case 0: values.0
        case 1: values.1
        case 2: values.2
        default: values.3
        }
    }
}
