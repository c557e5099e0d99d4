public import Geospatial
public import PovertyModel

/// Places a keluarga in a desa from what is written about it.
///
/// Three kinds of evidence each name at most one desa: the code, the position, the names. Where
/// they agree, the placement is certain. Where two agree against the third, the two win. Otherwise
/// the code wins over the position and the position over the name, with one exception: a name
/// found in the kecamatan that the row states beats a code of another kecamatan, since two fields
/// then speak against one.
public struct Geocoder: Sendable {
    public let gazetteer: Gazetteer
    private let locator: PolygonLocator
    /// For each polygon of the locator, its desa's index in the gazetteer.
    private let desaOfPolygon: [Int]

    /// Takes the polygons of the active boundary set, each with its desa's index in the gazetteer.
    public init(gazetteer: Gazetteer, polygons: [(desa: Int, area: MultiPolygon)]) {
        self.gazetteer = gazetteer
        locator = PolygonLocator(polygons.map(\.area))
        desaOfPolygon = polygons.map(\.desa)
    }

    /// What the written code and names say; the same for every keluarga with this writing.
    public struct WrittenEvidence: Hashable, Sendable {
        /// The desa of the code, as an index into the gazetteer.
        public let code: Int?
        public let name: NameCandidates
        /// A name in its stated kecamatan against a code of another kecamatan.
        public let nameBeatsCode: Bool
        let isEmpty: Bool
    }

    public enum PositionEvidence: Hashable, Sendable {
        case none
        case inside(desa: Int)
        /// A default point: believed only when there is nothing else.
        case defaultPoint(desa: Int)
        case outside
    }

    public func evidence(
        code: String,
        desaName: String,
        kecamatanName: String
    ) -> WrittenEvidence {
        let index = gazetteer.index(code: code)
        let name = gazetteer.candidates(desaName: desaName, kecamatanName: kecamatanName)
        let isElsewhere =
            index.flatMap { gazetteer.isDesa($0, inKecamatan: kecamatanName) } == false
        return WrittenEvidence(
            code: index,
            name: name,
            nameBeatsCode: name.agreesWithKecamatan && name.unique != nil && isElsewhere,
            isEmpty: code.isEmpty && desaName.isEmpty)
    }

    /// Where a position lies; one on a shared border belongs to one side, see `PolygonLocator`.
    public func evidence(_ coordinate: Coordinate, isDefaultPoint: Bool) -> PositionEvidence {
        guard let polygon = locator.index(of: coordinate) else { return .outside }
        let desa = desaOfPolygon[polygon]
        return isDefaultPoint ? .defaultPoint(desa: desa) : .inside(desa: desa)
    }

    public func place(
        _ written: WrittenEvidence,
        position: PositionEvidence
    ) -> GeocodeOutcome {
        var named: [(means: PlacementMeans, desa: Int)] = []
        if let code = written.code { named.append((.code, code)) }
        if case .inside(let desa) = position { named.append((.coordinate, desa)) }
        if let name = written.name.unique { named.append((.name, name)) }

        guard let first = named.first else { return fallback(written, position: position) }
        if named.allSatisfy({ $0.desa == first.desa }) {
            return .placed(
                desa: first.desa,
                means: first.means,
                certainty: named.count > 1 ? .certain : .likely)
        }
        let winner = majority(of: named) ?? strongest(of: named, written)
        return .placed(desa: winner.desa, means: winner.means, certainty: .disputed)
    }

    private func majority(
        of named: [(means: PlacementMeans, desa: Int)]
    ) -> (means: PlacementMeans, desa: Int)? {
        named.first { candidate in named.count { $0.desa == candidate.desa } > 1 }
    }

    private func strongest(
        of named: [(means: PlacementMeans, desa: Int)],
        _ written: WrittenEvidence
    ) -> (means: PlacementMeans, desa: Int) {
        if written.nameBeatsCode, let name = named.last, name.means == .name { return name }
        return named[0]
    }

    /// Nothing names exactly one desa.
    private func fallback(
        _ written: WrittenEvidence,
        position: PositionEvidence
    ) -> GeocodeOutcome {
        if case .defaultPoint(let desa) = position {
            return .placed(desa: desa, means: .coordinate, certainty: .likely)
        }
        if written.name.indices.count > 1 {
            return .unplaced(.ambiguousName)
        }
        if position == .outside { return .unplaced(.outside) }
        return .unplaced(written.isEmpty ? .noEvidence : .unknownPlace)
    }
}

/// Where a keluarga was placed, or why not.
public enum GeocodeOutcome: Hashable, Sendable {
    /// `desa` is an index into the gazetteer.
    case placed(desa: Int, means: PlacementMeans, certainty: PlacementCertainty)
    case unplaced(UnplacedReason)
}
