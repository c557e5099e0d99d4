internal import Foundation
internal import SpatialStore

/// An MBTiles file on disk.
final class MBTilesFile: TileDestination {
    private let path: String
    private let format: TileFormat
    private let tiles: MBTiles
    private var isFinished = false

    private var temporaryPath: String { path + ".part" }

    init(path: String, format: TileFormat) throws {
        self.path = path
        self.format = format
        tiles = try MBTiles(path: path + ".part")
    }

    deinit {
        if !isFinished { try? FileManager.default.removeItem(atPath: temporaryPath) }
    }

    func add(_ tiles: [ArchivedTile]) throws {
        try self.tiles.add(tiles.map { ($0.tile, $0.blob.gzip) })
    }

    func finish(_ tileset: TilesetDescription) throws {
        // The specification's own short name for MVT; else a media type.
        let name = format == .mvt ? "pbf" : format.mediaType
        try tiles.finish(metadata: tileset.mbtilesRows(format: name))
        guard rename(temporaryPath, path) == 0 else { throw PipelineError.cannotWrite(path: path) }
        isFinished = true
    }
}
