internal import GRDB

/// What a method said of an indicator, and everything needed to compute it again.
public struct IndicatorResult: Hashable, Sendable {
    /// The key of the indicator, such as `desil-1-2`.
    public let indicator: String
    public let method: String
    /// A JSON object.
    public let parameters: String
    /// Of the program.
    public let version: String
    /// Nil for a method without draws.
    public let seed: UInt64?
    /// JSON, before suppression.
    public let result: String

    public init(
        indicator: String,
        method: String,
        parameters: String,
        version: String,
        seed: UInt64?,
        result: String
    ) {
        self.indicator = indicator
        self.method = method
        self.parameters = parameters
        self.version = version
        self.seed = seed
        self.result = result
    }
}

extension PovertyDatabase {
    /// The results of a release, by indicator and method; they stay when its tiles are gone.
    public func indicatorResults(release: Int64) throws -> [IndicatorResult] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT indicator, method, parameters, version, seed, result
                    FROM indicator_result WHERE release_id = ? ORDER BY indicator, method
                    """,
                arguments: [release]
            ).map { row in
                IndicatorResult(
                    indicator: row[0], method: row[1], parameters: row[2], version: row[3],
                    seed: (row[4] as Int64?).map { UInt64(bitPattern: $0) }, result: row[5])
            }
        }
    }
}
