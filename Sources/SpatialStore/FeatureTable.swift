internal import Foundation
internal import GRDB
internal import Geospatial

/// The tables of feature collections: one for each, named by its number, with a column `p0`, `p1`,
/// … for each property, so that no name from outside ever stands in SQL.
///
/// A collection is written once and never changed; a new state is a new table under a new number.
enum FeatureTable {
    static func name(_ id: Int64) -> String { "collection_\(id)" }
    static func index(_ id: Int64) -> String { "collection_\(id)_box" }
    static func column(_ property: Int) -> String { "p\(property)" }

    static let schema = """
        CREATE TABLE feature_collection (
            -- Never used twice: a reader that has just seen a collection go finds nothing else.
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            -- Null for one that was added from a file.
            release_id INTEGER REFERENCES release ON DELETE CASCADE,
            name TEXT NOT NULL,
            description TEXT NOT NULL CHECK (json_valid(description)),
            feature_count INTEGER NOT NULL,
            -- West, south, east, north in degrees; null without a geometry.
            bounds TEXT CHECK (bounds IS NULL OR json_valid(bounds))
        ) STRICT;
        CREATE UNIQUE INDEX feature_collection_name
            ON feature_collection (coalesce(release_id, 0), name);
        """

    /// Writes the collection and all its features; `features` is asked for one after another.
    @discardableResult
    static func insert(
        _ db: Database,
        _ collection: FeatureCollection,
        releaseID: Int64?,
        features: some Sequence<NewFeature>
    ) throws -> Int64 {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(collection), as: UTF8.self)
        try db.execute(
            sql: """
                INSERT INTO feature_collection (release_id, name, description, feature_count)
                VALUES (?, ?, ?, 0)
                """,
            arguments: [releaseID, collection.name, json])
        let id = db.lastInsertedRowID
        try create(db, id: id, properties: collection.properties)
        var writer = try RowWriter(db, id: id, properties: collection.properties)
        for feature in features { try writer.write(feature) }
        let box = writer.bounds.map { "[\($0.west),\($0.south),\($0.east),\($0.north)]" }
        try db.execute(
            sql: "UPDATE feature_collection SET feature_count = ?, bounds = ? WHERE id = ?",
            arguments: [writer.count, box, id])
        return id
    }

    private static func create(
        _ db: Database,
        id: Int64,
        properties: [FeatureCollection.Property]
    ) throws {
        let columns = properties.enumerated().map { number, property in
            let type =
                switch property.type {
                case .string, .date, .timestamp: "TEXT"
                case .integer, .boolean: "INTEGER"
                case .number: "REAL"
                }
            return "\(column(number)) \(type)"
        }
        // Exact boxes beside the R-tree, whose numbers have 32 bits.
        let fields =
            ["fid INTEGER PRIMARY KEY"] + columns + [
                "min_x REAL", "min_y REAL", "max_x REAL", "max_y REAL", "properties TEXT NOT NULL",
                "geometry BLOB",
            ]
        try db.execute(
            sql: """
                CREATE TABLE \(name(id)) (\(fields.joined(separator: ", "))) STRICT;
                CREATE VIRTUAL TABLE \(index(id)) USING rtree(fid, min_x, max_x, min_y, max_y);
                """)
    }

    /// Removes the collections for which `condition` holds, with their tables.
    static func remove(_ db: Database, where condition: SQL) throws {
        let ids = try SQLRequest<Int64>("SELECT id FROM feature_collection WHERE \(condition)")
            .fetchAll(db)
        for id in ids {
            try db.execute(
                sql: "DROP TABLE IF EXISTS \(name(id)); DROP TABLE IF EXISTS \(index(id));")
            try db.execute(sql: "DELETE FROM feature_collection WHERE id = ?", arguments: [id])
        }
    }

    private struct RowWriter {
        private let insertRow: Statement
        private let insertBox: Statement
        private let keys: [[UInt8]]
        private let unions: Unions
        private(set) var count = 0
        private(set) var bounds: BoundingBox?

        init(_ db: Database, id: Int64, properties: [FeatureCollection.Property]) throws {
            let marks = Array(repeating: "?", count: properties.count + 6).joined(separator: ", ")
            insertRow = try db.makeStatement(
                sql: "INSERT INTO \(name(id)) VALUES (\(marks), GeomFromWKB(?, 4326))")
            insertBox = try db.makeStatement(sql: "INSERT INTO \(index(id)) VALUES (?, ?, ?, ?, ?)")
            keys = properties.map { property in
                var key: [UInt8] = []
                FeatureValue.appendJSON(property.name, to: &key)
                return key + [UInt8(ascii: ":")]
            }
            unions = Unions(db)
        }

        mutating func write(_ feature: NewFeature) throws {
            precondition(feature.values.count == keys.count, "values for other properties")
            let geometry: [UInt8]?
            switch feature.shape {
            case .none: geometry = nil
            case .wellKnownBinary(let bytes): geometry = bytes
            case .union(let parts): geometry = try unions.union(of: parts)
            }
            let box = try geometry.flatMap { try Geometry(wellKnownBinary: $0).boundingBox }
            var row = feature.values.map(\.databaseValue)
            row.insert(feature.id.databaseValue, at: 0)
            for side in [box?.west, box?.south, box?.east, box?.north] {
                row.append(side?.databaseValue ?? .null)
            }
            row.append(properties(feature.values).databaseValue)
            row.append(geometry.map { Data($0).databaseValue } ?? .null)
            try insertRow.execute(arguments: StatementArguments(row))
            count += 1
            guard let box else { return }
            try insertBox.execute(arguments: [
                feature.id, box.west, box.east, box.south, box.north,
            ])
            bounds = bounds.map { BoundingBox(enclosing: [$0, box]) ?? $0 } ?? box
        }

        private func properties(_ values: [FeatureValue]) -> String {
            var bytes: [UInt8] = [UInt8(ascii: "{")]
            for (number, value) in values.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += keys[number]
                value.appendJSON(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Joins polygons that share borders, with GEOS.
    private struct Unions {
        let db: Database

        init(_ db: Database) { self.db = db }

        func union(of parts: [[UInt8]]) throws -> [UInt8]? {
            try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS union_part (geometry BLOB)")
            try db.execute(sql: "DELETE FROM union_part")
            let insert = try db.cachedStatement(sql: "INSERT INTO union_part VALUES (?)")
            for part in parts { try insert.execute(arguments: [Data(part)]) }
            let joined = try Data.fetchOne(
                db,
                sql: """
                    SELECT AsBinary(CastToMultiPolygon(ST_Union(GeomFromWKB(geometry, 4326))))
                    FROM union_part
                    """)
            guard let joined else { return nil }
            // GEOS winds rings the other way round than RFC 7946.
            return WellKnownBinary.encode(try WellKnownBinary.decode([UInt8](joined)).wound())
        }
    }
}

extension FeatureValue {
    var databaseValue: DatabaseValue {
        switch self {
        case .text(let text): text.databaseValue
        case .integer(let number): number.databaseValue
        case .real(let number): number.isFinite ? number.databaseValue : .null
        case .bool(let flag): (flag ? 1 : 0).databaseValue
        case .null: .null
        }
    }
}

extension ReleaseWriter {
    /// Writes a collection of this release.
    public func addCollection(
        _ collection: FeatureCollection,
        features: some Sequence<NewFeature>
    ) throws {
        try FeatureTable.insert(db, collection, releaseID: releaseID, features: features)
    }
}

extension PovertyDatabase {
    /// Publishes a collection that belongs to no release; one of that name is replaced.
    ///
    /// `features` is called once, within the transaction; what it throws undoes everything.
    public func addCollection(
        _ collection: FeatureCollection,
        features: () throws -> some Sequence<NewFeature>
    ) throws {
        try write { db in
            try FeatureTable.remove(db, where: "release_id IS NULL AND name = \(collection.name)")
            try FeatureTable.insert(db, collection, releaseID: nil, features: try features())
        }
    }

    /// Removes a collection that was added; false when there is none of that name.
    public func removeCollection(named name: String) throws -> Bool {
        try write { db in
            let condition: SQL = "release_id IS NULL AND name = \(name)"
            let known = try SQLRequest<Int>(
                "SELECT count(*) FROM feature_collection WHERE \(condition)"
            ).fetchOne(db)
            try FeatureTable.remove(db, where: condition)
            return known == 1
        }
    }
}
