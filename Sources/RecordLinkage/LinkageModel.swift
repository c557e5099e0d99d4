internal import Foundation

/// How often each level of agreement occurs among pairs of one family (*m*) and among others (*u*).
///
/// Fellegi and Sunter (1969). The weight of a level is log2(*m* / *u*) bits, that of a missing
/// value 0; weights of fields add up, as if errors in one told nothing of errors in another.
public struct LinkageModel: Sendable, Hashable {
    public struct Level: Sendable, Hashable {
        public let name: String
        public let m: Double
        public let u: Double

        /// Bits for (above 0) or against (below 0) one family.
        public var weight: Double { log2(m / u) }
    }

    public struct Field: Sendable, Hashable {
        public let name: String
        /// Without the level "missing".
        public let levels: [Level]
    }

    public let fields: [Field]

    /// Levels of each field, "missing" (always the first) included.
    static let levelNames: [[String]] = [
        NameLevel.allCases.map { "\($0)" },
        DateLevel.allCases.map { "\($0)" },
        SexLevel.allCases.map { "\($0)" },
        PlaceLevel.allCases.map { "\($0)" },
    ]
    static let fieldNames = ["head's name", "birth date", "sex", "place"]

    /// Assumed, until the files teach better: shares of each level among pairs of one family.
    static let startingM: [[Double]] = [
        [0, 0.70, 0.04, 0.14, 0.06, 0.03, 0.02, 0.01],
        [0, 0.92, 0.04, 0.01, 0.015, 0.015],
        [0, 0.99, 0.01],
        [0, 0.60, 0.20, 0.10, 0.05, 0.02, 0.03],
    ]

    init(m: [[Double]], u: [[Double]]) {
        fields = Self.fieldNames.indices.map { field in
            Field(
                name: Self.fieldNames[field],
                levels: Self.levelNames[field].indices.dropFirst().map { level in
                    Level(
                        name: Self.levelNames[field][level],
                        m: m[field][level],
                        u: u[field][level])
                })
        }
    }

    /// The weight of each `ComparisonPattern`, by its bits.
    var patternWeights: [Float] {
        // Of each field the weight of every level that three bits can name.
        let weights = fields.map { field in
            (0..<8).map { level in
                (1...field.levels.count).contains(level)
                    ? Float(field.levels[level - 1].weight) : 0
            }
        }
        var sums: [Float] = []
        sums.reserveCapacity(ComparisonPattern.count)
        for bits in 0..<ComparisonPattern.count {
            let pattern = ComparisonPattern(bits: bits)
            var sum: Float = 0
            for field in weights.indices { sum += weights[field][pattern.level(of: field)] }
            sums.append(sum)
        }
        return sums
    }
}
