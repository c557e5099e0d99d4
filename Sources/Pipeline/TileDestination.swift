internal import Geospatial
internal import SpatialStore

/// A tile on its way into an archive.
struct ArchivedTile: Sendable {
    let layer: String
    let tile: TileCoordinate
    let format: TileFormat
    let blob: PublishedBlob
    /// The bytes that `blob` holds compressed.
    let plain: [UInt8]
}

/// Where tiles are written to: a file of many, or a folder.
///
/// The result appears under its name only when it is whole.
protocol TileDestination: AnyObject {
    /// Adds tiles; each comes after those before it in `HilbertOrder`, layer by layer in a folder.
    func add(_ tiles: [ArchivedTile]) throws

    /// Writes what is said of the tiles, and gives the result its name.
    func finish(_ tileset: TilesetDescription) throws
}

/// How an archive is stored.
public enum ArchiveFormat: String, CaseIterable, Sendable {
    case pmtiles, mbtiles, directory

    /// What the ending of a name asks for.
    public init(path: String) {
        let ending = path.split(separator: "/").last?.split(separator: ".").last
        self = ending.flatMap { ArchiveFormat(rawValue: $0.lowercased()) } ?? .directory
    }
}

extension TileFormat {
    var mediaType: String {
        switch self {
        case .geoJSON: "application/geo+json"
        case .mvt: "application/vnd.mapbox-vector-tile"
        }
    }
}
