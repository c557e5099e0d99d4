internal import Foundation
internal import GRDB
public import Geospatial

/// A feature table to be written as a GeoPackage (OGC 12-128r18), in EPSG:4326.
public struct GeoPackageTable: Sendable {
    public struct Column: Hashable, Sendable {
        public let name: String
        public let type: FeatureCollection.PropertyType

        public init(name: String, type: FeatureCollection.PropertyType) {
            self.name = name
            self.type = type
        }
    }

    public struct Row: Hashable, Sendable {
        /// The feature's key; numbered from 1 where all are nil.
        public let id: Int64?
        /// In the order of the columns, and of their types.
        public let values: [FeatureValue]
        /// Longitude and latitude in degrees.
        public let shape: Geometry?

        public init(id: Int64?, values: [FeatureValue], shape: Geometry?) {
            self.id = id
            self.values = values
            self.shape = shape
        }
    }

    /// Their names must differ, also without regard to case.
    public let columns: [Column]
    /// Every shape is of this type; of `any` there may be all.
    public let geometryType: FeatureCollection.GeometryType
    public let rows: [Row]

    public init(
        columns: [Column],
        geometryType: FeatureCollection.GeometryType,
        rows: [Row]
    ) {
        precondition(
            rows.allSatisfy { $0.values.count == columns.count }, "values for other columns")
        self.columns = columns
        self.geometryType = geometryType
        self.rows = rows
    }

    /// Writes the table as `layer` to a new file at `path`.
    public func write(to path: String, layer: String) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { db in try write(db, layer: layer) }
            try queue.close()
        } catch is DatabaseError {
            throw GeoPackage.Failure.cannotWrite(path: path)
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
        let key = freeName("fid")
        let geometry = freeName("geom")
        let kind = geometryType == .any ? "GEOMETRY" : geometryType.rawValue.uppercased()
        let types = columns.indices.map(storedType)
        let fields =
            ["\(key) INTEGER PRIMARY KEY", "\(geometry) \(kind)"]
            + zip(columns, types).map { "\($0.name.quotedDatabaseIdentifier) \($1.rawValue)" }
        let table = layer.quotedDatabaseIdentifier
        try db.execute(sql: "CREATE TABLE \(table) (\(fields.joined(separator: ", ")))")
        let box = BoundingBox(enclosing: rows.compactMap { $0.shape?.boundingBox })
        try db.execute(
            sql: """
                INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y,
                    max_x, max_y, srs_id) VALUES (?, 'features', ?, ?, ?, ?, ?, 4326)
                """,
            arguments: [layer, layer, box?.west, box?.south, box?.east, box?.north])
        try db.execute(
            sql: "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, 0, 0)",
            arguments: [layer, geometry, kind])
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        let insert = try db.makeStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
        for row in rows {
            let values = zip(row.values, types).map { value, type in
                type.written(value).databaseValue
            }
            try insert.execute(
                arguments: [row.id, row.shape.map(Self.blob)] + StatementArguments(values))
        }
    }

    /// “GP”, version 0, flags (little-endian, no envelope, whether empty) and the SRS before WKB.
    private static func blob(_ shape: Geometry) -> Data {
        let flags: UInt8 = shape.boundingBox == nil ? 0b1_0001 : 1
        return Data([0x47, 0x50, 0, flags, 0xE6, 0x10, 0, 0] + shape.wellKnownBinary)
    }

    /// `name`, or with a number behind it where a column has taken it.
    private func freeName(_ name: String) -> String {
        let taken = Set(columns.map { $0.name.lowercased() })
        return taken.contains(name)
            ? (1...).lazy.map { "\(name)_\($0)" }.first { !taken.contains($0) } ?? name : name
    }

    /// The type of table 1 for a column: that of the schema, or text where a value cannot be
    /// written as the day or the instant that it should be.
    private func storedType(ofColumn index: Int) -> StoredType {
        let type = StoredType(columns[index].type)
        guard type == .date || type == .dateTime else { return type }
        let fits = rows.allSatisfy { row in
            guard case .text(let text) = row.values[index] else { return true }
            return type == .date
                ? GeoPackageTime.isDay(text) : GeoPackageTime.instant(text) != nil
        }
        return fits ? type : .text
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

/// Column types of OGC 12-128r18, table 1.
private enum StoredType: String {
    case text = "TEXT"
    case integer = "INTEGER"
    case real = "REAL"
    case boolean = "BOOLEAN"
    case date = "DATE"
    case dateTime = "DATETIME"

    init(_ type: FeatureCollection.PropertyType) {
        self =
            switch type {
            case .string: .text
            case .integer: .integer
            case .number: .real
            case .boolean: .boolean
            case .date: .date
            case .timestamp: .dateTime
            }
    }

    func written(_ value: FeatureValue) -> FeatureValue {
        guard self == .dateTime, case .text(let text) = value else { return value }
        return GeoPackageTime.instant(text).map(FeatureValue.text) ?? value
    }
}

/// Days and instants as table 1 of the standard spells them.
enum GeoPackageTime {
    /// `2025-06-30`, a day that there is.
    static func isDay(_ text: String) -> Bool {
        // Foundation takes the 30th of February for one in March.
        text.utf8.count == 10
            && (try? seconds.parse(text + "T00:00:00Z"))?.formatted(seconds).hasPrefix(text) == true
    }

    /// `2025-06-30T04:00:00.000Z` of any instant of RFC 3339; nil for another text.
    static func instant(_ text: String) -> String? {
        let form = #/\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+\-]\d\d:\d\d)/#
        guard let match = text.wholeMatch(of: form), isDay(String(text.prefix(10))) else {
            return nil
        }
        let style = match.1 == nil ? seconds : thousandths
        return try? style.parse(text.uppercased().replacing(" ", with: "T")).formatted(thousandths)
    }

    /// The other way round: without thousandths that say nothing.
    static func plain(_ instant: String) -> String {
        instant.hasSuffix(".000Z") ? instant.dropLast(5) + "Z" : instant
    }

    private static let seconds = Date.ISO8601FormatStyle(timeZone: .gmt)
    private static let thousandths = Date.ISO8601FormatStyle(
        includingFractionalSeconds: true, timeZone: .gmt)
}
