internal import Foundation
public import Geospatial

/// The scan over places and periods: where and when the rate is highest.
///
/// Kulldorff, Athas, Feuer, Miller and Key (1998), American Journal of Public Health 88,
/// 1377-1380; prospective: Kulldorff (2001), Journal of the Royal Statistical Society A 164, 61-72.
/// A window is a cylinder: a disc as in `ScanStatistic`, and an interval of whole periods. Its
/// cases and people are summed over both (people count once in each period), and the formulas of
/// `ScanStatistic` apply, with as many cases in the replicas as on the whole map. The periods may
/// differ in their populations, and an area may have people in some of them only.
public enum SpaceTimeScan {
    public enum Search: Hashable, Sendable {
        /// Any interval of the study: what has happened.
        case retrospective
        /// Intervals that end with the last period: what is still going on.
        case prospective
    }

    public enum TimeTrend: Hashable, Sendable {
        /// Expected are the overall rate everywhere and always. A rate that rises or falls on the
        /// whole map makes clusters of its own.
        case part
        /// Expected is the rate of the whole map in each period, and replicas keep the cases of
        /// each period: only a place that departs from the common trend stands out.
        ///
        /// The ratio is the Poisson one for both models, as with covariates in Kulldorff (1997);
        /// the replicas are drawn by the model, and p is valid for it.
        case removed
    }

    public enum Overlap: Hashable, Sendable {
        /// No two clusters have an area in common.
        case noCommonArea
        /// They may, at different times.
        case noCommonAreaAtOneTime
    }

    public struct Options: Hashable, Sendable {
        /// `maximumShare` and `maximumReportedShare` are parts of the people of all periods that
        /// a disc holds.
        public var scan: ScanStatistic.Options
        public var search = Search.retrospective
        public var timeTrend = TimeTrend.part
        public var overlap = Overlap.noCommonArea
        /// The longest interval as a part of the periods: above 0, at most 0.5.
        public var maximumTimeShare = 0.5

        public init(seed: UInt64) {
            scan = ScanStatistic.Options(seed: seed)
        }
    }

    public struct Result: Hashable, Sendable {
        public let scan: ScanResult
        /// The periods of each cluster of `scan`.
        public let periods: [ClosedRange<Int>]
    }

    /// The clusters of `cases` among `population`, one row per period and one number per area.
    ///
    /// The intervals hold at most `maximumTimeShare` of the periods, rounded down, so two periods
    /// are the fewest. Equal ratios: fewer areas first, then the shorter interval, the earlier
    /// one, the lower centre. Wrong calls as in `ScanStatistic`, and rows of unequal length.
    /// - Complexity: that of `ScanStatistic` times the number of intervals, with thirteen bytes
    ///   for each area of each zone; O(*R T n s*) for the draws of *T* periods.
    public static func clusters(
        cases: [[Int]],
        population: [[Int]],
        at points: [PlanarPoint],
        model: ScanStatistic.Model,
        options: Options
    ) throws(ScanInputError) -> Result {
        precondition(
            cases.count == population.count,
            "cases of \(cases.count) and populations of \(population.count) periods"
        )
        for row in cases + population {
            precondition(
                row.count == points.count, "\(row.count) numbers at \(points.count) points")
        }
        let threads = ScanStatistic.checkedThreads(options.scan)
        try ScanStatistic.check(options.scan)
        let periods = cases.count
        guard options.maximumTimeShare > 0, options.maximumTimeShare <= 0.5 else {
            throw .timeShareOutOfRange(options.maximumTimeShare)
        }
        let longest = ScanStatistic.people(options.maximumTimeShare, of: periods)
        guard longest > 0 else { throw .tooFewPeriods(periods) }
        let totals = try checkedTotals(cases, population, points, model)

        let intervals = ScanIntervals(
            periods: periods,
            longest: longest,
            onlyLast: options.search == .prospective,
            areaCount: points.count
        )
        let setting = Setting(cases, population, totals, model, options)
        let byArea = points.indices.map { area in population.reduce(0) { $0 + $1[area] } }
        let discs = ScanZones(
            points: points,
            population: byArea,
            largestPopulation: ScanStatistic.people(
                options.scan.maximumShare, of: totals.population),
            maximumRadius: options.scan.maximumRadius,
            threads: threads
        )
        let sizes = discs.sizes(
            within: ScanStatistic.people(
                options.scan.maximumReportedShare ?? options.scan.maximumShare,
                of: totals.population)
        )
        let search = ScanSearch(
            zones: discs.cylinders(
                over: intervals, population: intervals.sums(setting.weights, adding: +)),
            likelihood: setting.likelihood,
            null: ScanNull(
                draw: setting.draw,
                cellCount: periods * points.count,
                intervals: intervals
            ),
            options: options.scan,
            threads: threads
        )
        let outcome = search.run(
            counts: intervals.sums(cases.flatMap { $0 }, adding: +),
            sizes: intervals.ranges.flatMap { _ in sizes },
            overlapping: { intervals.slots(overlapping: $0, options.overlap) }
        )
        let found = outcome.found.map { zone in
            let range = intervals.ranges[zone.row / points.count]
            let people = zone.slots.reduce(0) { sum, slot in
                sum + range.reduce(0) { $0 + population[$1][slot % points.count] }
            }
            return search.cluster(zone, at: points, outcome.significance, population: people)
        }
        return Result(
            scan: search.result(
                clusters: found, outcome.significance, totalPopulation: totals.population),
            periods: outcome.found.map { intervals.ranges[$0.row / points.count] }
        )
    }

