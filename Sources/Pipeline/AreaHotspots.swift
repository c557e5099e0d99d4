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
        /// The scan ends as soon as so many replicas are as high as the first cluster.
        public var stopAfter: Int?
        /// The period of each row: the scan is then one over places and periods.
        public var timeColumn: String?
        /// Only intervals up to the last period.
        public var isProspective = false
        /// Only departures from the common course of all areas.
        public var isTrendRemoved = false
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
        if options.timeColumn != nil {
            return try scanOverTime(file, options: options, output: output)
        }
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
            stopAfter: options.stopAfter,
            others: try options.otherColumn.map(file.numbers),
            bandwidthMetres: options.bandwidthMetres
        ).run()
        try AreaResultsFile(results: results, shapes: file.polygons).write(to: output)
        return Self.summary(results)
    }

    private func scanOverTime(
        _ file: AreaFile,
        options: Options,
        output: String
    ) throws -> Summary {
        guard options.statistic == .scan, !options.isElliptic, options.populationColumn != nil
        else {
            throw AreaFileError.badChoice(
                problem: "--time-column needs --statistic scan with circles, and --population.")
        }
        let (results, shapes) = try AreaTimeScan(options: options).run(file)
        try AreaResultsFile(results: results, shapes: shapes).write(to: output)
        return Self.summary(results)
    }

    private static func summary(_ results: AreaResults) -> Summary {
        let classColumn = results.columns.firstIndex(of: "class") ?? 0
        let classes = results.rows.map { row -> String in
            if case .text(let name) = row[classColumn] { name } else { "" }
        }
        return Summary(
            lines: results.report,
            classes: Dictionary(grouping: classes, by: \.self).mapValues(\.count))
    }
}
