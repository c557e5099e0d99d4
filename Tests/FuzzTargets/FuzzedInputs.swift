internal import TestSupport

/// Inputs made from seeds by mutation: the same seeds, seed and index give the same bytes.
public struct FuzzedInputs {
    private let seeds: [[UInt8]]
    private let seed: UInt64
    private var generator = SeededGenerator(seed: 0)

    /// Longer inputs are cut.
    public static let longest = 1 << 16
    /// One in so many inputs is blown up to about `longest`.
    private static let blownUp = 2_048

    public init(seeds: [[UInt8]], seed: UInt64) {
        precondition(!seeds.isEmpty, "no seeds to mutate")
        self.seeds = seeds
        self.seed = seed
    }

    /// Writes input `index` over `bytes`.
    ///
    /// The first inputs are the seeds as they are.
    ///
    /// - Complexity: O(length of the input), wherever it stands.
    public mutating func write(_ index: Int, to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        guard index >= seeds.count else {
            bytes.append(contentsOf: seeds[index])
            return
        }
        generator = SeededGenerator(
            seed: seed &* 0xD6E8_FEB8_6659_FD93 &+ UInt64(index) &* 0x2545_F491_4F6C_DD1D)
        start(&bytes)
        // Mostly one or two changes, so that most of the input is still understood.
        var changes = 1
        while changes < 12, below(5) < 2 { changes += 1 }
        for _ in 0..<changes { change(&bytes) }
        if below(Self.blownUp) == 0 { blowUp(&bytes) }
        if bytes.count > Self.longest { bytes.removeLast(bytes.count - Self.longest) }
    }

    private mutating func below(_ count: Int) -> Int {
        Int(truncatingIfNeeded: ((generator.next() >> 32) &* UInt64(count)) >> 32)
    }

    private mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: generator.next() >> 56) }

    /// A range inside `count`, mostly short.
    private mutating func range(in count: Int) -> Range<Int> {
        guard count > 0 else { return 0..<0 }
        let start = below(count)
        let length = below(4) == 0 ? below(count - start) + 1 : min(count - start, below(16) + 1)
        return start..<start + length
    }

    private mutating func start(_ bytes: inout [UInt8]) {
        let seed = seeds[below(seeds.count)]
        switch below(16) {
        case 0:
            bytes.append(contentsOf: seed.prefix(below(seed.count + 1)))
        case 1:
            bytes.append(contentsOf: seed[range(in: seed.count)])
        case 2 where below(8) == 0:
            for _ in 0..<below(below(4) == 0 ? 4_096 : 64) { bytes.append(byte()) }
        default:
            bytes.append(contentsOf: seed)
        }
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes.append(contentsOf: FuzzTokens.all[below(FuzzTokens.all.count)])
            return
        }
        let place = below(bytes.count)
        switch below(14) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = byte()
        case 2: bytes.insert(byte(), at: place)
        case 3: bytes.removeSubrange(range(in: bytes.count))
        case 4: bytes.remove(at: place)
        case 5, 6:
            bytes.insert(contentsOf: FuzzTokens.all[below(FuzzTokens.all.count)], at: place)
        case 7:
            let token = FuzzTokens.all[below(FuzzTokens.all.count)]
            bytes.replaceSubrange(place..<min(bytes.count, place + token.count), with: token)
        case 8:
            // A part of the input once more, elsewhere.
            let part = Array(bytes[range(in: bytes.count)])
            bytes.insert(contentsOf: part, at: place)
        case 9:
            let part = Array(bytes[range(in: bytes.count)])
            bytes.replaceSubrange(place..<min(bytes.count, place + part.count), with: part)
        case 10:
            splice(&bytes, at: place)
        case 11:
            number(&bytes, at: place)
        case 12:
            writeWord(&bytes, at: place)
        default:
            let count = below(8) == 0 ? below(400) : below(20)
            bytes.insert(contentsOf: repeatElement(bytes[place], count: count), at: place)
        }
    }

    /// Goes on with a part of another seed.
    private mutating func splice(_ bytes: inout [UInt8], at place: Int) {
        let other = seeds[below(seeds.count)]
        if below(2) == 0 {
            let start = below(other.count + 1)
            bytes.replaceSubrange(place..., with: other[start...])
        } else {
            bytes.insert(contentsOf: other[range(in: other.count)], at: place)
        }
    }

    /// Changes the digit at or after `place`, so that counts, sizes and dates are off.
    private mutating func number(_ bytes: inout [UInt8], at place: Int) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let end = min(bytes.count, place + 64)
        guard let digit = bytes[place..<end].firstIndex(where: digits.contains) else {
            bytes[place] = digits.lowerBound + UInt8(below(10))
            return
        }
        switch below(4) {
        case 0: bytes[digit] = digits.lowerBound + UInt8(below(10))
        case 1: bytes.insert(UInt8(ascii: "9"), at: digit)
        case 2: bytes.insert(UInt8(ascii: "-"), at: digit)
        default:
            bytes.insert(contentsOf: repeatElement(bytes[digit], count: below(24)), at: digit)
        }
    }

    private static let words: [UInt64] = [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE,
        0xFFFF_FFFF, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF,
        0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, 0x7FEF_FFFF_FFFF_FFFF,
    ]

    /// Puts a number that is at some edge into two, four or eight bytes, low byte first.
    private mutating func writeWord(_ bytes: inout [UInt8], at place: Int) {
        let size = 2 << below(3)
        var word = Self.words[below(Self.words.count)]
        if below(2) == 0 { word = word &+ UInt64(below(64)) &- 32 }
        for offset in 0..<min(size, bytes.count - place) {
            bytes[place + offset] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(offset)))
        }
    }

    /// Repeats a part until the input is long: what is not linear in the length shows here.
    private mutating func blowUp(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let part = Array(bytes[range(in: bytes.count)])
        let place = below(bytes.count)
        let count = (Self.longest - min(bytes.count, Self.longest)) / part.count
        let tail = Array(bytes[place...])
        bytes.removeSubrange(place...)
        for _ in 0..<below(count + 1) { bytes.append(contentsOf: part) }
        bytes.append(contentsOf: tail)
    }
}
