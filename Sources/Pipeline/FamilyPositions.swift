public import Geocoding
internal import Geospatial
internal import SpatialStore

/// The positions of all verification sheets, by family.
struct FamilyPositions {
    /// What a sheet knows of a family's whereabouts.
    struct Entry {
        let coordinate: Coordinate?
        /// Standard deviation of the position in each direction.
        let sigmaMetres: Double
        let resolutionMetres: Double
        let notes: [PositionNote]
        /// The desa that the surveyor wrote down, as an index into the written places.
        let placeID: Int64?
    }

    /// What one family's position comes to.
    struct Position {
        let coordinate: Coordinate
        let sigmaMetres: Double
        let isDefaultPoint: Bool
    }

    /// A position written more coarsely says only in which part of the kabupaten it may be.
    private static let coarsestMetres = 2_000.0

    /// Indices of `entries`.
    private var byKey: [FamilyHash: Int] = [:]
    private var entries: [Entry] = []
    private var defaultPoints = DefaultPoints()

    init(database: PovertyDatabase, seal: IdentitySeal, extent: BoundingBox) throws {
        try database.positions(seal: seal) { stored in
            let entry = Self.entry(stored, extent: extent)
            // A later sheet corrects an earlier one.
            for key in stored.keys { byKey[key] = entries.count }
            entries.append(entry)
        }
        for index in Set(byKey.values) {
            let entry = entries[index]
            if let coordinate = entry.coordinate {
                defaultPoints.note(coordinate, resolutionMetres: entry.resolutionMetres)
            }
        }
    }

    private static func entry(_ stored: StoredPosition, extent: BoundingBox) -> Entry {
        var coordinate: Coordinate?
        var notes: [PositionNote] = []
        var resolutionMetres = 0.0
        let text = PositionText(x: stored.fix.x, y: stored.fix.y, extent: extent)
        switch text.reading {
        case .position(let found, let repairs):
            resolutionMetres = text.resolutionMetres ?? 0
            if resolutionMetres > coarsestMetres {
                notes = [.coarse]
            } else {
                coordinate = found
                notes = repairs.map(PositionNote.repaired)
            }
        case .empty: break
        case .zero: notes = [.zero]
        case .unreadable: notes = [.unreadable]
        }
        return Entry(
            coordinate: coordinate,
            sigmaMetres: WrittenAccuracy.sigmaMetres(
                stored.fix.accuracy, resolutionMetres: resolutionMetres),
            resolutionMetres: resolutionMetres,
            notes: notes,
            placeID: stored.placeID)
    }

    /// What is known of `keluarga`, by whichever of its keys a sheet has.
    func entry(of keluarga: StoredKeluarga) -> Entry? {
        let keys = [keluarga.familyKey].compactMap(\.self) + keluarga.otherKeys
        return keys.lazy.compactMap { byKey[$0] }.first.map { entries[$0] }
    }

    /// The position of an entry, with the notes on it counted.
    func position(
        _ entry: Entry,
        notes counts: inout [PositionNote: Int]
    ) -> Position? {
        for note in entry.notes { counts[note, default: 0] += 1 }
        guard let coordinate = entry.coordinate else { return nil }
        let isDefaultPoint = defaultPoints.contains(coordinate)
        if isDefaultPoint { counts[.shared, default: 0] += 1 }
        return Position(
            coordinate: coordinate, sigmaMetres: entry.sigmaMetres,
            isDefaultPoint: isDefaultPoint)
    }
}

/// What there is to say of a position.
public enum PositionNote: Hashable, Sendable {
    case repaired(PositionReading.Repair)
    case zero, unreadable
    /// Whole degrees, or one decimal.
    case coarse
    /// Many families lie on this very spot.
    case shared
    /// Outside of every desa: at sea, in another kabupaten, far from this one, in a gap between
    /// polygons, or it cannot be told which.
    case atSea, otherKabupaten, farAway, inGap, outside
}
