internal import Foundation
internal import GRDB
public import Geospatial

/// Writes tiles to a new MBTiles 1.3 file, a SQLite database.
public final class MBTiles {
    private let path: String
    private let queue: DatabaseQueue

    /// The letters MPBX.
    private static let applicationID = 0x4D50_4258

    /// Makes the file, in place of one that is there.
    public init(path: String) throws {
        self.path = path
        try? FileManager.default.removeItem(atPath: path)
        queue = try StoreFailure.translated(path: path) {
            let queue = try DatabaseQueue(path: path)
            // The file counts only when it is finished, so nothing has to survive a crash.
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA journal_mode = OFF;
                        PRAGMA synchronous = OFF;
                        PRAGMA application_id = \(Self.applicationID);
                        CREATE TABLE metadata (name TEXT, value TEXT);
                        CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER,
                            tile_row INTEGER, tile_data BLOB);
                        """)
            }
            return queue
        }
    }

    /// Adds tiles with their compressed bytes.
    ///
    /// Rows of MBTiles count from south.
    public func add(_ tiles: [(tile: TileCoordinate, gzip: [UInt8])]) throws {
        try StoreFailure.translated(path: path) {
            try queue.write { db in
                let insert = try db.cachedStatement(sql: "INSERT INTO tiles VALUES (?, ?, ?, ?)")
                for (tile, gzip) in tiles {
                    let row = (1 << tile.zoom) - 1 - tile.row
                    try insert.execute(arguments: [tile.zoom, tile.column, row, Data(gzip)])
                }
            }
        }
    }

    /// Writes the metadata and the index, and closes the file.
    public func finish(metadata: [(name: String, value: String)]) throws {
        try StoreFailure.translated(path: path) {
            try queue.write { db in
                for (name, value) in metadata {
                    try db.execute(
                        sql: "INSERT INTO metadata VALUES (?, ?)", arguments: [name, value])
                }
                try db.execute(
                    sql: """
                        CREATE UNIQUE INDEX tile_index
                            ON tiles (zoom_level, tile_column, tile_row);
                        CREATE UNIQUE INDEX metadata_index ON metadata (name);
                        """)
            }
            try queue.close()
        }
    }
}
