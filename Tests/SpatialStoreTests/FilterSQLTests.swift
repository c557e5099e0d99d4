import FeatureFilter
import Foundation
import GRDB
import Testing

@testable import SpatialStore

struct FilterSQLTests {
    @Test(
        "every predicate of the standard's own list finds as many features as it must",
        .enabled(if: StandardPredicates.folder != nil, "the list is not beside the project"))
    func standardPredicates() throws {
        let cases = try StandardPredicates.cases()
        #expect(cases.count == 137)
        let (tables, columns) = try StandardPredicates.load()
        for one in cases {
            let columns = try #require(columns[one.table])
            let filter = try CQL2Text.parse(one.filter)
            let found = try tables.count(filter, in: one.table, columns: columns)
            #expect(found == one.count, "\(one)")
            // Without the columns of the box the answer is the same.
            let plain = columns.mapValues { FilterColumn($0.name, $0.type) }
            #expect(
                try tables.count(filter, in: one.table, columns: plain) == one.count, "\(one)")
        }
    }
}
