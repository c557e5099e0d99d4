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
                guard let address = TileAddress(row) else { continue }
                layers[row["layer"]]?.tiles[address] = try PublishedBlob(row)
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
        let description = try JSONDecoder().decode(
            LayerDescription.self, from: Data((found["description"] as String).utf8))
        var layer = PublishedLayer(description: description, tiles: [:])
        let tiles = try Row.fetchCursor(
            db, sql: "SELECT * FROM tile WHERE release_id = ? AND layer = ?",
            arguments: [found["release_id"] as Int64, name])
        while let row = try tiles.next() {
            guard let address = TileAddress(row) else { continue }
            layer.tiles[address] = try PublishedBlob(row)
        }
        return layer
    }
}

extension PublishedBlob {
    fileprivate init(_ row: Row) throws {
        self.init(
            digest: row["digest"],
            gzip: try row.withUnsafeData(named: "gzip") { $0.map { [UInt8]($0) } ?? [] })
    }
}

extension TileAddress {
    /// Nil for a format that this version does not know.
    fileprivate init?(_ row: Row) {
        guard let format = TileFormat(rawValue: row["format"]) else { return nil }
        self.init(
            zoom: row["zoom"], column: row["tile_column"], row: row["tile_row"], format: format)
    }
}
