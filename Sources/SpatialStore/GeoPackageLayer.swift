internal import Foundation
internal import GRDB

/// A feature table of any kind of a GeoPackage in EPSG:4326, as a collection to be published.
public struct GeoPackageLayer: Sendable {
    public let properties: [FeatureCollection.Property]
    public let geometryType: FeatureCollection.GeometryType
    public let features: [NewFeature]

    /// Reads the table `layer`, or the first one; `wanted` names the properties to take, nil all.
    ///
    /// Columns of bytes are left out. Feature ids are the table's own.
    public init(path: String, layer: String?, wanted: Set<String>?) throws {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            self = try DatabaseQueue(path: path, configuration: configuration).read { db in
                try Self(db, path: path, layer: layer, wanted: wanted)
            }
        } catch is DatabaseError {
            throw GeoPackage.Failure.notAGeoPackage(path: path)
        }
    }

    private init(_ db: Database, path: String, layer: String?, wanted: Set<String>?) throws {
        guard try db.tableExists("gpkg_geometry_columns") else {
            throw GeoPackage.Failure.notAGeoPackage(path: path)
        }
        let table = try Row.fetchOne(
            db,
            sql: """
                SELECT table_name, column_name, geometry_type_name FROM gpkg_geometry_columns
                WHERE ? IS NULL OR table_name = ? ORDER BY table_name LIMIT 1
                """,
            arguments: [layer, layer])
        guard let table else { throw GeoPackage.Failure.noFeatureTable(path: path) }
        let name: String = table[0]
        let geometry: String = table[1]
        let key = try db.primaryKey(name).columns.first
        let columns = try db.columns(in: name).filter { column in
            column.name != geometry && column.name != key && column.type.uppercased() != "BLOB"
                && wanted?.contains(column.name) ?? true
        }
        properties = columns.map { column in
            FeatureCollection.Property(
                // The geometry has this name in filters.
                name: column.name == FeatureCollection.geometryName
                    ? column.name + "_" : column.name,
                type: Self.type(column.type), text: column.name)
        }
        geometryType =
            FeatureCollection.GeometryType(rawValue: (table[2] as String).lowercased()) ?? .any
        var features: [NewFeature] = []
        let rows = try Row.fetchCursor(
            db, sql: "SELECT * FROM \(name.quotedDatabaseIdentifier)")
        while let row = try rows.next() {
            let shape = (row[geometry] as Data?).flatMap { Self.wellKnownBinary([UInt8]($0)) }
            features.append(
                NewFeature(
                    id: key.flatMap { row[$0] } ?? Int64(features.count + 1),
                    values: zip(columns, properties).map { column, property in
                        Self.value(row[column.name], of: property.type)
                    },
                    shape: shape.map(NewFeature.Shape.wellKnownBinary) ?? .none))
        }
        self.features = features
    }

    /// An instant without a zone is UTC there (table 1), and says so from here on.
    private static func value(
        _ stored: DatabaseValue,
        of type: FeatureCollection.PropertyType
    ) -> FeatureValue {
        let value = FeatureValue(stored, type: type)
        guard type == .timestamp, case .text(let text) = value else { return value }
        guard text.contains("T"), !text.hasSuffix("Z"),
            !text.dropFirst(19).contains(where: { "+-".contains($0) })
        else { return .text(GeoPackageTime.plain(text)) }
        return .text(GeoPackageTime.plain(text + "Z"))
    }

    /// The types of OGC 12-128r18, table 1.
    private static func type(_ declared: String) -> FeatureCollection.PropertyType {
        switch declared.uppercased().prefix(while: { $0 != "(" }) {
        case "BOOLEAN": .boolean
        case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER": .integer
        case "FLOAT", "DOUBLE", "REAL": .number
        case "DATE": .date
        case "DATETIME": .timestamp
        default: .string
        }
    }

    /// What follows the header of section 2.1.3; nil for an empty geometry.
    private static func wellKnownBinary(_ blob: [UInt8]) -> [UInt8]? {
        guard blob.count > 8, blob[0] == UInt8(ascii: "G"), blob[1] == UInt8(ascii: "P"),
            blob[3] & 0b1_0000 == 0
        else { return nil }
        let envelope = [0, 32, 48, 48, 64]
        let kind = Int(blob[3] >> 1 & 7)
        guard kind < envelope.count, blob.count > 8 + envelope[kind] else { return nil }
        return Array(blob[(8 + envelope[kind])...])
    }
}
