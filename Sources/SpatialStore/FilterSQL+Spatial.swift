internal import FeatureFilter
internal import GRDB
internal import Geospatial

extension FilterSQLWriter {
    /// SpatiaLite says -1 where a side is NULL or GEOS cannot answer: that is NULL to a filter.
    mutating func spatial(
        _ relation: SpatialRelation,
        _ left: FilterExpression,
        _ right: FilterExpression
    ) {
        let isFiltered = envelope(relation, left, right) || envelope(relation, right, left)
        write("NULLIF(")
        write(Self.function(relation))
        write("(")
        scalar(left)
        write(",")
        scalar(right)
        write("),-1)")
        if isFiltered { write(")") }
    }

    /// Opens a bracket with the question of whether boxes meet, which answers for most rows.
    ///
    /// All relations but DISJOINT need boxes that meet.
    private mutating func envelope(
        _ relation: SpatialRelation,
        _ side: FilterExpression,
        _ other: FilterExpression
    ) -> Bool {
        guard case .property(let name) = side.kind, case .geometry(let geometry) = other.kind,
            let bounds = column(name).bounds, let box = geometry.boundingBox
        else { return false }
        let column = column(name)
        let isDisjoint = relation == .disjoint
        func compare(_ name: String, _ sign: StaticString, _ value: Double) {
            writeBound(name, of: column)
            write(sign)
            bind(value)
            write(isDisjoint ? " OR " : " AND ")
        }
        write("(")
        compare(bounds.west, isDisjoint ? " > " : " <= ", box.east)
        compare(bounds.east, isDisjoint ? " < " : " >= ", box.west)
        compare(bounds.south, isDisjoint ? " > " : " <= ", box.north)
        compare(bounds.north, isDisjoint ? " < " : " >= ", box.south)
        return true
    }

    private static func function(_ relation: SpatialRelation) -> StaticString {
        switch relation {
        case .intersects: "ST_Intersects"
        case .equals: "ST_Equals"
        case .disjoint: "ST_Disjoint"
        case .touches: "ST_Touches"
        case .within: "ST_Within"
        case .overlaps: "ST_Overlaps"
        case .crosses: "ST_Crosses"
        case .contains: "ST_Contains"
        }
    }
}
