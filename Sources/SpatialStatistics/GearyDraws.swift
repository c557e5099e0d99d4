/// Conditional permutation of local Geary: one sequence of draws serves every unit.
///
/// The sum of (z_i - z_j)^2 over k drawn units j is k z_i^2 - 2 z_i A + B with A the sum of the
/// drawn z and B that of their squares. A replica is a shuffled sequence of units; its first k
/// give A and B for every unit with k neighbours. Should the unit itself be among them, the next
/// unit of the sequence takes its place: leaving one unit out of a random order leaves a random
/// order of the others, so every unit has R draws that are conditional ones exactly.
///
/// Replicas go through in blocks whose A and B stay in the cache while all units run over them.
struct GearyDraws: Sendable {
    /// The units with one number of neighbours.
    private struct Group: Sendable {
        let neighbours: Int
        let units: [Int]
    }

    /// What a replica's B - 2 z_i A is compared with.
    private struct Limits: Sendable {
        /// From here on the statistic is at least the observed one.
        let high: Double
        /// Up to here it is at most the observed one.
        let low: Double
        let twiceOwn: Double
    }

    private struct Tally: Sendable {
        var atLeast: [Int]
        var atMost: [Int]
    }

    /// Replicas side by side in one register or more.
    private typealias Lanes = SIMD8<Double>

    private static let lanesPerBlock = 64
    private static let blockSize = lanesPerBlock * Lanes.scalarCount

    private let z: [Double]
    private let squares: [Double]
    private let limits: [Limits]
    private let neighbourCounts: [Int]
    /// By ascending number of neighbours.
    private let groups: [Group]
    /// The number of each unit's group; -1 for an isolate.
    private let groupOf: [Int]

    init(_ field: StandardField, _ weights: SpatialWeights) {
        let z = field.values
        self.z = z
        squares = z.map { $0 * $0 }
        neighbourCounts = z.indices.map { weights.neighbourCount(of: $0) }
        // The same differences reached by another way must tie; squares are of this size.
        let tolerance = 1e-9 * (squares.max() ?? 0)
        limits = z.indices.map { unit in
            let own = Double(weights.neighbourCount(of: unit)) * z[unit] * z[unit]
            let observed = field.squaredDifferences(of: unit, weights) - own
            return Limits(
                high: observed - tolerance,
                low: observed + tolerance,
                twiceOwn: 2 * z[unit]
            )
        }
        let unitsByCount = Dictionary(grouping: z.indices) { weights.neighbourCount(of: $0) }
        var groupOf = [Int](repeating: -1, count: z.count)
        var groups: [Group] = []
        for neighbours in unitsByCount.keys.filter({ $0 > 0 }).sorted() {
            let units = unitsByCount[neighbours, default: []]
            for unit in units { groupOf[unit] = groups.count }
            groups.append(Group(neighbours: neighbours, units: units))
        }
        self.groups = groups
        self.groupOf = groupOf
    }

    func pValues(
        permutations: Int,
        seed: UInt64,
        threads: Int
    ) -> [ConditionalPermutation.PValues?] {
        let stream = CounterRandom.Stream(seed: seed, number: 0)
        let tallies = ParallelRanges(permutations, threads: threads, least: 1).map {
            tally($0, stream)
        }
        return z.indices.map { unit in
            guard groupOf[unit] >= 0 else { return nil }
            return ConditionalPermutation.PValues(
                atLeast: tallies.reduce(0) { $0 + $1.atLeast[unit] },
                atMost: tallies.reduce(0) { $0 + $1.atMost[unit] },
                replicas: permutations
            )
        }
    }

    private func tally(_ replicas: Range<Int>, _ stream: CounterRandom.Stream) -> Tally {
        var tally = Tally(
            atLeast: [Int](repeating: 0, count: z.count),
            atMost: [Int](repeating: 0, count: z.count)
        )
        guard let most = groups.last?.neighbours else { return tally }
        var sequence = ShuffledSequence(count: z.count)
        // One more than any unit needs, to take the place of the unit itself.
        var drawn = [Int](repeating: 0, count: min(most + 1, z.count))
        // Not a number is neither above nor below: the places of a block that stay empty.
        var sums = [Lanes](
            repeating: Lanes(repeating: .nan), count: groups.count * Self.lanesPerBlock)
        var squareSums = sums
        for start in stride(from: replicas.lowerBound, to: replicas.upperBound, by: Self.blockSize)
        {
            let block = start..<min(start + Self.blockSize, replicas.upperBound)
            if block.count < Self.blockSize {
                for place in sums.indices { sums[place] = Lanes(repeating: .nan) }
            }
            for replica in block {
                var random = CounterRandom(stream, replica: replica)
                sequence.draw(&drawn, &random)
                fill(&sums, &squareSums, at: replica - start, drawn)
                replaceOwn(drawn, &tally)
            }
            count(block.count, sums, squareSums, &tally)
        }
        return tally
    }

