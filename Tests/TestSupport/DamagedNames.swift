public import PovertyModel

/// Names of desa written as people, scanners and older decades write them, with known truth.
///
/// Independent of the matching: the slips here are drawn evenly over letters and positions, not by
/// the costs that the matching gives them.
public struct DamagedNames: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case clean = "as in the gazetteer"
        case letterCase = "upper case, blanks, marks"
        case otherSpelling = "other spelling in use"
        case oldSpelling = "old orthography"
        case spaces = "dropped or added spaces"
        case kindWord = "Ds./Desa/Kel."
        case direction = "kulon, wetan, lor, kidul cut short"
        case compass = "barat, timur, utara, selatan"
        case swapped = "swapped letters"
        case dropped = "dropped letter"
        case doubled = "doubled letter, or single"
        case vowels = "u/o, i/e, a/o and consonants heard alike"
        case keyboard = "neighbouring key"
        case scanned = "misread by a scanner"
        case truncated = "cut off"
        case beginning = "first word abbreviated"
        case damagedKecamatan = "kecamatan misspelt"
        case wrongKecamatan = "another kecamatan of ours"
        case oneCell = "both names in one cell"
        case twice = "two of these"
    }

    public struct Case: Sendable {
        public let kind: Kind
        public let desaName: String
        public let kecamatanName: String
        /// The desa meant, as an index.
        public let truth: Int
        /// Nothing that is written tells the desa from another of that name.
        public let isAmbiguous: Bool
    }

    private let desa: [Desa]
    private let kecamatan: [String]
    private let bearers: [String: Int]
    private var generator: SeededGenerator

    public init(_ desa: [Desa], seed: UInt64) {
        self.desa = desa
        kecamatan = Array(Set(desa.map(\.kecamatanName))).sorted()
        var bearers: [String: Int] = [:]
        for unit in desa {
            for key in Set(([unit.name] + unit.otherNames).map(Self.plain)) {
                bearers[key, default: 0] += 1
            }
        }
        self.bearers = bearers
        generator = SeededGenerator(seed: seed)
    }

    /// A case of a kind, with the kecamatan's name or, if the kind allows it, without; nil when
    /// the desa drawn offers none.
    public mutating func make(_ kind: Kind, withKecamatan: Bool) -> Case? {
        let truth = Int.random(in: desa.indices, using: &generator)
        let unit = desa[truth]
        var name = unit.name
        var kecamatanName = withKecamatan ? unit.kecamatanName : ""
        var isAmbiguous = kecamatanName.isEmpty && bearers[Self.plain(name), default: 0] > 1
        switch kind {
        case .damagedKecamatan:
            kecamatanName = slip(in: unit.kecamatanName) ?? unit.kecamatanName
            isAmbiguous = false
        case .wrongKecamatan:
            let others = kecamatan.filter { $0 != unit.kecamatanName }
            kecamatanName = others.randomElement(using: &generator) ?? ""
            isAmbiguous = bearers[Self.plain(name), default: 0] > 1
        case .oneCell:
            name = inOneCell(unit)
            kecamatanName = ""
            isAmbiguous = false
        case .twice:
            let kinds: [Kind] = [
                .letterCase, .oldSpelling, .spaces, .kindWord, .direction, .swapped, .dropped,
                .doubled, .vowels,
            ]
            for kind in kinds.shuffled(using: &generator).prefix(2) {
                guard let damaged = damage(name, unit, kind) else { return nil }
                name = damaged
            }
        default:
            guard let damaged = damage(name, unit, kind) else { return nil }
            name = damaged
        }
        if kecamatanName.isEmpty, kind != .oneCell, let others = bearers[Self.plain(name)] {
            // The slip has made the name of another desa.
            let own = ([unit.name] + unit.otherNames).map(Self.plain).contains(Self.plain(name))
            if others > 1 || !own { isAmbiguous = true }
        }
        if kind == .truncated {
            let start = Self.plain(name)
            let sharing = desa.count { other in
                (kecamatanName.isEmpty || other.kecamatanName == kecamatanName)
                    && ([other.name] + other.otherNames).contains {
                        Self.plain($0).hasPrefix(start)
                    }
            }
            if sharing > 1 { isAmbiguous = true }
        }
        return Case(
            kind: kind, desaName: name, kecamatanName: kecamatanName, truth: truth,
            isAmbiguous: isAmbiguous)
    }

    private mutating func damage(_ name: String, _ unit: Desa, _ kind: Kind) -> String? {
        switch kind {
        case .clean: name
        case .letterCase: letterCase(name)
        case .otherSpelling: unit.otherNames.randomElement(using: &generator)
        case .oldSpelling: oldSpelling(name)
        case .spaces: spaces(name)
        case .kindWord: kindWord(name, isKelurahan: unit.kind == .kelurahan)
        case .direction: direction(name, Self.shortDirections)
        case .compass: direction(name, Self.compassWords)
        case .swapped: swapped(name)
        case .dropped: dropped(name)
        case .doubled: doubled(name)
        case .vowels: heardAlike(name)
        case .keyboard: keyboard(name)
        case .scanned: scanned(name)
        case .truncated: truncated(name)
        case .beginning: beginning(name)
        case .damagedKecamatan, .wrongKecamatan, .oneCell, .twice: nil
        }
    }

    /// Lower-case letters only.
    public static func plain(_ name: String) -> String {
        String(name.lowercased().filter(\.isLetter))
    }

    private mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: values.indices, using: &generator)]
    }

    private mutating func slip(in name: String) -> String? {
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: swapped(name)
        case 1: dropped(name)
        case 2: doubled(name)
        case 3: heardAlike(name)
        case 4: oldSpelling(name)
        case 5: letterCase(pick(["Kec. ", "Kecamatan ", "KEC ", "Kec."]) + name)
        default: spaces(name)
        }
    }

    private mutating func letterCase(_ name: String) -> String {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: name.uppercased()
        case 1: name.lowercased()
        case 2: "  " + name.replacing(" ", with: "   ") + " "
        case 3: name.replacing(" ", with: pick(["-", " - ", ".", "_", "\u{A0}"])).uppercased()
        default: name.replacing("'", with: pick(["", "`", "’", " "])) + pick([".", ",", " *", ""])
        }
    }

    private func oldSpelling(_ name: String) -> String? {
        var old = name
        for (new, before) in [
            ("j", "dj"), ("J", "Dj"), ("y", "j"), ("Y", "J"), ("c", "tj"), ("C", "Tj"),
            ("u", "oe"), ("U", "Oe"),
        ] {
            old = old.replacing(new, with: before)
        }
        return old == name ? nil : old
    }

    private mutating func spaces(_ name: String) -> String? {
        if name.contains(" "), Bool.random(using: &generator) {
            return name.replacing(" ", with: "")
        }
        guard name.count > 4 else { return nil }
        let cut = Int.random(in: 2...(name.count - 2), using: &generator)
        return name.prefix(cut) + " " + name.dropFirst(cut)
    }

    private mutating func kindWord(_ name: String, isKelurahan: Bool) -> String {
        let words =
            isKelurahan
            ? ["Kel. ", "Kelurahan ", "KEL ", "Kel.", "Lurah ", "Desa/Kel. "]
            : ["Ds. ", "Desa ", "DESA ", "Ds.", "ds ", "Desa/Kel. ", "Pemdes ", "DS. ", "Desa: "]
        return pick(words) + name
    }

    private static let shortDirections: [String: [String]] = [
        "kulon": ["Kl.", "Kln", "KLN.", "Kul.", "kln", "Klon"],
        "kidul": ["Kd.", "Kdl", "KDL.", "Kid.", "kdl", "Kdul"],
        "wetan": ["W.", "Wtn", "WTN.", "Wet.", "wtn", "Wt"],
        "lor": ["L.", "Lr", "LR.", "lr"],
        "tengah": ["Tgh", "TGH.", "Teng.", "Tg.", "tgh"],
    ]

    private static let compassWords: [String: [String]] = [
        "kulon": ["Barat", "barat", "BARAT"], "kidul": ["Selatan", "selatan"],
        "wetan": ["Timur", "TIMUR"], "lor": ["Utara", "utara"],
    ]

    private mutating func direction(_ name: String, _ words: [String: [String]]) -> String? {
        let lower = name.lowercased()
        for word in words.keys.sorted() where lower.hasSuffix(word) && lower.count > word.count + 3
        {
            let stem = name.dropLast(word.count)
            let isApart = stem.last == " " || Int.random(in: 0..<4, using: &generator) > 0
            return stem + (isApart && stem.last != " " ? " " : "") + pick(words[word] ?? [word])
        }
        return nil
    }

    private mutating func swapped(_ name: String) -> String? {
        var letters = Array(name)
        let places = letters.indices.dropLast().filter {
            letters[$0].isLetter && letters[$0 + 1].isLetter
                && letters[$0].lowercased() != letters[$0 + 1].lowercased()
        }
        guard let place = places.randomElement(using: &generator) else { return nil }
        letters.swapAt(place, place + 1)
        return String(letters)
    }

    private mutating func dropped(_ name: String) -> String? {
        var letters = Array(name)
        let places = letters.indices.dropFirst().filter { letters[$0].isLetter }
        guard let place = places.randomElement(using: &generator) else { return nil }
        letters.remove(at: place)
        return String(letters)
    }

    private mutating func doubled(_ name: String) -> String? {
        var letters = Array(name)
        let doubles = letters.indices.dropLast().filter { letters[$0] == letters[$0 + 1] }
        if let place = doubles.randomElement(using: &generator), Bool.random(using: &generator) {
            letters.remove(at: place)
            return String(letters)
        }
        let places = letters.indices.dropFirst().filter { letters[$0].isLetter }
        guard let place = places.randomElement(using: &generator) else { return nil }
        letters.insert(letters[place], at: place)
        return String(letters)
    }

    private mutating func heardAlike(_ name: String) -> String? {
        replaced(
            name,
            [
                ("u", "o"), ("o", "u"), ("i", "e"), ("e", "i"), ("a", "o"), ("o", "a"),
                ("d", "dh"), ("t", "th"), ("b", "p"), ("p", "b"), ("k", "g"), ("g", "k"),
                ("e", "a"), ("a", "e"), ("w", "u"), ("ng", "n"), ("y", "i"), ("ny", "n"),
            ])
    }

    private mutating func keyboard(_ name: String) -> String? {
        let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map(Array.init)
        var pairs: [(String, String)] = []
        for row in rows {
            for (left, right) in zip(row, row.dropFirst()) {
                pairs.append((String(left), String(right)))
                pairs.append((String(right), String(left)))
            }
        }
        return replaced(name, pairs)
    }

    private mutating func scanned(_ name: String) -> String? {
        replaced(
            name,
            [
                ("o", "0"), ("l", "1"), ("i", "1"), ("i", "l"), ("l", "i"), ("s", "5"), ("b", "6"),
                ("m", "rn"), ("n", "m"), ("e", "c"), ("u", "ii"), ("d", "cl"), ("w", "vv"),
                ("g", "9"), ("a", "o"), ("n", "u"), ("h", "b"), ("t", "f"), ("rn", "m"),
                ("b", "8"), ("e", "3"),
            ])
    }

    /// One of the pairs, at one of the places where its first part stands.
    private mutating func replaced(_ name: String, _ pairs: [(String, String)]) -> String? {
        let lower = name.lowercased()
        for (old, new) in pairs.shuffled(using: &generator) {
            let places = lower.ranges(of: old)
            guard let place = places.randomElement(using: &generator) else { continue }
            return lower.replacingCharacters(place, with: new)
        }
        return nil
    }

    private mutating func truncated(_ name: String) -> String? {
        guard name.count >= 9 else { return nil }
        let kept = Int.random(in: (name.count - 3)...(name.count - 1), using: &generator)
        return String(name.prefix(kept))
    }

    private static let shortBeginnings: [(word: String, short: [String])] = [
        ("Sumber", ["Sbr. ", "Smbr "]), ("Karang", ["Kr. ", "Krg "]),
        ("Kedung", ["Kd. ", "Kdg. "]), ("Tanjung", ["Tj. "]), ("Gunung", ["G. ", "Gn. "]),
        ("Banjar", ["Bj. "]), ("Curah", ["Cr. "]), ("Tegal", ["Tgl. "]),
    ]

    private mutating func beginning(_ name: String) -> String? {
        for (word, short) in Self.shortBeginnings
        where name.hasPrefix(word) && name.count > word.count + 2 {
            let rest = name.dropFirst(word.count)
            return pick(short) + String(rest).trimmed.capitalized
        }
        return nil
    }

    private mutating func inOneCell(_ unit: Desa) -> String {
        let place = unit.kecamatanName
        return pick([
            "Ds. \(unit.name) Kec. \(place)", "Desa \(unit.name) Kecamatan \(place)",
            "\(unit.name), \(place)", "\(unit.name) - \(place)", "\(unit.name) / \(place)",
            "\(unit.name) Kec. \(place) Kab. Probolinggo", "\(unit.name) \(place)",
            "Kec. \(place) Desa \(unit.name)", "\(unit.name) (\(place))",
            "DESA \(unit.name.uppercased()) KEC. \(place.uppercased())",
        ])
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }

    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }

    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
