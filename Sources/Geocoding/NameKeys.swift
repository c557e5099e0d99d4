/// Keys that a name resembles, likeliest first; no more than fit.
struct LikelyKeys {
    private var keys = InlineArray<48, Int32>(repeating: 0)
    private(set) var count = 0

    subscript(index: Int) -> Int { Int(keys[index]) }

    mutating func append(_ key: Int) {
        guard count < 48 else { return }
        keys[count] = Int32(key)
        count += 1
    }
}

/// The keys of a gazetteer, each the name of one or more places, found exactly or nearly.
struct NameKeys: Sendable {
    /// What a key resembles, as a place and a cost.
    struct Likeness: Sendable {
        let place: Int32
        let cost: Float
    }

    let letters: [NameLetters]
    /// The places that bear each key.
    private let places: [[Int32]]
    private var slots: [Int32]
    private let mask: Int

    /// For each pair of coarse letters, the keys that hold it, as bits.
    private var pairs: [UInt64]
    private let words: Int
    /// For each group of places, their keys as bits.
    private var groups: [UInt64]

    /// Takes pairs of a key and its place, and the kecamatan of each place (none: no groups).
    init(_ names: [(key: NameLetters, place: Int)], groupOfPlace: [Int], groupCount: Int) {
        var letters: [NameLetters] = []
        var places: [[Int32]] = []
        var size = 64
        while size < names.count * 3 { size *= 2 }
        var slots = Array(repeating: Int32(-1), count: size)
        for (key, place) in names where !key.isEmpty {
            var slot = Int(truncatingIfNeeded: key.hash >> 7) & (size - 1)
            while slots[slot] >= 0, !letters[Int(slots[slot])].isEqual(to: key) {
                slot = (slot + 1) & (size - 1)
            }
            if slots[slot] < 0 {
                slots[slot] = Int32(letters.count)
                letters.append(key)
                places.append([])
            }
            let index = Int(slots[slot])
            if !places[index].contains(Int32(place)) { places[index].append(Int32(place)) }
        }
        self.letters = letters
        self.places = places
        self.slots = slots
        mask = size - 1
        words = (letters.count + 63) / 64
        pairs = Array(repeating: 0, count: 32 * 32 * words)
        groups = Array(repeating: 0, count: groupCount * words)
        for (index, key) in letters.enumerated() {
            let bit = UInt64(1) << UInt64(index % 64)
            Self.forEachPair(of: key) { pair in pairs[pair * words + index / 64] |= bit }
            for place in places[index] where !groupOfPlace.isEmpty {
                groups[groupOfPlace[Int(place)] * words + index / 64] |= bit
            }
        }
    }

    func index(of key: NameLetters) -> Int? {
        guard !key.isEmpty else { return nil }
        var slot = Int(truncatingIfNeeded: key.hash >> 7) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if letters[index].isEqual(to: key) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    func places(of key: Int) -> [Int32] { places[key] }

    /// The keys that share most pairs of letters with `name`, and further ones of `group`.
    ///
    /// A slip destroys two pairs, a swap three: whoever lacks three more than the best, or shares
    /// less than a third, is no likely reading. The pairs are counted for all keys at once, a bit
    /// per key and plane.
    func likely(_ name: NameLetters, group: Int?, isStrict: Bool = false) -> LikelyKeys {
        var found = LikelyKeys()
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.planes * words) { planes in
            planes.initialize(repeating: 0)
            var total = 0
            pairs.withUnsafeBufferPointer { pairs in
                Self.forEachPair(of: name) { pair in
                    total += 1
                    for word in 0..<words {
                        var carry = pairs[pair * words + word]
                        var plane = word
                        while carry != 0 {
                            let kept = planes[plane]
                            planes[plane] = kept ^ carry
                            carry &= kept
                            plane += words
                        }
                    }
                }
            }
            let least = isStrict ? max(2, total - 3) : max(2, (total + 2) / 3)
            pick(planes, from: total, to: least, group: group, &found)
        }
        return found
    }

    private func pick(
        _ planes: UnsafeMutableBufferPointer<UInt64>,
        from total: Int,
        to least: Int,
        group: Int?,
        _ found: inout LikelyKeys
    ) {
        var best = 0
        var count = total
        while count >= 2 {
            let isOpen = count >= least && (best == 0 || (count + 3 >= best && found.count < 4))
            if !isOpen, group == nil || (best > 0 && count + 5 < best) { return }
            for word in 0..<words {
                var having = ~UInt64(0)
                for plane in 0..<Self.planes {
                    let bits = planes[plane * words + word]
                    having &= count >> plane & 1 == 1 ? bits : ~bits
                }
                if !isOpen, let group { having &= groups[group * words + word] }
                while having != 0 {
                    found.append(word * 64 + having.trailingZeroBitCount)
                    having &= having &- 1
                }
            }
            if best == 0, found.count > 0 { best = count }
            count -= 1
        }
    }

    /// Names have at most forty letters, so forty-one pairs.
    private static let planes = 6

    /// The pairs of neighbouring coarse letters, with the ends of the name.
    ///
    /// Coarse: o as u, e as i, y as j, the voiced as the unvoiced stop; doubled letters once,
    /// h only at the front.
    private static func forEachPair(of name: NameLetters, _ body: (Int) -> Void) {
        var previous = 0
        for index in 0..<name.count {
            let letter = Int(coarse[Int(name[index])])
            if letter == previous || (letter == 8 && index > 0) { continue }
            body(previous * 32 + letter)
            previous = letter
        }
        body(previous * 32)
    }

    private static let coarse: InlineArray<37, UInt8> = {
        var table = InlineArray<37, UInt8>(repeating: 0)
        for code in 0..<37 { table[code] = UInt8(code < 27 ? code : 27 + code % 5) }
        table[15] = 21
        table[5] = 9
        table[25] = 10
        table[2] = 16
        table[4] = 20
        table[7] = 11
        table[22] = 6
        return table
    }()
}
