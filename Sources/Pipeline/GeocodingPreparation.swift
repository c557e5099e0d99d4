internal import Geocoding
internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// What every decision of the geocoder needs, read once.
struct GeocodingPreparation {
    let boundarySet: BoundarySet
    /// Further sets that are heard where they disagree with the active one.
    let otherSets: [BoundarySet]
    let geocoder: Geocoder
    let positions: FamilyPositions
    private let written: [Int64: Geocoder.WrittenEvidence]
    private let outside: OutsideClassification

    /// How far beyond the boundary set a position is still taken as written correctly, in degrees.
    private static let extentMargin = 0.02
    /// The active set speaks as loudly as this many others.
    private static let activeWeight = 2.0

    init(database: PovertyDatabase, seal: IdentitySeal) throws {
        guard let active = try database.activeBoundarySet() else {
            throw PipelineError.noBoundarySet(database: database.path)
        }
        let gazetteer = Gazetteer(try database.gazetteer())
        let indexOfCode = Dictionary(
            uniqueKeysWithValues: gazetteer.desa.enumerated().map { ($1.code, $0) })
        func polygons(_ set: BoundarySet) throws -> [(desa: Int, area: MultiPolygon)] {
            try database.boundaries(of: set).compactMap { boundary in
                indexOfCode[boundary.desa].map { ($0, boundary.area) }
            }
        }
        let own = try polygons(active)
        guard let extent = BoundingBox(enclosing: own.compactMap(\.area.boundingBox)) else {
            throw PipelineError.noBoundarySet(database: database.path)
        }
        otherSets = try database.comparedBoundarySets(to: active)
        let sets =
            try [(active, own, Self.activeWeight)]
            + otherSets.map { set in
                (set, try polygons(set), 1)
            }
        let indexed = sets.map { set, polygons, weight in
            (
                index: BorderIndex(polygons.map { (area: $0.desa, polygon: $0.area) }),
                accuracyMetres: set.accuracyMetres, weight: weight
            )
        }
        let borders = BorderUncertainty(sets: indexed)
        boundarySet = active
        let geocoder = Geocoder(gazetteer: gazetteer, polygons: own, borders: borders)
        self.geocoder = geocoder
        outside = OutsideClassification(
            index: indexed[0].index,
            bordersOnLand: Set(
                gazetteer.desa.indices.filter { !gazetteer.desa[$0].outerNeighbours.isEmpty }))
        positions = try FamilyPositions(
            database: database, seal: seal,
            extent: BoundingBox(
                west: extent.west - Self.extentMargin, south: extent.south - Self.extentMargin,
                east: extent.east + Self.extentMargin, north: extent.north + Self.extentMargin))
        written = Dictionary(
            uniqueKeysWithValues: try database.writtenPlaces().map { place in
                (
                    place.id,
                    geocoder.evidence(
                        code: place.code, desaName: place.desaName,
                        kecamatanName: place.kecamatanName)
                )
            })
    }

    func evidence(ofPlace id: Int64) -> Geocoder.WrittenEvidence {
        guard let evidence = written[id] else {
            preconditionFailure("a keluarga of an unknown place \(id)")
        }
        return evidence
    }

    func evidence(of position: FamilyPositions.Position?) -> Geocoder.PositionEvidence {
        position.map {
            geocoder.evidence(
                $0.coordinate, sigmaMetres: $0.sigmaMetres, isDefaultPoint: $0.isDefaultPoint)
        } ?? .none
    }

    func place(
        _ keluarga: StoredKeluarga,
        surveyPlaceID: Int64?,
        position: Geocoder.PositionEvidence
    ) -> GeocodeOutcome {
        geocoder.place(
            evidence(ofPlace: keluarga.placeID),
            address: keluarga.addressPlaceID.map(evidence(ofPlace:)),
            survey: surveyPlaceID.map(evidence(ofPlace:)),
            position: position)
    }

    /// What lies at a position outside of every desa, as far as the outline tells.
    func outsideNote(_ coordinate: Coordinate) -> PositionNote {
        switch outside.place(of: coordinate) {
        case .sea: .atSea
        case .otherKabupaten: .otherKabupaten
        case .farAway: .farAway
        case .gap: .inGap
        case .unclear, nil: .outside
        }
    }
}

extension PovertyDatabase {
    /// The sets that are heard beside the active one.
    ///
    /// The product's own tracing is a coarse copy: beside a better set it says nothing new.
    func comparedBoundarySets(to active: BoundarySet) throws -> [BoundarySet] {
        try boundarySets().filter {
            $0.id != active.id && $0.name != BoundaryImport.ownTracing.name
        }
    }
}
