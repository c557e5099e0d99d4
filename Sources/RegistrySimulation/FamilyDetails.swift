/// Help of the state, one bit each, and other answers of a family that DTSEN does not have.
struct FamilyDetails: Sendable {
    struct Programmes: OptionSet, Sendable {
        let rawValue: UInt8
        static let bpnt = Programmes(rawValue: 1)
        static let bpum = Programmes(rawValue: 2)
        static let bst = Programmes(rawValue: 4)
        static let pkh = Programmes(rawValue: 8)
        static let sembako = Programmes(rawValue: 16)
        static let prakerja = Programmes(rawValue: 32)
        static let kur = Programmes(rawValue: 64)
    }

    let programmes: Programmes
    let hasSavings: Bool
    /// Within the ten of its desil.
    let percentile: Int
    let hasGoodRoof: Bool
    let hasGoodWall: Bool
    let hasGoodFloor: Bool
    let roomCount: Int
}
