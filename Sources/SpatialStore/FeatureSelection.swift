internal import FeatureFilter
internal import Foundation
internal import GRDB
internal import Geospatial

/// From a query to the conditions and the order of a SELECT; every value is a bound argument.
struct FeatureSelection {
    let collection: StoredCollection
    let query: FeatureQuery

    /// What a feature must fulfil, without the cursor.
    var condition: SQL {
        var conditions: [SQL] = []
        if let (box, system) = query.box { conditions.append(intersects(box, system)) }
        if let interval = query.interval, let condition = overlaps(interval) {
            conditions.append(condition)
        }
        for (property, value) in query.equals {
            conditions.append(SQL("\(column(property)) = \(value.databaseValue)"))
        }
        if let filter = query.filter {
            let condition = FilterSQL(filter, columns: filterColumns)
            conditions.append(SQL(sql: condition.text, arguments: condition.arguments))
        }
        return conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    }

    private var filterColumns: [String: FilterColumn] {
        var columns: [String: FilterColumn] = [
            FeatureCollection.geometryName: FilterColumn(
                "geometry", .geometry, bounds: FilterColumn.Bounds())
        ]
        for (number, property) in collection.collection.properties.enumerated() {
            columns[property.name] = FilterColumn(
                FeatureTable.column(number), property.type.queryableType)
        }
        return columns
    }

    private func column(_ property: Int) -> SQL { SQL(sql: FeatureTable.column(property)) }

    // MARK: - Space

    private func intersects(_ box: FeatureQuery.Box, _ system: FeatureReferenceSystem) -> SQL {
        guard system.isInDegrees else {
            let area: SQL = """
                ST_Transform(BuildMbr(\(box.minX), \(box.minY), \(box.maxX), \(box.maxY), \
                \(system.srid)), 4326)
                """
            return """
                (max_x >= MbrMinX(\(area)) AND min_x <= MbrMaxX(\(area))
                AND max_y >= MbrMinY(\(area)) AND min_y <= MbrMaxY(\(area))
                AND ST_Intersects(geometry, \(area)))
                """
        }
        guard box.minX > box.maxX else { return intersects(box) }
        let west = FeatureQuery.Box(minX: box.minX, minY: box.minY, maxX: 180, maxY: box.maxY)
        let east = FeatureQuery.Box(minX: -180, minY: box.minY, maxX: box.maxX, maxY: box.maxY)
        return "(\(intersects(west)) OR \(intersects(east)))"
    }

    private func intersects(_ box: FeatureQuery.Box) -> SQL {
        // The R-tree's boxes are a little too large; the exact ones decide before GEOS is asked.
        let index = SQL(sql: FeatureTable.index(collection.id))
        return """
            (fid IN (
                SELECT fid FROM \(index)
                WHERE max_x >= \(box.minX) AND min_x <= \(box.maxX)
                AND max_y >= \(box.minY) AND min_y <= \(box.maxY))
            AND max_x >= \(box.minX) AND min_x <= \(box.maxX)
            AND max_y >= \(box.minY) AND min_y <= \(box.maxY)
            AND ((min_x >= \(box.minX) AND max_x <= \(box.maxX)
                AND min_y >= \(box.minY) AND max_y <= \(box.maxY))
                OR ST_Intersects(geometry, GeomFromWKB(\(Self.shape(of: box)), 4326)) = 1))
            """
    }

    /// A box without width or height is a line or a point; GEOS finds nothing in such a polygon.
    private static func shape(of box: FeatureQuery.Box) -> Data {
        let lower = Coordinate(longitude: box.minX, latitude: box.minY)
        let upper = Coordinate(longitude: box.maxX, latitude: box.maxY)
        let shape: Geometry =
            if lower == upper {
                .point(lower)
            } else if box.minX == box.maxX || box.minY == box.maxY {
                .lineString([lower, upper])
            } else {
                .polygon(
                    Polygon(exterior: [
                        lower, Coordinate(longitude: box.maxX, latitude: box.minY), upper,
                        Coordinate(longitude: box.minX, latitude: box.maxY),
                    ]))
            }
        return Data(shape.wellKnownBinary)
    }

