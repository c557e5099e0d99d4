public import Geospatial
internal import PovertyModel

/// Places a keluarga in a desa from what is written about it.
///
/// Every piece of evidence (code, names, position, the desa a surveyor wrote down, a desa named in
/// the address) says how likely it is in each desa; `PlacePosterior` combines them. A position near
/// a border, or where boundary sets disagree, divides over both sides.
public struct Geocoder: Sendable {
    public let gazetteer: Gazetteer
    private let locator: PolygonLocator
    /// For each polygon of the locator, its desa's index in the gazetteer.
    private let desaOfPolygon: [Int]
    /// Nil when positions and boundaries are taken as exact.
    private let borders: BorderUncertainty?

    /// Takes the polygons of the active boundary set, each with its desa's index in the gazetteer,
    /// and how uncertain its borders are.
    public init(
        gazetteer: Gazetteer,
        polygons: [(desa: Int, area: MultiPolygon)],
        borders: BorderUncertainty? = nil
    ) {
        self.gazetteer = gazetteer
        locator = PolygonLocator(polygons.map(\.area))
        desaOfPolygon = polygons.map(\.desa)
        self.borders = borders
    }

    /// What written code and names say; the same for every keluarga with this writing.
    public struct WrittenEvidence: Hashable, Sendable {
        /// The desa of the code, as an index into the gazetteer.
        public let code: Int?
        public let name: NameMatch
        /// The desa of the kecamatan that is named, when it is known.
        let kecamatan: [Int]
        let isEmpty: Bool
    }

    public enum PositionEvidence: Hashable, Sendable {
        case none
        /// The share of each desa; what is missing to 1 lies outside of all.
        case shares([PlaceEvidence.Share], isDefaultPoint: Bool)
        case outside

        /// The desa in which the position lies most probably.
        public var desa: Int? {
            guard case .shares(let shares, _) = self else { return nil }
            return shares.first?.desa
        }
    }

    public func evidence(
        code: String,
        desaName: String,
        kecamatanName: String
    ) -> WrittenEvidence {
        WrittenEvidence(
            code: gazetteer.index(code: code),
            name: gazetteer.match(desaName: desaName, kecamatanName: kecamatanName),
            kecamatan: gazetteer.desa(ofKecamatan: kecamatanName),
            isEmpty: code.isEmpty && desaName.isEmpty)
    }

    /// Where a position lies; one exactly on a shared border belongs to one side, see
    /// `PolygonLocator`.
    ///
    /// `sigmaMetres` is the standard deviation of the position itself in each direction.
    public func evidence(
        _ coordinate: Coordinate,
        sigmaMetres: Double,
        isDefaultPoint: Bool
    ) -> PositionEvidence {
        if let borders {
            let shares = borders.probabilities(at: coordinate, sigmaMetres: sigmaMetres)
                .compactMap { mass in
                    mass.area.map { PlaceEvidence.Share(desa: $0, share: mass.mass) }
                }
            let inside = shares.reduce(0) { $0 + $1.share }
            return inside < 0.5 ? .outside : .shares(shares, isDefaultPoint: isDefaultPoint)
        }
        guard let polygon = locator.index(of: coordinate) else { return .outside }
        return .shares(
            [PlaceEvidence.Share(desa: desaOfPolygon[polygon], share: 1)],
            isDefaultPoint: isDefaultPoint)
    }

