/// Learns a `LinkageModel` from the files themselves, without a single known pair.
///
/// *u*: from random pairs within each file, where two rows are hardly ever of one family. *m*: by
/// expectation maximisation within blocks, *u* held fixed; a field is learned only from blocks
/// whose key does not contain it, and kinds of block are pooled by their expected matches
/// (as Splink does, Linacre et al. 2022).
struct ModelEstimation {
    let files: PreparedFiles
    let settings: LinkageSettings

    private static let fieldCount = LinkageModel.fieldNames.count
    private static let (name, date, sex, place) = (0, 1, 2, 3)
    /// Kinds of block, and the fields each can teach.
    private static let lessons: [(key: BlockingKey, maxPairs: Int, fields: [Int])] = [
        (.birthDate, 100_000, [name, sex, place]),
        (.neighbourhood, 100_000, [name, date, sex]),
        (.name, 25, [date, sex, place]),
    ]
    /// Rows of the first file that are compared in each lesson.
    private static let sampleSize = 10_000
    /// What the assumed *m* count for, in pairs.
    private static let assumedPairs = 50.0

    func estimate(_ keys: [BlockingKey: (first: [UInt64], second: [UInt64])]) -> LinkageModel {
        let u = chanceAgreement()
        let step = max(1, files.first.count / Self.sampleSize)
        let sample = stride(from: 0, to: files.first.count, by: step).map { Int32($0) }
        var expected = LinkageModel.startingM.map { $0.map { $0 * Self.assumedPairs } }
        for lesson in Self.lessons {
            guard let columns = keys[lesson.key] else { continue }
            let blocks = Blocks(
                SortedKeys(columns.first, rows: sample),
                SortedKeys(columns.second, rows: Array(0..<Int32(files.second.count))),
                maxPairs: lesson.maxPairs)
            let matches = Self.expectedMatches(histogram(of: blocks), u: u, fields: lesson.fields)
            for field in lesson.fields {
                for level in expected[field].indices {
                    expected[field][level] += matches[field][level]
                }
            }
        }
        let m = expected.map { counts in
            let sum = counts.dropFirst().reduce(0, +)
            return counts.map { $0 / sum }
        }
        return LinkageModel(m: m, u: u)
    }

    /// Pairs of each pattern in `blocks`.
    private func histogram(of blocks: Blocks) -> [Int] {
        let files = files
        let counts = parallelMap(blocks.units.count, threads: settings.threads) { unit in
            NameComparison.with(files.names) { names in
                let comparison = PairComparison(names: names)
                var counts = [Int](repeating: 0, count: ComparisonPattern.count)
                for block in blocks.units[unit] {
                    for i in block.first {
                        let a = files.first[Int(blocks.first.rows[i])]
                        for j in block.second {
                            let b = files.second[Int(blocks.second.rows[j])]
                            counts[Int(comparison.pattern(a, b).bits)] += 1
                        }
                    }
                }
                return counts
            }
        }
        return counts.reduce(into: [Int](repeating: 0, count: ComparisonPattern.count)) {
            sum, part in
            for index in part.indices { sum[index] += part[index] }
        }
    }

    /// Shares of each level among random pairs within the files.
    private func chanceAgreement() -> [[Double]] {
        let unitCount = 32
        let files = files
        // More would only meet the same pairs again.
        let pairs = min(settings.randomPairs, 50 * (files.first.count + files.second.count))
        let perUnit = pairs / unitCount
        let seed = settings.seed
        let parts = parallelMap(unitCount, threads: settings.threads) { unit in
            NameComparison.with(files.names) { names in
                let comparison = PairComparison(names: names)
                let file = unit.isMultiple(of: 2) ? files.first : files.second
                var counts = LinkageModel.levelNames.map { [Int](repeating: 0, count: $0.count) }
                guard file.count > 1 else { return counts }
                var state = BlockingKey.mixed(seed, UInt64(unit))
                func row() -> Int {
                    state = BlockingKey.mixed(state, 1)
                    return Int(state.multipliedFullWidth(by: UInt64(file.count)).high)
                }
                for _ in 0..<perUnit {
                    let (i, j) = (row(), row())
                    if i == j { continue }
                    let levels = comparison.pattern(file[i], file[j]).levels
                    for field in 0..<Self.fieldCount { counts[field][levels[field]] += 1 }
                }
                return counts
            }
        }
        return (0..<Self.fieldCount).map { field in
            let counts = LinkageModel.levelNames[field].indices.map { level in
                // Half a pair more, so that what was never seen is rare and not impossible.
                level == 0 ? 0 : parts.reduce(0.5) { $0 + Double($1[field][level]) }
            }
            let sum = counts.reduce(0, +)
            return counts.map { $0 / sum }
        }
    }

    /// Pairs of one family expected at each level of `fields`, after expectation maximisation.
    private static func expectedMatches(_ histogram: [Int], u: [[Double]], fields: [Int])
        -> [[Double]]
    {
        let patterns = histogram.indices.filter { histogram[$0] > 0 }
            .map { (levels: ComparisonPattern(bits: $0).levels, count: Double(histogram[$0])) }
        var m = LinkageModel.startingM
        var matches = m.map { $0.map { _ in 0.0 } }
        let pairs = patterns.reduce(0) { $0 + $1.count }
        guard pairs > 0 else { return matches }
        var share = 0.1
        for _ in 0..<60 {
            for field in matches.indices {
                for level in matches[field].indices { matches[field][level] = 0 }
            }
            var total = 0.0
            for (levels, count) in patterns {
                var (same, other) = (share, 1 - share)
                for field in fields where levels[field] > 0 {
                    same *= m[field][levels[field]]
                    other *= u[field][levels[field]]
                }
                let expected = count * same / (same + other)
                total += expected
                for field in fields where levels[field] > 0 {
                    matches[field][levels[field]] += expected
                }
            }
            share = min(0.999, max(1e-9, total / pairs))
            for field in fields {
                let sum = matches[field].reduce(0, +) + assumedPairs
                for level in m[field].indices.dropFirst() {
                    let assumed = LinkageModel.startingM[field][level] * assumedPairs
                    m[field][level] = (matches[field][level] + assumed) / sum
                }
            }
        }
        return matches
    }
}
