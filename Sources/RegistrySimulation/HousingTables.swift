/// A question on the house in DTSEN with coded answers.
enum HousingQuestion: Int, CaseIterable, Sendable {
    case ownership, floor, wall, roof, water, light, power, fuel, toilet, closet, sewage

    /// Codes run from here.
    var firstCode: Int { self == .fuel ? 0 : 1 }

    /// Percent of the answers in the poorest and in the richest desil, in the order of the codes.
    ///
    /// Assumed: after the housing that defines poverty (Kepmensos 262/HUK/2022: earth floor,
    /// bamboo wall, no toilet of one's own, 450 VA) in a kabupaten of fields and hills.
    var answers: (poorest: [Double], richest: [Double]) {
        switch self {
        case .ownership: ([78, 3, 15, 0, 4], [90, 5, 3, 1, 1])
        case .floor: ([0, 8, 1, 10, 3, 40, 2, 35, 1], [12, 70, 2, 8, 1, 7, 0, 0, 0])
        case .wall: ([45, 8, 12, 25, 3, 6, 1], [97, 1, 2, 0, 0, 0, 0])
        case .roof: ([0, 78, 6, 9, 1, 1, 4, 1], [6, 88, 1, 4, 0, 1, 0, 0])
        case .water: ([0, 3, 12, 28, 22, 12, 9, 8, 4, 1, 1], [6, 35, 30, 22, 4, 1, 1, 1, 0, 0, 0])
        case .light: ([78, 17, 3, 2], [99, 1, 0, 0])
        case .power: ([82, 17, 1, 0, 0], [8, 35, 35, 17, 5])
        case .fuel:
            ([1, 0, 0, 0, 45, 0, 0, 0, 0, 2, 51, 1], [1, 4, 6, 6, 80, 1, 0, 0, 0, 0, 2, 0])
        case .toilet: ([42, 14, 4, 8, 2, 30], [98, 1, 0, 0, 0, 1])
        case .closet: ([45, 14, 11, 30], [98, 1, 1, 0])
        case .sewage: ([32, 2, 14, 38, 12, 2], [92, 4, 2, 2, 0, 0])
        }
    }

    /// The merged value of an older list that turns up instead of a code.
    var legacyLabel: String {
        switch self {
        case .floor: "Keramik/granit/marmer/ubin/tegel/teraso"
        case .roof: "Asbes/seng"
        case .water: "Air kemasan/isi ulang"
        case .power: "<= 900 watt"
        case .fuel: "Listrik/gas"
        case .sewage: "Tanpa tangki septik"
        case .ownership, .wall, .light, .toilet, .closet: "99"
        }
    }
}

/// Cumulative shares of every answer, asset and family size for each desil, ready to draw from.
struct HousingTables: Sendable {
    private let answers: [[[Double]]]
    private let members: [[Double]]
    /// Thresholds on 16 random bits, by desil and asset.
    private let assets: [[UInt16]]

    /// Percent of families with each asset in the poorest and the richest desil.
    ///
    /// In the order of the layout: 14 movable things, then other land and another house. Boats are
    /// percent of the families at the coast; there are none inland.
    private static let assetShares: (poorest: [Double], richest: [Double]) = (
        [55, 18, 0.2, 0.1, 0.3, 45, 12, 1, 52, 22, 0.3, 4, 3, 48, 6, 0.5],
        [95, 96, 30, 8, 6, 97, 70, 45, 97, 45, 35, 3, 4, 98, 45, 18]
    )
    static let assetCount = 16
    static let boatAssets = 11...12

    /// Percent of families with 1 to 8 members; the mean over all desil is near 3.1 (1,200,931
    /// persons, Dukcapil 2024, in 387,794 keluarga).
    private static let memberShares: (poorest: [Double], richest: [Double]) = (
        [18, 20, 24, 20, 10, 5, 2, 1], [9, 24, 34, 23, 7, 2, 1, 0]
    )

    init() {
        answers = HousingQuestion.allCases.map { Self.cumulative($0.answers) }
        members = Self.cumulative(Self.memberShares)
        assets = (1...10).map { desil in
            zip(Self.assetShares.poorest, Self.assetShares.richest).map { poorest, richest in
                UInt16(Self.between(poorest, richest, desil: desil) / 100 * 65_535)
            }
        }
    }

    func answer(
        _ question: HousingQuestion,
        desil: Int,
        generator: inout SeededGenerator
    ) -> Int {
        question.firstCode
            + Self.draw(from: answers[question.rawValue][desil - 1], generator: &generator)
    }

    func memberCount(desil: Int, generator: inout SeededGenerator) -> Int {
        1 + Self.draw(from: members[desil - 1], generator: &generator)
    }

    /// One bit for each asset.
    func assets(desil: Int, isCoastal: Bool, generator: inout SeededGenerator) -> UInt16 {
        let thresholds = assets[desil - 1]
        var owned: UInt16 = 0
        var chance: UInt64 = 0
        for asset in 0..<Self.assetCount {
            if asset % 4 == 0 { chance = generator.next() }
            let isBoatInland = Self.boatAssets.contains(asset) && !isCoastal
            if UInt16(truncatingIfNeeded: chance) < thresholds[asset], !isBoatInland {
                owned |= 1 << UInt16(asset)
            }
            chance >>= 16
        }
        return owned
    }

    private static func draw(from cumulative: [Double], generator: inout SeededGenerator) -> Int {
        let chance = generator.uniform()
        var index = 0
        while index < cumulative.count - 1, chance >= cumulative[index] { index += 1 }
        return index
    }

    private static func between(_ poorest: Double, _ richest: Double, desil: Int) -> Double {
        poorest + (richest - poorest) * Double(desil - 1) / 9
    }

    private static func cumulative(
        _ shares: (poorest: [Double], richest: [Double])
    ) -> [[Double]] {
        (1...10).map { desil in
            let shares = zip(shares.poorest, shares.richest).map {
                between($0, $1, desil: desil)
            }
            let total = shares.reduce(0, +)
            var sum = 0.0
            return shares.map {
                sum += $0 / total
                return sum
            }
        }
    }
}
