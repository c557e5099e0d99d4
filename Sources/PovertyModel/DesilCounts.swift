/// Keluarga by desil, with those whose desil is missing or unreadable kept apart.
public struct DesilCounts: Hashable, Sendable {
    /// Eleven counts: desil 1 to 10, then unknown.
    public private(set) var cells: [Int]

    public static let unknownCell = 10

    public init() {
        cells = Array(repeating: 0, count: 11)
    }

    public mutating func add(_ count: Int, desil: Desil?) {
        cells[desil.map { $0.number - 1 } ?? Self.unknownCell] += count
    }

    public mutating func add(_ other: DesilCounts) {
        for index in cells.indices { cells[index] += other.cells[index] }
    }

    public subscript(desil: Desil) -> Int { cells[desil.number - 1] }

    public var unknown: Int { cells[Self.unknownCell] }

    public var total: Int { cells.reduce(0, +) }

    /// The keluarga that `rule` calls extremely poor.
    public func extreme(by rule: ExtremePovertyRule) -> Int {
        cells[..<rule.highestDesil.number].reduce(0, +)
    }
}
