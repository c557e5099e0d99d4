internal import FeatureFilter
internal import GRDB

/// The SQL functions that filters need besides those of SQLite and SpatiaLite.
enum FilterFunctions {
    /// `peta_casei(text)` and `peta_accenti(text)`; NULL of NULL.
    static func register(on db: Database) {
        for folding in TextFolding.allCases {
            db.add(
                function: DatabaseFunction(
                    name(of: folding).description, argumentCount: 1, pure: true
                ) {
                    String.fromDatabaseValue($0[0]).map(folding.fold)
                })
        }
    }

    static func name(of folding: TextFolding) -> StaticString {
        switch folding {
        case .ofCase: "peta_casei"
        case .ofAccents: "peta_accenti"
        }
    }
}