    /// Combines everything known of a keluarga.
    ///
    /// - Parameters:
    ///   - written: code and names of its row.
    ///   - address: the desa that its address names.
    ///   - survey: code and names that a surveyor wrote beside the position.
    ///   - position: where the position lies.
    /// - Returns: the desa with its probability, or why there is none.
    public func place(
        _ written: WrittenEvidence,
        address: WrittenEvidence? = nil,
        survey: WrittenEvidence? = nil,
        position: PositionEvidence = .none
    ) -> GeocodeOutcome {
        var evidence = pieces(of: written)
        if let survey { evidence += pieces(of: survey, as: .survey) }
        if let address { evidence += pieces(of: address, as: .address) }
        if let piece = piece(of: position) { evidence.append(piece) }
        let posterior = PlacePosterior(evidence, desaCount: gazetteer.desa.count)
        guard let best = posterior.candidates.first, best.share > 0 else {
            return nothing(written, position: position, evidence, posterior)
        }
        if posterior.elsewhere > best.share {
            return GeocodeOutcome(
                .nowhere(.outside), match: .outside, probability: posterior.elsewhere)
        }
        let others = posterior.candidates.dropFirst().filter {
            $0.share >= GeocodeOutcome.leastAlternative
        }
        // Strongest first: the kind that is mistaken least often.
        let support = evidence.filter { $0.share(of: best.desa) > 0 }
            .min { $0.errorRate < $1.errorRate }
        guard let support else {
            return nothing(written, position: position, evidence, posterior)
        }
        // A name that several desa bear places nobody; a code does, and a border has two sides.
        if best.share < 0.5, position.desa == nil, support.isSoft {
            return GeocodeOutcome(
                .nowhere(.ambiguousName), match: .ambiguous, probability: 0,
                alternatives: [best] + others)
        }
        let isContradicted = evidence.contains { piece in
            !piece.isSoft && piece.share(of: best.desa) < 0.05
                && (piece.shares.first?.share ?? 0) >= 0.5
        }
        return GeocodeOutcome(
            .desa(best.desa, means: support.means),
            match: isContradicted ? .conflict : MatchClass(probability: best.share),
            probability: best.share,
            alternatives: best.share < MatchClass.certainFrom ? Array(others) : [])
    }

    /// Nothing names a desa.
    private func nothing(
        _ written: WrittenEvidence,
        position: PositionEvidence,
        _ evidence: [PlaceEvidence],
        _ posterior: PlacePosterior
    ) -> GeocodeOutcome {
        if position == .outside || evidence.contains(where: { $0.elsewhere > 0 }) {
            return GeocodeOutcome(
                .nowhere(.outside), match: .outside, probability: posterior.elsewhere)
        }
        return GeocodeOutcome(
            .nowhere(written.isEmpty ? .noEvidence : .unknownPlace), match: .none, probability: 0)
    }

    private func pieces(
        of written: WrittenEvidence,
        as means: PlacementMeans? = nil
    ) -> [PlaceEvidence] {
        var pieces: [PlaceEvidence] = []
        if let code = written.code {
            pieces.append(
                PlaceEvidence(
                    means ?? .code, shares: [.init(desa: code, share: 1)],
                    errorRate: means == .survey
                        ? EvidenceErrorRates.survey : EvidenceErrorRates.code))
        }
        let errorRate =
            switch means {
            case .address: EvidenceErrorRates.address
            default: EvidenceErrorRates.name
            }
        let candidates = written.name.candidates
        if written.name.namesDesa, !candidates.isEmpty {
            pieces.append(
                PlaceEvidence(
                    means ?? .name,
                    shares: candidates.map { .init(desa: $0.index, share: $0.probability) },
                    errorRate: errorRate, isSoft: candidates.count > 1))
            // The name of the kecamatan speaks against a code of another one, since two fields
            // are then mistaken; against its own desa name it has been heard already.
            if let code = written.code, !written.kecamatan.isEmpty,
                !written.kecamatan.contains(code)
            {
                pieces.append(kecamatan(written.kecamatan, means ?? .name))
            }
        } else if written.name.outcome == .foreign, written.code == nil {
            pieces.append(
                PlaceEvidence(
                    means ?? .name, shares: [], elsewhere: 1,
                    errorRate: EvidenceErrorRates.foreignName))
        }
        return pieces
    }

    private func kecamatan(_ desa: [Int], _ means: PlacementMeans) -> PlaceEvidence {
        let share = 1 / Double(desa.count)
        return PlaceEvidence(
            means, shares: desa.map { .init(desa: $0, share: share) },
            errorRate: EvidenceErrorRates.kecamatan, isSoft: true)
    }

    private func piece(of position: PositionEvidence) -> PlaceEvidence? {
        switch position {
        case .none:
            nil
        case .shares(let shares, let isDefaultPoint):
            PlaceEvidence(
                .coordinate, shares: shares,
                errorRate: isDefaultPoint
                    ? EvidenceErrorRates.defaultPoint : EvidenceErrorRates.position,
                isSoft: isDefaultPoint)
        case .outside:
            PlaceEvidence(
                .coordinate, shares: [], elsewhere: 1,
                errorRate: EvidenceErrorRates.positionOutside)
        }
    }
}
