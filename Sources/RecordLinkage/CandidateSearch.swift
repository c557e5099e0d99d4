/// A pair that a blocking pass found and the comparison did not rule out.
struct Candidate: Sendable {
    let first: Int32
    let second: Int32
    /// Sum of the weights, before the prior.
    let bits: Float
}

/// Finds the pairs worth a decision among the records that keys left over.
struct CandidateSearch {
    let files: PreparedFiles
    let keys: [BlockingKey: (first: [UInt64], second: [UInt64])]
    let model: LinkageModel
    let settings: LinkageSettings

    private(set) var candidates: [Candidate] = []
    private(set) var comparedPairs = 0
    private(set) var skippedBlocks = 0

    init(
        _ files: PreparedFiles,
        keys: [BlockingKey: (first: [UInt64], second: [UInt64])],
        model: LinkageModel,
        settings: LinkageSettings
    ) {
        (self.files, self.keys) = (files, keys)
        (self.model, self.settings) = (model, settings)
    }

    /// Keeps pairs of `first` and `second` rows of at least `floor` bits.
    ///
    /// - Complexity: O(*n* log *n* + *p*), *p* the pairs that the passes share out.
    mutating func run(first: [Int32], second: [Int32], floor: Float) {
        let passes = BlockingPass.passes(maxPairsPerBlock: settings.maxPairsPerBlock)
        let weights = model.patternWeights
        let (files, threads) = (files, settings.threads)
        let wanted = BlockingKey.allCases.filter { $0 != .neighbourhood }
        let keys = keys
        let sorted = parallelMap(wanted.count * 2, threads: threads) { index in
            let columns = keys[wanted[index / 2]] ?? ([], [])
            return index.isMultiple(of: 2)
                ? SortedKeys(columns.first, rows: first) : SortedKeys(columns.second, rows: second)
        }
        var leftOut: [Set<UInt64>] = []
        let places = Dictionary(uniqueKeysWithValues: zip(wanted, 0...))
        for (number, pass) in passes.enumerated() {
            guard let i = places[pass.first], let j = places[pass.second] else { continue }
            let blocks = Blocks(
                sorted[2 * i], sorted[2 * j + 1], maxPairs: pass.maxPairsPerBlock)
            // A pass for rare names leaves out the others by intent.
            if pass.maxPairsPerBlock == settings.maxPairsPerBlock {
                skippedBlocks += blocks.skippedKeys.count
            }
            defer { leftOut.append(blocks.skippedKeys) }
            let earlier = passes[..<number].enumerated().map { number, pass in
                EarlierPass(
                    first: keys[pass.first]?.first ?? [],
                    second: keys[pass.second]?.second ?? [],
                    leftOut: leftOut[number])
            }
            let found = parallelMap(blocks.units.count, threads: threads) { unit in
                Self.compare(
                    blocks.units[unit], of: blocks, files, earlier: earlier, weights: weights,
                    floor: floor)
            }
            for part in found {
                candidates += part.candidates
                comparedPairs += part.compared
            }
        }
    }

    /// The keys of a pass that came before, by row.
    private struct EarlierPass: Sendable {
        let first: [UInt64]
        let second: [UInt64]
        /// Blocks that were too large: their pairs are still to be compared.
        let leftOut: Set<UInt64>

        /// 0 where the pass compared nothing for the row.
        func key(ofFirst row: Int) -> UInt64 {
            let key = first[row]
            return leftOut.isEmpty || !leftOut.contains(key) ? key : 0
        }
    }

    private static func compare(
        _ unit: [Block],
        of blocks: Blocks,
        _ files: PreparedFiles,
        earlier: [EarlierPass],
        weights: [Float],
        floor: Float
    ) -> (candidates: [Candidate], compared: Int) {
        var candidates: [Candidate] = []
        var compared = 0
        NameComparison.with(files.names) { names in
            let comparison = PairComparison(names: names)
            for block in unit {
                for i in block.first {
                    let rowA = Int(blocks.first.rows[i])
                    let a = files.first[rowA]
                    let seen = earlier.map { $0.key(ofFirst: rowA) }
                    for j in block.second {
                        let rowB = Int(blocks.second.rows[j])
                        var isNew = true
                        for pass in earlier.indices
                        where seen[pass] != 0 && seen[pass] == earlier[pass].second[rowB] {
                            isNew = false
                            break
                        }
                        guard isNew else { continue }
                        compared += 1
                        let b = files.second[rowB]
                        let pattern = comparison.pattern(a, b)
                        let base = weights[Int(pattern.bits)]
                        let bits = base + comparison.rarity(a, b, pattern)
                        if bits >= floor {
                            candidates.append(
                                Candidate(first: Int32(rowA), second: Int32(rowB), bits: bits))
                        }
                    }
                }
            }
        }
        return (candidates, compared)
    }
}
