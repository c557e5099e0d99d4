public import PovertyModel

/// What one piece of evidence says about where a family lives.
public struct PlaceEvidence: Hashable, Sendable {
    public struct Share: Hashable, Sendable {
        /// An index into the gazetteer.
        public let desa: Int
        public let share: Double

        public init(desa: Int, share: Double) {
            self.desa = desa
            self.share = share
        }
    }

    public let means: PlacementMeans
    /// How it divides over desa, if it is not mistaken; at most 1 in all, largest first.
    public let shares: [Share]
    /// Its share for a place outside of the kabupaten.
    public let elsewhere: Double
    /// How often such a piece of evidence is mistaken, and then says anything at all.
    public let errorRate: Double
    /// Several desa bear its name, or a border is near: it does not contradict a neighbour of its
    /// choice.
    public let isSoft: Bool

    public init(
        _ means: PlacementMeans,
        shares: [Share],
        elsewhere: Double = 0,
        errorRate: Double,
        isSoft: Bool = false
    ) {
        precondition(errorRate > 0 && errorRate < 1, "error rate \(errorRate)")
        self.means = means
        self.shares = shares
        self.elsewhere = elsewhere
        self.errorRate = errorRate
        self.isSoft = isSoft
    }

    func share(of desa: Int) -> Double {
        shares.first { $0.desa == desa }?.share ?? 0
    }
}

/// The probability of each desa after all evidence.
///
/// Bayes' rule over the desa of the gazetteer and “elsewhere”, all desa alike beforehand. A piece
/// of evidence *e* has the likelihood (1 − ε) *s*(*d*) + ε / (*N* + 1): its share of the desa when
/// it is right, and anything at all when it is mistaken. Pieces are taken as independent given the
/// desa. The error rates are stated, not estimated (`EvidenceErrorRates`); a test holds the
/// resulting probabilities against the truth of a simulated register.
///
/// - Complexity: O(*e* · *c*), *c* the desa that some evidence names.
struct PlacePosterior {
    /// Largest first; desa that no evidence names share the rest.
    let candidates: [PlaceEvidence.Share]
    let elsewhere: Double

    /// A family that a register of the kabupaten lists lives elsewhere this often.
    private static let priorElsewhere = 0.02

    init(_ evidence: [PlaceEvidence], desaCount: Int) {
        var named: [Int] = []
        for share in evidence.lazy.flatMap(\.shares) where !named.contains(share.desa) {
            named.append(share.desa)
        }
        let hypotheses = Double(desaCount + 1)
        func likelihood(_ share: (PlaceEvidence) -> Double) -> Double {
            evidence.reduce(1) { product, piece in
                product
                    * ((1 - piece.errorRate) * share(piece) + piece.errorRate / hypotheses)
            }
        }
        let prior = (1 - Self.priorElsewhere) / Double(max(desaCount, 1))
        let weights = named.map { desa in
            PlaceEvidence.Share(
                desa: desa, share: prior * likelihood { $0.share(of: desa) })
        }
        let outside = Self.priorElsewhere * likelihood(\.elsewhere)
        let others = prior * Double(max(0, desaCount - named.count)) * likelihood { _ in 0 }
        let sum = weights.reduce(outside + others) { $0 + $1.share }
        candidates = weights.map {
            PlaceEvidence.Share(desa: $0.desa, share: sum > 0 ? $0.share / sum : 0)
        }.sorted { ($1.share, $0.desa) < ($0.share, $1.desa) }
        elsewhere = sum > 0 ? outside / sum : 0
    }
}

/// How often evidence of each kind is mistaken; assumed, of the order seen in field reports.
///
/// Their order says what wins when two contradict each other: the code before the position, the
/// position before the name.
enum EvidenceErrorRates {
    static let code = 0.003
    static let name = 0.006
    static let kecamatan = 0.005
    static let survey = 0.005
    static let address = 0.02
    /// A device without a fix, a point taken at the wrong house.
    static let position = 0.005
    /// Positions outside of the kabupaten are more often faults than families that moved.
    static let positionOutside = 0.3
    /// Taken at the balai desa: of the right desa as a rule.
    static let defaultPoint = 0.05
    static let foreignName = 0.1
}

extension NameMatch {
    /// The name means a desa of ours, perhaps one of several.
    var namesDesa: Bool {
        switch outcome {
        case .one, .ambiguous: true
        case .foreign, .unknown: false
        }
    }

    /// The desa, when the name means one and no other.
    public var onlyDesa: Int? {
        guard case .one(let desa) = outcome else { return nil }
        return desa
    }
}
