internal import Foundation

/// The significant groups of one map, found one after the other.
struct LevelSetRounds {
    struct Group {
        let members: [Int]
        let score: Double
        /// Two-sided, and not below that of the group before.
        let pValue: Double
    }

    let rates: RobustRates
    let weights: SpatialWeights
    let options: LevelSetScan.Options

    /// Replicas that one task draws, and tasks between two looks at whether a group can still be
    /// significant.
    ///
    /// Constants, so that the result is the same for any number of threads.
    private static let chunk = 64
    private static let chunksPerLook = 8

    /// The groups on one side, while significant; with the typical rate of the whole map
    /// throughout.
    func groups(_ direction: LevelSetScan.Direction) -> [Group] {
        var groups: [Group] = []
        var isLeft = [Bool](repeating: true, count: weights.count)
        while isLeft.contains(true) {
            let left = weights.restricted(to: isLeft)
            let search = LevelSetSearch(
                rates: rates.restricted(to: left.originalIndices),
                weights: left.weights,
                isHigh: direction == .high,
                relevantRatio: options.relevantRatio,
                zScoreBound: options.zScoreBound
            )
            let zScores = left.extract(rates.zScores)
            var observed = search
            guard let best = observed.bestGroup(zScores) else { break }
            let oneSided = pValue(
                of: best.score,
                search,
                zScores,
                stream: CounterRandom.Stream(
                    seed: options.seed,
                    number: UInt64(2 * groups.count + (direction == .high ? 0 : 1))
                )
            )
            let pValue = max(min(1, 2 * oneSided), groups.last?.pValue ?? 0)
            guard pValue <= options.largestPValue else { break }
            let members = grown(best.members.map { left.originalIndices[$0] }, isLeft, direction)
            groups.append(Group(members: members, score: best.score, pValue: pValue))
            for unit in members { isLeft[unit] = false }
        }
        return groups
    }

    /// `core` with the units around it whose own rate is nearer to that of the core than to the
    /// typical one.
    ///
    /// A small unit's smoothed rate stays near the typical one whatever lies around it. So where
    /// two neighbours belong to a significant group (or its only one does), the question is which
    /// of two rates is the likelier, that of the group or the typical one: with λ the ratio of
    /// the group, counts speak for the group from a ratio of (λ - 1) / ln λ on. The relevant
    /// ratio remains the least.
    /// - Complexity: O(*n* + *w*) for each ring that joins.
    private func grown(
        _ core: [Int],
        _ isLeft: [Bool],
        _ direction: LevelSetScan.Direction
    ) -> [Int] {
        var (excess, people) = (0.0, 0.0)
        for unit in core {
            excess += rates.effectivePopulation[unit] * (rates.ratio(unit) - 1)
            people += rates.effectivePopulation[unit]
        }
        let groupRatio = 1 + excess / people
        let turningPoint = groupRatio > 0 ? (groupRatio - 1) / log(groupRatio) : 0
        func isNearer(_ unit: Int) -> Bool {
            switch direction {
            case .high: rates.ratio(unit) >= max(options.relevantRatio, turningPoint)
            case .low: rates.ratio(unit) <= min(1 / options.relevantRatio, turningPoint)
            }
        }
        var isMember = [Bool](repeating: false, count: weights.count)
        for unit in core { isMember[unit] = true }
        var joining = core
        while !joining.isEmpty {
            for unit in joining { isMember[unit] = true }
            joining = isLeft.indices.filter { unit in
                guard isLeft[unit], !isMember[unit], isNearer(unit) else { return false }
                let neighbours = weights.neighbours(of: unit)
                let support = neighbours.count { isMember[$0] }
                return support >= 2 || support == 1 && neighbours.count == 1
            }
        }
        return isMember.indices.filter { isMember[$0] }
    }

    /// (1 + the replicas that reach `score`) / (1 + the replicas drawn).
    ///
    /// Drawing ends early once p is above what is listed, whatever the rest would bring.
    private func pValue(
        of score: Double,
        _ search: LevelSetSearch,
        _ zScores: [Double],
        stream: CounterRandom.Stream
    ) -> Double {
        // Groups of the same units in another order of joining must tie.
        let limit = score * (1 - 1e-9)
        let threads = threadCount(options.threads)
        let most = options.largestPValue / 2 * Double(options.replicas + 1)
        let look = Self.chunk * Self.chunksPerLook
        var reached = 0
        var drawn = 0
        while drawn < options.replicas, Double(1 + reached) <= most {
            let end = min(drawn + look, options.replicas)
            let starts = Array(stride(from: drawn, to: end, by: Self.chunk))
            let counts = parallelMap(starts.count, threads: min(threads, starts.count)) { index in
                var search = search
                var dealt = zScores
                let chunkEnd = min(starts[index] + Self.chunk, end)
                return (starts[index]..<chunkEnd).count { replica in
                    var random = CounterRandom(stream, replica: replica)
                    dealt = zScores
                    for last in stride(from: dealt.count - 1, to: 0, by: -1) {
                        dealt.swapAt(last, random.next(below: last + 1))
                    }
                    return search.bestScore(dealt) >= limit
                }
            }
            reached += counts.reduce(0, +)
            drawn = end
        }
        return Double(1 + reached) / Double(1 + drawn)
    }
}
