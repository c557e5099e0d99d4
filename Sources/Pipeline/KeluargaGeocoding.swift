internal import Geocoding
internal import Geospatial
public import PovertyModel
public import SpatialStore

/// Places each keluarga of a register in a desa of the active boundary set.
public struct KeluargaGeocoding {
    public struct Summary: Hashable, Sendable {
        public let register: RegistryImport
        public let boundarySet: String
        public var placed: [PlacementMeans: Int] = [:]
        public var certainty: [PlacementCertainty: Int] = [:]
        public var unplaced: [UnplacedReason: Int] = [:]
        /// Keluarga with a position of any worth.
        public var withPosition = 0
        /// Keluarga whose position counts in the density cells.
        public var inCells = 0
        /// Positions by what had to be mended or why they are useless.
        public var positionNotes: [PositionNote: Int] = [:]

        public var total: Int {
            placed.values.reduce(0, +) + unplaced.values.reduce(0, +)
        }
        public var addsUp: Bool { total == register.rowsStored }
    }

    /// What there is to say of a position.
    public enum PositionNote: Hashable, Sendable {
        case decimalComma, swappedAxes, missingMinus
        case zero, unreadable
        /// Many families lie on this very spot.
        case shared

        init(_ repair: PositionReading.Repair) {
            switch repair {
            case .decimalComma: self = .decimalComma
            case .swappedAxes: self = .swappedAxes
            case .missingMinus: self = .missingMinus
            }
        }
    }

    public let database: PovertyDatabase
    public let seal: IdentitySeal
    public let progress: any StepProgress

    /// Flat to flat; about 2,000 cells over the kabupaten.
    public static let cellWidthMetres = 1000.0
    /// How far beyond the boundary set a position is still taken as written correctly, in degrees.
    private static let extentMargin = 0.02

    public init(database: PovertyDatabase, seal: IdentitySeal, progress: any StepProgress) {
        self.database = database
        self.seal = seal
        self.progress = progress
    }

    /// The registers to place: the one numbered `id`, or all.
    public func registers(id: Int64? = nil) throws -> [RegistryImport] {
        guard let id else { return try database.registers() }
        return [try database.register(id: id)]
    }

    /// What every decision needs.
    struct Preparation {
        let boundarySet: BoundarySet
        let geocoder: Geocoder
        fileprivate let positions: FamilyPositions
    }

    func prepare() throws -> Preparation {
        guard let boundarySet = try database.activeBoundarySet() else {
            throw PipelineError.noBoundarySet(database: database.path)
        }
        let gazetteer = Gazetteer(try database.gazetteer())
        let boundaries = try database.boundaries(of: boundarySet)
        let indexOfCode = Dictionary(
            uniqueKeysWithValues: gazetteer.desa.enumerated().map { ($1.code, $0) })
        let geocoder = Geocoder(
            gazetteer: gazetteer,
            polygons: boundaries.compactMap { boundary in
                indexOfCode[boundary.desa].map { ($0, boundary.area) }
            })
        let positions = try FamilyPositions(
            database: database, seal: seal, extent: extent(of: boundaries))
        return Preparation(boundarySet: boundarySet, geocoder: geocoder, positions: positions)
    }

