/// Finds the families that two sources have in common.
///
/// 1. Keys: NIK of the head, No KK, ID Keluarga with year. A key that the person contradicts is
///    for review and decides nothing until the end.
/// 2. Comparison of what is left by name, birth date, sex and place (Fellegi and Sunter 1969;
///    string similarity of Winkler 1990; term frequencies after Linacre et al. 2022, Splink),
///    with weights learned from the files (`ModelEstimation`), within blocks (`BlockingKey`).
/// 3. Contradicted keys, then the comparisons that fell short of certainty, of records still free.
///
/// Reached at the class "same" on simulated pairs of 400,000 families each, four in five of them
/// in both, with the errors of `PairedRates.usual` (precision, recall): P3KE with P3KE of another
/// year or with DTSEN and its members 0.999, 0.978, without any key 0.999, 0.955; P3KE with the
/// DTSEN families alone, which have neither NIK nor birth date, 0.996, 0.707. No real pair with a
/// known truth was at hand: look at a sample of the links before trusting the figures.
///
/// A record is in one link at most: greedy, the surest first. The same files and settings give the
/// same links on any number of threads.
public struct RecordLinker: Sendable {
    public let settings: LinkageSettings

    public init(_ settings: LinkageSettings = LinkageSettings()) {
        settings.check()
        self.settings = settings
    }

    /// Links two files of up to 2^31 rows each.
    ///
    /// - Complexity: O(*n* log *n* + *p*), *p* the pairs in the blocks: about 100 for each row that
    ///   no key linked. Memory about 600 bytes for each row of both files.
    public func link(_ first: [LinkRecord], _ second: [LinkRecord]) -> LinkageResult {
        let files = PreparedFiles(first, second, threads: settings.threads)
        let keys = blockingKeys(of: files)
        let model = ModelEstimation(files: files, settings: settings).estimate(keys)
        var ledger = LinkLedger(firstCount: first.count, secondCount: second.count)

        var contradictions: [KeyAgreement.Pair] = []
        var skippedKeys = 0
        if settings.usesKeys {
            let agreement = KeyAgreement(
                first, second, files: files, model: model, threads: settings.threads)
            skippedKeys = agreement.skippedKeys
            for pair in agreement.pairs where !pair.evidence.isContradiction {
                ledger.enter(pair.first, pair.second, .same, pair.evidence, 1)
            }
            contradictions = agreement.pairs.filter(\.evidence.isContradiction)
        }

        let (freeFirst, freeSecond) = (ledger.freeFirst, ledger.freeSecond)
        var search = CandidateSearch(files, keys: keys, model: model, settings: settings)
        search.run(
            first: freeFirst, second: freeSecond,
            floor: Self.floor(freeFirst.count, freeSecond.count))
        let decision = CandidateDecision(
            search.candidates,
            firstSize: first.count, secondSize: second.count,
            firstCount: freeFirst.count, secondCount: freeSecond.count,
            from: settings.likelyFrom)
        for pair in decision.decided where pair.probability >= settings.sameFrom {
            let candidate = pair.candidate
            ledger.enter(
                candidate.first, candidate.second, .same, .comparison, pair.probability)
        }
        for pair in contradictions {
            ledger.enter(pair.first, pair.second, .likely, pair.evidence, 0.5)
        }
        for pair in decision.decided where pair.probability < settings.sameFrom {
            let candidate = pair.candidate
            ledger.enter(
                candidate.first, candidate.second, .likely, .comparison, pair.probability)
        }
        return LinkageResult(
            links: ledger.links.sorted { $0.first < $1.first },
            model: model,
            comparedPairs: search.comparedPairs,
            skippedBlocks: search.skippedBlocks,
            skippedKeys: skippedKeys)
    }

    /// Pairs below have odds under 1 in 1,024 even if every row had a partner: they change nothing.
    private static func floor(_ first: Int, _ second: Int) -> Float {
        Float(Int(max(1, first, second)).bitWidth - Int(max(1, first, second)).leadingZeroBitCount)
            - 11
    }

    private func blockingKeys(of files: PreparedFiles)
        -> [BlockingKey: (first: [UInt64], second: [UInt64])]
    {
        let kinds = BlockingKey.allCases
        let columns = parallelMap(kinds.count, threads: settings.threads) { index in
            let entries = files.names.entries
            func column(_ file: [PreparedRecord]) -> [UInt64] {
                file.map { kinds[index].value(of: $0, entries[Int($0.name)]) }
            }
            return (first: column(files.first), second: column(files.second))
        }
        return Dictionary(uniqueKeysWithValues: zip(kinds, columns))
    }
}

/// Links so far, and who is still free.
private struct LinkLedger {
    private(set) var links: [FamilyLink] = []
    private var first: [Bool]
    private var second: [Bool]

    init(firstCount: Int, secondCount: Int) {
        first = Array(repeating: true, count: firstCount)
        second = Array(repeating: true, count: secondCount)
    }

    var freeFirst: [Int32] { first.indices.filter { first[$0] }.map { Int32($0) } }
    var freeSecond: [Int32] { second.indices.filter { second[$0] }.map { Int32($0) } }

    /// Does nothing where one of the two has a partner.
    mutating func enter(
        _ a: Int32, _ b: Int32, _ linkClass: LinkClass, _ evidence: LinkEvidence,
        _ probability: Double
    ) {
        let (a, b) = (Int(a), Int(b))
        guard first[a], second[b] else { return }
        (first[a], second[b]) = (false, false)
        links.append(
            FamilyLink(
                first: a, second: b, linkClass: linkClass, evidence: evidence,
                probability: probability))
    }
}