    private static func checkedTotals(
        _ cases: [[Int]],
        _ population: [[Int]],
        _ points: [PlanarPoint],
        _ model: ScanStatistic.Model
    ) throws(ScanInputError) -> (cases: Int, population: Int) {
        var totals = (cases: 0, population: 0)
        for period in cases.indices {
            do {
                let some = try ScanStatistic.checkedTotals(
                    cases[period], population[period], points, model)
                totals = (totals.cases + some.cases, totals.population + some.population)
            } catch .noCases {
                totals.population += population[period].reduce(0, +)
            } catch {
                throw .inPeriod(period, error)
            }
        }
        guard totals.cases > 0 else { throw .noCases }
        guard totals.cases <= Int(Int32.max), totals.population < Int(UInt32.max) else {
            throw .totalsTooLarge
        }
        return totals
    }
}

/// What is expected where, and how replicas are drawn.
private struct Setting {
    /// By cell, period after period: people, or whole numbers in proportion to expected cases.
    let weights: [Int]
    let likelihood: ScanLikelihood
    let draw: ScanNullDraw

    init(
        _ cases: [[Int]],
        _ population: [[Int]],
        _ totals: (cases: Int, population: Int),
        _ model: ScanStatistic.Model,
        _ options: SpaceTimeScan.Options
    ) {
        let people = population.flatMap { $0 }
        var start = 0
        let strata = cases.map { row in
            defer { start += row.count }
            return ScanNullDraw.Stratum(
                areas: start..<(start + row.count), cases: row.reduce(0, +))
        }
        switch options.timeTrend {
        case .part:
            weights = people
            draw = ScanNullDraw(
                population: people,
                totalCases: totals.cases,
                model: model,
                seed: options.scan.seed
            )
        case .removed:
            // 2^31 for all cases: an error of a part in 4 billion, and sums below 2^32.
            let unit = 0x1p31 / Double(totals.cases)
            weights = strata.flatMap { stratum in
                let all = Double(people[stratum.areas].reduce(0, +))
                return people[stratum.areas].map { number in
                    guard number > 0, stratum.cases > 0 else { return 0 }
                    return max(1, Int(unit * Double(stratum.cases) * (Double(number) / all)))
                }
            }
            draw = ScanNullDraw(
                population: people, strata: strata, model: model, seed: options.scan.seed)
        }
        likelihood = ScanLikelihood(
            model: options.timeTrend == .removed ? .poisson : model,
            rates: options.scan.rates,
            totalCases: totals.cases,
            totalPopulation: weights.reduce(0, +)
        )
    }
}

extension ScanIntervals {
    /// The slots that share cells with a zone, or an area at any time.
    fileprivate func slots(
        overlapping zone: ScanZones.Found,
        _ overlap: SpaceTimeScan.Overlap
    ) -> [Int] {
        let own = ranges[zone.row / areaCount]
        return ranges.indices.flatMap { interval -> [Int] in
            guard overlap == .noCommonArea || ranges[interval].overlaps(own) else { return [] }
            return zone.slots.map { interval * areaCount + $0 % areaCount }
        }
    }
}

extension ScanZones {
    /// These discs in every interval, with the population of each slot.
    fileprivate func cylinders(over intervals: ScanIntervals, population: [Int]) -> ScanZones {
        var slots: [Int32] = []
        var populations: [UInt32] = []
        var closes: [Bool] = []
        var starts = [0]
        let places = intervals.ranges.count * self.slots.count
        slots.reserveCapacity(places)
        populations.reserveCapacity(places)
        closes.reserveCapacity(places)
        for interval in intervals.ranges.indices {
            let base = interval * areaCount
            for row in rows {
                var running: UInt32 = 0
                for place in rowStarts[row]..<rowStarts[row + 1] {
                    let slot = base + Int(self.slots[place])
                    running += UInt32(population[slot])
                    slots.append(Int32(slot))
                    populations.append(running)
                    closes.append(self.closes[place])
                }
                starts.append(slots.count)
            }
        }
        return ScanZones(
            slots: slots,
            populations: populations,
            closes: closes,
            rowStarts: starts,
            factors: [Double](repeating: 1, count: starts.count - 1),
            areaCount: areaCount
        )
    }
}
