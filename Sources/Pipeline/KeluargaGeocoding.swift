internal import Geocoding
internal import Geospatial
public import PovertyModel
public import SpatialStore

/// Places each keluarga of a register in a desa of the active boundary set.
public struct KeluargaGeocoding {
    public struct Summary: Hashable, Sendable {
        public let register: RegistryRelease
        public let keluarga: Int
        public let boundarySet: String
        /// Further boundary sets that were heard, by name.
        public let otherSets: [String]
        public var placed: [PlacementMeans: Int] = [:]
        /// Of the placed.
        public var matches: [MatchClass: Int] = [:]
        public var unplaced: [UnplacedReason: Int] = [:]
        /// Placed, but with another desa possible.
        public var withAlternatives = 0
        /// Keluarga with a position of any worth.
        public var withPosition = 0
        /// Keluarga whose position counts in the density cells.
        public var inCells = 0
        /// Positions by what had to be mended or why they are useless.
        public var positionNotes: [PositionNote: Int] = [:]

        public var total: Int {
            placed.values.reduce(0, +) + unplaced.values.reduce(0, +)
        }
        public var addsUp: Bool { total == keluarga }
    }

    public let database: PovertyDatabase
    public let seal: IdentitySeal
    public let progress: any StepProgress

    /// Flat to flat; about 2,000 cells over the kabupaten.
    public static let cellWidthMetres = 1000.0

    public init(database: PovertyDatabase, seal: IdentitySeal, progress: any StepProgress) {
        self.database = database
        self.seal = seal
        self.progress = progress
    }

    /// The registers to place: the one with the import `id`, or all.
    public func registers(id: Int64? = nil) throws -> [RegistryRelease] {
        guard let id else { return try database.registers() }
        return [try database.register(id: id)]
    }

    public func run(register: RegistryRelease) throws -> Summary {
        let keluargaCount = try database.keluargaCount(of: register)
        let step = "Placing \(keluargaCount) keluarga"
        progress.report(step, fraction: 0)
        let prepared = try GeocodingPreparation(database: database, seal: seal)
        let gazetteer = prepared.geocoder.gazetteer
        var summary = Summary(
            register: register, keluarga: keluargaCount, boundarySet: prepared.boundarySet.name,
            otherSets: prepared.otherSets.map(\.name))
        let grid = HexagonGrid(widthMetres: Self.cellWidthMetres)
        // Most keluarga have no position, and thousands of them one writing.
        var withoutPosition: [Writing: GeocodeOutcome] = [:]
        var count = 0
        try database.replacePlacements(
            of: register, boundarySet: prepared.boundarySet,
            cellWidthMetres: Self.cellWidthMetres
        ) { keluarga in
            count += 1
            if count % 10_000 == 0 {
                progress.report(step, fraction: Double(count) / Double(max(keluargaCount, 1)))
            }
            let entry = prepared.positions.entry(of: keluarga)
            let position = entry.flatMap {
                prepared.positions.position($0, notes: &summary.positionNotes)
            }
            let outcome: GeocodeOutcome
            var cell: HexagonGrid.Cell?
            if position == nil, entry?.placeID == nil {
                let writing = Writing(keluarga)
                outcome =
                    withoutPosition[writing]
                    ?? prepared.place(keluarga, surveyPlaceID: nil, position: .none)
                withoutPosition[writing] = outcome
            } else {
                let evidence = prepared.evidence(of: position)
                outcome = prepared.place(
                    keluarga, surveyPlaceID: entry?.placeID, position: evidence)
                if let position {
                    summary.withPosition += 1
                    if evidence == .outside {
                        let note = prepared.outsideNote(position.coordinate)
                        summary.positionNotes[note, default: 0] += 1
                    }
                    if !position.isDefaultPoint, let desa = outcome.desa, desa == evidence.desa {
                        cell = grid.cell(at: position.coordinate)
                    }
                }
            }
            summary.count(outcome, isInCell: cell != nil)
            return StoredPlacement(outcome, gazetteer: gazetteer, cellID: cell?.id)
        }
        try database.checkpoint()
        progress.report(step, fraction: 1)
        return summary
    }

    private struct Writing: Hashable {
        let place: Int64
        let addressPlace: Int64?

        init(_ keluarga: StoredKeluarga) {
            place = keluarga.placeID
            addressPlace = keluarga.addressPlaceID
        }
    }
}

extension KeluargaGeocoding.Summary {
    fileprivate mutating func count(_ outcome: GeocodeOutcome, isInCell: Bool) {
        switch outcome.place {
        case .desa(_, let means):
            placed[means, default: 0] += 1
            matches[outcome.match, default: 0] += 1
            if !outcome.alternatives.isEmpty { withAlternatives += 1 }
        case .nowhere(let reason):
            unplaced[reason, default: 0] += 1
        }
        if isInCell { inCells += 1 }
    }
}

extension StoredPlacement {
    fileprivate init(_ outcome: GeocodeOutcome, gazetteer: Gazetteer, cellID: Int?) {
        let place: Where =
            switch outcome.place {
            case .desa(let index, let means): .desa(gazetteer.desa[index].code, means: means)
            case .nowhere(let reason): .nowhere(reason)
            }
        self.init(
            place,
            match: outcome.match,
            probability: outcome.probability,
            alternatives: Dictionary(
                uniqueKeysWithValues: outcome.alternatives.map {
                    (gazetteer.desa[$0.desa].code, $0.share)
                }),
            cellID: cellID)
    }
}
