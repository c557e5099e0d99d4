internal import Foundation
internal import Geospatial
internal import SpatialStore

/// A folder that any web server can serve: each file beside its compressed form.
///
/// `{layer}/{z}/{x}/{y}.mvt`, `.geojson`, `{layer}/tiles.json` (TileJSON), and JSON documents.
final class TileFolder: TileDestination {
    private let path: String
    /// The address under which the folder will be reached, without a slash at the end.
    private let publicURL: String
    private var formats: [String: Set<TileFormat>] = [:]
    private var folders: Set<String> = []
    private var isFinished = false

    private var temporaryPath: String { path + ".part" }

    init(path: String, publicURL: String) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.publicURL = publicURL
        guard !FileManager.default.fileExists(atPath: path) else {
            throw PipelineError.folderExists(path: path)
        }
        try? FileManager.default.removeItem(atPath: path + ".part")
        try makeFolder("")
    }

    deinit {
        if !isFinished { try? FileManager.default.removeItem(atPath: temporaryPath) }
    }

    func add(_ tiles: [ArchivedTile]) throws {
        for tile in tiles {
            formats[tile.layer, default: []].insert(tile.format)
            let (address, ending) = (tile.tile, tile.format.rawValue)
            try write(
                tile.plain, gzip: tile.blob.gzip,
                to: "\(tile.layer)/\(address.zoom)/\(address.column)", "\(address.row).\(ending)")
        }
    }

    /// A finished JSON document of the release.
    func add(document name: String, _ blob: PublishedBlob, plain: [UInt8]) throws {
        try write(plain, gzip: blob.gzip, to: "", name + ".json")
    }

    func finish(_ tileset: TilesetDescription) throws {
        for layer in tileset.layers {
            func addresses(_ format: TileFormat) -> [String] {
                formats[layer.id, default: []].contains(format)
                    ? ["\(publicURL)/\(layer.id)/{z}/{x}/{y}.\(format.rawValue)"] : []
            }
            let document = tileset.only(layer).tileJSON(
                tiles: addresses(.mvt), geoJSONTiles: addresses(.geoJSON))
            try write(
                document, gzip: PublishedBlob(compressing: document).gzip, to: layer.id,
                "tiles.json")
        }
        guard rename(temporaryPath, path) == 0 else { throw PipelineError.cannotWrite(path: path) }
        isFinished = true
    }

    private func write(
        _ plain: [UInt8],
        gzip: [UInt8],
        to folder: String,
        _ name: String
    ) throws {
        try makeFolder(folder)
        let file = temporaryPath + (folder.isEmpty ? "/" : "/\(folder)/") + name
        do {
            try Data(plain).write(to: URL(fileURLWithPath: file))
            try Data(gzip).write(to: URL(fileURLWithPath: file + ".gz"))
        } catch {
            throw OutputFile.failure(error, path: path)
        }
    }

    private func makeFolder(_ name: String) throws {
        guard folders.insert(name).inserted else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: temporaryPath + "/" + name, withIntermediateDirectories: true)
        } catch {
            throw OutputFile.failure(error, path: path)
        }
    }
}
