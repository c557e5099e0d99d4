/// Pairs that share a key, and what the person in them says to it.
struct KeyAgreement {
    struct Pair {
        let first: Int32
        let second: Int32
        let evidence: LinkEvidence
        let bits: Float
    }

    /// Sorted by the strength of the evidence, then by weight, then by rows.
    private(set) var pairs: [Pair] = []
    private(set) var skippedKeys = 0

    /// More pairs than this to one key: the number stands for "none" (0000..., 9999...).
    private static let maxPairsPerKey = 64

    private enum Kind: UInt8, CaseIterable {
        case head = 1
        case card = 2
        case register = 4

        func key(of record: LinkRecord) -> LinkKey? {
            switch self {
            case .head: record.headKey
            case .card: record.cardKey
            case .register: record.registerKey
            }
        }
    }

    init(
        _ first: [LinkRecord],
        _ second: [LinkRecord],
        files: PreparedFiles,
        model: LinkageModel,
        threads: Int
    ) {
        let kinds = Kind.allCases
        let joins = parallelMap(kinds.count, threads: threads) { index in
            Self.join(kinds[index], first, second)
        }
        skippedKeys = joins.reduce(0) { $0 + $1.skipped }
        let shared = joins.flatMap(\.pairs).sorted { ($0.row, $0.kind) < ($1.row, $1.kind) }
        let weights = model.patternWeights
        NameComparison.with(files.names) { names in
            let comparison = PairComparison(names: names)
            var index = 0
            while index < shared.count {
                let row = shared[index].row
                var kinds: UInt8 = 0
                while index < shared.count, shared[index].row == row {
                    kinds |= shared[index].kind
                    index += 1
                }
                let (i, j) = (Int32(row >> 32), Int32(row & 0xFFFF_FFFF))
                let (a, b) = (files.first[Int(i)], files.second[Int(j)])
                let pattern = comparison.pattern(a, b)
                pairs.append(
                    Pair(
                        first: i, second: j,
                        evidence: Self.evidence(kinds, pattern),
                        bits: weights[Int(pattern.bits)] + comparison.rarity(a, b, pattern)))
            }
        }
        pairs.sort {
            ($0.evidence.rank, -$0.bits, $0.first, $0.second)
                < ($1.evidence.rank, -$1.bits, $1.first, $1.second)
        }
    }

    private static func evidence(_ kinds: UInt8, _ pattern: ComparisonPattern) -> LinkEvidence {
        let head = kinds & Kind.head.rawValue != 0
        let card = kinds & Kind.card.rawValue != 0
        if head && card { return .headAndCard }
        if head { return pattern.isSomebodyElse ? .headOfAnotherPerson : .head }
        if card { return pattern.isOnePerson ? .card : .cardWithAnotherHead }
        return pattern.isOnePerson ? .register : .registerWithAnotherHead
    }

    /// A pair of rows in one number, the first in the high half, and the kind that agrees.
    private typealias Shared = (row: UInt64, kind: UInt8)

    private static func join(_ kind: Kind, _ first: [LinkRecord], _ second: [LinkRecord])
        -> (pairs: [Shared], skipped: Int)
    {
        func sorted(_ file: [LinkRecord]) -> [(key: LinkKey, row: Int)] {
            file.indices.compactMap { row in kind.key(of: file[row]).map { ($0, row) } }
                .sorted { ($0.0.high, $0.0.low, $0.1) < ($1.0.high, $1.0.low, $1.1) }
        }
        let (a, b) = (sorted(first), sorted(second))
        var pairs: [Shared] = []
        var (i, j, skipped) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i].key < b[j].key {
                i += 1
            } else if b[j].key < a[i].key {
                j += 1
            } else {
                let key = a[i].key
                let endI = a[i...].firstIndex { $0.key != key } ?? a.count
                let endJ = b[j...].firstIndex { $0.key != key } ?? b.count
                if (endI - i) * (endJ - j) > maxPairsPerKey {
                    skipped += 1
                } else {
                    for left in a[i..<endI] {
                        for right in b[j..<endJ] {
                            pairs.append(
                                (UInt64(left.row) << 32 | UInt64(right.row), kind.rawValue))
                        }
                    }
                }
                (i, j) = (endI, endJ)
            }
        }
        return (pairs, skipped)
    }
}

extension ComparisonPattern {
    /// Name or birth date speak for the person that a No KK or an ID Keluarga leads to.
    var isOnePerson: Bool {
        switch name {
        case .equal, .rearranged, .close: date != .different || name == .equal
        case .partial, .near: date != .different
        case .missing, .oneWord, .different: date == .equal
        }
    }

    /// Name and birth date both speak against the person that a NIK leads to.
    var isSomebodyElse: Bool {
        switch name {
        case .oneWord, .different: date != .equal && date != .slip
        default: false
        }
    }
}

extension LinkEvidence {
    /// The strongest first.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

    /// Whether a key agrees while the person does not.
    var isContradiction: Bool {
        switch self {
        case .headOfAnotherPerson, .cardWithAnotherHead, .registerWithAnotherHead: true
        case .headAndCard, .head, .card, .register, .comparison: false
        }
    }
}
