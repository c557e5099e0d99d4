internal import SpatialStatistics

/// The statistics on any polygon or point file, without a database.
public struct AreaHotspots {
    public struct Options: Sendable {
        public var statistic = AreaStatistic.giStar
        public var idColumn = "id"
        public var valueColumn = ""
        public var populationColumn: String?
        /// The second value of a bivariate statistic.
        public var otherColumn: String?
        /// Of the kernel density, standard deviation; Scott's rule when nil.
        public var bandwidthMetres: Double?
        /// See `AreaWeights`.
        public var weights: String?
        public var isRowStandardised = false
        /// Draws of the test; 0 for analytic p-values, nil for the statistic's own number.
        public var permutations: Int?
        /// For the scan, when cases are rare; else Bernoulli.
        public var isPoisson = false
        /// The scan's windows: ellipses of several shapes and directions, else circles.
        public var isElliptic = false
        public var seed: UInt64 = 1

        public init() {}
    }

    public struct Summary: Sendable {
        public let lines: [(name: String, value: String)]
        /// Areas by class.
        public let classes: [String: Int]
    }

    public init() {}

    /// Reads `path`, computes, and writes one row for each area in the file's order.
    public func run(path: String, options: Options, output: String) throws -> Summary {
        let file = try AreaFile(path: path)
        let ids = try file.ids(options.idColumn)
        let values = try file.numbers(options.valueColumn)
        if options.statistic.needsPopulation, options.populationColumn == nil {
            throw AreaFileError.badChoice(
                problem: "--statistic \(options.statistic.rawValue) needs --population.")
        }
        if options.statistic == .bivariateMoran, options.otherColumn == nil {
            throw AreaFileError.badChoice(
                problem: "--statistic bivariate-moran needs --with, the second value.")
        }
        let weights = try options.weights.map { try AreaWeights.make($0, file: file, ids: ids) }
        if options.statistic.needsWeights, weights == nil {
            throw AreaFileError.badChoice(
                problem: "--statistic \(options.statistic.rawValue) needs --weights.")
        }
        let results = try AreaComputation(
            statistic: options.statistic,
            style: options.isRowStandardised ? .rowStandardised : .binary,
            permutations: options.permutations ?? options.statistic.standardPermutations,
            seed: options.seed,
            ids: ids,
            values: values,
            population: try options.populationColumn.map(file.numbers),
            weights: weights?.neighbours,
            valuedWeights: weights?.values,
            points: options.statistic.needsPoints ? try file.points() : nil,
            isPoisson: options.isPoisson,
            isElliptic: options.isElliptic,
            others: try options.otherColumn.map(file.numbers),
            bandwidthMetres: options.bandwidthMetres
        ).run()
        try AreaResultsFile(results: results, shapes: file.polygons).write(to: output)
        let classColumn = results.columns.firstIndex(of: "class") ?? 0
        let classes = results.rows.map { row -> String in
            if case .text(let name) = row[classColumn] { name } else { "" }
        }
        return Summary(
            lines: results.report,
            classes: Dictionary(grouping: classes, by: \.self).mapValues(\.count))
    }
}
