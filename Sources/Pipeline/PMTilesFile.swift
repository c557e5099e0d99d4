internal import Foundation
internal import SpatialStore
internal import TileArchives

/// A PMTiles archive on disk.
///
/// Its directory comes first and is known last, so the tiles wait in a file without a name, which
/// is gone however the process ends.
final class PMTilesFile: TileDestination {
    private let path: String
    private let content: PMTilesArchive.Content
    private let waiting: FileHandle
    private var archive = PMTilesArchive()

    private static let pieceSize = 1 << 22

    init(path: String, format: TileFormat) throws {
        self.path = path
        content = format == .mvt ? .mvt : .other
        let name = path + ".tiles"
        let descriptor = open(name, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw PipelineError.cannotWrite(path: path) }
        unlink(name)
        waiting = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func add(_ tiles: [ArchivedTile]) throws {
        var bytes = Data()
        for tile in tiles {
            let isNew = archive.add(
                tile.tile, digest: tile.blob.digest, byteCount: tile.blob.gzip.count)
            if isNew { bytes.append(contentsOf: tile.blob.gzip) }
        }
        do {
            try waiting.write(contentsOf: bytes)
        } catch {
            throw OutputFile.failure(error, path: path)
        }
    }

    func finish(_ tileset: TilesetDescription) throws {
        let file = try OutputFile(path: path)
        try file.write(
            archive.front(
                PMTilesArchive.Description(
                    content: content,
                    zooms: tileset.zooms,
                    bounds: tileset.bounds,
                    centerZoom: tileset.centerZoom,
                    metadata: tileset.json())))
        try waiting.seek(toOffset: 0)
        while let piece = try waiting.read(upToCount: Self.pieceSize), !piece.isEmpty {
            try file.write(piece)
        }
        try file.finish()
    }
}
