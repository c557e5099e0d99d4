/// The named, dated rule by which a keluarga counts as extremely poor.
///
/// The rule's name and date stand on every map. None of them is the figure that BPS publishes.
public struct ExtremePovertyRule: Hashable, Sendable {
    /// A short key such as `desil-1`.
    public let id: String
    /// The name shown to people, such as `Desil 1`.
    public let name: String
    public let inForceSince: CalendarDate
    /// A keluarga counts when its desil is at most this one.
    public let highestDesil: Desil
    /// Where the rule comes from, in a sentence.
    public let basis: String

    public init(
        id: String,
        name: String,
        inForceSince: CalendarDate,
        highestDesil: Desil,
        basis: String
    ) {
        self.id = id
        self.name = name
        self.inForceSince = inForceSince
        self.highestDesil = highestDesil
        self.basis = basis
    }

    public func isExtreme(_ desil: Desil?) -> Bool {
        guard let desil else { return false }
        return desil <= highestDesil
    }

    /// The rule in force on `date`: the latest that had begun, nil when none had.
    public static func inForce(
        on date: CalendarDate,
        among rules: [ExtremePovertyRule]
    ) -> ExtremePovertyRule? {
        rules.filter { $0.inForceSince <= date }
            .max { ($0.inForceSince, $0.id) < ($1.inForceSince, $1.id) }
    }
}