    // MARK: - Time

    /// Nil when the collection has no temporal property: then every feature is always true.
    private func overlaps(_ interval: FeatureQuery.Interval) -> SQL? {
        let properties = collection.collection.properties
        guard let name = collection.collection.temporalProperty,
            let number = properties.firstIndex(where: { $0.name == name })
        else { return nil }
        let column = column(number)
        // A day lasts until the next one; SQLite's own functions read both forms.
        let isDay = properties[number].type == .date
        var conditions: [SQL] = ["\(column) IS NOT NULL"]
        if let start = interval.start {
            conditions.append(
                isDay
                    ? "date(\(column)) >= date(\(start))"
                    : "julianday(\(column)) >= julianday(\(start))")
        }
        if let end = interval.end {
            conditions.append(
                isDay
                    ? "date(\(column)) <= date(\(end))"
                    : "julianday(\(column)) <= julianday(\(Self.endOfDay(end)))")
        }
        return "(\(conditions.joined(separator: " AND ")))"
    }

    /// The last millisecond of a day; an instant as it is.
    private static func endOfDay(_ text: String) -> String {
        text.utf8.count == 10 ? text + "T23:59:59.999Z" : text
    }

    // MARK: - Order

    /// What the features are ordered by: features without a value come last, the id decides ties.
    ///
    /// Backwards everything is turned round.
    var order: SQL {
        let isBackward = query.cursor?.isBackward ?? false
        func direction(_ isDescending: Bool) -> SQL { isDescending != isBackward ? "DESC" : "ASC" }
        var terms: [SQL] = []
        for key in query.sortBy {
            terms.append("(\(column(key.property)) IS NULL) \(direction(false))")
            terms.append("\(column(key.property)) \(direction(key.isDescending))")
        }
        terms.append("fid \(direction(false))")
        return terms.joined(separator: ", ")
    }

    /// The features behind the cursor in that order; nil without a cursor.
    var behindCursor: SQL? {
        guard let cursor = query.cursor else { return nil }
        precondition(cursor.values.count == query.sortBy.count, "a cursor of another order")
        let isBackward = cursor.isBackward
        func beyond(_ isDescending: Bool) -> SQL { isDescending != isBackward ? "<" : ">" }
        // Keys before this one are equal, this one is beyond.
        var alternatives: [SQL] = []
        var equal: [SQL] = []
        for (key, value) in zip(query.sortBy, cursor.values) {
            let column = column(key.property)
            let isNull = value == .null ? 1 : 0
            let stored = value.databaseValue
            alternatives.append(
                (equal + ["(\(column) IS NULL) \(beyond(false)) \(isNull)"])
                    .joined(separator: " AND "))
            if value != .null {
                alternatives.append(
                    (equal + ["\(column) \(beyond(key.isDescending)) \(stored)"])
                        .joined(separator: " AND "))
            }
            equal.append("\(column) IS \(stored)")
        }
        alternatives.append(
            (equal + ["fid \(beyond(false)) \(cursor.id)"]).joined(separator: " AND "))
        // Typed, or the pieces would be text to bind.
        let bracketed: [SQL] = alternatives.map { "(\($0))" }
        return "(\(bracketed.joined(separator: " OR ")))"
    }

    // MARK: - What is read

    /// The id, the properties, the geometry, then the sort keys.
    var columns: SQL {
        var columns: [SQL] = ["fid"]
        if let wanted = query.properties {
            columns += wanted.map(column)
        } else {
            columns.append("properties")
        }
        columns.append(
            query.referenceSystem.isInDegrees
                ? "AsBinary(geometry)"
                : """
                AsBinary(ST_Transform(geometry, \(query.referenceSystem.srid)))
                """)
        columns += query.sortBy.map { column($0.property) }
        return columns.joined(separator: ", ")
    }
}
