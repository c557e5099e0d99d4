public import PovertyModel

/// Where a keluarga was placed, or why not, and how sure that is.
public struct GeocodeOutcome: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        /// `desa` is an index into the gazetteer.
        case desa(Int, means: PlacementMeans)
        case nowhere(UnplacedReason)
    }

    public let place: Place
    public let match: MatchClass
    /// Of the desa; of being elsewhere for `outside`; 0 when nothing leads anywhere.
    public let probability: Double
    /// The other desa with at least `leastAlternative`, most probable first.
    public let alternatives: [PlaceEvidence.Share]

    public static let leastAlternative = 0.005

    public init(
        _ place: Place,
        match: MatchClass,
        probability: Double,
        alternatives: [PlaceEvidence.Share] = []
    ) {
        self.place = place
        self.match = match
        self.probability = probability
        self.alternatives = alternatives
    }

    /// The desa, as an index into the gazetteer.
    public var desa: Int? {
        guard case .desa(let index, _) = place else { return nil }
        return index
    }
}
