/// A written name taken apart: the name's own letters, other ways to read them, and what else the
/// cell holds.
struct NameReading {
    struct Alternative {
        var letters = NameLetters()
        /// What it costs to read it so, in nats.
        var cost: Float = 0
    }

    /// The name with today's u, c and j, without blanks.
    var letters = NameLetters()
    /// Oe, tj, dj or sj stood in it.
    var isOldSpelling = false
    /// With abbreviated words written out and points of the compass in Javanese.
    var alternatives = InlineArray<4, Alternative>(repeating: Alternative())
    var alternativeCount = 0
    /// A kecamatan named in the same cell; empty without one.
    var kecamatan = NameLetters()
    /// A kabupaten is named that is not ours.
    var namesOtherKabupaten = false
    /// The words of the name within the text.
    var words = 0..<0

    fileprivate mutating func add(_ letters: NameLetters, cost: Float) {
        guard alternativeCount < 4, !letters.isEmpty else { return }
        alternatives[alternativeCount] = Alternative(letters: letters, cost: cost)
        alternativeCount += 1
    }
}

/// Takes written names apart.
struct NameReader: Sendable {
    private let abbreviations = NameAbbreviations()
    private let kabupaten: NameLetters
    /// Words for a kind of place that may be stuck to the name, longest first.
    let gluedKinds: [NameLetters]
    private let compass: [(word: NameLetters, direction: Directions)]

    private let distance: NameDistance

    init(kabupatenName: String, distance: NameDistance) {
        self.distance = distance
        var text = kabupatenName
        kabupaten = text.withUTF8 { bytes in
            let text = NameText(bytes)
            return Self.joined(text, 0..<text.wordCount).letters
        }
        let pairs: [(StaticString, Directions)] = [
            ("barat", .kulon), ("timur", .wetan), ("utara", .lor), ("selatan", .kidul),
        ]
        compass = pairs.map { (Self.letters($0), $1) }
        gluedKinds = ["kelurahan", "pemdes", "desa", "kel", "ds"].map(Self.letters)
    }

    private static func letters(_ word: StaticString) -> NameLetters {
        var letters = NameLetters()
        letters.append(word)
        return letters
    }

    /// Reads the cell of a desa's name.
    func readDesa(_ text: NameText) -> NameReading {
        var reading = dissect(text)
        addAlternatives(text, &reading)
        return reading
    }

    /// Reads the cell of a kecamatan's name.
    func readKecamatan(_ text: NameText) -> NameReading {
        var reading = dissect(text)
        // "Kecamatan Besuk Desa Bago" in this cell: the part that is meant here.
        if !reading.kecamatan.isEmpty {
            reading.letters = reading.kecamatan
            reading.words = 0..<0
        }
        return reading
    }

    /// Reads some words of a cell as a desa's name.
    func readName(_ text: NameText, _ words: Range<Int>) -> NameReading {
        var reading = NameReading()
        let (letters, isOld) = Self.joined(text, words)
        reading.letters = letters
        reading.isOldSpelling = isOld
        reading.words = words
        addAlternatives(text, &reading)
        return reading
    }

    /// Whether a word is "desa" or "kelurahan" with a slip.
    func isLikeKind(_ text: NameText, _ word: Int) -> Bool {
        let letters = Self.joined(text, word..<word + 1).letters
        guard letters.count >= 2 else { return false }
        return gluedKinds.contains { kind in
            kind.count >= 4
                && distance.cost(of: letters, from: kind, isOldSpelling: false, limit: 6)
                    < .infinity
        }
    }

    private func dissect(_ text: NameText) -> NameReading {
        var reading = NameReading()
        var start = 0
        var end = text.wordCount
        var beginsWithKecamatan = false
        var beginsInside = false
        strip: while start < end {
            switch meaning(text, start) {
            case .desa where start + 1 < end: beginsWithKecamatan = false
            case .dusun where start + 1 < end: beginsInside = true
            case .kecamatan where start + 1 < end: beginsWithKecamatan = true
            case .nothing where start + 1 == end: break
            case .address where start + 1 < end: beginsInside = true
            default: break strip
            }
            start += 1
        }
        var word = start + 1
        var kecamatan = 0..<0
        scan: while word < end {
            switch meaning(text, word) {
            case .kecamatan:
                kecamatan = word + 1..<end
                end = word
            case .desa where word + 1 == end:
                end = word
            case .desa where text.range(ofWord: word).count > 1:
                // What stands before is a kecamatan, or a part of the desa.
                if !beginsInside, !isLikeKind(text, start) { kecamatan = start..<word }
                beginsWithKecamatan = false
                start = word + 1
                word = start
            case .kabupaten where word + 1 < end:
                if !isOurs(text, word + 1..<end) { reading.namesOtherKabupaten = true }
                end = word
            case .kabupaten, .provinsi, .address, .dusun:
                end = word
            default:
                break
            }
            word += 1
        }
        if !kecamatan.isEmpty {
            reading.kecamatan = withoutKabupaten(text, kecamatan, &reading.namesOtherKabupaten)
        }
        if start + 1 <= end, meaning(text, start) == .kabupaten {
            if start + 1 < end {
                if !isOurs(text, start + 1..<end) { reading.namesOtherKabupaten = true }
            }
            return reading
        }
        let name = withoutKabupaten(text, start..<end, &reading.namesOtherKabupaten)
        reading.letters = name
        reading.isOldSpelling = Self.joined(text, start..<end).isOldSpelling
        reading.words = start..<max(start, end)
        if beginsWithKecamatan, !reading.kecamatan.isEmpty { reading.words = start..<end }
        return reading
    }

