internal import Foundation
internal import GRDB
public import Geospatial

/// A table of a GeoPackage (OGC 12-128r18) with polygons in EPSG:4326.
public struct GeoPackage: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        case real(Double)
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

    /// Writes the table as `layer` to a new file at `path`; a column with a text is one of texts.
    public func write(to path: String, layer: String) throws {
        let table = GeoPackageTable(
            columns: columns.enumerated().map { index, name in
                let hasText = rows.contains { if case .text = $0[index] { true } else { false } }
                return GeoPackageTable.Column(name: name, type: hasText ? .string : .number)
            },
            geometryType: .multiPolygon,
            rows: zip(rows, areas).map { row, area in
                GeoPackageTable.Row(
                    id: nil,
                    values: row.map { value in
                        switch value {
                        case .text(let text): .text(text)
                        case .real(let number): .real(number)
                        case .null: .null
                        }
                    },
                    shape: .multiPolygon(area))
            })
        try table.write(to: path, layer: layer)
    }
}
