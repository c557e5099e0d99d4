/// What two records must have in common to be compared; 0 where a record lacks a part of it.
///
/// One pass alone loses the pairs with an error in its key; together they lose few. The numbers
/// of the passes are those of Kabupaten Probolinggo (390,000 keluarga in 330 desa).
enum BlockingKey: Int, CaseIterable, Sendable {
    /// About 20 records to a date.
    case birthDate
    /// A word of the name by its sound.
    case desaAndFirstWord, desaAndLastWord
    case birthMonthAndBeginningOfName
    case birthYearAndName
    /// RT and RW and the first sound of the name.
    case neighbourhoodAndInitial
    case desaAndBirthMonth
    /// RT and RW; for estimation only.
    case neighbourhood
    /// Rare names only (see `BlockingPass`), wherever they live.
    case name

    static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        var z = (hash ^ value) &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    func value(of record: PreparedRecord, _ name: NameTable.Entry) -> UInt64 {
        let date = UInt64(record.date)
        let desa = UInt64(record.desa)
        return switch self {
        case .birthDate: key(date)
        case .desaAndFirstWord, .desaAndLastWord:
            // One kind of key, so that a first word may meet a last word.
            key(desa, self == .desaAndFirstWord ? name.firstSkeleton : name.lastSkeleton)
        case .birthMonthAndBeginningOfName: key(date >> 8, name.firstSkeleton & 0x3FF)
        case .birthYearAndName: key(date >> 16, name.wholeSkeleton)
        case .neighbourhoodAndInitial:
            key(
                desa, UInt64(record.address.rt),
                UInt64(record.address.rw) << 8 | name.firstSkeleton & 0x1F)
        case .desaAndBirthMonth: key(desa, date >> 8)
        case .neighbourhood:
            key(desa, UInt64(record.address.rt), UInt64(record.address.rw))
        case .name: key(name.wholeSkeleton)
        }
    }

    /// 0 if any of `parts` is.
    private func key(_ parts: UInt64...) -> UInt64 {
        if parts.contains(0) { return 0 }
        return parts.reduce(0, Self.mixed) | 1
    }
}

/// A key of the first file that is held against a key of the second.
struct BlockingPass: Sendable {
    let first: BlockingKey
    let second: BlockingKey
    /// Blocks with more pairs are left out.
    let maxPairsPerBlock: Int

    /// In the order of use: a pair is compared in the first pass that has it.
    static func passes(maxPairsPerBlock: Int) -> [BlockingPass] {
        func pass(_ first: BlockingKey, _ second: BlockingKey) -> BlockingPass {
            BlockingPass(first: first, second: second, maxPairsPerBlock: maxPairsPerBlock)
        }
        return [
            pass(.birthDate, .birthDate),
            pass(.desaAndFirstWord, .desaAndFirstWord),
            pass(.desaAndLastWord, .desaAndLastWord),
            pass(.desaAndFirstWord, .desaAndLastWord),
            pass(.desaAndLastWord, .desaAndFirstWord),
            pass(.birthMonthAndBeginningOfName, .birthMonthAndBeginningOfName),
            pass(.birthYearAndName, .birthYearAndName),
            pass(.neighbourhoodAndInitial, .neighbourhoodAndInitial),
            pass(.desaAndBirthMonth, .desaAndBirthMonth),
            BlockingPass(first: .name, second: .name, maxPairsPerBlock: 400),
        ]
    }
}
