internal import Geospatial
internal import SpatialStatistics

/// The scan over places and periods of a file that has a row for each area in each period.
struct AreaTimeScan {
    let options: AreaHotspots.Options

    /// One row for each area, in the order in which they first stand.
    ///
    /// A row that is missing, or has no figure, has nobody in it. Periods are ordered as numbers
    /// when all are, else as texts, so dates such as 2026-02-28 come in order.
    func run(_ file: AreaFile) throws -> (results: AreaResults, shapes: [MultiPolygon]?) {
        let ids = try file.texts(options.idColumn)
        let times = try file.texts(options.timeColumn ?? "")
        let cases = try file.numbers(options.valueColumn)
        let population = try file.numbers(options.populationColumn ?? "")
        let points = try file.points()
        var firstRows: [Int] = []
        var areas: [String: Int] = [:]
        for (row, id) in ids.enumerated() where areas[id] == nil {
            areas[id] = firstRows.count
            firstRows.append(row)
        }
        let periods = Self.ordered(Set(times))
        guard firstRows.count >= 3 else { throw AreaFileError.tooFewAreas(count: firstRows.count) }
        let numbers = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
        var isFilled: Set<[Int]> = []
        let empty = Array(
            repeating: Array(repeating: 0, count: firstRows.count), count: periods.count)
        var (caseTable, peopleTable) = (empty, empty)
        for row in ids.indices {
            guard let area = areas[ids[row]], let period = numbers[times[row]] else { continue }
            guard isFilled.insert([area, period]).inserted else {
                throw AreaFileError.badCounts(
                    problem: "Data row \(row + 1) repeats an area in one period: each has one row.")
            }
            guard let count = cases[row], let people = population[row] else { continue }
            caseTable[period][area] = try AreaScan.whole(count)
            peopleTable[period][area] = try AreaScan.whole(people)
        }
        let result: SpaceTimeScan.Result
        do {
            result = try SpaceTimeScan.clusters(
                cases: caseTable, population: peopleTable, at: firstRows.map { points[$0] },
                model: options.isPoisson ? .poisson : .bernoulli, options: scanOptions())
        } catch let error as ScanInputError {
            throw AreaFileError.badCounts(problem: "\(error)")
        }
        return (
            table(result, ids: firstRows.map { ids[$0] }, periods: periods),
            file.polygons.map { polygons in firstRows.map { polygons[$0] } }
        )
    }

    private func scanOptions() throws -> SpaceTimeScan.Options {
        let replicas = options.permutations ?? AreaStatistic.scan.standardPermutations
        guard replicas > 0 else { throw AreaScan.noAnalyticP }
        var scan = SpaceTimeScan.Options(seed: options.seed)
        scan.scan.replicas = replicas
        scan.scan.stopAfterReached = options.stopAfter
        scan.search = options.isProspective ? .prospective : .retrospective
        scan.timeTrend = options.isTrendRemoved ? .removed : .part
        return scan
    }

    private func table(
        _ result: SpaceTimeScan.Result,
        ids: [String],
        periods: [String]
    ) -> AreaResults {
        var rows = ids.map { [.text($0)] + AreaScan.noCluster + [.none, .none] }
        var report =
            [("Areas", String(ids.count)), ("Periods", String(periods.count))]
            + AreaScan.report(result.scan, isPoisson: options.isPoisson)
            + [("Replicas", String(result.scan.nullMaxima.count)), ("Seed", String(options.seed))]
        for (number, cluster) in result.scan.clusters.enumerated() {
            let range = result.periods[number]
            let (from, to) = (periods[range.lowerBound], periods[range.upperBound])
            for member in cluster.members {
                rows[member] =
                    [.text(ids[member])] + AreaScan.cells(of: cluster, number: number)
                    + [.text(from), .text(to)]
            }
            if number < 5 {
                report.append(
                    (
                        "Cluster \(number + 1)",
                        AreaScan.words(for: cluster) + ", \(from) to \(to)"
                    ))
            }
        }
        return AreaResults(
            columns: ["id"] + AreaScan.columns + ["from", "to"], rows: rows, report: report)
    }

    private static func ordered(_ periods: Set<String>) -> [String] {
        let numbers = periods.compactMap(Double.init)
        guard numbers.count == periods.count else { return periods.sorted() }
        return periods.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    }
}