    /// Writes A and B of one replica, for every group.
    private func fill(
        _ sums: inout [Lanes],
        _ squareSums: inout [Lanes],
        at place: Int,
        _ drawn: [Int]
    ) {
        let (place, lane) = place.quotientAndRemainder(dividingBy: Lanes.scalarCount)
        var sum = 0.0
        var squareSum = 0.0
        var position = 0
        for (index, group) in groups.enumerated() {
            while position < group.neighbours {
                let unit = drawn[position]
                sum += z[unit]
                squareSum += squares[unit]
                position += 1
            }
            sums[index * Self.lanesPerBlock + place][lane] = sum
            squareSums[index * Self.lanesPerBlock + place][lane] = squareSum
        }
    }

    /// For the units that are among their own draws: takes off what `count` will make of that,
    /// and adds what the replica is without them.
    private func replaceOwn(_ drawn: [Int], _ tally: inout Tally) {
        for (position, unit) in drawn.enumerated() where position < neighbourCounts[unit] {
            // In the order of `fill`, for the same rounding.
            var sum = 0.0
            var squareSum = 0.0
            let neighbours = neighbourCounts[unit]
            for other in drawn[..<neighbours] {
                sum += z[other]
                squareSum += squares[other]
            }
            add(-1, to: unit, sum, squareSum, &tally)
            let next = drawn[neighbours]
            add(
                1, to: unit, sum - z[unit] + z[next], squareSum - squares[unit] + squares[next],
                &tally)
        }
    }

    private func add(
        _ change: Int,
        to unit: Int,
        _ sum: Double,
        _ squareSum: Double,
        _ tally: inout Tally
    ) {
        let value = squareSum - limits[unit].twiceOwn * sum
        if value >= limits[unit].high { tally.atLeast[unit] += change }
        if value <= limits[unit].low { tally.atMost[unit] += change }
    }

    /// Compares the first `replicas` of a block with every unit.
    private func count(
        _ replicas: Int,
        _ sums: [Lanes],
        _ squareSums: [Lanes],
        _ tally: inout Tally
    ) {
        let lanes = (replicas + Lanes.scalarCount - 1) / Lanes.scalarCount
        sums.withUnsafeBufferPointer { sums in
            squareSums.withUnsafeBufferPointer { squareSums in
                for (index, group) in groups.enumerated() {
                    let first = index * Self.lanesPerBlock
                    for unit in group.units {
                        let limit = limits[unit]
                        var atLeast = SIMD8<Int64>.zero
                        var atMost = SIMD8<Int64>.zero
                        for place in first..<(first + lanes) {
                            let value = squareSums[place] - limit.twiceOwn * sums[place]
                            atLeast.replace(with: atLeast &+ 1, where: value .>= limit.high)
                            atMost.replace(with: atMost &+ 1, where: value .<= limit.low)
                        }
                        tally.atLeast[unit] += Int(atLeast.wrappedSum())
                        tally.atMost[unit] += Int(atMost.wrappedSum())
                    }
                }
            }
        }
    }
}

/// Random sequences of different numbers below a bound, each a function of its random numbers
/// alone.
private struct ShuffledSequence {
    /// In ascending order between draws.
    private var numbers: [Int]
    private var picks: [Int] = []

    init(count: Int) {
        numbers = Array(0..<count)
    }

    /// Fills `drawn` with the first numbers of a random order (Fisher and Yates).
    mutating func draw(_ drawn: inout [Int], _ random: inout CounterRandom) {
        for position in drawn.indices {
            let pick = position + random.next(below: numbers.count - position)
            picks.append(pick)
            numbers.swapAt(position, pick)
            drawn[position] = numbers[position]
        }
        // Undone, for much less than a new array.
        for position in drawn.indices.reversed() { numbers.swapAt(position, picks[position]) }
        picks.removeAll(keepingCapacity: true)
    }
}
