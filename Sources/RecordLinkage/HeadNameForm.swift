/// A head's name in the form that is compared: capital letters, words, no titles.
///
/// `H. Moch. Ridwan, S.Pd` becomes `MUHAMMAD RIDWAN`.
enum HeadNameForm {
    /// Words written in front of a name that are none of it.
    private static let titles: Set<[UInt8]> = words(
        "H HJ HAJI HAJJAH KH NY TN SDR BPK BAPAK IBU PAK BU DRS DRA DR IR ALM ALMARHUM ALMH R RA"
    )
    /// Words that begin the name of the father or tell of a death: they and the rest are left out.
    private static let closers: Set<[UInt8]> = words("BIN BINTI ALM ALMH ALMARHUM ALMARHUMAH")
    /// Ways to write the words that most names begin with.
    private static let variants: [[UInt8]: [UInt8]] = {
        let groups = [
            "MUHAMMAD": """
            M MD MH MHD MOH MUH MOCH MUCH MOHD MOHAMAD MOHAMMAD MOHAMED MOHAMMED MUHAMAD \
            MUHAMMED MOCHAMAD MOCHAMMAD MUCHAMAD MUCHAMMAD MOKHAMAD MUKHAMAD MUKHAMMAD MOKHAMMAD
            """,
            "AHMAD": "ACH AHM ACHMAD AKHMAD AHMAT ACHMAT AKHMAT AKMAD",
            "ABDUL": "ABD ABDOEL ABDL ABDUH",
            "SITI": "ST SITTI SITIE",
        ]
        var map: [[UInt8]: [UInt8]] = [:]
        for (word, forms) in groups {
            for form in words(forms) { map[form] = Array(word.utf8) }
        }
        return map
    }()

    private static func words(_ text: String) -> Set<[UInt8]> {
        Set(text.split(separator: " ").map { Array($0.utf8) })
    }

    /// The words of a written name, at most four; a fifth and later ones join the fourth.
    static func words(of name: String) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        func close() {
            if !word.isEmpty { words.append(word) }
            word.removeAll(keepingCapacity: true)
        }
        letters: for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte - 32)
            case UInt8(ascii: "'"), UInt8(ascii: "`"): continue
            // Degrees stand behind the comma.
            case UInt8(ascii: ","): break letters
            default: close()
            }
        }
        close()
        return cleaned(words)
    }

    private static func cleaned(_ written: [[UInt8]]) -> [[UInt8]] {
        var words = written[...]
        if let end = words.dropFirst().firstIndex(where: closers.contains) {
            words = words[..<end]
        }
        while words.count > 1, let first = words.first, titles.contains(first) {
            words.removeFirst()
        }
        var result = words.map { variants[$0] ?? $0 }
        // A lone "M" is a name cut short, not Muhammad.
        if words.count == 1, let only = words.first { result = [only] }
        if result.count > 4 { result = result[..<3] + [Array(result[3...].joined())] }
        return result
    }
}
