internal import FeatureFilter

/// Where a queryable property stands in a table.
struct FilterColumn: Hashable, Sendable {
    /// The names of the four columns with the box of a geometry, in degrees.
    struct Bounds: Hashable, Sendable {
        var west = "min_x"
        var south = "min_y"
        var east = "max_x"
        var north = "max_y"
    }

    /// The name or alias of the table, where the statement has several.
    let table: String?
    let name: String
    /// A date or timestamp is ISO 8601 text, true and false are 1 and 0, a geometry is a blob of
    /// SpatiaLite in EPSG:4326.
    let type: QueryableType
    /// With these most rows need no look at their geometry.
    let bounds: Bounds?

    init(
        _ name: String,
        _ type: QueryableType,
        table: String? = nil,
        bounds: Bounds? = nil
    ) {
        self.name = name
        self.type = type
        self.table = table
        self.bounds = bounds
    }

    /// The column as it is written in SQL; a name is never taken from a filter.
    var sql: String { Self.sql(name, in: table) }

    static func sql(_ name: String, in table: String?) -> String {
        (table.map { quoted($0) + "." } ?? "") + quoted(name)
    }

    /// GRDB's `quotedDatabaseIdentifier` does not mind quotes inside of the name.
    private static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
}
