import FeatureFilter
import Foundation
import GRDB
import TestSupport

@testable import SpatialStore

/// Tables to ask with filters, in a database in memory.
struct FilterTables {
    let queue: DatabaseQueue

    init(_ make: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try SpatiaLite.initialise(db)
            FilterFunctions.register(on: db)
        }
        queue = try DatabaseQueue(configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "SELECT InitSpatialMetaData(1, 'WGS84')")
        }
        try queue.write(make)
    }

    /// How many rows of `table` are so; throws what the check says against the filter.
    func count(
        _ filter: FilterExpression,
        in table: String,
        columns: [String: FilterColumn]
    ) throws -> Int {
        try rows(filter, in: table, columns: columns).count
    }

    /// The row ids of those that are so.
    func rows(
        _ filter: FilterExpression,
        in table: String,
        columns: [String: FilterColumn]
    ) throws -> Set<Int> {
        let check = FilterCheck(queryables: columns.mapValues(\.type))
        let sql = FilterSQL(try check.check(filter), columns: columns)
        return try queue.read { db in
            try Int.fetchSet(
                db,
                sql: "SELECT rowid FROM \(table.quotedDatabaseIdentifier) WHERE \(sql.text)",
                arguments: sql.arguments)
        }
    }
}

/// The GeoPackage of the standard's own predicates, which lies beside the project.
enum StandardPredicates {
    struct Case: CustomStringConvertible {
        let table: String
        let filter: String
        let count: Int

        var description: String { filter }
    }

    /// Three counts of the list, left from an older example, cannot be.
    ///
    /// Of the 243 places Chișinău, Chicago and Chengdu begin with Ch, and one with Chis: issue
    /// 1011 of opengeospatial/ogcapi-features.
    static let errata = [
        "ACCENTI(name) LIKE accenti('Ch%')": 3,
        "ACCENTI(CASEI(name)) LIKE accenti(casei('Chiș%'))": 1,
        "ACCENTI(CASEI(name)) LIKE accenti(casei('cHis%'))": 1,
    ]

    static let folder: URL? = {
        guard let shared = ProjectRoot.sharedFolder else { return nil }
        let folder = shared.appending(path: "cases/cql2")
        let isThere = FileManager.default.fileExists(
            atPath: folder.appending(path: "predicates.csv").path)
        return isThere ? folder : nil
    }()

    /// The lines of the file, of four fields each.
    static func cases() throws -> [Case] {
        guard let folder else { return [] }
        let text = try String(
            contentsOf: folder.appending(path: "predicates.csv"), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
            let parts = line.split(separator: ",", maxSplits: 2)
            guard parts.count == 3, let comma = parts[2].lastIndex(of: ","),
                let count = Int(parts[2][parts[2].index(after: comma)...])
            else { return nil }
            var filter = String(parts[2][..<comma])
            if filter.hasPrefix("\"") {
                filter = String(filter.dropFirst().dropLast()).replacing("\"\"", with: "\"")
            }
            // The backslash belongs to the standard's markup.
            filter = filter.replacing("\\(", with: "(")
            return Case(
                table: String(parts[1]), filter: filter, count: errata[filter] ?? count)
        }
    }

    /// The three tables with geometries of SpatiaLite, and their columns.
    static func load() throws -> (tables: FilterTables, columns: [String: [String: FilterColumn]]) {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        var columns: [String: [String: FilterColumn]] = [:]
        let source = try DatabaseQueue(
            path: folder.appending(path: "ne110m4cql2.gpkg").path,
            configuration: {
                var configuration = Configuration()
                configuration.readonly = true
                return configuration
            }())
        let tables = try FilterTables { db in
            for table in [
                "ne_110m_admin_0_countries", "ne_110m_populated_places_simple",
                "ne_110m_rivers_lake_centerlines",
            ] {
                columns[table] = try copy(table, from: source, to: db)
            }
        }
        return (tables, columns)
    }

    private static func copy(
        _ table: String,
        from source: DatabaseQueue,
        to db: Database
    ) throws -> [String: FilterColumn] {
        let (kinds, rows) = try source.read { db in
            (
                try db.columns(in: table).map { ($0.name, $0.type) },
                try Row.fetchAll(db, sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)")
            )
        }
        try db.execute(
            sql: """
                CREATE TABLE \(table.quotedDatabaseIdentifier)
                (\(kinds.map { "\($0.0.quotedDatabaseIdentifier) \($0.1)" }.joined(separator: ",")),
                min_x REAL, min_y REAL, max_x REAL, max_y REAL)
                """)
        for row in rows {
            let values = kinds.map { name, _ -> DatabaseValue in
                guard name == "geom", let blob = row[name] as Data? else { return row[name] }
                // Eight bytes and an envelope stand before the well-known binary.
                return Data(blob.dropFirst([8, 40][Int(blob[3] >> 1 & 1)])).databaseValue
            }
            let marks = kinds.map { $0.0 == "geom" ? "GeomFromWKB(?, 4326)" : "?" }
            try db.execute(
                sql: """
                    INSERT INTO \(table.quotedDatabaseIdentifier)
                    VALUES (\(marks.joined(separator: ",")), NULL, NULL, NULL, NULL)
                    """,
                arguments: StatementArguments(values))
        }
        try db.execute(
            sql: """
                UPDATE \(table.quotedDatabaseIdentifier) SET min_x = MbrMinX(geom),
                min_y = MbrMinY(geom), max_x = MbrMaxX(geom), max_y = MbrMaxY(geom)
                """)
        let columns = kinds.compactMap { name, kind -> (String, FilterColumn)? in
            guard let type = type(of: name, kind) else { return nil }
            return (
                name,
                FilterColumn(name, type, bounds: type == .geometry ? FilterColumn.Bounds() : nil)
            )
        }
        return Dictionary(uniqueKeysWithValues: columns)
    }

    private static func type(of name: String, _ kind: String) -> QueryableType? {
        if name == "geom" { return .geometry }
        return switch kind.prefix(4).uppercased() {
        case "TEXT": .string
        case "REAL": .number
        case "INTE": .integer
        case "BOOL": .boolean
        case "DATE": kind == "DATE" ? .date : .timestamp
        default: nil
        }
    }
}
