internal import Foundation
internal import GRDB
public import Geospatial

/// A table of a GeoPackage (OGC 12-128r18) with polygons in EPSG:4326.
public struct GeoPackage: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        case real(Double)
        case integer(Int64)
        case bool(Bool)
        case null
    }

    public enum Failure: Error, Hashable, Sendable {
        case notAGeoPackage(path: String)
        case noFeatureTable(path: String)
        /// The table's coordinates are in this reference system.
        case otherReferenceSystem(path: String, srs: Int)
        /// Feature `row` (from 1) has no polygon.
        case noPolygon(path: String, row: Int)
        case cannotWrite(path: String)
    }

    /// Without the key and the geometry.
    public let columns: [String]
    public let rows: [[Value]]
    public let areas: [MultiPolygon]

    public init(columns: [String], rows: [[Value]], areas: [MultiPolygon]) {
        precondition(rows.count == areas.count, "\(rows.count) rows for \(areas.count) areas")
        self.columns = columns
        self.rows = rows
        self.areas = areas
    }

    /// Reads the first feature table of the file, by name.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            self = try DatabaseQueue(path: path, configuration: configuration).read { db in
                try Self.read(db, path: path)
            }
        } catch is DatabaseError {
            throw Failure.notAGeoPackage(path: path)
        }
    }

    private static func read(_ db: Database, path: String) throws -> GeoPackage {
        guard try db.tableExists("gpkg_geometry_columns"),
            let table = try Row.fetchOne(
                db,
                sql: """
                    SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns
                    ORDER BY table_name LIMIT 1
                    """)
        else { throw Failure.noFeatureTable(path: path) }
        let name: String = table[0]
        let geometry: String = table[1]
        let srs: Int = table[2]
        guard srs == 4326 else { throw Failure.otherReferenceSystem(path: path, srs: srs) }
        let primaryKey = try db.primaryKey(name).columns
        let columns = try db.columns(in: name).map(\.name)
            .filter { $0 != geometry && !primaryKey.contains($0) }
        var rows: [[Value]] = []
        var areas: [MultiPolygon] = []
        let cursor = try Row.fetchCursor(
            db, sql: "SELECT * FROM \(name.quotedDatabaseIdentifier)")
        while let row = try cursor.next() {
            guard let blob = row[geometry] as Data?, let area = area(in: [UInt8](blob)) else {
                throw Failure.noPolygon(path: path, row: rows.count + 1)
            }
            areas.append(area)
            rows.append(
                columns.map { column in
                    switch (row[column] as DatabaseValue).storage {
                    case .int64(let number): .text(String(number))
                    case .double(let number): .real(number)
                    case .string(let text): .text(text)
                    case .blob, .null: .null
                    }
                })
        }
        return GeoPackage(columns: columns, rows: rows, areas: areas)
    }

    /// The polygon behind the header of section 2.1.3.
    private static func area(in blob: [UInt8]) -> MultiPolygon? {
        guard blob.count > 8, blob[0] == UInt8(ascii: "G"), blob[1] == UInt8(ascii: "P") else {
            return nil
        }
        // Bits 1 to 3 of the flags say how long the envelope is.
        let envelope = [0, 32, 48, 48, 64]
        let kind = Int(blob[3] >> 1 & 7)
        guard kind < envelope.count, blob.count > 8 + envelope[kind] else { return nil }
        return try? WellKnownBinary.decode(Array(blob[(8 + envelope[kind])...])).wound()
    }

    /// Writes the table as `layer` to a new file at `path`.
    public func write(to path: String, layer: String) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { db in try write(db, layer: layer) }
            try queue.close()
        } catch is DatabaseError {
            throw Failure.cannotWrite(path: path)
        }
    }

    /// The bytes of a file with the table as `layer`.
    public func encoded(layer: String) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/peta-\(UUID().uuidString).gpkg"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(to: path, layer: layer)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func write(_ db: Database, layer: String) throws {
        try db.execute(sql: Self.schema)
        let fields = columns.enumerated().map { index, name in
            "\(name.quotedDatabaseIdentifier) \(type(ofColumn: index))"
        }
        let table = layer.quotedDatabaseIdentifier
        try db.execute(
            sql: """
                CREATE TABLE \(table) (
                    \((["fid INTEGER PRIMARY KEY", "geom MULTIPOLYGON"] + fields)
                        .joined(separator: ", ")))
                """)
        let box = BoundingBox(enclosing: areas.compactMap(\.boundingBox))
        try db.execute(
            sql: """
                INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y,
                    max_x, max_y, srs_id) VALUES (?, 'features', ?, ?, ?, ?, ?, 4326)
                """,
            arguments: [layer, layer, box?.west, box?.south, box?.east, box?.north])
        try db.execute(
            sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 4326, 0, 0)",
            arguments: [layer])
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        let insert = try db.makeStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
        // “GP”, version 0, flags: little-endian, no envelope; then the SRS.
        let header: [UInt8] = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0]
        for (row, area) in zip(rows, areas) {
            let values = row.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .text(let text): text
                case .real(let number): number
                case .integer(let number): number
                case .bool(let flag): flag
                case .null: nil
                }
            }
            try insert.execute(
                arguments: StatementArguments(
                    [nil, Data(header + WellKnownBinary.encode(area))] + values))
        }
    }

    /// The narrowest type that holds every value; a column without any is REAL.
    private func type(ofColumn index: Int) -> String {
        let values = rows.lazy.map { $0[index] }.filter { $0 != .null }
        func all(_ isOne: (Value) -> Bool) -> Bool { !values.isEmpty && values.allSatisfy(isOne) }
        if all({ if case .bool = $0 { true } else { false } }) { return "BOOLEAN" }
        if all({ if case .integer = $0 { true } else { false } }) { return "INTEGER" }
        let hasText = values.contains { if case .text = $0 { true } else { false } }
        return hasText ? "TEXT" : "REAL"
    }

    /// The tables that every GeoPackage 1.3 has; `application_id` is “GPKG”.
    private static let schema = """
        PRAGMA application_id = 1196444487;
        PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (
            srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
            description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES
            ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
            ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
            ('WGS 84 geodetic', 4326, 'EPSG', 4326,
                'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
                || 'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],'
                || 'AUTHORITY["EPSG","4326"]]', NULL);
        CREATE TABLE gpkg_contents (
            table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
            description TEXT DEFAULT '',
            last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
            srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (
            table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
            column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
            srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
            z TINYINT NOT NULL, m TINYINT NOT NULL,
            PRIMARY KEY (table_name, column_name));
        """
}
