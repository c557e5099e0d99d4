internal import FeatureFilter

/// Filters as anyone on the network may send them.
enum FilterTargets {
    static let all = [
        FuzzTarget("filters", run: text),
        FuzzTarget("json-filters", run: json),
    ]

    private static let queryables: [String: QueryableType] = [
        "nama": .string, "keluarga": .integer, "kk": .number, "pesisir": .boolean,
        "verval": .date, "mulai": .timestamp, "selesai": .timestamp, "geom": .geometry,
    ]

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = FuzzStep.text(bytes)
        check { () throws(FilterError) in try CQL2Text.parse(text) }
    }

    private static func json(_ bytes: UnsafeBufferPointer<UInt8>) {
        check { () throws(FilterError) in try CQL2JSON.parse(Array(bytes)) }
    }

    /// A filter that fits in one reference system is checked in all, and fits again.
    private static func check(_ parse: () throws(FilterError) -> FilterExpression) {
        do {
            let filter = try parse()
            for system in FilterReferenceSystem.allCases {
                let check = FilterCheck(queryables: queryables, referenceSystem: system)
                guard let checked = try? check.check(filter) else { continue }
                precondition(checked.type(of: checked.expression) == .boolean)
                let again = try? FilterCheck(queryables: queryables).check(checked.expression)
                precondition(again == checked, "checked twice it is another filter")
            }
            _ = try FilterCheck(queryables: queryables).check(filter)
        } catch {
            FuzzStep.note(error)
        }
    }
}
