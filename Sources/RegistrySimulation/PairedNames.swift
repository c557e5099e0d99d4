/// Names of heads with the crowding of real ones: many share a few, most are rare.
///
/// Assumed, no statistic: a third of the men and 45 % of the women bear one word, made of the parts
/// of Javanese and Madurese names with frequencies that fall as rank^-0.7; others put a common
/// first word (`MUHAMMAD`, `SITI`) before a second. The most frequent full name has about
/// 0.7 % of the heads; in a desa of 1,175 families about 15 % of them have a namesake.
struct PairedNames: Sendable {
    private struct Words: Sendable {
        let words: [[UInt8]]
        /// Running sum of the weights.
        private let upTo: [Double]

        /// Weights fall with the rank; words that occur twice keep their first.
        init(_ words: [[UInt8]], exponent: Double) {
            var seen: Set<[UInt8]> = []
            self.words = words.filter { seen.insert($0).inserted }
            var sum = 0.0
            upTo = self.words.indices.map { rank in
                sum += PortableMath.exponential(
                    -exponent * PortableMath.logarithm(Double(rank + 1)))
                return sum
            }
        }

        func draw(_ generator: inout SeededGenerator) -> [UInt8] {
            let wanted = generator.uniform() * (upTo.last ?? 0)
            var (low, high) = (0, words.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if upTo[middle] <= wanted { low = middle + 1 } else { high = middle }
            }
            return words[low]
        }
    }

    private let men: Words
    private let women: Words
    private let secondOfMen: Words
    private let secondOfWomen: Words
    private let beforeMen: Words
    private let beforeWomen: Words

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: 1)
        func composed(_ heads: String, _ middles: String, _ tails: String) -> [[UInt8]] {
            let (heads, tails) = (Self.parts(heads), Self.parts(tails))
            var short = heads.flatMap { head in tails.map { head + $0 } }
            var long = heads.flatMap { head in
                Self.parts(middles).flatMap { middle in tails.map { head + middle + $0 } }
            }
            generator.shuffle(&short)
            generator.shuffle(&long)
            return short + long
        }
        men = Words(
            composed(
                """
                SU SUKAR SUM SUPAR SUTRI MUL KAR HAR MAR WAR DAR PAR SAR MIS BUN SAL TAR WIR JUM \
                MAD SAN NGAT ASM PON BUA SUDAR
                """, "DI TO WI YA NO MA SI JI",
                "NO TO DI YONO MAN JO MIN WAN NADI YADI YANTO SONO JI ADI AN RAN IP ARI ONO"),
            exponent: 0.7)
        women = Words(
            composed(
                """
                SU SUL SUM SURI MUR KAR HAR MAR WAR DAR PAR SAR MIS BUN SAL TIN WIN JUM RUM SAN \
                ASM PON BUA NUR SEN RAH
                """, "TI NI YA SI MI DA LI RI",
                "ATI INI IYAH YEM SIH TIN WATI MI NAH ANI IYA YANI ASTRI NINGSIH TUN MINAH IP ARA"
            ), exponent: 0.7)
        secondOfMen = Words(NameLists.men + men.words.prefix(400), exponent: 0.65)
        secondOfWomen = Words(NameLists.women + women.words.prefix(400), exponent: 0.65)
        beforeMen = Words(
            Self.parts("MUHAMMAD ABDUL AHMAD NUR") + NameLists.men, exponent: 0.9)
        beforeWomen = Words(Self.parts("SITI NUR SRI UMI") + NameLists.women, exponent: 0.9)
    }

    private static func parts(_ text: String) -> [[UInt8]] {
        text.split(separator: " ").map { Array($0.utf8) }
    }

    /// One word or two, in a few cases three.
    func draw(isWoman: Bool, _ generator: inout SeededGenerator) -> [[UInt8]] {
        let (single, before, second) =
            isWoman ? (women, beforeWomen, secondOfWomen) : (men, beforeMen, secondOfMen)
        if generator.happens(isWoman ? 0.45 : 0.33) { return [single.draw(&generator)] }
        var words = [before.draw(&generator)]
        for _ in 0..<(generator.happens(0.1) ? 2 : 1) {
            let word = second.draw(&generator)
            // Nobody is called ABDUL ABDUL.
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}
