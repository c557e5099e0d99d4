/// A share that the hotspot map can be made of: which keluarga are counted, and among which.
///
/// The share of the rule in force is the first of a release; further ones come from the criteria
/// file, or are the standard ones.
public struct PovertyIndicator: Hashable, Sendable {
    /// A key of small letters, digits and hyphens, such as `desil-1-2`.
    public let id: String
    /// The name shown to people, such as `Desil 1-2`.
    public let name: String
    public let inForceSince: CalendarDate
    /// The numerator.
    public let counted: ClosedRange<Desil>
    /// The denominator; nil for all keluarga, those of unknown desil as well.
    public let among: ClosedRange<Desil>?

    /// The counted desil must be among those of the denominator.
    public init(
        id: String,
        name: String,
        inForceSince: CalendarDate,
        counted: ClosedRange<Desil>,
        among: ClosedRange<Desil>?
    ) {
        precondition(Self.isKey(id), "the id of an indicator is “\(id)”")
        if let among {
            precondition(
                among.lowerBound <= counted.lowerBound && counted.upperBound <= among.upperBound
                    && among != counted,
                "\(counted) is no part of \(among)")
        }
        self.id = id
        self.name = name
        self.inForceSince = inForceSince
        self.counted = counted
        self.among = among
    }

    /// The share of the rule, under the id `ekstrem`.
    public init(_ rule: ExtremePovertyRule) {
        self.init(
            id: Self.extremeID, name: rule.name, inForceSince: rule.inForceSince,
            counted: Desil.all[0]...rule.highestDesil, among: nil)
    }

    public static let extremeID = "ekstrem"

    /// At most 24 small letters, digits and hyphens, the first one a letter.
    public static func isKey(_ text: String) -> Bool {
        (1...24).contains(text.utf8.count) && text.first?.isLetter == true
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45
            }
    }

    public func cases(in figures: AreaFigures) -> Int { Self.sum(counted, figures) }

    public func population(in figures: AreaFigures) -> Int {
        among.map { Self.sum($0, figures) } ?? figures.keluarga
    }

    private static func sum(_ range: ClosedRange<Desil>, _ figures: AreaFigures) -> Int {
        Desil.all.reduce(0) { $0 + (range.contains($1) ? figures.desil[$1] : 0) }
    }

    /// Whether both are the same share under two names.
    public func isSameShare(as other: PovertyIndicator) -> Bool {
        counted == other.counted && among == other.among
    }

    /// Those that a release tests when its criteria file names none: the lowest tenth, fifth and
    /// two fifths of the welfare ranking, the groups by which programmes choose.
    public static let standard: [PovertyIndicator] = [1, 2, 4].map { highest in
        PovertyIndicator(
            id: highest == 1 ? "desil-1" : "desil-1-\(highest)",
            name: highest == 1 ? "Desil 1" : "Desil 1–\(highest)",
            inForceSince: standardDate, counted: Desil.all[0]...Desil.all[highest - 1], among: nil)
    }

    /// That of the first rule: Inpres 4/2022, by which P3KE ranks families.
    private static let standardDate =
        CalendarDate(year: 2022, month: 6, day: 8) ?? .unixEpoch

    /// The indicators in force on `date`, in the order in which their ids first stand: of those
    /// with one id the latest that had begun.
    public static func inForce(
        on date: CalendarDate,
        among indicators: [PovertyIndicator]
    ) -> [PovertyIndicator] {
        var order: [String] = []
        var latest: [String: PovertyIndicator] = [:]
        for indicator in indicators where indicator.inForceSince <= date {
            guard let known = latest[indicator.id] else {
                order.append(indicator.id)
                latest[indicator.id] = indicator
                continue
            }
            if known.inForceSince <= indicator.inForceSince { latest[indicator.id] = indicator }
        }
        return order.compactMap { latest[$0] }
    }
}
