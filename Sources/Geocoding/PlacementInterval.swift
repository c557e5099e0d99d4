/// A count of keluarga with the range that uncertain placement leaves open.
public struct PlacementInterval: Hashable, Sendable {
    /// Keluarga whose most probable place this is: the published count.
    public let count: Int
    /// The mean over all ways the uncertain keluarga may be placed.
    public let expected: Double
    /// The true count lies between `lower` and `upper` with 95 %.
    public let lower: Int
    public let upper: Int

    public init(count: Int, expected: Double, lower: Int, upper: Int) {
        self.count = count
        self.expected = expected
        self.lower = lower
        self.upper = upper
    }

    /// Whether placement leaves nothing open.
    public var isExact: Bool { lower == upper }
}

/// The distribution of a desa's share of the keluarga at one border, when all err together.
///
/// Family k belongs to the desa when p_k exceeds one uniform number that all families of the
/// border share: the border lies too far this way or that way. Among all ways in which they may
/// depend on each other with these probabilities, this is the one with the widest count (greatest
/// in convex order). Probabilities are kept in bins of 1 %.
struct SharedBorderCount: Hashable, Sendable {
    static let binCount = 100

    /// Families by probability; bin b holds b/100 up to (b + 1)/100.
    private(set) var bins: [Int32] = Array(repeating: 0, count: binCount)
    private(set) var total = 0

    mutating func add(_ probability: Double) {
        let bin = Int(probability * Double(Self.binCount))
        bins[min(max(bin, 0), Self.binCount - 1)] += 1
        total += 1
    }

    /// Each possible count with its probability, in rising order.
    var atoms: [(count: Int, probability: Double)] {
        var atoms: [(count: Int, probability: Double)] = []
        // The shared number falls into bin b, half of whose families then still belong.
        var above = 0
        for bin in (0..<Self.binCount).reversed() {
            let here = Int(bins[bin])
            if here == 0, let last = atoms.last {
                atoms[atoms.count - 1] = (last.count, last.probability + 0.01)
                continue
            }
            if here == 0 {
                atoms.append((above, 0.01))
                continue
            }
            appendHalf(above, to: &atoms)
            above += here
            appendHalf(above, to: &atoms)
        }
        return atoms
    }

    private func appendHalf(_ count: Int, to atoms: inout [(count: Int, probability: Double)]) {
        if let last = atoms.last, last.count == count {
            atoms[atoms.count - 1].probability += 0.005
        } else {
            atoms.append((count, 0.005))
        }
    }
}

/// The probabilities of the counts `offset`, `offset + step` and so on.
struct CountDistribution: Sendable {
    /// Longer supports are kept in coarser steps.
    static let mostValues = 1024

    /// Independent counts added up; `counts` each with their atoms.
    ///
    /// - Complexity: O(values · atoms) for each of `counts`.
    init(sumOf counts: [SharedBorderCount]) {
        let total = counts.reduce(0) { $0 + $1.total }
        step = max(1, (total + Self.mostValues - 1) / Self.mostValues)
        var probabilities = [1.0]
        for count in counts {
            let atoms = count.atoms
            let length = (count.total + step - 1) / step
            var next = Array(repeating: 0.0, count: probabilities.count + length)
            for (value, probability) in atoms {
                // To the nearest step; a wrong one of these moves the count by half a step.
                let shift = min(length, (value + step / 2) / step)
                for (index, mass) in probabilities.enumerated() where mass > 0 {
                    next[index + shift] += mass * probability
                }
            }
            probabilities = next
        }
        self.probabilities = probabilities
    }

    private let step: Int
    private let probabilities: [Double]

    /// The counts below and above which at most `tail` of the probability lies.
    func range(tail: Double) -> (lower: Int, upper: Int) {
        var lower = 0
        var below = probabilities[0]
        while lower < probabilities.count - 1, below <= tail {
            lower += 1
            below += probabilities[lower]
        }
        var upper = probabilities.count - 1
        var above = probabilities[upper]
        while upper > 0, above <= tail {
            upper -= 1
            above += probabilities[upper]
        }
        // Outwards by what the steps may have lost.
        let slack = step > 1 ? step : 0
        return (lower * step - slack, upper * step + slack)
    }
}
