/// What single slips cost, in nats, by letter; see `NameDistance`.
struct NameSlipCosts {
    /// Digits number places of one name: no slip turns one into another.
    private static let number: Float = 12

    /// `substitution[true * 37 + written]`.
    private(set) var substitution = InlineArray<1369, Float>(repeating: 7)
    private(set) var deletion = InlineArray<37, Float>(repeating: 4.2)
    private(set) var insertion = InlineArray<37, Float>(repeating: 5.6)

    init() {
        for letter in 0..<37 { substitution[letter * 37 + letter] = 0 }
        setNeighbours("qwertyuiop", "asdfghjkl", "zxcvbnm")
        // Seen alike on paper.
        set("ilj", 3.5)
        for pair in ["ao", "ce", "co", "un", "uv", "vy", "hb", "ft", "gq", "hn", "mn", "ec", "rn"] {
            set(pair, 4.2)
        }
        // Heard alike, or written otherwise in another decade.
        set("uo", 1.8)
        set("ie", 1.8)
        for pair in ["ae", "bp", "dt", "gk", "fp", "vf", "jy", "sz", "cj", "vw", "kq", "yi"] {
            set(pair, 2.8)
        }
        set("oa", 2.8)
        for vowel in "aeiou".utf8 { deletion[Int(vowel) - 96] = 3.6 }
        let h = Int(UInt8(ascii: "h")) - 96
        deletion[h] = 2.4
        insertion[h] = 2.4
        for digit in 27..<37 {
            deletion[digit] = Self.number
            insertion[digit] = Self.number
            for other in 0..<37 where other != digit {
                substitution[digit * 37 + other] = Self.number
                substitution[other * 37 + digit] = Self.number
            }
        }
    }

    private mutating func set(_ letters: String, _ cost: Float) {
        for first in letters.utf8 {
            for second in letters.utf8 where first != second {
                substitution[(Int(first) - 96) * 37 + Int(second) - 96] = cost
            }
        }
    }

    private mutating func setNeighbours(_ rows: String...) {
        let keys = rows.map { Array($0.utf8) }
        for (row, letters) in keys.enumerated() {
            for (column, letter) in letters.enumerated() {
                var near = [(row, column - 1), (row, column + 1)]
                near += [(row + 1, column - 1), (row + 1, column)]
                near += [(row - 1, column), (row - 1, column + 1)]
                for (nearRow, nearColumn) in near
                where keys.indices.contains(nearRow) && keys[nearRow].indices.contains(nearColumn) {
                    let other = keys[nearRow][nearColumn]
                    substitution[(Int(letter) - 96) * 37 + Int(other) - 96] = 4.8
                }
            }
        }
    }
}
