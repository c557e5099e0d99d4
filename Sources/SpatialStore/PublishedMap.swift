internal import Foundation
internal import GRDB

/// What the map server may see of a database: finished documents and tiles, nothing else.
///
/// There is no question about a keluarga to ask here. SpatiaLite is not needed.
public final class PublishedMap: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    public init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError.databaseMissing(path: path)
        }
        self.path = path
        queue = try StoreFailure.translated(path: path) {
            try StoreFailure.checkIsPeta(path: path)
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    /// The id of the published release; nil before the first one.
    ///
    /// Cheap enough to ask several times a second.
    public func publishedReleaseID() throws -> Int64? {
        try read { db in try Int64.fetchOne(db, sql: "SELECT release_id FROM publication") }
    }

    /// All releases whose tiles are kept, newest first.
    public func keptReleaseIDs() throws -> [Int64] {
        try read { db in
            try Int64.fetchAll(
                db,
                sql: "SELECT DISTINCT release_id FROM published_layer ORDER BY release_id DESC")
        }
    }

    /// Everything a release shows, read at one moment; nil when its tiles are no longer kept.
    public func release(_ id: Int64) throws -> PublishedRelease? {
        try read { db in
            let decoder = JSONDecoder()
            var layers: [String: PublishedLayer] = [:]
            let descriptions = try String.fetchAll(
                db, sql: "SELECT description FROM published_layer WHERE release_id = ?",
                arguments: [id])
            for json in descriptions {
                let description = try decoder.decode(
                    LayerDescription.self, from: Data(json.utf8))
                layers[description.name] = PublishedLayer(description: description, tiles: [:])
            }
            guard !layers.isEmpty else { return nil }
            let tiles = try Row.fetchCursor(
                db, sql: "SELECT * FROM tile WHERE release_id = ?", arguments: [id])
            while let row = try tiles.next() {
                guard let format = TileFormat(rawValue: row["format"]) else { continue }
                let address = TileAddress(
                    zoom: row["zoom"], column: row["tile_column"], row: row["tile_row"],
                    format: format)
                layers[row["layer"]]?.tiles[address] = Self.blob(row)
            }
            var documents: [String: PublishedBlob] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM published_document WHERE release_id = ?", arguments: [id])
            while let row = try rows.next() { documents[row["name"]] = Self.blob(row) }
            return PublishedRelease(id: id, documents: documents, layers: layers)
        }
    }

    private static func blob(_ row: Row) -> PublishedBlob {
        PublishedBlob(digest: row["digest"], gzip: [UInt8](row["gzip"] as Data))
    }

    private func read<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreFailure.translated(path: path) { try queue.read(body) }
    }
}