    /// Whether the words after "Kab." begin with our kabupaten.
    private func isOurs(_ text: NameText, _ words: Range<Int>) -> Bool {
        Self.joined(text, words).letters.hasPrefix(kabupaten)
    }

    /// The letters of `words`, cut where a kabupaten follows.
    private func withoutKabupaten(
        _ text: NameText,
        _ words: Range<Int>,
        _ namesOther: inout Bool
    ) -> NameLetters {
        var end = words.upperBound
        for word in words where word > words.lowerBound {
            switch meaning(text, word) {
            case .kabupaten where word + 1 < words.upperBound:
                if !isOurs(text, word + 1..<words.upperBound) { namesOther = true }
                end = min(end, word)
            case .kabupaten, .provinsi, .address:
                end = min(end, word)
            default: break
            }
        }
        if end > words.lowerBound + 1, !kabupaten.isEmpty {
            let last = Self.joined(text, end - 1..<end).letters
            if last.isEqual(to: kabupaten) {
                end -= 1
                if text.packedWord(end - 1) == Self.kota { namesOther = true }
            }
        }
        guard end > words.lowerBound else { return NameLetters() }
        let letters = Self.joined(text, words.lowerBound..<end).letters
        return letters.isEqual(to: kabupaten) ? NameLetters() : letters
    }

    private static let kota = NameText.pack("kota")

    private func addAlternatives(_ text: NameText, _ reading: inout NameReading) {
        let words = reading.words
        for (word, direction) in compass where reading.letters.hasSuffix(word) {
            var letters = reading.letters.prefix(reading.letters.count - word.count)
            if letters.count >= 3 {
                append(direction, to: &letters)
                reading.add(letters, cost: 1)
            }
        }
        guard words.count >= 2 else { return }
        let last = words.upperBound - 1
        let directions = abbreviations.directions[text.packedWord(last)]
        let beginning = abbreviations.beginnings[text.packedWord(words.lowerBound)]
        let middle = words.lowerBound + 1..<last
        if let beginning {
            var letters = NameLetters()
            letters.append(beginning)
            Self.append(text, middle, to: &letters)
            if let directions {
                add(letters, directions, cost: 1, &reading)
            } else {
                Self.append(text, last..<last + 1, to: &letters)
                reading.add(letters, cost: 1)
            }
        }
        if let directions {
            add(
                Self.joined(text, words.lowerBound..<last).letters, directions, cost: 0, &reading)
        }
    }

    private func add(
        _ stem: NameLetters,
        _ directions: [(direction: Directions, cost: Float)],
        cost: Float,
        _ result: inout NameReading
    ) {
        for reading in directions {
            var letters = stem
            append(reading.direction, to: &letters)
            result.add(letters, cost: cost + reading.cost)
        }
    }

    private func append(_ direction: Directions, to letters: inout NameLetters) {
        for (each, word) in Directions.words where each == direction { letters.append(word) }
    }

    private func meaning(_ text: NameText, _ word: Int) -> NameWord? {
        abbreviations.words[text.packedWord(word)]
    }

    /// The letters of some words in a row, the old spelling renewed: oe, tj, dj, sj.
    static func joined(
        _ text: NameText,
        _ words: Range<Int>
    ) -> (letters: NameLetters, isOldSpelling: Bool) {
        var letters = NameLetters()
        let isOld = append(text, words, to: &letters)
        return (letters, isOld)
    }

    @discardableResult
    private static func append(
        _ text: NameText,
        _ words: Range<Int>,
        to letters: inout NameLetters
    ) -> Bool {
        var isOld = false
        for word in words {
            if let number = number(text, word) {
                letters.append(UInt8(27 + number % 10))
                continue
            }
            for index in text.range(ofWord: word) {
                let code = text.letter(index)
                let previous = letters[letters.count - 1]
                switch (previous, code) {
                case (15, 5):
                    letters.replaceLast(with: 21)
                    isOld = true
                case (20, 10):
                    letters.replaceLast(with: 3)
                    isOld = true
                case (4, 10):
                    letters.replaceLast(with: 10)
                    isOld = true
                case (19, 10):
                    letters.append(25)
                    isOld = true
                default:
                    letters.append(code)
                }
            }
        }
        return isOld
    }

    /// The number that a word writes in Arabic or Roman digits; a single letter is none.
    private static func number(_ text: NameText, _ word: Int) -> Int? {
        if let number = text.number(ofWord: word) { return number }
        // I or V begins them all.
        let first = text.letter(text.range(ofWord: word).lowerBound)
        guard first == 9 || first == 22 else { return nil }
        let packed = text.packedWord(word)
        return roman.first { $0.packed == packed }?.number
    }

    private static let roman: [(packed: UInt64, number: Int)] = [
        (NameText.pack("ii"), 2), (NameText.pack("iii"), 3), (NameText.pack("iv"), 4),
        (NameText.pack("vi"), 6), (NameText.pack("vii"), 7), (NameText.pack("viii"), 8),
        (NameText.pack("ix"), 9),
    ]
}
