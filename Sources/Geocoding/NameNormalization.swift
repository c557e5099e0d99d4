/// Brings the written forms of a desa or kecamatan name together.
///
/// `DESA Klenang Kidul`, `Ds. KlenangKidul` and `klenang-kidul` become `klenangkidul`: lower case,
/// letters and digits only, without the words that say what kind of place it is.
public enum NameNormalization {
    private static let kindWords: Set<String> = [
        "desa", "ds", "kelurahan", "kel", "kecamatan", "kec", "dusun", "dsn",
    ]

    public static func key(of name: String) -> String {
        var words: [String] = []
        var word = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9":
                word.unicodeScalars.append(scalar)
            case "'", "\"", "’", "`":
                continue  // Soka'an is one word.
            default:
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        // A desa may be called "Kel": a name that is nothing but such a word stays.
        while words.count > 1, let first = words.first, kindWords.contains(first) {
            words.removeFirst()
        }
        return words.joined()
    }
}
