/// How far two names agree, the strongest agreement first.
enum NameLevel: UInt8, CaseIterable {
    /// One of the two has no name.
    case missing
    case equal
    /// The same words in another order, or the same letters with other blanks.
    case rearranged
    /// Similarity from 0.92.
    case close
    /// A word is missing or stands as an initial; the others agree.
    case partial
    /// Similarity from 0.85.
    case near
    case oneWord
    case different
}

enum DateLevel: UInt8, CaseIterable {
    case missing, equal
    /// One digit is another, two neighbouring digits or day and month are exchanged.
    case slip
    /// Two of day, month and year.
    case twoParts
    case sameYear, different
}

enum SexLevel: UInt8, CaseIterable {
    case missing, equal, different
}

/// Desa and address in one, since an address means something only within its desa.
enum PlaceLevel: UInt8, CaseIterable {
    case missing
    /// Same desa, and all of dusun, RT and RW that both have (at least two).
    case sameNeighbourhood
    /// Same desa; some of dusun, RT and RW agree, or the only one that both have.
    case sameInPart
    /// Same desa, address not comparable.
    case sameDesa
    /// Same desa, nothing else.
    case otherAddress
    case sameKecamatan
    case different
}

/// The levels of all fields of a pair in 11 bits.
struct ComparisonPattern: Hashable {
    static let count = 1 << 11

    let bits: UInt16

    init(bits: Int) { self.bits = UInt16(bits) }

    init(name: NameLevel, date: DateLevel, sex: SexLevel, place: PlaceLevel) {
        bits =
            UInt16(name.rawValue) | UInt16(date.rawValue) << 3 | UInt16(sex.rawValue) << 6
            | UInt16(place.rawValue) << 8
    }

    /// The levels in the order name, date, sex, place.
    var levels: [Int] {
        [Int(bits & 7), Int(bits >> 3 & 7), Int(bits >> 6 & 3), Int(bits >> 8 & 7)]
    }

    /// The level of a field, 0 to 3 in that order.
    func level(of field: Int) -> Int {
        switch field {
        case 0: Int(bits & 7)
        case 1: Int(bits >> 3 & 7)
        case 2: Int(bits >> 6 & 3)
        default: Int(bits >> 8 & 7)
        }
    }

    var name: NameLevel { NameLevel(rawValue: UInt8(bits & 7)) ?? .missing }
    var date: DateLevel { DateLevel(rawValue: UInt8(bits >> 3 & 7)) ?? .missing }
}

extension DateLevel {
    /// Compares dates of eight decimal digits of four bits each, 0x19720315; 0 is missing.
    init(_ a: UInt32, _ b: UInt32) {
        if a == 0 || b == 0 {
            self = .missing
        } else if a == b {
            self = .equal
        } else {
            self = Self.ofUnequal(a, b)
        }
    }

    private static func ofUnequal(_ a: UInt32, _ b: UInt32) -> DateLevel {
        let difference = a ^ b
        let digits =
            (difference | difference >> 1 | difference >> 2 | difference >> 3) & 0x1111_1111
        if digits.nonzeroBitCount == 1 { return .slip }
        let sameYear = difference >> 16 == 0
        let swapped = (b & 0xFF) << 8 | (b >> 8 & 0xFF)
        if sameYear, a & 0xFFFF == swapped { return .slip }
        if digits.nonzeroBitCount == 2 {
            let place = UInt32(digits.trailingZeroBitCount)
            if digits == 0x11 << place {
                let (pairA, pairB) = (a >> place & 0xFF, b >> place & 0xFF)
                if pairA == (pairB << 4 & 0xF0 | pairB >> 4) { return .slip }
            }
        }
        let sameMonth = difference >> 8 & 0xFF == 0
        let sameDay = difference & 0xFF == 0
        if sameYear && (sameMonth || sameDay) || sameMonth && sameDay { return .twoParts }
        return sameYear ? .sameYear : .different
    }
}

extension PlaceLevel {
    init(_ a: PreparedRecord, _ b: PreparedRecord) {
        if a.desa == 0 || b.desa == 0 {
            self = .missing
        } else if a.desa == b.desa {
            self = Self.inOneDesa(a.address, b.address)
        } else {
            self = a.desa / 10_000 == b.desa / 10_000 ? .sameKecamatan : .different
        }
    }

    private static func inOneDesa(_ a: AddressForm, _ b: AddressForm) -> PlaceLevel {
        var (compared, equal) = (0, 0)
        func compare(_ a: some FixedWidthInteger, _ b: some FixedWidthInteger) {
            guard a != 0, b != 0 else { return }
            compared += 1
            if a == b { equal += 1 }
        }
        compare(a.dusun, b.dusun)
        compare(a.rt, b.rt)
        compare(a.rw, b.rw)
        if compared == 0 { return .sameDesa }
        if equal == 0 { return .otherAddress }
        return equal == compared && compared > 1 ? .sameNeighbourhood : .sameInPart
    }
}
