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
            var layers: [String: PublishedLayer] = [:]
            let descriptions = try String.fetchAll(
                db, sql: "SELECT description FROM published_layer WHERE release_id = ?",
                arguments: [id])
            for json in descriptions {
                let layer = try PublishedLayer(description: json)
                layers[layer.description.name] = layer
            }
            guard !layers.isEmpty else { return nil }
            let tiles = try Row.fetchCursor(
                db, sql: "SELECT * FROM tile WHERE release_id = ?", arguments: [id])
            while let row = try tiles.next() {
                try layers[row["layer"]]?.addTile(row)
            }
            var documents: [String: PublishedBlob] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM published_document WHERE release_id = ?", arguments: [id])
            while let row = try rows.next() { documents[row["name"]] = try PublishedBlob(row) }
            return PublishedRelease(id: id, documents: documents, layers: layers)
        }
    }

    private func read<T>(_ body: (Database) throws -> T) throws -> T {
        try StoreFailure.translated(path: path) { try queue.read(body) }
    }
}

extension PublishedLayer {
    /// A layer of a release that is kept, by the digest of its shapes; nil when there is none.
    static func fetch(_ db: Database, name: String, shapesDigest: String) throws -> Self? {
        guard
            let found = try Row.fetchOne(
                db,
                sql: """
                    SELECT release_id, description FROM published_layer
                    WHERE name = ? AND json_extract(description, '$.shapesDigest') = ?
                    ORDER BY release_id DESC
                    """,
                arguments: [name, shapesDigest])
        else { return nil }
        var layer = try PublishedLayer(description: found["description"])
        let tiles = try Row.fetchCursor(
            db, sql: "SELECT * FROM tile WHERE release_id = ? AND layer = ?",
            arguments: [found["release_id"] as Int64, name])
        while let row = try tiles.next() { try layer.addTile(row) }
        return layer
    }

    /// A layer without its tiles yet; `description` is JSON.
    fileprivate init(description: String) throws {
        self.init(
            description: try JSONDecoder().decode(
                LayerDescription.self, from: Data(description.utf8)),
            tiles: [:])
    }

    /// Adds a row of the table `tile`, but for a format that this version does not know.
    fileprivate mutating func addTile(_ row: Row) throws {
        guard let format = TileFormat(rawValue: row["format"]) else { return }
        let address = TileAddress(
            zoom: row["zoom"], column: row["tile_column"], row: row["tile_row"], format: format)
        tiles[address] = try PublishedBlob(row)
    }
}

extension PublishedBlob {
    fileprivate init(_ row: Row) throws {
        self.init(
            digest: row["digest"],
            gzip: try row.withUnsafeData(named: "gzip") { $0.map { [UInt8]($0) } ?? [] })
    }
}
