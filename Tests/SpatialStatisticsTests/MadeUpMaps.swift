import SpatialStatistics

/// Random numbers from a seed, the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }

    /// The number of successes in `trials`.
    mutating func binomial(_ trials: Int, _ chance: Double) -> Int {
        (0..<trials).reduce(0) { count, _ in count + (unit() < chance ? 1 : 0) }
    }
}

extension SpatialWeights {
    /// The queen neighbours of a lattice.
    static func lattice(columns: Int, rows: Int) -> SpatialWeights {
        SpatialWeights(
            neighbours: (0..<columns * rows).map { unit in
                let (row, column) = unit.quotientAndRemainder(dividingBy: columns)
                var neighbours: [Int] = []
                for other in max(0, row - 1)...min(rows - 1, row + 1) {
                    for next in max(0, column - 1)...min(columns - 1, column + 1)
                    where (other, next) != (row, column) {
                        neighbours.append(other * columns + next)
                    }
                }
                return neighbours
            }
        )
    }

    /// The same map with unit i under the number `order[i]`.
    func relabelled(_ order: [Int]) -> SpatialWeights {
        var lists = [[Int]](repeating: [], count: count)
        for unit in 0..<count {
            lists[order[unit]] = neighbours(of: unit).map { order[$0] }
        }
        return SpatialWeights(neighbours: lists)
    }
}

/// `values` with entry i moved to `order[i]`.
func relabelled<Value>(_ values: [Value], _ order: [Int]) -> [Value] {
    var moved = values
    for (unit, value) in values.enumerated() { moved[order[unit]] = value }
    return moved
}