    public func run(register: RegistryImport) throws -> Summary {
        let step = "Placing \(register.rowsStored) keluarga"
        progress.report(step, fraction: 0)
        let prepared = try prepare()
        let (boundarySet, geocoder) = (prepared.boundarySet, prepared.geocoder)
        let gazetteer = geocoder.gazetteer
        let positions = prepared.positions
        var written: [Int64: Geocoder.WrittenEvidence] = [:]
        for place in try database.writtenPlaces() {
            written[place.id] = geocoder.evidence(
                code: place.code, desaName: place.desaName, kecamatanName: place.kecamatanName)
        }
        var summary = Summary(register: register, boundarySet: boundarySet.name)
        let grid = HexagonGrid(widthMetres: Self.cellWidthMetres)
        var count = 0
        try database.replacePlacements(
            of: register, boundarySet: boundarySet, cellWidthMetres: Self.cellWidthMetres
        ) { keluarga in
            count += 1
            if count % 10_000 == 0 {
                progress.report(
                    step, fraction: Double(count) / Double(max(register.rowsStored, 1)))
            }
            let position = positions.position(of: keluarga, notes: &summary.positionNotes)
            if position != nil { summary.withPosition += 1 }
            let evidence = prepared.evidence(of: position)
            guard let place = written[keluarga.placeID] else {
                preconditionFailure("keluarga of an unknown place \(keluarga.placeID)")
            }
            switch geocoder.place(place, position: evidence) {
            case .placed(let desa, let means, let certainty):
                summary.placed[means, default: 0] += 1
                summary.certainty[certainty, default: 0] += 1
                var cell: HexagonGrid.Cell?
                if let position, evidence == .inside(desa: desa) {
                    cell = grid.cell(at: position.coordinate)
                    summary.inCells += 1
                }
                return .placed(
                    desa: gazetteer.desa[desa].code, means: means, certainty: certainty,
                    cellID: cell?.id)
            case .unplaced(let reason):
                summary.unplaced[reason, default: 0] += 1
                return .unplaced(reason)
            }
        }
        try database.checkpoint()
        progress.report(step, fraction: 1)
        return summary
    }

    private func extent(of boundaries: [DesaBoundary]) throws -> BoundingBox {
        guard
            let extent = BoundingBox(enclosing: boundaries.compactMap(\.area.boundingBox))
        else { throw PipelineError.noBoundarySet(database: database.path) }
        return BoundingBox(
            west: extent.west - Self.extentMargin,
            south: extent.south - Self.extentMargin,
            east: extent.east + Self.extentMargin,
            north: extent.north + Self.extentMargin)
    }
}

extension KeluargaGeocoding.Preparation {
    func evidence(
        of position: (coordinate: Coordinate, isDefaultPoint: Bool)?
    ) -> Geocoder.PositionEvidence {
        position.map {
            geocoder.evidence($0.coordinate, isDefaultPoint: $0.isDefaultPoint)
        } ?? .none
    }

    func position(
        of keluarga: StoredKeluarga,
        notes: inout [KeluargaGeocoding.PositionNote: Int]
    ) -> (coordinate: Coordinate, isDefaultPoint: Bool)? {
        positions.position(of: keluarga, notes: &notes)
    }
}

/// The positions of all verification sheets, by family.
private struct FamilyPositions {
    private var coordinates: [FamilyKey: Coordinate] = [:]
    private var notes: [FamilyKey: [KeluargaGeocoding.PositionNote]] = [:]
    private var defaultPoints = DefaultPoints()

    init(database: PovertyDatabase, seal: IdentitySeal, extent: BoundingBox) throws {
        try database.positions(seal: seal) { stored in
            // A later sheet corrects an earlier one.
            coordinates[stored.familyKey] = nil
            notes[stored.familyKey] = nil
            switch PositionReading(x: stored.x, y: stored.y, extent: extent) {
            case .position(let coordinate, let repairs):
                coordinates[stored.familyKey] = coordinate
                if !repairs.isEmpty {
                    notes[stored.familyKey] = repairs.map(KeluargaGeocoding.PositionNote.init)
                }
            case .empty: break
            case .zero: notes[stored.familyKey] = [.zero]
            case .unreadable: notes[stored.familyKey] = [.unreadable]
            }
        }
        for coordinate in coordinates.values { defaultPoints.note(coordinate) }
    }

    func position(
        of keluarga: StoredKeluarga,
        notes counts: inout [KeluargaGeocoding.PositionNote: Int]
    ) -> (coordinate: Coordinate, isDefaultPoint: Bool)? {
        guard let key = keluarga.familyKey else { return nil }
        for note in notes[key] ?? [] { counts[note, default: 0] += 1 }
        guard let coordinate = coordinates[key] else { return nil }
        let isDefaultPoint = defaultPoints.contains(coordinate)
        if isDefaultPoint { counts[.shared, default: 0] += 1 }
        return (coordinate, isDefaultPoint)
    }
}
